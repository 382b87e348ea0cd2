"""The exported program: plain NumPy that repeats a run, with its formulas in the open.

The program draws the same random numbers in the same order as the lab and makes the same steps. It
adds up in another order, so its float32 numbers differ in their last digits, and the longer a
training lasts, the more they do (`python -m benchmarks.programs`). It holds only what its run used.
"""

from collections.abc import Sequence

from mnist_core.files.export.augmentation_section import augmentation_section
from mnist_core.files.export.data_section import data_section
from mnist_core.files.export.network_section import network_section
from mnist_core.files.export.training_section import training_section
from mnist_core.training.config import TrainingConfig
from mnist_core.training.history import LearningRateChange, Phase

CELL = "# %% "
"""What begins a section, and a cell of the notebook."""


def script(
    config: TrainingConfig,
    rate_changes: Sequence[LearningRateChange] = (),
    title: str = "A run",
    phases: Sequence[Phase] = (),
) -> str:
    """The run as a Python program that takes the folder of the MNIST files.

    Args:
        config: of the run.
        rate_changes: how its learning rate was moved by hand.
        title: the first line of the program.
        phases: of a run that was stopped or went on after its end; none for one that did neither.
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
    """The program, given the expression for the folder of the MNIST files."""
    return (
        data_section(config, rate_changes, title, phases, folder)
        + network_section(config)
        + augmentation_section(config)
        + training_section(config, rate_changes, phases)
    )
