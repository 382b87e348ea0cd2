"""One trial of a search, and what it says of its configuration."""

from mnist_core.search.trial import Job, run_trial
from mnist_core.training.config import TrainingConfig

QUICK = TrainingConfig(hidden=(16,), examples=2_000, batch_size=50, epochs=2)


def test_a_trial_says_what_its_configuration_reaches() -> None:
    outcome = run_trial(Job(QUICK, (), None))
    assert list(outcome.accuracies) == list(range(1, 11))
    again = run_trial(Job(QUICK, (), None))
    assert again == outcome
