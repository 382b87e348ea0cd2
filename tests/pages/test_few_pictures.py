"""Every page works on sixty drawings of three classes, and on a network that learned from them."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from mnist_core.data import Data
from mnist_core.data.idx_folder import save_folder
from mnist_core.drawn.halves import as_data
from mnist_core.drawn.suited import suited_config
from mnist_core.files.links import to_query
from mnist_core.runs.snapshot import Status
from mnist_core.training.fit import fit
from mnist_core.training.model import Model
from pages.ui.explore.session import SECTIONS
from pages.ui.mistakes import session as mistakes
from pages.ui.visit import shared
from pages.ui.weights import session as weights
from tests.core.drawn.hands import shapes, sketch
from tests.pages.conftest import OpenPage, assert_calm, memory


@cache
def drawn() -> Data:
    return as_data(shapes(20))


@cache
def network() -> Model:
    return fit(suited_config(len(drawn().train)), drawn(), "mine")


@pytest.fixture(autouse=True)
def few(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lab has the drawings as its data set, and the visitor a network for them."""
    folder = tmp_path / "Shapes"
    folder.mkdir()
    save_folder(drawn(), folder)
    monkeypatch.setenv("MNIST_DATA_DIR", str(folder))
    monkeypatch.setattr(shared, "networks", lambda: {"run:1": network()})


@pytest.mark.parametrize("shape", ["heart", "star", "smiley"])
def test_draw_reads_what_is_drawn_by_its_name(open_page: OpenPage, shape: str) -> None:
    page = open_page("draw")
    memory(page)[shared._PAPER].draw(sketch(shape, np.random.default_rng(77)))
    page.run()
    assert_calm(page)
    words = " ".join(html.proto.body for html in page.get("html"))
    assert f">a {shape}<" in words


@pytest.mark.parametrize("section", SECTIONS)
def test_explore_shows_them(open_page: OpenPage, section: str) -> None:
    page = open_page("explore")
    page.segmented_control(key="explore_section").set_value(section).run()
    assert_calm(page)
    words = " ".join(element.value for element in (*page.markdown, *page.caption))
    assert "no names yet" not in words


@pytest.mark.parametrize("section", weights.SECTIONS)
def test_weights_shows_the_network(open_page: OpenPage, section: str) -> None:
    page = open_page("weights")
    page.segmented_control(key=weights.Key.SECTION).set_value(section).run()
    assert_calm(page)


@pytest.mark.parametrize("section", mistakes.SECTIONS)
def test_mistakes_judges_it(open_page: OpenPage, section: str) -> None:
    page = open_page("mistakes")
    page.segmented_control(key=mistakes.Key.SECTION).set_value(section).run()
    assert_calm(page)


def test_one_step_takes_one_of_them_apart(open_page: OpenPage) -> None:
    assert_calm(open_page("step"))


def test_a_training_on_them_comes_to_its_end(open_page: OpenPage) -> None:
    page = open_page("train")
    for name, value in to_query(suited_config(len(drawn().train))).items():
        page.query_params[name] = value
    page.run()
    next(one for one in page.button if one.label == "Start training").click().run()
    assert_calm(page)
    (record,) = memory(page)["train_records"]
    assert record.run.join(timeout=60)
    page.run()
    assert_calm(page)
    assert record.snapshot().status is Status.FINISHED
