"""Measures how the bundled models read numbers, and digits in parts, made up of pen strokes.

`benchmarks.pen` prints the table. Each drawing is read twice: as a sketch, whose strokes are known,
and as a picture. For each kind of drawing it gives the share in which as many digits are found as
were drawn, the share of the digits that is read right, and the share that is right altogether.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

import numpy as np

from benchmarks.unipen import Digit, on_canvas
from mnist_core.drawing.reading import read_number
from mnist_core.drawing.segmentation import Line, picture_lines, sketch_lines
from mnist_core.drawing.sketch import Mark, ink
from mnist_core.drawing.strokes import BRUSH, Stroke
from mnist_core.errors import LabError
from mnist_core.models.digit_detector import digit_detector
from mnist_core.nn.network import Network

Drawing: TypeAlias = tuple[list[Stroke], str]
"""Strokes, and the digits that they show."""

SIDES = 110, 220
"""Pixels along the longer side of a single digit, smallest and largest."""

HEIGHTS = 90, 150
"""Pixels of a line of digits..."""

SHARES = 0.75, 1.1
"""... and of each digit in it, as a share of that."""

SPACING = 0.08, 0.35
"""Paper between the digits of a number, as a share of the line's height."""

FARTHEST = 0.3
"""The greatest shift of a digit's part, as a share of the digit's longer side."""

TRIES = 1_000
"""Digits that are sampled before it is concluded that none is suitable."""

OVERLAY = -0.2, 0.0
"""The same paper between digits that touch or overlap."""


def alone(digits: Sequence[Digit], rng: np.random.Generator) -> Drawing:
    """Draw a digit as it was written."""
    strokes, label = digits[rng.integers(len(digits))]
    return on_canvas(strokes, rng.uniform(*SIDES), (BRUSH, BRUSH)), str(label)


def moved(digits: Sequence[Digit], rng: np.random.Generator) -> Drawing:
    """Draw a digit of two strokes, the right one moved 5 to 15 pixels to the right."""
    left, right, label = _in_two(digits, rng)
    return [left, _shifted(right, rng.uniform(5, 15))], label


def apart(digits: Sequence[Digit], rng: np.random.Generator) -> Drawing:
    """Draw a digit of two strokes, the right one moved to leave 2 to 12 pixels of paper between.

    Raises:
        LabError: in all digits of two strokes the strokes overlap too far for that.
    """
    for _ in range(TRIES):
        left, right, label = _in_two(digits, rng)
        shift = clearance([left], [right], BRUSH + rng.uniform(2, 12))
        if 0 <= shift <= FARTHEST * np.ptp(np.concatenate([left, right]), axis=0).max():
            return [left, _shifted(right, shift)], label
    raise LabError("No digit has two strokes beside each other: give a file with more digits.")


def spaced(digits: Sequence[Digit], rng: np.random.Generator) -> Drawing:
    """Draw a number with paper between its digits."""
    return number(digits, rng, lambda: rng.uniform(*SPACING))


def touching(digits: Sequence[Digit], rng: np.random.Generator) -> Drawing:
    """Draw a number in which a third of the digits touch or overlap the one before."""
    return number(digits, rng, lambda: rng.uniform(*(SPACING if rng.random() > 1 / 3 else OVERLAY)))


def mixed(digits: Sequence[Digit], rng: np.random.Generator) -> Drawing:
    """Draw a number; in a third of them, each digit touches or overlaps the one before."""
    apart = SPACING if rng.random() > 1 / 3 else OVERLAY
    return number(digits, rng, lambda: rng.uniform(*apart))


KINDS: dict[str, Callable[[Sequence[Digit], np.random.Generator], Drawing]] = {
    "alone": alone,
    "moved": moved,
    "apart": apart,
    "spaced": spaced,
    "touching": touching,
    "mixed": mixed,
}


def clearance(left: Sequence[Stroke], right: Sequence[Stroke], distance: float) -> float:
    """Return the least shift of `right` to the right that keeps its path this far from `left`'s."""
    a, b = _dense(left), _dense(right)
    across, down = (b[None, :, axis] - a[:, None, axis] for axis in (0, 1))
    near = np.abs(down) < distance
    if not near.any():  # one is above the other
        return float(a[:, 0].max() - b[:, 0].min())
    return float((np.sqrt(distance**2 - down[near] ** 2) - across[near]).max())


def _in_two(digits: Sequence[Digit], rng: np.random.Generator) -> tuple[Stroke, Stroke, str]:
    """Sample a digit of two strokes; return the left one, the right one and its label."""
    for _ in range(TRIES):
        strokes, label = digits[rng.integers(len(digits))]
        if len(strokes) == 2:
            placed = on_canvas(strokes, rng.uniform(*SIDES), (BRUSH, BRUSH))
            left, right = sorted(placed, key=lambda stroke: stroke[:, 0].min() + stroke[:, 0].max())
            return left, right, str(label)
    raise LabError("No digit has two strokes: give a file with more digits.")


def number(
    digits: Sequence[Digit], rng: np.random.Generator, spacing: Callable[[], float]
) -> Drawing:
    """Draw 2 to 4 digits on a line; `spacing` gives the distance of each from those before."""
    height = rng.uniform(*HEIGHTS)
    written: list[Stroke] = []
    labels = ""
    for _ in range(rng.integers(2, 5)):
        strokes, label = digits[rng.integers(len(digits))]
        side = height * rng.uniform(*SHARES)
        placed = on_canvas(strokes, side, (0, 0))
        foot = max(stroke[:, 1].max() for stroke in placed)
        placed = [_shifted(stroke, 0, height - foot) for stroke in placed]
        if written:
            gap = spacing() * height
            shift = clearance(written, placed, BRUSH + max(gap, 0)) + min(gap, 0)
            placed = [_shifted(stroke, shift) for stroke in placed]
        written += placed
        labels += str(label)
    corner = np.concatenate(written).min(axis=0) - BRUSH
    return [stroke - corner for stroke in written], labels


def _shifted(stroke: Stroke, right: float, down: float = 0) -> Stroke:
    return stroke + np.array([right, down])


def _dense(strokes: Sequence[Stroke]) -> Stroke:
    """Return points along the strokes, about 5 pixels apart."""
    pieces = [stroke[-1:] for stroke in strokes]
    for stroke in strokes:
        for start, end in pairwise(stroke):
            count = 1 + int(np.hypot(*(end - start)) / 5)
            pieces.append(start + (end - start) * np.linspace(0, 1, count, endpoint=False)[:, None])
    return np.concatenate(pieces)


def digits_right(read: str, label: str) -> int:
    """Count the digits of a number that are read: its length less the edit distance.

    The distance is that of Levenshtein (1966), at most the number's length.
    """
    distances = list(range(len(label) + 1))
    for index, digit in enumerate(read):
        before, distances[0] = distances[0], index + 1
        for number, wanted in enumerate(label, 1):
            change = before + (digit != wanted)
            before = distances[number]
            distances[number] = min(change, before + 1, distances[number - 1] + 1)
    return max(0, len(label) - distances[-1])


def read_both_ways(network: Network, strokes: Sequence[Stroke]) -> dict[str, str]:
    """Return the number that a network reads in a drawing, as a sketch and as a picture."""
    right, bottom = np.ceil(np.concatenate(strokes).max(axis=0) + BRUSH).astype(int).tolist()
    sketch = tuple(Mark(stroke, BRUSH) for stroke in strokes)
    ways = {
        "sketch": sketch_lines(sketch, bottom, right),
        "picture": picture_lines(ink(sketch, bottom, right)),
    }
    return {way: read_text(network, lines) for way, lines in ways.items()}


def read_text(network: Network, lines: Sequence[Line]) -> str:
    """Return the digits that a network reads in some lines, one after the other."""
    digits = read_number(network, digit_detector(), lines)
    return "".join(str(digit.prediction.digit) for digit in digits)


def report(
    digits: Sequence[Digit], networks: Mapping[str, Network], drawings: int, seed: int
) -> None:
    """Print the table: a row for each network and way, three columns for each kind of drawing.

    Raises:
        LabError: the digits are not suitable for a kind of drawing.
    """
    rng = np.random.default_rng(seed)
    made = {kind: [make(digits, rng) for _ in range(drawings)] for kind, make in KINDS.items()}
    print(f"{drawings:,} drawings of each kind: as many digits as drawn, digits right, all right")
    print(f"{'':20}" + "".join(f"{kind:>24}" for kind in KINDS))
    for name, network in networks.items():
        read = {
            kind: [(read_both_ways(network, strokes), label) for strokes, label in of_kind]
            for kind, of_kind in made.items()
        }
        for way in ("sketch", "picture"):
            shares = "".join(
                _shares([(texts[way], label) for texts, label in of_kind])
                for of_kind in read.values()
            )
            print(f"{Path(name).stem:11}{way:9}{shares}")


def _shares(read: Sequence[tuple[str, str]]) -> str:
    """Return the shares of numbers with as many digits as drawn, of digits and numbers right."""
    counted = np.mean([len(text) == len(label) for text, label in read])
    right = sum(digits_right(text, label) for text, label in read)
    digits = sum(len(label) for _, label in read)
    whole = np.mean([text == label for text, label in read])
    return f"{counted:10.1%}{right / digits:7.1%}{whole:7.1%}"
