"""The exported program: plain NumPy that repeats a run, with its formulas written out.

The program draws the same random numbers in the same order as the lab and makes the same steps. It
adds up in another order, so its float32 numbers differ in their last digits, and the longer a
training lasts, the more they differ (`python -m benchmarks.programs`). It contains only the code
that its run used.
"""

from collections.abc import Sequence

from mnist_core.files.export.augmentation_section import augmentation_section
from mnist_core.files.export.data_section import data_section
from mnist_core.files.export.network_section import network_section
from mnist_core.files.export.training_section import training_section
from mnist_core.training.config import TrainingConfig
from mnist_core.training.history import LearningRateChange, Phase

CELL = "# %% "
"""The mark at the beginning of a section, and of a cell of the notebook."""


def script(
    config: TrainingConfig,
    rate_changes: Sequence[LearningRateChange] = (),
    title: str = "A run",
    phases: Sequence[Phase] = (),
) -> str:
    """Export the run as a Python program that takes the folder of the MNIST files.

    Args:
        config: the configuration of the run.
        rate_changes: the changes of its learning rate by hand.
        title: the first line of the program.
        phases: those of a run that was stopped or continued; none for any other.
    """
    return program(
        config, rate_changes, title, phases, 'Path(sys.argv[1] if len(sys.argv) > 1 else ".")'
    )


def program(
    config: TrainingConfig,
    rate_changes: Sequence[LearningRateChange],
    title: str,
    phases: Sequence[Phase],
    folder: str,
) -> str:
    """Return the program, given the expression for the folder of the MNIST files."""
    return (
        data_section(config, rate_changes, title, phases, folder)
        + network_section(config)
        + augmentation_section(config)
        + training_section(config, rate_changes, phases)
    )
