"""Spoilt pictures and attacks, against analytic cases, SciPy and central differences."""

import json

import numpy as np
import pytest
from scipy.ndimage import binary_dilation, center_of_mass, gaussian_filter

from mnist_core.data import Data, Dataset
from mnist_core.evaluation.attack import (
    BLOCK,
    accuracy_under_attack,
    ascent,
    blocks,
    fgsm,
    inputs,
    pgd,
    survivors,
)
from mnist_core.evaluation.corruptions import CORRUPTIONS, STRENGTHS
from mnist_core.evaluation.intervals import wilson
from mnist_core.evaluation.predictions import predictions
from mnist_core.evaluation.report import report
from mnist_core.evaluation.robustness import SAMPLE, corrupt, robustness, sampled
from mnist_core.exploration.changes import blur
from mnist_core.files.storage import load_model
from mnist_core.nn.losses import softmax
from mnist_core.nn.network import Network
from mnist_core.training.config import TrainingConfig
from tests.core.insight.small_networks import network, pictures

RNG = np.random.default_rng


@pytest.fixture
def rng() -> np.random.Generator:
    return RNG(0)


@pytest.mark.parametrize("kind", CORRUPTIONS)
def test_each_kind_has_five_strengths_that_spoil_more_and_more(kind: str, data: Data) -> None:
    corruption = CORRUPTIONS[kind]
    assert len(corruption.strengths) == STRENGTHS
    images = data.test.images[:200]
    before = images.copy()
    changes = []
    for strength in corruption.strengths:
        spoilt = corruption.apply(images, strength, RNG(0))
        assert spoilt.shape == images.shape
        assert spoilt.dtype == np.uint8
        changes.append(np.abs(spoilt.astype(float) - images).mean())
    np.testing.assert_array_equal(images, before)
    assert changes == sorted(changes)
    assert changes[0] > 0
    again = corruption.apply(images, corruption.strengths[2], RNG(0))
    np.testing.assert_array_equal(again, corruption.apply(images, corruption.strengths[2], RNG(0)))


def square(top: int, left: int, height: int = 6, width: int = 6) -> np.ndarray:
    image = np.zeros((1, 28, 28), np.uint8)
    image[0, top : top + height, left : left + width] = 255
    return image


def test_a_shift_moves_the_ink_by_so_many_pixels() -> None:
    images = np.repeat(square(10, 11), 30, axis=0)
    shifted = CORRUPTIONS["shift"].apply(images, 4, RNG(0))
    for image in shifted:
        moved = np.subtract(center_of_mass(image), center_of_mass(images[0]))
        np.testing.assert_allclose(np.abs(moved), 4, atol=0.02)


def test_a_quarter_turn_exchanges_height_and_width() -> None:
    turned = CORRUPTIONS["rotation"].apply(square(6, 11, 16, 6), 90, RNG(0))[0] > 127
    rows, columns = np.flatnonzero(turned.any(axis=1)), np.flatnonzero(turned.any(axis=0))
    assert np.ptp(rows) + 1 == pytest.approx(6, abs=1)
    assert np.ptp(columns) + 1 == pytest.approx(16, abs=1)


@pytest.mark.parametrize(("kind", "factor"), [("larger", 1.5), ("smaller", 0.5)])
def test_ink_covers_the_square_of_the_factor(kind: str, factor: float) -> None:
    image = square(8, 8, 12, 12)
    scaled = CORRUPTIONS[kind].apply(image, factor, RNG(0))
    assert scaled.sum() / image.sum() == pytest.approx(factor**2, rel=0.05)


def test_two_pixels_thicker_is_two_dilations() -> None:
    image = square(8, 8)
    thicker = CORRUPTIONS["thicker"].apply(image, 2, RNG(0))[0]
    np.testing.assert_array_equal(thicker > 0, binary_dilation(image[0], iterations=2))
    thinner = CORRUPTIONS["thinner"].apply(image, -1, RNG(0))[0]
    np.testing.assert_array_equal(thinner > 0, square(9, 9, 4, 4)[0] > 0)


def test_blur_is_scipys(data: Data) -> None:
    images = data.test.images[:5]
    for sigma in (0.5, 1.5):
        expected = gaussian_filter(
            images.astype(float),
            (0, sigma, sigma),
            mode="constant",
            truncate=np.ceil(3 * sigma) / sigma,
        )
        np.testing.assert_allclose(blur(images, sigma), expected, atol=0.51)


def test_cover_and_dirt_are_where_they_should_be() -> None:
    full = np.full((50, 28, 28), 255, np.uint8)
    covered = CORRUPTIONS["occlusion"].apply(full, 7, RNG(0))
    assert ((covered == 0).sum(axis=(1, 2)) == 49).all()
    dirty = CORRUPTIONS["dirt"].apply(np.zeros_like(full), 5, RNG(0))
    counts = (dirty == 255).sum(axis=(1, 2))
    assert counts.max() == 20
    assert counts.min() >= 12


def test_a_network_reads_spoilt_pictures_worse(data: Data) -> None:
    few = data.test.subset(np.arange(500))
    net = load_model("dense").network
    clean = predictions(net, few).accuracy
    found = list(robustness(net, few))
    assert len(found) == len(CORRUPTIONS) * STRENGTHS
    worst = {one.kind: one.accuracy for one in found}
    assert all(accuracy < clean for accuracy in worst.values())
    first = next(one for one in found if one.kind == "noise")
    noisy = corrupt(few, CORRUPTIONS["noise"], first.strength)
    assert first.accuracy == predictions(net, noisy).accuracy


@pytest.mark.parametrize("convolution", ["none", "small"])
def test_the_ascent_is_the_gradient_divided_by_what_is_left_of_the_label(convolution, rng):
    """The gradient is measured by central differences of the cross-entropy."""
    made = network(rng, convolution=convolution, hidden=(6,), activation="tanh")
    x = inputs(made, pictures(rng, 3))
    labels = np.array([1, 0, 3])

    def loss(picture: int) -> float:
        z = made.forward(x, made.caches())[:, picture].astype(float)
        return float(np.log(np.exp(z).sum()) - z[labels[picture]])

    p = np.exp(-np.array([loss(picture) for picture in range(3)]))
    gradient = ascent(made, x, labels) * (1 - p)
    for _ in range(12):
        place = tuple(int(rng.integers(side)) for side in x.shape)
        before, h = x[place], 1e-5
        x[place] = before + h
        above = loss(place[-1])
        x[place] = before - h
        below = loss(place[-1])
        x[place] = before
        assert gradient[place] == pytest.approx((above - below) / (2 * h), rel=1e-4, abs=1e-7)


def test_fgsm_on_a_linear_network_is_its_formula(rng):
    """Without hidden layers the loss grows along Σ_k (p_k - y_k) w_k."""
    made = network(rng, hidden=())
    x = inputs(made, pictures(rng, 1))
    ((weights, _),) = [layer for layer in made.parameters.by_layer if layer]
    p = made.forward(x, made.caches())[:, 0].copy()
    p = np.exp(p - p.max()) / np.exp(p - p.max()).sum()
    p[2] -= 1
    slope = (weights.T @ p).reshape(x.shape)
    expected = np.clip(x + 0.1 * np.sign(slope), 0, 1)
    np.testing.assert_allclose(fgsm(made, x, np.array([2]), 0.1), expected, atol=1e-6)


def test_an_attack_stays_within_its_reach_and_many_steps_find_more(data: Data) -> None:
    net = load_model("dense").network
    images, labels = data.test.images[:200], data.test.labels[:200]
    x = inputs(net, images)
    shares = []
    for attack in (fgsm, pgd):
        attacked = attack(net, x, labels, 0.1)
        assert np.abs(attacked - x).max() <= 0.1 + 1e-6
        assert attacked.min() >= 0
        assert attacked.max() <= 1
        said = net.forward(attacked, net.caches()).argmax(axis=0)
        shares.append((said == labels).mean())
    assert shares[1] <= shares[0] < 0.9
    few = data.test.subset(np.arange(200))
    clean = predictions(net, few).accuracy
    assert accuracy_under_attack(net, few, [0.0, 0.1]) == pytest.approx([clean, shares[0]])


def test_an_attack_on_all_is_told_block_by_block(data: Data) -> None:
    net = load_model("notebook").network
    some = data.test.subset(np.arange(2 * BLOCK + 30))
    counts = list(survivors(net, some, [0.0, 0.02, 0.3]))
    assert len(counts) == blocks(some) == 3
    for start, count in zip(range(0, len(some), BLOCK), counts, strict=True):
        labels = some.labels[start : start + BLOCK]
        x = inputs(net, some.images[start : start + BLOCK])
        for strength, right in zip([0.0, 0.02, 0.3], count, strict=True):
            attacked = fgsm(net, x, labels, strength)
            said = net.forward(attacked, net.caches()).argmax(axis=0)
            assert right == pytest.approx(np.count_nonzero(said == labels), abs=1)


def test_a_report_holds_what_each_figure_says(data: Data) -> None:
    few = data.test.subset(np.arange(300))
    net = load_model("notebook").network
    found = json.loads(json.dumps(report(net, few)))
    said = predictions(net, few)
    assert found["accuracy"] == said.accuracy
    assert found["confusion"] == said.confusion.tolist()
    assert found["interval"] == list(wilson(said.correct, 300))
    assert set(found["robustness"]) == set(CORRUPTIONS)
    spoilt = [share for shares in found["robustness"].values() for share in shares.values()]
    assert found["robustness_mean"] == pytest.approx(np.mean(spoilt))
    assert found["attack"]["0"] == said.accuracy
    assert len(found["by_class"]) == 10


def attacked_in_float64(net: Network, dataset: Dataset, epsilon: float) -> float:
    """The accuracy after FGSM in float64, by the gradient itself: the other p, and minus their sum.

    Float64 has them up to gaps of 700 between logits; p - 1 would be 0 from 37 on.
    """
    exact = Network(net.layers, net.shapes[0], np.float64)
    exact.parameters.flat[:] = net.parameters.flat
    caches = exact.caches()
    x = exact.prepare_input(dataset.images, caches).copy()
    slope = softmax(exact.forward(x, caches))
    slope[dataset.labels, np.arange(len(dataset))] = 0
    slope[dataset.labels, np.arange(len(dataset))] = -slope.sum(axis=0)
    attacked = np.clip(x + epsilon * np.sign(exact.input_gradient(slope, caches)), 0, 1)
    return float(np.mean(exact.forward(attacked, caches).argmax(axis=0) == dataset.labels))


@pytest.mark.parametrize("surer", [1, 10])
def test_a_sure_network_is_attacked_as_well_as_in_float64(surer: float, data: Data) -> None:
    """`surer` multiplies its logits, up to gaps of 200: in float32, all but one p are then 0."""
    net = load_model("dense").network.copy()
    few = data.test.subset(data.test.sample(500))
    weights, biases = net.parameters.by_layer[-1]
    weights *= surer
    biases *= surer
    exact = attacked_in_float64(net, few, 0.15)
    assert accuracy_under_attack(net, few, [0.15]) == pytest.approx(exact, abs=0.005)
    assert exact < 0.15


def test_the_spoilt_sample_stands_for_all_in_whatever_order_they_lie() -> None:
    """A network that reads the second half of a data set alone is right in half of the sample."""
    net = TrainingConfig(hidden=()).network((8, 8), 2)
    net.parameters.by_layer[-1][1][1] = 1  # it says 1 to everything
    n = 4 * SAMPLE
    dataset = Dataset(np.zeros((n, 8, 8), np.uint8), (np.arange(n) >= n // 2).astype(np.uint8))
    found = next(robustness(net, sampled(dataset)))
    assert found.n == SAMPLE
    assert found.interval == wilson(found.correct, SAMPLE)
    assert found.interval.low < 0.5 < found.interval.high
