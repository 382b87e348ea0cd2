"""A visitor's handwriting, and synthetic digits.

Read `samples` (drawings with labels, and their file), `teaching` (how a network learns them) and
`tutor` (the same on a thread); then `synthetic`, which draws the digits that the bundled networks
learnt besides MNIST's, in the `styles` that `pen_styles.json` holds.
"""

from mnist_core.handwriting.digit_detector import digit_detector
from mnist_core.handwriting.samples import LabelledSketch, from_json, labelled_images, to_json
from mnist_core.handwriting.synthetic import synthetic_digits
from mnist_core.handwriting.teaching import Drawings, Scores, TeachingResult, teach
from mnist_core.handwriting.tutor import Tutor

__all__ = [
    "Drawings",
    "LabelledSketch",
    "Scores",
    "TeachingResult",
    "Tutor",
    "digit_detector",
    "from_json",
    "labelled_images",
    "synthetic_digits",
    "teach",
    "to_json",
]
