"""The address of a page says what is seen on it."""

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from mnist_core.drawing.sketch import Mark
from mnist_core.drawing.sketch_text import to_text
from tests.pages.conftest import ROOT, assert_calm

STROKE = to_text((Mark(np.array([[100.0, 100.0], [200.0, 300.0]]), 20.0),))


def opened(name: str, **query: str) -> AppTest:
    page = AppTest.from_file(str(ROOT / "pages" / f"{name}.py"), default_timeout=60)
    page.query_params.update(query)
    page.run()
    assert_calm(page)
    return page


def said(page: AppTest) -> dict[str, str]:
    return {
        name: value[0] if isinstance(value, list) else value
        for name, value in page.query_params.items()
        if name != "visit"
    }


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("explore", {"section": "Look-alikes and oddities"}),
        ("explore", {"section": "What could happen"}),
        ("explore", {"pictures": "test", "picture": "17"}),
        ("weights", {"network": "lab:conv", "view": "As it is"}),
        ("weights", {"network": "lab:dense", "section": "All its numbers"}),
        (
            "mistakes",
            {"network": "lab:notebook", "exam": "practice exam", "section": "Its mistakes"},
        ),
        ("draw", {"reader": "lab:dense", "unsure": "80", "pen": "30"}),
        ("draw", {"reader": "lab:conv", "closer": "why", "why": "cover", "present": "yes"}),
        ("draw", {"reader": "lab:conv", "crop": "no", "margin": "no", "centre": "no"}),
        ("step", {"section": "Backward: the blame", "picture": "4"}),
    ],
)
def test_a_link_shows_what_was_seen_and_the_address_says_it_again(
    name: str, query: dict[str, str]
) -> None:
    page = opened(name, **query)
    assert said(page) == query
    page.run()
    assert said(page) == query


def test_what_is_chosen_comes_into_the_address() -> None:
    page = opened("mistakes")
    before = said(page)
    page.segmented_control(key="mistakes_section").set_value("Its mistakes").run()
    assert said(page) == before | {"section": "Its mistakes"}
    page.segmented_control(key="mistakes_section").set_value("How good is it?").run()
    assert said(page) == before


def test_the_address_of_draw_keeps_the_drawing_that_a_link_has_brought() -> None:
    page = opened("draw", drawing=STROKE, pen="30")
    assert said(page) == {"drawing": STROKE, "reader": "lab:conv", "pen": "30"}
    page.slider(key="draw_threshold").set_value(70).run()
    assert said(page)["unsure"] == "70"
    assert said(page)["drawing"] == STROKE


@pytest.mark.parametrize(
    "query",
    [
        {"section": "No such section"},
        {"picture": "-3"},
        {"picture": "²"},
        {"pictures": "mine"},
        {"picture": "9" * 400},
        {"else": "1"},
    ],
)
def test_what_a_page_does_not_know_changes_nothing(query: dict[str, str]) -> None:
    assert said(opened("explore", **query)) == {}


def test_instead_of_a_picture_that_there_is_not_the_last_is_shown() -> None:
    told = "".join(block.value for block in opened("explore", picture="9999999").caption)
    assert "Picture 60,000 of 60,000" in told


def test_a_network_of_ones_own_is_not_said() -> None:
    page = opened("weights", network="run:1")
    assert said(page) == {"network": "lab:notebook"}
