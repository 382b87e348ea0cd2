"""Handwriting comes back from its file as it was; a file that is none is refused in a sentence."""

import json
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_core.drawing.normalisation import to_mnist
from mnist_core.drawing.sketch import MOST_MARKS, MOST_POINTS, Mark, ink
from mnist_core.errors import LabError
from mnist_core.finetuning.samples import (
    LARGEST_FILE,
    MOST_DIGITS,
    LabelledSketch,
    distinct,
    from_json,
    labelled_images,
    to_json,
)

coordinate = st.integers(-10_000, 40_000).map(lambda hundredths: hundredths / 100)
mark = st.builds(
    lambda points, width, erases: Mark(np.array(points), width, erases),
    st.lists(st.tuples(coordinate, coordinate), min_size=1, max_size=5),
    st.sampled_from([6.0, 20.0]),
    st.booleans(),
)
digit = st.builds(
    LabelledSketch, st.integers(0, 9), st.lists(mark, min_size=1, max_size=3).map(tuple)
)


@given(st.lists(digit, max_size=4))
def test_there_and_back(digits: list[LabelledSketch]) -> None:
    back = from_json(to_json(digits, 280, 336).encode(), 280, 336)
    assert [d.label for d in back] == [d.label for d in digits]
    for mine, theirs in zip(digits, back, strict=True):
        for a, b in zip(mine.sketch, theirs.sketch, strict=True):
            assert np.array_equal(a.path, b.path)
            assert (a.width, a.erases) == (b.width, b.erases)


@given(st.lists(digit, max_size=4), st.randoms())
def test_drawings_that_are_brought_back_count_once(
    digits: list[LabelledSketch], random: Random
) -> None:
    once = distinct(digits)
    back = list(from_json(to_json(digits, 280, 336), 280, 336))
    random.shuffle(back)
    assert len(distinct([*digits, *back])) == len(once)


def test_the_label_that_was_given_last_counts() -> None:
    strokes = [Mark(np.array([[80.0, 60.004], [200, 60]]), 20)]
    first, last = LabelledSketch(7, tuple(strokes)), LabelledSketch(1, tuple(strokes))
    other = LabelledSketch(7, (Mark(np.array([[80.0, 60], [201, 60]]), 20),))
    assert [found.label for found in distinct([first, other, last])] == [7, 1]


def test_normalised_as_the_page_does() -> None:
    seven = (Mark(np.array([[80.0, 60], [200, 60], [140, 220]]), 20),)
    line = (Mark(np.array([[300.0, 60], [300, 220]]), 20),)
    images, labels = labelled_images([LabelledSketch(7, seven), LabelledSketch(1, line)], 280, 336)
    assert images.dtype == labels.dtype == np.uint8
    assert labels.tolist() == [7, 1]
    assert np.array_equal(images[0], to_mnist(ink(seven, 280, 336)))
    assert np.array_equal(images[1], to_mnist(ink(line, 280, 336)))
    assert labelled_images([], 280, 336)[0].shape == (0, 28, 28)


def file(**changes: object) -> str:
    digit = {"label": 1, "strokes": [{"width": 20, "points": [[1, 2], [3, 4]]}]}
    return json.dumps({"format": "mnist-lab handwriting 1", "digits": [digit | changes]})


def stroke(**changes: object) -> str:
    return file(strokes=[{"width": 20, "points": [[1, 2]]} | changes])


def paper(**size: object) -> str:
    return json.dumps(json.loads(file()) | {"width": 336, "height": 280} | size)


@pytest.mark.parametrize(
    ("height", "width", "scale"), [(280, 336, 1), (560, 672, 2), (560, 336, 2)]
)
def test_a_drawing_on_other_paper_is_scaled_to_ours(height: int, width: int, scale: float) -> None:
    ((mark,),) = (digit.sketch for digit in from_json(paper(height=height, width=width), 280, 336))
    assert np.allclose(mark.path * scale, [[1, 2], [3, 4]])
    assert mark.width * scale == pytest.approx(20)


def test_the_file_that_the_others_differ_from() -> None:
    assert len(from_json(file(), 280, 336)[0].sketch[0].path) == 2
    assert len(from_json(stroke(), 280, 336)[0].sketch[0].path) == 1


@pytest.mark.parametrize(
    "content",
    [
        "",
        "not json",
        b"\xff\xfe\x00",
        "[]",
        "3",
        "null",
        '{"format": "mnist-lab handwriting 1"}',
        '{"format": "another", "digits": []}',
        '{"format": "mnist-lab handwriting 1", "digits": 7}',
        '{"format": "mnist-lab handwriting 1", "digits": [7]}',
        "[" * 100_000,
        file(label=10),
        file(label=-1),
        file(label=True),
        file(label="1"),
        file(label=1.0),
        file(strokes=None),
        file(strokes=[]),
        paper(width=0),
        paper(height=-280),
        paper(width="wide"),
        paper(width=float("nan")),
        paper(height=1e9),
        file(strokes=[{"width": 20, "points": [[1, 2]]}] * (MOST_MARKS + 1)),
        stroke(points=[]),
        stroke(points=[[1, 2, 3]]),
        stroke(points=[[1, 2], [3]]),
        stroke(points=[["a", "b"]]),
        stroke(points=[[1, float("nan")]]),
        stroke(points=[[1, 10**400]]),
        stroke(points=[[1, 2]] * (MOST_POINTS + 1)),
        stroke(points=[[0, 0], [900, 900]] * (MOST_POINTS // 2)),
        stroke(width=0),
        stroke(width=float("inf")),
        stroke(width="wide"),
        stroke(width=None),
    ],
)
def test_anything_else_is_refused_in_one_sentence(content: str | bytes) -> None:
    with pytest.raises(LabError, match=r"^[A-Z][^\n]*\.$"):
        from_json(content, 280, 336)


def test_files_that_are_too_large() -> None:
    with pytest.raises(LabError, match="larger than 8 MB"):
        from_json(b" " * (LARGEST_FILE + 1), 280, 336)
    many = {"format": "mnist-lab handwriting 1", "digits": [{"label": 1, "strokes": []}]}
    many["digits"] = many["digits"] * (MOST_DIGITS + 1)  # type: ignore[operator]
    with pytest.raises(LabError, match="1001 digits"):
        from_json(json.dumps(many), 280, 336)
