"""The chart of the curves: every run has its colour, and the end of a good curve can be seen."""

import base64
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_core.runs.snapshot import RateMove, Snapshot, Status
from mnist_core.training.events import Measured
from pages.ui.charts.theme import LOOKS
from pages.ui.train.curve_lines import LEARNT, NEW, Axis, Line, View
from pages.ui.train.curves import AXES, curves, loss_ticks
from pages.ui.train.run_colours import run_colour

LOOK = LOOKS["light"]


def point(iteration: int, loss: float = 1.0, accuracy: float = 0.5) -> Measured:
    return Measured(iteration, iteration / 10, loss, accuracy, loss, accuracy, 0.01, iteration / 5)


def run(number: int, *points: Measured, **more: Any) -> Line:
    now = Snapshot(Status.RUNNING, iterations=20, iterations_per_epoch=10, history=points, **more)
    return Line(
        number,
        f"Run {number}",
        now,
        end=now.iteration if now.status.over else now.iterations,
        rate=0.01,
    )


def drawn(figure: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return [line for line in figure["data"] if line["name"] == name]


def y(line: dict[str, Any]) -> list[float]:
    return np.frombuffer(base64.b64decode(line["y"]["bdata"]), "<f4").tolist()


def test_a_run_keeps_its_colour_whether_it_is_shown_or_beside() -> None:
    one, other = run(1, point(0), point(5)), run(2, point(0), point(5))
    for shown, beside in ((one, other), (other, one)):
        figure = curves(shown, [beside], View(), LOOK)
        for name, line in ((NEW, shown), (LEARNT, shown), (beside.name, beside)):
            found = {part["line"]["color"] for part in drawn(figure, name)}
            assert found == {run_colour(line.number)}
    assert run_colour(1) != run_colour(2)


def test_pictures_to_learn_from_are_solid_and_the_practice_exam_dashed_for_every_run() -> None:
    figure = curves(run(1, point(0)), [run(2, point(0))], View(), LOOK)
    assert all("dash" not in line["line"] for line in drawn(figure, LEARNT))
    assert all(line["line"]["dash"] == "dash" for line in drawn(figure, NEW))
    beside = drawn(figure, "Run 2")
    assert ["dash" in line["line"] for line in beside] == [False, False, True, True]
    assert sum(line.get("showlegend", True) for line in beside) == 1


def test_smooth_lines_of_a_run_that_has_just_begun_are_empty() -> None:
    for name in (LEARNT, NEW):
        lines = drawn(curves(run(1), [], View(smooth=True), LOOK), name)
        assert [y(line) for line in lines] == [[], [], [], []]


@pytest.mark.parametrize("axis", AXES)
def test_whoever_points_at_a_place_is_told_its_unit_and_no_single_batch(axis: Axis) -> None:
    batches = np.array([[0, 2.3, 0.1], [1, 2.2, 0.2]])
    figure = curves(run(1, point(0), point(5), batches=batches), [], View(axis), LOOK)
    told = figure["layout"]["xaxis"]["unifiedhovertitle"]["text"]
    assert {"epochs": "epochs", "steps": "step", "seconds": " s"}[axis] in told
    pointed_at = {line["name"] for line in figure["data"] if line["hovertemplate"]}
    assert pointed_at == {LEARNT, NEW}


def test_zoomed_to_the_end_it_shows_the_mistakes() -> None:
    whole = run(1, point(0, accuracy=0.1), point(5, accuracy=0.98), point(9, accuracy=1.0))
    (above, _) = drawn(curves(whole, [], View(scale="read wrong"), LOOK), NEW)
    assert y(above) == pytest.approx([0.9, 0.02, 1e-5])
    assert curves(whole, [], View(scale="read wrong"), LOOK)["layout"]["yaxis"]["type"] == "log"
    (above, _) = drawn(curves(whole, [], View(), LOOK), NEW)
    assert y(above) == pytest.approx([0.1, 0.98, 1.0])


@given(low=st.floats(1e-6, 1e6), decades=st.floats(0.001, 30))
def test_the_axis_of_losses_has_numbers_whatever_its_range(low: float, decades: float) -> None:
    high = low * 10**decades
    ticks = loss_ticks([point(0, loss=high), point(1, loss=low)])
    inside = [tick for tick in ticks if low <= tick <= high]
    assert 2 <= len(inside) <= 10


def test_every_move_of_the_rate_has_a_line_and_the_last_one_says_what_it_is() -> None:
    moves = (RateMove(2, 0.02), RateMove(3, 0.001))
    layout = curves(run(1, point(0), moves=moves), [], View(), LOOK)["layout"]
    assert [shape["x0"] for shape in layout["shapes"]] == [0.2, 0.3]
    assert [note["text"] for note in layout["annotations"]] == ["rate × 0.1"]
