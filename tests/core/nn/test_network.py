"""A whole network: its gradients, the layout of its parameters, reading from many threads."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mnist_core.arrays import Floats, Shape
from mnist_core.data import Data
from mnist_core.nn.activations import ACTIVATIONS
from mnist_core.nn.cache import Cache
from mnist_core.nn.initializers import Initializer
from mnist_core.nn.layers import Dense, Flatten, Parameters
from mnist_core.nn.losses import softmax_cross_entropy
from mnist_core.nn.network import Network
from mnist_core.training.config import TrainingConfig
from tests.core.numeric import Array, slope_along, slopes

DENSE = TrainingConfig(hidden=(7, 5))
CONV = TrainingConfig(convolution="small", hidden=(6,))
BATCH = 4


def network(config: TrainingConfig, side: int, dtype: str = "float64", seed: int = 0) -> Network:
    """With weights and biases drawn widely enough that no unit is idle."""
    net = config.network((side, side), classes=3, dtype=dtype)
    net.parameters.flat[:] = np.random.default_rng(seed).normal(0, 0.4, net.size)
    return net


def images(n: int, side: int, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (n, side, side), dtype=np.uint8)


def mean_loss(net: Network, pixels: np.ndarray, labels: np.ndarray, seed: int) -> float:
    caches = net.caches(np.random.default_rng(seed))
    logits = net.forward(net.prepare_input(pixels, caches), caches)
    return softmax_cross_entropy(logits, labels)[0].total / BATCH


def gradient(net: Network, pixels: np.ndarray, labels: np.ndarray, seed: int) -> Array:
    result = net.zeros()
    result.flat[:] = np.nan
    net.loss_and_gradient(pixels, labels, None, net.caches(np.random.default_rng(seed)), result)
    return result.flat


CHECKED = [
    (TrainingConfig(hidden=hidden, activation=name, dropout=dropout), 4)
    for name in ACTIVATIONS
    for hidden, dropout in [((7, 5), 0.0), ((6,), 0.3)]
]
CHECKED += [(TrainingConfig(hidden=()), 4)]
CHECKED += [
    (TrainingConfig(convolution="small", hidden=(5,), activation=name, dropout=0.2), 17)
    for name in ACTIVATIONS
]


@pytest.mark.parametrize(("config", "side"), CHECKED)
def test_gradient_of_the_whole_network_along_a_random_direction(
    config: TrainingConfig, side: int
) -> None:
    net, pixels, labels = network(config, side), images(BATCH, side), np.array([0, 2, 1, 2])
    along = np.random.default_rng(2).normal(size=net.size) / np.sqrt(net.size)
    measured = slope_along(lambda: mean_loss(net, pixels, labels, 5), net.parameters.flat, along)
    assert gradient(net, pixels, labels, 5) @ along == pytest.approx(measured, rel=1e-5, abs=1e-9)


@pytest.mark.parametrize(
    "config", [TrainingConfig(hidden=(3, 2), activation=name) for name in ACTIVATIONS]
)
def test_gradient_of_a_tiny_network_number_by_number(config: TrainingConfig) -> None:
    net, pixels, labels = network(config, 2), images(BATCH, 2), np.array([0, 2, 1, 2])
    measured = slopes(lambda: mean_loss(net, pixels, labels, 5), net.parameters.flat)
    found = gradient(net, pixels, labels, 5)
    np.testing.assert_allclose(found, measured, rtol=1e-5, atol=1e-9)


@pytest.mark.parametrize(("config", "side"), [(DENSE, 4), (CONV, 17)])
def test_gradient_by_the_pixels(config: TrainingConfig, side: int) -> None:
    """Which pixel spoke for a class: the slope of any weighting of the logits."""
    net = network(config, side)
    x = np.random.default_rng(3).random((1, side, side, 2))
    weighting = np.random.default_rng(4).normal(size=(3, 2))
    caches = net.caches()
    net.forward(x, caches)
    found = net.input_gradient(weighting.copy(), caches)
    along = np.random.default_rng(5).normal(size=x.shape)
    measured = slope_along(
        lambda: float(np.sum(weighting * net.forward(x, net.caches()))), x, along
    )
    assert found.shape == x.shape
    assert np.sum(found * along) == pytest.approx(measured, rel=1e-6)


DROPOUT = TrainingConfig(hidden=(7, 5), dropout=0.5)


def test_the_loss_and_gradient_of_one_call() -> None:
    """By default nothing is dropped, and all memory is new."""
    net, plain = network(DROPOUT, 4), network(DENSE, 4)
    pixels, labels = images(BATCH, 4), np.array([0, 2, 1, 2], np.uint8)
    loss, found = net.loss_and_gradient(pixels, labels)
    assert loss.total / BATCH == pytest.approx(mean_loss(plain, pixels, labels, 5))
    assert loss.correct == np.sum(net.logits(pixels).argmax(axis=0) == labels)
    np.testing.assert_allclose(found.flat, gradient(plain, pixels, labels, 5))
    kept = found.flat.copy()
    net.loss_and_gradient(pixels[::-1], labels)
    np.testing.assert_array_equal(found.flat, kept)
    _, of_half = net.loss_and_gradient(pixels[:2], labels[:2], BATCH)
    _, of_rest = net.loss_and_gradient(pixels[2:], labels[2:], BATCH)
    np.testing.assert_allclose(of_half.flat + of_rest.flat, found.flat)


def test_a_second_pass_leaves_what_the_first_one_gave() -> None:
    net, caches = network(DENSE, 4), network(DENSE, 4).caches()
    first, second = images(BATCH, 4), images(BATCH, 4, seed=2)
    logits = net.forward(net.prepare_input(first, caches), caches)
    slope = net.input_gradient(np.ones_like(logits), caches)
    given = logits.copy(), slope.copy()
    others = net.forward(net.prepare_input(second, caches), caches)
    net.input_gradient(np.ones_like(logits), caches)
    np.testing.assert_array_equal((logits, slope)[0], given[0])
    np.testing.assert_array_equal((logits, slope)[1], given[1])
    assert not np.allclose(logits, others)
    kept = [[output.copy() for output in part] for part in net.outputs(first, 3)]
    for found, right in zip(list(net.outputs(first, 3)), kept, strict=True):
        for one, other in zip(found, right, strict=True):
            np.testing.assert_array_equal(one, other)


def test_dropout_is_on_where_the_caches_have_random_numbers() -> None:
    net, plain, pixels = network(DROPOUT, 4), network(DENSE, 4), images(BATCH, 4)
    reading, learning = net.caches(), net.caches(np.random.default_rng(0))
    expected = plain.logits(pixels)
    np.testing.assert_array_equal(
        net.forward(net.prepare_input(pixels, reading), reading), expected
    )
    dropped = net.forward(net.prepare_input(pixels, learning), learning)
    assert not np.allclose(dropped, expected)


def test_gradient_by_the_pixels_takes_dropout_for_the_identity() -> None:
    """The slope of what the network says when it reads, as a network without dropout has it."""
    weighting = np.random.default_rng(4).normal(size=(3, BATCH))
    found = []
    for net in (network(DROPOUT, 4), network(DENSE, 4)):
        caches = net.caches()
        net.forward(net.prepare_input(images(BATCH, 4), caches), caches)
        found.append(net.input_gradient(weighting.copy(), caches))
    np.testing.assert_array_equal(*found)
    assert found[0].any()


def test_logits_of_a_dense_network_written_out() -> None:
    net, pixels = network(DENSE, 4), images(5, 4)
    (w1, b1), (w2, b2), (w3, b3) = (p for p in net.parameters.by_layer if p)
    for i, image in enumerate(pixels):
        a = image.reshape(16, 1) / 255
        a = np.maximum(w1 @ a + b1, 0)
        a = np.maximum(w2 @ a + b2, 0)
        np.testing.assert_allclose(net.logits(pixels)[:, i], (w3 @ a + b3)[:, 0])


def test_logits_of_a_convolutional_network_written_out() -> None:
    """Activation before the pool here, after it in the core: the same by monotony."""
    net, pixels = network(CONV, 17), images(2, 17)
    (w1, b1), (w2, b2), (w3, b3), (w4, b4) = (p for p in net.parameters.by_layer if p)
    for i, image in enumerate(pixels):
        a = image[np.newaxis] / 255
        for w, b in ((w1, b1), (w2, b2)):
            a = np.maximum(np.stack([filtered(kernel, a) for kernel in w]) + b[..., None], 0)
            rows, columns = a.shape[1] // 2, a.shape[2] // 2
            tiles = a[:, : 2 * rows, : 2 * columns].reshape(len(a), rows, 2, columns, 2)
            a = tiles.max(axis=(2, 4))
        a = np.maximum(w3 @ a.reshape(-1, 1) + b3, 0)
        np.testing.assert_allclose(net.logits(pixels)[:, i], (w4 @ a + b4)[:, 0])


def test_outputs_of_every_layer_of_a_dense_network_written_out() -> None:
    """More images than go through at a time; dropout, in two of the layers, is off."""
    config = TrainingConfig(hidden=(7, 5), activation="tanh", dropout=0.5)
    net, pixels = network(config, 4), images(2_500, 4)
    (w1, b1), (w2, b2), (w3, b3) = (p for p in net.parameters.by_layer if p)
    x = pixels.reshape(2_500, 16).T / 255
    z1 = w1 @ x + b1
    z2 = w2 @ np.tanh(z1) + b2
    hidden = np.tanh(z1), np.tanh(z2)
    expected = [x, z1, hidden[0], hidden[0], z2, hidden[1], hidden[1], w3 @ hidden[1] + b3]
    assert len(expected) == len(net.layers)
    for layer, output in enumerate(expected):
        np.testing.assert_allclose(net.layer_output(pixels, layer), output)


@pytest.mark.parametrize(("config", "side", "n"), [(DENSE, 4, 2_500), (CONV, 16, 130)])
@pytest.mark.parametrize("last", [-1, 0, 3])
def test_outputs_come_in_passes_up_to_the_layer_that_is_asked_for(
    config: TrainingConfig, side: int, n: int, last: int
) -> None:
    net, pixels = network(config, side), images(n, side)
    lengths = []
    for outputs in net.outputs(pixels, last):
        assert len(outputs) == last + 1
        for output, shape in zip(outputs, net.shapes[1:], strict=False):
            assert output.shape[:-1] == shape
            lengths.append(output.shape[-1])
    assert sum(lengths) == n * (last + 1)
    assert max(lengths, default=0) <= net.samples_per_pass


def test_outputs_of_no_images_are_empty() -> None:
    net = network(CONV, 16)
    for layer, shape in enumerate(net.shapes[1:]):
        assert net.layer_output(images(0, 16), layer).shape == (*shape, 0)


def test_gradient_by_the_output_of_a_layer_written_out() -> None:
    """Behind the last hidden layer it is W₃ᵀ times the slope of the logits, and so on back."""
    net, pixels = network(DENSE, 4), images(3, 4)
    _, (w2, _), (w3, _) = (p for p in net.parameters.by_layer if p)
    dlogits = np.random.default_rng(4).normal(size=(3, 3))
    caches = net.caches()
    net.forward(net.prepare_input(pixels, caches), caches)
    behind_second = w3.T @ dlogits
    behind_first = w2.T @ (behind_second * (net.layer_output(pixels, 3) > 0))
    for layer, expected in [(5, dlogits), (4, behind_second), (2, behind_first)]:
        found = net.output_gradient(layer, dlogits.copy(), caches)
        np.testing.assert_allclose(found, expected)


def filtered(kernel: Array, image: Array) -> Array:
    windows = np.lib.stride_tricks.sliding_window_view(image, (5, 5), axis=(1, 2))
    return np.einsum("crs,chwrs->hw", kernel.reshape(-1, 5, 5), windows)


@pytest.mark.parametrize(("config", "side"), [(DENSE, 4), (CONV, 16)])
@pytest.mark.parametrize("n", [0, 1, 2, 31, 450, 1_000])
def test_logits_do_not_depend_on_how_many_are_read_at_once(
    config: TrainingConfig, side: int, n: int
) -> None:
    net, pixels = network(config, side), images(n, side)
    together = net.logits(pixels)
    assert together.shape == (3, n)
    for i in {0, n // 2, n - 1} & set(range(n)):
        np.testing.assert_allclose(together[:, [i]], net.logits(pixels[i : i + 1]))


def test_logits_are_the_same_from_many_threads_at_once(data: Data) -> None:
    config = TrainingConfig(convolution="small", hidden=(16,))
    net = config.network((28, 28), 10)
    net.initialize("he", np.random.default_rng(0))
    parts = [data.test.images[start : start + 150] for start in range(0, 2_400, 150)]
    alone = [net.logits(part) for part in parts]
    with ThreadPoolExecutor(8) as pool:
        for _ in range(2):
            for found, right in zip(pool.map(net.logits, parts), alone, strict=True):
                np.testing.assert_array_equal(found, right)


def test_reading_changes_nothing() -> None:
    net, pixels = network(CONV, 16), images(9, 16)
    before, kept = net.parameters.flat.copy(), pixels.copy()
    net.probabilities(pixels)
    np.testing.assert_array_equal(net.parameters.flat, before)
    np.testing.assert_array_equal(pixels, kept)


@pytest.mark.parametrize(("config", "side"), [(DENSE, 4), (CONV, 16)])
def test_pixels_are_divided_by_255_with_the_sample_last(config: TrainingConfig, side: int) -> None:
    net, pixels = network(config, side, "float32"), images(5, side)
    x = net.prepare_input(pixels, net.caches())
    assert x.shape == (1, side, side, 5)
    assert x.dtype == np.float32
    expected = np.moveaxis(pixels, 0, -1)[np.newaxis] / 255
    np.testing.assert_allclose(x, expected, rtol=1e-6)


@pytest.mark.parametrize(("config", "side"), [(DENSE, 4), (CONV, 16)])
def test_probabilities_are_those_of_the_logits(config: TrainingConfig, side: int) -> None:
    net, pixels = network(config, side), images(20, side)
    p = net.probabilities(pixels)
    odds = np.exp(net.logits(pixels))
    np.testing.assert_allclose(p, odds / odds.sum(axis=0))


@pytest.mark.parametrize("config", [DENSE, CONV, TrainingConfig(hidden=())])
def test_all_weights_lie_before_all_biases(config: TrainingConfig) -> None:
    net = config.network((16, 16), 3)
    layers = [p for p in net.parameters.by_layer if p]
    weights, biases = [w for w, _ in layers], [b for _, b in layers]
    assert net.weight_count == sum(w.size for w in weights)
    assert net.size == net.parameters.flat.size == net.weight_count + sum(b.size for b in biases)
    net.parameters.flat[:] = np.arange(net.size)
    in_order = np.concatenate([part.ravel() for part in (*weights, *biases)])
    np.testing.assert_array_equal(in_order, np.arange(net.size))


def test_number_of_parameters_of_the_recipe() -> None:
    net = TrainingConfig(hidden=(10,)).network((28, 28), 10)
    assert net.size == 784 * 10 + 10 + 10 * 10 + 10
    assert net.parameters.flat.dtype == np.float32


def test_a_copy_learns_on_its_own() -> None:
    net, pixels = network(DENSE, 4), images(3, 4)
    twin = net.copy()
    np.testing.assert_array_equal(twin.logits(pixels), net.logits(pixels))
    before = net.parameters.flat.copy()
    twin.parameters.flat += 1
    np.testing.assert_array_equal(net.parameters.flat, before)


@given(
    side=st.integers(1, 9),
    classes=st.integers(1, 20),
    hidden=st.lists(st.integers(1, 30), max_size=3).map(tuple),
)
@settings(max_examples=40)
def test_nothing_assumes_28_pixels_or_ten_classes(
    side: int, classes: int, hidden: tuple[int, ...]
) -> None:
    net = TrainingConfig(hidden=hidden).network((side, side + 2), classes)
    net.initialize("glorot", np.random.default_rng(0))
    pixels = np.full((2, side, side + 2), 128, np.uint8)
    assert net.classes == classes
    np.testing.assert_allclose(net.probabilities(pixels).sum(axis=0), 1, rtol=1e-5)


@given(arguments=st.tuples(st.sampled_from(["he", "glorot", "uniform"]), st.integers(0, 9)))
def test_the_same_seed_draws_the_same_weights(arguments: tuple[str, int]) -> None:
    initializer, seed = arguments
    flats = []
    for chosen in (seed, seed, seed + 1):
        net = DENSE.network((4, 4), 3)
        net.initialize(initializer, np.random.default_rng(chosen))
        flats.append(net.parameters.flat)
    np.testing.assert_array_equal(flats[0], flats[1])
    assert not np.array_equal(flats[0], flats[2])


@dataclass(frozen=True)
class Polynomial:
    """A layer of somebody's own: y = Σ_k c_k x^(k + 1), one coefficient a power and input."""

    powers: int

    def output_shape(self, input_shape: Shape) -> Shape:
        return input_shape

    def parameter_shapes(self, input_shape: Shape) -> tuple[Shape, ...]:
        return tuple((input_shape[0], 1) for _ in range(self.powers))

    def initialize(
        self, parameters: Parameters, initializer: Initializer, rng: np.random.Generator
    ) -> None:
        """It begins as the identity."""
        for power, coefficients in enumerate(parameters):
            coefficients[...] = power == 0

    def forward(self, parameters: Parameters, x: Floats, cache: Cache) -> Floats:
        cache["x"] = x
        return sum((c * x ** (k + 1) for k, c in enumerate(parameters)), np.zeros_like(x))

    def parameter_gradient(self, dy: Floats, cache: Cache, gradient: Parameters) -> None:
        x = cache["x"]
        for k, dc in enumerate(gradient):
            dc[...] = (dy * x ** (k + 1)).sum(axis=1, keepdims=True)

    def input_gradient(self, parameters: Parameters, dy: Floats, cache: Cache) -> Floats:
        x = cache["x"]
        slope = sum(((k + 1) * c * x**k for k, c in enumerate(parameters)), np.zeros_like(x))
        return dy * slope


@pytest.mark.parametrize("powers", [1, 2, 3])
def test_a_layer_of_ones_own_may_learn_any_number_of_arrays(powers: int) -> None:
    net = Network((Flatten(), Polynomial(powers), Dense(3)), (1, 2, 2), np.float64)
    rng = np.random.default_rng(0)
    net.initialize("he", rng)
    plain = Network((Flatten(), Dense(3)), (1, 2, 2), np.float64)
    plain.parameters.by_layer[1][0][:] = net.parameters.by_layer[2][0]
    pixels, labels = images(BATCH, 2), np.array([0, 2, 1, 2])
    np.testing.assert_allclose(net.logits(pixels), plain.logits(pixels))
    assert net.size == 4 * powers + 3 * 4 + 3
    assert net.weight_count == 4 + 3 * 4, "the first array of each layer"
    net.parameters.flat[:] = rng.normal(0, 0.5, net.size)
    measured = slopes(lambda: mean_loss(net, pixels, labels, 5), net.parameters.flat)
    np.testing.assert_allclose(gradient(net, pixels, labels, 5), measured, rtol=1e-5, atol=1e-9)
