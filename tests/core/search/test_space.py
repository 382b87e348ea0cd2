"""What may be searched, and what a choice makes of a configuration."""

import optuna
import pytest

from mnist_core.errors import LabError
from mnist_core.search.space import SEARCHABLE, Span, config_with
from mnist_core.training.config import TrainingConfig


def test_what_is_chosen_goes_into_the_configuration() -> None:
    chosen = {"units": 20, "learning_rate": 0.0123456, "batch_size": 64}
    config = config_with(TrainingConfig(hidden=(5, 5)), chosen)
    assert (config.hidden, config.learning_rate, config.batch_size) == ((20, 20), 0.0123, 64)


@pytest.mark.parametrize("name", SEARCHABLE)
def test_every_range_that_is_offered_gives_valid_configurations(name: str) -> None:
    low, high = SEARCHABLE[name].low, SEARCHABLE[name].high
    study = optuna.create_study()
    for _ in range(10):
        trial = study.ask()
        value = Span(name, low, high).suggest(trial)
        assert low <= value <= high
        config_with(TrainingConfig(), trial.params)


@pytest.mark.parametrize(("name", "low", "high"), [("seed", 0, 1), ("dropout", 0.5, 0.5)])
def test_a_range_that_makes_no_sense_is_refused(name: str, low: float, high: float) -> None:
    with pytest.raises(LabError):
        Span(name, low, high)
