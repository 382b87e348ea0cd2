"""Which ink raises a logit: against finite differences, linear networks and the definition."""

import numpy as np
import pytest

from mnist_core.arrays import Floats, Pixels
from mnist_core.insight.explanation import PATCH, STRIDE, erasure, occlusion, saliency
from mnist_core.nn.network import Network
from tests.core.insight.small_networks import made


def contrast(network: Network, x: Floats, label: int, rival: int | None) -> float:
    """How far a class's logit is ahead, for the input x `(1, 16, 16, 1)`."""
    logits = network.forward(np.ascontiguousarray(x), network.caches())[:, 0]
    return float(logits[label] - (logits.mean() if rival is None else logits[rival]))


@pytest.mark.parametrize("rival", [None, 4])
@pytest.mark.parametrize("convolution", ["none", "small"])
def test_saliency_is_the_slope_times_the_ink(
    convolution: str, rival: int | None, image: Pixels
) -> None:
    network = made(convolution=convolution, hidden=(12,), activation="tanh")
    found = saliency(network, image, 2, rival)
    x = (image / 255).reshape(1, 16, 16, 1)
    rng = np.random.default_rng(1)
    for row, column in rng.integers(0, 16, (25, 2)):
        step = np.zeros_like(x)
        step[0, row, column] = 1e-5
        ahead = contrast(network, x + step, 2, rival) - contrast(network, x - step, 2, rival)
        assert found[row, column] == pytest.approx(
            ahead / 2e-5 * x[0, row, column, 0], rel=1e-4, abs=1e-8
        )


def test_saliency_of_a_network_without_biases_adds_up_to_its_logit(image: Pixels) -> None:
    network = made(hidden=(20, 9), activation="relu")
    for layer in network.parameters.by_layer:
        if layer:
            layer[1][...] = 0
    logits = network.logits(image[np.newaxis])[:, 0]
    assert saliency(network, image, 3, 1).sum() == pytest.approx(logits[3] - logits[1])
    assert saliency(network, image, 3).sum() == pytest.approx(logits[3] - logits.mean())
    assert not saliency(network, image, 3)[image == 0].any()


def test_why_and_why_not_are_opposites(image: Pixels) -> None:
    network = made(hidden=(20,))
    assert np.allclose(saliency(network, image, 0, 1), -saliency(network, image, 1, 0))
    assert np.allclose(occlusion(network, image, 0, 1), -occlusion(network, image, 1, 0))


@pytest.mark.parametrize("rival", [None, 4])
def test_occlusion_by_the_book(rival: int | None, image: Pixels) -> None:
    """Written out: wipe, ask, and share the loss among the pixels of the square."""
    network = made(hidden=(12,))
    found = occlusion(network, image, 2, rival)
    whole = contrast(network, (image / 255).reshape(1, 16, 16, 1), 2, rival)
    lost, covered = np.zeros((16, 16)), np.zeros((16, 16))
    reach = PATCH // 2
    for row in range(1 - reach, 16 + reach, STRIDE):
        for column in range(1 - reach, 16 + reach, STRIDE):
            square = np.s_[max(0, row - reach) : row + reach + 1]
            other = np.s_[max(0, column - reach) : column + reach + 1]
            wiped = image.copy()
            wiped[square, other] = 0
            now = contrast(network, (wiped / 255).reshape(1, 16, 16, 1), 2, rival)
            lost[square, other] += whole - now
            covered[square, other] += 1
    assert covered.all()
    assert np.allclose(found, np.where(image > 0, lost / covered, 0))


@pytest.mark.parametrize("rival", [None, 4])
@pytest.mark.parametrize("convolution", ["none", "small"])
def test_erasure_is_what_covering_all_ink_costs(
    convolution: str, rival: int | None, image: Pixels
) -> None:
    network = made(convolution=convolution, hidden=(12,), activation="tanh")
    whole = contrast(network, (image / 255).reshape(1, 16, 16, 1), 2, rival)
    nothing = contrast(network, np.zeros((1, 16, 16, 1)), 2, rival)
    assert erasure(network, image, 2, rival) == pytest.approx(whole - nothing)
