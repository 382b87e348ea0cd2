"""Draws the results of wrong cuts: a part of a digit, two digits, one and a part of another.

A detector trained on them can choose, among the possible cuts of a number, those that leave whole
digits.
"""

from collections.abc import Callable

import numpy as np
from PIL import Image

from mnist_core.arrays import Pixels
from mnist_core.drawing.cutting import Cut, between, cuts
from mnist_core.drawing.normalisation import ink_box, to_mnist

HEIGHT = 60
"""Height in pixels of the digits that are put together and cut."""

GAP = -0.15, 0.1
"""The gap between two digits, as a share of their height: they overlap or nearly touch."""

UNEVEN = 0.75, 1.0
"""The height of one digit as a share of the other's."""

WRONG = 0.22
"""The least distance of a wrong cut from the place where two digits meet, as such a share."""

Pick = Callable[[], Pixels]
"""Returns the picture of a digit, enlarged and cropped to its ink, uint8."""


def pieces(n: int, digits: Pixels, rng: np.random.Generator) -> Pixels:
    """Make n pictures `(n, 28, 28)` uint8 out of pictures of digits `(m, 28, 28)` uint8."""

    def pick() -> Pixels:
        return enlarged(digits[rng.integers(len(digits))], rng)

    kinds = part, pair, more_than_one
    return np.stack([to_mnist(kinds[number % len(kinds)](pick, rng)) for number in range(n)])


def enlarged(image: Pixels, rng: np.random.Generator) -> Pixels:
    """Crop a digit to its ink and scale it to at most `HEIGHT` pixels of height."""
    box = ink_box(image)
    assert box, "a digit has ink"
    digit = Image.fromarray(box.of(image))
    height = round(HEIGHT * rng.uniform(*UNEVEN))
    width = max(2, round(digit.width * height / digit.height))
    return np.asarray(digit.resize((width, height), Image.Resampling.BICUBIC))


def part(pick: Pick, rng: np.random.Generator) -> Pixels:
    """Cut a digit and return its lesser side; try another where no cut is possible."""
    while True:
        digit = pick()
        possible = cuts(digit)
        if possible:
            return min(sides(digit, possible[rng.integers(len(possible))]), key=amount)


def pair(pick: Pick, rng: np.random.Generator) -> Pixels:
    """Draw two digits that touch or nearly do."""
    return side_by_side(pick(), pick(), rng)[0]


def more_than_one(pick: Pick, rng: np.random.Generator) -> Pixels:
    """Draw a digit with a part of its neighbour; try another pair where no cut leaves that."""
    while True:
        both, boundary = side_by_side(pick(), pick(), rng)
        wrong = [cut for cut in cuts(both) if abs(cut.columns.mean() - boundary) > WRONG * HEIGHT]
        if wrong:
            cut = wrong[rng.integers(len(wrong))]
            left, right = sides(both, cut)
            return left if cut.columns.mean() > boundary else right


def sides(ink: Pixels, cut: Cut) -> tuple[Pixels, Pixels]:
    """Return the ink left and right of a cut, each on paper of the same size."""
    height, width = ink.shape
    return (
        between(ink, np.zeros(height, np.intp), cut.columns),
        between(ink, cut.columns, np.full(height, width)),
    )


def amount(ink: Pixels) -> int:
    """Return the sum of the ink."""
    return int(ink.sum(dtype=np.int64))


def side_by_side(first: Pixels, second: Pixels, rng: np.random.Generator) -> tuple[Pixels, float]:
    """Draw two digits on one line, and return also the column where they meet."""
    gap = round(HEIGHT * rng.uniform(*GAP))
    start = max(0, first.shape[1] + gap)
    paper = np.zeros((HEIGHT, max(first.shape[1], start + second.shape[1])), np.uint8)
    for digit, left in ((first, 0), (second, start)):
        height, width = digit.shape
        region = paper[HEIGHT - height :, left : left + width]
        np.maximum(region, digit, out=region)
    return paper, first.shape[1] + gap / 2
