"""A visitor's handwriting, and digits that nobody wrote.

Read `samples` (drawings with labels, and their file), `teaching` (how a network learns them) and
`tutor` (the same on a thread of its own); then `synthetic`, which draws the digits that the bundled
networks learnt besides MNIST's.
"""

from mnist_core.handwriting.samples import Written, from_json, to_json
from mnist_core.handwriting.synthetic import synthetic_digits
from mnist_core.handwriting.teaching import teach
from mnist_core.handwriting.tutor import Tutor

__all__ = ["Tutor", "Written", "from_json", "synthetic_digits", "teach", "to_json"]
