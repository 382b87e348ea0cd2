"""Reads a drawing: prepares the digits that its fragments may form, and classifies them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np

from mnist_core.arrays import Floats, Pixels
from mnist_core.drawing.cutting import in_pieces
from mnist_core.drawing.detector import Detection, Detector
from mnist_core.drawing.grouping import GroupProbabilities, best_grouping, plausible_groups
from mnist_core.drawing.normalisation import Preparation, prepare, to_mnist
from mnist_core.drawing.segmentation import Line
from mnist_core.errors import LabError
from mnist_core.nn.network import Network

MOST_DIGITS = 40

KNOWN = 0.5
"""The default least probability of an answer; below it, the answer is "I don't know"."""

NO_DOUBT = 0.9
"""A group is not cut if it is one whole digit, or no digit, with at least this probability."""

SEVERAL = 1.2
"""A group wider than this multiple of its height is cut even if it looks like no digit: two digits
or more that touch do."""


@dataclass(frozen=True)
class Prediction:
    """A network's prediction for one digit: the probability of each class `(classes,)`.

    `detection` is the detector's result for the same image, where it was run.
    """

    probabilities: Floats
    detection: Detection | None = None

    @property
    def no_digit(self) -> bool:
        """True where a detector was run and has rejected the image."""
        return self.detection is not None and not self.detection.is_digit

    @property
    def digit(self) -> int:
        """The likeliest class."""
        return int(self.probabilities.argmax())

    @property
    def probability(self) -> float:
        """The probability of the likeliest class, 0 to 1."""
        return float(self.probabilities.max())

    @property
    def runner_up(self) -> int:
        """The second likeliest class."""
        return int(self.probabilities.argsort()[-2])

    @property
    def evidence(self) -> GroupProbabilities:
        """The probabilities by which `grouping` scores a group; the detector must have been run."""
        assert self.detection, "no detector was asked"
        return GroupProbabilities(self.probability, self.detection.whole, 1 - self.detection.chance)


def named(prediction: Prediction, threshold: float) -> int | None:
    """Return the predicted digit; None where it is no digit, or less likely than `threshold`."""
    known = prediction.probability >= threshold and not prediction.no_digit
    return prediction.digit if known else None


def as_text(line: Sequence[Prediction], threshold: float) -> str:
    """Return a line of digits as text, with a ? for each that is not named."""
    digits = (named(prediction, threshold) for prediction in line)
    return "".join("?" if digit is None else f"{digit}" for digit in digits)


@dataclass(frozen=True)
class ReadDigit:
    """One digit of a number: its image as prepared for the network, and the prediction."""

    preparation: Preparation
    prediction: Prediction
    line: int
    """Its line of writing, counted from 0 at the top."""


def in_lines(digits: Sequence[ReadDigit]) -> tuple[tuple[Prediction, ...], ...]:
    """Group the predictions for a number's digits by line of writing."""
    lines = groupby(digits, lambda digit: digit.line)
    return tuple(tuple(digit.prediction for digit in of_line) for _, of_line in lines)


def read_number(
    network: Network, detector: Detector, lines: Sequence[Line]
) -> tuple[ReadDigit, ...]:
    """Read the digits of a drawing, with its fragments in their best grouping.

    Args:
        network: one that reads `(28, 28)` images.
        detector: gives the probabilities that each of them is a digit, and a whole one.
        lines: the fragments that `segmentation` found in the drawing.

    Returns:
        The digits in reading order; none where there is no ink.

    Raises:
        LabError: the drawing has more than `MOST_DIGITS` separate marks.
    """
    marks = len({fragment.connected for line in lines for fragment in line})
    if marks > MOST_DIGITS:
        raise LabError(
            f"There are {marks} separate marks here; the lab reads up to {MOST_DIGITS} "
            "digits at once: choose a part with fewer."
        )
    return tuple(
        digit
        for number, line in enumerate(lines)
        for digit in _read_line(network, detector, line, number)
    )


def _read_line(
    network: Network, detector: Detector, line: Line, number: int
) -> tuple[ReadDigit, ...]:
    """Read a line of writing as it is, or cut in pieces where that leaves a doubt."""
    uncut = _best(network, detector, line, number)
    if all(map(_beyond_doubt, uncut)):
        return uncut
    return _best(network, detector, in_pieces(line), number)


def _beyond_doubt(digit: ReadDigit) -> bool:
    """Return whether a group is one whole digit, or no digit and not wide enough for several."""
    top, left, bottom, right = digit.preparation.box
    evidence = digit.prediction.evidence
    narrow = right - left <= SEVERAL * (bottom - top)
    return max(evidence.p_whole, evidence.p_reject if narrow else 0.0) >= NO_DOUBT


def _best(network: Network, detector: Detector, line: Line, number: int) -> tuple[ReadDigit, ...]:
    """Return the digits of the best grouping of a line's fragments."""
    groups = plausible_groups(line)
    images = np.stack([to_mnist(group.box.of(group.ink)) for group in groups])
    predictions = [
        replace(prediction, detection=detection)
        for prediction, detection in zip(
            read(network, images), detector.detect(images), strict=True
        )
    ]
    chosen = best_grouping(groups, [prediction.evidence for prediction in predictions])
    return tuple(
        ReadDigit(prepare(groups[index].ink), predictions[index], number) for index in chosen
    )


def read(network: Network, images: Pixels) -> tuple[Prediction, ...]:
    """Return the network's prediction for each of the prepared images `(n, 28, 28)`."""
    if not len(images):
        return ()
    return tuple(
        Prediction(column) for column in np.ascontiguousarray(network.probabilities(images).T)
    )
