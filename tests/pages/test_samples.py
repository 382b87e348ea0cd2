"""Which pictures are shown, and what is said about all of them."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from mnist_core.data import Data
from pages.ui.elements import samples
from pages.ui.elements.vocabulary import vocabulary

labels = st.lists(st.integers(0, 4), max_size=40).map(lambda values: np.array(values, np.uint8))


@given(labels=labels, wanted=st.none() | st.integers(0, 4), seed=st.integers(0, 5))
def test_chosen_are_all_of_the_class_each_once(
    labels: np.ndarray, wanted: int | None, seed: int
) -> None:
    expected = [i for i, label in enumerate(labels) if wanted is None or label == wanted]
    assert sorted(samples.chosen(labels, wanted, seed)) == expected


def test_the_order_is_the_seeds() -> None:
    many = np.zeros(50, np.uint8)
    assert samples.chosen(many, None, seed=0).tolist() == list(range(50))
    assert samples.chosen(many, 0, seed=1).tolist() == samples.chosen(many, 0, seed=1).tolist()
    assert samples.chosen(many, 0, seed=1).tolist() != samples.chosen(many, 0, seed=2).tolist()


def test_one_of_each_goes_round_the_classes() -> None:
    labels = np.array([1, 0, 0, 1, 1, 3, 0], np.uint8)
    assert samples.one_of_each(labels, 5).tolist() == [1, 0, 5, 2, 3]
    assert labels[samples.one_of_each(labels, 5)].tolist() == [0, 1, 3, 0, 1], "no second 3"
    assert sorted(samples.one_of_each(labels, 60)) == list(range(7)), "all, where there are fewer"


def test_a_picture_is_called_by_its_class_and_its_number(data: Data) -> None:
    names = samples.names(np.array([5, 0, 8], np.uint8), np.array([2, 0]), vocabulary(data))
    assert names == ["an 8, picture 3", "a 5, picture 1"]
