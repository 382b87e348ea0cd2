"""The sections of Weights: through time, one picture's way, all numbers, and under the knife."""

import base64
import json
import re

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from mnist_core.data import MNIST, Data, split
from mnist_core.files.storage import from_bytes, load_model, to_bytes
from mnist_core.insight.contributions import contributions
from mnist_core.insight.dead_units import dead_units
from mnist_core.insight.operations import Operation
from mnist_core.insight.receptive_field import weighted_sum
from mnist_core.insight.subnetworks import weighted_layers
from mnist_core.nn.network import Network
from mnist_core.training.checkpoints import Checkpoint
from mnist_core.training.config import TrainingConfig
from mnist_core.training.events import Measured
from mnist_core.training.model import Model
from pages.ui.visit import current, shared
from pages.ui.visit.paper import Paper
from pages.ui.visit.records import record_of
from pages.ui.weights import session
from tests.pages.conftest import ROOT, OpenPage, assert_calm, memory
from tests.pages.grids import components, grids
from tests.pages.test_url_state import opened as linked
from tests.pages.test_url_state import said as said_by_the_address

STEPS = (0, 10, 100)
LAST = 1_000


def trained(**settings: object) -> Model:
    """A network with three moments, each further from its start."""
    config = TrainingConfig(seed=5, **settings)
    network = config.network((28, 28), 10)
    rng = np.random.default_rng(5)
    network.initialize(config.initializer, rng)
    away = rng.normal(0, 0.1, network.size).astype(np.float32)
    checkpoints = []
    for number, steps in enumerate(STEPS):
        earlier = network.copy()
        earlier.parameters.flat += number / len(STEPS) * away
        point = Measured(steps, steps / 100, 1, 0.5, 1, 0.1 + steps / 1000, 0.1, 1)
        checkpoints.append(Checkpoint(point, earlier, ()))
    network.parameters.flat += away
    results = {"dev_accuracy": 0.5, "iterations": LAST}
    return Model("Run 1", network, config, (), results, MNIST, checkpoints=tuple(checkpoints))


@pytest.fixture(params=[{"hidden": (12, 6)}, {"convolution": "small", "hidden": (9,)}])
def model(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Model:
    found = trained(**request.param)
    monkeypatch.setattr(shared, "networks", lambda: {"run:1": found})
    return found


@pytest.fixture
def page(open_page: OpenPage, model: Model) -> AppTest:
    assert model.checkpoints
    page = open_page("weights")
    assert_calm(page)
    assert page.selectbox[0].value == "run:1"
    return page


def ask(page: AppTest, section: str) -> None:
    page.segmented_control(key=session.Key.SECTION).set_value(section).run()
    assert_calm(page)


def go_to(page: AppTest, iteration: int) -> None:
    page.session_state["weights_state"].stages["run:1"] = iteration
    page.run()
    assert_calm(page)


def told(page: AppTest) -> str:
    return "\n".join(one.value for one in (*page.markdown, *page.caption, *page.subheader))


def figures(page: AppTest) -> list[dict]:
    return [json.loads(one.proto.spec) for one in page.get("plotly_chart")]


def values(packed: object) -> np.ndarray:
    """The numbers of a chart as its JSON holds them."""
    if isinstance(packed, dict):
        return np.frombuffer(base64.b64decode(packed["bdata"]), packed["dtype"])
    return np.array(packed)


def sample(page: AppTest, data: Data) -> np.ndarray:
    """The picture that is looked at: the first of its class in the test half."""
    label = page.pills(key=session.Key.SAMPLE).value
    return data.test.images[np.flatnonzero(data.test.labels == label)[0]]


def test_the_slider_has_every_stage_and_moves_what_is_said(page: AppTest) -> None:
    (slider,) = components(page, "lab_time_slider")
    assert slider["stages"] == [*STEPS, LAST]
    assert slider["names"][0] == "before training"
    assert slider["names"][1] == "after 0.1 epochs"
    assert slider["names"][2] == "after 1 epoch"
    assert slider["title"] == "Training replay"
    assert slider["chosen"] == len(STEPS)
    assert "reads 50.0% correctly" in told(page)
    go_to(page, 100)
    assert components(page, "lab_time_slider")[0]["chosen"] == 2
    assert "reads 20.0% correctly in the practice exam." in told(page)
    go_to(page, 0)
    assert "it can only guess" in told(page)


@pytest.mark.parametrize(
    ("section", "title", "shown"),
    [
        ("Where pictures lie", "Where pictures land", "land close together"),
        ("Operate", "Tinker", "This is a copy"),
    ],
)
def test_an_address_of_before_opens_the_section_that_is_called_otherwise_now(
    section: str, title: str, shown: str
) -> None:
    query = {"network": "lab:notebook", "section": section}
    page = linked("weights", **query)
    assert shown in told(page)
    titles = page.segmented_control(key=session.Key.SECTION).options
    assert title in titles
    assert section not in titles
    assert said_by_the_address(page) == query


def test_every_section_can_be_looked_at_at_every_stage(page: AppTest) -> None:
    """Each section begins at the stage at which the one before it ended."""
    stages = [LAST, 100, 0]
    for section in session.SECTIONS:
        ask(page, section)
        for iteration in stages[1:]:
            go_to(page, iteration)
        stages.reverse()


def test_the_units_change_with_time(page: AppTest) -> None:
    page.segmented_control(key=session.Key.VIEW).set_value("As it is").run()
    sheets = []
    for iteration in (0, 100, LAST):
        go_to(page, iteration)
        sheets.append(grids(page)[0]["sheet"])
    assert len(set(sheets)) == 3


def test_every_layer_can_be_looked_at_and_says_what_it_gets_its_input_from(
    page: AppTest, model: Model
) -> None:
    layers = weighted_layers(model.network)
    control = page.segmented_control(key="weights_layer_run:1_0")
    assert len(control.options) == len(layers)
    control.set_value(layers[-1]).run()
    assert_calm(page)
    grid = next(one for one in grids(page) if "matter most to" in one["title"])
    assert all(re.fullmatch(r"[+-]\d+\.\d\d", caption) for caption in grid["captions"])
    wanted = [image.proto.imgs[0] for image in page.get("image")]
    assert len(wanted) >= 11, "the unit's wanted picture, and ten classes'"


def test_what_it_answers_is_what_the_network_says_at_that_stage(
    page: AppTest, model: Model, data: Data
) -> None:
    ask(page, session.ANSWERS)
    image = sample(page, data)
    dev = split(data.train, model.config.seed).dev[:1_000]
    for iteration, network in ((10, model.checkpoints[1].network), (LAST, model.network)):
        go_to(page, iteration)
        bars, over_time, *_ = figures(page)
        chances = network.probabilities(image[None])[:, 0]
        np.testing.assert_allclose(values(bars["data"][0]["x"]), chances, atol=1e-6)
        stages = [checkpoint.network for checkpoint in model.checkpoints] + [model.network]
        for label, line in enumerate(over_time["data"]):
            expected = [one.probabilities(image[None])[label, 0] for one in stages]
            np.testing.assert_allclose(values(line["y"]), expected, atol=1e-6)
        right = (
            network.logits(data.train.images[dev]).argmax(axis=0) == data.train.labels[dev]
        ).mean()
        assert f"It reads **{100 * right:.1f}%** of them correctly" in told(page)


def test_the_last_drawing_is_answered_too(
    open_page: OpenPage, model: Model, data: Data, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawing = data.test.images[3]
    monkeypatch.setattr(shared, "paper", lambda: Paper(picture=drawing))
    page = open_page("weights")
    ask(page, session.ANSWERS)
    assert "Your last drawing" in told(page)
    chances = model.network.probabilities(drawing[None])[:, 0]
    np.testing.assert_allclose(values(figures(page)[2]["data"][0]["x"]), chances, atol=1e-6)


def test_the_diagram_shows_the_strongest_connections_to_what_it_says(
    page: AppTest, model: Model, data: Data
) -> None:
    ask(page, session.FOLLOW)
    image = sample(page, data)
    said = int(model.network.logits(image[None]).argmax())
    last = weighted_layers(model.network)[-1]
    (diagram,) = components(page, "lab_network_diagram")
    assert diagram["chosen"] == f"{last}:{said}"
    shown = {node["key"] for column in diagram["columns"] for node in column["nodes"]}
    assert all({line["start"], line["end"]} <= shown for line in diagram["lines"])
    part = contributions(model.network, image, last, said)[-1].by_connection[said]
    into = [line for line in diagram["lines"] if line["end"] == f"{last}:{said}"]
    strongest = max(into, key=lambda line: abs(line["share"]))
    assert int(strongest["start"].split(":")[1]) == np.abs(part).argmax()
    table = page.dataframe[0].value
    np.testing.assert_allclose(
        table["adds"], part[np.argsort(-np.abs(part), kind="stable")[:10]], rtol=1e-5
    )
    z = model.network.logits(image[None])[said, 0]
    assert f"z = {z:.3f}" in told(page)


def test_a_touched_unit_of_the_first_layer_tells_its_sum(
    page: AppTest, model: Model, data: Data
) -> None:
    ask(page, session.FOLLOW)
    image = sample(page, data)
    layer = weighted_layers(model.network)[0]
    page.session_state["weights_state"].targets["run:1"] = (layer, 2)
    page.run()
    assert_calm(page)
    (diagram,) = components(page, "lab_network_diagram")
    assert diagram["chosen"] == f"{layer}:2"
    z = model.network.layer_output(image[None], layer)[2, ..., 0]
    if model.network.convolutional:
        page.session_state["weights_state"].places[f"run:1 {layer}"] = 30
        page.run()
        assert_calm(page)
        row, column = np.unravel_index(30, z.shape)
        found = weighted_sum(model.network, layer, image, 2, row, column)
        assert f"z = {found.z:.3f}" in told(page)
        assert f"row {row + 1}, column {column + 1}" in told(page)
    else:
        assert f"z = {float(z):.3f}" in told(page)


def test_a_target_that_another_network_has_not_is_forgotten(page: AppTest) -> None:
    ask(page, session.FOLLOW)
    page.session_state["weights_state"].targets["run:1"] = (1, 99_999)
    page.run()
    assert_calm(page)
    assert "the score of" in told(page)


def test_maps_and_ridges_stand_for_each_layer(page: AppTest, model: Model) -> None:
    layers = len(weighted_layers(model.network))
    ask(page, session.SPACE)
    assert len(figures(page)) == layers + 1
    ask(page, session.NUMBERS)
    for kind in ("weights", "biases", "activations", "gradients"):
        page.segmented_control(key=session.Key.KIND).set_value(kind).run()
        assert_calm(page)
        assert len(figures(page)) == layers
        assert len(figures(page)[0]["data"]) == 2 * (len(STEPS) + 1)


def test_units_that_sleep_are_counted_and_named(open_page: OpenPage, data: Data) -> None:
    page = open_page("weights")
    page.selectbox[0].set_value("lab:dense").run()
    ask(page, session.NUMBERS)
    network = load_model("dense").network
    asked = data.test.images[data.test.sample(1_000)]
    silent = np.flatnonzero(next(iter(dead_units(network, asked).values())))
    assert len(silent) > 10
    named = ", ".join(f"{unit + 1}" for unit in silent)
    assert f"**{len(silent)}** silent (numbers {named})" in told(page)


def operated(model: Model, operation: Operation) -> Network:
    return operation.on(model.network, model.checkpoints[0].network, np.random.default_rng(0))


def test_an_operation_is_felt_by_class_and_can_be_undone(
    page: AppTest, model: Model, data: Data
) -> None:
    ask(page, session.OPERATE)
    layer = weighted_layers(model.network)[0]
    dev = split(data.train, model.config.seed).dev[:1_000]
    page.slider(key=f"{session.Key.PRUNED}_run:1_0").set_value(60)
    page.select_slider(key=f"{session.Key.BITS}_run:1_0").set_value(3)
    page.slider(key=f"{session.Key.NOISE}_run:1_0").set_value(50)
    page.session_state["weights_state"].switched_off["run:1"] = frozenset({(layer, 1)})
    page.run()
    assert_calm(page)
    what = Operation(off=frozenset({(layer, 1)}), pruned=0.6, noise=0.5, bits=3)
    said = operated(model, what).logits(data.train.images[dev]).argmax(axis=0)
    right = said == data.train.labels[dev]
    assert f"now reads **{100 * right.mean():.1f}%**" in told(page)
    before, now = (values(one["x"]) for one in figures(page)[0]["data"])
    by_class = [right[data.train.labels[dev] == label].mean() for label in range(10)]
    np.testing.assert_allclose(now, by_class, atol=1e-9)
    assert not np.allclose(before, now)
    off = [name for name in grids(page)[0]["names"] if "switched off" in name]
    assert len(off) == 1
    page.button(key=session.Key.HEAL).click().run()
    assert_calm(page)
    assert "Nothing has been done to it yet" in told(page)


def test_a_layer_that_forgets_has_its_first_weights(
    page: AppTest, model: Model, data: Data
) -> None:
    ask(page, session.OPERATE)
    layer = weighted_layers(model.network)[-1]
    dev = split(data.train, model.config.seed).dev[:1_000]
    page.pills(key=f"{session.Key.RESET}_run:1_0").set_value([layer]).run()
    assert_calm(page)
    network = operated(model, Operation(reset=frozenset({layer})))
    right = (network.logits(data.train.images[dev]).argmax(axis=0) == data.train.labels[dev]).mean()
    assert f"now reads **{100 * right:.1f}%**" in told(page)


def stand_apart(grid: dict, squares: int) -> bool:
    """Whether the gap between two pictures, `squares` wide, is wider than one of their squares."""
    on_the_page, when_kept = grid["narrowest"] / squares, grid["width"] / squares
    return grid["gap"] > on_the_page and grid["sheet_gap"] > when_kept


def test_pictures_of_units_stand_so_far_apart_that_each_is_seen(
    page: AppTest, model: Model
) -> None:
    squares = 5 if model.network.convolutional else 28
    assert stand_apart(grids(page)[0], squares)
    ask(page, session.OPERATE)
    assert stand_apart(grids(page)[-1], squares)


def test_an_operated_network_is_kept_with_a_figure_of_its_own(
    open_page: OpenPage, data: Data
) -> None:
    page = open_page("weights")
    ask(page, session.OPERATE)
    page.slider(key=f"{session.Key.PRUNED}_lab:notebook_0").set_value(90).run()
    assert_calm(page)
    page.button(key=session.Key.KEEP).click().run()
    assert_calm(page)
    (record,) = memory(page)[shared._RECORDS]
    kept = record.model()
    assert kept.name == "Ten units, modified"
    assert page.selectbox[0].value == shared.run_key(record)
    assert "Ten units, modified: 10 units" in page.selectbox[0].options
    dev = split(data.train, kept.config.seed).dev
    right = kept.network.logits(data.train.images[dev]).argmax(axis=0) == data.train.labels[dev]
    assert kept.results["dev_accuracy"] == pytest.approx(right.mean())
    assert "test_accuracy" not in kept.results
    assert (kept.network.parameters.flat == 0).sum() >= 0.9 * kept.network.weight_count - 1
    assert f"reads {100 * right.mean():.1f}% correctly in the practice exam." in told(page)


def test_an_operated_network_is_found_among_the_runs_and_taken_along(open_page: OpenPage) -> None:
    page = open_page("weights")
    ask(page, session.OPERATE)
    page.slider(key=f"{session.Key.PRUNED}_lab:notebook_0").set_value(90).run()
    page.button(key=session.Key.KEEP).click().run()
    (record,) = memory(page)[shared._RECORDS]
    train = AppTest.from_file(str(ROOT / "pages" / "train.py"), default_timeout=60)
    train.session_state[current._VISIT] = page.session_state[current._VISIT]
    train.session_state["train_downloads_1"] = True
    train.run()
    assert_calm(train)
    reads = 100 * record.model().results["dev_accuracy"]
    assert train.subheader[0].value == (
        f"Ten units, modified · {reads:.1f}% correct in the practice exam"
    )
    assert not components(train, "lab_live_chart"), "no curve leads to it"
    (row,) = train.dataframe[0].value.to_dict("records")
    assert row["Practice exam"] == reads
    assert row["Training pictures, as it learns"] is None, "nobody has measured that"
    labels = [button.label for button in train.get("download_button")]
    assert "Network (.safetensors)" in labels
    assert not any("Program" in label or "notebook" in label for label in labels)
    train.text_input(key="train_name_1").set_value("Bare bones").run()
    again = from_bytes(to_bytes(record.model()), "file")
    assert again.name == "Bare bones"
    assert again.altered
    other = open_page("train")
    memory(other)[shared._RECORDS] = [record_of(1, again)]
    other.run()
    assert other.subheader[0].value == f"Bare bones · {reads:.1f}% correct in the practice exam"


def test_without_a_hidden_layer_there_is_nothing_to_switch_off(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = trained(hidden=())
    monkeypatch.setattr(shared, "networks", lambda: {"run:1": found})
    page = open_page("weights")
    page.selectbox[0].set_value("run:1").run()
    for section in session.SECTIONS:
        ask(page, section)
    labels = [one.label for one in page.segmented_control]
    assert labels
    assert not any("Switch off" in label for label in labels)


@pytest.mark.usefixtures("clothes")
def test_it_speaks_of_classes_by_their_names(
    open_page: OpenPage, clothes_network: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared, "networks", lambda: {"run:1": clothes_network})
    page = open_page("weights")
    for section in session.SECTIONS:
        ask(page, section)
        assert "digit" not in told(page)
    assert "of 10 practice pictures (validation set) correctly" in told(page)
