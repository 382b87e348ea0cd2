"""A configuration as the parameters of an address, and back.

Only what differs from the preset `dense`, with which the page opens, is written, so links stay
short and can be read: for example `optimizer=sgd&learning_rate=0.1&hidden=64-32&batch_size=all`.
"""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any
from urllib.parse import urlencode

from mnist_core.errors import LabError
from mnist_core.training.config import PRESETS, Choice, TrainingConfig

BEGINNING = PRESETS["dense"]
"""What an address without parameters stands for."""

ALL = "all"
"""A batch of all examples, in an address."""

NONE = "none"
"""No hidden layer, in an address."""


def to_query(config: TrainingConfig) -> dict[str, str]:
    """The parameters that say how `config` differs from `BEGINNING`."""
    return {
        setting.name: _to_text(getattr(config, setting.name))
        for setting in fields(config)
        if getattr(config, setting.name) != getattr(BEGINNING, setting.name)
    }


def from_query(parameters: Mapping[str, str]) -> TrainingConfig:
    """The configuration that an address describes; parameters of other names are left alone.

    Raises:
        LabError: a value cannot be read or is outside its range.
    """
    values: dict[str, Any] = {}
    for setting in fields(TrainingConfig):
        text = parameters.get(setting.name)
        if text is not None:
            values[setting.name] = _from_text(setting.name, text, setting.type, setting.metadata)
    return replace(BEGINNING, **values)


def link(address: str, config: TrainingConfig, **more: str) -> str:
    """`address` with the configuration, and more parameters, behind it."""
    return f"{address}?{urlencode(to_query(config) | more)}".removesuffix("?")


def _to_text(value: Any) -> str:
    if value is None:
        return ALL
    if isinstance(value, tuple):
        return "-".join(map(str, value)) or NONE
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value!r}" if isinstance(value, float) else f"{value}"


def _from_text(name: str, text: str, kind: Any, metadata: Mapping[str, Any]) -> Any:
    if isinstance(metadata["allowed"], Choice):
        return text
    try:
        if kind is bool:
            return {"yes": True, "no": False}[text]
        if kind == tuple[int, ...]:
            return () if text == NONE else tuple(map(int, text.split("-")))
        if kind == (int | None) and text == ALL:
            return None
        return float(text) if kind is float else int(text)
    except (KeyError, ValueError) as error:
        raise LabError(f"The link says {name} is {text!r}, which the lab cannot read.") from error
