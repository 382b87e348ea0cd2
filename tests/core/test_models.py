"""How the lab's networks are made: what is done to them, and measured of them, afterwards."""

import numpy as np
import pytest

from mnist_core.data import Data, Dataset, split
from mnist_core.evaluation.attack import STRENGTHS, blocks, survivors
from mnist_core.evaluation.calibration import expected_calibration_error
from mnist_core.evaluation.corruptions import CORRUPTIONS
from mnist_core.evaluation.predictions import predictions
from mnist_core.evaluation.robustness import corrupt, sampled
from mnist_core.files.storage import bundled, load_model
from mnist_core.models import make
from mnist_core.models.make import RECIPES, calibrate, with_drawn
from mnist_core.models.stored_figures import measure, stored_figures
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
    before = predictions(network, dev)
    temperature = calibrate(network, dev, 0)
    after = predictions(network, dev)
    assert temperature > 2
    np.testing.assert_allclose(after.logits * temperature, before.logits, rtol=1e-3, atol=1e-3)
    assert expected_calibration_error(after) < 0.6 * expected_calibration_error(before)
    assert calibrate(network, dev, 0) == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize("name", ["conv", "dense"])
def test_the_labs_readers_are_calibrated(name: str, dev: Dataset) -> None:
    assert RECIPES[name].drawn
    model = load_model(name)
    assert model.results["temperature"] > 0
    assert expected_calibration_error(predictions(model.network, dev)) < 0.005


def test_drawn_digits_join_the_training_examples_only(data: Data) -> None:
    parts = split(data.train, 0)
    joined, divided = with_drawn(data.train, parts, 20, 0)
    assert len(joined) == len(data.train) + 20
    np.testing.assert_array_equal(divided.dev, parts.dev)
    assert set(divided.train.tolist()) == {
        *parts.train.tolist(),
        *range(len(data.train), len(joined)),
    }


@pytest.mark.parametrize("name", bundled())
def test_the_stored_figures_are_what_would_be_measured_now(name: str, data: Data) -> None:
    """A part is measured anew; another kind of processor may round one answer otherwise."""
    model = load_model(name)
    stored = stored_figures(model.network, data.test)
    assert stored is not None
    assert stored.survivors.shape == (blocks(data.test), len(STRENGTHS))
    unharmed = stored.survivors[:, 0].sum() / len(data.test)
    assert unharmed == pytest.approx(model.results["test_accuracy"], abs=3e-4)
    first = next(survivors(model.network, data.test, STRENGTHS))
    np.testing.assert_allclose(stored.survivors[0], first, atol=1)
    sample = sampled(data.test)
    assert [(one.kind, one.strength) for one in stored.spoilt] == [
        (kind, strength) for kind in CORRUPTIONS for strength in CORRUPTIONS[kind].strengths
    ]
    for one in stored.spoilt[::18]:
        spoilt = corrupt(sample, CORRUPTIONS[one.kind], one.strength)
        now = predictions(model.network, spoilt)
        assert one.n == now.n
        assert one.correct == pytest.approx(now.correct, abs=2)


def test_nothing_is_stored_of_another_network_or_of_other_pictures(data: Data) -> None:
    network = load_model("notebook").network
    assert stored_figures(network, data.test.subset(np.arange(9_999))) is None
    other = network.copy()
    other.parameters.flat[0] += 1
    assert stored_figures(other, data.test) is None


def test_figures_at_other_strengths_are_not_those_that_are_stored(
    data: Data, monkeypatch: pytest.MonkeyPatch
) -> None:
    network = load_model("notebook").network
    monkeypatch.setattr("mnist_core.models.stored_figures.STRENGTHS", (0.0, 0.5))
    assert stored_figures(network, data.test) is None
    assert measure(network, data.test.subset(np.arange(20)))["strengths"] == [0.0, 0.5]
