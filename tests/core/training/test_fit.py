"""A whole training in one call, and what the network that it gives can be asked."""

from dataclasses import replace

import numpy as np
import pytest

from mnist_core.data import Data, split
from mnist_core.errors import LabError
from mnist_core.training import Finished, Measured, Model, TrainingConfig, evaluate, fit, train
from mnist_core.training.history import Phase
from tests.core.training.exploding import EXPLODING

SMALL = TrainingConfig(hidden=(12,), examples=600, epochs=2, record_every=5, seed=3)


@pytest.fixture(scope="module")
def model(data: Data) -> Model:
    return fit(SMALL, data, "small")


def test_it_is_the_training_told_step_by_step(model: Model, data: Data) -> None:
    events = list(train(data.train, split(data.train, SMALL.seed), SMALL))
    finished = events[-1]
    assert isinstance(finished, Finished)
    np.testing.assert_array_equal(model.network.parameters.flat, finished.network.parameters.flat)
    points = [*(event for event in events if isinstance(event, Measured)), finished.last]
    assert [p._replace(seconds=0) for p in model.history] == [p._replace(seconds=0) for p in points]
    assert model.results["test_accuracy"] == evaluate(finished.network, data.test).accuracy
    assert model.results["dev_accuracy"] == finished.last.dev_accuracy
    assert model.phases == (Phase(epochs=2, steps=10),)
    assert (model.name, model.config, model.origin) == ("small", SMALL, data.origin)
    assert model.fits(data)


def test_it_predicts_one_picture_and_many(model: Model, data: Data) -> None:
    images = data.test.images[:6]
    expected = [int(model.network.logits(images[i : i + 1]).argmax()) for i in range(6)]
    many = model.predict(images)
    assert many.tolist() == expected
    assert many.dtype == np.uint8
    assert model.predict(images[2]) == expected[2]
    assert f"{model.predict(images[2])}" == str(expected[2])
    assert model.predict(images.reshape(2, 3, 28, 28)).tolist() == [expected[:3], expected[3:]]
    assert model.predict(images[:0]).shape == (0,)


@pytest.mark.parametrize(
    ("images", "named"),
    [
        (np.zeros((2, 20, 20), np.uint8), r"28 x 28 .* uint8 of shape \(2, 20, 20\)"),
        (np.zeros((28, 28), np.float32), r"float32 of shape \(28, 28\)"),
        (np.zeros(784, np.uint8), r"\(784,\)"),
    ],
)
def test_other_pictures_are_refused(model: Model, images: np.ndarray, named: str) -> None:
    with pytest.raises(LabError, match=named):
        model.predict(images)


def test_a_training_that_diverges_is_refused(data: Data) -> None:
    with pytest.raises(LabError, match=r"at a learning rate of 10, .* Choose a lower"):
        fit(replace(EXPLODING, examples=600), data)


def test_it_warns_of_a_setting_without_effect(data: Data) -> None:
    with pytest.warns(UserWarning, match=r"momentum 0\.9, which needs the optimizer sgd"):
        fit(replace(SMALL, momentum=0.9, epochs=1), data)
