"""The drawing table keeps what the visitor drew and said, and nothing twice."""

import numpy as np

from mnist_core.drawing.sketch import Mark, Sketch
from pages.ui.table import HEIGHT, MOST_KEPT, WIDTH, Table, Verdict


def line(x: float) -> Mark:
    return Mark(np.array([[x, 50.0], [x, 200.0]]), 20)


ONE: Sketch = (line(100),)
TWO: Sketch = (*ONE, line(200))


def test_the_pen_and_the_labs_own_commands() -> None:
    table = Table(seed_mode="light")
    table.take(ONE)
    assert table.seed_mode == "light", "the canvas knows what it has itself drawn"
    table.take(TWO)
    table.undo()
    assert table.sketch == ONE
    assert table.seed_mode == "", "the canvas must be told"
    table.clear()
    assert not table.pixels().any()
    assert table.pixels().shape == (HEIGHT, WIDTH)


def test_a_picture_lies_over_the_sketch() -> None:
    table = Table(sketch=ONE)
    picture = np.full((5, 6), 9, np.uint8)
    table.lay(picture)
    assert np.array_equal(table.pixels(), picture)
    table.lift()
    assert table.pixels()[100, 100] == 255


def test_a_judgement_lasts_as_long_as_its_drawing() -> None:
    table = Table(sketch=ONE)
    table.judge(1, 7)
    assert table.verdicts == [Verdict(1, 7)]
    assert table.judged
    table.take((line(100),))
    assert table.judged, "the canvas only says again what it shows"
    table.take(TWO)
    assert not table.judged
    table.doubt()
    table.undo()
    assert not table.doubted


def test_only_the_visitors_own_hand_is_kept() -> None:
    table = Table()
    table.judge(3, 3)
    assert table.hand == []
    table.lay(np.full((5, 6), 9, np.uint8))
    table.judge(3, 3)
    assert table.hand == []
    table.put(ONE)
    for _ in range(MOST_KEPT + 5):
        table.keep(1)
    assert len(table.hand) == MOST_KEPT


def test_an_exam_asks_for_each_digit_once() -> None:
    table = Table(sketch=TWO)
    assert table.asked is None
    table.begin_exam()
    asked = []
    while table.asked is not None:
        asked.append(table.asked)
        table.take(ONE)
        table.answer_exam(1)
        assert table.sketch == ()
    assert asked == list(range(10))
    assert table.exam
    assert [verdict.right for verdict in table.exam] == [digit == 1 for digit in range(10)]
    assert [written.label for written in table.hand] == asked
    table.answer_exam(1)
    assert len(table.exam) == 10
    table.end_exam()
    assert table.exam is None
