"""Hyperparameters: what is allowed, what is refused and how, and the way through JSON."""

import json
import re
from dataclasses import FrozenInstanceError, asdict, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_core.errors import LabError
from mnist_core.nn.convolution import Conv2D, MaxPool2D
from mnist_core.nn.layers import Activation, Dense, Dropout, Flatten
from mnist_core.training.config import CONVOLUTIONS, SETTINGS, TrainingConfig
from mnist_core.training.presets import PRESETS
from mnist_core.training.settings import OneOf, RealNumber, WholeNumber
from tests.core.training.kinds import values_of

KINDS = {name: setting.kind for name, setting in SETTINGS.items()}
RANGES = {n: kind for n, kind in KINDS.items() if isinstance(kind, WholeNumber | RealNumber)}
CHOICES = {name: kind for name, kind in KINDS.items() if isinstance(kind, OneOf)}
WHOLE = {"batch_size", "epochs", "examples", "record_every", "seed"}
MOST_LAYERS = 8


configs = st.fixed_dictionaries({name: values_of(kind) for name, kind in KINDS.items()}).map(
    lambda values: TrainingConfig(**values)
)


@given(config=configs)
def test_whatever_is_in_range_goes_through_json_and_back(config: TrainingConfig) -> None:
    text = config.to_json()
    assert "\n" not in text
    assert TrainingConfig.from_mapping(json.loads(text)) == config
    assert asdict(config) == asdict(TrainingConfig.from_mapping(json.loads(text)))


def test_every_hyperparameter_is_explained() -> None:
    assert set(RANGES) | set(CHOICES) | {"hidden", "nesterov"} == set(SETTINGS)
    for setting in SETTINGS.values():
        assert setting.title[0].isupper()
        assert re.fullmatch(r"[A-Z].*\.", setting.help)


def refused(name: str, value: Any) -> str:
    """The message, having checked that it names the field and the value."""
    with pytest.raises(LabError) as caught:
        TrainingConfig(**{name: value})
    message = str(caught.value)
    assert message.startswith(f"{name} is {value!r}; it must be ")
    assert "\n" not in message
    return message


@pytest.mark.parametrize("name", sorted(RANGES))
@given(data=st.data())
def test_a_number_out_of_range_is_refused_with_the_range(name: str, data: st.DataObject) -> None:
    low, high = RANGES[name].low, RANGES[name].high
    kind = st.integers if name in WHOLE else st.floats
    above = kind(min_value=high).filter(lambda v: v > high)
    below = kind(max_value=low).filter(lambda v: v < low)
    message = refused(name, data.draw(above | below))
    assert f"from {low:,} to {high:,}" in message


@pytest.mark.parametrize("name", sorted(RANGES))
@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf"), "3", True, [1], {}])
def test_what_is_no_number_is_refused(name: str, value: Any) -> None:
    refused(name, value)


@pytest.mark.parametrize("name", sorted(RANGES.keys() - {"batch_size"}))
def test_only_the_batch_size_may_be_left_empty(name: str) -> None:
    refused(name, None)
    assert TrainingConfig(batch_size=None).batch_size is None


@pytest.mark.parametrize("name", sorted(WHOLE))
def test_a_fraction_is_no_whole_number(name: str) -> None:
    assert "a whole number" in refused(name, 12.5)


@pytest.mark.parametrize("name", sorted(CHOICES))
@pytest.mark.parametrize("value", ["", "Relu", "none ", None, 3, ["relu"], {}])
def test_a_name_that_is_none_is_refused_with_the_names(name: str, value: Any) -> None:
    message = refused(name, value)
    for choice in CHOICES[name].names:
        assert choice in message


@pytest.mark.parametrize(
    "value",
    [(0,), (2_049,), (-1,), (3.0,), (True,), ("8",), 8, None, "8", ((8,),), (10, 0)],
)
def test_hidden_layers_that_are_none_are_refused(value: Any) -> None:
    assert "1 to 2,048" in refused("hidden", value)


def test_more_layers_than_the_lab_trains_are_refused() -> None:
    assert len(TrainingConfig(hidden=(4,) * MOST_LAYERS).hidden) == MOST_LAYERS
    with pytest.raises(LabError, match="hidden has 9 layers; the lab trains up to 8"):
        TrainingConfig(hidden=(4,) * 9)


@pytest.mark.parametrize("value", [0, 1, "true", None])
def test_nesterov_is_true_or_false(value: Any) -> None:
    assert "true or false" in refused("nesterov", value)


@pytest.mark.parametrize("values", [{"epoch": 3}, {"": 1}, {"hidden": [3], "Seed": 1}])
def test_a_name_that_is_no_hyperparameter_is_refused(values: dict[str, Any]) -> None:
    with pytest.raises(LabError, match="is not a setting of the lab"):
        TrainingConfig.from_mapping(values)


@pytest.mark.parametrize("values", [None, [], "", "epochs", 5, [["epochs", 3]], True])
def test_what_is_no_object_is_refused(values: Any) -> None:
    with pytest.raises(LabError, match="Settings have") as caught:
        TrainingConfig.from_mapping(values)
    assert type(caught.value) is LabError


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=5,
)


@given(values=st.dictionaries(st.sampled_from(sorted(SETTINGS)), json_values, max_size=4))
def test_any_json_gives_a_configuration_or_the_labs_error(values: dict[str, Any]) -> None:
    try:
        config = TrainingConfig.from_mapping(values)
    except ValueError as error:
        kind: type = type(error)
    else:
        kind = type(config)
        assert asdict(config) == asdict(TrainingConfig()) | {
            name: tuple(value) if name == "hidden" else value for name, value in values.items()
        }
    assert kind in {LabError, TrainingConfig}


def test_a_configuration_is_a_value() -> None:
    config = TrainingConfig(seed=3)
    assert config == TrainingConfig(seed=3) != TrainingConfig(seed=4)
    assert hash(config) == hash(TrainingConfig(seed=3))
    with pytest.raises(FrozenInstanceError):
        config.seed = 4  # type: ignore[misc]


def test_numpys_values_and_lists_make_the_same_configuration() -> None:
    """The same in every way: equal, of one hash, and in JSON, which NumPy's values are not in."""
    plain = TrainingConfig(
        hidden=(64, 32), epochs=3, batch_size=50, learning_rate=0.25, nesterov=True, seed=7
    )
    taken = TrainingConfig(
        hidden=[64, np.int64(32)],  # type: ignore[arg-type]
        epochs=np.int32(3),  # type: ignore[arg-type]
        batch_size=np.uint8(50),  # type: ignore[arg-type]
        learning_rate=np.float32(0.25),  # type: ignore[arg-type]
        nesterov=np.bool_(True),  # type: ignore[arg-type]
        seed=np.array([7]).max(),
    )
    assert taken == plain
    assert hash(taken) == hash(plain)
    assert taken.to_json() == plain.to_json()
    assert repr(taken) == repr(plain)
    assert taken.network((4, 4), 2).size == plain.network((4, 4), 2).size


def test_the_layers_of_a_dense_network() -> None:
    layers = TrainingConfig(hidden=(9, 4), activation="tanh", dropout=0.25).layers(classes=7)
    assert layers == (
        Flatten(),
        *(Dense(9), Activation("tanh"), Dropout(0.25)),
        *(Dense(4), Activation("tanh"), Dropout(0.25)),
        Dense(7),
    )


def test_the_layers_of_the_issues_convolutional_network() -> None:
    """8 of 5x5, pool 2, 16 of 5x5, pool 2, dense 64, 10."""
    layers = PRESETS["small_conv"].config.layers(classes=10)
    assert [layer for layer in layers if not isinstance(layer, Activation)] == [
        *(Conv2D(8, 5), MaxPool2D(2), Conv2D(16, 5), MaxPool2D(2)),
        *(Flatten(), Dense(64), Dense(10)),
    ]
    assert sum(isinstance(layer, Activation) for layer in layers) == 3


@pytest.mark.parametrize("name", sorted(CONVOLUTIONS.keys() - {"none"}))
def test_images_too_small_for_a_convolution_are_refused(name: str) -> None:
    config = replace(PRESETS["small_conv"].config, convolution=name)
    side = 13 if name == "quick" else 16
    smallest = np.zeros((2, side, 40), np.uint8)
    assert config.network((side, 40), 10).logits(smallest).shape == (10, 2)
    for shape in ((side - 1, side), (side, side - 1), (1, 1)):
        title = re.escape(repr(CONVOLUTIONS[name].title))
        with pytest.raises(LabError, match=f"{title}.*at least {side} pixels.*{min(shape)}"):
            config.network(shape, 10)
        with pytest.raises(LabError, match=f"at least {side} pixels"):
            config.parameter_count(shape, 10)


def test_parameters_are_counted_without_building_the_network() -> None:
    """784-100-20-10 by hand; with filters, windows of 5x5 first and 4x4 places left of 28x28."""
    dense = TrainingConfig(hidden=(100, 20))
    assert dense.parameter_count((28, 28), 10) == 785 * 100 + 101 * 20 + 21 * 10
    conv = TrainingConfig(convolution="small", hidden=(7,))
    filters = 8 * (25 + 1) + 16 * (8 * 25 + 1)
    assert conv.parameter_count((28, 28), 3) == filters + 7 * (16 * 4 * 4 + 1) + 3 * 8
    for config in (dense, conv):
        built = config.network((28, 28), 10)
        assert built.parameters.flat.size == config.parameter_count((28, 28), 10)
