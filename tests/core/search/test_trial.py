"""One trial of a search, and what it says of its configuration."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from mnist_core.data import Dataset, Split
from mnist_core.search import trial
from mnist_core.search.trial import TrialTask, run_trial
from mnist_core.training.config import TrainingConfig
from mnist_core.training.events import Event, Finished, Measured

QUICK = TrainingConfig(hidden=(16,), examples=2_000, batch_size=50, epochs=2)


def test_a_trial_says_what_its_configuration_reaches() -> None:
    outcome = run_trial(TrialTask(QUICK, (), None))
    assert list(outcome.accuracies) == list(range(1, 11))
    again = run_trial(TrialTask(QUICK, (), None))
    assert again == outcome


def test_a_trial_of_very_many_steps_is_measured_at_each_tenth(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Batches of one picture, twenty times over; the training is made up, it would take hours."""
    steps = 55_000 * 20

    def reaching(iteration: int) -> Measured:
        share = iteration / steps
        return Measured(iteration, 20 * share, 1, share, 1, share, 0.1, 0)

    def quick(_dataset: Dataset, _parts: Split, config: TrainingConfig) -> Iterator[Event]:
        for iteration in range(0, steps, config.record_every):
            yield reaching(iteration)
        yield Finished(reaching(steps), config.network((28, 28), 10))

    monkeypatch.setattr(trial, "train", quick)
    outcome = run_trial(TrialTask(TrainingConfig(batch_size=1, epochs=20), (), None))
    assert list(outcome.accuracies) == list(range(1, 11))
    for tenth, share in outcome.accuracies.items():
        assert tenth / 10 <= share < (tenth + 1) / 10


def test_a_trial_that_diverges_says_what_to_try_instead() -> None:
    wild = replace(QUICK, optimizer="sgd", learning_rate=10.0, weight_decay=1.0)
    outcome = run_trial(TrialTask(wild, (), None))
    assert "too large to write down" in outcome.failure
    assert "smaller learning rates" in outcome.failure
