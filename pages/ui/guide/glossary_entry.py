"""An entry of the glossary, and its illustration."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from mnist_core.data import Data
from mnist_core.training.config import TrainingConfig
from pages.ui.charts.images import Tiles
from pages.ui.elements.mention import Term


class Illustration(NamedTuple):
    """A number or pictures from the lab that show what a term means."""

    caption: str
    pictures: Tiles | None = None


@dataclass(frozen=True)
class GlossaryContext:
    """The sources of illustrations: the visit's data set, and the settings of its Train page."""

    data: Data
    config: TrainingConfig


@dataclass(frozen=True)
class Entry:
    """A term of the field.

    Attributes:
        term: the term as it stands on the pages.
        plain: its meaning in a few everyday words, to be read after "is".
        sentence: one, for people who do not program.
        illustration: builds the illustration, or returns None if the lab has none for this data.
    """

    term: Term
    plain: str
    sentence: str
    illustration: Callable[[GlossaryContext], Illustration | None]
