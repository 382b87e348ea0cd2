"""A trained network, with the record of its training."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from mnist_core.arrays import Labels, Pixels
from mnist_core.data import Data, Origin
from mnist_core.errors import LabError
from mnist_core.nn.network import Network
from mnist_core.training.checkpoints import Checkpoint
from mnist_core.training.config import TrainingConfig
from mnist_core.training.events import Measured
from mnist_core.training.history import LearningRateChange, Phase


@dataclass(frozen=True)
class Model:
    """A trained network with its figures and the record of its training.

    `results` are figures by name, such as `test_accuracy` (0 to 1) and `seconds`. `origin` is the
    data set that it was trained and measured on, None if unknown. `rate_changes` are the manual
    changes of its learning rate. `phases` are the phases of its training, empty if unknown.
    `checkpoints` are those of its training, first to last; those from a file are rounded (see
    `files.checkpoints`). `altered` is True if the network was changed after its training, so that
    no training reproduces it.
    """

    name: str
    network: Network
    config: TrainingConfig
    history: tuple[Measured, ...] = ()
    results: Mapping[str, float] = field(default_factory=dict)
    origin: Origin | None = None
    rate_changes: tuple[LearningRateChange, ...] = ()
    phases: tuple[Phase, ...] = ()
    checkpoints: tuple[Checkpoint, ...] = ()
    altered: bool = False

    def predict(self, images: Pixels) -> Labels:
        """Predict the class of each picture: `(n,)` for `(n, height, width)`, `()` for one.

        Raises:
            LabError: they are not uint8, or not of the network's input size.
        """
        height, width = self.network.shapes[0][1:]
        if images.dtype != np.uint8 or images.shape[-2:] != (height, width):
            raise LabError(
                f"{self.name} reads uint8 pictures of {height} x {width} pixels, 0 paper to 255 "
                f"ink, and these are {images.dtype} of shape {images.shape}: "
                "mnist_core.drawing.to_mnist makes such ones."
            )
        largest = self.network.logits(images.reshape(-1, height, width)).argmax(axis=0)
        predicted: Labels = largest.astype(np.uint8).reshape(images.shape[:-2])
        return predicted

    def fits(self, data: Data) -> bool:
        """Return whether it reads images of the data set's size and knows all its classes.

        A network of known origin fits that data set alone, one of unknown origin every data set of
        its shape.
        """
        shaped = self.network.shapes[0][1:] == data.train.images.shape[1:]
        knows = self.network.classes >= data.train.classes
        return shaped and knows and (self.origin is None or self.origin.is_same(data.origin))

    def accuracy_on(self, data: Data, figure: str) -> float | None:
        """Return an accuracy from `results`, 0 to 1, or None if not measured on this data set."""
        if self.origin is None or not self.origin.is_same(data.origin):
            return None
        return self.results.get(figure)
