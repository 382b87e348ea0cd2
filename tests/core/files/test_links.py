"""A configuration comes back from its link as it was."""

from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_core.errors import LabError
from mnist_core.files.links import from_query, to_query
from mnist_core.training.config import SETTINGS, TrainingConfig
from mnist_core.training.presets import PRESETS
from tests.core.training.kinds import values_of

CONFIGS = st.fixed_dictionaries(
    {name: values_of(setting.kind) for name, setting in SETTINGS.items()}
).map(lambda chosen: TrainingConfig(**chosen))


@given(CONFIGS)
def test_a_link_gives_the_configuration_back(config: TrainingConfig) -> None:
    address = urlencode(to_query(config) | {"present": "yes"})
    assert from_query(dict(parse_qsl(address))) == config


def test_only_what_differs_is_in_a_link() -> None:
    assert to_query(PRESETS["small_dense"].config) == {}
    assert to_query(
        replace(PRESETS["small_dense"].config, learning_rate=0.01, batch_size=None, hidden=(64, 32))
    ) == {
        "learning_rate": "0.01",
        "batch_size": "all",
        "hidden": "64-32",
    }


@pytest.mark.parametrize(
    ("query", "changes"),
    [
        ({"hidden": "none", "nesterov": "yes"}, {"hidden": (), "nesterov": True}),
        ({"hidden": "300-20", "batch_size": "all"}, {"hidden": (300, 20), "batch_size": None}),
        (
            {"batch_size": "full", "learning_rate": "1e-05"},
            {"batch_size": None, "learning_rate": 1e-5},
        ),
        (
            {"momentum": "0.9", "optimizer": "sgd", "seed": "7"},
            {"momentum": 0.9, "optimizer": "sgd", "seed": 7},
        ),
    ],
)
def test_a_link_of_an_earlier_day_still_opens(
    query: dict[str, str], changes: dict[str, object]
) -> None:
    assert from_query(query) == replace(PRESETS["small_dense"].config, **changes)  # type: ignore[arg-type]


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
    assert from_query({"utm_source": "mail"}) == PRESETS["small_dense"].config
