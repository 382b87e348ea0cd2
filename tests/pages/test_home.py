"""The home page says what this is and leads to every other page."""

from pathlib import Path

from pages.ui.site import ROOMS
from tests.pages.conftest import OpenPage, assert_calm


def test_it_opens_with_its_picture(open_page: OpenPage) -> None:
    page = open_page("home")
    assert_calm(page)
    assert page.title[0].value == "MNIST Lab"
    assert len(page.get("image")) == 1


def test_it_says_what_this_is_in_four_sentences(open_page: OpenPage) -> None:
    text = next(block.value for block in open_page("home").markdown if "**MNIST**" in block.value)
    assert text.count(". ") + text.endswith(".") == 4


def test_it_leads_to_every_page(open_page: OpenPage) -> None:
    links = open_page("home").get("page_link")
    assert [link.page for link in links] == [room.name for room in ROOMS]
    assert all(room.file.is_file() for room in ROOMS)


def test_a_broken_data_set_is_one_sentence(open_page: OpenPage, broken_data: Path) -> None:
    page = open_page("home")
    assert not page.exception
    assert [str(broken_data) in error.value for error in page.error] == [True]
    assert not page.get("image")
