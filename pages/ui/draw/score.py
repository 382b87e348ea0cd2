"""The score of a visit: what each drawing was, and what the network took it for."""

from dataclasses import dataclass, field

DIGITS = range(10)


@dataclass(frozen=True)
class Verdict:
    """What a digit was, and what the network took it for."""

    digit: int
    read: int

    @property
    def right(self) -> bool:
        """Whether the network read it as it was meant."""
        return self.digit == self.read


@dataclass
class Score:
    """One visitor's verdicts. A drawing is told from others by the revision of the paper."""

    verdicts: list[Verdict] = field(default_factory=list)
    recalls: dict[str, dict[int, float]] = field(default_factory=dict)
    """By a network's identity: the share of each digit's test images that it reads right."""

    judged: int | None = None
    """The last drawing of which the visitor said what it was."""

    doubted: int | None = None
    """The drawing whose reading the visitor called wrong, and whose digit is asked for."""

    def judge(self, revision: int, digit: int, read: int) -> None:
        """The visitor says what the drawing was meant to be."""
        self.verdicts.append(Verdict(digit, read))
        self.judged = revision

    def doubt(self, revision: int) -> None:
        """The visitor says that the reading of the drawing was wrong."""
        self.doubted = revision
