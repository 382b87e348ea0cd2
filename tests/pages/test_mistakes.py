"""Mistakes: the figures of an exam, its mistakes, and two networks, against other computations."""

import re

import numpy as np
import pytest
from sklearn.metrics import confusion_matrix as sklearn_confusion
from sklearn.metrics import precision_score, recall_score
from streamlit.testing.v1 import AppTest

from mnist_core.data import Data, split
from mnist_core.evaluation.attack import fgsm, inputs, pgd
from mnist_core.evaluation.calibration import (
    cooled,
    expected_calibration_error,
    fitted_temperature,
)
from mnist_core.evaluation.predictions import predictions
from mnist_core.evaluation.robustness import robustness
from mnist_core.files.storage import load_model
from mnist_core.models.stored_figures import stored_figures
from pages.ui.elements import answered
from pages.ui.mistakes import attacking, breaking, calibration, session
from tests.pages.conftest import CLOTHES, OpenPage, assert_calm, chart, memory
from tests.pages.grids import components, grids
from tests.pages.test_models import Run, network, opened
from tests.pages.test_url_state import opened as linked
from tests.pages.test_url_state import said as said_by_the_address


@pytest.fixture
def page(open_page: OpenPage) -> AppTest:
    """The page with the smallest of the lab's networks, which reads quickly."""
    page = open_page("mistakes")
    page.selectbox(key=session.Key.MODEL).set_value("lab:notebook").run()
    assert_calm(page)
    return page


def ask(page: AppTest, section: str) -> None:
    page.segmented_control(key=session.Key.SECTION).set_value(section).run()
    assert_calm(page)


def said(data: Data) -> np.ndarray:
    return load_model("notebook").network.logits(data.test.images).argmax(axis=0)


def told(page: AppTest) -> str:
    return "\n".join(one.value for one in [*page.markdown, *page.caption])


def test_the_figure_and_its_interval(page: AppTest, data: Data) -> None:
    found = said(data)
    right = int((found == data.test.labels).sum())
    exam = f"reads {right:,} of the 10,000 pictures in the final exam (test set) correctly"
    assert exam in told(page)
    ((low, high),) = re.findall(r"most likely read \*\*between ([\d.]+)% and ([\d.]+)%", told(page))
    assert float(low) < right / 100 < float(high)
    assert 1 < float(high) - float(low) < 2, "85 % of 10,000: about 0.7 to either side"
    assert "(95% confidence interval)" in told(page)
    assert "certainty" not in told(page), "the 95 % are of the method, not of this one interval"
    assert "LeNet-5" in told(page)
    table = page.dataframe[0].value
    labels = data.test.labels
    recall = recall_score(labels, found, average=None)
    np.testing.assert_allclose(table["Found (recall)"], 100 * recall)
    precision = precision_score(labels, found, average=None)
    np.testing.assert_allclose(table["Right when it says so (precision)"], 100 * precision)
    assert list(table["Pictures"]) == np.bincount(labels).tolist()


def test_a_name_is_shown_as_it_was_typed() -> None:
    page = opened("mistakes", Run(1, network("*Mine*", 7)))
    assert r"**\*Mine\*** reads" in told(page)


def test_an_address_of_before_opens_the_section_that_is_called_otherwise_now() -> None:
    query = {"network": "lab:notebook", "section": "Is it as sure as it is right?"}
    page = linked("mistakes", **query)
    assert "it should read 80% correctly" in told(page)
    assert (
        "Can you trust how sure it is?" in page.segmented_control(key=session.Key.SECTION).options
    )
    assert said_by_the_address(page) == query


def test_the_practice_exam_is_what_was_kept_back_from_this_network(
    page: AppTest, data: Data
) -> None:
    page.segmented_control(key=session.Key.EXAM).set_value("practice exam").run()
    assert_calm(page)
    model = load_model("notebook")
    dev = split(data.train, model.config.seed).dev
    right = (model.network.logits(data.train.images[dev]).argmax(0) == data.train.labels[dev]).sum()
    exam = f"reads {right:,} of the {len(dev):,} pictures in the practice exam (validation set)"
    assert f"{exam} correctly" in told(page)


def test_the_matrix_in_any_order_and_as_shares(page: AppTest, data: Data) -> None:
    ask(page, "What does it mix up?")
    counts = sklearn_confusion(data.test.labels, said(data))
    (matrix,) = components(page, "lab_count_matrix")
    written = [[int(text or 0) for text in row] for row in matrix["written"]]
    np.testing.assert_array_equal(written, counts)
    page.segmented_control(key=session.Key.ORDER).set_value("most confused together").run()
    page.toggle(key=session.Key.SHARES).set_value(True).run()
    page.session_state["mistakes_mixed_up"] = (4, 9)
    page.run()
    assert_calm(page)
    (matrix,) = components(page, "lab_count_matrix")
    assert sorted(matrix["names"]) == list("0123456789")
    assert matrix["names"] != list("0123456789")
    row, column = matrix["names"].index("4"), matrix["names"].index("9")
    assert matrix["chosen"] == [row, column]
    assert matrix["written"][row][column] == f"{100 * counts[4, 9] / counts[4].sum():.1f}"
    told_of = f"4 mistaken for 9: {counts[4, 9]:,} pictures"
    assert matrix["labels"][row][column] == told_of
    assert told_of in told(page).replace("*", "")
    (grid,) = grids(page)
    assert len(grid["names"]) == min(24, counts[4, 9])


def test_mistakes_come_with_the_surest_first(page: AppTest, data: Data) -> None:
    ask(page, "Its mistakes")
    wrong = int((said(data) != data.test.labels).sum())
    assert f"All **{wrong:,}** of its mistakes, surest first" in told(page)
    grid, nearest = grids(page)
    assert len(nearest["names"]) == 10
    chances = [
        100.0 if "over" in caption else float(re.findall(r"(\d+)%", caption)[0])
        for caption in grid["captions"]
    ]
    assert chances == sorted(chances, reverse=True)
    page.session_state[session.Key.MISTAKE] = wrong - 1
    page.run()
    assert_calm(page)
    assert "What the other networks say about it" in told(page)


@pytest.mark.parametrize("name", ["notebook", "dense"])
def test_what_a_temperature_is_worth_is_shown_beside_what_was_before(
    page: AppTest, data: Data, name: str
) -> None:
    """The temperature comes from the practice exam, the figures are those of the final one. Of
    these networks, one gets better by it and one does not."""
    page.selectbox(key=session.Key.MODEL).set_value(f"lab:{name}").run()
    ask(page, session.SURE_SECTION)
    model = load_model(name)
    final = predictions(model.network, data.test)
    before = f"{100 * expected_calibration_error(final):.2f}"
    assert f"On average it is off by **{before} percentage points**" in told(page)
    (line,) = confidences(page)
    page.toggle(key=session.Key.COOLED).set_value(True).run()
    assert_calm(page)
    practice = predictions(model.network, data.train, split(data.train, model.config.seed).dev)
    temperature = fitted_temperature(practice.logits, practice.labels)
    assert f"Its temperature is {temperature:.2f}" in told(page)
    sober = cooled(final, temperature)
    after = f"{100 * expected_calibration_error(sober):.2f}"
    assert f"off by **{before} percentage points** before, and is off by **{after}**" in told(page)
    assert ("It helped." in told(page)) == (after < before)
    assert ("Here it did not help." in told(page)) == (after > before)
    assert confidences(page)[0] == line
    assert confidences(page)[1][-1] == pytest.approx(
        float(sober.confidences[sober.confidences > 14 / 15].mean())
    )
    page.slider(key=session.Key.THRESHOLD).set_value(0).run()
    right = f"{100 * sober.accuracy:.2f}"
    assert f"It answers **100%** of the pictures, and reads **{right}%** of these" in told(page)


def confidences(page: AppTest) -> list[list[float]]:
    """How sure it is, bin by bin: a list for each line beside the diagonal."""
    figure = chart(page, "Is it right as often as it says?")
    names = [line["name"] for line in figure["data"]]
    assert names in (
        ["right as often as it says", "this network"],
        ["right as often as it says", "before", "now"],
    )
    return [line["x"] for line in figure["data"][1:]]


def test_a_verdict_is_about_the_figures_that_are_told() -> None:
    assert calibration.verdict(0.44, 0.48) == "Here it did not help."
    assert calibration.verdict(0.48, 0.44) == "It helped."
    assert calibration.verdict(0.44, 0.44) == "Here it made no difference."


def test_two_networks_are_told_apart(page: AppTest, data: Data) -> None:
    ask(page, "Two networks")
    page.selectbox(key=session.Key.RIVAL).set_value("lab:dense").run()
    assert_calm(page)
    other = load_model("dense").network.logits(data.test.images).argmax(axis=0)
    labels, mine = data.test.labels, said(data)
    only = int(((mine == labels) & (other != labels)).sum())
    others = int(((mine != labels) & (other == labels)).sum())
    assert f"**Ten units** alone is right {only:,} times" in told(page)
    assert f"**Two layers** alone {others:,} times" in told(page)
    assert "**Two layers is better**" in told(page)


def test_a_network_of_the_visit_takes_each_exam_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    ask_it = answered.predictions_step_by_step
    monkeypatch.setattr(
        answered, "predictions_step_by_step", lambda *of: asked.append(of) or ask_it(*of)
    )
    page = opened("mistakes", Run(1, network("Run 1", 7)))
    assert page.selectbox(key=session.Key.MODEL).value == "run:1"
    assert len(asked) == 1
    for section in ("What does it mix up?", "Its mistakes", "How good is it?"):
        ask(page, section)
    assert len(asked) == 1
    page.segmented_control(key=session.Key.EXAM).set_value("practice exam").run()
    assert len(asked) == 2


def test_spoilt_pictures_are_read_worse_and_the_figures_are_the_cores(
    page: AppTest, data: Data
) -> None:
    ask(page, "When does it break?")
    net = load_model("notebook").network
    found = list(robustness(net, data.test.subset(data.test.sample(1_000))))
    mean = sum(one.accuracy for one in found) / len(found)
    assert f"**Ten units** reads **{100 * mean:.1f}%** correctly" in told(page)
    table = page.dataframe[0].value
    shifted = [one.accuracy for one in found if one.kind == "shift"]
    assert table["Ten units"][0] == pytest.approx(100 * np.mean(shifted))
    page.selectbox(key=session.Key.KIND).set_value("blur").run()
    page.multiselect(key=session.Key.BREAK_BESIDE).set_value(["lab:dense"]).run()
    assert_calm(page)
    assert list(page.dataframe[0].value)[1:] == ["Ten units", "Two layers"]
    (grid,) = grids(page)
    assert len(grid["names"]) == 30
    assert grid["names"][0] == "Out of focus: 1 (squares), picture 1"


@pytest.mark.parametrize("attack", ["one step (FGSM)", "ten steps (PGD)"])
def test_the_smallest_attack_that_fools_it(page: AppTest, data: Data, attack: str) -> None:
    ask(page, "Attack")
    page.segmented_control(key=session.Key.ATTACK).set_value(attack).run()
    page.number_input(key=session.Key.ATTACKED).set_value(3).run()
    assert_calm(page)
    smallest = int(re.findall(r"\*\*(\d+)% of full ink\*\*", told(page))[0])
    net = load_model("notebook").network
    x, label = inputs(net, data.test.images[2:3]), data.test.labels[2:3]
    method = fgsm if attack.startswith("one") else pgd

    def reads(percent: int) -> bool:
        attacked = method(net, x, label, percent / 100)
        return bool(net.forward(attacked, net.caches()).argmax() == label[0])

    assert not reads(smallest)
    assert all(reads(percent) for percent in range(smallest))
    assert page.slider(key="mistakes_strength_2").value == smallest


@pytest.mark.parametrize("section", ["When does it break?", "Attack"])
def test_what_takes_long_comes_with_the_labs_networks(
    page: AppTest, data: Data, section: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the slowest of them, nothing is measured while somebody waits."""

    def too_slow(*_: object) -> None:
        pytest.fail("It would take a minute.")

    monkeypatch.setattr(attacking, "survivors", too_slow)
    monkeypatch.setattr(breaking, "robustness", too_slow)
    page.selectbox(key=session.Key.MODEL).set_value("lab:conv").run()
    ask(page, section)
    stored = stored_figures(load_model("conv").network, data.test)
    assert stored is not None
    if section == "Attack":
        shown = chart(page, "Attacked in one step")["data"][0]["y"]
        assert shown == pytest.approx(stored.survivors.sum(axis=0) / len(data.test))
    else:
        mean = sum(one.correct for one in stored.spoilt) / sum(one.n for one in stored.spoilt)
        assert f"{100 * mean:.1f}" in told(page)


def test_an_attack_on_a_network_of_ones_own_is_measured(data: Data) -> None:
    page = opened("mistakes", Run(1, network("Run 1", 7)))
    ask(page, "Attack")
    net = network("Run 1", 7).network
    x = inputs(net, data.test.images)
    attacked = fgsm(net, x, data.test.labels, 0.02)
    share = np.mean(net.forward(attacked, net.caches()).argmax(axis=0) == data.test.labels)
    shown = chart(page, "Attacked in one step")["data"][0]["y"]
    assert shown[1] == pytest.approx(share, abs=1e-3)


def test_a_person_tries_twenty_of_the_mistakes(page: AppTest, data: Data) -> None:
    ask(page, "Its mistakes")
    next(one for one in page.button if "Could you do better?" in one.label).click().run()
    quiz = memory(page)["mistakes_quiz"]
    wrong = set(np.flatnonzero(said(data) != data.test.labels))
    assert len(set(quiz.numbers)) == 20
    assert set(quiz.numbers) <= wrong
    for place, number in enumerate(quiz.numbers):
        assert f"Picture {place + 1} of 20" in told(page)
        label = int(data.test.labels[number]) if place < 5 else int(said(data)[number])
        page.button(key=f"mistakes_quiz_{label}").click().run()
        assert_calm(page)
    assert "**You got 5 of 20 right**" in told(page)
    page.selectbox(key=session.Key.MODEL).set_value("lab:dense").run()
    assert "You got" not in told(page), "another network has made other mistakes"


@pytest.mark.usefixtures("clothes_network")
def test_every_section_speaks_of_the_classes_of_another_data_set(open_page: OpenPage) -> None:
    page = open_page("mistakes")
    assert_calm(page)
    assert "LeNet-5" not in told(page)
    assert list(page.dataframe[0].value["Class"]) == list(CLOTHES)
    for section in session.SECTIONS:
        ask(page, section)
        assert "digit" not in told(page)
    ask(page, "What does it mix up?")
    (matrix,) = components(page, "lab_count_matrix")
    assert matrix["names"] == list(CLOTHES)
