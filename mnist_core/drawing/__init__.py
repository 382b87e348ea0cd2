"""Digits from pen strokes or a picture file, as MNIST would have stored them.

Read `normalisation` (centring is there) and `reading` first. Pen strokes come through `sketch`,
`strokes` and `pen_width`, files through `picture_files` and `binarisation`, which uses
`uneven_paper`, `ruling` and `connected_components`. `segmentation` cuts a drawing into fragments,
and `grouping` joins them into digits.
"""

from mnist_core.drawing.detector import Detector
from mnist_core.drawing.normalisation import Preparation, prepare, to_mnist
from mnist_core.drawing.picture_files import read_image, read_thumbnail
from mnist_core.drawing.reading import Prediction, ReadDigit, read, read_number
from mnist_core.drawing.segmentation import picture_lines, sketch_lines
from mnist_core.drawing.strokes import draw

__all__ = [
    "Detector",
    "Prediction",
    "Preparation",
    "ReadDigit",
    "draw",
    "picture_lines",
    "prepare",
    "read",
    "read_image",
    "read_number",
    "read_thumbnail",
    "sketch_lines",
    "to_mnist",
]
