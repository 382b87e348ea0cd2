"""Predicts the digit or the number in an image file, or the reason why there is none."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import numpy as np

from mnist_core.arrays import Pixels
from mnist_core.data import MNIST
from mnist_core.drawing.detector import DOUBTFUL
from mnist_core.drawing.normalisation import FRAME, to_mnist
from mnist_core.drawing.picture_files import read_image
from mnist_core.drawing.reading import KNOWN, Prediction, as_text, in_lines, read, read_number
from mnist_core.drawing.segmentation import picture_lines
from mnist_core.errors import LabError
from mnist_core.models.digit_detector import digit_detector
from mnist_core.training.model import Model

Lines = tuple[tuple[Prediction, ...], ...]


NO_INK, SEVERAL, NO_DIGIT, UNSURE = "no ink", "several digits", "no digit", "unsure"
"""The reasons why no digit is named."""


class DigitPrediction(NamedTuple):
    """The prediction for a picture of one digit.

    Attributes:
        prediction: the probabilities of the classes, whatever is in the picture.
        why: the reason against naming the likeliest; empty where there is none.
        digits: the number of digits that there seem to be.
    """

    prediction: Prediction
    why: str = ""
    digits: int = 1

    def as_json(self) -> Mapping[str, object]:
        probabilities = [round(float(p), 6) for p in self.prediction.probabilities]
        entry: dict[str, object] = {"digit": None if self.why else self.prediction.digit}
        if self.why:
            entry["why"] = self.why
        if self.why in (NO_DIGIT, UNSURE):
            entry["nearest"] = self.prediction.digit
        if self.why == SEVERAL:
            entry["digits"] = self.digits
        return entry | {"probabilities": probabilities}

    def in_words(self) -> str:
        sure = f"{self.prediction.digit} ({self.prediction.probability:.1%})"
        return {
            NO_INK: "no ink",
            SEVERAL: f"{self.digits} digits; --number reads them",
            NO_DIGIT: f"not a digit; if it must be one, {sure}",
            UNSURE: f"I don't know; my best guess is {sure}",
        }.get(self.why, sure)


class NumberPrediction(NamedTuple):
    """The prediction for a picture of a number: those for its digits, line by line."""

    lines: Lines

    def as_json(self) -> Mapping[str, object]:
        if not self.lines:
            return {"number": None, "why": NO_INK, "digits": []}
        return {"number": self.text, "digits": [each.as_json() for each in self.digits]}

    def in_words(self) -> str:
        unknown = sum(bool(each.why) for each in self.digits)
        note = f"; {unknown} of {len(self.digits)} digits not known" if unknown else ""
        return self.text + note if self.lines else NO_INK

    @property
    def text(self) -> str:
        """The number as text, with a ? for each unknown digit and a space between lines."""
        return " ".join(as_text(line, KNOWN) for line in self.lines)

    @property
    def digits(self) -> Sequence[DigitPrediction]:
        return [DigitPrediction(each, _doubt(each)) for line in self.lines for each in line]


def predict_digit(model: Model, path: Path) -> DigitPrediction:
    """Read an image file as one digit.

    The detector is asked only where the network was trained on MNIST, or its data set is unknown.

    Raises:
        LabError: the file cannot be read, or the network reads no images of its size.
    """
    drawing = read_image(path)
    image = to_mnist(drawing)
    _check(model, image.shape)
    (prediction,) = read(model.network, image[np.newaxis])
    if not image.any():
        return DigitPrediction(prediction, NO_INK)
    if not _reads_digits(model):
        return DigitPrediction(prediction)
    (detection,) = digit_detector().detect(image[np.newaxis])
    digits = _count(model, drawing) if detection.whole < DOUBTFUL else 1
    if digits > 1:
        return DigitPrediction(prediction, SEVERAL, digits)
    return DigitPrediction(prediction, _doubt(Prediction(prediction.probabilities, detection)))


def predict_number(model: Model, path: Path) -> NumberPrediction:
    """Read an image file as a number of one or more digits, as the page Draw does.

    Raises:
        LabError: the file cannot be read, the network reads no digits, or there are too many.
    """
    _check(model, (FRAME, FRAME))
    if not _reads_digits(model):
        raise LabError(f"{model.name} has not learned digits: choose another, or omit --number.")
    drawing = read_image(path)
    try:
        return NumberPrediction(_lines(model, drawing))
    except LabError as error:
        raise LabError(f"{path}: {error}") from error


def _lines(model: Model, drawing: Pixels) -> Lines:
    return in_lines(read_number(model.network, digit_detector(), picture_lines(drawing)))


def _count(model: Model, drawing: Pixels) -> int:
    """Count the digits in a drawing; 0 where it has too many marks to be a number."""
    with suppress(LabError):
        return sum(not each.no_digit for line in _lines(model, drawing) for each in line)
    return 0


def _doubt(prediction: Prediction) -> str:
    """Return the reason against naming a digit, or an empty text."""
    if prediction.no_digit:
        return NO_DIGIT
    return UNSURE if prediction.probability < KNOWN else ""


def _check(model: Model, shape: tuple[int, ...]) -> None:
    if model.network.shapes[0][1:] != shape:
        raise LabError(
            f"{model.name} reads pictures of {model.network.shapes[0][1:]} pixels, not drawn "
            "digits."
        )


def _reads_digits(model: Model) -> bool:
    return model.origin is None or model.origin.is_same(MNIST)
