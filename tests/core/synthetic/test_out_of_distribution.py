"""What is no digit: drawn in turn, each time differently, and prepared like a digit."""

import numpy as np
import pytest

from mnist_core.drawing.normalisation import to_mnist
from mnist_core.synthetic.out_of_distribution import HELD_OUT, KINDS, TAUGHT, outlier, outliers


def test_kinds_come_in_turn_and_look_like_mnist() -> None:
    found = outliers(7, ("A", "heart", "scribble"), np.random.default_rng(0))
    assert found.kinds == ("A", "heart", "scribble", "A", "heart", "scribble", "A")
    for image in found.images:
        np.testing.assert_array_equal(to_mnist(image), image)


def test_nothing_that_is_held_out_is_taught() -> None:
    assert set(HELD_OUT) <= set(KINDS)
    assert not set(HELD_OUT) & set(TAUGHT)
    assert set(HELD_OUT) | set(TAUGHT) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_ink_and_differs_each_time(kind: str) -> None:
    rng = np.random.default_rng(1)
    first, second = outlier(kind, rng), outlier(kind, rng)
    assert first.shape == (28, 28)
    assert first.any()
    assert (first != second).any()
    np.testing.assert_array_equal(outlier(kind, np.random.default_rng(1)), first)
