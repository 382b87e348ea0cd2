"""What a run is called, and what is said of one that is not over."""

from dataclasses import replace

import pytest

from mnist_core.runs.snapshot import Move, Snapshot, Status
from mnist_core.training.config import CONVOLUTIONS, TrainingConfig
from mnist_core.training.presets import PRESETS
from pages.ui.train import messages


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(None, "by itself."), (0.2, "in a moment."), (42.0, "in about 42 s.")],
)
def test_a_run_that_waits_is_told_for_how_long_as_far_as_anybody_knows(
    seconds: float | None, told: str
) -> None:
    said = messages.progress(Snapshot(Status.WAITING, queue_position=2, seconds_to_wait=seconds))
    assert "number 2 in the queue" in said
    assert "starts by itself" in said
    assert said.endswith(told)


def test_a_run_that_waits_after_a_pause_goes_on_and_does_not_start() -> None:
    waiting = Snapshot(Status.WAITING, queue_position=1, iteration=30, iterations=90)
    assert "continues by itself" in messages.progress(waiting)


@pytest.mark.parametrize(("asked", "told"), [(1, "takes the step"), (3, "takes the 3 steps")])
def test_a_run_that_waits_for_a_step_does_not_go_on_by_itself(asked: int, told: str) -> None:
    waiting = Snapshot(
        Status.WAITING, queue_position=2, iteration=30, iterations=90, steps_asked=asked
    )
    said = messages.progress(waiting)
    assert f"number 2 in the queue and {told} you asked for when its turn comes" in said
    assert "by itself" not in said


def test_a_run_that_is_paused_before_it_begins_is_said_to_be_paused() -> None:
    assert messages.progress(Snapshot(Status.PAUSED)) == "Paused before its first step"


@pytest.mark.parametrize(
    ("status", "told"),
    [(Status.DIVERGED, "blew up"), (Status.FAILED, "failed"), (Status.WAITING, "starting")],
)
def test_numbers_out_of_bounds_are_told_from_other_ends(status: Status, told: str) -> None:
    assert messages.standing(Snapshot(status)) == told


SMALL, SPRINT = PRESETS["small_dense"].config, PRESETS["sprint"].config
FILTERS = PRESETS["small_conv"].config


@pytest.mark.parametrize(
    ("config", "before", "name"),
    [
        (SPRINT, None, "Run 4: Fast filters"),
        (SPRINT, SMALL, "Run 4: Fast filters"),
        (SMALL, SMALL, "Run 4: 128 units"),
        (replace(SPRINT, epochs=3), None, "Run 4: Fast filters, Epochs 3"),
        (replace(SPRINT, epochs=3), SMALL, "Run 4: Fast filters, Epochs 3"),
        (
            replace(SMALL, batch_size=64, dropout=0.2),
            replace(SMALL, dropout=0.2),
            "Run 4: 128 units, Batch size 64, …",
        ),
        (
            replace(SMALL, batch_size=64, dropout=0.2),
            replace(SMALL, batch_size=64),
            "Run 4: 128 units, Dropout 0.2, …",
        ),
        (
            replace(SMALL, epochs=2, examples=500, batch_size=64, record_every=5),
            None,
            "Run 4: 128 units, Batch size 64, …",
        ),
        (
            replace(SPRINT, epochs=3, seed=7),
            None,
            "Run 4: Fast filters, Epochs 3, Seed 7",
        ),
        (
            replace(SMALL, examples=1_000, seed=7),
            None,
            "Run 4: Training pictures 1,000, Seed 7",
        ),
        (replace(SMALL, hidden=(64,)), None, "Run 4: Hidden layers 64"),
        (replace(SMALL, hidden=(64,), seed=7), SMALL, "Run 4: Hidden layers 64, Seed 7"),
        (replace(FILTERS, hidden=(32,)), None, "Run 4: Filters, Hidden layers 32"),
        (replace(FILTERS, convolution="none"), None, "Run 4: Filters None"),
    ],
)
def test_a_run_is_called_by_its_preset_and_by_what_was_changed_of_it(
    config: TrainingConfig, before: TrainingConfig | None, name: str
) -> None:
    assert messages.run_name(4, config, before) == name


@pytest.mark.parametrize("filters", ["quick", "small", "medium", "wide"])
def test_a_single_change_is_always_told_in_full(filters: str) -> None:
    config = replace(SMALL, convolution=filters)
    told = messages.run_name(12, config, SPRINT)
    assert told.endswith(f"Filters {CONVOLUTIONS[filters].title}")
    assert len(told) <= messages.LONGEST_NAME


def test_a_run_whose_computer_was_lost_says_so_in_one_sentence_more() -> None:
    assert messages.moved(Snapshot(Status.RUNNING)) == ""
    once = messages.moved(Snapshot(Status.RUNNING, moves=(Move(1_200, 1_150),)))
    assert "lost at step 1,200. Another one took over" in once
    twice = messages.moved(Snapshot(Status.RUNNING, moves=(Move(9, 5), Move(1_400, 1_350))))
    assert "lost 2 computers, the last one at step 1,400" in twice
