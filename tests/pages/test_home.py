"""The home page says what this is and leads to every other page."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from mnist_core.data import Data
from pages.ui import charts
from pages.ui.charts.theme import LIGHT
from pages.ui.home import class_room
from pages.ui.site import FOR_A_NEWCOMER, ROOMS
from tests.pages.conftest import OpenPage, assert_calm
from tests.pages.grids import grids, tiles


def test_it_opens_with_pictures_of_every_class(open_page: OpenPage, data: Data) -> None:
    page = open_page("home")
    assert_calm(page)
    assert page.title[0].value == "MNIST Lab"
    (strip,) = grids(page)
    np.testing.assert_array_equal(
        tiles(strip)[3],
        charts.inked(data.train.images[np.flatnonzero(data.train.labels == 3)[0]], LIGHT),
    )
    assert strip["names"][3].startswith("a 3, picture ")


def test_it_says_what_this_is_in_four_sentences(open_page: OpenPage) -> None:
    text = next(block.value for block in open_page("home").markdown if "**MNIST**" in block.value)
    assert text.count(". ") + text.endswith(".") == 4


def test_it_says_how_many_digits_there_are(open_page: OpenPage, data: Data) -> None:
    counted = f"{len(data.train) + len(data.test):,}"
    assert f"collection of {counted} digits" in "".join(
        block.value for block in open_page("home").markdown
    )


@pytest.mark.usefixtures("clothes")
def test_it_speaks_of_the_data_set_that_there_is(open_page: OpenPage) -> None:
    page = open_page("home")
    assert_calm(page)
    told = "".join(block.value for block in page.markdown)
    assert "**clothes** is a collection of 80 pictures in 10 classes" in told
    assert "bag and ankle boot." in told
    assert "digit" not in told
    assert "MNIST" not in told
    (strip,) = grids(page)
    assert strip["names"][9] == "an ankle boot, picture 10"


def test_it_leads_to_every_page(open_page: OpenPage) -> None:
    links = open_page("home").get("page_link")
    assert [link.page for link in links] == [room.name for room in FOR_A_NEWCOMER]
    assert set(FOR_A_NEWCOMER) == set(ROOMS)
    assert all(room.file.is_file() for room in ROOMS)


def test_a_broken_data_set_is_one_sentence(open_page: OpenPage, broken_data: Path) -> None:
    page = open_page("home")
    assert not page.exception
    assert [str(broken_data) in error.value for error in page.error] == [True]
    assert not grids(page)


@pytest.mark.usefixtures("other_data")
def test_classes_without_names_are_not_listed(open_page: OpenPage) -> None:
    page = open_page("home")
    assert_calm(page)
    told = "".join(block.value for block in page.markdown)
    assert "7 pictures in 3 classes without names." in told
    (strip,) = grids(page)
    assert strip["names"][0] == "class 0, picture 2"


@pytest.mark.parametrize(
    ("opened", "own", "told"),
    [
        ("http://localhost:8501/", "10.0.0.7", "http://10.0.0.7:8501/"),
        ("http://127.0.0.1:8501/lab/", "10.0.0.7", "http://10.0.0.7:8501/lab/"),
        ("http://10.0.0.7:8501/?visit=abc", "10.0.0.7", "http://10.0.0.7:8501/"),
        ("https://lab.example.org/lab/", None, "https://lab.example.org/lab/"),
        ("http://localhost:8501/", None, None),
        ("", "10.0.0.7", None),
    ],
)
def test_a_class_gets_an_address_that_other_machines_can_open(
    opened: str, own: str | None, told: str | None
) -> None:
    assert class_room.address_for_others(opened, own) == told


def test_the_code_is_of_the_address_and_of_nothing_else() -> None:
    one, other = (class_room.code(f"http://10.0.0.{number}:8501/") for number in (7, 8))
    assert one != other
    assert Image.open(io.BytesIO(one)).size[0] > 200
