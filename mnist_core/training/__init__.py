"""Training: from a configuration to a stream of events.

Read `fit` and `loop`, then what the loop calls: `batches`, `shards`, `gradients`, `optimizers`,
`schedules`, `curve`, `metrics`. `config` (with `settings` and `presets`) describes a training;
`events`, `history`, `checkpoints` and `model` hold its course and result. `duration` estimates the
time it takes.
"""

from mnist_core.data import load, split
from mnist_core.training.config import TrainingConfig
from mnist_core.training.events import Diverged, Finished, Measured, Started, Step
from mnist_core.training.fit import fit
from mnist_core.training.loop import Controls, train
from mnist_core.training.metrics import confusion_matrix, evaluate
from mnist_core.training.model import Model
from mnist_core.training.presets import PRESETS
from mnist_core.training.train_state import TrainState

__all__ = [
    "PRESETS",
    "Controls",
    "Diverged",
    "Finished",
    "Measured",
    "Model",
    "Started",
    "Step",
    "TrainState",
    "TrainingConfig",
    "confusion_matrix",
    "evaluate",
    "fit",
    "load",
    "split",
    "train",
]
