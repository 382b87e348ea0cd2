"""How often the parts of the Train page follow runs: the less there is to see, the less often."""

import pytest

from mnist_core.runs.snapshot import Snapshot, Status
from pages.ui.train.poll_interval import CURVE, LONG_WAIT_SECONDS, PANEL, PollInterval

MOVES = Snapshot(Status.RUNNING)
BEGINS = Snapshot(Status.WAITING)
PAUSES = Snapshot(Status.PAUSED)
OVER = Snapshot(Status.FINISHED)
NEXT = Snapshot(Status.WAITING, queue_position=1)
SOON = Snapshot(Status.WAITING, queue_position=3, seconds_to_wait=LONG_WAIT_SECONDS / 2)
LATE = Snapshot(Status.WAITING, queue_position=90, seconds_to_wait=LONG_WAIT_SECONDS * 2)


@pytest.mark.parametrize(
    ("shown", "seconds"),
    [
        ([OVER, OVER], None),
        ([OVER, MOVES, LATE], 1),
        ([BEGINS], 1),
        ([PAUSES, LATE], 2),
        ([NEXT], 3),
        ([LATE, SOON], 3),
        ([OVER, LATE], 4),
    ],
)
def test_the_run_with_most_to_see_sets_the_rhythm(
    shown: list[Snapshot], seconds: float | None
) -> None:
    assert PollInterval(moving=1, standing=2, queued=3, far=4).seconds(shown) == seconds


def test_the_longer_nothing_is_to_be_seen_the_less_often_the_curve_is_looked_at() -> None:
    often = [CURVE.seconds([now]) for now in (MOVES, PAUSES, SOON, LATE)]
    assert None not in often
    assert often == sorted(often, key=float)  # type: ignore[arg-type]
    assert PANEL.seconds([LATE]) is None
