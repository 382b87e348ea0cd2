"""Compares the predicted time of a training with the measured one, for some configurations.

    python -m benchmarks.duration

The processor time of the steps of one second is measured, which other load on the machine hardly
affects.
"""

from contextlib import closing
from dataclasses import replace

import numpy as np

from benchmarks.growth import generated
from benchmarks.results import keep
from mnist_core.data import DEV_SIZE, Dataset, Split
from mnist_core.training.config import TrainingConfig
from mnist_core.training.duration import clock, expected_seconds, machine_speed
from mnist_core.training.events import Started, Step
from mnist_core.training.loop import train
from mnist_core.training.presets import PRESETS

EXAMPLES, SIDE = 6_000, 28
SECONDS = 1.0
FEWEST_STEPS = 3
EPOCHS = 1_000
"""A large number, so that the points of the curve, which are not measured here, do not count."""

WIDE = TrainingConfig(hidden=(2_048,) * 5)
CONFIGS = {preset.title: preset.config for preset in PRESETS.values()} | {
    "batches of 1": TrainingConfig(batch_size=1),
    "six layers of 32": TrainingConfig(hidden=(32,) * 6, activation="sigmoid"),
    "512-256, dropout": TrainingConfig(hidden=(512, 256), dropout=0.3),
    "five layers of 2,048": WIDE,
    "the same, batches of 1,024": replace(WIDE, batch_size=1_024),
    "medium filters": TrainingConfig(convolution="medium"),
    "wide filters": TrainingConfig(convolution="wide"),
}
TOLD = "Made by `python -m benchmarks.duration`: seconds an epoch of 6,000 pictures, on one core."


def main() -> None:
    """Print the table."""
    learned, all_of_them = (generated(count, SIDE) for count in (EXAMPLES, EXAMPLES + DEV_SIZE))
    lines = ["| training | measured | foretold | ratio |", "|---|---|---|---|"]
    for name, config in CONFIGS.items():
        alike = replace(config, epochs=EPOCHS, examples=EXAMPLES, record_every=100_000)
        took = epoch(learned, alike)
        foretold = expected_seconds(alike, all_of_them, machine_speed()) / EPOCHS
        lines.append(f"| {name} | {took:.3g} s | {foretold:.3g} s | {foretold / took:.2f} |")
    print("\n".join(lines))
    keep("How well the time is foretold", f"{TOLD}\n\n" + "\n".join(lines))


def epoch(dataset: Dataset, config: TrainingConfig) -> float:
    """Measure the processor seconds of an epoch, by the steps of one second after the first."""
    everything = np.arange(len(dataset))
    events = train(dataset, Split(everything, everything[:1]), config)
    with closing(events):
        per_epoch, ends = 0, list[float]()
        for event in events:
            if isinstance(event, Started):
                per_epoch = event.iterations_per_epoch
            elif isinstance(event, Step):
                ends.append(clock())
                if len(ends) > FEWEST_STEPS and ends[-1] - ends[0] > SECONDS:
                    break
    return per_epoch * (ends[-1] - ends[0]) / (len(ends) - 1)


if __name__ == "__main__":
    main()
