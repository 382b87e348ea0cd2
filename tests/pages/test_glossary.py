"""The glossary: every entry has evidence from the lab, with any data set."""

import re
from typing import get_args

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from mnist_core.data import Data
from mnist_core.nn.activations import ACTIVATIONS
from pages.ui.elements.mention import Term
from pages.ui.guide.glossary_entries import ENTRIES, ON_PAGES, TERMS
from pages.ui.visit.site import ROOMS
from tests.pages.conftest import assert_calm

PARTS = "training, validation and test sets"
EXPLAINED = """
import streamlit as st
from mnist_core.training.config import TrainingConfig
from pages.ui.visit import data_sets
from pages.ui.guide.glossary_entries import ENTRIES
from pages.ui.guide.glossary_entry import GlossaryContext
for entry in ENTRIES:
    found = entry.illustration(GlossaryContext(data_sets.current(), TrainingConfig()))
    st.markdown(f"{entry.term}: {found.caption if found else 'nothing'}")
"""


def explained() -> dict[str, str]:
    page = AppTest.from_string(EXPLAINED, default_timeout=60).run()
    assert_calm(page)
    return dict(element.value.split(": ", 1) for element in page.markdown)


def test_each_term_comes_once_and_every_page_has_its_own() -> None:
    assert len(TERMS) == len(ENTRIES)
    assert set(get_args(Term)) == set(TERMS)
    assert set(ON_PAGES) == {room.title for room in ROOMS}
    assert {term for terms in ON_PAGES.values() for term in terms} == set(TERMS)


def test_the_evidence_is_that_of_the_data_set_and_the_settings(data: Data) -> None:
    told = explained()
    assert "nothing" not in told.values()
    assert "784 numbers" in told["pixel"]
    assert f"{len(data.train) - 5_000:,} training pictures" in told[PARTS]
    assert f"5,000 practice pictures, {len(data.test):,} test pictures" in told[PARTS]
    assert "101,770" in told["weight"]
    assert "430 steps an epoch" in told["batch"]
    assert re.search(r"is 0\.\d+; pure guessing gives 2\.30", told["loss"])


def test_a_unit_is_said_to_stop_at_zero_often_since_some_do_not() -> None:
    passed = {name: np.empty(1) for name in ACTIVATIONS}
    for name, activation in ACTIVATIONS.items():
        activation.forward(np.array([-1.0]), passed[name])
    assert [name for name, (below,) in passed.items() if below == 0] == ["relu"]
    assert "often only if it is above zero" in TERMS["unit"].sentence


@pytest.mark.usefixtures("other_data")
def test_without_a_network_that_fits_it_says_less_and_nothing_wrong() -> None:
    told = explained()
    assert told["loss"] == told["unit"] == told["accuracy"] == "nothing"
    assert "12 rows of 10: 120 numbers" in told["pixel"]
    assert "5 training pictures, 0 practice pictures, 2 test pictures" in told[PARTS]
