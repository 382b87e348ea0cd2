"""How the lab's networks are made: what is done to them after they have learnt."""

import numpy as np
import pytest

from mnist_core.data import Data, Dataset, split
from mnist_core.evaluation.answers import answers
from mnist_core.evaluation.calibration import expected_calibration_error
from mnist_core.files.storage import load_model
from mnist_core.models import make
from mnist_core.models.make import RECIPES, calibrate, with_drawn
from mnist_core.nn.network import Network


@pytest.fixture(scope="module")
def dev(data: Data) -> Dataset:
    return data.train.subset(split(data.train, 0).dev)


def overconfident() -> Network:
    network = load_model("dense").network.copy()
    for parameters in network.parameters.by_layer[-1]:
        np.multiply(parameters, 4, out=parameters)
    return network


def test_a_calibrated_network_gives_the_same_answers_and_is_as_sure_as_it_may_be(
    dev: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(make, "SPARE", 500)
    network = overconfident()
    before = answers(network, dev)
    temperature = calibrate(network, dev, 0)
    after = answers(network, dev)
    assert temperature > 2
    np.testing.assert_allclose(after.logits * temperature, before.logits, rtol=1e-3, atol=1e-3)
    assert expected_calibration_error(after) < 0.6 * expected_calibration_error(before)
    assert calibrate(network, dev, 0) == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize("name", ["conv", "dense"])
def test_the_labs_readers_are_calibrated(name: str, dev: Dataset) -> None:
    assert RECIPES[name].drawn
    model = load_model(name)
    assert model.results["temperature"] > 0
    assert expected_calibration_error(answers(model.network, dev)) < 0.005


def test_drawn_digits_join_the_training_examples_only(data: Data) -> None:
    parts = split(data.train, 0)
    joined, divided = with_drawn(data.train, parts, 20, 0)
    assert len(joined) == len(data.train) + 20
    np.testing.assert_array_equal(divided.dev, parts.dev)
    assert set(divided.train.tolist()) == {
        *parts.train.tolist(),
        *range(len(data.train), len(joined)),
    }
