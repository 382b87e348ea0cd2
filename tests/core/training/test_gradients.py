"""The gradient of a batch is that of one piece, and the same to the bit whoever computes it."""

import multiprocessing
import os
import signal
import threading
from itertools import chain, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mnist_core.arrays import Batch, Pixels
from mnist_core.data import Dataset
from mnist_core.nn.losses import BatchLoss
from mnist_core.nn.network import Network
from mnist_core.training.augmentation import Augmenter
from mnist_core.training.config import TrainingConfig
from mnist_core.training.gradients import BatchGradient
from mnist_core.training.parallel import SeveralProcesses, several
from mnist_core.training.parallel import process as process_module
from mnist_core.training.parallel.memory import MOST
from mnist_core.training.parallel.several import pieces
from mnist_core.training.random_streams import RandomStreams
from mnist_core.training.shards import MOST_SHARDS, divide, passes

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
    loss, gradient = net.loss_and_gradient(images, labels)
    return loss.total, loss.correct, gradient.flat


class Gradient:
    """The gradient of whole batches, `sum`, by one process or several."""

    def __init__(
        self, net: Network, some: Dataset, seed: int = 0, augmentation: float = 0.0
    ) -> None:
        self.network, self.sum = net, net.zeros()
        self.alone = BatchGradient(net, some, seed, augmentation)
        self.several = SeveralProcesses(self.alone)

    def __enter__(self) -> "Gradient":
        return self

    def __exit__(self, *error: object) -> None:
        self.several.__exit__(*error)

    def __call__(self, batch: Batch, iteration: int, processes: int = 1) -> BatchLoss:
        shards = divide(batch, iteration, self.network.smallest_shard)
        return self.several(shards, self.sum, processes)


@pytest.mark.parametrize(
    ("config", "side", "sizes"),
    [(DENSE, 6, [1, 31, 1_120, 1_121, 2_500, 3_000]), (CONV, 16, [1, 47, 49, 130])],
)
def test_shares_and_passes_give_the_gradient_of_one_piece(
    config: TrainingConfig, side: int, sizes: list[int]
) -> None:
    """One gradient for batches of many sizes, in turn: none may spoil the next."""
    some, net = dataset(3_000, side), network(config, side)
    rng = np.random.default_rng(2)
    with Gradient(net, some, seed=0) as gradient:
        for iteration, size in enumerate([*sizes, *reversed(sizes)]):
            batch = rng.choice(len(some), size, replace=False)
            loss = gradient(batch, iteration)
            total, correct, expected = in_one_piece(net, some.images[batch], some.labels[batch])
            assert loss.total == pytest.approx(total)
            assert loss.correct == correct
            np.testing.assert_allclose(gradient.sum.flat, expected, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("threads", [1, 2])
def test_examples_side_by_side_are_the_same_as_examples_by_number(threads: int) -> None:
    some, net = dataset(2_000, 6), network(DENSE, 6)
    with Gradient(net, some, seed=0) as gradient:
        by_range = with_help(gradient, range(100, 1_900), 0, threads)
        found = gradient.sum.flat.copy()
        by_number = gradient(np.arange(100, 1_900), 0, threads)
        assert by_range == by_number
        np.testing.assert_array_equal(found, gradient.sum.flat)


def test_an_example_may_come_twice() -> None:
    some, net = dataset(50, 6), network(DENSE, 6)
    batch = np.array([3, 3, 7])
    with Gradient(net, some, seed=0) as gradient:
        gradient(batch, 0)
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


def with_help(gradient: Gradient, batch: Batch, iteration: int, threads: int) -> BatchLoss:
    """Ask, again and again, until so many processes have worked on the batch."""
    loss = gradient(batch, iteration, threads)
    while gradient.several.count < threads:
        loss = gradient(batch, iteration, threads)
    return loss


@pytest.mark.parametrize(
    ("config", "augmentation", "sizes"),
    [(DENSE, 0.0, [3_000, 70, 20]), (DROPOUT, 0.5, [3_000, 70]), (CONV, 0.0, [300, 130, 97])],
)
@pytest.mark.parametrize("threads", [2, 3])
def test_to_the_bit_it_does_not_matter_who_helps(
    config: TrainingConfig, augmentation: float, sizes: list[int], threads: int
) -> None:
    some, net = dataset(3_000, 16), network(config, 16)
    batches = [np.random.default_rng(2).choice(len(some), size) for size in sizes]
    with (
        Gradient(net, some, 5, augmentation) as alone,
        Gradient(net, some, 5, augmentation) as helped,
    ):
        with_help(helped, range(len(some)), 0, threads)
        for iteration, batch in enumerate([range(len(some)), *batches]):
            assert helped(batch, iteration, threads) == alone(batch, iteration)
            np.testing.assert_array_equal(helped.sum.flat, alone.sum.flat)
            assert helped.several.count == min(threads, max(1, len(batch) // net.smallest_shard))


def test_whoever_helps_sees_the_latest_parameters() -> None:
    some, net = dataset(500, 6), network(DENSE, 6)
    batch = np.arange(500)
    with Gradient(net, some, seed=0) as gradient:
        with_help(gradient, batch, 0, 2)
        net.parameters.flat *= 0.5
        gradient(batch, 1, 2)
        expected = in_one_piece(net, some.images, some.labels)[2]
        np.testing.assert_allclose(gradient.sum.flat, expected, rtol=1e-9, atol=1e-12)


@given(
    n=st.integers(1, 5_000),
    smallest=st.integers(1, 100),
    processes=st.integers(1, 12),
    of=st.sampled_from([np.arange(20, 6_000), range(20, 6_000)]),
)
def test_the_shares_of_a_batch_and_their_pieces_for_any_number_of_processes(
    n: int, smallest: int, processes: int, of: Batch
) -> None:
    batch = of[:n]
    shards = divide(batch, 7, smallest)
    samples, numbers, sizes, iterations = zip(*shards, strict=True)
    assert list(numbers) == list(range(len(shards)))
    assert len(numbers) <= min(MOST_SHARDS, max(1, n // smallest))
    assert list(chain.from_iterable(samples)) == list(range(20, 20 + n))
    assert set(sizes) == {n}
    assert set(iterations) == {7}
    count = min(processes, len(shards))
    parts = pieces(shards, count)
    assert list(chain.from_iterable(parts)) == shards
    lengths = [len(part) for part in parts]
    assert len(lengths) == count
    assert max(lengths) - min(lengths) <= 1
    assert count == 1 or max(lengths[1:]) <= MOST


def gradient_of(config: TrainingConfig, seed: int, augmentation: float) -> np.ndarray:
    some, net = dataset(3_000, 16), network(config, 16)
    with Gradient(net, some, seed, augmentation) as gradient:
        gradient(np.arange(2_000), 0)
        first = gradient.sum.flat.copy()
        gradient(np.arange(2_000), 1)
        return np.stack([first, gradient.sum.flat])


@pytest.mark.parametrize(("config", "augmentation"), [(DROPOUT, 0.0), (DENSE, 1.0)])
def test_dropout_and_augmentation_follow_the_seed_and_the_iteration(
    config: TrainingConfig, augmentation: float
) -> None:
    found = gradient_of(config, 5, augmentation)
    np.testing.assert_array_equal(found, gradient_of(config, 5, augmentation))
    assert not np.allclose(found, gradient_of(config, 6, augmentation))
    assert not np.allclose(found[0], found[1]), "each batch is drawn anew"


def test_no_two_shares_draw_the_same_numbers() -> None:
    streams, drawn = RandomStreams(3), set()
    for iteration, share in product(range(50), range(MOST_SHARDS)):
        streams.at(iteration, share)
        drawn |= set(streams.rng.integers(0, 1 << 62, 20))
    assert len(drawn) == 50 * MOST_SHARDS * 20


def test_without_dropout_and_augmentation_nothing_is_left_to_chance() -> None:
    found = gradient_of(DENSE, 5, 0.0)
    np.testing.assert_array_equal(found[0], found[1])
    np.testing.assert_array_equal(found, gradient_of(DENSE, 6, 0.0))


def test_the_gradient_is_that_of_the_augmented_images() -> None:
    """The numbers of a share can be drawn once more, and so can its images."""
    some, net = dataset(60, 16), network(DENSE, 16)
    kept, batch = some.images.copy(), np.arange(20, 50)
    with Gradient(net, some, 4, 0.7) as gradient:
        gradient(batch, 9)
        found = gradient.sum.flat
    streams = RandomStreams(4)
    streams.at(9, 0)
    images = Augmenter(0.7, (16, 16))(some.images[batch], streams.rng)
    assert not np.array_equal(images, some.images[batch])
    np.testing.assert_allclose(found, in_one_piece(net, images, some.labels[batch])[2])
    np.testing.assert_array_equal(some.images, kept)


def test_leaving_it_ends_its_processes() -> None:
    before = set(multiprocessing.active_children())
    some, net = dataset(3_000, 6), network(DENSE, 6)
    with Gradient(net, some, seed=0) as gradient:
        with_help(gradient, np.arange(3_000), 0, 3)
        assert len(set(multiprocessing.active_children()) - before) == 2
    assert set(multiprocessing.active_children()) == before


def test_who_is_lost_has_its_work_done_here_and_is_not_replaced() -> None:
    before = set(multiprocessing.active_children())
    some, net = dataset(3_000, 6), network(DENSE, 6)
    batch = np.arange(3_000)
    with Gradient(net, some, 0) as gradient, Gradient(net, some, 0) as alone:
        with_help(gradient, batch, 0, 2)
        (process,) = set(multiprocessing.active_children()) - before
        os.kill(process.pid or 0, signal.SIGSTOP)
        threading.Timer(0.3, process.kill).start()
        assert gradient(batch, 1, 2) == alone(batch, 1), "lost while it works"
        np.testing.assert_array_equal(gradient.sum.flat, alone.sum.flat)
        assert gradient(batch, 2, 2) == alone(batch, 2)
        assert gradient.several.count == 1
        assert set(multiprocessing.active_children()) == before


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), MemoryError()])
def test_where_no_process_can_begin_one_works_alone(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(several.SharedDataset, "of", fail)
    some, net = dataset(3_000, 6), network(DENSE, 6)
    batch = np.arange(3_000)
    with Gradient(net, some, 0) as gradient, Gradient(net, some, 0) as alone:
        for iteration in range(3):
            assert gradient(batch, iteration, 3) == alone(batch, iteration)
            assert gradient.several.count == 1


def test_images_that_fill_the_memory_are_not_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    before = set(multiprocessing.active_children())
    some, net = dataset(3_000, 6), network(DENSE, 6)
    monkeypatch.setattr(several, "LARGEST", some.images.nbytes - 1)
    with Gradient(net, some, seed=0) as gradient:
        gradient(np.arange(3_000), 0, 3)
        assert set(multiprocessing.active_children()) == before


def test_who_is_not_needed_ends_and_is_begun_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process_module, "IDLE_SECONDS", 0.5)
    before = set(multiprocessing.active_children())
    some, net = dataset(500, 6), network(DENSE, 6)
    batch = np.arange(500)
    with Gradient(net, some, seed=0) as gradient:
        with_help(gradient, batch, 0, 2)
        (process,) = set(multiprocessing.active_children()) - before
        process.join(10)
        assert process.exitcode == 0
        with_help(gradient, batch, 1, 2)
        assert gradient.several.count == 2


def test_a_label_that_no_class_has_is_an_error_with_help_or_without() -> None:
    some, net = dataset(3_000, 6), network(DENSE, 6)
    faulty = Dataset(some.images, np.where(np.arange(3_000) < 2_900, some.labels, np.uint8(77)))
    with Gradient(net, faulty, seed=0) as gradient:
        with_help(gradient, np.arange(2_900), 0, 2)
        with pytest.raises(IndexError, match="77"):
            gradient(np.arange(3_000), 1, 2)
