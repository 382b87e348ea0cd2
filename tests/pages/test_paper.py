"""The paper, the canvas, the score, the dictation and the hand keep what the visitor did, once."""

from collections.abc import Callable
from functools import partial

import numpy as np
import pytest

from mnist_core.drawing.sketch import Mark, Sketch
from pages.ui.canvas.canvas_json import from_fabric
from pages.ui.canvas.canvas_state import CanvasState
from pages.ui.charts.theme import DARK, LIGHT
from pages.ui.draw.state import MOST_KEPT, Dictation, LabelledDrawings, ReadDrawing, Score, Verdict
from pages.ui.visit.paper import HEIGHT, MOST_STEPS, WIDTH, Paper


def line(x: float) -> Mark:
    return Mark(np.array([[x, 50.0], [x, 200.0]]), 20)


ONE: Sketch = (line(100),)
TWO: Sketch = (*ONE, line(200))


def test_the_pen_and_the_labs_own_commands() -> None:
    paper, canvas = Paper(), CanvasState()
    assert not canvas.knows(paper, LIGHT), "it has never been told anything"
    canvas.tell(paper, LIGHT)
    canvas.take(ONE, paper)
    assert canvas.knows(paper, LIGHT), "the canvas knows what it has itself drawn"
    canvas.take(TWO, paper)
    undo(paper)
    assert paper.sketch == ONE
    assert not canvas.knows(paper, LIGHT), "the canvas must be told"
    canvas.tell(paper, LIGHT)
    assert not canvas.knows(paper, DARK), "nor does it change colours by itself"
    clear(paper)
    assert not paper.pixels().any()
    assert paper.pixels().shape == (HEIGHT, WIDTH)


def undo(paper: Paper) -> None:
    paper.undo(paper.done[-1])


def redo(paper: Paper) -> None:
    paper.redo(paper.undone[-1])


def clear(paper: Paper) -> None:
    paper.clear(paper.sketch)


def written(*marks: Mark) -> Paper:
    """A paper to which marks have come one after the other."""
    paper = Paper()
    for mark in marks:
        paper.draw((*paper.sketch, mark))
    return paper


def told(canvas: CanvasState, paper: Paper) -> Sketch:
    """What the canvas shows after the lab has told it what is on the paper."""
    canvas.tell(paper, LIGHT)
    return from_fabric(canvas.drawing)


@pytest.mark.parametrize("command", [undo, clear])
@pytest.mark.parametrize("late", [True, False])
def test_a_pen_that_is_quicker_than_the_lab_loses_nothing(
    command: Callable[[Paper], None], late: bool
) -> None:
    """A stroke right after a command: the canvas reports it on top of what was taken back."""
    paper, canvas = Paper(), CanvasState()
    told(canvas, paper)
    canvas.take(TWO, paper)
    command(paper)
    left, new = paper.sketch, line(150)
    shows = told(canvas, paper) if late else left
    canvas.take((*TWO, new), paper)
    assert paper.sketch == (*left, new), "the command holds, and so does the stroke"
    assert not canvas.knows(paper, LIGHT), "the canvas has to be put right"
    canvas.take(shows, paper)
    assert paper.sketch == (*left, new), "an older report takes nothing away"
    canvas.take(told(canvas, paper), paper)
    assert canvas.knows(paper, LIGHT)


def test_the_same_stroke_twice_is_two_strokes() -> None:
    paper, canvas = Paper(), CanvasState()
    told(canvas, paper)
    canvas.take(ONE, paper)
    canvas.take((*ONE, line(100)), paper)
    assert len(paper.sketch) == 2
    clear(paper)
    canvas.take(told(canvas, paper), paper)
    canvas.take((line(100),), paper)
    assert len(paper.sketch) == 1


def test_two_windows_that_draw_at_once_lose_no_stroke_and_undo_holds_in_both() -> None:
    paper, left, right = Paper(), CanvasState(), CanvasState()
    one, two, three, four = map(line, (50, 100, 150, 200))
    for canvas in (left, right):
        told(canvas, paper)
    left.take((one,), paper)
    right.take((two,), paper)
    left.take((one, three), paper)
    assert paper.sketch == (one, two, three)
    seen = told(right, paper)
    undo(paper)
    right.take((*seen, four), paper)
    assert paper.sketch == (one, two, four)
    for canvas in (left, right):
        canvas.take(told(canvas, paper), paper)
        assert canvas.knows(paper, LIGHT)


def test_the_canvas_loads_the_same_sketch_anew_after_it_drew_another() -> None:
    paper, canvas = Paper(sketch=ONE), CanvasState()
    canvas.tell(paper, LIGHT)
    before = canvas.drawing
    canvas.take(TWO, paper)
    undo(paper)
    canvas.tell(paper, LIGHT)
    assert canvas.drawing["objects"] == before["objects"]
    assert canvas.drawing != before, "an unchanged drawing is not loaded"


def test_every_step_can_be_undone_and_redone() -> None:
    paper = written(*TWO)
    undo(paper)
    undo(paper)
    assert paper.sketch == ()
    assert paper.done == ()
    redo(paper)
    assert paper.sketch == ONE
    redo(paper)
    assert paper.sketch == TWO
    undo(paper)
    paper.draw((*ONE, line(150)))
    assert paper.undone == (), "after another stroke there is nothing to redo"


def test_a_cleared_sheet_comes_back_as_a_whole() -> None:
    """Also to what has been drawn on the new sheet, once that is undone."""
    paper = written(*TWO)
    clear(paper)
    undo(paper)
    assert paper.sketch == TWO
    redo(paper)
    assert paper.sketch == ()
    paper.draw((line(150),))
    undo(paper)
    undo(paper)
    assert paper.sketch == TWO
    undo(paper)
    assert paper.sketch == ONE


def test_a_drawing_that_a_link_brings_can_be_undone() -> None:
    paper, brought = written(*TWO), line(150)
    paper.draw((brought,))
    undo(paper)
    undo(paper)
    assert paper.sketch == TWO


def test_a_step_that_is_asked_for_twice_is_undone_once() -> None:
    """Two clicks before the page has been drawn anew ask for the same step."""
    paper = written(*TWO)
    step = paper.done[-1]
    paper.undo(step)
    paper.undo(step)
    assert (paper.sketch, paper.undone) == (ONE, (step,))
    paper.redo(step)
    paper.redo(step)
    assert (paper.sketch, paper.undone) == (TWO, ())


def test_a_stroke_that_overtakes_redo_loses_nothing() -> None:
    paper, new = written(*TWO), line(150)
    undo(paper)
    step = paper.undone[-1]
    paper.draw((*ONE, new))
    paper.redo(step)
    assert set(paper.sketch) == {*TWO, new}


def test_only_so_many_steps_are_kept() -> None:
    paper = written(*map(line, range(MOST_STEPS + 5)))
    assert len(paper.done) == MOST_STEPS
    while paper.done:
        undo(paper)
    assert len(paper.sketch) == 5


def test_on_a_new_sheet_nothing_can_be_undone() -> None:
    paper = written(*TWO)
    undo(paper)
    paper.renew()
    assert (paper.sketch, paper.done, paper.undone) == ((), (), ())


def test_clear_takes_only_what_was_shown() -> None:
    paper, new = written(*TWO), line(150)
    paper.draw((*TWO, new))
    paper.clear(TWO)
    assert paper.sketch == (new,)
    undo(paper)
    assert paper.sketch == (*TWO, new)


def test_a_picture_lies_over_the_sketch() -> None:
    paper = Paper(sketch=ONE)
    picture = np.full((5, 6), 9, np.uint8)
    paper.lay(picture)
    assert np.array_equal(paper.pixels(), picture)
    paper.lift()
    assert paper.pixels()[100, 100] == 255


def test_a_judgement_lasts_as_long_as_its_drawing() -> None:
    paper, canvas, score = written(*ONE), CanvasState(), Score()
    canvas.tell(paper, LIGHT)
    first = ReadDrawing("lab:conv", paper.revision)
    score.judge(first, Verdict(1, 7))
    assert score.of("lab:conv") == [Verdict(1, 7)]
    canvas.take((line(100),), paper)
    assert ReadDrawing("lab:conv", paper.revision) in score.verdicts, "it shows the same again"
    canvas.take(TWO, paper)
    assert ReadDrawing("lab:conv", paper.revision) not in score.verdicts
    for change in (partial(undo, paper), lambda: paper.lay(np.full((5, 6), 9, np.uint8))):
        score.doubt(ReadDrawing("lab:conv", paper.revision))
        change()
        assert score.doubted != ReadDrawing("lab:conv", paper.revision)


def test_a_judgement_is_of_one_reader() -> None:
    score = Score()
    score.judge(ReadDrawing("lab:conv", 3), Verdict(2, 2))
    assert score.of("lab:notebook") == []
    score.judge(ReadDrawing("lab:notebook", 3), Verdict(2, 7))
    assert score.of("lab:conv") == [Verdict(2, 2)]
    assert score.of("lab:notebook") == [Verdict(2, 7)]


def test_a_judgement_can_be_changed_and_taken_back() -> None:
    score, drawing = Score(), ReadDrawing("lab:conv", 3)
    score.judge(drawing, Verdict(2, 2))
    score.judge(drawing, Verdict(3, 2))
    assert score.of("lab:conv") == [Verdict(3, 2)]
    score.reconsider(drawing)
    assert score.of("lab:conv") == []


def test_not_to_know_is_right_only_of_what_is_no_digit() -> None:
    assert not Verdict(1, None).right
    assert not Verdict(None, 6).right
    assert Verdict(None, None).right


def test_a_drawing_keeps_the_label_given_last() -> None:
    hand, paper = LabelledDrawings(), Paper()
    paper.draw(ONE)
    hand.keep(1, paper)
    hand.keep(7, paper)
    assert [kept.label for kept in hand.written] == [7]
    hand.forget(paper)
    assert hand.written == []


def test_only_the_visitors_own_hand_is_kept() -> None:
    hand, paper = LabelledDrawings(), Paper()
    hand.keep(3, paper)
    assert hand.written == []
    paper.lay(np.full((5, 6), 9, np.uint8))
    hand.keep(3, paper)
    assert hand.written == []
    for place in range(MOST_KEPT + 5):
        paper.draw((line(place),))
        hand.keep(1, paper)
    assert len(hand.written) == MOST_KEPT


def test_a_dictation_asks_for_each_digit_once() -> None:
    dictation = Dictation()
    assert dictation.asked is None
    dictation.answer(1)
    assert dictation.verdicts is None
    dictation.begin()
    asked = []
    while dictation.asked is not None:
        asked.append(dictation.asked)
        dictation.answer(1)
    assert asked == list(range(10))
    assert dictation.verdicts
    assert [verdict.right for verdict in dictation.verdicts] == [digit == 1 for digit in range(10)]
    dictation.answer(1)
    assert len(dictation.verdicts) == 10
    dictation.end()
    assert dictation.asked is None
