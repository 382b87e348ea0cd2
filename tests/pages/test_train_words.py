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


@pytest.mark.parametrize(("asked", "told"), [(1, "takes the step"), (3, "takes the 3 steps")])
def test_a_run_that_waits_for_a_step_does_not_go_on_by_itself(asked: int, told: str) -> None:
    waiting = Snapshot(Status.WAITING, place=2, iteration=30, iterations=90, steps_asked=asked)
    said = words.progress(waiting)
    assert f"number 2 in the queue and {told} you asked for when its turn comes" in said
    assert "by itself" not in said


def test_a_run_that_is_paused_before_it_begins_is_said_to_be_paused() -> None:
    assert words.progress(Snapshot(Status.PAUSED)) == "Paused before its first step"
