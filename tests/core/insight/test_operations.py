"""Operations on a network: each does what it says, and nothing else."""

import numpy as np
import pytest

from mnist_core.insight.operations import Operation
from mnist_core.insight.subnetworks import weighted_layers
from mnist_core.nn.network import Network
from mnist_core.training.config import TrainingConfig
from tests.core.insight.small_networks import CLASSES, NO_DECIMALS_LOST, SIDE, network, pictures

KINDS = [{"hidden": (7, 5)}, {"convolution": "small", "hidden": (6,)}]


def done(made: Network, start: Network | None = None, **what) -> Network:
    return Operation(**what).on(made, start or made, np.random.default_rng(1))


def without_unit(made: Network, config: TrainingConfig, unit: int) -> Network:
    """A dense network that was never given a unit of its first hidden layer."""
    first, second, *_ = weighted_layers(made)
    smaller = TrainingConfig(hidden=(config.hidden[0] - 1, *config.hidden[1:]))
    twin = smaller.network((SIDE, SIDE), CLASSES, "float64")
    for layer in weighted_layers(made):
        weights, biases = made.parameters.by_layer[layer]
        if layer == first:
            weights, biases = np.delete(weights, unit, 0), np.delete(biases, unit, 0)
        if layer == second:
            weights = np.delete(weights, unit, 1)
        twin.parameters.by_layer[layer][0][:] = weights
        twin.parameters.by_layer[layer][1][:] = biases
    return twin


def test_a_unit_switched_off_is_a_network_without_it(rng):
    made, images = network(rng, **KINDS[0]), pictures(rng, 8)
    off = done(made, off=frozenset({(1, 4)}))
    expected = without_unit(made, TrainingConfig(**KINDS[0]), 4).logits(images)
    np.testing.assert_allclose(off.logits(images), expected, **NO_DECIMALS_LOST)


def test_a_filter_switched_off_is_one_whose_map_is_empty(rng):
    """With ReLU a filter of a very low bias passes on nothing, wherever it looks."""
    made, images = network(rng, **KINDS[1]), pictures(rng, 8)
    for layer in weighted_layers(made)[:2]:
        silenced = made.copy()
        silenced.parameters.by_layer[layer][0][3] = 0
        silenced.parameters.by_layer[layer][1][3] = -1
        off = done(made, off=frozenset({(layer, 3)}))
        np.testing.assert_allclose(off.logits(images), silenced.logits(images), **NO_DECIMALS_LOST)


@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
def test_pruning_takes_the_smallest_weights_and_no_bias(rng, share):
    made = network(rng, **KINDS[0])
    pruned = done(made, pruned=share)
    count = made.weight_count
    before, after = made.parameters.flat[:count], pruned.parameters.flat[:count]
    gone = after == 0
    assert gone.sum() == round(share * count)
    np.testing.assert_array_equal(after[~gone], before[~gone])
    if 0 < share < 1:
        assert np.abs(before[gone]).max() <= np.abs(before[~gone]).min()
    np.testing.assert_array_equal(pruned.parameters.flat[count:], made.parameters.flat[count:])


def test_rounding_leaves_a_row_few_different_weights(rng):
    made = network(rng, **KINDS[0])
    rounded = done(made, bits=3)
    for layer in weighted_layers(made):
        for row in rounded.parameters.by_layer[layer][0]:
            assert len(np.unique(np.abs(row).round(12))) <= 4
    assert np.array_equal(done(made).parameters.flat, made.parameters.flat)


def test_noise_is_as_wide_as_was_asked_and_moves_no_bias(rng):
    made = network(rng, hidden=(300,))
    shaken = done(made, noise=0.5)
    for layer in weighted_layers(made):
        (before, biases), (after, same) = (one.parameters.by_layer[layer] for one in (made, shaken))
        assert (after - before).std() == pytest.approx(0.5 * before.std(), rel=0.1)
        np.testing.assert_array_equal(biases, same)


def test_a_layer_forgets_and_the_others_do_not(rng):
    made, start = network(rng, **KINDS[1]), network(rng, **KINDS[1])
    forgot, *others = weighted_layers(made)
    found = done(made, start, reset=frozenset({forgot}))
    for layer, source in ((forgot, start), *((other, made) for other in others)):
        for own, expected in zip(
            found.parameters.by_layer[layer], source.parameters.by_layer[layer], strict=True
        ):
            np.testing.assert_array_equal(own, expected)


def test_the_network_itself_stays_as_it_is(rng):
    made = network(rng, **KINDS[0])
    before = made.parameters.flat.copy()
    done(made, pruned=0.9, bits=2, noise=1.0, off=frozenset({(1, 0)}))
    np.testing.assert_array_equal(made.parameters.flat, before)
