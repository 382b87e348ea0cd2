"""The answer in words, as large digits, and as bars."""

import re
from dataclasses import replace

import numpy as np
import pytest

from mnist_core.drawing.detector import Detection
from mnist_core.drawing.normalisation import Box
from mnist_core.drawing.reading import Prediction, named
from pages.ui.charts.percent import percent
from pages.ui.charts.theme import DARK, LIGHT, rgb
from pages.ui.components.english import counted
from pages.ui.draw import answer
from pages.ui.draw.panels import pictures


def sure(digit: int, probability: float, second: int = 0, rest: float = 0.0) -> Prediction:
    """An answer in which two digits share almost everything."""
    probabilities = np.full(10, (1 - probability - rest) / 8)
    probabilities[second], probabilities[digit] = rest, probability
    return Prediction(probabilities)


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (0.999, "I am certain: over 99%."),
        (0.95, "I am sure: 95%."),
        (0.8, "I am fairly sure: 80%."),
        (0.6, "I think so: 60%."),
        (0.3, "I am guessing: 30%."),
    ],
)
def test_sureness_in_words_and_number(probability: float, words: str) -> None:
    assert answer.in_words([[sure(7, probability)]], 0.0) == words


def test_a_runner_up_is_named_when_it_is_close() -> None:
    assert "a 1 (35%)" in answer.in_words([[sure(7, 0.6, 1, 0.35)]], 0.5)
    assert "also" not in answer.in_words([[sure(7, 0.9, 1, 0.08)]], 0.5)


def test_numbers_have_the_right_article_and_plural() -> None:
    assert "also be an 8 (35%)" in answer.in_words([[sure(7, 0.6, 8, 0.35)]], 0.5)
    assert "My best guess is an 8, but I'm only 60% sure" in answer.in_words([[sure(8, 0.6)]], 0.7)
    assert [counted(number, "digit") for number in (0, 1, 2)] == [
        "0 digits",
        "1 digit",
        "2 digits",
    ]


def test_below_the_threshold_it_says_so() -> None:
    said = answer.in_words([[sure(7, 0.6)]], 0.7)
    assert said.startswith("I don't know.")
    assert "60%" in said
    assert '<span class="lab-digit">?</span>' in answer.verdict([[sure(7, 0.6)]], 0.7, 1, LIGHT)


def test_what_is_no_digit_is_said_to_be_none_however_sure_the_network_is() -> None:
    heart = replace(sure(0, 0.999), detection=Detection(0.02, 0.01, is_digit=False))
    said = answer.in_words([[heart]], 0.5)
    assert said == "I don't think that is a digit. If it must be one: 0."
    assert named(heart, 0.5) is None
    assert '<span class="lab-digit">?</span>' in answer.verdict([[heart]], 0.5, 1, LIGHT)
    assert answer.aloud([[heart]], 0.5).startswith("?. I don't think")
    digit = replace(sure(0, 0.999), detection=Detection(0.98, 0.97, is_digit=True))
    assert answer.in_words([[digit]], 0.5) == "I am certain: over 99%."
    told = answer.in_words([[digit, heart, sure(3, 0.2)]], 0.5)
    assert told == (
        "2 digits, read one by one. I can't tell one of them. I don't think the other mark is a "
        "digit."
    )


def stranger(probability: float = 0.999) -> Prediction:
    """What a network says to a mark that a detector calls none."""
    return replace(sure(0, probability), detection=Detection(0.02, 0.01, is_digit=False))


@pytest.mark.parametrize(
    ("digits", "strangers", "words"),
    [
        ([0.9], 1, "1 digit. I don't think the other mark is a digit."),
        ([0.2], 1, "1 digit. I can't tell which. I don't think the other mark is a digit."),
        ([0.9], 2, "1 digit. I don't think the other 2 marks are digits."),
        ([0.2, 0.2], 0, "2 digits, read one by one. I can't tell 2 of them."),
        ([], 2, "2 marks, and I don't think any of them is a digit."),
    ],
)
def test_marks_that_are_no_digits_are_not_counted_among_the_digits(
    digits: list[float], strangers: int, words: str
) -> None:
    predictions = [*(sure(3, probability) for probability in digits), *[stranger()] * strangers]
    assert answer.in_words([predictions], 0.5) == words


def test_no_figure_stands_below_a_mark_that_is_no_digit() -> None:
    page = answer.verdict([[stranger(0.92), sure(5, 0.81)]], 0.5, 2, LIGHT)
    assert "92%" not in page
    assert "81%" in page


def test_bars_of_what_is_no_digit_say_under_what_condition_they_hold() -> None:
    """Ten percentages share out 100 whatever is drawn: none of them stands out then."""
    page = answer.bars(stranger(), LIGHT)
    assert "If it must be a digit:" in page
    assert "over 99%" in page
    assert LIGHT.accent not in page
    assert "If it must" not in answer.bars(sure(3, 0.999), LIGHT)


def test_a_number_has_its_digits_each_with_its_probability() -> None:
    predictions = [sure(2, 0.9), sure(0, 0.8), sure(2, 0.4), sure(6, 0.95)]
    page = answer.verdict([predictions], 0.5, 4, DARK)
    assert re.findall(r'class="lab-digit">(.)<', page) == ["2", "0", "?", "6"]
    for share in ("90%", "80%", "40%", "95%"):
        assert share in page
    assert "4 digits, read one by one. I can't tell one of them." in page


def test_lines_of_writing_stay_lines() -> None:
    lines = [[sure(2, 0.9), sure(0, 0.8)], [sure(6, 0.95)]]
    page = answer.verdict(lines, 0.5, 3, LIGHT)
    rows = page.split('class="lab-line"')[1:]
    assert [re.findall(r'class="lab-digit">(.)<', row) for row in rows] == [["2", "0"], ["6"]]
    assert "3 digits in 2 lines, read one by one." in page


def test_ten_bars_as_long_as_they_are_likely() -> None:
    page = answer.bars(sure(3, 0.5, 8, 0.25), LIGHT)
    widths = [float(width) for width in re.findall(r"width:max\(2px,([\d.]+)%\)", page)]
    assert len(widths) == 10
    assert int(np.argmax(widths)) == 3
    assert widths[3] == pytest.approx(2 * widths[8])
    assert page.count(LIGHT.accent) == 1


@pytest.mark.parametrize(
    ("share", "words"),
    [(0, "under 1%"), (0.001, "under 1%"), (0.42, "42%"), (0.997, "over 99%"), (1, "over 99%")],
)
def test_percents_as_people_say_them(share: float, words: str) -> None:
    assert percent(share) == words


def test_a_box_is_drawn_around_the_digit_and_nowhere_else() -> None:
    drawing = np.zeros((60, 80), np.uint8)
    drawing[20:40, 30:50] = 255
    picture = pictures.boxed(drawing, Box(15, 25, 45, 55), LIGHT)
    framed = (picture == rgb(LIGHT.accent).astype(np.uint8)).all(axis=-1)
    assert framed[15, 25:55].all()
    assert framed[15:45, 54].all()
    assert not framed[:15].any()
    assert not framed[17:43, 27:53].any()
    assert (picture[30, 40] == rgb(LIGHT.ink)).all()


def test_ink_that_spoke_is_coloured_by_its_sign_and_silent_ink_is_pale() -> None:
    image = np.full((1, 4), 255, np.uint8)
    image[0, 3] = 0
    picture = pictures.attributed(image, np.array([[2.0, -2.0, 0.0, 0.0]]), LIGHT)[0]
    assert (picture[0] == rgb(LIGHT.speaks_for)).all()
    assert (picture[1] == rgb(LIGHT.against)).all()
    assert (picture[3] == rgb(LIGHT.paper)).all()
    between = np.abs(picture[2] - rgb(LIGHT.paper)).sum()
    assert 0 < between < np.abs(rgb(LIGHT.ink) - rgb(LIGHT.paper)).sum() / 2


def test_squared_and_enlarged() -> None:
    picture = np.zeros((2, 4, 3), np.uint8)
    square = pictures.squared(picture, LIGHT)
    assert square.shape == (4, 4, 3)
    assert (square[0] == rgb(LIGHT.paper)).all()
    assert not square[1:3].any()
    assert pictures.enlarged(square, 3).shape == (12, 12, 3)
