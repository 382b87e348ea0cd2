"""The chart of the curves: every run has its colour, and the end of a good curve can be seen."""

import base64
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mnist_core.runs.curve_points import Axis
from mnist_core.runs.snapshot import Snapshot, Status
from mnist_core.training.config import TrainingConfig
from mnist_core.training.events import Measured
from mnist_core.training.history import LearningRateChange, Phase
from pages.ui.charts.theme import LOOKS
from pages.ui.elements.accuracy_text import LEARNING, PRACTICE
from pages.ui.train import messages
from pages.ui.train.curve_lines import CurveLine, View, run_colour
from pages.ui.train.curves import AXES, curves, loss_ticks
from pages.ui.train.panel_charts import rate

LOOK = LOOKS["light"]


def point(iteration: int, loss: float = 1.0, accuracy: float = 0.5) -> Measured:
    return Measured(iteration, iteration / 10, loss, accuracy, loss, accuracy, 0.01, iteration / 5)


def run(number: int, *points: Measured, **more: Any) -> CurveLine:
    now = Snapshot(Status.RUNNING, iterations=20, iterations_per_epoch=10, history=points, **more)
    return CurveLine(
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
        for name, line in ((PRACTICE, shown), (LEARNING, shown), (beside.name, beside)):
            found = {part["line"]["color"] for part in drawn(figure, name)}
            assert found == {run_colour(line.number)}
    assert run_colour(1) != run_colour(2)


def test_pictures_to_learn_from_are_solid_and_the_practice_exam_dashed_for_every_run() -> None:
    figure = curves(run(1, point(0)), [run(2, point(0))], View(), LOOK)
    assert all("dash" not in line["line"] for line in drawn(figure, LEARNING))
    assert all(line["line"]["dash"] == "dash" for line in drawn(figure, PRACTICE))
    beside = drawn(figure, "Run 2")
    assert ["dash" in line["line"] for line in beside] == [False, False, True, True]
    assert sum(line.get("showlegend", True) for line in beside) == 1


def test_smooth_lines_of_a_run_that_has_just_begun_are_empty() -> None:
    for name in (LEARNING, PRACTICE):
        lines = drawn(curves(run(1), [], View(smooth=True), LOOK), name)
        assert [y(line) for line in lines] == [[], [], [], []]


@pytest.mark.parametrize("axis", AXES)
def test_whoever_points_at_a_place_is_told_its_unit_and_no_single_batch(axis: Axis) -> None:
    batches = np.array([[0, 2.3, 0.1], [1, 2.2, 0.2]])
    figure = curves(run(1, point(0), point(5), batches=batches), [], View(axis), LOOK)
    told = figure["layout"]["xaxis"]["unifiedhovertitle"]["text"]
    assert {"epochs": "epochs", "steps": "step", "seconds": " s"}[axis] in told
    pointed_at = {line["name"] for line in figure["data"] if line["hovertemplate"]}
    assert pointed_at == {LEARNING, PRACTICE}


def test_zoomed_to_the_end_it_shows_the_mistakes() -> None:
    whole = run(1, point(0, accuracy=0.1), point(5, accuracy=0.98), point(9, accuracy=1.0))
    (above, _) = drawn(curves(whole, [], View(scale="mistakes"), LOOK), PRACTICE)
    assert y(above) == pytest.approx([0.9, 0.02, 1e-5])
    assert curves(whole, [], View(scale="mistakes"), LOOK)["layout"]["yaxis"]["type"] == "log"
    (above, _) = drawn(curves(whole, [], View(), LOOK), PRACTICE)
    assert y(above) == pytest.approx([0.1, 0.98, 1.0])


@given(low=st.floats(1e-6, 1e6), decades=st.floats(1e-4, 30))
@example(low=0.1, decades=1.0)
@example(low=0.3, decades=math.log10(0.31 / 0.3))
@example(low=0.11, decades=math.log10(0.99 / 0.11))
def test_the_axis_of_losses_has_numbers_that_do_not_overlap_whatever_its_range(
    low: float, decades: float
) -> None:
    high = low * 10**decades
    axis = curves(run(1, point(0, high), point(1, low)), [], View(), LOOK)["layout"]["yaxis2"]
    ticks = axis["tickvals"]
    assert len(set(axis["ticktext"])) == len(ticks) >= 3
    assert all(low <= tick <= high for tick in ticks)
    assert np.diff(np.log10(ticks)).min() >= 0.99 * decades / 6, "a sixth of it holds one line"


def test_numbers_on_the_axis_of_losses_are_round() -> None:
    assert loss_ticks(0.1, 1.0) == pytest.approx([0.1, 0.3, 1.0])
    assert loss_ticks(0.25, 0.8) == pytest.approx([0.4, 0.6, 0.8])
    assert loss_ticks(0.301, 0.312) == pytest.approx([0.302, 0.304, 0.306, 0.308, 0.31, 0.312])
    assert loss_ticks(2.3, 2.3) == [2.3]


def test_the_axis_of_losses_has_numbers_for_all_that_is_drawn() -> None:
    one, other = run(1, point(0, 0.5), point(5, 0.4)), run(2, point(0, 0.05), point(5, 0.004))
    ticks = curves(one, [other], View(), LOOK)["layout"]["yaxis2"]["tickvals"]
    assert ticks == pytest.approx([0.01, 0.03, 0.1, 0.3])
    batches = np.array([[0.0, 40.0, 0.1]])
    one = run(1, point(0, 0.5), point(5, 0.4), batches=batches)
    assert max(curves(one, [], View(), LOOK)["layout"]["yaxis2"]["tickvals"]) >= 10
    assert max(curves(one, [], View(axis="seconds"), LOOK)["layout"]["yaxis2"]["tickvals"]) < 1


MOVES = (LearningRateChange(2, 0.02), LearningRateChange(3, 0.001))


def test_every_move_of_the_rate_has_a_line_and_the_last_one_says_what_it_is() -> None:
    layout = curves(run(1, point(0), rate_changes=MOVES), [], View(), LOOK)["layout"]
    assert [shape["x0"] for shape in layout["shapes"]] == [0.2, 0.3]
    assert [note["text"] for note in layout["annotations"]] == ["rate × 0.1"]


@pytest.mark.parametrize(("axis", "places"), [("steps", [2, 3, 19]), ("seconds", [0.4, 0.6, 3.8])])
def test_the_moves_of_all_runs_are_marked_on_every_axis(axis: Axis, places: list[float]) -> None:
    one = run(1, point(0), point(20), rate_changes=MOVES)
    other = run(2, point(0), point(20), rate_changes=(LearningRateChange(19, 0.05),))
    layout = curves(one, [run(3, point(0)), other], View(axis=axis), LOOK)["layout"]
    marks = layout["shapes"]
    assert [mark["x0"] for mark in marks] == pytest.approx(places)
    assert [mark["line"]["color"] for mark in marks] == [run_colour(n) for n in (1, 1, 2)]
    first, last = layout["annotations"]
    assert (first["text"], last["text"]) == ("rate × 0.1", "rate × 5")
    assert (first["xanchor"], last["xanchor"]) == ("left", "right"), "none is cut at an edge"
    assert first["y"] < last["y"]


def test_the_panel_of_the_rate_goes_as_far_as_the_run_and_shows_what_is_to_come() -> None:
    """By the formula of half a cosine; of a curve whose only point is its beginning."""
    config = TrainingConfig(schedule="cosine", learning_rate=0.2)
    now = Snapshot(
        Status.RUNNING,
        iteration=70,
        iterations=100,
        iterations_per_epoch=10,
        history=(point(0),),
        phases=(Phase(10, 70),),
    )
    figure = rate(config, now, LOOK)
    made, planned = figure.data
    assert (made.line.dash, planned.line.dash) == ("solid", "dot")
    steps = np.concatenate([made.x, planned.x]) * 10
    np.testing.assert_allclose(steps, np.arange(100))
    assert len(made.x) == 70
    expected = 0.1 * (1 + np.cos(np.pi * (steps + 0.5) / 100))
    np.testing.assert_allclose(np.concatenate([made.y, planned.y]), expected)
    assert figure.layout.title.subtitle.text == f"at the last step: {messages.rate(expected[69])}"
