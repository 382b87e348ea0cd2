"""Softmax and cross-entropy: scikit-learn's figures, measured slopes, logits of any size."""

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.special import log_softmax
from sklearn.metrics import log_loss

from mnist_core.nn.losses import BatchLoss, softmax, softmax_cross_entropy
from tests.core.numeric import slopes

Array = NDArray[np.float64]


def logits_and_labels(
    classes: int, n: int, spread: float, seed: int
) -> tuple[Array, NDArray[np.uint8]]:
    rng = np.random.default_rng(seed)
    return rng.normal(0, spread, (classes, n)), rng.integers(0, classes, n).astype(np.uint8)


cases = (st.integers(2, 12), st.integers(1, 30), st.floats(0, 50), st.integers(0, 999))


@given(*cases)
def test_the_loss_is_scikit_learns(classes: int, n: int, spread: float, seed: int) -> None:
    logits, labels = logits_and_labels(classes, n, spread, seed)
    found, _ = softmax_cross_entropy(logits, labels)
    by_scipy = -log_softmax(logits, axis=0)[labels, np.arange(n)]
    assert found.total == pytest.approx(by_scipy.sum(), rel=1e-9, abs=1e-9)
    if by_scipy.max() < 30:  # scikit-learn takes no probability for less than 2e-16
        by_sklearn = log_loss(labels, softmax(logits).T, labels=range(classes), normalize=False)
        assert found.total == pytest.approx(by_sklearn, rel=1e-6, abs=1e-6)


@given(*cases)
def test_the_count_of_right_ones_is_that_of_argmax(
    classes: int, n: int, spread: float, seed: int
) -> None:
    logits, labels = logits_and_labels(classes, n, spread + 0.01, seed)
    found, _ = softmax_cross_entropy(logits, labels)
    assert found.correct == np.sum(logits.argmax(axis=0) == labels)


@given(st.integers(2, 5), st.integers(1, 5), st.floats(0, 5), st.integers(0, 999))
def test_the_gradient_is_the_central_difference(
    classes: int, n: int, spread: float, seed: int
) -> None:
    logits, labels = logits_and_labels(classes, n, spread, seed)
    batch_size = n + 3
    _, gradient = softmax_cross_entropy(logits, labels, batch_size)

    def function() -> float:
        return softmax_cross_entropy(logits, labels)[0].total / batch_size

    np.testing.assert_allclose(gradient, slopes(function, logits), rtol=1e-5, atol=1e-9)


@given(*cases)
def test_the_gradient_is_p_minus_y(classes: int, n: int, spread: float, seed: int) -> None:
    logits, labels = logits_and_labels(classes, n, spread, seed)
    _, gradient = softmax_cross_entropy(logits, labels)
    one_hot = np.equal.outer(np.arange(classes), labels)
    np.testing.assert_allclose(gradient, (softmax(logits) - one_hot) / n, atol=1e-12)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("label", [0, 1, 2])
def test_logits_of_a_thousand_give_a_finite_loss(dtype: type, label: int) -> None:
    logits = np.array([[1000.0], [-1000.0], [0.0]], dtype)
    found, gradient = softmax_cross_entropy(logits, np.array([label], np.uint8))
    assert found.total == pytest.approx([0, 2000, 1000][label])
    assert found.correct == (label == 0)
    np.testing.assert_allclose(gradient[:, 0], np.eye(3)[0] - np.eye(3)[label], atol=1e-30)
    assert softmax(logits)[:, 0].tolist() == [1, 0, 0]


@given(*cases, st.floats(-500, 500))
def test_adding_a_number_to_all_logits_changes_nothing(
    classes: int, n: int, spread: float, seed: int, shift: float
) -> None:
    logits, labels = logits_and_labels(classes, n, spread, seed)
    np.testing.assert_allclose(softmax(logits + shift), softmax(logits), rtol=1e-6, atol=1e-12)
    one, other = (softmax_cross_entropy(z, labels)[0].total for z in (logits, logits + shift))
    assert one == pytest.approx(other, rel=1e-6, abs=1e-6)


@given(*cases)
def test_softmax_gives_probabilities_and_leaves_its_input(
    classes: int, n: int, spread: float, seed: int
) -> None:
    logits, _ = logits_and_labels(classes, n, spread, seed)
    kept = logits.copy()
    p = softmax(logits)
    assert (p >= 0).all()
    np.testing.assert_allclose(p.sum(axis=0), 1)
    np.testing.assert_array_equal(logits, kept)


def test_the_parts_of_a_batch_add_up() -> None:
    logits, labels = logits_and_labels(10, 50, 3, 0)
    whole, whole_gradient = softmax_cross_entropy(logits, labels)
    added = BatchLoss(0.0, 0)
    for part in (slice(0, 20), slice(20, 50)):
        found, gradient = softmax_cross_entropy(logits[:, part], labels[part], 50)
        np.testing.assert_allclose(gradient, whole_gradient[:, part])
        added += found
    assert added.total == pytest.approx(whole.total)
    assert added.correct == whole.correct


def test_a_number_that_is_none_is_never_counted_as_right() -> None:
    logits = np.full((3, 2), np.nan)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found, _ = softmax_cross_entropy(logits, np.zeros(2, np.uint8))
    assert np.isnan(found.total)
    assert found.correct == 0


def test_the_first_of_equal_logits_is_the_answer() -> None:
    """A network of zeros has an answer for each sample, and it is the class 0."""
    labels = np.array([0, 1, 2, 0], np.uint8)
    logits = np.zeros((3, 4), np.float32)
    assert softmax_cross_entropy(logits, labels)[0].correct == 2


@pytest.mark.parametrize("gap", [5, 20, 60, 80])
def test_the_gradient_of_a_sure_network_is_float64s(gap: float) -> None:
    """In float32 the label's probability rounds to 1 from a gap of 17 on, and p - 1 to 0."""
    labels = np.array([0, 1], np.uint8)
    logits = np.array([[gap, 0], [0, gap], [1, -2]], np.float64)
    _, exact = softmax_cross_entropy(logits, labels, 1)
    p = np.exp(logits - gap) / np.exp(logits - gap).sum(axis=0)
    others = [p[1, 0] + p[2, 0], p[0, 1] + p[2, 1]]
    np.testing.assert_allclose(exact[labels, [0, 1]], np.negative(others), rtol=1e-12)
    _, found = softmax_cross_entropy(logits.astype(np.float32), labels, 1)
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, exact, rtol=1e-5)
