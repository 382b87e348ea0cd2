"""Make a data set of a collection by the choices of a person."""

from mnist_core.arrays import Pixels
from mnist_core.data.choices import Choices
from mnist_core.data.collection import Collection, Progress, no_progress
from mnist_core.data.dataset import Data


def as_chosen(
    images: Pixels, choices: Choices, report_progress: Progress = no_progress
) -> Pixels:
    """Turn, mirror, invert and frame pictures.

    Args:
        images: `(n, height, width)` uint8, as a collection holds them; also its unlabelled ones.
        choices: of which the classes and the test half do not matter here.
        report_progress: is told the share of the pictures that is done.

    Returns:
        `(n, height, width)` uint8, or `(n, 28, 28)` unless the framing is "as found".
    """
    raise NotImplementedError


def assemble(
    collection: Collection,
    choices: Choices,
    name: str,
    report_progress: Progress = no_progress,
) -> Data:
    """Make a data set of a collection: its pictures as chosen, its classes numbered from 0.

    A missing test half is drawn from the training half, class by class, by the seed; both keep
    the files' order.

    Raises:
        LabError: the collection has no labels; fewer than two classes, or more than 100, are left;
            the test half has a class that the training half lacks; a class name is too long.
    """
    raise NotImplementedError
