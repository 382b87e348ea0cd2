"""A dictation: the visitor is asked to write 0 to 9 in turn, and a network reads each."""

from dataclasses import dataclass

from pages.ui.draw.score import DIGITS, Verdict


@dataclass
class Dictation:
    """One visitor's dictation; `verdicts` is None while none has begun."""

    verdicts: list[Verdict] | None = None

    def begin(self) -> None:
        """Ask for 0 first."""
        self.verdicts = []

    def end(self) -> None:
        """Ask for no more, and forget the verdicts."""
        self.verdicts = None

    def answer(self, read: int | None) -> None:
        """The digit asked for is written, and read as `read`: None for "I don't know"."""
        if self.verdicts is not None and self.asked is not None:
            self.verdicts.append(Verdict(self.asked, read))

    @property
    def asked(self) -> int | None:
        """The digit to write now; None without a dictation, and at its end."""
        if self.verdicts is None or len(self.verdicts) == len(DIGITS):
            return None
        return DIGITS[len(self.verdicts)]
