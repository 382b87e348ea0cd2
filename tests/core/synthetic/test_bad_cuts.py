"""What wrong cuts leave: as many as asked for, normalised, and no digit as it was."""

import numpy as np

from mnist_core.data import Data
from mnist_core.drawing.normalisation import ink_box, to_mnist
from mnist_core.synthetic.bad_cuts import HEIGHT, enlarged, pair, part, pieces, side_by_side


def test_pieces_are_prepared_like_digits_and_drawn_anew_by_the_generator(data: Data) -> None:
    digits = data.train.images[:50]
    first, again, other = (pieces(12, digits, np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert first.shape == (12, 28, 28)
    assert first.dtype == np.uint8
    np.testing.assert_array_equal(first, again)
    assert (first != other).any()
    for image in first:
        np.testing.assert_array_equal(to_mnist(image), image)


def test_a_part_has_less_than_half_of_the_ink(data: Data) -> None:
    rng = np.random.default_rng(0)
    for image in data.train.images[data.train.labels == 0][:20]:
        whole = enlarged(image, rng)
        assert part(lambda whole=whole: whole, rng).sum() <= 0.5 * whole.sum() + 1


def test_a_pair_has_the_ink_of_two_on_one_line(data: Data) -> None:
    rng = np.random.default_rng(0)
    first, second = (enlarged(image, rng) for image in data.train.images[:2])
    paper, boundary = side_by_side(first, second, rng)
    assert len(paper) == HEIGHT
    assert 0 < boundary < paper.shape[1]
    assert paper.sum() > max(first.sum(), second.sum())
    box = ink_box(pair(lambda: first, rng))
    assert box
    assert box.right - box.left > first.shape[1]
