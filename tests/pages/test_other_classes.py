"""Draw where the classes are not digits: one picture, one answer, in the data set's own words."""

from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from mnist_core.data import load
from mnist_core.drawing.sketch import Mark
from mnist_core.drawing.sketch_text import to_text
from mnist_core.training.config import TrainingConfig
from mnist_core.training.model import Model
from pages.ui.draw import sharing
from pages.ui.draw.state import CANVAS, Key, sample_key
from pages.ui.visit import shared
from tests.pages.conftest import CLOTHES, OpenPage, assert_calm, memory

BOOT = CLOTHES.index("ankle boot")


LEFT, RIGHT = [(60, 60), (90, 200)], [(220, 60), (250, 200)]


@pytest.fixture
def page(open_page: OpenPage, clothes: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """Draw, with a network that says "ankle boot" to whatever it sees."""
    assert clothes.is_dir()
    config = TrainingConfig(hidden=())
    network = config.network((28, 28), len(CLOTHES))
    network.parameters.by_layer[-1][1][BOOT] = 5
    model = Model("mine", network, config, origin=load().origin)
    monkeypatch.setattr(shared, "networks", lambda: {"run:1": model})
    page = open_page("draw")
    assert_calm(page)
    return page


def said(page: AppTest) -> str:
    words = [block.value for block in (*page.markdown, *page.subheader, *page.caption)]
    return " ".join([*words, *(block.proto.body for block in page.get("html"))])


def test_it_says_what_can_be_drawn_and_offers_the_networks_of_the_data(page: AppTest) -> None:
    assert page.selectbox(key=Key.READER).options == ["mine: no hidden layer"]
    assert "sneaker, bag, ankle boot: large" in said(page)
    assert "digit" not in said(page)


def test_a_drawing_in_two_parts_is_one_picture_under_its_name(page: AppTest) -> None:
    sketch = tuple(Mark(np.array(line, float), 30.0) for line in (LEFT, RIGHT))
    memory(page)[shared._PAPER].draw(sketch)
    page.run()
    assert_calm(page)
    assert ">an ankle boot<" in said(page)
    assert "ankle boot" in page.get("plotly_chart")[0].proto.spec


def test_a_picture_of_the_exam_can_be_laid_over_the_paper(page: AppTest) -> None:
    page.button(key=sample_key(CLOTHES.index("sandal"))).click().run()
    assert_calm(page)
    assert ">an ankle boot<" in said(page)


def test_a_link_brings_the_drawing_and_the_pen(page: AppTest) -> None:
    sketch = (Mark(np.array(LEFT, float), 30.0),)
    page.query_params[sharing.DRAWING] = to_text(sketch)
    page.query_params["pen"] = "33"
    page.run()
    assert_calm(page)
    assert ">an ankle boot<" in said(page)
    assert page.slider(key=CANVAS.brush).value == 33
    page.session_state[Key.SHARING] = True
    page.run()
    assert_calm(page)
    link = page.code[0].value
    assert "pen=33" in link
    assert f"{sharing.DRAWING}=" in link
