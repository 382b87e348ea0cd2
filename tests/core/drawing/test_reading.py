"""Reading finds the digits, prepares each, and says what the network says."""

import numpy as np
import pytest

from mnist_core.data import load
from mnist_core.drawing.normalisation import Steps, to_mnist
from mnist_core.drawing.reading import MOST_DIGITS, Answer, prepare_digits, read
from mnist_core.errors import LabError
from mnist_core.training.config import TrainingConfig


@pytest.fixture(scope="module")
def digits() -> np.ndarray:
    return load().test.images[:4]


def test_digits_side_by_side_are_prepared_one_by_one(digits: np.ndarray) -> None:
    row = np.concatenate([np.pad(digit, 6) for digit in digits], axis=1)
    prepared = prepare_digits(row)
    assert [np.array_equal(p.image, d) for p, d in zip(prepared, digits, strict=True)] == [True] * 4
    places = [p.box.left // 40 for p in prepared]
    assert places == [0, 1, 2, 3]


def test_steps_left_out_are_left_out_for_each(digits: np.ndarray) -> None:
    (whole,) = prepare_digits(np.pad(digits[0], 30), Steps(crop=False, centre=False))
    assert whole.box == (0, 0, 88, 88)
    assert not np.array_equal(whole.image, to_mnist(digits[0]))


def test_no_ink_is_no_digit() -> None:
    assert prepare_digits(np.zeros((50, 60), np.uint8)) == ()


def test_a_page_full_of_marks_is_refused() -> None:
    dots = np.zeros((40, 40 * (MOST_DIGITS + 1)), np.uint8)
    dots[10:30, 10::40] = 255
    with pytest.raises(LabError, match=r"41 separate marks"):
        prepare_digits(dots)


def test_answers_are_the_networks_columns(digits: np.ndarray) -> None:
    network = TrainingConfig(hidden=(8,)).network((28, 28), 10)
    network.initialize("he", np.random.default_rng(1))
    expected = network.probabilities(digits)
    answers = read(network, digits)
    for column, answer in zip(expected.T, answers, strict=True):
        assert np.array_equal(answer.probabilities, column)
    assert read(network, digits[:0]) == ()


def test_the_likeliest_and_the_runner_up() -> None:
    answer = Answer(np.array([0.1, 0.2, 0.6, 0.1]))
    assert (answer.digit, answer.runner_up, answer.probability) == (2, 1, pytest.approx(0.6))
