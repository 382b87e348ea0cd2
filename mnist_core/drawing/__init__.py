"""From pen strokes or a picture file to the digits in it, as MNIST would have stored them.

Read `normalisation` (centring is there) and `reading` first. Pen strokes come through `sketch` and
`strokes`, files through `picture_files` and `binarisation`; `segmentation` finds the digits of a
number with `connected_components`.
"""

from mnist_core.drawing.normalisation import to_mnist
from mnist_core.drawing.picture_files import read_image
from mnist_core.drawing.reading import prepare_digits, read

__all__ = ["prepare_digits", "read", "read_image", "to_mnist"]
