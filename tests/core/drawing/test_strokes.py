"""Strokes are drawn as the canvas draws them."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mnist_core.arrays import Floats, Pixels
from mnist_core.drawing.strokes import Stroke, draw, smooth
from mnist_core.errors import LabError


def distance_to(path: Stroke, size: int) -> Floats:
    """From every pixel's middle to the nearest point of the straight lines through `path`."""
    rows, columns = np.mgrid[:size, :size] + 0.5
    middles = np.stack([columns, rows], axis=-1)
    nearest = np.full((size, size), np.inf)
    for start, end in itertools.pairwise(path):
        along = end - start
        part = ((middles - start) @ along / max(along @ along, 1e-12)).clip(0, 1)
        away = np.linalg.norm(middles - start - part[..., None] * along, axis=-1)
        nearest = np.minimum(nearest, away)
    return nearest


def round_brush(path: Stroke, size: int, brush: float) -> Floats:
    """What a round brush covers of each pixel, to within the curvature of its edge."""
    return 255 * (brush / 2 + 0.5 - distance_to(path, size)).clip(0, 1)


def spiral() -> Stroke:
    angle = np.linspace(0, 9, 60)
    return np.stack([100 + 8 * angle * np.cos(angle), 100 + 8 * angle * np.sin(angle)], axis=1)


@pytest.mark.parametrize("brush", [3.0, 9.5, 20.0])
def test_a_smooth_stroke_is_what_a_round_brush_covers(brush: float) -> None:
    drawing = draw([spiral()], size=200, brush=brush).astype(float)
    expected = round_brush(spiral(), 200, brush)
    assert np.abs(drawing - expected).mean() < 1.5
    assert drawing.sum() == pytest.approx(expected.sum(), rel=0.04)


def test_corners_and_ends_are_round() -> None:
    line = np.array([[40.0, 60.0], [120.0, 60.0]])
    drawing = draw([line], size=160, brush=40)
    assert drawing[60, 21:139].min() == 255
    assert drawing[60, :19].max() == drawing[60, 141:].max() == 0
    assert drawing[41, 21] == drawing[78, 139] == 0, "the corners of a square end"


@pytest.mark.parametrize("brush", [6.0, 20.0])
def test_a_tap_is_a_dot(brush: float) -> None:
    drawing = draw([np.array([[50.0, 30.0]])], size=100, brush=brush)
    assert drawing.sum() / 255 == pytest.approx(np.pi * brush**2 / 4, rel=0.05)
    rows, columns = np.nonzero(drawing)
    assert (rows.mean(), columns.mean()) == pytest.approx((29.5, 49.5), abs=0.3)


def test_curves_run_through_the_middles_between_points() -> None:
    """A worked example of as few points as a corner has: it is rounded."""
    path = smooth(np.array([[0.0, 0.0], [100.0, 0.0], [100.0, 80.0]]))
    assert path[0].tolist() == [0, 0]
    assert path[-1].tolist() == [100, 80]
    for point in ([50, 0], [100, 40], [100, 80]):
        assert np.linalg.norm(path - point, axis=1).min() < 1e-9
    half_way = 0.25 * np.array([50, 0]) + 0.5 * np.array([100, 0]) + 0.25 * np.array([100, 40])
    assert np.linalg.norm(path - half_way, axis=1).min() < 3
    assert np.linalg.norm(path - [100, 0], axis=1).min() > 10


def test_points_too_close_together_are_dropped() -> None:
    trembling = np.array([[10.0, 10.0], [10.1, 10.2], [10.2, 10.1], [60.0, 10.0]])
    assert np.array_equal(smooth(trembling), [[10, 10], [60, 10]])


@given(
    points=st.lists(st.tuples(st.floats(-30, 130), st.floats(-30, 130)), min_size=1, max_size=8),
    brush=st.floats(0.5, 60),
)
@settings(max_examples=25, deadline=None)
def test_strokes_add_up_and_stay_near_their_path(
    points: list[tuple[float, float]], brush: float
) -> None:
    stroke = np.array(points)
    drawing = draw([stroke], size=100, brush=brush)
    assert np.array_equal(draw([stroke, stroke], size=100, brush=brush), drawing)
    path = smooth(stroke)
    path = np.concatenate([path, path[-1:]])
    assert not drawing[distance_to(path, 100) > brush / 2 + 1.5].any()
    other = draw([spiral() / 2], size=100, brush=brush)
    assert (draw([stroke, spiral() / 2], size=100, brush=brush) >= np.maximum(drawing, other)).all()


def test_no_strokes_is_an_empty_canvas() -> None:
    drawing: Pixels = draw([])
    assert drawing.shape == (280, 280)
    assert drawing.dtype == np.uint8
    assert not drawing.any()


@pytest.mark.parametrize("stroke", [np.zeros((0, 2)), np.zeros((3, 3)), np.array([[np.nan, 0.0]])])
def test_what_is_no_stroke_is_refused(stroke: Stroke) -> None:
    with pytest.raises(LabError, match="stroke of shape"):
        draw([stroke])


@pytest.mark.parametrize(("size", "brush"), [(0, 20), (100_000, 20), (280, 0), (280, np.nan)])
def test_sizes_out_of_range_are_refused(size: int, brush: float) -> None:
    with pytest.raises(LabError, match="choose 1 to"):
        draw([spiral()], size=size, brush=brush)
