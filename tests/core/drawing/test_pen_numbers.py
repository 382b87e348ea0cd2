"""Made-up numbers and digits in parts are laid out as their kinds say."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.pen_numbers import KINDS, clearance, digits_right, read_both_ways
from benchmarks.unipen import Digit
from mnist_core.drawing.strokes import BRUSH, Stroke
from mnist_core.errors import LabError
from mnist_core.files.storage import load_model


def line(*points: tuple[float, float]) -> Stroke:
    return np.array(points, float)


ONE: Digit = ([line((50, 0), (50, 400))], 1)
SEVEN: Digit = ([line((0, 0), (200, 0), (100, 400)), line((60, 200), (160, 200))], 7)
FOUR: Digit = ([line((60, 0), (0, 200), (140, 200)), line((120, 100), (120, 400))], 4)


def distance(one: Stroke, other: Stroke) -> float:
    """The least distance between two paths, by sampling them densely: an oracle."""
    a, b = (
        np.concatenate([np.linspace(*ends, 100) for ends in pairwise(path)])
        for path in (one, other)
    )
    return float(np.linalg.norm(a[:, None] - b, axis=-1).min())


place = st.tuples(st.integers(0, 90), st.integers(0, 90))
path = st.lists(place, min_size=2, max_size=4, unique=True).map(lambda points: line(*points))


@given(path, path, st.integers(15, 40))
@settings(max_examples=30)
def test_a_shift_that_keeps_a_distance(left: Stroke, right: Stroke, wanted: int) -> None:
    shift = clearance([left], [right], wanted)
    moved = right + np.array([shift, 0])
    overlap = min(left[:, 1].max(), right[:, 1].max()) > max(left[:, 1].min(), right[:, 1].min())
    assert distance(left, moved) >= wanted - 1 or not overlap
    if overlap:
        assert distance(left, moved) == pytest.approx(wanted, abs=1)


def test_parts_lie_apart() -> None:
    rng = np.random.default_rng(0)
    for _ in range(20):
        strokes, label = KINDS["apart"]([ONE, FOUR], rng)
        assert label == "4"
        assert BRUSH + 1 < distance(*strokes) < BRUSH + 13


@pytest.mark.parametrize("kind", KINDS)
def test_every_drawing_lies_on_its_paper(kind: str) -> None:
    rng = np.random.default_rng(1)
    for _ in range(10):
        strokes, label = KINDS[kind]([ONE, SEVEN, FOUR], rng)
        assert np.concatenate(strokes).min() >= BRUSH - 1e-9
        assert set(label) <= set("174")


@pytest.mark.parametrize(
    ("read", "label", "right"),
    [("123", "123", 3), ("13", "123", 2), ("1723", "123", 2), ("", "12", 0), ("321", "123", 1)],
)
def test_digits_that_are_right_are_those_that_need_no_edit(
    read: str, label: str, right: int
) -> None:
    assert digits_right(read, label) == right


def test_both_ways_of_reading() -> None:
    two_ones = [line((40, 40), (40, 240)), line((120, 40), (120, 240))]
    assert read_both_ways(load_model("dense").network, two_ones) == {
        "sketch": "11",
        "picture": "11",
    }


def test_without_a_digit_in_two_parts_there_is_a_sentence() -> None:
    for digits in ([ONE], [ONE, SEVEN]):
        with pytest.raises(LabError, match="two strokes"):
            KINDS["apart"](digits, np.random.default_rng(0))
