"""Reading finds the digits of a drawing, prepares each, and says what the network says."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mnist_core.arrays import Pixels
from mnist_core.data import Data, load
from mnist_core.drawing.connected_components import components
from mnist_core.drawing.normalisation import Steps, ink_box, prepare, to_mnist
from mnist_core.drawing.reading import MOST_DIGITS, Prediction, ReadDigit, read, read_number
from mnist_core.drawing.segmentation import picture_lines, sketch_lines
from mnist_core.drawing.sketch import Mark, Sketch, ink
from mnist_core.drawing.strokes import Stroke
from mnist_core.errors import LabError
from mnist_core.files.storage import load_model
from mnist_core.models.digit_detector import digit_detector
from mnist_core.nn.network import Network
from mnist_core.training.config import TrainingConfig


@pytest.fixture(scope="module")
def digits() -> np.ndarray:
    return load().test.images[:4]


@pytest.fixture(scope="module", params=["conv", "dense"])
def network(request: pytest.FixtureRequest) -> Network:
    return load_model(request.param).network


def stroke(*points: tuple[float, float]) -> Stroke:
    corners = np.array(points, float)
    steps = np.linspace(corners[:-1], corners[1:], 10, endpoint=False, axis=1)
    return np.concatenate([*steps, corners[-1:]])


def pen(*strokes: Stroke) -> Sketch:
    return tuple(Mark(path, 20.0) for path in strokes)


def nought(x: float) -> Stroke:
    angle = np.linspace(-np.pi / 2, 1.5 * np.pi, 40)
    return np.stack([x + 40 * np.cos(angle), 140 + 75 * np.sin(angle)], axis=1)


def four(gap: float) -> Sketch:
    """A 4 whose upright stands so many pixels of paper to the right of its angle."""
    return pen(
        stroke((110, 50), (80, 150), (150, 150)),
        stroke((170 + gap, 90), (170 + gap, 230)),
    )


def of_picture(network: Network, picture: Pixels) -> tuple[ReadDigit, ...]:
    return read_number(network, digit_detector(), picture_lines(picture))


def of_sketch(network: Network, sketch: Sketch) -> tuple[ReadDigit, ...]:
    return read_number(network, digit_detector(), sketch_lines(sketch, 280, 336))


def number(digits: tuple[ReadDigit, ...]) -> str:
    return "".join(str(digit.prediction.digit) for digit in digits)


def test_digits_side_by_side_are_read_one_by_one(network: Network, digits: np.ndarray) -> None:
    row = np.concatenate([np.pad(digit, 6) for digit in digits], axis=1)
    found = [digit.preparation for digit in of_picture(network, row)]
    assert [np.array_equal(p.image, d) for p, d in zip(found, digits, strict=True)] == [True] * 4
    assert [p.box.left // 40 for p in found] == [0, 1, 2, 3]


@pytest.mark.parametrize("gap", [0, 5, 10, 15])
def test_a_4_in_two_parts_is_one_digit(network: Network, gap: float) -> None:
    sketch = four(gap)
    assert number(of_sketch(network, sketch)) == "4"
    assert number(of_picture(network, ink(sketch, 280, 336))) == "4"


def test_a_5_whose_bar_came_off_is_one_digit(network: Network) -> None:
    body = stroke((100, 70), (95, 130), (140, 125), (150, 170), (130, 210), (90, 205))
    sketch = pen(body, stroke((140, 70), (200, 66)))
    assert number(of_sketch(network, sketch)) == "5"
    assert number(of_picture(network, ink(sketch, 280, 336))) == "5"


@pytest.mark.parametrize("shift", [45, 60, 75])
def test_noughts_over_each_other_are_told_apart_by_their_strokes(
    network: Network, shift: float
) -> None:
    assert number(of_sketch(network, pen(nought(100), nought(100 + shift)))) == "00"


@pytest.mark.parametrize("overlap", [2, 5, 8])
def test_digits_whose_ink_runs_together_are_told_apart_in_a_picture(
    network: Network, overlap: float
) -> None:
    """Noughts that are 100 pixels wide, beside each other and beside a 3."""
    apart = 100 - overlap
    two = ink(pen(nought(60), nought(60 + apart)), 280, 336)
    assert number(of_picture(network, two)) == "00"
    three_and_two = pen(three(60), nought(60 + apart - 5), nought(60 + 2 * apart - 5))
    assert number(of_picture(network, ink(three_and_two, 280, 336))) == "300"


@pytest.mark.parametrize("gap", [4, 12, 30])
def test_ones_and_noughts_side_by_side_stay_apart(network: Network, gap: float) -> None:
    one, other = stroke((60, 50), (60, 230)), stroke((80 + gap, 50), (80 + gap, 230))
    after_one = nought(60 + 10 + gap + 10 + 40)
    for sketch, expected in ((pen(one, other), "11"), (pen(one, after_one), "10")):
        assert number(of_sketch(network, sketch)) == expected
        assert number(of_picture(network, ink(sketch, 280, 336))) == expected


def test_a_number_of_digits_in_parts(network: Network) -> None:
    """A 4 in two parts between a 1 and a 0, all with room between them."""
    right = tuple(Mark(np.add(mark.path, [10, 0]), 20.0) for mark in four(8))
    sketch = (*pen(stroke((40, 50), (40, 230))), *right, *pen(nought(275)))
    assert number(of_sketch(network, sketch)) == "140"


def three(x: float) -> Stroke:
    upper, lower = np.linspace(-2.2, 1.5, 20), np.linspace(-1.5, 2.2, 20)
    return np.concatenate(
        [
            np.stack([x + 30 * np.cos(upper), 105 + 30 * np.sin(upper)], axis=1),
            np.stack([x + 35 * np.cos(lower), 170 + 35 * np.sin(lower)], axis=1),
        ]
    )


def five(x: float) -> list[Stroke]:
    belly = np.linspace(-1.9, 2.4, 20)
    below = np.stack([x + 30 + 40 * np.cos(belly), 170 + 40 * np.sin(belly)], axis=1)
    body = np.concatenate([stroke((x, 75), (x, 135)), below])
    return [body, stroke((x, 75), (x + 70, 75))]


def with_marks(digits: tuple[ReadDigit, ...]) -> str:
    """What is read, with a question mark for what is no digit."""
    return "".join(
        "?" if each.prediction.no_digit else f"{each.prediction.digit}" for each in digits
    )


@pytest.mark.parametrize("gap", [4, 12, 30])
def test_a_decimal_point_is_a_mark_of_its_own(network: Network, gap: float) -> None:
    """A tap between a 3 and a 1, so many pixels of paper from both."""
    point = 95 + 20 + gap
    sketch = pen(
        three(60),
        np.array([[point, 205.0]]),
        stroke((point + 20 + gap, 75), (point + 20 + gap, 205)),
    )
    assert with_marks(of_sketch(network, sketch)) == "3?1"


@pytest.mark.parametrize("gap", [10, 20, 40])
def test_a_minus_is_a_mark_of_its_own(network: Network, gap: float) -> None:
    sketch = pen(stroke((40, 140), (90, 140)), *five(110 + gap))
    assert with_marks(of_sketch(network, sketch)) == "?5"
    assert with_marks(of_picture(network, ink(sketch, 280, 336))) == "?5"


def test_a_face_with_eyes_is_no_digit(network: Network) -> None:
    turn, smile = np.linspace(0, 2 * np.pi, 40), np.linspace(0.5, 2.6, 20)
    face = np.stack([168 + 100 * np.cos(turn), 140 + 100 * np.sin(turn)], axis=1)
    mouth = np.stack([168 + 50 * np.cos(smile), 150 + 45 * np.sin(smile)], axis=1)
    eyes = [np.array([[168.0 + aside, 110.0]]) for aside in (-35, 35)]
    (found,) = of_sketch(network, pen(face, mouth, *eyes))
    assert found.prediction.no_digit
    ring = components(found.preparation.scaled >= 64)
    assert len(ring) == 4, "it sees the eyes"


@given(
    st.lists(
        st.lists(st.tuples(st.floats(0, 336), st.floats(0, 280)), min_size=2, max_size=6),
        max_size=5,
    )
)
@settings(max_examples=60)
def test_what_is_shown_is_what_was_read(strokes: list[list[tuple[float, float]]]) -> None:
    network = load_model("dense").network
    sketch = pen(*(np.array(points) for points in strokes))
    whole = ink(sketch, 280, 336)
    for digit in of_sketch(network, sketch):
        shown = digit.preparation
        (again,) = read(network, shown.image[np.newaxis])
        np.testing.assert_allclose(again.probabilities, digit.prediction.probabilities, atol=1e-5)
        assert np.array_equal(shown.image, to_mnist(shown.drawing))
        assert shown.drawing.shape == whole.shape
        assert (shown.drawing <= whole).all(), "no ink is made up"


def test_steps_can_be_left_out_for_each_digit(network: Network, digits: np.ndarray) -> None:
    (whole,) = of_picture(network, np.pad(digits[0], 30))
    left_out = prepare(whole.preparation.drawing, Steps(crop=False, centre=False))
    assert left_out.box == (0, 0, 88, 88)
    assert not np.array_equal(left_out.image, to_mnist(digits[0]))
    assert whole.preparation.box == ink_box(np.pad(digits[0], 30))


def test_no_ink_is_no_digit(network: Network) -> None:
    assert of_picture(network, np.zeros((50, 60), np.uint8)) == ()
    assert of_sketch(network, ()) == ()


def test_a_page_full_of_marks_is_refused(network: Network) -> None:
    dots = np.zeros((40, 40 * (MOST_DIGITS + 1)), np.uint8)
    dots[10:30, 10::40] = 255
    with pytest.raises(LabError, match=r"41 separate marks"):
        of_picture(network, dots)


def test_answers_are_the_networks_columns(digits: np.ndarray) -> None:
    network = TrainingConfig(hidden=(8,)).network((28, 28), 10)
    network.initialize("he", np.random.default_rng(1))
    expected = network.probabilities(digits)
    predictions = read(network, digits)
    for column, prediction in zip(expected.T, predictions, strict=True):
        assert np.array_equal(prediction.probabilities, column)
    assert read(network, digits[:0]) == ()


def test_the_likeliest_and_the_runner_up() -> None:
    prediction = Prediction(np.array([0.1, 0.2, 0.6, 0.1]))
    assert (prediction.digit, prediction.runner_up, prediction.probability) == (
        2,
        1,
        pytest.approx(0.6),
    )


def test_each_digit_says_in_which_line_it_stands(data: Data) -> None:
    row = np.concatenate([np.pad(image, 2) for image in data.test.images[:3]], axis=1)
    page = np.concatenate([row, np.zeros((20, row.shape[1]), np.uint8), row])
    digits = of_picture(load_model("conv").network, page)
    assert [digit.line for digit in digits] == [0, 0, 0, 1, 1, 1]
