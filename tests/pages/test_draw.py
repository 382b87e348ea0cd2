"""Draw reads what is on the paper, says why, keeps score, and learns the visitor's hand."""

import io
import json
import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from mnist_core.arrays import Floats, Pixels
from mnist_core.data import Data
from mnist_core.drawing.normalisation import to_mnist
from mnist_core.drawing.sketch import Mark, Sketch, ink
from mnist_core.drawing.sketch_text import from_text, to_text
from mnist_core.files.storage import bundled, load_model
from mnist_core.finetuning.finetuning import FineTuningResult, Scores
from mnist_core.finetuning.samples import LabelledSketch, to_json
from mnist_core.finetuning.tutor import FineTuningJob
from mnist_core.models.digit_detector import digit_detector
from pages.ui.canvas.canvas import ERASER, PEN
from pages.ui.draw import answer_place, details, sharing, state
from pages.ui.draw.readers import FAVOURITE
from pages.ui.draw.state import CANVAS, Key, LabelledDrawings, sample_key, which_key
from pages.ui.visit import models, shared
from pages.ui.visit.paper import HEIGHT, MARGIN, WIDTH, Paper
from tests.pages.conftest import ROOT, OpenPage, assert_calm, button, memory
from tests.pages.grids import components

Points = Sequence[tuple[float, float]]
ONE: Points = [(160, 50), (159, 140), (158, 240)]
SEVEN: Points = [(90, 60), (160, 58), (230, 60), (200, 120), (170, 180), (150, 240)]
TWO_ONES: Sequence[Points] = [[(80, 60), (80, 220)], [(250, 60), (250, 220)]]


def sketch(*strokes: Points) -> Sketch:
    return tuple(Mark(np.array(stroke, float), 20.0) for stroke in strokes)


def shown(page: AppTest) -> str:
    """All that the page says in HTML."""
    return " ".join(html.proto.body for html in page.get("html"))


def said(page: AppTest) -> str:
    """All that the page says in words."""
    return " ".join(element.value for element in (*page.markdown, *page.subheader, *page.caption))


def digits(page: AppTest) -> list[str]:
    """What the page says in large of what lies on the paper."""
    return re.findall(r'class="lab-digit">([^<]*)<', shown(page))


def paper(page: AppTest) -> Paper:
    found: Paper = memory(page)[shared._PAPER]
    return found


def hand(page: AppTest) -> LabelledDrawings:
    found: LabelledDrawings = memory(page)[state._STATE].labelled_drawings
    return found


@pytest.fixture
def draw(open_page: OpenPage) -> AppTest:
    page = open_page("draw")
    assert_calm(page)
    return page


def put(page: AppTest, *strokes: Points) -> AppTest:
    """Draw, in place of the canvas, whose value AppTest cannot set."""
    paper(page).draw(sketch(*strokes))
    page.run()
    assert_calm(page)
    return page


def look_closer(page: AppTest, panel: str) -> AppTest:
    page.pills(key=Key.DETAILS).set_value(panel).run()
    assert_calm(page)
    return page


def test_an_empty_paper_gets_an_invitation_and_no_answer(draw: AppTest) -> None:
    assert "Draw a digit" in said(draw)
    assert "lab-answer" not in shown(draw)
    for panel in details.NEED_A_DIGIT:
        look_closer(draw, panel)
        assert "Draw a digit or pick a sample" in said(draw)


def test_a_drawing_is_read(draw: AppTest) -> None:
    put(draw, SEVEN)
    assert '<span class="lab-digit">7</span>' in shown(draw)
    assert 'data-marks="1"' in shown(draw)
    put(draw, ONE)
    assert '<span class="lab-digit">1</span>' in shown(draw)


def test_a_number_is_read_digit_by_digit(draw: AppTest) -> None:
    put(draw, *TWO_ONES)
    assert shown(draw).count('<span class="lab-digit">1</span>') == 2
    assert "2 digits, read one by one." in shown(draw)
    for panel in (details.STEPS, details.WHY, details.INSIDE, details.OTHERS):
        look_closer(draw, panel)
    put(draw, [(x - 80, y) for x, y in ONE], nought(250, 45, 80))
    assert digits(draw) == ["1", "0"]
    assert "2 digits, read one by one." in shown(draw)


def test_what_may_be_more_than_one_digit_is_said_to_be_so(
    draw: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(draw, SEVEN)
    assert "may be more than one digit" not in said(draw)
    monkeypatch.setattr(answer_place, "DOUBTFUL", 1.01)
    draw.run()
    assert "The 7 may be more than one digit" in said(draw)


@pytest.mark.parametrize(
    ("centres", "across", "up"), [((80, 230), 38, 70), ((100, 220), 45, 80)], ids=["far", "near"]
)
def test_two_digits_in_one_stroke_are_read_as_two(
    draw: AppTest, centres: tuple[int, int], across: int, up: int
) -> None:
    """Noughts that a bar joins at the top, written without lifting the pen."""
    first, second = (nought(centre, across, up) for centre in centres)
    put(draw, [*first, *second])
    assert digits(draw) == ["0", "0"]


def nought(centre: float, across: float, up: float) -> Points:
    """A nought from its top and back to it, so wide and high to either side of its centre."""
    angle = np.linspace(-np.pi / 2, 1.5 * np.pi, 40)
    return [(centre + across * np.cos(a), 140 + up * np.sin(a)) for a in angle]


def test_a_thick_pen_on_a_small_digit_is_said_to_be_thinned(draw: AppTest) -> None:
    put(draw, SEVEN)
    assert "thick" not in said(draw)
    put(draw, [(x / 5, y / 5) for x, y in SEVEN])
    assert '<span class="lab-digit">7</span>' in shown(draw)
    assert "Your pen is thick" in said(draw)


def test_undo_and_clear(draw: AppTest) -> None:
    assert button(draw, "Undo").disabled
    put(draw, SEVEN, ONE)
    button(draw, "Undo").click().run()
    assert 'data-marks="1"' in shown(draw)
    button(draw, "Clear").click().run()
    assert "lab-answer" not in shown(draw)
    assert button(draw, "Clear").disabled
    button(draw, "Undo").click().run()
    assert '<span class="lab-digit">7</span>' in shown(draw), "what was cleared comes back"
    button(draw, "Redo").click().run()
    assert "lab-answer" not in shown(draw)


def canvas(page: AppTest) -> dict[str, Any]:
    """What the canvas is told."""
    (told,) = components(page, "lab_canvas")
    return told


def take_eraser(page: AppTest) -> None:
    page.segmented_control(key=CANVAS.tool).set_value(ERASER).run()
    assert_calm(page)


def test_after_clear_the_pen_is_taken_and_an_eraser_says_where_nothing_is_to_be_erased(
    draw: AppTest,
) -> None:
    put(draw, SEVEN)
    take_eraser(draw)
    assert canvas(draw)["erases"]
    assert not canvas(draw)["hint"]
    button(draw, "Clear").click().run()
    assert draw.segmented_control(key=CANVAS.tool).value == PEN
    assert not canvas(draw)["erases"]
    assert not canvas(draw)["hint"]
    take_eraser(draw)
    assert "nothing here to erase" in canvas(draw)["hint"]
    put(draw, ONE)
    assert not canvas(draw)["hint"]


def test_the_eraser_takes_the_soft_edge_of_a_stroke_along(draw: AppTest) -> None:
    pen = Mark(np.array([[60.0, 140.0], [160.4, 90.3], [280.0, 140.0]]), 20.0)
    assert canvas(draw)["strokeWidth"] == pen.width
    paper(draw).draw((pen,))
    take_eraser(draw)
    eraser = Mark(pen.path, canvas(draw)["strokeWidth"], erases=True)
    assert ink((pen,), HEIGHT, WIDTH).any()
    assert not ink((pen, eraser), HEIGHT, WIDTH).any()


def test_a_decimal_point_is_counted_as_a_mark_and_not_as_a_digit(draw: AppTest) -> None:
    three = [(40, 60), (110, 60), (70, 110), (110, 150), (95, 200), (40, 205)]
    put(draw, three, [(150, 205)], [(200, 60), (200, 205)])
    assert "2 digits, read one by one. I don't think the other mark is a digit." in shown(draw)
    assert shown(draw).count('<span class="lab-digit">?</span>') == 1


def test_no_pen_is_offered_while_a_picture_lies_over_the_paper(draw: AppTest, data: Data) -> None:
    brush = draw.slider(key=CANVAS.brush)
    brush.set_value(30).run()
    paper(draw).lay(np.pad(data.test.images[0], MARGIN))
    draw.run()
    assert_calm(draw)
    assert CANVAS.brush not in [slider.key for slider in draw.slider]
    button(draw, "Back to the paper").click().run()
    assert draw.slider(key=CANVAS.brush).value == 30


def test_every_bundled_network_can_read(draw: AppTest) -> None:
    put(draw, ONE)
    titles = {models.TITLES[name] for name in bundled()}
    assert titles <= {name.split(":")[0] for name in draw.selectbox[0].options}
    for name in bundled():
        draw.session_state[Key.READER] = models.lab_key(name)
        draw.run()
        assert_calm(draw)
        assert "lab-answer" in shown(draw)


def doubtful(data: Data) -> Pixels:
    """A digit of the test set of which the network is not sure, and the detector is."""
    first = data.test.images[:1_000]
    unsure = load_model(FAVOURITE).network.probabilities(first).max(axis=0) < 0.95
    digits = digit_detector().chances(first) > 0.9
    return first[np.flatnonzero(unsure & digits)[0]]


def test_below_the_visitors_threshold_it_does_not_know(draw: AppTest, data: Data) -> None:
    paper(draw).lay(np.pad(doubtful(data), MARGIN))
    threshold = draw.slider(key=Key.THRESHOLD)
    threshold.set_value(0).run()
    assert "I don't know" not in shown(draw)
    threshold.set_value(99).run()
    assert "I don't know" in shown(draw)
    assert '<span class="lab-digit">?</span>' in shown(draw)


def test_what_is_no_digit_is_called_none_whatever_the_threshold(draw: AppTest) -> None:
    put(draw, [(60, 140), (280, 140)], [(170, 60), (170, 220)], [(80, 60), (260, 220)])
    draw.slider(key=Key.THRESHOLD).set_value(0).run()
    assert "I don't think that is a digit. If it must be one:" in shown(draw)
    assert "If it must be a digit:" in shown(draw), "so that no bar seems to be an answer"
    assert '<span class="lab-digit">?</span>' in shown(draw)
    look_closer(draw, details.FOOL)
    assert "another small network looks first, the *detector*" in said(draw)
    assert "the answer above is held back" in said(draw)
    button(draw, "That was not a digit").click().run()
    assert "I declined 1 of 1 that was not a digit." in said(draw)


def test_a_heart_is_no_digit_and_a_seven_of_three_points_is_one(draw: AppTest) -> None:
    turn = np.linspace(0, 2 * np.pi, 40)
    across = 168 + 80 * np.sin(turn) ** 3
    down = 130 - 5 * (13 * np.cos(turn) - 5 * np.cos(2 * turn) - 2 * np.cos(3 * turn))
    put(draw, list(zip(across, down, strict=True)))
    assert digits(draw) == ["?"]
    assert "I don't think that is a digit. If it must be one:" in shown(draw)
    put(draw, [(110, 70), (220, 70), (150, 220)])
    assert digits(draw) == ["7"]


def test_a_step_left_out_changes_what_is_read(draw: AppTest) -> None:
    put(draw, [(30, 200), (40, 200), (50, 200), (45, 220), (40, 240)])
    look_closer(draw, details.STEPS)
    assert "All steps are on" in said(draw)
    draw.toggle(key=Key.CROP).set_value(False).run()
    assert_calm(draw)
    assert "Like this:" in said(draw)
    assert "All steps are on" not in said(draw)


def captions(page: AppTest) -> str:
    """What stands below the pictures."""
    return " ".join(image.caption for images in page.get("image") for image in images.proto.imgs)


@pytest.mark.parametrize(
    ("step", "on", "off"),
    [
        (Key.CROP, "2 · Cut out", "2 · Not cut out"),
        (Key.FIT, "20 pixels", "without a margin"),
        (Key.CENTRE, "4 · Balanced", "4 · Not balanced"),
    ],
)
def test_a_step_that_is_left_out_says_so(draw: AppTest, step: str, on: str, off: str) -> None:
    put(draw, SEVEN)
    look_closer(draw, details.STEPS)
    assert on in captions(draw)
    assert off not in captions(draw)
    draw.toggle(key=step).set_value(False).run()
    assert off in captions(draw)


def test_the_numbers_that_the_network_sees_can_be_read(draw: AppTest) -> None:
    put(draw, SEVEN)
    look_closer(draw, details.STEPS)
    draw.session_state[Key.NUMBERS] = True
    draw.run()
    (code,) = draw.code
    read = np.array([row.split() for row in code.value.splitlines()], int)
    assert np.array_equal(read, to_mnist(paper(draw).pixels()))


def test_why_and_why_not(draw: AppTest) -> None:
    put(draw, SEVEN)
    look_closer(draw, details.WHY)
    assert "for a 7" in shown(draw)
    draw.pills(key=Key.RIVAL).set_value(3).run()
    assert "for 3 and not 7" in shown(draw)
    draw.segmented_control(key=Key.VIEW).set_value("cover").run()
    assert_calm(draw)
    assert "A patch of blank paper" in said(draw)


@pytest.mark.parametrize("rival", [None, 9])
def test_covering_all_ink_costs_what_the_page_says(draw: AppTest, rival: int | None) -> None:
    put(draw, SEVEN)
    look_closer(draw, details.WHY)
    draw.segmented_control(key=Key.VIEW).set_value("cover").run()
    if rival is not None:
        draw.pills(key=Key.RIVAL).set_value(rival).run()
    image = to_mnist(paper(draw).pixels())
    shown_logits, no_logits = (
        load_model(FAVOURITE).network.logits(np.stack([image, np.zeros_like(image)])).T
    )

    def score(logits: Floats) -> float:
        return float(logits[7] - logits.mean() if rival is None else logits[rival] - logits[7])

    change = score(no_logits) - score(shown_logits)
    direction = "falls" if change < 0 else "rises"
    assert f"With all of its ink covered, it {direction} by **{abs(change):.1f}**." in said(draw)
    assert "All its ink taken together" not in said(draw), "squares that overlap do not add up"


def test_a_rival_that_the_next_drawing_is_read_as(draw: AppTest) -> None:
    put(draw, SEVEN)
    look_closer(draw, details.WHY)
    draw.pills(key=Key.RIVAL).set_value(1).run()
    assert "for 1 and not 7" in shown(draw)
    put(draw, ONE)
    assert "for a 1" in shown(draw)


def test_a_network_that_is_gone_is_replaced() -> None:
    page = AppTest.from_file(str(ROOT / "pages" / "draw.py"), default_timeout=60)
    page.session_state[Key.READER] = "run:7"
    put(page.run(), ONE)
    assert "lab-answer" in shown(page)


def test_all_networks_side_by_side(draw: AppTest) -> None:
    put(draw, ONE)
    look_closer(draw, details.OTHERS)
    assert shown(draw).count("lab-opinion") == len(bundled())


def test_the_score_of_the_visit(draw: AppTest) -> None:
    look_closer(draw, details.SCORE)
    assert "No score yet" in said(draw)
    put(draw, SEVEN)
    button(draw, "Yes").click().run()
    assert "I got 1 of your 1 right so far." in said(draw)
    assert not [found for found in draw.button if found.label == "Yes"], "a drawing counts once"
    put(draw, ONE)
    button(draw, "No").click().run()
    button(draw, "4").click().run()
    assert "I got 1 of your 2 right so far." in said(draw)
    rows = draw.table[0].value.astype(str)
    assert rows[rows["Digit"] == "7"]["Yours"].item() == "1 of 1"
    assert rows[rows["Digit"] == "4"]["Yours"].item() == "0 of 1"
    assert [kept.label for kept in hand(draw).written] == [7, 4]


def test_the_score_follows_a_drawing_that_goes_on_and_one_that_comes_after_it(
    draw: AppTest,
) -> None:
    put(draw, ONE)
    assert digits(draw) == ["1"]
    button(draw, "Yes").click().run()
    assert "I got 1 of your 1 right so far." in said(draw)
    put(draw, ONE, [(40, 140), (120, 140), (200, 140), (300, 140)])
    assert digits(draw) == ["?"], "a cross is no digit"
    button(draw, "That was not a digit").click().run()
    assert "I declined 1 of 1 that was not a digit." in said(draw)
    button(draw, "Clear").click().run()
    assert "Draw a digit" in said(draw)
    put(draw, ONE)
    assert digits(draw) == ["1"]
    button(draw, "No").click().run()
    button(draw, "7").click().run()
    assert "I got 1 of your 2 right so far." in said(draw)


def choose_reader(page: AppTest, name: str) -> None:
    page.selectbox(key=Key.READER).set_value(models.lab_key(name)).run()
    assert_calm(page)


def test_a_verdict_belongs_to_the_network_that_read(draw: AppTest) -> None:
    put(draw, SEVEN)
    button(draw, "Yes").click().run()
    look_closer(draw, details.SCORE)
    choose_reader(draw, "notebook")
    assert "No score yet" in said(draw)
    assert button(draw, "Yes"), "this network has not been judged"
    choose_reader(draw, FAVOURITE)
    rows = draw.table[0].value.astype(str)
    assert rows[rows["Digit"] == "7"]["Yours"].item() == "1 of 1"


def test_not_to_know_is_not_right(draw: AppTest) -> None:
    put(draw, [(60, 140), (280, 140)], [(170, 60), (170, 220)], [(80, 60), (260, 220)])
    assert '<span class="lab-digit">?</span>' in shown(draw)
    assert not [found for found in draw.button if found.label in ("Yes", "No")]
    button(draw, "8").click().run()
    assert "I got 0 of your 1 right so far." in said(draw)
    assert [kept.label for kept in hand(draw).written] == [8]


def test_a_verdict_can_be_taken_back(draw: AppTest) -> None:
    put(draw, SEVEN)
    button(draw, "No").click().run()
    assert [found.label for found in draw.button if found.label.isdigit()] == list("012345689")
    button(draw, "Back").click().run()
    button(draw, "No").click().run()
    button(draw, "That was not a digit").click().run()
    assert "I declined 0 of 1 that was not a digit." in said(draw)
    assert hand(draw).written == []
    button(draw, "Change").click().run()
    button(draw, "Yes").click().run()
    assert "I got 1 of your 1 right so far." in said(draw)
    assert [kept.label for kept in hand(draw).written] == [7]


def test_the_test_score_beside_it_is_the_networks(draw: AppTest, data: Data) -> None:
    put(draw, SEVEN)
    button(draw, "Yes").click().run()
    look_closer(draw, details.SCORE)
    model = load_model(FAVOURITE)
    sevens = data.test.images[data.test.labels == 7]
    share = (model.network.logits(sevens).argmax(axis=0) == 7).mean()
    rows = draw.table[0].value.astype(str)
    assert rows.iloc[7, 2] == f"{share:.1%}"


def test_my_handwriting_asks_for_ten_digits_in_turn(draw: AppTest) -> None:
    look_closer(draw, details.HAND)
    button(draw, "Ask me for ten digits").click().run()
    for asked in range(10):
        assert f">{asked}</span>" in shown(draw)
        assert f"Please write {'an' if asked == 8 else 'a'} <" in shown(draw)
        assert "lab-answer" not in shown(draw), "what it reads stays secret until the end"
        put_exam(draw, SEVEN if asked == 7 else [(x + asked, y) for x, y in ONE])
        next(found for found in draw.button if found.label.startswith("Done")).click().run()
        assert_calm(draw)
    assert "I got 2 of your 10 right" in said(draw)
    assert "your 0 for a 1" in said(draw)
    assert [kept.label for kept in hand(draw).written] == list(range(10))


def put_exam(page: AppTest, stroke: Points) -> None:
    paper(page).draw(sketch(stroke))
    page.run()


def test_handwriting_can_be_brought_back(draw: AppTest) -> None:
    look_closer(draw, details.HAND)
    digits = [LabelledSketch(3, sketch(SEVEN)), LabelledSketch(1, sketch(ONE))]
    upload = draw.file_uploader(key=Key.HANDWRITING)
    upload.set_value(
        ("hand.json", to_json(digits, HEIGHT, WIDTH).encode(), "application/json")
    ).run()
    assert_calm(draw)
    assert [kept.label for kept in hand(draw).written] == [3, 1]
    upload = draw.file_uploader(key=Key.HANDWRITING)
    upload.set_value(("hand.json", json.dumps({"a": 1}).encode(), "application/json")).run()
    assert not draw.exception
    assert [error.value for error in draw.error] == [
        "The file contains no handwriting: choose one exported here."
    ]
    assert len(hand(draw).written) == 2


def written(label: int, stroke: Points) -> list[LabelledSketch]:
    """A digit three times, each time a little further to the right."""
    shifts = (0, 5, 10)
    return [LabelledSketch(label, sketch([(x + by, y) for x, y in stroke])) for by in shifts]


def test_handwriting_that_is_brought_back_counts_once(draw: AppTest) -> None:
    look_closer(draw, details.HAND)
    digits = written(3, SEVEN)
    hand(draw).add(digits)
    content = to_json(digits, HEIGHT, WIDTH).encode()
    upload = draw.file_uploader(key=Key.HANDWRITING)
    upload.set_value(("hand.json", content, "application/json")).run()
    assert_calm(draw)
    assert len(hand(draw).written) == 3


def test_a_network_learns_the_hand(draw: AppTest) -> None:
    put(draw, ONE)
    look_closer(draw, details.HAND)
    assert "Write all ten twice" in " ".join(info.value for info in draw.info)
    hand(draw).add(written(1, ONE) + written(7, SEVEN))
    draw.session_state[Key.READER] = models.lab_key("notebook")
    draw.run()
    button(draw, "Teach Ten units my 6 digits").click().run()
    tutor = memory(draw)[state._STATE].fine_tuning_job
    assert tutor
    tutor.join(60)
    draw.run()
    assert_calm(draw)
    assert "4 of your digits" in draw.success[0].value
    assert len(draw.metric) == 2
    if tutor.result.costly:
        button(draw, "Keep it anyway").click().run()
    button(draw, "From now on, read with Ten units, taught").click().run()
    assert_calm(draw)
    reader = draw.selectbox(key=Key.READER)
    (record,) = memory(draw)[shared._RECORDS]
    assert reader.value == shared.run_key(record)
    assert "Ten units, taught: 10 units" in reader.options
    draw.run()
    assert memory(draw)[shared._RECORDS] == [record], "it is kept once"
    memory(draw)[shared._RECORDS].clear()
    draw.run()
    assert_calm(draw)
    assert not memory(draw)[shared._RECORDS], "what was deleted on Train stays deleted"


class CostlyTutor(FineTuningJob):
    """One whose lesson costs 0.8 percentage points in the practice exam."""

    def __init__(self, *arguments: Any) -> None:
        model, *_ = self._arguments = arguments  # type: ignore[assignment]
        scores = Scores(0.5, 0.993), Scores(0.9, 0.985)
        self.message, self.result = "", FineTuningResult(model, *scores, trained_on=4, held_back=2)

    def start(self) -> None:
        pass

    @property
    def over(self) -> bool:
        return True


@pytest.mark.parametrize(("decision", "kept"), [("Discard", 0), ("Keep it anyway", 1)])
def test_a_costly_lesson_is_not_kept_without_asking(
    draw: AppTest, monkeypatch: pytest.MonkeyPatch, decision: str, kept: int
) -> None:
    monkeypatch.setattr("pages.ui.draw.panels.teaching.FineTuningJob", CostlyTutor)
    look_closer(draw, details.HAND)
    hand(draw).add(written(1, ONE) + written(7, SEVEN))
    draw.run()
    button(draw, f"Teach {models.TITLES[FAVOURITE]} my 6 digits").click().run()
    assert_calm(draw)
    assert "costs 0.8 percentage points in the practice exam" in draw.warning[0].value
    assert memory(draw)[shared._RECORDS] == []
    button(draw, decision).click().run()
    assert_calm(draw)
    assert not draw.warning
    assert len(memory(draw)[shared._RECORDS]) == kept


def test_it_has_no_idea_what_a_digit_is(draw: AppTest) -> None:
    put(draw, ONE)
    look_closer(draw, details.FOOL)
    assert "It reads what is on the paper now as **a 1**" in said(draw)


def test_any_digit_of_a_number_can_be_fooled(draw: AppTest) -> None:
    put(draw, [(80, 60), (80, 220)], [(x + 90, y) for x, y in SEVEN])
    look_closer(draw, details.FOOL)
    assert "on the paper now as **a 1**" in said(draw)
    draw.segmented_control(key=which_key(2)).set_value(1).run()
    assert "on the paper now as **a 7**" in said(draw)


def test_no_picture_is_a_file_that_the_server_may_have_dropped(draw: AppTest) -> None:
    put(draw, SEVEN)
    for panel in (details.STEPS, details.WHY, details.INSIDE):
        look_closer(draw, panel)
        addresses = [image.url for images in draw.get("image") for image in images.proto.imgs]
        assert len(addresses) >= 2
        assert {address.split(":")[0] for address in addresses} == {"data"}


def picture(kind: str = "PNG", bars: int = 1) -> bytes:
    """So many ones side by side on grey paper."""
    paper = np.full((200, 160 * max(1, bars)), 235, np.uint8)
    for bar in range(bars):
        paper[40:160, 160 * bar + 74 : 160 * bar + 86] = 30
    stream = io.BytesIO()
    Image.fromarray(paper).save(stream, kind)
    return stream.getvalue()


HEIC = b"\0\0\0\x24ftypheic\0\0\0\0mif1heic"


@pytest.mark.parametrize("kind", ["PNG", "GIF", "BMP", "TIFF", "AVIF"])
def test_a_picture_of_a_digit_is_read(draw: AppTest, kind: str) -> None:
    draw.session_state[Key.INPUTS] = True
    draw.run()
    choose_files(draw, (f"one.{kind.lower()}", picture(kind)))
    assert_calm(draw)
    assert '<span class="lab-digit">1</span>' in shown(draw)
    assert not draw.radio, "there is nothing to choose from"
    button(draw, "Back to the paper").click().run()
    assert "lab-answer" not in shown(draw)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("nothing.png", b""),
        ("a_letter_to_*you*.png", b"not a picture"),
        ("half.png", picture()[:100]),
        ("IMG_0042.HEIC", HEIC),
        ("plan.pdf", b"%PDF-1.7"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_in_one_sentence(
    draw: AppTest, name: str, content: bytes
) -> None:
    draw.session_state[Key.INPUTS] = True
    draw.run()
    choose_files(draw, (name, content))
    (error,) = draw.error
    assert error.value.replace("\\", "").startswith(f"{name} is ")
    assert error.value.endswith(".")
    assert "\n" not in error.value


def choose_files(page: AppTest, *files: tuple[str, bytes]) -> None:
    """Choose these, in place of what was chosen before."""
    chosen = [(name, content, "image/png") for name, content in files]
    page.file_uploader(key=Key.UPLOAD).set_value(chosen).run()
    assert not page.exception


def test_several_pictures_are_all_answered_and_one_lies_on_the_paper(draw: AppTest) -> None:
    draw.session_state[Key.INPUTS] = True
    draw.run()
    files = {
        "IMG_1.HEIC": HEIC,
        "two [ones].png": picture(bars=2),
        "blank.gif": picture("GIF", bars=0),
        "one.jpg": picture("JPEG"),
    }
    choose_files(draw, *files.items())
    assert_calm(draw)
    (pictures,) = draw.radio
    assert "4 pictures" in pictures.label
    assert pictures.options == ["1: not read", "2: 11", "3: no ink", "4: 1"]
    captions = pictures.proto.captions
    assert captions[1:] == ["two \\[ones\\].png", "blank.gif", "one.jpg"]
    assert "IMG\\_1.HEIC is a HEIC picture" in captions[0]


def test_another_of_several_pictures_is_looked_at(draw: AppTest) -> None:
    draw.session_state[Key.INPUTS] = True
    draw.run()
    choose_files(draw, ("bad.png", b"text"), ("1.png", picture()), ("11.png", picture(bars=2)))
    keys = list(draw.session_state[state._STATE].files.files)
    assert draw.radio[0].value == keys[1], "the first that can be read"
    assert shown(draw).count("lab-digit") == 1
    draw.radio[0].set_value(keys[2]).run()
    assert_calm(draw)
    assert shown(draw).count("lab-digit") == 2
    button(draw, "Rotate").click().run()
    assert paper(draw).pixels().shape == (320, 200)
    assert draw.radio[0].options[2] != "3: 11", "lying down"
    draw.radio[0].set_value(keys[0]).run()
    assert [error.value for error in draw.error] == [draw.radio[0].proto.captions[0]]
    assert "lab-answer" not in shown(draw)
    button(draw, "Back to the paper").click().run()
    assert_calm(draw)
    assert not draw.radio


def test_what_is_not_known_is_a_question_mark_in_the_list_too(draw: AppTest) -> None:
    draw.session_state[Key.INPUTS] = True
    draw.run()
    choose_files(draw, ("a.png", picture()), ("b.png", picture(bars=2)))
    draw.selectbox(key=Key.READER).set_value("lab:notebook").run()
    draw.slider(key=Key.THRESHOLD).set_value(0).run()
    assert draw.radio[0].options == ["1: 1", "2: 11"]
    draw.slider(key=Key.THRESHOLD).set_value(99).run()
    assert_calm(draw)
    assert '"lab-digit">?<' in shown(draw)
    assert draw.radio[0].options[0] == "1: ?"


def choose_file(page: AppTest, content: bytes | None) -> None:
    choose_files(page, *([] if content is None else [("one.png", content)]))


@pytest.mark.parametrize("from_file", [True, False])
def test_a_refused_file_leaves_no_answer_above_its_error(draw: AppTest, from_file: bool) -> None:
    draw.session_state[Key.INPUTS] = True
    put(draw, SEVEN)
    if from_file:
        choose_file(draw, picture())
    look_closer(draw, details.WHY)
    choose_file(draw, b"not a picture")
    assert len(draw.error) == 1
    assert "lab-answer" not in shown(draw)
    assert "Draw a digit or pick a sample" in said(draw)
    button(draw, "Back to the paper").click().run()
    assert not draw.error
    assert '<span class="lab-digit">7</span>' in shown(draw), "the drawing is still there"


def test_a_file_that_is_removed_takes_its_reading_along(draw: AppTest) -> None:
    draw.session_state[Key.INPUTS] = True
    draw.run()
    choose_file(draw, picture())
    assert "lab-answer" in shown(draw)
    choose_file(draw, None)
    assert "lab-answer" not in shown(draw)
    choose_file(draw, b"not a picture")
    choose_file(draw, None)
    assert not draw.error
    choose_file(draw, picture())
    draw.button(key=sample_key(3)).click().run()
    choose_file(draw, None)
    assert "lab-answer" in shown(draw), "the sample that was taken since stays"


def test_a_photograph_is_shown_beside_what_was_made_of_it_and_turned(draw: AppTest) -> None:
    draw.session_state[Key.INPUTS] = True
    draw.run()
    choose_file(draw, picture())
    assert "Your original picture" in [
        image.caption for images in draw.get("image") for image in images.proto.imgs
    ]
    upright = paper(draw).pixels()
    button(draw, "Rotate").click().run()
    assert_calm(draw)
    assert np.array_equal(paper(draw).pixels(), np.rot90(upright, -1))
    choose_file(draw, None)
    assert paper(draw).picture is None, "it is still the file's"


def test_a_photograph_after_a_refused_file_is_read_and_takes_the_error_away(
    draw: AppTest,
) -> None:
    draw.session_state[Key.INPUTS] = True
    draw.run()
    choose_file(draw, b"not a picture at all")
    (error,) = draw.error
    assert error.value.endswith(".")
    photograph = np.linspace(150, 235, 400)[:, None] + np.zeros(300)
    photograph[80:320, 140:165] = 40
    stream = io.BytesIO()
    Image.fromarray(photograph.astype(np.uint8)).save(stream, "JPEG")
    choose_files(draw, ("one.jpg", stream.getvalue()))
    assert_calm(draw)
    assert digits(draw) == ["1"]


def test_a_link_brings_the_drawing_along() -> None:
    drawn = sketch(SEVEN)
    page = AppTest.from_file(str(ROOT / "pages" / "draw.py"), default_timeout=60)
    page.query_params[sharing.DRAWING] = to_text(drawn)
    page.run()
    assert_calm(page)
    assert '<span class="lab-digit">7</span>' in shown(page)
    put(page, ONE)
    assert '<span class="lab-digit">1</span>' in shown(page), "it is put on the paper once"
    page.session_state[Key.SHARING] = True
    page.run()
    (code,) = page.code
    query = parse_qs(urlsplit(code.value).query)
    back = from_text(query[sharing.DRAWING][0])
    assert np.allclose(back[0].path, paper(page).sketch[0].path)
    assert query["reader"] == ["lab:conv"]


def draw_in_the_frame() -> None:
    """The script of the page, with the sentences that the frame shows beside it."""
    import runpy

    from pages.ui.frame import notices
    from tests.pages.conftest import ROOT

    with notices.taken_flashes():
        runpy.run_path(str(ROOT / "pages" / "draw.py"))


def test_a_link_that_holds_no_drawing_is_refused_in_a_sentence() -> None:
    page = AppTest.from_function(draw_in_the_frame, default_timeout=60)
    page.query_params[sharing.DRAWING] = "nonsense"
    page.run()
    assert_calm(page)
    assert page.toast[0].value.endswith(".")


def test_a_sample_at_the_press_of_a_button(draw: AppTest) -> None:
    draw.session_state[Key.INPUTS] = True
    draw.run()
    draw.button(key=Key.SAMPLE_NUMBER).click().run()
    assert_calm(draw)
    assert shown(draw).count("lab-digit") >= 2
    draw.button(key=sample_key(3)).click().run()
    assert_calm(draw)
    assert shown(draw).count("lab-digit") == 1


@pytest.mark.usefixtures("other_data")
def test_a_data_set_of_another_size_says_why_nothing_can_be_read(open_page: OpenPage) -> None:
    page = open_page("draw")
    assert_calm(page)
    assert "12 by 10" in page.info[0].value
    assert not page.get("page_link")


@pytest.mark.usefixtures("clothes")
def test_without_a_network_for_the_data_it_leads_to_training(open_page: OpenPage) -> None:
    page = open_page("draw")
    assert_calm(page)
    assert "has learned from clothes" in page.info[0].value
    assert [link.page for link in page.get("page_link")] == ["train"]


def test_it_leads_into_the_network_that_reads(draw: AppTest) -> None:
    assert [link.page for link in draw.get("page_link")] == ["explore", "train"]
    draw.selectbox(key=Key.READER).set_value("lab:notebook").run()
    assert any(
        "See what the network **Ten units** looks for" in block.value for block in draw.markdown
    )
    assert draw.button(key="go_weights").label == "Look inside"


def test_who_was_sent_to_draw_is_led_back_with_the_drawing(draw: AppTest) -> None:
    draw.session_state[shared._AWAITED] = "weights"
    draw.run()
    assert_calm(draw)
    links = [link.page for link in draw.get("page_link")]
    assert "weights" not in links, "there is nothing yet to go back with"
    put(draw, SEVEN)
    assert_calm(draw)
    assert "weights" in [link.page for link in draw.get("page_link")]


@pytest.mark.parametrize(("name", "present"), [("draw", False), ("draw", True), ("home", False)])
def test_a_picture_over_the_paper_is_shown_wherever_it_is_read(
    open_page: OpenPage, data: Data, name: str, present: bool
) -> None:
    page = open_page(name)
    assert len(components(page, "lab_canvas")) == 1
    memory(page)[shared._PAPER].lay(np.pad(data.test.images[0], MARGIN))
    page.session_state[Key.PRESENT] = present
    page.run()
    assert_calm(page)
    assert not components(page, "lab_canvas")
    assert "Back to the paper" in [button.label for button in page.button]
