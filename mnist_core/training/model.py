"""A trained network, with what is known of how it came about."""

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
    """A trained network and how it came about.

    `results` are figures by name, such as `test_accuracy` (0 to 1) and `seconds`. `origin` is the
    data set that it was trained and measured on, None where nobody knows. `rate_changes` are
    those of its learning rate by hand. `phases` is how its training went on, empty where nobody
    knows. `checkpoints` are what is kept of the way, first to last; those of a file are rounded
    (see `files.checkpoints`). `altered` says that something was done to it after that training,
    which no training repeats.
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
        """The class of each picture: of one `(height, width)` a number, of many `(n, …)` `(n,)`.

        Raises:
            LabError: they are not uint8, or have other sides than the network reads.
        """
        height, width = self.network.shapes[0][1:]
        if images.dtype != np.uint8 or images.shape[-2:] != (height, width):
            raise LabError(
                f"{self.name} reads uint8 pictures of {height} x {width} pixels, 0 paper to 255 "
                f"ink, and these are {images.dtype} of shape {images.shape}: "
                "mnist_core.drawing.to_mnist makes such ones."
            )
        answers = self.network.logits(images.reshape(-1, height, width)).argmax(axis=0)
        predicted: Labels = answers.astype(np.uint8).reshape(images.shape[:-2])
        return predicted

    def fits(self, data: Data) -> bool:
        """Whether it reads images of the data set's size, knows its classes, and learnt from it.

        A network of unknown origin fits every data set of its shape.
        """
        shaped = self.network.shapes[0][1:] == data.train.images.shape[1:]
        knows = self.network.classes >= data.train.classes
        return shaped and knows and (self.origin is None or self.origin.is_same(data.origin))

    def accuracy_on(self, data: Data, figure: str) -> float | None:
        """An accuracy among `results`, 0 to 1, if it was measured on this data set."""
        if self.origin is None or not self.origin.is_same(data.origin):
            return None
        return self.results.get(figure)
