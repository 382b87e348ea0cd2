"""Make: drawings become a data set, which all pages then work on."""

import numpy as np
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import TextInput

from mnist_core.drawn.drawing_file import to_json
from mnist_core.drawn.drawing_set import DrawingSet
from mnist_core.drawn.halves import as_data
from mnist_core.files.links import from_query
from pages.ui.make import session
from pages.ui.make.session import Key, MakeState
from pages.ui.visit import data_sets
from tests.core.drawn.hands import SHAPES, shapes, sketch
from tests.pages.conftest import OpenPage, assert_calm, button, memory, press
from tests.pages.grids import components, grids


def state(page: AppTest) -> MakeState:
    found: MakeState = memory(page)[session._STATE]
    return found


def field(page: AppTest, label: str) -> TextInput:
    return next(found for found in page.text_input if found.label == label)


def asked(page: AppTest) -> str:
    """The class that the page asks for."""
    (words,) = [html.proto.body for html in page.get("html") if "lab-asked" in html.proto.body]
    return words.partition('600;overflow-wrap:anywhere">')[2].partition("<")[0]


def said(page: AppTest) -> str:
    return " ".join(element.value for element in (*page.markdown, *page.caption))


def draw(page: AppTest) -> str:
    """Draw what is asked for and go on to the next; what was asked for."""
    name = asked(page)
    state(page).paper.draw(sketch(name, np.random.default_rng(len(state(page).drawn.drawings))))
    page.run()
    press(page, "Next")
    return name


@pytest.fixture
def page(open_page: OpenPage) -> AppTest:
    """Make, with three shapes to draw."""
    page = open_page("make")
    assert_calm(page)
    press(page, "Heart, star, smiley")
    return page


def with_drawings(page: AppTest, drawn: DrawingSet) -> None:
    """Let the visitor have drawn a set already."""
    memory(page)[session._STATE] = MakeState(drawn)
    page.run()
    assert_calm(page)


def test_it_asks_for_each_class_in_turn_and_counts(page: AppTest) -> None:
    assert [draw(page) for _ in range(4)] == ["heart", "star", "smiley", "heart"]
    assert asked(page) == "star"
    assert [one["title"].split(";")[0] for one in grids(page)] == [
        f"Drawings of {name}" for name in SHAPES
    ]
    assert [len(one["names"]) for one in grids(page)] == [2, 1, 1]
    assert "4 drawings so far. Still wanted: **heart** (18), **star** (19)" in said(page)
    assert not state(page).paper.sketch, "the next one gets a new sheet"


def test_what_is_missing_names_a_class_as_it_is(page: AppTest) -> None:
    with_drawings(page, DrawingSet("Signs").with_class("*").with_class("_x_"))
    assert r"\* has 0 of the 10 drawings" in said(page)


def test_the_countdown_runs_only_over_a_drawing(page: AppTest) -> None:
    (given,) = components(page, "lab_countdown")
    assert not given["drawing"]
    state(page).paper.draw(sketch("heart", np.random.default_rng(0)))
    page.run()
    (given,) = components(page, "lab_countdown")
    assert given["drawing"]
    assert given["button"] == button(page, "Next").key
    page.toggle(key=Key.ITSELF).set_value(False).run()
    (given,) = components(page, "lab_countdown")
    assert not given["drawing"]


def test_the_last_one_is_taken_back_and_asked_for_again(page: AppTest) -> None:
    draw(page)
    draw(page)
    press(page, "Take back the last")
    assert asked(page) == "star"
    assert len(state(page).drawn.drawings) == 1


def test_one_class_alone_can_be_asked_for(page: AppTest) -> None:
    page.selectbox[0].set_value(3).run()
    assert [draw(page) for _ in range(2)] == ["smiley", "smiley"]


def test_a_picked_drawing_is_deleted(page: AppTest) -> None:
    with_drawings(page, shapes(2))
    page.session_state[Key.CHOSEN.of("own")] = 5
    page.run()
    assert [one["chosen"] for one in grids(page)] == [None, 1, None]
    press(page, "Delete this one")
    assert [one.number for one in state(page).drawn.drawings] == [1, 2, 3, 4, 6]
    assert "Delete this one" not in [one.label for one in page.button]


def test_classes_are_named_renamed_added_and_removed(open_page: OpenPage) -> None:
    page = open_page("make")
    page.text_area[0].set_value("cat\n\n dog ")
    press(page, "Begin")
    assert asked(page) == "cat"
    page.session_state[Key.CLASSES] = True
    page.run()
    field(page, "Class with 0 drawings").set_value("tom cat").run()
    assert asked(page) == "tom cat"
    field(page, "Add a class").set_value("hen").run()
    page.button(key=Key.REMOVE.of(2)).click().run()
    assert_calm(page)
    assert [entry.name for entry in state(page).drawn.classes] == ["tom cat", "hen"]
    field(page, "Add a class").set_value("hen").run()
    assert "There is a class called hen already" in page.session_state["notices"][-1].text


def test_nothing_named_is_nothing_begun(open_page: OpenPage) -> None:
    page = open_page("make")
    button(page, "Begin").click().run()
    assert not page.exception
    assert "Name at least one thing to draw" in page.error[0].value


def test_too_few_are_said_and_enough_lead_to_train(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "heart has 0 of the 10 drawings" in said(page)
    drawn = shapes(20)
    with_drawings(page, drawn)
    assert "60 drawings: enough to train on." in said(page)
    went: list[dict[str, str]] = []
    monkeypatch.setattr(st, "switch_page", lambda _, query_params: went.append(query_params))
    press(page, "Train on these")
    config = from_query(went[0])
    assert memory(page)["data_set"] == data_sets.BROUGHT
    assert memory(page)["data_set_brought"].data.origin == as_data(drawn).origin
    assert config.batch_size < 48
    assert config.augmentation > 0


def test_a_file_brings_a_set_back_to_be_continued(open_page: OpenPage) -> None:
    page = open_page("make")
    content = to_json(shapes(2))
    page.file_uploader[0].set_value(("shapes.json", content, "application/json")).run()
    assert_calm(page)
    assert len(state(page).drawn.drawings) == 6
    assert asked(page) == "heart"
    draw(page)
    page.file_uploader[-1].set_value(("no.json", b"{}", "application/json")).run()
    assert "contains no set of drawings" in page.error[0].value
    assert len(state(page).drawn.drawings) == 7


def test_it_can_be_begun_anew(page: AppTest) -> None:
    draw(page)
    press(page, "Delete it and start another")
    assert not state(page).drawn.classes
    assert "Heart, star, smiley" in [one.label for one in page.button]
