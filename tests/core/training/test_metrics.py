"""How good a network is, by scikit-learn's count."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from sklearn.metrics import accuracy_score, log_loss
from sklearn.metrics import confusion_matrix as sklearn_confusion

from mnist_core.data import Data, Dataset
from mnist_core.errors import LabError
from mnist_core.evaluation.attack import accuracy_under_attack
from mnist_core.evaluation.predictions import predictions
from mnist_core.nn.network import Network
from mnist_core.training.config import TrainingConfig
from mnist_core.training.metrics import confusion_matrix, evaluate


@pytest.fixture
def network() -> Network:
    net = TrainingConfig(hidden=(12,)).network((28, 28), 10)
    net.initialize("uniform", np.random.default_rng(0))
    return net


def sklearn_figures(
    network: Network, images: np.ndarray, labels: np.ndarray
) -> tuple[float, float]:
    p = network.probabilities(images).T.astype(float)
    p /= p.sum(axis=1, keepdims=True)
    accuracy = accuracy_score(labels, p.argmax(axis=1))
    return float(log_loss(labels, p, labels=range(10))), float(accuracy)


def test_evaluate_all(data: Data, network: Network) -> None:
    few = Dataset(data.test.images[:1_500].copy(), data.test.labels[:1_500].copy())
    found = evaluate(network, few)
    loss, accuracy = sklearn_figures(network, few.images, few.labels)
    assert found.n == 1_500
    assert found.loss == pytest.approx(loss, rel=1e-4)
    assert found.accuracy == accuracy


def test_evaluate_some(data: Data, network: Network) -> None:
    some = np.array([5, 3, 9_999, 3, 700])
    found = evaluate(network, data.test, some)
    loss, accuracy = sklearn_figures(network, data.test.images[some], data.test.labels[some])
    assert found.n == 5
    assert found.loss == pytest.approx(loss, rel=1e-4)
    assert found.accuracy == accuracy


@given(
    pairs=st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), min_size=1, max_size=80),
    spare=st.integers(0, 3),
)
def test_confusion_matrix(pairs: list[tuple[int, int]], spare: int) -> None:
    actual, predicted = np.array(pairs, np.uint8).T
    classes = 12 + spare
    found = confusion_matrix(actual, predicted, classes)
    np.testing.assert_array_equal(
        found, sklearn_confusion(actual, predicted, labels=range(classes))
    )
    assert found.sum() == len(pairs)


def test_confusion_matrix_takes_the_true_labels_first() -> None:
    """Two pictures of a 0, of which one is called 2; a swap would count a 2 that is called 0."""
    y_true, y_pred = np.array([0, 0, 1], np.uint8), np.array([0, 2, 1], np.uint8)
    right = [[1, 0, 1], [0, 1, 0], [0, 0, 0]]
    assert confusion_matrix(y_true, y_pred, 3).tolist() == right
    assert confusion_matrix(y_pred=y_pred, y_true=y_true, classes=3).tolist() == right
    assert sklearn_confusion(y_true=y_true, y_pred=y_pred).tolist() == right


def test_more_classes_than_a_byte_can_multiply() -> None:
    """Pairs of labels are counted in one number, which must not wrap round at 256."""
    labels = np.arange(250, dtype=np.uint8)
    np.testing.assert_array_equal(confusion_matrix(labels, labels, 250), np.eye(250))


def test_figures_are_pythons_own_numbers(data: Data, network: Network) -> None:
    """They are printed and written into files as numbers, not as NumPy's scalars."""
    found = evaluate(network, data.test, np.arange(10))
    assert [type(figure) for figure in (found.loss, found.accuracy, found.n)] == [float, float, int]


def under_attack(network: Network, dataset: Dataset) -> NDArray[np.float64]:
    return accuracy_under_attack(network, dataset, [0.1])


@pytest.mark.parametrize("measure", [evaluate, predictions, under_attack])
@pytest.mark.parametrize(
    ("side", "labels", "message"),
    [
        (28, [0, 10], "knows 10 classes, and one of the labels is 10"),
        (28, [], "no pictures to measure"),
        (27, [0, 1], r"reads pictures of \(28, 28\) pixels, and these have \(27, 27\)"),
    ],
)
def test_what_a_network_cannot_be_measured_on_is_refused_in_a_sentence(
    measure: object, side: int, labels: list[int], message: str, network: Network
) -> None:
    dataset = Dataset(np.zeros((len(labels), side, side), np.uint8), np.array(labels, np.uint8))
    with pytest.raises(LabError, match=message):
        measure(network, dataset)  # type: ignore[operator]


def test_a_network_of_zeros_is_as_good_on_what_it_learns_from_as_on_the_rest(data: Data) -> None:
    """Its training figure is counted as its dev figure is."""
    zeros = TrainingConfig(hidden=(4,)).network((28, 28), 10)
    found = evaluate(zeros, data.test)
    assert found.accuracy == np.mean(data.test.labels == 0)
