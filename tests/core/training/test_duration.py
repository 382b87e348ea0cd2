"""How long a training takes: what it computes, counted by hand, and what that takes here."""

from dataclasses import replace

import numpy as np
import pytest

from mnist_core.data import Dataset
from mnist_core.errors import LabError
from mnist_core.training.config import TrainingConfig
from mnist_core.training.duration import expected_seconds, machine_speed, work_of

LAYERS, PARAMETERS, PIXELS, VARIED, DENSE, CONVOLVED = range(6)


def one(part: int) -> np.ndarray:
    """A machine on which only this part takes time: a second each."""
    return np.eye(6)[part]


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    """1,200 pictures of three classes, 8 by 8 pixels: 200 are the dev set."""
    count = 1_200
    return Dataset(np.zeros((count, 8, 8), np.uint8), np.arange(count, dtype=np.uint8) % 3)


@pytest.mark.parametrize(
    ("config", "layers", "dense", "convolved"),
    [
        (TrainingConfig(hidden=(128,)), 2, 784 * 128 + 128 * 10, 0),
        (TrainingConfig(hidden=()), 1, 784 * 10, 0),
        (
            TrainingConfig(convolution="small", hidden=(64,)),
            4,
            16 * 4 * 4 * 64 + 64 * 10,
            24 * 24 * 8 * 25 + 8 * 8 * 16 * 25 * 8,
        ),
        (
            TrainingConfig(convolution="quick", hidden=()),
            3,
            48 * 4 * 4 * 10,
            12 * 12 * 8 * 25 + 4 * 4 * 48 * 25 * 8,
        ),
    ],
)
def test_the_multiply_adds_of_a_picture_are_counted(
    config: TrainingConfig, layers: int, dense: int, convolved: int
) -> None:
    work = work_of(config, (28, 28), 10)
    assert work.read.tolist() == [0, 0, 784, 0, dense, convolved]
    assert work.learned.tolist() == [0, 0, 784, 0, 3 * dense, 3 * convolved]
    parameters = config.network((28, 28), 10).size
    assert work.step.tolist() == [layers, parameters, 0, 0, 0, 0]


def test_pictures_are_varied_when_they_are_learned_and_not_when_they_are_read() -> None:
    work = work_of(TrainingConfig(augmentation=0.3), (28, 28), 10)
    assert (work.learned[VARIED], work.read[VARIED]) == (784, 0)


def test_steps_pictures_and_points_of_the_curve_are_counted(dataset: Dataset) -> None:
    """1,000 pictures in batches of 300: four steps an epoch, forty in all, a point every seven."""
    config = TrainingConfig(hidden=(), batch_size=300, epochs=10, record_every=7)
    assert expected_seconds(config, dataset, one(LAYERS)) == 40
    read = (1 + 40 // 7) * 200
    learned = 10 * 1_000
    assert expected_seconds(config, dataset, one(PIXELS)) == (learned + read) * 64
    assert expected_seconds(config, dataset, one(DENSE)) == (3 * learned + read) * 64 * 3
    fewer = replace(config, examples=100, batch_size=None)
    assert expected_seconds(fewer, dataset, one(LAYERS)) == 10


def test_processes_share_what_is_learned_and_nothing_else(dataset: Dataset) -> None:
    """A batch of 300 has four shares of 64 or more."""
    config = TrainingConfig(hidden=(), batch_size=300, epochs=10, record_every=100_000)
    for part, alone in ((LAYERS, True), (PARAMETERS, True), (VARIED, False)):
        varied = replace(config, augmentation=0.5)
        whole = expected_seconds(varied, dataset, one(part))
        assert expected_seconds(varied, dataset, one(part), processes=2) == whole / (2 - alone)
        assert expected_seconds(varied, dataset, one(part), processes=9) == whole / (4 - 3 * alone)


def test_a_pace_is_the_least_that_it_takes(dataset: Dataset) -> None:
    config = TrainingConfig(batch_size=100, epochs=10)
    assert expected_seconds(config, dataset, one(LAYERS) * 1e-6, pace=5) == 100 / 5
    assert expected_seconds(config, dataset, one(LAYERS) * 3, pace=5) == 100 * 2 * 3


def test_pictures_that_are_too_small_for_the_filters_are_refused(dataset: Dataset) -> None:
    with pytest.raises(LabError, match="at least 16 pixels"):
        expected_seconds(TrainingConfig(convolution="small"), dataset, one(LAYERS))


def test_what_this_machine_takes_is_measured_once() -> None:
    speed = machine_speed()
    assert machine_speed() is speed
    assert np.isfinite(speed).all()
    assert (speed >= 0).all()
    assert speed[[LAYERS, DENSE, CONVOLVED]].all(), "each of them takes some time"
