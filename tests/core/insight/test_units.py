"""What units do, against the definitions written out by hand and finite differences."""

import numpy as np
import pytest
from numpy.typing import NDArray

from mnist_core.insight.units import feature_maps, logit_attribution, unit_activations
from mnist_core.insight.weight_images import picture_layers, weight_images
from mnist_core.nn.network import Network
from tests.core.insight.small_networks import NO_DECIMALS_LOST, SIDE, network, pictures


def test_the_picture_of_a_unit_is_where_it_looks(rng):
    """A unit's answer to one lit pixel is that pixel's weight."""
    made = network(rng, hidden=(6,), activation="tanh")
    (layer,) = picture_layers(made)
    made.parameters.by_layer[layer][1][:] = 0
    dot = np.zeros((1, SIDE, SIDE), np.uint8)
    dot[0, 3, 11] = 255
    answer = unit_activations(made, layer, dot)[:, 0]
    np.testing.assert_allclose(answer, np.tanh(weight_images(made, layer)[:, 0, 3, 11]))


def pooled(maps: NDArray[np.float64]) -> NDArray[np.float64]:
    """The largest of every 2 by 2 numbers of maps `(filters, height, width)`."""
    filters, height, width = maps.shape
    return maps.reshape(filters, height // 2, 2, width // 2, 2).max(axis=(2, 4))


def test_a_feature_map_is_what_a_filter_passes_on(rng):
    """The sum of filter times window, position by position; the largest of 2 by 2; then tanh."""
    made = network(rng, convolution="small", hidden=(6,), activation="tanh")
    layer = picture_layers(made)[0]
    image = pictures(rng, 1)[0]
    filters = weight_images(made, layer)[:, 0]
    biases = made.parameters.by_layer[layer][1][:, 0]
    sums = [
        [
            [(filters[f] * image[r : r + 5, c : c + 5] / 255).sum() + biases[f] for c in range(12)]
            for r in range(12)
        ]
        for f in range(8)
    ]
    expected = np.tanh(pooled(np.array(sums)))
    np.testing.assert_allclose(feature_maps(made, layer, image), expected, **NO_DECIMALS_LOST)


def test_no_feature_map_shows_what_relu_throws_away(rng):
    made = network(rng, convolution="small", hidden=(6,), activation="relu")
    for layer in picture_layers(made)[:2]:
        maps = feature_maps(made, layer, pictures(rng, 1)[0])
        assert maps.min() == 0
        assert maps.max() > 0


def test_the_second_filters_look_at_what_the_first_pass_on(rng):
    made = network(rng, convolution="small", hidden=(6,), activation="relu")
    first, second, _ = picture_layers(made)
    image = pictures(rng, 1)[0]
    seen = feature_maps(made, first, image)
    filters = weight_images(made, second)
    biases = made.parameters.by_layer[second][1][:, 0]
    sums = [
        [
            [(filters[f] * seen[:, r : r + 5, c : c + 5]).sum() + biases[f] for c in (0, 1)]
            for r in (0, 1)
        ]
        for f in range(16)
    ]
    expected = pooled(np.array(sums)).clip(min=0)
    np.testing.assert_allclose(feature_maps(made, second, image), expected, **NO_DECIMALS_LOST)


def test_a_filters_answer_is_the_brightest_spot_of_its_map(rng):
    made = network(rng, convolution="small", hidden=(6,), activation="relu")
    layer = picture_layers(made)[0]
    images = pictures(rng, 70)  # more than go through at a time
    expected = [feature_maps(made, layer, image).max(axis=(1, 2)) for image in images]
    np.testing.assert_allclose(unit_activations(made, layer, images), np.transpose(expected))


def test_the_effects_behind_one_hidden_layer_are_its_outgoing_weights(rng):
    made = network(rng, hidden=(6,), dropout=0.5)
    (layer,) = picture_layers(made)
    outgoing = made.parameters.by_layer[-1][0]
    expected = outgoing - outgoing.mean(axis=0)
    np.testing.assert_allclose(
        logit_attribution(made, layer, pictures(rng, 3)), expected, **NO_DECIMALS_LOST
    )


@pytest.mark.parametrize(
    "settings",
    [
        {"hidden": (6, 5, 4)},
        {"hidden": ()},
        {"convolution": "small", "hidden": (6,)},
        {"convolution": "small", "hidden": ()},
    ],
)
def test_effects_are_how_far_a_nudge_moves_the_scores(rng, settings):
    """Against central differences: what every unit passes on is nudged, the logits looked at."""
    made = network(rng, activation="tanh", **settings)
    images = pictures(rng, 5)
    for layer in picture_layers(made):
        expected = nudge(made, layer, images)
        expected -= expected.mean(axis=0)
        np.testing.assert_allclose(
            logit_attribution(made, layer, images), expected, rtol=1e-6, atol=1e-8
        )


def nudge(made: Network, layer: int, images: NDArray[np.uint8]) -> NDArray[np.float64]:
    """The slope of each mean logit by each unit's passed-on output, `(classes, units)`."""
    kinds = [type(part).__name__ for part in made.layers]
    later = [i for i in range(layer, len(kinds)) if kinds[i] == "Activation"]
    cut = (later[0] if later else layer) + 1

    def through(x: NDArray[np.float64], parts: range) -> NDArray[np.float64]:
        caches = made.caches()
        for i in parts:
            x = made.layers[i].forward(made.parameters.by_layer[i], x, caches[i])
        return x

    passed_on = through(made.prepare_input(images, made.caches()), range(cut)).copy()
    slopes = np.empty((made.classes, len(passed_on)))
    for unit in range(len(passed_on)):
        ends = []
        for step in (1e-5, -1e-5):
            moved = passed_on.copy()
            moved[unit] += step
            ends.append(through(moved, range(cut, len(kinds))).mean(axis=1))
        slopes[:, unit] = (ends[0] - ends[1]) / 2e-5
    return slopes
