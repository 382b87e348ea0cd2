"""Converts a configuration to the parameters of a URL, and back.

Only the differences from `BEGINNING`, with which the Train page opens, are written, so links stay
short and readable: for example `optimizer=sgd&learning_rate=0.1&hidden=64-32&batch_size=all`.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from mnist_core.errors import LabError
from mnist_core.training.config import SETTINGS, TrainingConfig
from mnist_core.training.presets import FIRST_PRESET, PRESETS

BEGINNING = PRESETS[FIRST_PRESET].config
"""The configuration of a URL without parameters."""


def to_query(config: TrainingConfig) -> dict[str, str]:
    """Return the parameters by which `config` differs from `BEGINNING`."""
    return {
        name: setting.kind.format(getattr(config, name))
        for name, setting in SETTINGS.items()
        if getattr(config, name) != getattr(BEGINNING, name)
    }


def from_query(parameters: Mapping[str, str]) -> TrainingConfig:
    """Return the configuration that a URL describes; parameters of other names are ignored.

    Raises:
        LabError: a value cannot be read or is outside its range.
    """
    values: dict[str, Any] = {}
    for name, setting in SETTINGS.items():
        if name in parameters:
            try:
                values[name] = setting.kind.parse(parameters[name])
            except ValueError as error:
                raise LabError(
                    f"The link says {name} is {parameters[name]!r}, which the lab cannot read: "
                    f"it must be {setting.kind.description}."
                ) from error
    return replace(BEGINNING, **values)
