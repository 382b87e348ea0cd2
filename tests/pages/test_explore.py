"""Explore shows the data set as it is."""

import json
from pathlib import Path

import numpy as np
import plotly.graph_objects as go
import pytest
from streamlit.testing.v1 import AppTest

from mnist_core.data import Data
from pages.ui import charts
from pages.ui.charts.theme import LIGHT
from pages.ui.components.english import with_article
from pages.ui.explore import session
from pages.ui.visit import shared
from tests.pages.conftest import CLOTHES, OpenPage, assert_calm
from tests.pages.grids import grids, tiles


def place(page: AppTest) -> int:
    """The index of the picture that is shown close up, as the page names it."""
    words = page.caption[0].value.split()
    return int(words[words.index("Picture") + 1].replace(",", "")) - 1


def choose(page: AppTest, place: int) -> None:
    """Choose a picture by its place in the gallery, as a touch would."""
    page.session_state[session.Key.CHOSEN] = place
    page.run()
    assert_calm(page)


def heading(page: AppTest) -> str:
    return next(block.value for block in page.subheader if "close up" in block.value)


def bars(page: AppTest) -> list[int]:
    figure = go.Figure(json.loads(page.get("plotly_chart")[0].proto.spec))
    return [int(text.replace(",", "")) for text in figure.data[0].text]


def test_it_opens_with_the_first_picture_close_up(open_page: OpenPage, data: Data) -> None:
    page = open_page("explore")
    assert_calm(page)
    assert place(page) == 0
    assert heading(page) == f"This is {with_article(str(data.train.labels[0]))}, close up"


@pytest.mark.parametrize("digit", [0, 7])
def test_a_digit_shows_only_that_digit(open_page: OpenPage, data: Data, digit: int) -> None:
    page = open_page("explore")
    page.pills(key=session.Key.CLASS).set_value(digit).run()
    assert_calm(page)
    assert place(page) == np.flatnonzero(data.train.labels == digit)[0]
    choose(page, 63)
    assert place(page) == np.flatnonzero(data.train.labels == digit)[63]


def test_the_gallery_shows_the_pictures_under_their_names(open_page: OpenPage, data: Data) -> None:
    page = open_page("explore")
    choose(page, 70)
    gallery = grids(page)[0]
    expected = range(64, 128)
    np.testing.assert_array_equal(tiles(gallery), charts.inked(data.train.images[expected], LIGHT))
    assert gallery["names"] == [
        f"{with_article(str(data.train.labels[i]))}, picture {i + 1}" for i in expected
    ]
    assert gallery["chosen"] == 6


def test_the_averages_are_those_of_the_half(open_page: OpenPage, data: Data) -> None:
    averages = grids(open_page("explore"))[1]
    assert averages["names"] == [f"the average {digit}" for digit in range(10)]
    for digit, tile in enumerate(tiles(averages)):
        mean = data.train.images[data.train.labels == digit].astype(float).mean(axis=0)
        expected = charts.inked(np.rint(mean).astype(np.uint8), LIGHT)
        np.testing.assert_array_equal(tile, expected)


def test_another_page_can_ask_for_a_picture(
    open_page: OpenPage, data: Data, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page("explore")
    page.pills(key=session.Key.CLASS).set_value(3).run()
    page.button[0].click().run()
    asked = iter([("test", 1234)])
    monkeypatch.setattr(shared, "picture_to_explore", lambda: next(asked, None))
    page.run()
    assert_calm(page)
    assert heading(page) == f"This is {with_article(str(data.test.labels[1234]))}, close up"
    assert place(page) == 1234
    assert page.segmented_control(key=session.Key.PART).value == "test"
    page.pills(key=session.Key.CLASS).set_value(3).run()
    assert place(page) == np.flatnonzero(data.test.labels == 3)[0], "it is asked for once"


def test_the_pages_follow_each_other(open_page: OpenPage) -> None:
    page = open_page("explore")
    choose(page, 4)
    assert place(page) == 4
    page.get("pagination")[0].set_value(2).run()
    assert place(page) == 64


def test_shuffling_begins_at_the_start_of_a_new_order(open_page: OpenPage) -> None:
    page = open_page("explore")
    page.get("pagination")[0].set_value(3).run()
    next(button for button in page.button if button.label == "Shuffle").click().run()
    assert_calm(page)
    assert page.get("pagination")[0].value == 1
    first = place(page)
    next(button for button in page.button if button.label == "Shuffle").click().run()
    assert place(page) != first


def test_the_balance_counts_the_half_that_is_chosen(open_page: OpenPage, data: Data) -> None:
    page = open_page("explore")
    assert bars(page) == [int((data.train.labels == digit).sum()) for digit in range(10)]
    page.segmented_control(key=session.Key.PART).set_value("test").run()
    assert_calm(page)
    assert bars(page) == [int((data.test.labels == digit).sum()) for digit in range(10)]
    assert heading(page) == f"This is {with_article(str(data.test.labels[0]))}, close up"


@pytest.mark.usefixtures("other_data")
def test_another_data_set_works_as_well(open_page: OpenPage) -> None:
    page = open_page("explore")
    assert_calm(page)
    assert "120 numbers ([pixels](#word-pixel)), 12 rows of 10" in page.caption[0].value
    assert bars(page) == [2, 1, 2]


@pytest.mark.usefixtures("other_data")
def test_a_class_with_a_single_picture_is_shown(open_page: OpenPage) -> None:
    page = open_page("explore")
    page.pills(key=session.Key.CLASS).set_value(1).run()
    assert_calm(page)
    assert place(page) == 2


@pytest.mark.usefixtures("other_data")
def test_a_class_without_pictures_says_so(open_page: OpenPage) -> None:
    page = open_page("explore")
    page.segmented_control(key=session.Key.PART).set_value("test").run()
    page.pills(key=session.Key.CLASS).set_value(2).run()
    assert_calm(page)
    assert [block.value for block in page.info] == ["There is no class 2 among these pictures."]
    next(button for button in page.button if button.label == "Show all pictures").click().run()
    assert_calm(page)
    assert not page.info
    assert place(page) == 0


def test_a_broken_data_set_is_one_sentence(open_page: OpenPage, broken_data: Path) -> None:
    page = open_page("explore")
    assert not page.exception
    (error,) = page.error
    assert str(broken_data.parent) in error.value
    assert broken_data.name in error.value
    assert not page.get("plotly_chart")


@pytest.mark.usefixtures("clothes")
def test_it_speaks_of_the_classes_by_their_names(open_page: OpenPage) -> None:
    page = open_page("explore")
    assert_calm(page)
    assert heading(page) == "This is a T-shirt/top, close up"
    assert page.pills(key=session.Key.CLASS).options == ["all", *CLOTHES]
    assert grids(page)[0]["names"][9] == "an ankle boot, picture 10"
    assert "the average ankle boot" in grids(page)[1]["names"]
    chart = json.loads(page.get("plotly_chart")[0].proto.spec)
    assert chart["data"][0]["y"] == list(CLOTHES)


@pytest.mark.usefixtures("other_data")
def test_a_class_without_a_name_is_called_a_class(open_page: OpenPage) -> None:
    assert heading(open_page("explore")) == "This is class 2, close up"


def test_it_leads_on_by_what_the_visitor_has_done(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page("explore")
    links = [link.page for link in page.get("page_link")]
    assert links == ["make", "train", "draw"]
    (reason,) = (one.value for one in page.markdown if "Let one learn" in one.value)
    assert "60,000" not in reason, "it learns from 55,000: the others are the practice exam"
    monkeypatch.setattr(shared, "networks", lambda: {"run:1": "a network"})
    links = [link.page for link in open_page("explore").get("page_link")]
    assert links == ["make", "weights", "draw"]
