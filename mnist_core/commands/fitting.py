"""Checks that a network can read a data set."""

from mnist_core.data import Data
from mnist_core.errors import LabError
from mnist_core.training.model import Model


def check_fit(model: Model, data: Data) -> None:
    """Check that the network reads images of this size and has all classes.

    Raises:
        LabError: it does not.
    """
    shape, classes = model.network.shapes[0][1:], model.network.classes
    if shape != data.test.images.shape[1:] or classes < data.test.classes:
        raise LabError(
            f"{model.name} reads pictures of {shape} pixels in {classes} classes; the data set has "
            f"{data.test.images.shape[1:]} in {data.test.classes}. Choose a network trained on it."
        )
