"""Compares the lab with its peers side by side: `make bench`, or some of it.

    python -m benchmarks.compare [WORK …] [--only native|avx2] [--threads N] [--rounds R]

Every contestant has a process of its own and plays one round in turn, so that other load on the
machine affects all alike. There is a table for each kind of processor
(`benchmarks/processors.py`). They go to standard output, and to `results.md` if no work, thread or
round was left out.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from pathlib import Path
from statistics import median
from time import sleep
from typing import Any

import numpy as np

from benchmarks.kernels import Kernels, in_words
from benchmarks.processors import Processor, add_option, chosen
from benchmarks.results import keep
from benchmarks.works import THREADS, WORKS, Work
from mnist_core.nn.convolution import Conv2D
from mnist_core.nn.layers import Dense
from mnist_core.nn.network import Network

WARM_UP = 1
PAUSE = 0.25
"""Seconds before each round: BLAS threads of the last contestant keep spinning for a while."""
TRAINING_IMAGES = 55_000
MADE = """\
Made by `make bench` on {}.
Medians of rounds played in turn; with 2 threads, the lab shares each batch between two processes \
of one BLAS thread each.
"""
HEADER = """\
| work | BLAS threads | contestant | median | lab is | needed | peak MB | accuracy |
|---|---|---|---|---|---|---|---|
"""


@dataclass
class Contestant:
    """A process that plays one round on request."""

    name: str
    process: subprocess.Popen[str]
    batch_size: int
    seconds: list[float] = field(default_factory=list)
    missing: str = ""
    kernels: Kernels = field(default_factory=dict)
    accuracy: float = 0.0
    peak_mb: float = 0.0

    @property
    def median(self) -> float:
        """Seconds of the median round, warm-up left out."""
        return median(self.seconds[WARM_UP:])

    def hear(self) -> dict[str, Any]:
        """Read the next line that the process prints."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"{self.name} broke off.")
        message: dict[str, Any] = json.loads(line)
        return message

    def play(self) -> None:
        """Play one round, and add its time."""
        assert self.process.stdin is not None
        self.process.stdin.write("go\n")
        self.process.stdin.flush()
        self.seconds.append(self.hear()["seconds"])

    def finish(self) -> None:
        """Ask for the outcome and end the process."""
        assert self.process.stdin is not None
        with self.process:
            self.process.stdin.close()
            outcome = self.hear()
        self.accuracy, self.peak_mb = outcome["accuracy"], outcome["peak_mb"]


def start(
    processor: Processor, player: str, work: str, threads: int, batch_size: int
) -> Contestant:
    """Start a contestant, and wait until it has loaded its data."""
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "benchmarks.contestants",
            player,
            work,
            str(threads),
            str(batch_size),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=processor.environment(threads),
    )
    contestant = Contestant(player, process, batch_size)
    message = contestant.hear()
    contestant.missing, contestant.kernels = message.get("missing", ""), message.get("kernels", {})
    if contestant.missing:
        process.communicate()
    return contestant


def contest(processor: Processor, name: str, work: Work, threads: int) -> list[Contestant]:
    """Measure all contestants at one work; return each at its best batch size, the lab first."""
    sizes = work.batch_sizes or (0,)
    everyone = [
        start(processor, player, name, threads, size)
        for player in ("lab", *work.targets)
        for size in sizes
    ]
    playing = [contestant for contestant in everyone if not contestant.missing]
    for _ in range(work.rounds + WARM_UP):
        for contestant in playing:
            sleep(PAUSE)
            contestant.play()
    for contestant in playing:
        contestant.finish()
    best: dict[str, Contestant] = {}
    for contestant in everyone:
        rival = best.get(contestant.name)
        if rival is None or (not contestant.missing and contestant.median < rival.median):
            best[contestant.name] = contestant
    return list(best.values())


def rows(work: Work, threads: int, contestants: list[Contestant]) -> Iterator[str]:
    """Yield the table's lines for the contestants at one work."""
    lab = contestants[0]
    for contestant in contestants:
        title = f"{work.title}, one {work.unit}"
        if contestant.missing:
            yield f"| {title} | {threads} | {contestant.name} | not installed | | | | |"
            continue
        size = f" (batch {contestant.batch_size})" if contestant.batch_size else ""
        ratio, needed = "", f"under {work.limit_ms} ms" if work.limit_ms else ""
        if contestant is not lab:
            factor = contestant.median / lab.median
            target = work.targets[contestant.name][threads]
            ratio = f"**{factor:.2f}x as fast**"
            needed = f"{target}x: {'met' if factor >= target else 'NOT met'}"
        yield (
            f"| {title} | {threads} | {contestant.name}{size} | {contestant.median * 1e3:,.3f} ms "
            f"| {ratio} | {needed} | {contestant.peak_mb:,.0f} | {contestant.accuracy:.2%} |"
        )


def limit_row(work: Work, threads: int, lab: Contestant, peak: float) -> str:
    """Return the table's line for BLAS alone, at its `peak` as in `benchmarks/sgemm.py`."""
    seconds = products(work) / peak
    return (
        f"| {work.title}, one {work.unit} | {threads} | its matrix products at sgemm's peak "
        f"| {seconds * 1e3:,.3f} ms "
        f"| the lab runs at {seconds / lab.median:.0%} of this limit | | | |"
    )


def products(work: Work) -> float:
    """Count the floating-point operations of one round's matrix products, forward and backward.

    Each layer multiplies its weights once forward and twice backward, the first only once: the
    gradient by the pixels is not needed.
    """
    network: Network = work.config.network((28, 28), 10)
    total, first = 0, True
    for layer, after, shapes in zip(
        network.layers, network.shapes[1:], network.parameter_shapes, strict=True
    ):
        if isinstance(layer, Dense | Conv2D):
            positions = int(np.prod(after[1:])) if isinstance(layer, Conv2D) else 1
            total += (2 if first else 3) * 2 * int(np.prod(shapes[0])) * positions
            first = False
    return float(total * TRAINING_IMAGES)


def machine() -> str:
    """Describe the machine and the software of the measurement."""
    names = [
        line.split(":", 1)[1].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if line.startswith("model name")
    ]
    return (
        f"{names[0] if names else platform.processor()}, {os.cpu_count()} cores, "
        f"{platform.system()} {platform.machine()}, Python {platform.python_version()}, "
        f"NumPy {np.__version__}"
    )


def large_products(processor: Processor, all_kernels: Sequence[Kernels]) -> str:
    """Measure the peak speed of each contestant's BLAS; return a sentence about it."""
    libraries = ["numpy", *(["pytorch"] if any("PyTorch" in one for one in all_kernels) else [])]
    speeds = (float(processor.run(1, "benchmarks.sgemm", library)) for library in libraries)
    texts = (f"{x / 1e9:.0f} in {library}" for library, x in zip(libraries, speeds, strict=True))
    return f"A large float32 product on one thread, in Gflop/s: {', '.join(texts)}."


def measure(processor: Processor, works: dict[str, Work], threads: Sequence[int]) -> str:
    """Measure and print the table of one kind of processor; return it with its caption."""
    lines, all_kernels = [], list[Kernels]()
    print(f"\n{processor.title}\n\n{HEADER}", end="", flush=True)
    for (name, work), count in product(works.items(), threads):
        contestants = contest(processor, name, work, count)
        all_kernels += [contestant.kernels for contestant in contestants]
        made = list(rows(work, count, contestants))
        if work.trains:
            peak = float(processor.run(count, "benchmarks.sgemm", "numpy"))
            made.append(limit_row(work, count, contestants[0], peak))
        print("\n".join(made), flush=True)
        lines += made
    caption = f"{in_words(all_kernels)} {large_products(processor, all_kernels)}"
    print(f"\n{caption}", flush=True)
    return f"{caption}\n\n{HEADER}" + "\n".join(lines)


def main(arguments: Sequence[str]) -> None:
    """Measure the works asked for, and store each table that is complete."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("works", nargs="*", metavar="WORK", help=", ".join(WORKS))
    add_option(parser)
    parser.add_argument("--threads", type=int, choices=THREADS, help="one number of threads")
    parser.add_argument("--rounds", type=int, help="rounds to time, whatever the work asks for")
    asked = parser.parse_args(arguments)
    if unknown := set(asked.works) - set(WORKS):
        parser.error(f"{min(unknown)} is not a work. Choose from {', '.join(WORKS)}.")
    works = {name: WORKS[name] for name in asked.works or WORKS}
    if asked.rounds:
        works = {name: replace(work, rounds=asked.rounds) for name, work in works.items()}
    threads = (asked.threads,) if asked.threads else THREADS
    for processor in chosen(asked.only):
        table = measure(processor, works, threads)
        if not (asked.works or asked.threads or asked.rounds):
            keep(f"The lab and its peers, {processor.title}", f"{MADE.format(machine())}\n{table}")


if __name__ == "__main__":
    main(sys.argv[1:])
