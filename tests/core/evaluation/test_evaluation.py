"""Figures of a network, against published examples, scikit-learn and SciPy."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax
from scipy.stats import binomtest
from sklearn.metrics import precision_recall_fscore_support

from mnist_core.data import Data, split
from mnist_core.evaluation.by_class import by_class
from mnist_core.evaluation.calibration import (
    cooled,
    coverage,
    expected_calibration_error,
    fitted_temperature,
    reliability,
)
from mnist_core.evaluation.comparison import compare, mcnemar
from mnist_core.evaluation.intervals import wilson
from mnist_core.evaluation.predictions import Predictions, predictions
from mnist_core.evaluation.similarity import by_similarity
from mnist_core.files.storage import load_model
from mnist_core.training.metrics import evaluate


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilsons_interval_is_that_of_newcombes_table(
    successes: int, n: int, low: float, high: float
) -> None:
    """Newcombe, "Two-sided confidence intervals for the single proportion" (1998), table I."""
    found = wilson(successes, n)
    assert found == pytest.approx((low, high), abs=5e-5)


@given(st.integers(0, 400), st.integers(0, 400))
def test_wilsons_interval_is_scipys(successes: int, failures: int) -> None:
    n = successes + failures
    if n == 0:
        assert wilson(0, 0) == (0, 1)
        return
    right = binomtest(successes, n).proportion_ci(method="wilson")
    assert wilson(successes, n) == pytest.approx((right.low, right.high), abs=1e-12)


@given(st.integers(0, 300), st.integers(0, 300))
def test_mcnemars_p_value_is_that_of_the_sign_test(first: int, second: int) -> None:
    right = binomtest(first, first + second).pvalue if first + second else 1.0
    assert mcnemar(first, second) == pytest.approx(right, rel=1e-9)


def random_answers(seed: int, n: int = 400, classes: int = 10) -> Predictions:
    """Answers that are often right, with confidences of all sizes."""
    rng = np.random.default_rng(seed)
    labels = rng.integers(classes, size=n).astype(np.uint8)
    logits = rng.normal(0, 2, (classes, n)).astype(np.float32)
    logits[labels, np.arange(n)] += 3
    return Predictions(logits, labels)


def test_the_figures_of_a_class_are_scikit_learns() -> None:
    found = random_answers(0)
    precision, recall, f1, _ = precision_recall_fscore_support(found.labels, found.predicted)
    mine = by_class(found.confusion)
    np.testing.assert_allclose(mine.precision, precision)
    np.testing.assert_allclose(mine.recall, recall)
    np.testing.assert_allclose(mine.f1, f1)


def test_a_class_that_nothing_is_has_no_recall() -> None:
    found = by_class(np.array([[3, 1], [0, 0]]))
    assert np.isnan(found.recall[1])
    assert found.precision.tolist() == [1.0, 0.0]
    assert found.f1.tolist() == [6 / 7, 0.0]


def test_answers_add_up(data: Data) -> None:
    network = load_model("notebook").network
    found = predictions(network, data.test)
    assert found.accuracy == evaluate(network, data.test).accuracy
    assert found.confusion.sum() == found.n == 10_000
    assert np.trace(found.confusion) == found.correct
    assert len(found.mistakes) == found.n - found.correct
    assert not found.right[found.mistakes].any()
    assert (np.diff(found.confidences[found.mistakes]) <= 0).all()


@pytest.mark.parametrize("seed", range(3))
def test_calibration_error_is_the_sum_written_out(seed: int) -> None:
    found = random_answers(seed)
    total = 0.0
    for place in range(15):
        low, high = place / 15, (place + 1) / 15
        members = [i for i in range(found.n) if low < found.confidences[i] <= high]
        if members:
            accuracy = sum(bool(found.right[i]) for i in members) / len(members)
            confidence = sum(float(found.confidences[i]) for i in members) / len(members)
            total += len(members) / found.n * abs(accuracy - confidence)
    assert expected_calibration_error(found) == pytest.approx(total, abs=1e-6)
    assert sum(one.n for one in reliability(found)) == found.n


def test_a_network_that_is_right_as_often_as_it_says_has_no_error() -> None:
    """Confidence 0.75 in all, and three of four right."""
    logits = np.tile(np.log([[0.75], [0.25]]), 400).astype(np.float32)
    labels = np.tile([0, 0, 0, 1], 100).astype(np.uint8)
    assert expected_calibration_error(Predictions(logits, labels)) == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("factor", [0.3, 1.0, 4.0])
def test_the_temperature_is_the_one_that_scipy_finds(factor: float) -> None:
    found = random_answers(1)
    logits = found.logits * np.float32(factor)

    def loss(log_temperature: float) -> float:
        told = log_softmax(logits / np.exp(log_temperature), axis=0)
        return -float(told[found.labels, np.arange(found.n)].mean())

    best = np.exp(minimize_scalar(loss, bounds=(-3, 3), method="bounded").x)
    assert fitted_temperature(logits, found.labels) == pytest.approx(best, rel=1e-3)


def test_cooling_changes_how_sure_it_is_and_nothing_else(data: Data) -> None:
    network = load_model("conv").network
    dev = split(data.train, 0).dev[:1_000]
    found = predictions(network, data.train, dev)
    sober = cooled(found, 3.0)
    np.testing.assert_array_equal(sober.predicted, found.predicted)
    assert (sober.confidences <= found.confidences + 1e-6).all()


def test_who_keeps_silent_where_unsure_errs_less_often(data: Data) -> None:
    found = predictions(load_model("notebook").network, data.test)
    covered = coverage(found)
    assert covered.answered[-1] == 1
    assert covered.accuracy[-1] == found.accuracy
    assert covered.accuracy[1_999] > found.accuracy
    for place in (99, 4_999):
        among = found.confidences > covered.threshold[place]
        assert among.sum() <= place + 1
        assert (found.confidences >= covered.threshold[place]).sum() >= place + 1


def test_two_networks_are_compared_picture_by_picture() -> None:
    first, second = random_answers(2), random_answers(2)
    flipped = second.logits.copy()
    flipped[:, :60] = -flipped[:, :60]
    other = Predictions(flipped, second.labels)
    found = compare(first, other)
    cases = (found.both_right, found.only_first, found.only_second, found.both_wrong)
    assert sorted(np.concatenate(cases).tolist()) == list(range(first.n))
    assert all(first.right[i] and not other.right[i] for i in found.only_first)
    assert all(other.right[i] and not first.right[i] for i in found.only_second)
    assert found.p_value < 0.001
    assert compare(first, first).p_value == 1
    with pytest.raises(ValueError, match="same pictures"):
        compare(first, random_answers(3))


def test_classes_that_are_mixed_up_stand_side_by_side() -> None:
    """A chain 3 - 0 - 4 - 1 - 2, hidden behind its numbers."""
    chain = [3, 0, 4, 1, 2]
    counts = np.diag([50] * 5)
    for one, other in pairwise(chain):
        counts[one, other] += 9
    assert by_similarity(counts).tolist() == chain


def test_without_mistakes_every_class_has_its_place() -> None:
    assert sorted(by_similarity(np.diag([5, 6, 7])).tolist()) == [0, 1, 2]
