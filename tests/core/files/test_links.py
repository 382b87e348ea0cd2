"""A configuration comes back from its link as it was."""

from dataclasses import fields, replace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_core.errors import LabError
from mnist_core.files.links import from_query, link, to_query
from mnist_core.training.config import PRESETS, Choice, TrainingConfig


def values(setting: Any) -> st.SearchStrategy[Any]:
    """Anything that a hyperparameter may be."""
    allowed = setting.metadata["allowed"]
    if isinstance(allowed, Choice):
        return st.sampled_from(sorted(allowed.titles))
    if setting.type is bool:
        return st.booleans()
    if setting.type is float:
        return st.floats(allowed.low, allowed.high)
    whole = st.integers(int(allowed.low), int(allowed.high))
    if setting.type == tuple[int, ...]:
        return st.lists(whole, max_size=8).map(tuple)
    return st.none() | whole if setting.type == (int | None) else whole


CONFIGS = st.fixed_dictionaries({s.name: values(s) for s in fields(TrainingConfig)}).map(
    lambda chosen: TrainingConfig(**chosen)
)


@given(CONFIGS)
def test_a_link_gives_the_configuration_back(config: TrainingConfig) -> None:
    address = link("http://localhost/train", config, present="yes")
    assert from_query(dict(parse_qsl(urlsplit(address).query))) == config


def test_only_what_differs_is_in_a_link() -> None:
    assert link("/train", PRESETS["dense"]) == "/train"
    assert to_query(
        replace(PRESETS["dense"], learning_rate=0.01, batch_size=None, hidden=(64, 32))
    ) == {
        "learning_rate": "0.01",
        "batch_size": "all",
        "hidden": "64-32",
    }


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("learning_rate", "fast"),
        ("learning_rate", "nan"),
        ("learning_rate", "1000"),
        ("hidden", "3-x"),
        ("hidden", "-"),
        ("hidden", "99999999"),
        ("batch_size", "none"),
        ("epochs", "1.5"),
        ("nesterov", "true"),
        ("optimizer", "<script>"),
        ("seed", "-1"),
        ("epochs", "9" * 5_000),
    ],
)
def test_a_link_that_makes_no_sense_is_refused_by_name(name: str, text: str) -> None:
    with pytest.raises(LabError, match=name):
        from_query({name: text})


def test_parameters_of_other_names_are_left_alone() -> None:
    assert from_query({"utm_source": "mail"}) == PRESETS["dense"]
