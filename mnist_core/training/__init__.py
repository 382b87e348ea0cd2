"""How a network learns: from a configuration to a stream of events.

Read `config` (with `settings` and `presets`), then `loop` and `events` with what the loop calls:
`batches`, `gradients`, `augmentation`, `schedules`, `optimizers`, `curve`, `metrics`. `duration`
foretells how long it takes.
"""

from mnist_core.training.config import TrainingConfig
from mnist_core.training.events import Diverged, Finished, Measured, Started, Step
from mnist_core.training.loop import train
from mnist_core.training.metrics import confusion_matrix, evaluate
from mnist_core.training.presets import PRESETS

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
