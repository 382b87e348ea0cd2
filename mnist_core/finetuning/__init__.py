"""Fine-tuning a network on a visitor's handwriting.

Read `samples` (drawings with labels, and their file), `finetuning` (how a network learns them) and
`tutor` (the same on a thread).
"""

from mnist_core.finetuning.finetuning import Drawings, Scores, TeachingResult, teach
from mnist_core.finetuning.samples import LabelledSketch, from_json, labelled_images, to_json
from mnist_core.finetuning.tutor import Tutor

__all__ = [
    "Drawings",
    "LabelledSketch",
    "Scores",
    "TeachingResult",
    "Tutor",
    "from_json",
    "labelled_images",
    "teach",
    "to_json",
]
