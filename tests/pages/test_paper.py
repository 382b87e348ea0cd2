"""The paper, the canvas, the score, the dictation and the hand keep what the visitor did, once."""

import numpy as np

from mnist_core.drawing.sketch import Mark, Sketch
from pages.ui.charts.theme import DARK, LIGHT
from pages.ui.draw.canvas_state import CanvasState
from pages.ui.draw.dictation import Dictation
from pages.ui.draw.hand import MOST_KEPT, Hand
from pages.ui.draw.score import ReadDrawing, Score, Verdict
from pages.ui.paper import HEIGHT, WIDTH, Paper


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
    paper.undo()
    assert paper.sketch == ONE
    assert not canvas.knows(paper, LIGHT), "the canvas must be told"
    canvas.tell(paper, LIGHT)
    assert not canvas.knows(paper, DARK), "nor does it change colours by itself"
    paper.clear()
    assert not paper.pixels().any()
    assert paper.pixels().shape == (HEIGHT, WIDTH)


def test_the_canvas_loads_the_same_sketch_anew_after_it_drew_another() -> None:
    paper, canvas = Paper(sketch=ONE), CanvasState()
    canvas.tell(paper, LIGHT)
    before = canvas.drawing
    canvas.take(TWO, paper)
    paper.undo()
    canvas.tell(paper, LIGHT)
    assert canvas.drawing["objects"] == before["objects"]
    assert canvas.drawing != before, "an unchanged drawing is not loaded"


def test_a_picture_lies_over_the_sketch() -> None:
    paper = Paper(sketch=ONE)
    picture = np.full((5, 6), 9, np.uint8)
    paper.lay(picture)
    assert np.array_equal(paper.pixels(), picture)
    paper.lift()
    assert paper.pixels()[100, 100] == 255


def test_a_judgement_lasts_as_long_as_its_drawing() -> None:
    paper, canvas, score = Paper(sketch=ONE), CanvasState(), Score()
    first = ReadDrawing("lab:conv", paper.revision)
    score.judge(first, Verdict(1, 7))
    assert score.of("lab:conv") == [Verdict(1, 7)]
    canvas.take((line(100),), paper)
    assert ReadDrawing("lab:conv", paper.revision) in score.verdicts, "it shows the same again"
    canvas.take(TWO, paper)
    assert ReadDrawing("lab:conv", paper.revision) not in score.verdicts
    for change in (paper.undo, lambda: paper.lay(np.full((5, 6), 9, np.uint8))):
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
    hand, paper = Hand(), Paper()
    paper.draw(ONE)
    hand.keep(1, paper)
    hand.keep(7, paper)
    assert [kept.label for kept in hand.written] == [7]
    hand.forget(paper)
    assert hand.written == []


def test_only_the_visitors_own_hand_is_kept() -> None:
    hand, paper = Hand(), Paper()
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
