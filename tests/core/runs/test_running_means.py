"""A series of running means keeps the shape of what went in, and stays short."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from mnist_core.runs.running_means import MOST_POINTS, RunningMeans


@given(st.integers(0, 5_000))
def test_it_stays_short_and_its_points_are_means_of_equal_stretches(steps: int) -> None:
    means = RunningMeans(width=2)
    series = np.random.default_rng(steps).normal(size=(steps, 2))
    for values in series:
        means.add(*values)
    points = means.points()
    assert len(points) < MOST_POINTS
    stretch = 1
    while steps // stretch >= MOST_POINTS:
        stretch *= 2
    whole = series[: len(points) * stretch].reshape(len(points), stretch, 2)
    assert len(points) == steps // stretch
    np.testing.assert_allclose(points, whole.mean(axis=1), atol=1e-12)


@given(st.integers(0, 3_000), st.integers(0, 3_000))
def test_a_record_is_taken_up_where_another_one_was_left(made: int, more: int) -> None:
    """But for the steps that had not yet filled a stretch."""
    first, whole = RunningMeans(width=1), RunningMeans(width=1)
    for step in range(made):
        first.add(step)
    taken_up = RunningMeans.of(first.points())
    np.testing.assert_array_equal(taken_up.points(), first.points())
    stretch = 1
    while made // stretch >= MOST_POINTS:
        stretch *= 2
    full = made // stretch * stretch
    for step in range(full + more):
        whole.add(step)
        if step >= full:
            taken_up.add(step)
    np.testing.assert_array_equal(taken_up.points(), whole.points())


def test_what_was_given_away_does_not_change() -> None:
    means = RunningMeans(width=1)
    means.add(1.0)
    points = means.points()
    for _ in range(2 * MOST_POINTS):
        means.add(5.0)
    assert points.tolist() == [[1.0]]
