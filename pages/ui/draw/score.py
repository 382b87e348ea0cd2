"""The score of a visit: what each drawing was, and what each network took it for."""

from dataclasses import dataclass, field
from typing import NamedTuple

DIGITS = range(10)


class ReadDrawing(NamedTuple):
    """A drawing, told from others by the revision of the paper, and the network that read it."""

    reader: str
    revision: int


@dataclass(frozen=True)
class Verdict:
    """What a drawing was, None for no digit, and what it was read as, None for "I don't know"."""

    digit: int | None
    read: int | None

    @property
    def right(self) -> bool:
        """Whether the network read it as it was meant."""
        return self.digit == self.read


@dataclass
class Score:
    """One visitor's verdicts, one for each drawing and network."""

    verdicts: dict[ReadDrawing, Verdict] = field(default_factory=dict)
    recalls: dict[str, dict[int, float]] = field(default_factory=dict)
    """By a network's identity: the share of each digit's test images that it reads right."""

    doubted: ReadDrawing | None = None
    """The reading that the visitor called wrong, and whose digit is asked for."""

    def of(self, reader: str) -> list[Verdict]:
        """The verdicts on what one network read, oldest first."""
        return [verdict for drawing, verdict in self.verdicts.items() if drawing.reader == reader]

    def judge(self, drawing: ReadDrawing, verdict: Verdict) -> None:
        """The visitor says what the drawing was; what they said of it before is forgotten."""
        self.verdicts[drawing] = verdict
        self.doubted = None

    def doubt(self, drawing: ReadDrawing) -> None:
        """The visitor says that the reading of the drawing was wrong."""
        self.doubted = drawing

    def reconsider(self, drawing: ReadDrawing) -> None:
        """The visitor takes back what they said of the drawing."""
        self.verdicts.pop(drawing, None)
        self.doubted = None
