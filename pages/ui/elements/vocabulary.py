"""The words of the pages for the classes of the data set, and for the units of a network."""

from dataclasses import dataclass

from mnist_core.data import MNIST, Data
from mnist_core.nn.convolution import Conv2D
from mnist_core.nn.layers import Layer
from pages.ui.components.english import with_article


@dataclass(frozen=True)
class Vocabulary:
    """The names of the classes.

    Args:
        names: one for each class; the labels themselves if the data set has no names.
        digits: True if the classes are the ten digits of MNIST.
        given: True if the names were given, even where they are the labels.
    """

    names: tuple[str, ...]
    digits: bool
    given: bool = False

    @property
    def kind(self) -> str:
        """The word for a class."""
        return "digit" if self.digits else "class"

    @property
    def named(self) -> bool:
        """True if the classes have names that people use."""
        labels = tuple(map(str, range(len(self.names))))
        return self.digits or self.given or self.names != labels

    @property
    def all(self) -> list[str]:
        """The name of each class, as `name` has it."""
        return [self.name(label) for label in range(len(self.names))]

    def name(self, label: int) -> str:
        """Name a class on a button or beside a bar: "8", "Ankle boot", "class 8"."""
        if label >= len(self.names):  # a network may know more classes than the data set has
            return f"class {label}"
        name = self.names[label]
        return name if self.digits or self.given or name != str(label) else f"class {label}"

    def one(self, label: int) -> str:
        """Name a picture of a class in a sentence: "an 8", "an Ankle boot", "class 8"."""
        name = self.name(label)
        return name if name == f"class {label}" else with_article(name)


def vocabulary(data: Data) -> Vocabulary:
    """Return the names of a data set's classes."""
    return Vocabulary(data.class_names, data.origin.is_same(MNIST), data.named)


def unit_noun(layer: Layer) -> str:
    """Return the word for a unit of a layer."""
    return "filter" if isinstance(layer, Conv2D) else "unit"
