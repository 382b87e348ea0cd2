"""Draw reads what lies on the table, with whichever network is chosen."""

from collections.abc import Sequence

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from mnist_core.sketch import Mark
from pages.ui import state
from pages.ui.drawing.table import Table
from tests.pages.conftest import OpenPage, assert_calm

Points = Sequence[tuple[float, float]]
ONE: Points = [(160, 50), (159, 140), (158, 240)]
SEVEN: Points = [(90, 60), (160, 58), (230, 60), (200, 120), (170, 180), (150, 240)]


def written(*strokes: Points, width: float = 20.0) -> Table:
    return Table(sketch=tuple(Mark(np.array(stroke, float), width) for stroke in strokes))


def shown(page: AppTest) -> str:
    """All that the page says in HTML."""
    return " ".join(html.proto.body for html in page.get("html"))


@pytest.fixture
def draw(open_page: OpenPage) -> AppTest:
    page = open_page("draw")
    assert_calm(page)
    return page


def put(page: AppTest, table: Table) -> AppTest:
    page.session_state[state._TABLE] = table
    page.run()
    assert_calm(page)
    return page


def test_an_empty_paper_gets_an_invitation_and_no_answer(draw: AppTest) -> None:
    assert "Draw a digit" in [heading.value for heading in draw.subheader]
    assert "lab-answer" not in shown(draw)


def test_a_drawing_is_read(draw: AppTest) -> None:
    put(draw, written(SEVEN))
    assert '<span class="lab-digit">7</span>' in shown(draw)
    assert 'data-marks="1"' in shown(draw)
    put(draw, written(ONE))
    assert '<span class="lab-digit">1</span>' in shown(draw)


def test_undo_and_clear(draw: AppTest) -> None:
    put(draw, written(SEVEN, ONE))
    button(draw, "Undo").click().run()
    assert 'data-marks="1"' in shown(draw)
    button(draw, "Clear").click().run()
    assert "lab-answer" not in shown(draw)
    assert button(draw, "Clear").disabled


def test_every_bundled_network_can_read(draw: AppTest) -> None:
    put(draw, written(ONE))
    reader = draw.selectbox(key=state.DRAW_READER)
    assert len(reader.options) >= 2
    for name in reader.options:
        draw.selectbox(key=state.DRAW_READER).select(name).run()
        assert_calm(draw)
        assert "lab-answer" in shown(draw)


def test_below_the_visitors_threshold_it_does_not_know(draw: AppTest) -> None:
    put(draw, written([(100, 100), (200, 100), (200, 200), (100, 200), (100, 100), (200, 200)]))
    draw.slider(key=state.DRAW_THRESHOLD).set_value(0).run()
    assert "I don't know" not in shown(draw)


def button(page: AppTest, label: str) -> Button:
    return next(found for found in page.button if found.label == label)
