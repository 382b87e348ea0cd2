"""What the glossary says of a term."""

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
    """Hold the sources of evidence: the data set of the visit, the settings of its Train page."""

    data: Data
    config: TrainingConfig


@dataclass(frozen=True)
class Entry:
    """A term of the field.

    Attributes:
        term: as it stands on the pages.
        plain: what it is in everyday words, after "is": a few words.
        told: one sentence, for people who do not program.
        illustration: shows it; None where the lab has nothing to show with this data set.
    """

    term: Term
    plain: str
    told: str
    illustration: Callable[[GlossaryContext], Illustration | None]
