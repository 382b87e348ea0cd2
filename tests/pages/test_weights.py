"""Weights shows what is in a network: its own weights, its own order, its own words."""

import base64
import json
import re
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import streamlit as st
from numpy.typing import NDArray
from streamlit.testing.v1 import AppTest

from mnist_core.data import MNIST, Data, Origin, load
from mnist_core.files.storage import bundled, load_model
from mnist_core.insight.units import logit_attribution
from mnist_core.insight.weight_images import before_learning, picture_layers
from mnist_core.training.config import TrainingConfig
from mnist_core.training.model import Model
from pages.ui import charts
from pages.ui.charts.theme import LIGHT
from pages.ui.components.english import with_article
from pages.ui.visit import models, shared
from pages.ui.visit.paper import Paper
from pages.ui.visit.site import room
from pages.ui.weights import details, sample, session, through_time
from pages.ui.weights.study import WEIGHED
from tests.pages.conftest import OpenPage, assert_calm
from tests.pages.grids import grids, tiles


def trained(
    name: str,
    seed: int = 3,
    shape: tuple[int, int] = (28, 28),
    origin: Origin | None = MNIST,
    **settings: object,
) -> Model:
    """A model whose weights stand for learnt ones: its first weights, and a nudge to each."""
    config = TrainingConfig(seed=seed, **settings)
    network = config.network(shape, 10)
    rng = np.random.default_rng(seed)
    network.initialize(config.initializer, rng)
    network.parameters.flat += rng.normal(0, 0.1, network.size).astype(np.float32)
    results = {"dev_accuracy": 0.625, "test_accuracy": 0.6125}
    return Model(name, network, config, results=results, origin=origin)


def have(monkeypatch: pytest.MonkeyPatch, *networks: Model) -> None:
    """Let the visitor have trained these networks, the last one last."""
    found = {f"run:{number}": model for number, model in enumerate(networks, start=1)}
    monkeypatch.setattr(shared, "networks", lambda: found)


@pytest.fixture
def own(monkeypatch: pytest.MonkeyPatch) -> Model:
    """A network that the visitor has trained: two hidden layers, 40 units in the first."""
    model = trained("Run 1", hidden=(40, 8))
    have(monkeypatch, model)
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
    """The address of every picture, which is made of its content, then the sheet of every grid."""
    images = [image.proto.imgs[0].url for image in page.get("image")]
    return images + [grid["sheet"] for grid in grids(page)]


def units(page: AppTest) -> dict[str, Any]:
    """The grid of the units."""
    return grids(page)[0]


def choose(page: AppTest, label: int | None, place: int) -> None:
    """Choose a unit by its place in the order for a class, as a touch would."""
    layer = "run:1 layer 1"
    page.session_state[session.chosen_key(layer, label)] = place
    page.run()
    assert_calm(page)


def go_to_stage(page: AppTest, iteration: int) -> None:
    """Look at the network as it was after so many steps, as a move of the slider would."""
    page.session_state["weights_state"].stages["run:1"] = iteration
    page.run()
    assert_calm(page)


def look_at_layer(page: AppTest, layer: int) -> None:
    """Choose a layer of the visitor's network."""
    page.segmented_control(key="weights_layer_run:1_0").set_value(layer).run()
    assert_calm(page)


def text(page: AppTest) -> str:
    return "\n".join(block.value for block in (*page.markdown, *page.caption))


def say(model: Model, data: Data, layer: int = 0) -> NDArray[np.floating]:
    index = picture_layers(model.network)[layer]
    return logit_attribution(model.network, index, data.test.images[:WEIGHED])


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
    assert "reads 62.5% correctly in the practice exam and 61.3%" in text(opened)


def test_a_network_of_unknown_origin_claims_no_figure(open_page, monkeypatch):
    have(monkeypatch, trained("old", origin=None, hidden=(3,)))
    page = open_page("weights")
    assert_calm(page)
    assert page.selectbox[0].value == "run:1"
    assert not re.search(r"\breads \d", text(page))


def test_the_loudest_unit_comes_first_and_its_votes_are_shown(opened, own, data):
    expected = say(own, data)
    assert unit(opened) == np.abs(expected).max(axis=0).argmax()
    np.testing.assert_allclose(bars(opened), expected[:, unit(opened)], atol=1e-6)


@pytest.mark.parametrize("label", [0, 7])
def test_a_digit_puts_its_advocates_first_and_its_opponents_last(opened, own, data, label):
    by_vote = np.argsort(-say(own, data)[label], kind="stable")
    opened.pills(key=session.Key.CLASS).set_value(label).run()
    assert_calm(opened)
    assert unit(opened) == by_vote[0]
    choose(opened, label, 4)
    assert unit(opened) == by_vote[4]
    opened.get("pagination")[0].set_value(2).run()
    assert unit(opened) == by_vote[32]
    choose(opened, label, 39)
    assert unit(opened) == by_vote[39]
    assert [int(name.split()[1]) - 1 for name in units(opened)["names"]] == by_vote[32:].tolist()


def test_the_pictures_that_it_answers_to_most_are_counted(opened, own, data):
    weights, biases = own.network.parameters.by_layer[1]
    images = data.test.images[:1_000].reshape(-1, 784) / 255
    strength = images @ weights[unit(opened)] + biases[unit(opened)]
    labels = data.test.labels[np.argsort(-strength)[: min(10, (strength > 0).sum())]]
    counts = np.bincount(labels)
    assert f"{counts.max()} of them show {with_article(str(counts.argmax()))}." in text(opened)


def test_a_unit_that_never_answers_is_said_to_be_silent(open_page, own):
    own.network.parameters.by_layer[1][1][:] = -1_000
    page = open_page("weights")
    assert_calm(page)
    assert "it did not respond to any of 1,000 test pictures" in text(page)


@pytest.mark.parametrize("apart", [0, 1])
def test_what_a_unit_says_and_what_makes_it_answer_may_differ(open_page, monkeypatch, data, apart):
    """The only unit answers to ink in the right half; it speaks for that digit, or for the next."""
    images = data.test.images[:1_000].astype(float)
    best = np.argsort(-images[:, :, 14:].sum(axis=(1, 2)), kind="stable")[:10]
    commonest = int(np.bincount(data.test.labels[best]).argmax())
    spoken_for = (commonest + apart) % 10
    model = trained("Run 1", hidden=(1,))
    model.network.parameters.by_layer[1][0][:] = np.tile(np.repeat([0, 1], 14), 28)
    model.network.parameters.by_layer[-1][0][:, 0] = np.eye(10)[spoken_for]
    have(monkeypatch, model)
    page = open_page("weights")
    assert_calm(page)
    assert f"**{spoken_for}** becomes likelier" in text(page)
    assert (f"most often it is {with_article(str(commonest))}." in text(page)) == bool(apart)


def test_without_a_hidden_layer_a_unit_is_a_score(open_page, monkeypatch):
    have(monkeypatch, trained("Run 1", hidden=()))
    page = open_page("weights")
    assert_calm(page)
    assert "every other digit less likely to the same degree" in text(page)
    assert "than the rest" not in text(page)
    assert not page.get("plotly_chart"), "ten bars would say no more"


def test_a_unit_that_nothing_listens_to_says_nothing(open_page, monkeypatch):
    model = trained("Run 1", hidden=(1,))
    model.network.parameters.by_layer[-1][0][:] = 0
    have(monkeypatch, model)
    page = open_page("weights")
    assert_calm(page)
    assert "no digit becomes likelier" in text(page)


def test_it_opens_with_what_the_notebooks_network_has_learnt(open_page):
    page = open_page("weights")
    assert page.selectbox[0].value == "lab:notebook"
    assert page.segmented_control(key=session.Key.VIEW).value == "What changed"


def test_it_opens_with_the_newest_network_of_the_visit(open_page, monkeypatch):
    have(monkeypatch, trained("Run 1", hidden=(3,)), trained("Run 2", hidden=(5,)))
    assert open_page("weights").selectbox[0].value == "run:2"


def test_the_views_are_pictures_in_their_own_words(opened, own):
    """Against the colours of the weights themselves, of the unit that comes first."""
    start = before_learning(own)
    first, learnt = (net.parameters.by_layer[1][0] for net in (start, own.network))
    limits = {"As it is": learnt, "What changed": learnt - first, "Before and after": learnt}
    shown = {
        "As it is": [learnt],
        "What changed": [learnt - first],
        "Before and after": [first, learnt],
    }
    told = set()
    for view, expected in shown.items():
        opened.segmented_control(key=session.Key.VIEW).set_value(view).run()
        assert_calm(opened)
        images = np.stack([one.reshape(-1, 28, 28)[unit(opened)] for one in expected])[None]
        limit = np.quantile(np.abs(limits[view]), 0.995)
        tile = charts.unit_tiles(images, LIGHT, float(limit))[0]
        np.testing.assert_allclose(tiles(units(opened))[0].astype(int), tile.astype(int), atol=1)
        told.add(next(one.value for one in opened.markdown if one.value.startswith("Each ")))
    assert len(told) == 3


def test_before_it_learnt_it_can_only_guess(opened, own):
    go_to_stage(opened, 0)
    opened.segmented_control(key=session.Key.VIEW).set_value("As it is").run()
    assert_calm(opened)
    first = before_learning(own).parameters.by_layer[1][0]
    images = first.reshape(-1, 1, 28, 28)[[unit(opened)]]
    tile = charts.unit_tiles(images, LIGHT, float(np.quantile(np.abs(first), 0.995)))[0]
    np.testing.assert_allclose(tiles(units(opened))[0].astype(int), tile.astype(int), atol=1)
    assert through_time.GUESSING in text(opened)
    assert "62.5" not in text(opened)


@pytest.mark.parametrize(
    ("still", "settings", "told"),
    [(5, {}, True), (0, {}, False), (5, {"convolution": "small"}, False)],
)
def test_squares_that_never_learnt_are_counted(open_page, monkeypatch, still, settings, told):
    """The model's weights all lie beside their start, but for those of the first `still` pixels."""
    model = trained("Run 1", hidden=(6,), **settings)
    layer = picture_layers(model.network)[0]
    start = before_learning(model).parameters.by_layer[layer][0]
    model.network.parameters.by_layer[layer][0][:, :still] = start[:, :still]
    have(monkeypatch, model)
    monkeypatch.setattr(st, "expander", lambda *_, **__: OpenExpander())
    page = open_page("weights")
    assert_calm(page)
    assert ("At 5 of the 784 squares no weight has moved" in text(page)) == told
    assert ("no weight has moved" in text(page)) == told
    page.segmented_control(key=session.Key.VIEW).set_value("As it is").run()
    assert "no weight has moved" not in text(page)


class OpenExpander(nullcontext):
    """An expander that a visitor has opened, which AppTest cannot do."""

    open = True


def test_the_layers_are_listed_with_the_names_of_their_activations():
    config = TrainingConfig(convolution="small", hidden=(6,), activation="tanh", dropout=0.5)
    table = details.layer_table(config.network((28, 28), 10))
    assert table.count("| Activation: Tanh |") == 3
    assert "| Conv2D 5 × 5 | 8 × 24 × 24 | 208 |" in table
    assert "| MaxPool2D 2 × 2 | 8 × 12 × 12 | 0 |" in table


def test_filters_are_shown_with_what_they_make_of_a_digit(open_page, monkeypatch, data):
    model = trained("Run 2", convolution="small", hidden=(12,), activation="tanh")
    have(monkeypatch, model)
    page = open_page("weights")
    page.selectbox[0].set_value("run:1").run()
    assert_calm(page)
    assert "5 by 5 squares that slide over the picture" in text(page)
    for layer, number in enumerate(picture_layers(model.network)):
        look_at_layer(page, number)
        expected = say(model, data, layer)
        assert unit(page) == np.abs(expected).max(axis=0).argmax()
        np.testing.assert_allclose(bars(page), expected[:, unit(page)], rtol=1e-4, atol=1e-5)


def test_another_digit_of_the_same_kind_can_be_looked_at(open_page, monkeypatch):
    model = trained("Run 2", convolution="small", hidden=())
    have(monkeypatch, model)
    page = open_page("weights")
    page.selectbox[0].set_value("run:1").run()
    page.pills(key=session.Key.SAMPLE).set_value(4).run()
    assert_calm(page)
    before = pictures(page)
    page.button[0].click().run()
    assert_calm(page)
    after = pictures(page)
    assert page.pills(key=session.Key.SAMPLE).value == 4
    assert [one == two for one, two in zip(before, after, strict=True)].count(False) == 2


def test_filters_can_be_shown_the_visitors_own_drawing(open_page, monkeypatch, data):
    """A picture of the test set, laid on the paper, is looked at as that very picture."""
    model = trained("Run 2", convolution="small", hidden=())
    have(monkeypatch, model)
    page = open_page("weights")
    page.selectbox[0].set_value("run:1").run()
    label = int(data.test.labels[0])
    page.pills(key=session.Key.SAMPLE).set_value(label).run()
    expected = pictures(page)
    page.pills(key=session.Key.SAMPLE).set_value(sample.OWN).run()
    assert_calm(page)
    assert "You have not drawn anything yet." in text(page)
    assert page.button(key=session.Key.TO_DRAW).label == room("draw").action
    assert len(grids(page)) == 2, "no maps of a blank picture"
    monkeypatch.setattr(shared, "paper", lambda: Paper(picture=data.test.images[0]))
    page.run()
    assert_calm(page)
    assert "You have not drawn" not in text(page)
    assert pictures(page) == expected


def test_filters_show_what_they_pass_on(open_page, monkeypatch, data):
    """After ReLU nothing is negative: no map has the colour of what speaks against."""
    model = trained("Run 2", convolution="small", hidden=())
    have(monkeypatch, model)
    page = open_page("weights")
    label = int(data.test.labels[0])
    page.pills(key=session.Key.SAMPLE).set_value(label).run()
    maps = grids(page)[1]
    assert maps["names"] == units(page)["names"]
    shown = tiles(maps).astype(int)
    assert (shown[..., 0] >= shown[..., 2]).all(), "from paper to orange, nowhere blue"
    assert "after ReLU" in text(page)
    assert "the largest of every 2 by 2" in text(page)


def test_second_filters_are_shown_by_what_they_answer_to(open_page, monkeypatch, data):
    """The first patch of the first filter, found anew by looking at every place of each picture."""
    model = trained("Run 2", convolution="small", hidden=(12,))
    have(monkeypatch, model)
    page = open_page("weights")
    page.segmented_control(key=session.Key.VIEW).set_value("As it is").run()
    layer = picture_layers(model.network)[1]
    look_at_layer(page, layer)
    caches = model.network.caches()
    best = (-np.inf, 0, 0, 0)
    for start in range(0, 1_000, 50):
        x = model.network.prepare_input(data.test.images[start : start + 50], caches)
        for i in range(layer + 1):
            parameters = model.network.parameters.by_layer[i]
            x = model.network.layers[i].forward(parameters, x, caches[i])
        row, column, image = np.unravel_index(x[unit(page)].argmax(), x[unit(page)].shape)
        best = max(best, (float(x[unit(page), row, column, image]), start + image, row, column))
    _, image, row, column = best
    patch = data.test.images[image, 2 * row : 2 * row + 14, 2 * column : 2 * column + 14]
    expected = charts.inked(patch.repeat(2, axis=0).repeat(2, axis=1), LIGHT)
    np.testing.assert_array_equal(tiles(units(page))[0][:28, :28], expected)
    favourites = grids(page)[2]
    assert (
        favourites["names"][0]
        == f"{with_article(str(data.test.labels[image]))}, picture {image + 1}"
    )
    assert "14 by 14 squares" in text(page)


def test_two_networks_of_one_name_can_be_told_apart(open_page, monkeypatch):
    name = "Two layers"
    same = {"run:1": trained(name, hidden=(3,)), "run:2": trained(name, hidden=(5,))}
    monkeypatch.setattr(shared, "networks", lambda: same)
    page = open_page("weights")
    titles = [title.split(":")[0] for title in page.selectbox[0].options]
    alike = [f"{name} (the lab's own)", f"{name} (your run 1)", f"{name} (your run 2)"]
    assert [title for title in titles if title.startswith(name)] == alike
    for key, counted in (("run:1", 3), ("run:2", 5)):
        page.selectbox[0].set_value(key).run()
        assert_calm(page)
        assert len(units(page)["names"]) == counted


def test_networks_of_one_name_and_size_each_keep_their_place(open_page, monkeypatch):
    have(monkeypatch, *(trained("same", seed=seed, hidden=(9,)) for seed in (1, 2)))
    page = open_page("weights")
    page.selectbox[0].set_value("run:1").run()
    first, wanted = units(page)["names"][0], units(page)["names"][5]
    page.session_state[session.chosen_key("run:1 layer 1", None)] = 5
    page.run()
    assert f"unit {unit(page) + 1}" == wanted != first
    page.selectbox[0].set_value("run:2").run()
    assert f"unit {unit(page) + 1}" == units(page)["names"][0], (
        "the other's place is not this one's"
    )
    page.selectbox[0].set_value("run:1").run()
    assert f"unit {unit(page) + 1}" == wanted


def test_a_single_unit_can_be_looked_at(open_page, monkeypatch):
    have(monkeypatch, trained("Run 1", hidden=(1,)))
    page = open_page("weights")
    page.selectbox[0].set_value("run:1").run()
    assert_calm(page)
    assert unit(page) == 0
    assert units(page)["names"] == ["unit 1"]


def test_it_leads_on(opened):
    assert [link.page for link in opened.get("page_link")] == ["train"]
    assert "Let it read my drawing" in [button.label for button in opened.button]


@pytest.mark.usefixtures("other_data")
def test_without_a_network_for_the_data_it_says_what_to_do(open_page):
    page = open_page("weights")
    assert_calm(page)
    assert len(page.info) == 1
    assert "Train one" in page.info[0].value
    assert not page.get("plotly_chart")


@pytest.mark.usefixtures("other_data")
def test_a_network_for_other_pictures_can_be_looked_into(open_page, monkeypatch):
    small = trained("Run 1", shape=(12, 10), origin=None, hidden=(4,))
    have(monkeypatch, small)
    page = open_page("weights")
    assert_calm(page)
    assert len(units(page)["names"]) == 4


@pytest.mark.usefixtures("clothes")
def test_the_labs_networks_are_for_their_own_data_alone(open_page, monkeypatch):
    page = open_page("weights")
    assert_calm(page)
    (told,) = page.info
    assert "has learned from clothes" in told.value
    assert [link.page for link in page.get("page_link")] == ["train"]
    here = trained("Run 1", origin=load().origin, hidden=(4,))
    have(monkeypatch, trained("Run 1", hidden=(3,)), here)
    page = open_page("weights")
    assert_calm(page)
    assert page.selectbox[0].options == ["Run 1: 4 units"]
    assert "61.3% in the final exam" in text(page)


@pytest.mark.usefixtures("clothes")
def test_it_speaks_of_the_classes_by_their_names(open_page, monkeypatch):
    have(monkeypatch, trained("Run 1", origin=load().origin, convolution="small", hidden=()))
    page = open_page("weights")
    assert_calm(page)
    assert page.pills(key=session.Key.CLASS).options[9] == "ankle boot"
    assert "ankle boot" in page.pills(key=session.Key.SAMPLE).options
    spec = json.loads(page.get("plotly_chart")[0].proto.spec)
    assert spec["data"][0]["y"][9] == "ankle boot"
    assert "digit" not in text(page)


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
