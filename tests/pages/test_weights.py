"""Weights shows what is in a network: its own weights, its own order, its own words."""

import base64
import json
import re
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from streamlit.testing.v1 import AppTest

from mnist_core.data import Data
from mnist_core.files.storage import Model, bundled, load_model
from mnist_core.insight.weight_images import picture_layers, votes
from mnist_core.training.config import TrainingConfig
from pages.ui import models, visit
from pages.ui.paper import Paper
from pages.ui.weights import sample, session, words
from pages.ui.weights.study import WEIGHED
from tests.pages.conftest import OpenPage, assert_calm


def trained(
    name: str, seed: int = 3, shape: tuple[int, int] = (28, 28), **settings: object
) -> Model:
    """A model whose weights stand for learnt ones: its first weights, and a nudge to each."""
    config = TrainingConfig(seed=seed, **settings)
    network = config.network(shape, 10)
    rng = np.random.default_rng(seed)
    network.initialize(config.initializer, rng)
    network.parameters.flat += rng.normal(0, 0.1, network.size).astype(np.float32)
    return Model(name, network, config, results={"dev_accuracy": 0.625})


@pytest.fixture
def own(monkeypatch: pytest.MonkeyPatch) -> Model:
    """A network that the visitor has trained: two hidden layers, 40 units in the first."""
    model = trained("Run 1", hidden=(40, 8))
    monkeypatch.setattr(visit, "networks", lambda: {"run:1": model})
    return model


@pytest.fixture
def opened(open_page: OpenPage, own: Model) -> AppTest:
    page = open_page("weights")
    assert_calm(page)
    page.selectbox[0].set_value("run:1").run()
    assert page.selectbox[0].options[-1].startswith(own.name)
    assert_calm(page)
    return page


def unit(page: AppTest) -> int:
    """The unit that is shown close up, counted from 0."""
    heading = next(block.value for block in page.subheader if "close up" in block.value)
    found = re.fullmatch(r"(Unit|Filter) (\d+), close up", heading)
    assert found
    return int(found[2]) - 1


def bars(page: AppTest) -> NDArray[np.floating]:
    """What the bars say, `(classes,)`."""
    packed = json.loads(page.get("plotly_chart")[0].proto.spec)["data"][0]["x"]
    return np.frombuffer(base64.b64decode(packed["bdata"]), packed["dtype"])


def pictures(page: AppTest) -> list[str]:
    """The address of every picture, which is made of its content."""
    return [image.proto.imgs[0].url for image in page.get("image")]


def text(page: AppTest) -> str:
    return "\n".join(block.value for block in (*page.markdown, *page.caption))


def say(model: Model, data: Data, layer: int = 0) -> NDArray[np.floating]:
    index = picture_layers(model.network)[layer]
    return votes(model.network, index, data.test.images[:WEIGHED])


@pytest.mark.parametrize("name", bundled())
def test_every_network_that_comes_with_the_lab_can_be_looked_into(open_page, name):
    page = open_page("weights")
    page.selectbox[0].set_value(models.lab_key(name)).run()
    assert_calm(page)
    network = load_model(name).network
    assert f"**{network.size:,} numbers**" in text(page)
    assert unit(page) < len(network.parameters.by_layer[picture_layers(network)[0]][0])


def test_it_says_how_many_numbers_and_how_well_it_reads(opened):
    counted = 784 * 40 + 40 + 40 * 8 + 8 + 8 * 10 + 10
    assert f"**{counted:,} numbers**" in text(opened)
    assert f"a book of {counted / 500:.0f} pages" in text(opened)
    assert "reads 62.5 of 100 digits" in text(opened)


def test_the_loudest_unit_comes_first_and_its_votes_are_shown(opened, own, data):
    expected = say(own, data)
    assert unit(opened) == np.abs(expected).max(axis=0).argmax()
    np.testing.assert_allclose(bars(opened), expected[:, unit(opened)], atol=1e-6)


@pytest.mark.parametrize("label", [0, 7])
def test_a_digit_puts_its_advocates_first_and_its_opponents_last(opened, own, data, label):
    by_vote = np.argsort(-say(own, data)[label], kind="stable")
    opened.pills(key=session.CLASS).set_value(label).run()
    assert_calm(opened)
    assert unit(opened) == by_vote[0]
    opened.slider[0].set_value(5).run()
    assert unit(opened) == by_vote[4]
    opened.get("pagination")[0].set_value(2).run()
    assert unit(opened) == by_vote[32]
    opened.slider[0].set_value(8).run()
    assert unit(opened) == by_vote[39]


def test_the_pictures_that_it_answers_to_most_are_counted(opened, own, data):
    weights, biases = own.network.parameters.by_layer[1]
    images = data.test.images[:1_000].reshape(-1, 784) / 255
    strength = images @ weights[unit(opened)] + biases[unit(opened)]
    labels = data.test.labels[np.argsort(-strength)[: min(10, (strength > 0).sum())]]
    counts = np.bincount(labels)
    assert f"{counts.max()} of them are a {counts.argmax()}." in text(opened)


def test_a_unit_that_never_answers_is_said_to_be_silent(opened, own):
    own.network.parameters.by_layer[1][1][:] = -1_000
    opened.run()
    assert_calm(opened)
    assert "it kept silent on 1,000 pictures" in text(opened)


def test_the_three_moments_are_three_pictures(opened):
    shown = [pictures(opened)]
    for moment in ("What changed", "Before it learnt"):
        opened.segmented_control(key=session.MOMENT).set_value(moment).run()
        assert_calm(opened)
        shown.append(pictures(opened))
    assert len({urls[0] for urls in shown}) == 3
    assert words.GUESSING in text(opened)
    assert "62.5" not in text(opened)


def test_filters_are_shown_with_what_they_make_of_a_digit(open_page, monkeypatch, data):
    model = trained("Run 2", convolution="small", hidden=(12,), activation="tanh")
    monkeypatch.setattr(visit, "networks", lambda: {"run:1": model})
    page = open_page("weights")
    page.selectbox[0].set_value("run:1").run()
    assert_calm(page)
    assert "a window of 5 by 5 squares" in text(page)
    for layer, name in enumerate(["First filters", "Second filters", "Units behind them"]):
        page.segmented_control(key=session.LAYER).set_value(name).run()
        assert_calm(page)
        expected = say(model, data, layer)
        assert unit(page) == np.abs(expected).max(axis=0).argmax()
        np.testing.assert_allclose(bars(page), expected[:, unit(page)], rtol=1e-4, atol=1e-5)


def test_another_digit_of_the_same_kind_can_be_looked_at(open_page, monkeypatch):
    model = trained("Run 2", convolution="small", hidden=())
    monkeypatch.setattr(visit, "networks", lambda: {"run:1": model})
    page = open_page("weights")
    page.selectbox[0].set_value("run:1").run()
    page.pills(key=session.SAMPLE).set_value(4).run()
    assert_calm(page)
    before = pictures(page)
    page.button[0].click().run()
    assert_calm(page)
    after = pictures(page)
    assert page.pills(key=session.SAMPLE).value == 4
    assert [one == two for one, two in zip(before, after, strict=True)].count(False) == 2


def test_filters_can_be_shown_the_visitors_own_drawing(open_page, monkeypatch, data):
    """A picture of the test set, laid on the paper, is looked at as that very picture."""
    model = trained("Run 2", convolution="small", hidden=())
    monkeypatch.setattr(visit, "networks", lambda: {"run:1": model})
    page = open_page("weights")
    page.selectbox[0].set_value("run:1").run()
    label = int(data.test.labels[0])
    page.pills(key=session.SAMPLE).set_value(label).run()
    expected = pictures(page)
    page.pills(key=session.SAMPLE).set_value(sample.OWN).run()
    assert_calm(page)
    assert "draw a digit on the Draw page" in text(page)
    monkeypatch.setattr(visit, "paper", lambda: Paper(picture=data.test.images[0]))
    page.run()
    assert_calm(page)
    assert "draw a digit on the Draw page" not in text(page)
    assert pictures(page) == expected


def test_two_networks_of_one_name_can_be_told_apart(open_page, monkeypatch):
    same = {"run:1": trained("dense", hidden=(3,)), "run:2": trained("dense", hidden=(5,))}
    monkeypatch.setattr(visit, "networks", lambda: same)
    page = open_page("weights")
    titles = [title.split(":")[0] for title in page.selectbox[0].options]
    dense = ["dense (the lab's own)", "dense (your run 1)", "dense (your run 2)"]
    assert [title for title in titles if title.startswith("dense")] == dense
    for key, counted in (("run:1", 3), ("run:2", 5)):
        page.selectbox[0].set_value(key).run()
        assert_calm(page)
        assert page.slider[0].max == counted


def test_a_single_unit_needs_no_frame(open_page, monkeypatch):
    monkeypatch.setattr(visit, "networks", lambda: {"run:1": trained("Run 1", hidden=(1,))})
    page = open_page("weights")
    page.selectbox[0].set_value("run:1").run()
    assert_calm(page)
    assert unit(page) == 0
    assert not page.slider


@pytest.mark.usefixtures("other_data")
def test_without_a_network_for_the_data_it_says_what_to_do(open_page):
    page = open_page("weights")
    assert_calm(page)
    assert len(page.info) == 1
    assert "Train one" in page.info[0].value
    assert not page.get("plotly_chart")


@pytest.mark.usefixtures("other_data")
def test_a_network_for_other_pictures_can_be_looked_into(open_page, monkeypatch):
    small = trained("Run 1", shape=(12, 10), hidden=(4,))
    monkeypatch.setattr(visit, "networks", lambda: {"run:1": small})
    page = open_page("weights")
    assert_calm(page)
    assert page.slider[0].max == 4


def test_a_broken_data_set_is_one_sentence(open_page, broken_data: Path):
    page = open_page("weights")
    assert not page.exception
    assert [str(broken_data) in error.value for error in page.error] == [True]


@pytest.mark.parametrize(
    ("settings", "described"),
    [
        ({"hidden": (128,)}, "128 units"),
        ({"hidden": (64, 32)}, "64 and 32 units"),
        ({"convolution": "small", "hidden": (64,)}, "8 and 16 filters, 64 units"),
        ({"hidden": ()}, "no hidden layer"),
    ],
)
def test_a_network_is_described_in_a_few_words(settings, described):
    assert models.described(TrainingConfig(**settings)) == described
