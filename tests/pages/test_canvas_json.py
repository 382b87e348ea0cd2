"""A sketch goes to the canvas and comes back as it was."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_core.drawing.sketch import MOST_MARKS, Mark, ink
from mnist_core.errors import LabError
from pages.ui.canvas.canvas_json import ending_once, from_fabric, number_in, to_fabric
from pages.ui.charts.theme import DARK, LIGHT, Look

coordinate = st.integers(-50, 400).map(lambda quarter: quarter / 4 * 4)
path = st.lists(st.tuples(coordinate, coordinate), min_size=2, max_size=8, unique=True)


def report(*strokes: dict[str, object]) -> dict[str, object]:
    """The canvas's report of strokes by the pen."""
    return {"objects": list(strokes), "erases": [False] * len(strokes)}


@given(st.lists(st.tuples(path, st.sampled_from([8.0, 20.0]), st.booleans()), max_size=4))
def test_there_and_back(strokes: list[tuple[list[tuple[float, float]], float, bool]]) -> None:
    sketch = tuple(Mark(np.array(points), width, erases) for points, width, erases in strokes)
    for look in (LIGHT, DARK):
        back = from_fabric(to_fabric(sketch, look, 1))
        assert [(m.width, m.erases) for m in back] == [(m.width, m.erases) for m in sketch]
        for mine, theirs in zip(sketch, back, strict=True):
            assert np.array_equal(mine.path, theirs.path)
        assert np.array_equal(ink(back, 100, 100), ink(sketch, 100, 100))


def test_what_the_canvas_of_fabric_7_wrote() -> None:
    """A stroke through (50, 50), (60, 65), (70, 80), (91, 110), as the real canvas sent it."""
    steps = [
        ["M", 49.98, 49.98],
        ["Q", 50, 50, 55, 57.5],
        ["Q", 60, 65, 65, 72.5],
        ["Q", 70, 80, 80.5, 95],
        ["L", 91.02, 110.02],
    ]
    (mark,) = from_fabric(report({"path": steps, "strokeWidth": 20, "stroke": LIGHT.ink}))
    expected = [[50, 50], [60, 65], [70, 80], [91.02, 110.02]]
    assert np.array_equal(mark.path, expected)
    assert not mark.erases


@pytest.mark.parametrize("look", [LIGHT, DARK])
def test_the_eraser_is_told_from_a_pen_even_of_the_same_colour(look: Look) -> None:
    """Whatever the colours of a theme: as if its ink were as white, or black, as its paper."""
    alike = replace(look, ink=look.paper)
    marks = [Mark(np.array([[10.0, 10], [20, 20]]), 20, erases) for erases in (False, True)]
    told = to_fabric(tuple(marks), alike, 1)
    assert [mark.erases for mark in from_fabric(told)] == [False, True]


def test_a_repeated_end_is_written_once_and_draws_the_same() -> None:
    """As a link may hold it: the canvas reports the same sketch, so it is not drawn twice."""
    points = [[50.0, 40.0], [60.0, 90.0], [90.0, 120.0]]
    for path in (points[:1], [*points[:1], *points[:1]], points[:2], [*points, points[-1]]):
        mark = Mark(np.array(path), 20)
        (back,) = from_fabric(to_fabric((mark,), LIGHT, 1))
        assert np.array_equal(back.path, ending_once(mark.path))
        assert np.array_equal(ink([back], 200, 200), ink([mark], 200, 200))


def test_a_tap() -> None:
    steps = [["M", 149.98, 50], ["L", 150.02, 50]]
    (mark,) = from_fabric(report({"path": steps, "strokeWidth": 20, "stroke": LIGHT.ink}))
    assert ink([mark], 100, 200).any()


NO_STROKE: dict[str, object] = {"strokeWidth": 20, "stroke": "#000000"}
LINE = NO_STROKE | {"path": [["M", 1, 1], ["L", 2, 2]]}


@pytest.mark.parametrize(
    "drawing",
    [
        {},
        {"objects": 3, "erases": []},
        {"objects": [LINE]},
        {"objects": [LINE], "erases": []},
        {"objects": [LINE], "erases": 1},
        report({"type": "Rect"}),
        report(NO_STROKE | {"path": []}),
        report(NO_STROKE | {"path": [["M", "x", 1]]}),
        report(NO_STROKE | {"path": [["M", 1, float("nan")], ["L", 1, 1]]}),
        report({"path": [["M", 1, 1], ["L", 2, 2]], "strokeWidth": 1e9, "stroke": "red"}),
        report(*[LINE] * (MOST_MARKS + 1)),
        report(NO_STROKE | {"path": [["M", 1, 1], *[["Q", 1, 1, 2, 2]] * 30_000]}),
    ],
)
def test_anything_else_is_refused(drawing: dict[str, object]) -> None:
    with pytest.raises(LabError):
        from_fabric(drawing)


def test_a_pen_far_outside_stays_near() -> None:
    path = [["M", 0, 0], ["L", 1e12, -1e12]]
    (mark,) = from_fabric(report(NO_STROKE | {"path": path}))
    assert np.abs(mark.path).max() <= 1_000


@pytest.mark.parametrize("report", [None, [], "x", {}, {"n": None}, {"n": 1.5}, {"n": 10**30}])
def test_a_report_of_the_canvas_may_be_anything(report: object) -> None:
    assert number_in(report, "n") == 0
    with pytest.raises(LabError):
        from_fabric(report)


def test_a_number_of_a_report_is_taken() -> None:
    assert number_in({"n": 7}, "n") == 7
