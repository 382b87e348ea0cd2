"""Measures the tables of `benchmarks/scale.py` in this process: `python -m benchmarks.growth R`.

Each row changes one thing of 784-128-10 (batch 128, Adam, 6,000 generated pictures) and has the
exponent of its growth: the slope of log time over log size, by least squares; 1 is in proportion.
Threads are measured with 1 and 2, and extrapolated to 4 and 8 by Amdahl's law from the share of the
work that then ran in parallel, since this machine has fewer than eight cores. R is the number of
measurements of each.
"""

import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from statistics import median
from time import perf_counter

import numpy as np

from benchmarks.kernels import in_words, kernels
from mnist_core.data import Dataset, Split
from mnist_core.training.config import TrainingConfig
from mnist_core.training.events import Started, Step
from mnist_core.training.loop import Controls, train

BASE = TrainingConfig(examples=10_000_000, epochs=1, record_every=100_000)
FEW = 6_000
MANY = 1_000
WARM_UP = 1.0
MEASURED = 1.0
"""Seconds of the warm-up, in which helper processes start, and of the measurement."""
FEWEST_STEPS = 3
SIDE = 28

EXAMPLES = (6_000, 60_000, 600_000)
SIDES = (28, 56, 112)
UNITS = (32, 64, 128, 256, 512, 1_024)
LAYERS = (1, 2, 4, 8)

THREADED = {
    "784-128-10, batch 128": BASE,
    "784-512-256-10, batch 128": replace(BASE, hidden=(512, 256)),
    "784-10-10, full batch": replace(BASE, hidden=(10,), batch_size=None, epochs=10),
    "small convolutions, batch 128": replace(BASE, convolution="small", hidden=(64,)),
}
"""The configurations that are measured with one thread and with two."""


def main(rounds: int) -> None:
    """Print the tables, and the kernels that ran."""

    def took(dataset: Dataset, config: TrainingConfig = BASE, threads: int = 1) -> float:
        return median(epoch(dataset, config, threads) for _ in range(rounds))

    few = generated(FEW, SIDE)
    lines = [
        "| what grows | seconds an epoch | exponent |",
        "|---|---|---|",
        row("examples", EXAMPLES, lambda count: took(generated(count, SIDE))),
        row("pixels a side", SIDES, lambda side: took(generated(FEW, side))),
        row("units", UNITS, lambda units: took(few, replace(BASE, hidden=(units,)))),
        row(
            "layers of 128", LAYERS, lambda layers: took(few, replace(BASE, hidden=(128,) * layers))
        ),
        "",
        "| work | 1 thread | 2 threads | in parallel | 4 and 8, by Amdahl |",
        "|---|---|---|---|---|",
    ]
    for name, config in THREADED.items():
        one, two = (took(few, config, threads) for threads in (1, 2))
        lines.append(threads_row(name, one, two))
    print(in_words([kernels()]), "", *lines, sep="\n")


def generated(count: int, side: int) -> Dataset:
    """Generate random pictures as sparse as MNIST's."""
    rng = np.random.default_rng(0)
    images = rng.integers(0, 256, (count, side, side), dtype=np.uint8)
    images[rng.random((count, side, side), dtype=np.float32) < 0.8] = 0
    return Dataset(images, rng.integers(0, 10, count, dtype=np.uint8))


def epoch(dataset: Dataset, config: TrainingConfig, threads: int) -> float:
    """Measure the seconds of an epoch by the steps of one second, after a warm-up of one second."""
    everything = np.arange(len(dataset))
    events = train(
        dataset,
        Split(everything, everything[:1]),
        replace(config, epochs=MANY),
        controls=Controls(threads=threads),
    )
    with closing(events):
        per_epoch, since, ends = 0, perf_counter(), list[float]()
        for event in events:
            if isinstance(event, Started):
                per_epoch = event.iterations_per_epoch
            elif isinstance(event, Step) and (now := perf_counter()) > since + WARM_UP:
                ends.append(now)
                if len(ends) > FEWEST_STEPS and now > since + WARM_UP + MEASURED:
                    break
    return per_epoch * (ends[-1] - ends[0]) / (len(ends) - 1)


def row(what: str, sizes: Sequence[int], took: Callable[[int], float]) -> str:
    """Return a row with the time for each size, and the exponent of its growth."""
    seconds = [took(size) for size in sizes]
    exponent = np.polyfit(np.log(sizes), np.log(seconds), 1)[0]
    times = ", ".join(f"{size:,}: {one:.3g}" for size, one in zip(sizes, seconds, strict=True))
    return f"| {what} | {times} | {exponent:.2f} |"


def threads_row(name: str, one: float, two: float) -> str:
    """Return a row of the second table: t(n) = t(1) · (1 - p + p / n), p from t(2)."""
    parallel = min(1.0, max(0.0, 2 * (1 - two / one)))
    more = " and ".join(f"{1 / (1 - parallel + parallel / n):.1f}x" for n in (4, 8))
    return f"| {name} | {one:.3g} s | {two:.3g} s ({one / two:.2f}x) | {parallel:.0%} | {more} |"


if __name__ == "__main__":
    main(int(sys.argv[1]))
