"""How often a part of the Train page follows the runs that it shows."""

from collections.abc import Iterable
from dataclasses import dataclass

from mnist_core.runs.snapshot import Snapshot


@dataclass(frozen=True)
class Rhythm:
    """Seconds between two refreshes; None for none.

    `moving` while a run moves, `standing` while all of them stand still, `queued` while all of them
    wait in the queue, where only their place changes.
    """

    moving: float
    standing: float
    queued: float | None

    def seconds(self, shown: Iterable[Snapshot]) -> float | None:
        """How often runs have to be looked at again; None where nothing moves any more."""
        going = [now for now in shown if not now.status.over]
        if not going:
            return None
        if any(now.moves_on for now in going):
            return self.moving
        return self.queued if all(now.place for now in going) else self.standing


CURVE = Rhythm(moving=0.2, standing=1.0, queued=3.0)
"""Five times a second costs a visitor's browser half a processor."""

PANEL = Rhythm(moving=1.0, standing=1.0, queued=None)
TABLE = Rhythm(moving=1.0, standing=5.0, queued=5.0)
