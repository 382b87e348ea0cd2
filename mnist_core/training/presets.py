"""Presets: named configurations to start from."""

from collections.abc import Sequence
from dataclasses import dataclass

from mnist_core.training.config import SETTINGS, TrainingConfig


@dataclass(frozen=True)
class Preset:
    """A configuration with a title for visitors and a note on what to look for in its run."""

    title: str
    config: TrainingConfig
    note: str


PRESETS = {
    "notebook": Preset(
        "Ten units",
        TrainingConfig(
            hidden=(10,),
            initializer="uniform",
            optimizer="sgd",
            learning_rate=0.1,
            batch_size=None,
            epochs=500,
            record_every=10,
        ),
        "Ten hidden units, and 500 small steps, each after a look at all the pictures. "
        "Watch how slowly and smoothly it climbs: with MNIST, to about 84 out of 100.",
    ),
    "small_dense": Preset(
        "128 units",
        TrainingConfig(learning_rate=6e-3, schedule="one_cycle"),
        "One layer of 128 units, and a step after every 128 pictures. With MNIST it passes 9 out "
        "of 10 almost at once, and reaches about 98 out of 100.",
    ),
    "small_conv": Preset(
        "Filters",
        TrainingConfig(convolution="small", hidden=(64,)),
        "Small filters slide over the picture before a layer decides. It takes its time, "
        "and reads better than networks without filters: with MNIST, about 99 out of 100.",
    ),
    "sprint": Preset(
        "Fast filters",
        TrainingConfig(
            convolution="quick",
            learning_rate=8e-3,
            schedule="one_cycle",
            batch_size=64,
            epochs=6,
            augmentation=0.4,
        ),
        "The shortest way to a network that reads well: filters that jump two squares at a time, "
        "and pictures that are never quite the same twice. With MNIST, about 99 out of 100.",
    ),
}
"""The presets by name, in the order in which they are offered."""

FIRST_PRESET = "small_dense"
"""The preset that the Train page and the command line start from. A link holds only the
differences."""


def differing(configs: Sequence[TrainingConfig]) -> list[str]:
    """Return the names of the hyperparameters in which the configurations differ."""
    return [name for name in SETTINGS if len({getattr(config, name) for config in configs}) > 1]


def nearest_preset(config: TrainingConfig) -> Preset:
    """Return the preset from which a configuration differs in the fewest hyperparameters."""
    return min(PRESETS.values(), key=lambda preset: len(differing([config, preset.config])))
