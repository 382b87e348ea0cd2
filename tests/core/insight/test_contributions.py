"""Contributions: they add up to the target of a network without biases, and agree with sums."""

import numpy as np
import pytest

from mnist_core.insight.contributions import contributions, incoming
from mnist_core.insight.flow import flow
from mnist_core.insight.subnetworks import weighted_layers
from mnist_core.insight.units import activation_behind
from tests.core.insight.small_networks import CLASSES, NO_DECIMALS_LOST, network, pictures

KINDS = [
    {"hidden": ()},
    {"hidden": (7, 5)},
    {"hidden": (7,), "dropout": 0.5},
    {"convolution": "small", "hidden": (6,)},
]


def unbiased(rng, **settings):
    made = network(rng, **settings)
    made.parameters.flat[made.weight_count :] = 0
    return made


@pytest.mark.parametrize("settings", KINDS)
def test_without_biases_those_of_each_layer_add_up_to_the_logit(rng, image, settings):
    made = unbiased(rng, **settings)
    logits = made.logits(image[np.newaxis])[:, 0]
    for label in range(CLASSES):
        found = contributions(made, image, len(made.layers) - 1, label)
        assert [part.layer for part in found] == weighted_layers(made)
        for part in found:
            assert part.by_connection.sum() == pytest.approx(logits[label])


@pytest.mark.parametrize("settings", KINDS[1:])
def test_those_into_a_unit_are_weight_times_what_comes_in(rng, image, settings):
    """Found anew: the sum of a dense unit, input by input."""
    made = network(rng, **settings)
    last = len(made.layers) - 1
    before = made.layer_output(image[np.newaxis], last - 1)[:, 0]
    weights, _ = made.parameters.by_layer[last]
    found = contributions(made, image, last, 2)[-1].by_connection
    np.testing.assert_allclose(found[2], weights[2] * before, **NO_DECIMALS_LOST)
    assert not np.delete(found, 2, axis=0).any()


def test_a_hidden_unit_can_be_the_target_and_a_filters_is_its_largest_sum(rng, image):
    made = unbiased(rng, convolution="small", hidden=(6,))
    for layer in weighted_layers(made)[:-1]:
        z = made.layer_output(image[np.newaxis], layer)[1, ..., 0]
        for part in contributions(made, image, layer, 1):
            assert part.by_connection.sum() == pytest.approx(z.max())


def test_a_contribution_is_what_the_logit_loses_with_the_last_weights(rng, image):
    made = network(rng, hidden=(7,))
    last = len(made.layers) - 1
    found = contributions(made, image, last, 0)[-1].by_connection[0]
    for unit in range(7):
        cut = made.copy()
        cut.parameters.by_layer[last][0][0, unit] = 0
        lost = made.logits(image[None])[0, 0] - cut.logits(image[None])[0, 0]
        assert found[unit] == pytest.approx(lost)


@pytest.mark.parametrize("settings", KINDS[1:])
def test_what_a_unit_hears_on_average_is_its_mean_sum_less_its_bias(rng, settings):
    made, images = network(rng, **settings), pictures(rng, 9)
    for layer in weighted_layers(made):
        if made.layers[layer - 1 if layer else 0] is made.layers[0] or made.convolutional:
            continue
        _, biases = made.parameters.by_layer[layer]
        mean = made.layer_output(images, layer).mean(axis=1) - biases[:, 0]
        np.testing.assert_allclose(incoming(made, layer, images).sum(axis=1), mean, rtol=1e-9)


def test_behind_filters_it_hears_each_filter_over_all_its_places(rng):
    made, images = network(rng, convolution="small", hidden=(6,)), pictures(rng, 5)
    layer = weighted_layers(made)[2]
    found = incoming(made, layer, images)
    maps = made.layer_output(images, activation_behind(made, weighted_layers(made)[1]))
    weights, _ = made.parameters.by_layer[layer]
    places = weights.reshape(6, *maps.shape[:3])
    expected = np.einsum("uchw,chwn->ucn", places, maps).mean(axis=2)
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("settings", KINDS[1:])
def test_the_flow_shows_the_strongest_and_says_what_the_others_add(rng, image, settings):
    made = unbiased(rng, **settings)
    target = len(made.layers) - 1, 3
    whole = made.logits(image[None])[3, 0]
    found = flow(made, image, target, most=3, most_connections=4)
    for column in found.columns[:-1]:
        assert len(column.units) == min(3, len(column.activation.values))
        assert column.contributions.sum() + column.rest == pytest.approx(whole)
        assert column.left_out == len(column.activation.values) - len(column.units)
    assert len(found.columns[-1].units) == CLASSES
    for layer in weighted_layers(made)[1:]:
        lines = [line for line in found.edges if line.layer == layer]
        assert 0 < len(lines) <= 4
        part = next(p for p in contributions(made, image, *target) if p.layer == layer)
        for line in lines:
            assert line.contribution == part.by_connection[line.end, line.start]


def test_behind_a_hidden_target_those_are_shown_that_answer_most(rng, image):
    made = network(rng, hidden=(6, 9))
    found = flow(made, image, (weighted_layers(made)[0], 2), most=4, most_connections=9)
    answers = np.abs(found.columns[1].activation.values)
    assert set(found.columns[1].units) == set(np.argsort(-answers, kind="stable")[:4])
    assert not found.edges
