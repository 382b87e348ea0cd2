"""How the time of an epoch grows with the work: examples, pixels, units, layers, threads.

    python -m benchmarks.scale [--rounds R]

Each row changes one thing of 784-128-10 (batch 128, Adam, 6,000 generated pictures) and has the
exponent of its growth: the slope of log time over log size, by least squares; 1 is in proportion.
Threads are measured with 1 and 2, and told for 4 and 8 by Amdahl's law from the share of the work
that then ran in parallel: an extrapolation, since this is no machine with eight cores.
"""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import replace
from statistics import median
from time import perf_counter

import numpy as np

from mnist_core.data import Dataset, Split
from mnist_core.training.config import TrainingConfig
from mnist_core.training.events import Started, Step
from mnist_core.training.loop import Controls, train

BASE = TrainingConfig(examples=10_000_000, epochs=1, record_every=100_000)
FEW = 6_000
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
"""What is measured with one thread and with two."""


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds

    def took(dataset: Dataset, config: TrainingConfig = BASE, threads: int = 1) -> float:
        return median(epoch(dataset, config, threads) for _ in range(rounds))

    few = generated(FEW, SIDE)
    print("| what grows | seconds an epoch | exponent |\n|---|---|---|")
    row("examples", EXAMPLES, lambda count: took(generated(count, SIDE)))
    row("pixels a side", SIDES, lambda side: took(generated(FEW, side)))
    row("units", UNITS, lambda units: took(few, replace(BASE, hidden=(units,))))
    row("layers of 128", LAYERS, lambda layers: took(few, replace(BASE, hidden=(128,) * layers)))
    print("\n| work | 1 thread | 2 threads | in parallel | 4 and 8, by Amdahl |")
    print("|---|---|---|---|---|")
    for name, config in THREADED.items():
        one, two = (took(few, config, threads) for threads in (1, 2))
        print(threads_row(name, one, two))


def generated(count: int, side: int) -> Dataset:
    """Pictures as sparse as MNIST's, with nothing to be learnt from them."""
    rng = np.random.default_rng(0)
    images = rng.integers(0, 256, (count, side, side), dtype=np.uint8)
    images[rng.random((count, side, side), dtype=np.float32) < 0.8] = 0
    return Dataset(images, rng.integers(0, 10, count, dtype=np.uint8))


def epoch(dataset: Dataset, config: TrainingConfig, threads: int) -> float:
    """Seconds of all steps of an epoch; the first step, which sets memory aside, does not count."""
    everything = np.arange(len(dataset))
    per_epoch, ends = 0, []
    controls = Controls(threads=threads)
    for event in train(dataset, Split(everything, everything[:1]), config, controls=controls):
        if isinstance(event, Started):
            per_epoch = event.iterations_per_epoch
        elif isinstance(event, Step):
            ends.append(perf_counter())
    return per_epoch * (ends[-1] - ends[0]) / (len(ends) - 1)


def row(what: str, sizes: Sequence[int], took: Callable[[int], float]) -> None:
    """Print how long each size took, and how fast that grows."""
    seconds = [took(size) for size in sizes]
    exponent = np.polyfit(np.log(sizes), np.log(seconds), 1)[0]
    told = ", ".join(f"{size:,}: {one:.3g}" for size, one in zip(sizes, seconds, strict=True))
    print(f"| {what} | {told} | {exponent:.2f} |", flush=True)


def threads_row(name: str, one: float, two: float) -> str:
    """A row of the second table: t(n) = t(1) · (1 - p + p / n), p from t(2)."""
    parallel = min(1.0, max(0.0, 2 * (1 - two / one)))
    more = " and ".join(f"{1 / (1 - parallel + parallel / n):.1f}x" for n in (4, 8))
    return f"| {name} | {one:.3g} s | {two:.3g} s ({one / two:.2f}x) | {parallel:.0%} | {more} |"


if __name__ == "__main__":
    main()
