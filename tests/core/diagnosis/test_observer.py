"""What the observer says of runs; what it says of lessons is in `test_lessons`.

Of the runs in `benchmarks/labelled_runs.json`, whose labels say what was done to them, it says what
is so or nothing.
"""

from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest

from benchmarks.labelled_curves import collection
from benchmarks.observer import RIGHT, finding, misleads
from mnist_core.data import Data
from mnist_core.diagnosis.evidence import Diagnosis, Finding, RunFacts
from mnist_core.diagnosis.observer import diagnose
from mnist_core.diagnosis.rate_rules import with_lower_rate
from mnist_core.insight.dead_units import dead_share
from mnist_core.runs.snapshot import Snapshot, Status
from mnist_core.training.config import TrainingConfig
from mnist_core.training.events import Measured
from mnist_core.training.history import LearningRateChange
from mnist_core.training.optimizers import OPTIMIZERS
from mnist_core.training.presets import PRESETS
from tests.core.finished_runs import taken

CURVES = list(collection())


def observed(config: TrainingConfig, data: Data) -> tuple[Diagnosis | None, Snapshot]:
    """What is said of a run of `config`, and how it ended."""
    now = taken(config)
    assert now.network is not None
    silent = dead_share(now.network, data.train.images[:500])
    return diagnose(RunFacts(config, now, silent, data.train.classes, 55_000)), now


def curve(dev_losses: list[float], dev_accuracies: list[float], accuracy: float) -> Snapshot:
    """A finished run that went this way."""
    points = zip(dev_losses, dev_accuracies, strict=True)
    history = tuple(
        Measured(i * 10, i / 10, loss, accuracy, loss, dev, 0.1, i)
        for i, (loss, dev) in enumerate(points)
    )
    return Snapshot(Status.FINISHED, history=history)


def evidence(now: Snapshot, config: TrainingConfig = PRESETS["small_dense"].config) -> RunFacts:
    """A run of ten classes in which all units are awake."""
    return RunFacts(config, now, dead_share=0.0, classes=10, available=55_000)


def test_too_few_points_say_nothing() -> None:
    assert diagnose(evidence(curve([2.3, 0.5], [0.1, 0.9], 0.9))) is None


def test_a_curve_that_still_rises_wants_more_epochs() -> None:
    rising = [0.5, 0.6, 0.7, 0.8, 0.85, 0.88, 0.90, 0.92]
    seen = diagnose(evidence(curve([2, 1.5, 1, 0.7, 0.6, 0.5, 0.45, 0.42], rising, 0.92)))
    assert seen is not None
    assert "still getting better, by 3.5 percentage points" in seen.sentence
    assert seen.suggestion == replace(PRESETS["small_dense"].config, epochs=10)


def test_a_flat_curve_is_a_plateau() -> None:
    flat = [0.5, 0.8, 0.9, *[0.92] * 9]
    seen = diagnose(evidence(curve([2, 1, 0.5, *[0.3] * 9], flat, 0.925)))
    assert seen is not None
    assert "stopped getting better" in seen.sentence
    assert seen.suggestion.hidden == (256,)


def test_a_curve_that_rises_slowly_is_no_plateau_and_wants_more_units() -> None:
    losses = [2, 1.6, 1.5, *[1.45 * 0.985**i for i in range(9)]]
    seen = diagnose(evidence(curve(losses, [0.2, 0.3, 0.4, *[0.42] * 9], 0.425)))
    assert seen is not None
    assert "stopped" not in seen.sentence
    assert "42.5%" in seen.sentence
    assert "more units would help more than more time" in seen.sentence
    assert seen.suggestion.hidden == (256,)


def test_a_flat_loss_is_no_plateau_where_more_and_more_is_read() -> None:
    rising = [0.3, 0.4, 0.5, *[0.52 + 0.01 * i for i in range(9)]]
    seen = diagnose(evidence(curve([2, 1, 0.5, *[0.3] * 9], rising, 0.62)))
    assert seen is None or seen.finding is not Finding.PLATEAU


JUMPS = [2.0, 1.0, 0.5, 0.9, 0.4, 0.8, 0.5, 0.9, 0.4, 0.9]


def test_a_curve_that_jumps_is_unsteady() -> None:
    seen = diagnose(evidence(curve(JUMPS, [0.5] * 10, 0.5)))
    assert seen is not None
    assert "The loss went up" in seen.sentence


SET = replace(PRESETS["small_dense"].config, learning_rate=1e-3)
RAISED = (LearningRateChange(35, 0.1),)
WENT_WRONG = (
    evidence(curve(JUMPS, [0.5] * 10, 0.5), SET),
    evidence(curve([2.3, *[0.3] * 6, 9.0], [0.5] * 8, 0.5), SET),
    replace(evidence(curve([2.3] * 8, [0.5] * 8, 0.5), SET), dead_share=0.9),
    evidence(Snapshot(Status.DIVERGED, iteration=70), SET),
    evidence(
        Snapshot(Status.DIVERGED, iteration=70), replace(SET, optimizer="sgd", weight_decay=1)
    ),
)


@pytest.mark.parametrize("before", WENT_WRONG)
def test_a_rate_that_a_hand_raised_is_blamed_and_not_the_settings(before: RunFacts) -> None:
    seen = diagnose(replace(before, now=replace(before.now, rate_changes=RAISED)))
    assert seen is not None
    assert "raised to 0.1 by hand; the settings say 0.001" in seen.sentence
    assert seen.suggestion == before.config


def test_a_rate_that_was_raised_and_set_back_long_ago_is_not_blamed_for_late_jumps() -> None:
    rate_changes = (LearningRateChange(5, 0.1), LearningRateChange(20, 1e-3))
    seen = diagnose(
        evidence(replace(curve(JUMPS, [0.5] * 10, 0.5), rate_changes=rate_changes), SET)
    )
    assert seen is not None
    assert "by hand" not in seen.sentence
    assert seen.suggestion.learning_rate < SET.learning_rate


def test_a_rate_that_a_hand_lowered_is_blamed_for_steps_that_are_too_small() -> None:
    straight = curve([2.4 - 0.02 * i for i in range(12)], [0.1 + 0.01 * i for i in range(12)], 0.2)
    moved = replace(
        straight, iteration=110, iterations=110, rate_changes=(LearningRateChange(0, 1e-5),)
    )
    seen = diagnose(evidence(moved, SET))
    assert seen is not None
    assert "lowered to 0.00001 by hand; the settings say 0.001" in seen.sentence
    assert seen.suggestion == SET


def test_a_curve_that_a_hand_has_bent_says_nothing_of_the_units() -> None:
    flat = curve([2, 1, 0.5, *[0.3] * 9], [0.5, 0.8, 0.9, *[0.92] * 9], 0.925)
    assert diagnose(evidence(flat, SET)) is not None
    assert (
        diagnose(evidence(replace(flat, rate_changes=(LearningRateChange(30, 1e-5),)), SET)) is None
    )


@pytest.mark.parametrize("before", WENT_WRONG[:3])
def test_nothing_is_said_of_a_run_whose_best_network_is_kept(before: RunFacts) -> None:
    assert diagnose(before) is not None
    kept = replace(before.now, status=Status.STOPPED, kept=before.now.history[2])
    assert diagnose(replace(before, now=kept)) is None


def test_a_decay_that_outruns_the_rate_is_named_as_the_cause() -> None:
    config = TrainingConfig(optimizer="sgd", learning_rate=5.0, weight_decay=1.0)
    seen = diagnose(evidence(Snapshot(Status.DIVERGED, iteration=12), config))
    assert seen is not None
    assert "weight decay of 1" in seen.sentence
    assert seen.suggestion.learning_rate * seen.suggestion.weight_decay < 2


@pytest.mark.parametrize("optimizer", ["adam", "rmsprop"])
def test_a_decay_that_the_optimizer_scales_with_the_gradient_is_not_blamed(optimizer: str) -> None:
    config = TrainingConfig(optimizer=optimizer, learning_rate=5.0, weight_decay=1.0)
    seen = diagnose(evidence(Snapshot(Status.DIVERGED, iteration=12), config))
    assert seen is not None
    assert "weight decay" not in seen.sentence
    assert seen.suggestion == replace(config, learning_rate=1e-3)


def test_a_lower_rate_never_leaves_the_allowed_range() -> None:
    assert with_lower_rate(TrainingConfig(learning_rate=1e-6)).learning_rate == 1e-6


def test_what_is_usual_for_an_optimizer_stands_in_its_entry(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    careful = replace(OPTIMIZERS["sgd"], usual_rate=0.003, normalises=True)
    monkeypatch.setitem(OPTIMIZERS, "careful", careful)
    config = TrainingConfig(optimizer="careful", learning_rate=5.0, weight_decay=1.0)
    seen = diagnose(evidence(Snapshot(Status.DIVERGED, iteration=12), config))
    assert seen is not None
    assert "weight decay" not in seen.sentence
    assert seen.suggestion == replace(config, learning_rate=0.003)


def test_the_collection_is_large_and_of_every_kind() -> None:
    labels = Counter(curve.label for curve in CURVES)
    assert len(CURVES) >= 40
    assert set(labels) == set(RIGHT)
    assert min(labels.values()) >= 4


@pytest.mark.parametrize("label", RIGHT)
def test_of_labelled_runs_it_says_what_is_so_or_nothing(label: str) -> None:
    curves = [curve for curve in CURVES if curve.label == label]
    assert not [diagnose(curve.facts) for curve in curves if misleads(curve)]
    named = [curve for curve in curves if finding(curve)]
    assert len(named) >= 0.75 * len(curves) or not RIGHT[label]


def test_a_rate_far_too_small_is_named_and_not_the_units(data: Data) -> None:
    config = replace(PRESETS["small_dense"].config, learning_rate=1e-6, epochs=1)
    seen, _ = observed(config, data)
    assert seen is not None
    assert seen.finding is Finding.STEPS_TOO_SMALL
    assert seen.suggestion == replace(config, learning_rate=1e-3)


def test_a_short_run_of_the_preset_wants_more_epochs_and_never_says_minus_zero(data: Data) -> None:
    config = replace(PRESETS["small_dense"].config, epochs=1)
    seen, _ = observed(config, data)
    assert seen is not None
    assert "-0.0" not in seen.sentence
    assert seen.suggestion == replace(config, epochs=2)


def test_a_run_that_a_hand_stopped_is_not_told_to_go_on_for_longer() -> None:
    rising = [0.5, 0.6, 0.7, 0.8, 0.85, 0.88, 0.90, 0.92]
    went = curve([2, 1.5, 1, 0.7, 0.6, 0.5, 0.45, 0.42], rising, 0.92)
    assert diagnose(evidence(went)) is not None
    for status in (Status.STOPPED, Status.RUNNING, Status.PAUSED):
        assert diagnose(evidence(replace(went, status=status))) is None


def test_a_loss_that_falls_for_all_its_jumps_is_not_unsteady() -> None:
    losses = [2.3 * 0.96**i * (1.06 if i % 2 else 1.0) for i in range(88)]
    went = curve(losses, [min(0.97, 0.1 + i / 80) for i in range(88)], 0.97)
    changes = [after - before for before, after in pairwise(losses[29:])]
    assert sum(change > 0 for change in changes) >= len(changes) // 2
    seen = diagnose(evidence(went))
    assert seen is None or seen.finding is not Finding.UNSTEADY


@pytest.mark.parametrize(("hidden", "rate"), [((2,), 0.2), ((64,), 5e-4)])
def test_units_that_sleep_for_another_reason_are_not_blamed_on_the_steps(
    hidden: tuple[int, ...], rate: float
) -> None:
    config = TrainingConfig(hidden=hidden, learning_rate=rate)
    went = curve([2.3] * 8, [0.5] * 8, 0.5)
    seen = diagnose(replace(evidence(went, config), dead_share=1.0))
    assert seen is None or seen.finding is not Finding.SILENT_UNITS
