"""How a network learns: from a configuration to a stream of events.

Read `config`, then `loop` with what it calls: `gradients`, `optimizers`, `schedules`,
`augmentation`, `metrics`.
"""

from mnist_core.training.config import PRESETS, TrainingConfig
from mnist_core.training.events import Diverged, Finished, Measured, Started, Step
from mnist_core.training.loop import train
from mnist_core.training.metrics import confusion_matrix, evaluate

__all__ = [
    "PRESETS",
    "Diverged",
    "Finished",
    "Measured",
    "Started",
    "Step",
    "TrainingConfig",
    "confusion_matrix",
    "evaluate",
    "train",
]
