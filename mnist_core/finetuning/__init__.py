"""Fine-tuning a network on a visitor's handwriting.

Read `samples` (labelled drawings and their file), `finetuning` (the training on them) and `tutor`
(the same on a thread).
"""

from mnist_core.finetuning.finetuning import Drawings, FineTuningResult, Scores, fine_tune
from mnist_core.finetuning.samples import LabelledSketch, from_json, labelled_images, to_json
from mnist_core.finetuning.tutor import FineTuningJob

__all__ = [
    "Drawings",
    "FineTuningJob",
    "FineTuningResult",
    "LabelledSketch",
    "Scores",
    "fine_tune",
    "from_json",
    "labelled_images",
    "to_json",
]
