"""Short codes by which people join something, and a brake on guessing them.

A code has 8 of 23 letters and digits, none of which looks like another: 8e10 codes. With 20 that
open something and the brake of `GUESSES_IN_ALL`, guessing at full speed for a day finds one with a
probability of 2e-5.
"""

from collections.abc import Callable
from secrets import choice
from threading import Lock
from time import monotonic

ALPHABET = "ACDEFHJKMNPQRTVWXY34679"
"""Without B and 8, G, I, L, O, S, U, Z, 0, 1, 2 and 5, which are taken for one another."""

LENGTH = 8
LONG = 12
"""Letters of a code that opens more than the others."""


def new_code(length: int = LENGTH) -> str:
    """Draw a code from the system's source of secrets."""
    return "".join(choice(ALPHABET) for _ in range(length))


def as_typed(text: str) -> str:
    """Read a code as somebody types it: in small letters, with spaces or hyphens."""
    return "".join(text.replace("-", " ").split()).upper()


def in_groups(code: str) -> str:
    """Write a code in groups of four, as it is easier to read out."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


class Brake:
    """Slows down wrong guesses: some at once, then one in a while. Any thread may call it.

    Args:
        at_once: wrong guesses that need no waiting.
        seconds: after which one more is allowed.
        clock: in seconds.
    """

    def __init__(
        self, at_once: int, seconds: float, clock: Callable[[], float] = monotonic
    ) -> None:
        self._at_once = at_once
        self._seconds = seconds
        self._clock = clock
        self._lock = Lock()
        self._level = 0.0
        self._seen = clock()

    def wait(self) -> float:
        """Return the seconds until the next guess is allowed; 0 for now."""
        with self._lock:
            self._sink()
            return max(0.0, (self._level - self._at_once + 1) * self._seconds)

    def press(self) -> None:
        """Count a wrong guess."""
        with self._lock:
            self._sink()
            self._level += 1

    def _sink(self) -> None:
        now = self._clock()
        self._level = max(0.0, self._level - (now - self._seen) / self._seconds)
        self._seen = now


GUESSES_IN_ALL = 100, 1.0
"""Of all visitors together: 100 at once, then one a second."""

GUESSES_OF_ONE = 5, 20.0
"""Of one visitor: five at once, then three a minute."""
