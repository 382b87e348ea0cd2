"""Another data set in a real browser: every page speaks of it and claims nothing of MNIST."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from pages.ui.charts.theme import Mode
from tests.browser.conftest import HEIGHT, NewVisit, Visit, serve
from tests.pages.conftest import CLOTHES, write_clothes

LOOKED_AT: dict[Mode, int] = {"light": 1280, "dark": 390}
"""The width of the window in each mode."""


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a lab with a made-up data set of clothes."""
    folder: Path = tmp_path_factory.mktemp("data") / "clothes"
    folder.mkdir()
    write_clothes(folder)
    with serve(MNIST_DATA_DIR=str(folder)) as address:
        yield address


@pytest.fixture
def clothes(elsewhere: str, new_visit: NewVisit) -> Visit:
    return new_visit(elsewhere)


def words_everywhere(visit: Visit) -> Iterator[str]:
    """The words of a page at a desk and on a telephone, each in another mode."""
    for mode, width in LOOKED_AT.items():
        visit.page.set_viewport_size({"width": width, "height": HEIGHT})
        visit.page.emulate_media(color_scheme=mode)
        expect(visit.page.get_by_test_id("stApp")).to_have_css("color-scheme", mode)
        visit.settle()
        yield visit.page.get_by_test_id("stMain").inner_text()


def test_home_and_explore_speak_of_the_classes(clothes: Visit) -> None:
    clothes.open()
    for words in words_everywhere(clothes):
        assert "clothes is a collection of 80 pictures" in words
        assert "digit" not in words
    clothes.open("explore")
    for words in words_everywhere(clothes):
        expect(clothes.page.get_by_role("heading", name="This is a T-shirt/top")).to_be_visible()
        for name in CLOTHES:
            expect(clothes.page.get_by_role("radio", name=name, exact=True)).to_be_attached()
        assert "digit" not in words


@pytest.mark.parametrize("name", ["weights", "draw"])
def test_no_network_of_mnist_is_offered_and_a_link_leads_to_training(
    clothes: Visit, name: str
) -> None:
    clothes.open(name)
    for words in words_everywhere(clothes):
        assert "No network here has learned from clothes yet" in words
        assert "% correct" not in words
    clothes.page.get_by_test_id("stMain").get_by_role("link", name="Train a network").click()
    expect(clothes.page.get_by_role("heading", level=1)).to_have_text("Train")
