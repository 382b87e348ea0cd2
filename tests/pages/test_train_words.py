"""What is said of a run that is not over."""

import pytest

from mnist_core.runs.snapshot import Snapshot, Status
from pages.ui.train import words


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(None, "by itself."), (0.2, "in a moment."), (42.0, "in about 42 s.")],
)
def test_a_run_that_waits_is_told_for_how_long_as_far_as_anybody_knows(
    seconds: float | None, told: str
) -> None:
    said = words.progress(Snapshot(Status.WAITING, place=2, seconds_to_wait=seconds))
    assert "number 2 in the queue" in said
    assert "starts by itself" in said
    assert said.endswith(told)


def test_a_run_that_waits_after_a_pause_goes_on_and_does_not_start() -> None:
    waiting = Snapshot(Status.WAITING, place=1, iteration=30, iterations=90)
    assert "goes on by itself" in words.progress(waiting)
