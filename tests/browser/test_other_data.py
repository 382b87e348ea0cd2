"""Another data set in a real browser: every page speaks of it and claims nothing of MNIST."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewVisit, Visit, serve
from tests.pages.conftest import CLOTHES, write_clothes


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a lab with a made-up data set of clothes."""
    folder: Path = tmp_path_factory.mktemp("data") / "clothes"
    folder.mkdir()
    write_clothes(folder)
    with serve(MNIST_DATA_DIR=str(folder)) as address:
        yield address


@pytest.fixture(params=[("light", 1280), ("dark", 390)], ids=["desk", "telephone"])
def clothes(elsewhere: str, new_visit: NewVisit, request: pytest.FixtureRequest) -> Visit:
    mode, width = request.param
    return new_visit(elsewhere, width=width, color_scheme=mode)


def main(page: Page) -> str:
    return page.get_by_test_id("stMain").inner_text()


def test_home_and_explore_speak_of_the_classes(clothes: Visit) -> None:
    clothes.open()
    expect(clothes.page.get_by_text("clothes is a collection of 80 pictures")).to_be_visible()
    assert "digit" not in main(clothes.page)
    clothes.open("explore")
    expect(clothes.page.get_by_role("heading", name="This is a T-shirt/top")).to_be_visible()
    for name in CLOTHES:
        expect(clothes.page.get_by_role("radio", name=name, exact=True)).to_be_attached()
    assert "digit" not in main(clothes.page)


@pytest.mark.parametrize("name", ["weights", "draw"])
def test_no_network_of_mnist_is_offered_and_a_link_leads_to_training(
    clothes: Visit, name: str
) -> None:
    clothes.open(name)
    expect(clothes.page.get_by_text("No network here has learned from clothes yet")).to_be_visible()
    assert "% correct" not in main(clothes.page)
    clothes.page.get_by_test_id("stMain").get_by_role("link", name="Train a network").click()
    expect(clothes.page.get_by_role("heading", level=1)).to_have_text("Train")
