"""Typed settings: the kinds of values that a hyperparameter may have.

A kind converts a value to Python's own types, checks it, parses and formats it as text (links, the
command line), and words it for visitors. Other code needs a hyperparameter's type only to map its
kind to a widget or to an option of the command line.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeGuard

import numpy as np

from mnist_core.errors import LabError


class Kind(ABC):
    """The set of values that a hyperparameter may have; `value in kind` tests one."""

    @property
    @abstractmethod
    def description(self) -> str:
        """The allowed values, as the end of the sentence "it must be …"."""

    @abstractmethod
    def __contains__(self, value: object) -> bool: ...

    @abstractmethod
    def parse(self, text: str) -> Any:
        """Return the value that `format` wrote as `text`; `check` tests its range.

        Raises:
            ValueError: the text is not a value of this kind.
        """

    @abstractmethod
    def format(self, value: Any) -> str:
        """Return a value as short text that `parse` reads back exactly."""

    @abstractmethod
    def in_words(self, value: Any) -> str:
        """Return a value as a page shows it."""

    def plain(self, value: Any) -> Any:
        """Convert a NumPy value to Python's own; any other is left for `check` to refuse."""
        if isinstance(value, np.floating):
            return float(value)
        return value.tolist() if isinstance(value, np.generic | np.ndarray) else value

    def check(self, name: str, value: Any) -> None:
        """Refuse a value that the hyperparameter `name` may not have.

        Raises:
            LabError: the value is of another type or out of range.
        """
        if value not in self:
            raise LabError(f"{name} is {value!r}; it must be {self.description}.")


class Titled(Protocol):
    """An entry of a registry, with a title for visitors."""

    @property
    def title(self) -> str:
        """The name that visitors read."""


@dataclass(frozen=True)
class OneOf(Kind):
    """A name from a registry, which is looked up each time: a new entry is a new choice."""

    registry: Mapping[str, Titled]

    @property
    def names(self) -> list[str]:
        """All names that may be chosen, in the registry's order."""
        return list(self.registry)

    @property
    def description(self) -> str:
        """The list of all names."""
        return "one of " + ", ".join(self.names)

    def __contains__(self, value: object) -> bool:
        return isinstance(value, str) and value in self.registry

    def parse(self, text: str) -> str:
        """Return the name itself."""
        return text

    def format(self, value: str) -> str:
        """Return the name itself."""
        return value

    def in_words(self, value: str) -> str:
        """Return the entry's title."""
        return self.registry[value].title


@dataclass(frozen=True)
class WholeNumber(Kind):
    """A whole number from `low` to `high`, both included."""

    low: int
    high: int

    @property
    def description(self) -> str:
        """The range."""
        return f"a whole number from {self.low:,} to {self.high:,}"

    def __contains__(self, value: object) -> bool:
        return _is_whole(value) and self.low <= value <= self.high

    def parse(self, text: str) -> Any:
        """Parse decimal digits."""
        return int(text)

    def format(self, value: Any) -> str:
        """Write decimal digits."""
        return str(value)

    def in_words(self, value: Any) -> str:
        """Write a comma every three digits."""
        return f"{value:,}"


@dataclass(frozen=True)
class WholeNumberOrAll(WholeNumber):
    """A whole number, or None: all there are, at once."""

    @property
    def description(self) -> str:
        """The range, and the words for all."""
        return f"{super().description}, or all at once"

    def __contains__(self, value: object) -> bool:
        return value is None or super().__contains__(value)

    def parse(self, text: str) -> Any:
        """Parse `all`, as links write it, and `full`, as one says of a batch, as None."""
        return None if text in {"all", "full"} else super().parse(text)

    def format(self, value: Any) -> str:
        """Write None as `all`."""
        return "all" if value is None else super().format(value)

    def in_words(self, value: Any) -> str:
        """Put None into words, too."""
        return "all at once" if value is None else super().in_words(value)


@dataclass(frozen=True)
class RealNumber(Kind):
    """A number from `low` to `high`, both included."""

    low: float
    high: float

    @property
    def description(self) -> str:
        """The range."""
        return f"a number from {self.low:,} to {self.high:,}"

    def __contains__(self, value: object) -> bool:
        if not isinstance(value, float) and not _is_whole(value):
            return False
        return self.low <= value <= self.high

    def parse(self, text: str) -> float:
        """Parse a decimal fraction, also with an exponent."""
        return float(text)

    def format(self, value: float) -> str:
        """Write as many digits as it takes to read back the same number."""
        return repr(float(value))

    def in_words(self, value: float) -> str:
        """Write at most six digits, without an exponent."""
        return np.format_float_positional(value, precision=6, fractional=False, trim="-")


@dataclass(frozen=True)
class Switch(Kind):
    """A value that is on or off."""

    @property
    def description(self) -> str:
        """The two values as JSON writes them."""
        return "true or false"

    def __contains__(self, value: object) -> bool:
        return isinstance(value, bool)

    def parse(self, text: str) -> bool:
        """Parse `yes` or `no`."""
        if text not in {"yes", "no"}:
            raise ValueError(text)
        return text == "yes"

    def format(self, value: bool) -> str:
        """Write `yes` or `no`."""
        return "yes" if value else "no"

    def in_words(self, value: bool) -> str:
        """Write `on` or `off`."""
        return "on" if value else "off"


@dataclass(frozen=True)
class Sizes(Kind):
    """The sizes of up to `most` layers, as a tuple; each is a `size`."""

    size: WholeNumber
    most: int

    @property
    def description(self) -> str:
        """The range of each size."""
        return f"whole numbers, each {self.size.low:,} to {self.size.high:,}"

    def __contains__(self, value: object) -> bool:
        if not isinstance(value, tuple) or len(value) > self.most:
            return False
        return all(size in self.size for size in value)

    def parse(self, text: str) -> tuple[int, ...]:
        """Parse whole numbers with hyphens between them, and `none` as no layer."""
        return () if text == "none" else tuple(map(self.size.parse, text.split("-")))

    def format(self, value: tuple[int, ...]) -> str:
        """Write whole numbers with hyphens between them; `none` for no layer."""
        return "-".join(map(self.size.format, value)) or "none"

    def in_words(self, value: tuple[int, ...]) -> str:
        """Write whole numbers with dashes between them; `none` for no layer."""
        return "–".join(map(str, value)) or "none"

    def plain(self, value: Any) -> Any:
        """Convert a list or an array to a tuple."""
        sizes = super().plain(value)
        return tuple(map(self.size.plain, sizes)) if isinstance(sizes, list | tuple) else sizes

    def check(self, name: str, value: Any) -> None:
        """Refuse other values, with a sentence of its own for too many layers."""
        if isinstance(value, tuple) and len(value) > self.most:
            raise LabError(f"{name} has {len(value)} layers; the lab trains up to {self.most}.")
        super().check(name, value)


def _is_whole(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


@dataclass(frozen=True)
class Setting:
    """A hyperparameter's title for visitors, kind and help text."""

    title: str
    kind: Kind
    help: str
