"""How the pages speak of the classes of the data set in use, and of the units of a network."""

from dataclasses import dataclass

from mnist_core.data import MNIST, Data
from mnist_core.nn.convolution import Conv2D
from mnist_core.nn.layers import Layer

VOWELS = "AEIOU"
SPOKEN_WITH_VOWEL = "AEFHILMNORSX"
"""Letters whose own names begin with a vowel: an F, an X."""

LIKE_YOU = ("UNI", "USE", "EU", "ONE")
"""Beginnings that are written with a vowel and spoken with a consonant: a uniform."""


@dataclass(frozen=True)
class Vocabulary:
    """Hold the names of the classes.

    Args:
        names: one for each class; the labels themselves where the data set has no names.
        digits: whether the classes are the ten digits of MNIST.
    """

    names: tuple[str, ...]
    digits: bool

    @property
    def kind(self) -> str:
        """Call a class by one word."""
        return "digit" if self.digits else "class"

    @property
    def named(self) -> bool:
        """Tell whether the classes have names that people use."""
        return self.digits or self.names != tuple(map(str, range(len(self.names))))

    def name(self, label: int) -> str:
        """A class on a button or beside a bar: "8", "Ankle boot", "class 8"."""
        if label >= len(self.names):  # a network may know more classes than the data set has
            return f"class {label}"
        name = self.names[label]
        return name if self.digits or name != str(label) else f"class {label}"

    def one(self, label: int) -> str:
        """A picture of a class in a sentence: "an 8", "an Ankle boot", "class 8"."""
        name = self.name(label)
        return name if name == f"class {label}" else with_article(name)


def vocabulary(data: Data) -> Vocabulary:
    """Get the names of a data set's classes."""
    return Vocabulary(data.class_names, data.origin.is_same(MNIST))


def unit_noun(layer: Layer) -> str:
    """Name the kind of unit that a layer has."""
    return "filter" if isinstance(layer, Conv2D) else "unit"


def counted(number: int, noun: str) -> str:
    """A number of things: "1 digit", "2,000 pictures"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def with_article(name: str) -> str:
    """A name with its indefinite article: "a 7", "an 8", "an Ankle boot", "a uniform"."""
    return f"an {name}" if _is_spoken_with_vowel(name.upper()) else f"a {name}"


def _is_spoken_with_vowel(name: str) -> bool:
    if name.isdigit():
        return name.startswith("8") or name in {"11", "18"}
    if len(name) == 1:
        return name in SPOKEN_WITH_VOWEL
    return name.startswith(tuple(VOWELS)) and not name.startswith(LIKE_YOU)
