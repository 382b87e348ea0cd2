"""The points of a curve for a chart: where they lie, which are drawn, and their moving mean."""

import numpy as np
import pytest

from mnist_core.runs.curve_points import position, smoothed, thinned
from mnist_core.runs.snapshot import Snapshot, Status
from mnist_core.training.events import Measured


def point(iteration: int) -> Measured:
    return Measured(iteration, iteration / 10, 1.0, 0.5, 1.0, 0.5, 0.01, iteration**2)


def test_a_step_lies_between_the_points_before_and_after_it() -> None:
    now = Snapshot(Status.RUNNING, iterations_per_epoch=10, history=(point(0), point(2), point(4)))
    assert position(now, 3, "steps") == 3
    assert position(now, 3, "epochs") == 0.3
    assert position(now, 3, "seconds") == pytest.approx((4 + 16) / 2)
    assert position(Snapshot(Status.RUNNING), 3, "seconds") == 0


def test_a_long_curve_keeps_its_ends_and_points_at_even_distances() -> None:
    history = [point(n) for n in range(101)]
    assert [one.iteration for one in thinned(history, 5)] == [0, 25, 50, 75, 100]
    assert thinned(history, 101) == history


def test_each_value_becomes_the_mean_of_its_neighbourhood() -> None:
    values = np.random.default_rng(0).random(60)
    expected = [values[max(0, n - 3) : n + 4].mean() for n in range(60)]
    np.testing.assert_allclose(smoothed(values), expected)
    assert len(smoothed(np.empty(0))) == 0
