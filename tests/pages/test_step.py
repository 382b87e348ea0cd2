"""One step: the page's numbers against the formulas, and steps that can be taken back."""

import re
from decimal import Decimal

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from mnist_core.data import Data, load, split
from mnist_core.diagnosis.rate_rules import are_dead
from mnist_core.insight.dead_units import dead_share
from mnist_core.training.config import TrainingConfig
from mnist_core.training.model import Model
from pages.ui.step import session
from pages.ui.step.forward import MOST_UNITS
from pages.ui.visit import shared
from pages.ui.visit.models import TITLES
from tests.pages.conftest import OpenPage, assert_calm, memory, press
from tests.pages.grids import grids

SECTIONS = ("Forward: the answer", "Backward: the blame", "One single weight")


@pytest.fixture
def page(open_page: OpenPage) -> AppTest:
    page = open_page("step")
    assert_calm(page)
    return page


def told(page: AppTest) -> str:
    return "\n".join(one.value for one in page.markdown)


def ask(page: AppTest, section: str) -> None:
    page.segmented_control(key=session.Key.SECTION).set_value(section).run()
    assert_calm(page)


def probabilities(page: AppTest, data: Data, place: int = 0) -> np.ndarray:
    """What the network says of a picture, by its own way to read."""
    network = memory(page)["step_practice"].trainer.train_state.network
    return network.probabilities(data.train.images[[place]])[:, 0]


def test_the_answer_and_its_loss_are_the_networks(page: AppTest, data: Data) -> None:
    chances = probabilities(page, data)
    label = int(data.train.labels[0])
    table = page.dataframe[-1].value
    np.testing.assert_allclose(table["probability p"], chances, rtol=5e-3)
    np.testing.assert_allclose(table["error p − y"], chances - np.eye(10)[label], rtol=5e-3)
    (loss,) = re.findall(r"The \[loss\]\(#word-loss\) is \*\*([\d.]+)\*\*", told(page))
    assert loss == f"{-np.log(chances[label]):.3g}"


def test_what_it_reads_is_told_with_what_it_gives_the_label(page: AppTest, data: Data) -> None:
    label = int(data.train.labels[0])
    chances = probabilities(page, data)
    assert chances.argmax() != label
    wrong = r"The network says \*\*an? (\d)\*\* \(([\d.]+)%\) and gives an? (\d) only \*\*([\d.]+)%"
    ((said, sure, given, chance),) = re.findall(wrong, told(page))
    assert (int(said), int(given)) == (chances.argmax(), label)
    assert float(sure) == pytest.approx(100 * chances.max(), rel=5e-3)
    assert float(chance) == pytest.approx(100 * chances[label], rel=5e-3)
    page.selectbox(key=session.Key.NETWORK).set_value("lab:dense").run()
    assert_calm(page)
    assert probabilities(page, data).argmax() == label
    assert "The network says so, too (**" in told(page)


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
    page.select_slider(key=session.Key.RATE).set_value(10.0).run()
    for place in range(1, 4):
        page.number_input(key=session.Key.PICTURE).set_value(place).run()
        press(page, "One step with this picture")
    press(page, "A hundred batches")
    network = memory(page)["step_practice"].trainer.train_state.network
    assert np.isfinite(network.parameters.flat).all()


def test_a_hundred_batches_teach_it_to_read(page: AppTest) -> None:
    page.select_slider(key=session.Key.RATE).set_value(0.1).run()
    press(page, "A hundred batches")
    before, after = map(float, re.findall(r"([\d.]+)%", told(page))[:2])
    assert before < 30
    assert after > 60


NUMBER = r"([-+]?[\d.,]+(?: × 10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?)"
POWERS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def read(text: str) -> Decimal:
    """A number as a visitor reads it."""
    mantissa, _, power = text.replace(",", "").rstrip(".").partition(" × 10")
    return Decimal(f"{mantissa}e{power.translate(POWERS) or 0}")


def figures(page: AppTest, sentence: str) -> list[Decimal]:
    """The numbers of a sentence in which each stands as #."""
    pattern = re.escape(sentence).replace(r"\#", rf"\**{NUMBER}\**")
    (found,) = re.finditer(pattern, told(page))
    return [read(one) for one in found.groups()]


def agree(result: Decimal, worked_out: Decimal) -> None:
    """What is shown is what comes of the numbers shown beside it, as far as it has digits."""
    assert result == worked_out.quantize(result) or result == worked_out


def cells(page: AppTest, place: int = 0) -> list[list[Decimal]]:
    """The numbers of a table, a row each, without its first column."""
    rows = page.dataframe[place].value.to_numpy()
    return [[Decimal(f"{cell:.15g}") for cell in row[1:]] for row in rows]


def forward_agrees(page: AppTest) -> None:
    """Sum, bias and what is passed on; the loss and the errors of the answer."""
    added, bias, z = figures(page, "and adds it all up: #. Its bias adds #: the sum is **z = #")
    agree(z, added + bias)
    chance, same, loss = figures(page, "the probability #: the loss is −ln # = #. A sure")
    assert chance == same
    assert f"{-chance.ln():.2e}" == f"{loss:.2e}"
    assert loss > 0
    for _, p, y, error in cells(page, -1):
        agree(error, p - y)
        assert p > 0
        assert error


def inner_sum_agrees(page: AppTest) -> None:
    """The strongest inputs of a unit in a later layer, and what all others add."""
    (added,) = figures(page, "and adds it all up: #. Its")
    (rest,) = (
        read(re.findall(rf"add up to {NUMBER}", one.value)[0])
        for one in page.caption
        if "add up to" in one.value
    )
    rows = cells(page)
    for x, weight, part in rows:
        agree(part, x * weight)
    agree(added, sum((part for *_, part in rows), rest))


def backward_agrees(page: AppTest) -> None:
    """Each part of the error, its sum, and the sum times the slope."""
    total, slope = figures(page, "Added up: #. Times #, the slope of ReLU at z, this is the error")
    (error,) = figures(page, ": **δ = #")
    (rest,) = figures(page, " add #. Added") if " add " in told(page) else [Decimal(0)]
    rows = cells(page)
    for behind, weight, part in rows:
        agree(part, behind * weight)
    agree(total, sum((part for *_, part in rows), rest))
    agree(error, total * slope)


def weight_agrees(page: AppTest) -> None:
    """The blame of a weight, what it foretells, and what is measured."""
    error, x, blame = figures(page, "δ · x = # · # = #.")
    agree(blame, error * x)
    predicted, measured = figures(page, "should change by #. Measured: #.")
    agree(predicted, blame / 100)
    assert measured == pytest.approx(predicted, rel=Decimal("0.1"))


@pytest.mark.parametrize(("network", "layer"), [("new", None), ("lab:dense", 0), ("lab:dense", 1)])
def test_the_arithmetic_agrees_as_it_is_shown(
    page: AppTest, network: str, layer: int | None
) -> None:
    page.selectbox(key=session.Key.NETWORK).set_value(network).run()
    press(page, "Ten batches")
    press(page, "Next picture")
    checks = (forward_agrees, backward_agrees, weight_agrees)
    for section, agrees in zip(SECTIONS, checks, strict=True):
        ask(page, section)
        (units,) = (grid for grid in grids(page) if "units" in grid["title"])
        assert len(units["names"]) == (10 if network == "new" else MOST_UNITS)
        if layer is not None:
            page.segmented_control(key="step_layer_0").set_value(layer).run()
        agrees(page)
    if layer:
        ask(page, SECTIONS[0])
        inner_sum_agrees(page)


def test_a_network_of_the_lab_is_copied_and_every_layer_can_be_looked_at(
    page: AppTest, data: Data
) -> None:
    page.selectbox(key=session.Key.NETWORK).set_value("lab:dense").run()
    assert_calm(page)
    assert "are left out" in told(page)
    for section in SECTIONS:
        ask(page, section)
        page.segmented_control(key="step_layer_0").set_value(1).run()
        assert_calm(page)
    before = probabilities(page, data)
    press(page, "A batch of 64")
    assert not np.array_equal(probabilities(page, data), before)
    assert not any("filters" in name for name in page.selectbox(key=session.Key.NETWORK).options)


def test_a_loss_that_moves_a_little_is_told_with_the_digits_that_move(page: AppTest) -> None:
    page.selectbox(key=session.Key.NETWORK).set_value("lab:dense").run()
    page.select_slider(key=session.Key.RATE).set_value(0.0001).run()
    press(page, "Next picture")
    press(page, "One step with this picture")
    before, after = figures(page, "The loss fell from # to #.")
    assert 0 < after < before < Decimal("0.001")


def test_a_step_that_puts_the_units_to_sleep_is_explained_as_on_train(page: AppTest) -> None:
    page.select_slider(key=session.Key.RATE).set_value(10.0).run()
    press(page, "One step with this picture")
    press(page, "Next picture")
    press(page, "One step with this picture")
    network = memory(page)["step_practice"].trainer.train_state.network
    assert f"**{are_dead(dead_share(network, load().train.images[:300]))}**" in told(page)
    assert "respond to every picture with 0" in told(page)
    press(page, "Undo")
    assert "respond to every picture" not in told(page)


def test_networks_that_are_not_offered_are_named(page: AppTest) -> None:
    (said,) = (one.value for one in page.caption if "Not offered here" in one.value)
    offered = "".join(page.selectbox(key=session.Key.NETWORK).options)
    for name in TITLES.values():
        assert (name in said) != (f"{name}: " in offered)
    assert "convolution" in said


@pytest.mark.parametrize("seed", [0, 7])
def test_pictures_of_the_practice_exam_are_left_out(
    open_page: OpenPage, data: Data, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    config = TrainingConfig(hidden=(4,), seed=seed)
    made = config.initial_network((28, 28), 10, np.random.default_rng(0))
    model = Model("mine", made, config, origin=data.origin)
    monkeypatch.setattr(shared, "networks", lambda: {"run:1": model})
    page = open_page("step")
    page.selectbox(key=session.Key.NETWORK).set_value("run:1").run()
    learnt = np.sort(split(data.train, seed).train)
    (moved, *_) = np.flatnonzero(data.train.labels[: len(learnt)] != data.train.labels[learnt])
    number = page.number_input(key=session.Key.PICTURE)
    assert number.max == len(learnt) == 55_000
    number.set_value(int(moved) + 1).run()
    label = data.train.labels[learnt[moved]]
    assert re.search(rf"This is \*\*an? {label}\*\*", told(page))


@pytest.mark.usefixtures("clothes_network")
def test_it_speaks_of_the_classes_of_another_data_set_however_small(open_page: OpenPage) -> None:
    page = open_page("step")
    assert_calm(page)
    for section in SECTIONS:
        ask(page, section)
        assert "digit" not in told(page)
    press(page, "A batch of 64")
    assert "of 10 practice pictures it read" in told(page)
