"""What a cut in the wrong place leaves: a part of a digit, two digits, one and a part of another.

A detector that has learnt from them can say which of the possible cuts of a number leave whole
digits.
"""

from collections.abc import Callable

import numpy as np
from PIL import Image

from mnist_core.arrays import Pixels
from mnist_core.drawing.cutting import Cut, between, cuts
from mnist_core.drawing.normalisation import ink_box, to_mnist

HEIGHT = 60
"""Pixels: of the digits that are put together and cut."""

GAP = -0.15, 0.1
"""Between two digits, as a share of their height: they overlap or hardly stand apart."""

UNEVEN = 0.75, 1.0
"""The height of one digit as a share of the other's."""

WRONG = 0.22
"""A cut so far from where two digits meet, as a share of their height, leaves more than one."""

Pick = Callable[[], Pixels]
"""Hands out the picture of some digit, `(28, 28)` uint8."""


def pieces(n: int, digits: Pixels, rng: np.random.Generator) -> Pixels:
    """Make n pictures `(n, 28, 28)` uint8 out of pictures of digits `(m, 28, 28)` uint8."""

    def pick() -> Pixels:
        return enlarged(digits[rng.integers(len(digits))], rng)

    kinds = part, pair, more_than_one
    return np.stack([to_mnist(kinds[number % len(kinds)](pick, rng)) for number in range(n)])


def enlarged(image: Pixels, rng: np.random.Generator) -> Pixels:
    """A digit cropped to its ink, about `HEIGHT` pixels high."""
    box = ink_box(image)
    assert box, "a digit has ink"
    digit = Image.fromarray(box.of(image))
    height = round(HEIGHT * rng.uniform(*UNEVEN))
    width = max(2, round(digit.width * height / digit.height))
    return np.asarray(digit.resize((width, height), Image.Resampling.BICUBIC))


def part(pick: Pick, rng: np.random.Generator) -> Pixels:
    """The lesser side of a digit that was cut; another is tried where nothing can be cut."""
    while True:
        digit = pick()
        found = cuts(digit)
        if found:
            return min(sides(digit, found[rng.integers(len(found))]), key=amount)


def pair(pick: Pick, rng: np.random.Generator) -> Pixels:
    """Two digits that touch or nearly do."""
    return side_by_side(pick(), pick(), rng)[0]


def more_than_one(pick: Pick, rng: np.random.Generator) -> Pixels:
    """A digit with a part of its neighbour; another two are tried where no cut leaves that."""
    while True:
        both, boundary = side_by_side(pick(), pick(), rng)
        wrong = [cut for cut in cuts(both) if abs(cut.columns.mean() - boundary) > WRONG * HEIGHT]
        if wrong:
            cut = wrong[rng.integers(len(wrong))]
            left, right = sides(both, cut)
            return left if cut.columns.mean() > boundary else right


def sides(ink: Pixels, cut: Cut) -> tuple[Pixels, Pixels]:
    """What lies left and right of a cut, each on paper of the same size."""
    height, width = ink.shape
    return (
        between(ink, np.zeros(height, np.intp), cut.columns),
        between(ink, cut.columns, np.full(height, width)),
    )


def amount(ink: Pixels) -> int:
    """How much ink there is."""
    return int(ink.sum(dtype=np.int64))


def side_by_side(first: Pixels, second: Pixels, rng: np.random.Generator) -> tuple[Pixels, float]:
    """Two digits on one line, and the column where they meet."""
    gap = round(HEIGHT * rng.uniform(*GAP))
    start = max(0, first.shape[1] + gap)
    paper = np.zeros((HEIGHT, max(first.shape[1], start + second.shape[1])), np.uint8)
    for digit, left in ((first, 0), (second, start)):
        height, width = digit.shape
        place = paper[HEIGHT - height :, left : left + width]
        np.maximum(place, digit, out=place)
    return paper, first.shape[1] + gap / 2
