"""The gradient of a batch is the same in one piece, in passes, and by several processes."""

import multiprocessing

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mnist_core.arrays import Pixels
from mnist_core.data import Dataset
from mnist_core.nn.losses import softmax_cross_entropy
from mnist_core.nn.network import LearningTape, Network
from mnist_core.training.augmentation import Augmenter
from mnist_core.training.config import TrainingConfig
from mnist_core.training.gradients import BatchGradient
from mnist_core.training.worker import passes

CLASSES = 4
DENSE = TrainingConfig(hidden=(6,), activation="tanh")
CONV = TrainingConfig(convolution="small", hidden=(5,), activation="tanh")
DROPOUT = TrainingConfig(hidden=(40,), dropout=0.5)


def dataset(n: int, side: int) -> Dataset:
    rng = np.random.default_rng(0)
    images = rng.integers(0, 256, (n, side, side), dtype=np.uint8)
    return Dataset(images, rng.integers(0, CLASSES, n).astype(np.uint8))


def network(config: TrainingConfig, side: int) -> Network:
    net = config.network((side, side), CLASSES, "float64")
    net.parameters.flat[:] = np.random.default_rng(1).normal(0, 0.3, net.size)
    return net


def in_one_piece(net: Network, images: Pixels, labels: np.ndarray) -> tuple[float, int, np.ndarray]:
    tape, gradient = LearningTape(net, np.random.default_rng(0)), net.zeros()
    logits = net.forward(net.prepare_input(images, tape), tape)
    dlogits = np.empty_like(logits)
    loss = softmax_cross_entropy(logits, labels, dlogits, len(labels))
    net.backward(dlogits, tape, gradient)
    return loss.total, loss.correct, gradient.flat


@pytest.mark.parametrize("threads", [1, 2, 3])
@pytest.mark.parametrize(
    ("config", "side", "sizes"),
    [(DENSE, 6, [1, 31, 1_120, 1_121, 2_500, 3_000]), (CONV, 16, [1, 47, 49, 130])],
)
def test_passes_and_threads_give_the_gradient_of_one_piece(
    config: TrainingConfig, side: int, sizes: list[int], threads: int
) -> None:
    """One gatherer for batches of many sizes, in turn: none may spoil the next."""
    some, net = dataset(3_000, side), network(config, side)
    rng = np.random.default_rng(2)
    with BatchGradient(net, some, np.random.default_rng(0).spawn(threads), len(some)) as gradient:
        for size in [*sizes, *reversed(sizes)]:
            batch = rng.choice(len(some), size, replace=False)
            loss = gradient(batch)
            total, correct, expected = in_one_piece(net, some.images[batch], some.labels[batch])
            assert loss.total == pytest.approx(total)
            assert loss.correct == correct
            np.testing.assert_allclose(gradient.sum.flat, expected, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("threads", [1, 2])
def test_examples_side_by_side_are_the_same_as_examples_by_number(threads: int) -> None:
    some, net = dataset(2_000, 6), network(DENSE, 6)
    with BatchGradient(net, some, np.random.default_rng(0).spawn(threads), len(some)) as gradient:
        by_range = gradient(range(100, 1_900))
        found = gradient.sum.flat.copy()
        by_number = gradient(np.arange(100, 1_900))
        assert by_range == by_number
        np.testing.assert_array_equal(found, gradient.sum.flat)


def test_an_example_may_come_twice() -> None:
    some, net = dataset(50, 6), network(DENSE, 6)
    batch = np.array([3, 3, 7])
    with BatchGradient(net, some, np.random.default_rng(0).spawn(1), len(some)) as gradient:
        gradient(batch)
        expected = in_one_piece(net, some.images[batch], some.labels[batch])[2]
        np.testing.assert_allclose(gradient.sum.flat, expected)


@given(n=st.integers(1, 5_000), longest=st.integers(1, 1_000))
@settings(max_examples=200)
def test_passes_cover_a_batch_in_as_few_parts_as_can_be(n: int, longest: int) -> None:
    parts = list(passes(np.arange(n), longest))
    assert np.concatenate(parts).tolist() == list(range(n))
    assert max(map(len, parts)) <= longest
    assert len(parts) <= -(-n // longest)
    assert len({len(part) for part in parts[:-1]}) <= 1


def gradient_of(config: TrainingConfig, seed: int, augmentation: float, threads: int) -> np.ndarray:
    some, net = dataset(3_000, 16), network(config, 16)
    rng = np.random.default_rng(seed)
    with BatchGradient(net, some, rng.spawn(threads), len(some), augmentation) as gradient:
        gradient(np.arange(2_000))
        first = gradient.sum.flat.copy()
        gradient(np.arange(2_000))
        return np.stack([first, gradient.sum.flat])


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize(("config", "augmentation"), [(DROPOUT, 0.0), (DENSE, 1.0)])
def test_dropout_and_augmentation_draw_from_the_runs_generator(
    config: TrainingConfig, augmentation: float, threads: int
) -> None:
    found = gradient_of(config, 5, augmentation, threads)
    np.testing.assert_array_equal(found, gradient_of(config, 5, augmentation, threads))
    assert not np.allclose(found, gradient_of(config, 6, augmentation, threads))
    assert not np.allclose(found[0], found[1]), "each batch is drawn anew"


def test_without_dropout_and_augmentation_nothing_is_left_to_chance() -> None:
    found = gradient_of(DENSE, 5, 0.0, 1)
    np.testing.assert_array_equal(found[0], found[1])
    np.testing.assert_array_equal(found, gradient_of(DENSE, 6, 0.0, 1))


def test_the_gradient_is_that_of_the_augmented_images() -> None:
    """A worker's generator is a child of the run's, so the images can be drawn once more."""
    some, net = dataset(60, 16), network(DENSE, 16)
    kept, batch = some.images.copy(), np.arange(20, 50)
    with BatchGradient(net, some, np.random.default_rng(0).spawn(1), len(some), 0.7) as gradient:
        gradient(batch)
        found = gradient.sum.flat
    (own,) = np.random.default_rng(0).spawn(1)
    images = Augmenter(0.7, (16, 16))(some.images[batch], own)
    assert not np.array_equal(images, some.images[batch])
    np.testing.assert_allclose(found, in_one_piece(net, images, some.labels[batch])[2])
    np.testing.assert_array_equal(some.images, kept)


def test_leaving_it_ends_its_processes() -> None:
    before = len(multiprocessing.active_children())
    some, net = dataset(3_000, 6), network(DENSE, 6)
    with BatchGradient(net, some, np.random.default_rng(0).spawn(3), len(some)) as gradient:
        gradient(np.arange(3_000))
        assert len(multiprocessing.active_children()) == before + 2
    assert len(multiprocessing.active_children()) == before


def test_a_fault_in_a_helping_process_comes_out() -> None:
    """A label that no class has, in the second half of a batch."""
    some, net = dataset(3_000, 6), network(DENSE, 6)
    faulty = Dataset(some.images, np.where(np.arange(3_000) < 2_900, some.labels, np.uint8(77)))
    with (
        BatchGradient(net, faulty, np.random.default_rng(0).spawn(2), len(some)) as gradient,
        pytest.raises(IndexError, match="77"),
    ):
        gradient(np.arange(3_000))
