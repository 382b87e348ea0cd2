"""The lab and its peers side by side: `make bench`, or `python -m benchmarks.compare [WORK …]`.

Every contestant lives in a process of its own and plays one round in turn, so that whatever else
the machine does falls on all alike. The table goes to standard output and `results.md`.
"""

import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter, sleep

import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks.results import keep
from benchmarks.works import THREADS, WORKS, Work
from mnist_core.nn.convolution import Conv2D
from mnist_core.nn.layers import Dense
from mnist_core.nn.network import Network

WARM_UP = 1
PAUSE = 0.25
"""Seconds before each round: BLAS threads of the last contestant spin on."""
TRAINING_IMAGES = 55_000
HEADER = """\
| work | BLAS threads | contestant | median | lab is | needed | peak MB | accuracy |
|---|---|---|---|---|---|---|---|
"""


@dataclass
class Contestant:
    """A process that plays one round whenever it is asked to."""

    name: str
    process: subprocess.Popen[str]
    batch_size: int
    seconds: list[float] = field(default_factory=list)
    missing: str = ""
    accuracy: float = 0.0
    peak_mb: float = 0.0

    @property
    def median(self) -> float:
        """Seconds of the median round, warm-up left out."""
        return median(self.seconds[WARM_UP:])

    def hear(self) -> dict[str, float]:
        """The next line that the process prints."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"{self.name} broke off.")
        heard: dict[str, float] = json.loads(line)
        return heard

    def play(self) -> None:
        """One round."""
        assert self.process.stdin is not None
        self.process.stdin.write("go\n")
        self.process.stdin.flush()
        self.seconds.append(self.hear()["seconds"])

    def finish(self) -> None:
        """Ask for the outcome and end the process."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        outcome = self.hear()
        self.accuracy, self.peak_mb = outcome["accuracy"], outcome["peak_mb"]
        self.process.wait()


def start(player: str, work: str, threads: int, batch_size: int) -> Contestant:
    """A contestant that has loaded its data and waits for its first round."""
    limits = {name: str(threads) for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS")}
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
        env={**os.environ, **limits, "MKL_NUM_THREADS": str(threads)},
    )
    contestant = Contestant(player, process, batch_size)
    contestant.missing = str(contestant.hear().get("missing", ""))
    return contestant


def contest(name: str, work: Work, threads: int) -> list[Contestant]:
    """All contestants at one work, their best batch size each, the lab first."""
    sizes = work.batch_sizes or (0,)
    everyone = [
        start(player, name, threads, size) for player in ("lab", *work.targets) for size in sizes
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


def rows(work: Work, threads: int, contestants: list[Contestant], peak: float) -> Iterator[str]:
    """The table's lines for one work."""
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
    if work.trains:
        seconds = products(work) / peak
        yield (
            f"| {title} | {threads} | its matrix products at sgemm's peak | {seconds * 1e3:,.3f} ms"
            f" | the lab runs at {seconds / lab.median:.0%} of this limit | | | |"
        )


def products(work: Work) -> float:
    """The floating-point operations of one round's matrix products, forward and backward.

    Each layer multiplies its weights once forward and twice backward, the first only once: nobody
    needs the gradient by the pixels.
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


def sgemm_peak(threads: int) -> float:
    """Floating-point operations a second of a large float32 product, the best of several."""
    n = 1_536
    a, b, out = (np.ones((n, n), np.float32) for _ in range(3))
    best = float("inf")
    with threadpool_limits(limits=threads, user_api="blas"):
        for _ in range(9):
            started = perf_counter()
            np.matmul(a, b, out=out)
            best = min(best, perf_counter() - started)
    return float(2 * n**3 / best)


def machine() -> str:
    """What the table was measured on."""
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


def main(chosen: list[str]) -> None:
    """Print the table row by row, and keep it if all works were measured."""
    lines = []
    print(HEADER, end="", flush=True)
    for name in chosen or WORKS:
        for threads in THREADS:
            contestants = contest(name, WORKS[name], threads)
            for line in rows(WORKS[name], threads, contestants, sgemm_peak(threads)):
                print(line, flush=True)
                lines.append(line)
    if not chosen:
        told = (
            f"Made by `make bench` on {machine()}.\n"
            "Medians of rounds played in turn; with 2 threads, the lab shares each batch between "
            "two processes of one BLAS thread each.\n\n"
        )
        keep("The lab and its peers", told + HEADER + "\n".join(lines))


if __name__ == "__main__":
    main(sys.argv[1:])
