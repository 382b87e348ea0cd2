"""Each kind of setting: what it takes, how it is written, and how it is put into words."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_core.errors import LabError
from mnist_core.training.settings import (
    Kind,
    OneOf,
    RealNumber,
    Sizes,
    Switch,
    WholeNumber,
    WholeNumberOrAll,
)
from tests.core.training.kinds import values_of


@dataclass(frozen=True)
class Fruit:
    """An entry of a registry."""

    title: str


FRUIT = {"fig": Fruit("A fig"), "plum": Fruit("A plum")}
COUNT = WholeNumber(1, 9_999)
BATCH = WholeNumberOrAll(2, 5_000)
RATE = RealNumber(1e-6, 10)
LAYERS = Sizes(WholeNumber(1, 2_000), most=3)
KINDS: list[Kind] = [OneOf(FRUIT), COUNT, BATCH, RATE, Switch(), LAYERS]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: type(kind).__name__)
@given(data=st.data())
def test_a_value_goes_through_text_and_back(kind: Kind, data: st.DataObject) -> None:
    value = data.draw(values_of(kind))
    assert value in kind
    kind.check("it", value)
    back = kind.parse(kind.format(value))
    assert back == value
    assert back in kind


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (OneOf(FRUIT), "plum", "plum"),
        (COUNT, "12", 12),
        (BATCH, "128", 128),
        (BATCH, "all", None),
        (BATCH, "full", None),
        (RATE, "0.5", 0.5),
        (RATE, "1e-05", 1e-5),
        (RATE, "3", 3.0),
        (Switch(), "yes", True),
        (Switch(), "no", False),
        (LAYERS, "none", ()),
        (LAYERS, "64", (64,)),
        (LAYERS, "64-32", (64, 32)),
    ],
)
def test_text_is_read(kind: Kind, text: str, value: Any) -> None:
    found = kind.parse(text)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        *((kind, text) for kind in (COUNT, BATCH) for text in ("", "1.5", "none", "9" * 5_000)),
        (COUNT, "all"),
        *((RATE, text) for text in ("", "fast", "1,5", "all")),
        *((Switch(), text) for text in ("", "true", "1", "Yes")),
        *((LAYERS, text) for text in ("", "-", "3-", "3-x", "3,4", "all")),
    ],
)
def test_text_that_is_none_is_a_value_error(kind: Kind, text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (Python's own, of any wording)
        kind.parse(text)


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        (OneOf(FRUIT), "fig", "A fig"),
        (COUNT, 1_234, "1,234"),
        (BATCH, 1_024, "1,024"),
        (BATCH, None, "all at once"),
        (RATE, 0.001, "0.001"),
        (RATE, 1e-6, "0.000001"),
        (RATE, 2, "2"),
        (Switch(), True, "on"),
        (Switch(), False, "off"),
        (LAYERS, (512, 256), "512–256"),
        (LAYERS, (), "none"),
    ],
)
def test_a_value_in_words(kind: Kind, value: Any, words: str) -> None:
    assert kind.in_words(value) == words


@pytest.mark.parametrize(
    ("kind", "value", "description"),
    [
        (OneOf(FRUIT), "Fig", "one of fig, plum"),
        (OneOf(FRUIT), ["fig"], "one of fig, plum"),
        (COUNT, 0, "a whole number from 1 to 9,999"),
        (COUNT, 10_000, "a whole number from 1 to 9,999"),
        (COUNT, 2.0, "a whole number from 1 to 9,999"),
        (COUNT, True, "a whole number from 1 to 9,999"),
        (COUNT, None, "a whole number from 1 to 9,999"),
        (BATCH, 1, "a whole number from 2 to 5,000, or all at once"),
        (BATCH, "all", "a whole number from 2 to 5,000, or all at once"),
        (RATE, 0.0, "a number from 1e-06 to 10"),
        (RATE, float("nan"), "a number from 1e-06 to 10"),
        (RATE, True, "a number from 1e-06 to 10"),
        (RATE, "1", "a number from 1e-06 to 10"),
        (Switch(), 1, "true or false"),
        (LAYERS, (0,), "whole numbers, each 1 to 2,000"),
        (LAYERS, [3], "whole numbers, each 1 to 2,000"),
    ],
)
def test_another_value_is_refused_with_what_it_must_be(
    kind: Kind, value: Any, description: str
) -> None:
    assert value not in kind
    with pytest.raises(LabError) as caught:
        kind.check("it", value)
    assert str(caught.value) == f"it is {value!r}; it must be {description}."


def test_too_many_layers_are_counted() -> None:
    assert (5, 5, 5, 5) not in LAYERS
    with pytest.raises(LabError, match="it has 4 layers; the lab trains up to 3"):
        LAYERS.check("it", (5, 5, 5, 5))


@pytest.mark.parametrize(
    ("kind", "value", "plain"),
    [
        (COUNT, np.int16(12), 12),
        (COUNT, np.array(12), 12),
        (BATCH, np.uint64(128), 128),
        (BATCH, None, None),
        (RATE, np.float64(0.1), 0.1),
        (RATE, np.float32(0.5), 0.5),
        (RATE, np.longdouble(0.5), 0.5),
        (RATE, np.int64(2), 2),
        (RATE, 2, 2),
        (Switch(), np.bool_(True), True),
        (Switch(), np.bool_(False), False),
        (OneOf(FRUIT), np.str_("fig"), "fig"),
        (LAYERS, [64, np.int32(32)], (64, 32)),
        (LAYERS, np.array([64, 32]), (64, 32)),
        (LAYERS, (np.int64(8),), (8,)),
        (LAYERS, [], ()),
    ],
)
def test_what_numpy_and_lists_hold_is_taken_as_pythons_own(
    kind: Kind, value: Any, plain: Any
) -> None:
    found = kind.plain(value)
    kind.check("it", found)
    assert (found, type(found)) == (plain, type(plain))
    if isinstance(found, tuple):
        assert {type(size) for size in found} <= {int}


@pytest.mark.parametrize(
    ("kind", "value", "told"),
    [
        (COUNT, np.float64(2.0), "2.0"),
        (COUNT, np.bool_(True), "True"),
        (COUNT, np.array([3]), "[3]"),
        (RATE, np.float32("nan"), "nan"),
        (RATE, np.bool_(True), "True"),
        (Switch(), np.int64(1), "1"),
        (LAYERS, [1.5], "(1.5,)"),
        (LAYERS, [True], "(True,)"),
        (LAYERS, ["8"], "('8',)"),
        (LAYERS, np.array([[3]]), "([3],)"),
        (LAYERS, np.array(3), "3"),
        (LAYERS, "64", "'64'"),
    ],
)
def test_what_is_of_another_type_stays_refused(kind: Kind, value: Any, told: str) -> None:
    with pytest.raises(LabError) as caught:
        kind.check("it", kind.plain(value))
    assert str(caught.value) == f"it is {told}; it must be {kind.description}."


def test_a_choice_is_read_live_from_its_registry() -> None:
    registry = dict(FRUIT)
    kind = OneOf(registry)
    assert "date" not in kind
    registry["date"] = Fruit("A date")
    assert "date" in kind
    assert kind.names == ["fig", "plum", "date"]
    assert kind.in_words("date") == "A date"
    assert "date" in kind.description
