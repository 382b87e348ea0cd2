"""One entry in a registry is enough: whatever is registered is known everywhere at once."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from mnist_core.__main__ import main
from mnist_core.arrays import Floats
from mnist_core.data import Data
from mnist_core.errors import LabError
from mnist_core.files.export import notebook
from mnist_core.files.links import from_query, to_query
from mnist_core.files.storage import from_bytes, load_model, to_bytes
from mnist_core.nn.activations import ACTIVATIONS, ActivationFunction
from mnist_core.nn.initializers import INITIALIZERS, Fans, Initializer
from mnist_core.training import TrainingConfig
from mnist_core.training.optimizers import OPTIMIZERS, OptimizerEntry
from mnist_core.training.presets import PRESETS
from mnist_core.training.schedules import SCHEDULES, Schedule
from pages.ui.train.session import Key
from tests.core.files.test_export import Comparison, few_pictures
from tests.pages.conftest import OpenPage, assert_calm, memory, press
from tests.pages.test_train import set_sliders, wait_until_over

NEW = {
    "activation": "softsign",
    "initializer": "lecun",
    "schedule": "linear",
    "optimizer": "adagrad",
}
QUICK = {"epochs": 2, "examples": 2_000, "batch_size": 64, "learning_rate": 0.02}


def softsign(z: Floats, out: Floats) -> None:
    """z / (1 + |z|)"""
    np.abs(z, out=out)
    out += 1
    np.divide(z, out, out=out)


def softsign_slope(z: Floats, _a: Floats, out: Floats, _scratch: Floats) -> None:
    """1 / (1 + |z|)²"""
    np.abs(z, out=out)
    out += 1
    np.power(out, -2, out=out)


def lecun(weights: Floats, biases: Floats, fans: Fans, rng: np.random.Generator) -> None:
    """A normal of variance 1 / fan_in"""
    weights[...] = rng.normal(0, fans.fan_in**-0.5, weights.shape)
    biases[...] = 0


class Adagrad:
    """w = w - η g / (√Σ g² + ε)"""

    def __init__(self, like: Floats) -> None:
        self.sum_g_squared = np.zeros_like(like)

    @property
    def state(self) -> tuple[Floats, ...]:
        return (self.sum_g_squared,)

    def step(self, w: Floats, g: Floats, learning_rate: float) -> None:
        self.sum_g_squared += g * g
        w -= learning_rate * g / (np.sqrt(self.sum_g_squared) + 1e-8)


@pytest.fixture(autouse=True)
def _one_more_of_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(
        ACTIVATIONS,
        "softsign",
        ActivationFunction(
            "Softsign", softsign, softsign_slope, "z / (1 + np.abs(z))", "(1 + np.abs(z)) ** -2"
        ),
    )
    monkeypatch.setitem(
        INITIALIZERS,
        "lecun",
        Initializer(
            "LeCun",
            lecun,
            ["W, b = rng.normal(0, fan_in**-0.5, (out, fan_in)), np.zeros((out, 1))"],
        ),
    )
    monkeypatch.setitem(SCHEDULES, "linear", Schedule("Linear", lambda t: 1 - t, "1 - t"))
    monkeypatch.setitem(
        OPTIMIZERS,
        "adagrad",
        OptimizerEntry(
            "Adagrad",
            lambda w, _weights, _settings: Adagrad(w),
            lambda _settings, _step: ["v += g * g", "w -= rate * g / (np.sqrt(v) + 1e-8)"],
            usual_rate=0.01,
            normalises=True,
        ),
    )


def new_config() -> TrainingConfig:
    """A quick configuration of everything new, as the page and the command line make it too."""
    return replace(PRESETS["small_dense"].config, **NEW, **QUICK)  # type: ignore[arg-type]


def test_a_configuration_takes_it_and_goes_through_json_and_a_link() -> None:
    config = new_config()
    assert TrainingConfig.from_mapping(json.loads(config.to_json())) == config
    query = to_query(config)
    assert query.items() >= NEW.items()
    assert from_query(query) == config
    for name, value in NEW.items():
        with pytest.raises(LabError, match=rf"{name} is 'new'; .*{value}"):
            replace(config, **{name: "new"})


def test_the_command_line_trains_and_saves_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "new.safetensors"
    options = {**NEW, **QUICK}
    arguments = [f"--{name.replace('_', '-')}={value}" for name, value in options.items()]
    assert main(["train", "--json", "--out", str(path), *arguments]) == 0
    last = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert last["dev_accuracy"] > 0.7
    assert load_model(path).config == new_config()


def test_the_train_page_offers_it_and_everything_can_be_taken_along(open_page: OpenPage) -> None:
    page = open_page("train")
    for name, value in NEW.items():
        page.selectbox(key=Key.SETTING.of(name)).set_value(value).run()
        assert_calm(page)
    set_sliders(page, QUICK)
    assert page.select_slider(key=Key.SETTING.of("momentum")).disabled
    press(page, "Start training")
    wait_until_over(page)
    assert_calm(page)
    (record,) = memory(page)["train_records"]
    assert record.config == new_config()
    assert {"Softsign", "LeCun", "Linear", "Adagrad"} <= set(page.dataframe[0].value.iloc[0])
    page.session_state[Key.DOWNLOADS.of(record.number)] = True
    page.run()
    taken = [button.key for button in page.get("download_button")]
    for suffix in ("safetensors", "csv", "json", "py", "ipynb"):
        assert Key.DOWNLOAD.of(suffix, record.number) in taken

    model = record.model()
    assert model is not None
    again = from_bytes(to_bytes(model), "again")
    assert again.config == record.config
    np.testing.assert_array_equal(again.network.parameters.flat, model.network.parameters.flat)
    assert json.loads(notebook(record.config))["cells"]


def test_an_exported_program_repeats_it(
    data: Data,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    compare = Comparison(few_pictures(data, tmp_path), monkeypatch, capsys)
    compare(replace(new_config(), examples=640))
