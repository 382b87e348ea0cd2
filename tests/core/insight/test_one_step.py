"""One step taken apart, against the formulas written out and against finite differences."""

import numpy as np
import pytest

from mnist_core.data import Data, split
from mnist_core.insight.one_step import (
    can_be_taken_apart,
    loss_after_nudge,
    take_apart,
)
from mnist_core.insight.subnetworks import without_dropout
from mnist_core.nn.losses import softmax_cross_entropy
from mnist_core.training.config import TrainingConfig
from mnist_core.training.loop import train
from mnist_core.training.manual_trainer import ManualTrainer
from mnist_core.training.train_state import TrainState
from tests.core.insight.small_networks import NO_DECIMALS_LOST, network, pictures


@pytest.mark.parametrize("activation", ["relu", "tanh", "sigmoid", "leaky_relu", "gelu"])
def test_every_number_is_that_of_its_formula(rng, activation):
    made = network(rng, hidden=(6, 5), activation=activation)
    (image,) = pictures(rng, 1)
    step = take_apart(made, image, 2)
    first, second, last = step.layers
    np.testing.assert_allclose(first.x, image.reshape(-1) / 255, **NO_DECIMALS_LOST)
    for layer, after in ((first, second), (second, last)):
        np.testing.assert_allclose(layer.z, layer.weights @ layer.x + layer.biases)
        np.testing.assert_allclose(after.x, layer.a)
        np.testing.assert_allclose(layer.dz, layer.derivative * (after.weights.T @ after.dz))
    exponentials = np.exp(last.z - last.z.max())
    np.testing.assert_allclose(step.probabilities, exponentials / exponentials.sum())
    assert step.loss == pytest.approx(-np.log(step.probabilities[2]))
    np.testing.assert_allclose(last.dz, step.probabilities - (np.arange(4) == 2))


def test_the_blame_is_the_gradient_that_the_network_learns_by(rng):
    made = network(rng, hidden=(6, 5), activation="gelu")
    (image,) = pictures(rng, 1)
    step, caches = take_apart(made, image, 2), made.caches()
    logits = made.forward(made.prepare_input(image[None], caches), caches)
    _, dlogits = softmax_cross_entropy(logits, np.array([2], np.uint8))
    _, gradient = made.loss_and_gradient(image[None], np.array([2], np.uint8))
    for layer in step.layers:
        dw, db = gradient.by_layer[layer.layer]
        np.testing.assert_allclose(layer.dz, db[:, 0])
        by_output = made.output_gradient(layer.layer, dlogits, caches)
        np.testing.assert_allclose(layer.dz, by_output[:, 0])
        for unit in range(len(dw)):
            np.testing.assert_allclose(layer.blame(unit), dw[unit], atol=1e-12)


def test_what_is_small_has_digits_in_a_network_of_single_precision(data: Data) -> None:
    made = TrainingConfig(hidden=(8,)).initial_network((28, 28), 10, np.random.default_rng(0))
    made.parameters.by_layer[-1][1][5] += 16
    step = take_apart(made, data.train.images[0], 5)
    last = step.layers[-1].z
    others = np.exp(np.delete(last, 5) - last[5]).sum()
    assert 0 < others < 1e-6
    assert step.loss == pytest.approx(np.log1p(others), rel=1e-6)
    layer, nudge = step.layers[0], 1e-3
    unit = int(np.abs(layer.dz).argmax())
    place = unit, int(layer.x.argmax())
    after = loss_after_nudge(made, data.train.images[0], 5, layer.layer, place, nudge)
    assert after - step.loss == pytest.approx(nudge * layer.blame(unit)[place[1]], rel=0.02)


def test_a_nudge_changes_the_loss_as_its_blame_predicts(rng):
    made = network(rng, hidden=(6, 5), activation="tanh")
    (image,) = pictures(rng, 1)
    step = take_apart(made, image, 1)
    for layer in step.layers:
        for _ in range(5):
            place = (int(rng.integers(len(layer.dz))), int(rng.integers(len(layer.x))))
            h = 1e-5
            above = loss_after_nudge(made, image, 1, layer.layer, place, h)
            below = loss_after_nudge(made, image, 1, layer.layer, place, -h)
            assert layer.blame(place[0])[place[1]] == pytest.approx(
                (above - below) / (2 * h), rel=1e-5, abs=1e-9
            )


def test_dropout_is_left_out_and_convolutions_are_refused(rng):
    made = network(rng, hidden=(6,), dropout=0.5)
    sober = without_dropout(made)
    (image,) = pictures(rng, 1)
    np.testing.assert_allclose(sober.logits(image[None]), made.logits(image[None]))
    assert take_apart(sober, image, 0).layers[0].weights.shape == (6, 256)
    assert can_be_taken_apart(made)
    assert not can_be_taken_apart(network(rng, hidden=()))
    assert not can_be_taken_apart(network(rng, convolution="small", hidden=(6,)))


def test_practice_is_training_and_can_be_taken_back(data: Data) -> None:
    few = data.train.subset(np.arange(300))
    parts = split(few, seed=0, dev_size=100)
    config = TrainingConfig(hidden=(8,), batch_size=50, epochs=1, seed=4)
    right = TrainState.new(config, (28, 28), 10)
    list(train(few, parts, config, right))
    trainer = ManualTrainer(TrainState.new(config, (28, 28), 10), config)
    before = trainer.train_state.network.parameters.flat.copy()
    order = trainer.train_state.rng.permutation(parts.train)
    batches = [order[start : start + 50] for start in range(0, 200, 50)]
    trainer.learn(few, batches[:1], config.learning_rate)
    trainer.learn(few, batches[1:], config.learning_rate)
    assert trainer.train_state.steps == 4
    np.testing.assert_array_equal(
        trainer.train_state.network.parameters.flat, right.network.parameters.flat
    )
    trainer.undo()
    assert trainer.train_state.steps == 1
    trainer.learn(few, batches[1:], config.learning_rate)
    np.testing.assert_array_equal(
        trainer.train_state.network.parameters.flat, right.network.parameters.flat
    )
    trainer.undo()
    trainer.undo()
    np.testing.assert_array_equal(trainer.train_state.network.parameters.flat, before)
    assert not trainer.can_undo


@pytest.mark.parametrize(("units", "most"), [(2, 50), (128, 10), (1_500, 3)])
def test_only_so_many_presses_can_be_taken_back(data: Data, units: int, most: int) -> None:
    config = TrainingConfig(hidden=(units,))
    trainer = ManualTrainer(TrainState.new(config, (28, 28), 10), config)
    for _ in range(most + 2):
        trainer.learn(data.train, [np.array([0])], 0.01)
    undone = 0
    while trainer.can_undo:
        trainer.undo()
        undone += 1
    assert undone == most
