"""A grid sends every picture under its name, and a gallery the page that the choice is on."""

from collections.abc import Callable

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import assert_calm
from tests.pages.grids import grids, tiles


def show_grid(n: int, columns: int, height: int, width: int) -> None:
    import numpy as np

    from pages.ui.components.image_grid import Pictures, image_grid

    pictures = np.random.default_rng(n).integers(0, 256, (n, height, width, 3), dtype=np.uint8)
    names = [f"picture {place}" for place in range(n)]
    image_grid(Pictures("All of them", pictures, names, columns), key="tried", chosen=n - 1)


def show_gallery(count: int) -> None:
    import numpy as np
    import streamlit as st

    from pages.ui.components.gallery import gallery
    from pages.ui.components.image_grid import Pictures

    def pictures(places: range) -> Pictures:
        blank = np.zeros((len(places), 2, 2, 3), np.uint8)
        return Pictures("Numbered", blank, [f"number {place}" for place in places], 3)

    st.markdown(gallery("tried", count, 6, pictures))


def run(script: Callable[..., None], *args: int) -> AppTest:
    page = AppTest.from_function(script, default_timeout=60, args=args).run()
    assert_calm(page)
    return page


@pytest.mark.parametrize(
    ("n", "columns", "height", "width"),
    [(1, 1, 28, 28), (5, 3, 28, 28), (400, 20, 28, 28), (10, 10, 12, 10), (7, 4, 60, 61)],
)
def test_every_picture_is_sent_as_it_is(n: int, columns: int, height: int, width: int) -> None:
    (grid,) = grids(run(show_grid, n, columns, height, width))
    expected = np.random.default_rng(n).integers(0, 256, (n, height, width, 3), dtype=np.uint8)
    np.testing.assert_array_equal(tiles(grid), expected)
    assert grid["names"] == [f"picture {place}" for place in range(n)]
    assert grid["chosen"] == n - 1


def shown(page: AppTest) -> tuple[str, list[str], int]:
    """The choice that the gallery returned, the names in its grid, and which has the frame."""
    (grid,) = grids(page)
    return page.markdown[0].value, grid["names"], grid["chosen"]


@pytest.mark.parametrize(("kept", "first"), [(0, 0), (5, 0), (6, 6), (13, 12), (99, 12)])
def test_a_gallery_shows_the_page_that_the_choice_is_on(kept: int, first: int) -> None:
    """Of 14 pictures, 6 a page; a choice beyond the last one is the last one."""
    page = run(show_gallery, 14)
    page.session_state["tried"] = kept
    page.run()
    assert_calm(page)
    place = min(kept, 13)
    names = [f"number {number}" for number in range(first, min(first + 6, 14))]
    assert shown(page) == (str(place), names, place - first)
    assert page.get("pagination")[0].value == first // 6 + 1


def test_turning_the_page_chooses_its_first_picture() -> None:
    page = run(show_gallery, 14)
    page.get("pagination")[0].set_value(3).run()
    assert shown(page) == ("12", ["number 12", "number 13"], 0)


def test_any_of_many_pages_is_within_reach() -> None:
    page = run(show_gallery, 600)
    page.number_input[0].set_value(57).run()
    assert shown(page)[0] == str(56 * 6)
    assert page.get("pagination")[0].value == 57
    page.get("pagination")[0].set_value(1).run()
    assert shown(page)[0] == "0"
    assert page.number_input[0].value == 1


def test_a_single_page_has_no_pager() -> None:
    page = run(show_gallery, 6)
    assert not page.get("pagination")
    assert not page.number_input
