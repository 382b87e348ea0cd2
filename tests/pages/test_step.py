"""One step: the page's numbers against the formulas, and steps that can be taken back."""

import re

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from mnist_core.data import Data, Split
from pages.ui.step import bench, session
from tests.pages.conftest import OpenPage, assert_calm, memory
from tests.pages.grids import grids

SECTIONS = ("Forward: the answer", "Backward: the blame", "One single weight")


@pytest.fixture
def page(open_page: OpenPage) -> AppTest:
    page = open_page("step")
    assert_calm(page)
    return page


def told(page: AppTest) -> str:
    return "\n".join(one.value for one in page.markdown)


def press(page: AppTest, label: str) -> None:
    next(one for one in page.button if one.label == label).click().run()
    assert_calm(page)


def ask(page: AppTest, section: str) -> None:
    page.segmented_control(key=session.SECTION).set_value(section).run()
    assert_calm(page)


def probabilities(page: AppTest, data: Data, place: int = 0) -> np.ndarray:
    """What the network says of a picture, by its own way to read."""
    network = memory(page)["step_practice"].practice.learner.network
    return network.probabilities(data.train.images[[place]])[:, 0]


def test_the_answer_and_its_loss_are_the_networks(page: AppTest, data: Data) -> None:
    chances = probabilities(page, data)
    label = int(data.train.labels[0])
    table = page.dataframe[-1].value
    np.testing.assert_allclose(table["probability p"], chances, rtol=1e-5)
    np.testing.assert_allclose(table["error p − y"], chances - np.eye(10)[label], atol=1e-6)
    loss = float(re.findall(r"The \[loss\]\(#word-loss\) is \*\*([\d.]+)\*\*", told(page))[0])
    assert loss == pytest.approx(-np.log(chances[label]), abs=6e-4)


def test_a_step_helps_its_picture_and_is_taken_back(page: AppTest, data: Data) -> None:
    label = int(data.train.labels[0])
    before = probabilities(page, data)
    press(page, "One step with this picture")
    assert "The loss fell" in told(page)
    assert probabilities(page, data)[label] > before[label]
    press(page, "Undo")
    np.testing.assert_array_equal(probabilities(page, data), before)
    assert next(one for one in page.button if one.label == "Undo").disabled


def test_what_breaks_is_taken_back(page: AppTest) -> None:
    page.select_slider(key=session.RATE).set_value(10.0).run()
    for place in range(1, 4):
        page.number_input(key=session.PICTURE).set_value(place).run()
        press(page, "One step with this picture")
    press(page, "A hundred batches")
    network = memory(page)["step_practice"].practice.learner.network
    assert np.isfinite(network.parameters.flat).all()


def test_a_hundred_batches_teach_it_to_read(page: AppTest) -> None:
    page.select_slider(key=session.RATE).set_value(0.1).run()
    press(page, "A hundred batches")
    before, after = map(float, re.findall(r"([\d.]+) of 100", told(page))[:2])
    assert before < 30
    assert after > 60


def test_one_weight_is_checked_by_trying_it(page: AppTest) -> None:
    ask(page, "One single weight")
    predicted, measured = (
        float(re.findall(pattern, told(page))[0])
        for pattern in (r"should change by ([-+\d.]+)\. ", r"Measured: \*\*([-+\d.]+)\*\*")
    )
    assert measured == pytest.approx(predicted, rel=0.1, abs=2e-5)
    assert abs(predicted) > 1e-4


def test_the_error_of_a_unit_is_added_up(page: AppTest) -> None:
    ask(page, "Backward: the blame")
    (grid,) = grids(page)
    assert len(grid["names"]) == 10
    table = page.dataframe[0].value
    added = float(re.findall(r"Added up: \*\*([-\d.]+)\*\*", told(page))[0])
    assert added == pytest.approx(float(table["w · δ"].sum()), abs=1e-4)


def test_a_network_of_the_lab_is_copied_and_every_layer_can_be_looked_at(
    page: AppTest, data: Data
) -> None:
    page.selectbox(key=session.NETWORK).set_value("lab:dense").run()
    assert_calm(page)
    assert "are left out" in told(page)
    for section in SECTIONS:
        ask(page, section)
        page.segmented_control(key="step_layer_0").set_value(1).run()
        assert_calm(page)
    before = probabilities(page, data)
    press(page, "A batch of 64")
    assert not np.array_equal(probabilities(page, data), before)
    assert not any("filters" in name for name in page.selectbox(key=session.NETWORK).options)


@pytest.mark.usefixtures("clothes_network")
def test_it_speaks_of_the_classes_of_another_data_set(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = Split(np.arange(30), np.arange(30, 60))
    monkeypatch.setattr(bench, "split", lambda *_: parts)
    page = open_page("step")
    assert_calm(page)
    for section in SECTIONS:
        ask(page, section)
        assert "digit" not in told(page)
    press(page, "A batch of 64")
