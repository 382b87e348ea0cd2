"""Doubtful labels, on made-up opinions and on MNIST's test pictures."""

import numpy as np
import pytest
from sklearn.neighbors import KNeighborsClassifier

from mnist_core.data import Data, Dataset
from mnist_core.exploration.label_errors import label_errors, neighbour_votes
from mnist_core.files.storage import load_model
from tests.conftest import Tell

DOUBTED = {947, 1621, 1901, 2130, 2462, 2597, 2654, 3520, 3558, 5937, 6651, 6783, 8527, 9679, 9729}
"""Test pictures whose label had no majority among five people: `mnist_mturk.json` of cleanlab's
label-errors, <https://github.com/cleanlab/label-errors>."""


ALIKE = Dataset(np.zeros((20, 2, 2), np.uint8), np.repeat([0, 1], 10).astype(np.uint8))
"""Examples that all look the same, so that the neighbours' votes are the first ten labels."""


def judged(*labels: int) -> Dataset:
    return Dataset(np.zeros((len(labels), 2, 2), np.uint8), np.array(labels, np.uint8))


def test_the_least_probable_label_comes_first() -> None:
    first = np.array([[0.9, 0.8, 0.3], [0.1, 0.2, 0.7]])
    second = np.array([[0.7, 0.9, 0.6], [0.3, 0.1, 0.4]])
    found = label_errors(ALIKE, judged(0, 1, 1), [first, second], 2)
    assert [suspect.index for suspect in found] == [1, 2]
    assert (found[0].label, found[0].instead) == (1, 0)
    assert found[0].confidence == pytest.approx((0.2 + 0.1 + 0) / 3)
    assert found[1].opinions == (1, 0, 0)


def test_the_alternative_is_never_the_label() -> None:
    opinion = np.array([[0.2, 1.0], [0.3, 0.0], [0.5, 0.0]])
    found = label_errors(ALIKE, judged(2, 0), [opinion], 2)
    assert [suspect.instead for suspect in found] == [0, 1]


def test_votes_are_scikit_learns(data: Data) -> None:
    train = Dataset(data.train.images[:3000], data.train.labels[:3000])
    images = data.test.images[:200]
    oracle = KNeighborsClassifier(n_neighbors=10, algorithm="brute")
    oracle.fit(train.images.reshape(3000, -1).astype(float), train.labels)
    expected = oracle.predict_proba(images.reshape(200, -1).astype(float)).T
    np.testing.assert_allclose(neighbour_votes(train, images, 10), expected)


def test_no_training_picture_votes_for_its_own_label(data: Data) -> None:
    train = Dataset(data.train.images[:500], data.train.labels[:500])
    oracle = KNeighborsClassifier(n_neighbors=10, algorithm="brute")
    oracle.fit(train.images.reshape(500, -1).astype(float), train.labels)
    others = oracle.kneighbors(return_distance=False)  # of each example, itself left out
    expected = [np.bincount(train.labels[row], minlength=10) / 10 for row in others[100:300]]
    own = np.arange(100, 300)
    votes = neighbour_votes(train, train.images[own], 10, own)
    np.testing.assert_allclose(votes, np.transpose(expected))


def test_people_doubt_what_the_networks_doubt(data: Data, tell: Tell) -> None:
    networks = [load_model(name).network for name in ("conv", "dense", "notebook")]
    opinions = [network.probabilities(data.test.images) for network in networks]
    found = label_errors(data.train, data.test, opinions, 100)
    hits = DOUBTED & {suspect.index for suspect in found}
    tell(f"doubted labels: {len(hits)} of 15 are among the first 100")
    assert len(hits) >= 10, "by chance it would be none"
