"""What has no effect is named: a run without it ends at the same parameters, to the bit."""

from dataclasses import asdict, replace
from typing import Any

import numpy as np
import pytest

from mnist_core.data import Dataset, Split
from mnist_core.files.links import from_query, to_query
from mnist_core.training.config import SETTINGS, TrainingConfig
from mnist_core.training.loop import train
from mnist_core.training.presets import PRESETS
from mnist_core.training.train_state import TrainState
from mnist_core.training.unused import unused_in_words

DEFAULT = TrainingConfig()

ODD = TrainingConfig(
    hidden=(3,),
    activation="tanh",
    initializer="glorot",
    learning_rate=0.05,
    momentum=0.5,
    nesterov=True,
    schedule="cosine",
    warmup=0.2,
    batch_size=4,
    epochs=2,
    examples=12,
    weight_decay=0.1,
    dropout=0.3,
    augmentation=0.5,
    seed=1,
)
"""Everything is other than the default, but for what the cases say."""

CASES: dict[str, tuple[dict[str, Any], set[str]]] = {
    "adam": ({}, {"momentum", "nesterov"}),
    "adamw": ({"optimizer": "adamw"}, {"momentum", "nesterov"}),
    "rmsprop": ({"optimizer": "rmsprop", "nesterov": False}, {"momentum"}),
    "sgd": ({"optimizer": "sgd"}, set()),
    "sgd without momentum": ({"optimizer": "sgd", "momentum": 0.0}, {"nesterov"}),
    "nothing hidden": ({"optimizer": "sgd", "hidden": ()}, {"activation", "dropout"}),
    "filters alone": ({"optimizer": "sgd", "hidden": (), "convolution": "quick"}, {"dropout"}),
}


def learned(config: TrainingConfig) -> np.ndarray:
    """The parameters that few steps on few small pictures lead to."""
    rng = np.random.default_rng(0)
    dataset = Dataset(
        rng.integers(0, 256, (20, 13, 13), dtype=np.uint8), np.arange(20, dtype=np.uint8) % 3
    )
    train_state = TrainState.new(config, (13, 13), 3)
    for _ in train(dataset, Split(np.arange(16), np.arange(16, 20)), config, train_state):
        pass
    return train_state.network.parameters.flat


@pytest.mark.parametrize("name", CASES)
def test_what_is_named_and_nothing_else_has_no_effect(name: str) -> None:
    """Each setting is put back to its default in turn; what is measured when is no parameter."""
    changes, unused = CASES[name]
    config = replace(ODD, **changes)
    right = learned(config)
    others = {
        setting: value
        for setting, value in asdict(DEFAULT).items()
        if getattr(config, setting) != value
    }
    without = {
        setting
        for setting, value in others.items()
        if np.array_equal(learned(replace(config, **{setting: value})), right)
    }
    assert without == unused == set(config.unused)


def test_every_setting_is_tried() -> None:
    changed = {name for name in SETTINGS if getattr(ODD, name) != getattr(DEFAULT, name)}
    assert changed | {"convolution", "optimizer", "record_every"} == set(SETTINGS)


@pytest.mark.parametrize("config", [DEFAULT, *(preset.config for preset in PRESETS.values())])
def test_of_defaults_and_presets_nothing_is_said(config: TrainingConfig) -> None:
    assert not config.unused
    assert unused_in_words(config) == ""


def test_one_sentence_names_setting_value_and_what_it_needs() -> None:
    assert unused_in_words(TrainingConfig(momentum=0.9)) == (
        "Without effect in this training: momentum 0.9, which needs the optimizer sgd."
    )
    both = TrainingConfig(hidden=(), activation="gelu", dropout=0.5)
    assert unused_in_words(both) == (
        "Without effect in this training: dropout 0.5, which needs a hidden layer; "
        "activation gelu, which needs a hidden layer or filters."
    )
    assert TrainingConfig(optimizer="sgd", nesterov=True).unused == {"nesterov": "momentum"}


def test_links_and_settings_that_hold_such_a_value_go_on_opening() -> None:
    config = TrainingConfig(momentum=0.9, nesterov=True)
    assert TrainingConfig.from_mapping(asdict(config)) == config
    assert from_query(to_query(config)) == config
