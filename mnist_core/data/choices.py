"""The answers that only a person can give about a collection: how its pictures lie, what counts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from mnist_core.errors import LabError

Framing: TypeAlias = Literal["as found", "resized", "centred"]
"""How pictures become the lab's: unchanged, scaled as a whole to 28x28, or as drawings are."""

FRAMINGS: tuple[Framing, ...] = ("as found", "resized", "centred")

SHARE_SET_ASIDE = 1 / 6
"""Of each class, where there is no test half; MNIST's own is a seventh of all its pictures."""


@dataclass(frozen=True)
class Choices:
    """Choose how a collection becomes a data set; the defaults take everything as it was found.

    Turning comes first, then mirroring. `quarter_turns=1` with `mirror=True` transposes, which
    puts EMNIST upright.

    Raises:
        LabError: a value is out of its range.
    """

    quarter_turns: int = 0
    """How often each picture is turned by 90 degrees, clockwise: 0 to 3."""

    mirror: bool = False
    """Exchange left and right."""

    invert: bool = False
    """Make dark ink on light paper bright ink on black."""

    framing: Framing = "as found"
    """Keep each picture's size, scale it to 28x28, or fit and centre it as drawings are."""

    class_names: Mapping[str, str | None] = field(default_factory=dict)
    """By the name found: another name, or None to leave the class out. Equal names are merged."""

    test_share: float = SHARE_SET_ASIDE
    """The share of each class that is set aside as the test half, where none was found."""

    seed: int = 0
    """Of the draw that chooses the pictures to set aside."""

    def __post_init__(self) -> None:
        if self.quarter_turns not in range(4):
            raise LabError(f"{self.quarter_turns} quarter turns: choose 0, 1, 2 or 3.")
        if self.framing not in FRAMINGS:
            raise LabError(f"The framing {self.framing!r} is none of {', '.join(FRAMINGS)}.")
        if not 0 < self.test_share < 1:
            raise LabError(f"{self.test_share:g} cannot be set aside: choose a share in (0, 1).")
