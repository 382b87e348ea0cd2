"""Short codes for joining a collection, and the limit on the rate of guesses.

A code has 8 of 23 letters and digits that do not look alike: 8e10 codes. If 20 of them are in use,
guessing at the rate of `GUESSES_IN_ALL` for a day finds one with a probability of 2e-5.
"""

from collections.abc import Callable
from math import inf
from secrets import choice
from threading import Lock
from time import monotonic
from typing import TypeAlias

ALPHABET = "ACDEFHJKMNPQRTVWXY34679"
"""Without B and 8, G, I, L, O, S, U, Z, 0, 1, 2 and 5, which are mistaken for one another."""

LENGTH = 8
LONG = 12
"""Letters of a code that gives more rights: a teacher's."""

Update: TypeAlias = Callable[[Callable[[float], float]], float]


def new_code(length: int = LENGTH) -> str:
    """Draw a code from the system's secure random source."""
    return "".join(choice(ALPHABET) for _ in range(length))


def as_typed(text: str) -> str:
    """Normalize a typed code: capital letters, without spaces and hyphens."""
    return "".join(text.replace("-", " ").split()).upper()


def in_groups(code: str) -> str:
    """Format a code in groups of four, which are easier to read out."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


class Brake:
    """A limit on the rate of wrong guesses (leaky bucket). It may be called from any thread.

    The one number that it keeps is the time at which all guesses will be forgotten.

    Args:
        at_once: the number of wrong guesses that are allowed at once.
        seconds: the time after which one more is allowed.
        clock: returns the time in seconds.
        update: keeps the number: replaces it by what a function makes of it, and returns that; by
            default in memory.
    """

    def __init__(
        self,
        at_once: int,
        seconds: float,
        clock: Callable[[], float] = monotonic,
        update: Update | None = None,
    ) -> None:
        self._at_once = at_once
        self._seconds = seconds
        self._clock = clock
        self._update = update or KeptNumber().update

    def wait(self) -> float:
        """Return the seconds until the next guess is allowed; 0 if it is now."""
        forgotten = self._update(self._within_bounds)
        return max(0.0, forgotten - self._clock() - (self._at_once - 1) * self._seconds)

    def press(self) -> None:
        """Count a wrong guess."""
        self._update(lambda kept: self._within_bounds(kept) + self._seconds)

    def _within_bounds(self, kept: float) -> float:
        """Return the number that counts now; a clock that was set back makes nobody wait longer."""
        now = self._clock()
        return min(max(kept, now), now + self._at_once * self._seconds)


class KeptNumber:
    """A number in memory, at first minus infinity. It may be updated from any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._value = -inf

    def update(self, change: Callable[[float], float]) -> float:
        """Replace the number by what a function makes of it, and return that."""
        with self._lock:
            self._value = change(self._value)
            return self._value


GUESSES_IN_ALL = 100, 1.0
"""The limit for all visitors together: 100 at once, then one a second."""

GUESSES_OF_ONE = 5, 20.0
"""The limit for one visitor: five at once, then three a minute."""
