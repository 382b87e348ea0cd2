"""The weights as images, against the definitions written out by hand."""

import numpy as np
import pytest

from mnist_core.data import Dataset, Split
from mnist_core.insight.units import logit_attribution
from mnist_core.insight.weight_images import (
    before_learning,
    change,
    colour_limit,
    picture_layers,
    templates,
    weight_images,
)
from mnist_core.training.config import TrainingConfig
from mnist_core.training.events import Started
from mnist_core.training.loop import train
from mnist_core.training.model import Model
from tests.core.insight.small_networks import CLASSES, NO_DECIMALS_LOST, SIDE, network, pictures


@pytest.mark.parametrize(
    ("settings", "shapes"),
    [
        ({"hidden": (6,)}, [(6, 1, SIDE, SIDE)]),
        ({"hidden": (6, 5)}, [(6, 1, SIDE, SIDE)]),
        ({"hidden": ()}, [(CLASSES, 1, SIDE, SIDE)]),
        (
            {"convolution": "small", "hidden": (6, 5)},
            [(8, 1, 5, 5), (16, 8, 5, 5), (6, 16, 1, 1)],
        ),
    ],
)
def test_every_layer_that_looks_at_an_image_is_found(rng, settings, shapes):
    made = network(rng, **settings)
    found = [weight_images(made, layer).shape for layer in picture_layers(made)]
    assert found == shapes


def test_templates_of_one_hidden_layer_are_weights_of_weights(rng):
    made = network(rng, hidden=(6,))
    (layer,) = picture_layers(made)
    first, second = (parameters[0] for parameters in made.parameters.by_layer if parameters)
    product = sum(np.outer(second[:, unit], first[unit]) for unit in range(6))
    expected = product.reshape(CLASSES, SIDE, SIDE)
    expected -= expected.sum(axis=0) / CLASSES
    found = templates(logit_attribution(made, layer, pictures(rng, 3)), weight_images(made, layer))
    np.testing.assert_allclose(found, expected, **NO_DECIMALS_LOST)


def test_without_a_hidden_layer_the_templates_are_the_network(rng):
    """What a template adds for a picture is what the class's score has above the mean score."""
    made = network(rng, hidden=())
    (layer,) = picture_layers(made)
    made.parameters.by_layer[layer][1][:] = 0
    images = pictures(rng, 3)
    found = templates(logit_attribution(made, layer, images), weight_images(made, layer))
    scores = made.logits(images)
    expected = scores - scores.mean(axis=0)
    np.testing.assert_allclose(np.tensordot(found, images.T / 255, ((2, 1), (0, 1))), expected)


@pytest.mark.parametrize("convolution", ["none", "small"])
def test_before_learning_is_where_the_training_began(rng, convolution):
    dataset = Dataset(pictures(rng, 40), np.arange(40, dtype=np.uint8) % CLASSES)
    config = TrainingConfig(convolution=convolution, hidden=(6,), epochs=2, seed=11)
    events = train(dataset, Split(np.arange(30), np.arange(30, 40)), config)
    started = next(events)
    assert isinstance(started, Started)
    learner = started.network
    beginning = learner.parameters.flat.copy()
    for _ in events:
        pass
    assert not np.array_equal(learner.parameters.flat, beginning)
    again = before_learning(Model("tried", learner, config))
    np.testing.assert_array_equal(again.parameters.flat, beginning)


def test_a_change_is_what_lies_between(rng):
    after, before = network(rng, hidden=(6,)), network(rng, hidden=(6,))
    (layer,) = picture_layers(after)
    moved = after.parameters.flat.copy()
    found = weight_images(change(before, after), layer)
    expected = weight_images(after, layer) - weight_images(before, layer)
    np.testing.assert_allclose(found, expected)
    np.testing.assert_array_equal(after.parameters.flat, moved)


def test_one_outlier_does_not_pale_the_rest(rng):
    weights = rng.uniform(-1, 1, (10, 1, 28, 28))
    usual = colour_limit(weights)
    weights[3, 0, 5, 5] = -1000
    assert usual == pytest.approx(0.995, abs=0.01)
    assert colour_limit(weights) == pytest.approx(usual, rel=0.01)
