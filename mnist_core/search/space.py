"""The search space: hyperparameters, their ranges, and the configuration of a trial."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import optuna

from mnist_core.errors import LabError
from mnist_core.training.config import TrainingConfig


@dataclass(frozen=True)
class Searchable:
    """A hyperparameter that can be searched.

    `title` is its name for people, `low` to `high` a sensible range. `logarithmic` says that equal
    ratios are equal steps, `whole` that it takes whole numbers alone.
    """

    title: str
    low: float
    high: float
    logarithmic: bool = False
    whole: bool = False


SEARCHABLE: Mapping[str, Searchable] = MappingProxyType(
    {
        "learning_rate": Searchable("Learning rate", 1e-4, 0.1, logarithmic=True),
        "units": Searchable("Units in each hidden layer", 8, 256, logarithmic=True, whole=True),
        "batch_size": Searchable("Batch size", 16, 1_024, logarithmic=True, whole=True),
        "dropout": Searchable("Dropout", 0.0, 0.6),
        "weight_decay": Searchable("Weight decay", 1e-6, 1e-2, logarithmic=True),
        "momentum": Searchable("Momentum", 0.0, 0.99),
        "warmup": Searchable("Warm-up", 0.0, 0.5),
        "augmentation": Searchable("Augmentation", 0.0, 1.0),
    }
)
"""Entries by name: fields of `TrainingConfig`, and `units`, the size of all hidden layers."""


@dataclass(frozen=True)
class Span:
    """The range in which one hyperparameter is searched, both ends included.

    Raises:
        LabError: the hyperparameter cannot be searched, or the range is empty.
    """

    name: str
    low: float
    high: float

    def __post_init__(self) -> None:
        if self.name not in SEARCHABLE:
            raise LabError(f"{self.name!r} cannot be searched; choose one of {list(SEARCHABLE)}.")
        if not self.low < self.high:
            raise LabError(f"{self.name} from {self.low:g} to {self.high:g} is not a range.")

    def suggest(self, trial: optuna.Trial) -> float:
        """Return a value that Optuna chooses."""
        searchable = SEARCHABLE[self.name]
        if searchable.whole:
            low, high = int(self.low), int(self.high)
            return trial.suggest_int(self.name, low, high, log=searchable.logarithmic)
        return trial.suggest_float(self.name, self.low, self.high, log=searchable.logarithmic)


def config_with(config: TrainingConfig, chosen: Mapping[str, Any]) -> TrainingConfig:
    """Return the configuration with the values chosen for a trial, by name in `SEARCHABLE`.

    Real numbers are rounded to three digits, as people write them.
    """
    values = {name: _rounded(value) for name, value in chosen.items() if name != "units"}
    if "units" in chosen:
        values["hidden"] = (int(chosen["units"]),) * max(1, len(config.hidden))
    return replace(config, **values)


def _rounded(value: Any) -> Any:
    return float(f"{value:.3g}") if isinstance(value, float) else value
