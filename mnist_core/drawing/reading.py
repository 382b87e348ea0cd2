"""Reading a drawing: preparing the digits that its fragments may make, and asking a network."""

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
"""An answer that is less likely is "I don't know", until a visitor moves the limit."""

NO_DOUBT = 0.9
"""A group that is one whole digit, or a stranger, at least this likely need not be cut."""


@dataclass(frozen=True)
class Prediction:
    """What a network says to one digit: the probability of each class `(classes,)`.

    `detection` is what a detector says to the same image, where one was asked.
    """

    probabilities: Floats
    detection: Detection | None = None

    @property
    def no_digit(self) -> bool:
        """Whether a detector has called it no digit."""
        return self.detection is not None and not self.detection.is_digit

    @property
    def digit(self) -> int:
        """The likeliest class."""
        return int(self.probabilities.argmax())

    @property
    def probability(self) -> float:
        """How likely it is, 0 to 1."""
        return float(self.probabilities.max())

    @property
    def runner_up(self) -> int:
        """The second likeliest class."""
        return int(self.probabilities.argsort()[-2])

    @property
    def evidence(self) -> GroupProbabilities:
        """How well it reads, and how whole a digit the detector finds it."""
        assert self.detection, "no detector was asked"
        return GroupProbabilities(self.probability, self.detection.whole, 1 - self.detection.chance)


def named(prediction: Prediction, threshold: float) -> int | None:
    """The digit that is named; None where it is no digit, or less likely than `threshold`."""
    known = prediction.probability >= threshold and not prediction.no_digit
    return prediction.digit if known else None


def as_text(line: Sequence[Prediction], threshold: float) -> str:
    """A line of digits as one would write it, with a ? for what is not named."""
    digits = (named(prediction, threshold) for prediction in line)
    return "".join("?" if digit is None else f"{digit}" for digit in digits)


@dataclass(frozen=True)
class ReadDigit:
    """One digit of a number: what its drawing became for the network, and the answer to that."""

    preparation: Preparation
    prediction: Prediction
    line: int
    """In which line of writing it stands, counted from 0 at the top."""


def in_lines(digits: Sequence[ReadDigit]) -> tuple[tuple[Prediction, ...], ...]:
    """The answers to the digits of a number, line of writing by line."""
    lines = groupby(digits, lambda digit: digit.line)
    return tuple(tuple(digit.prediction for digit in of_line) for _, of_line in lines)


def read_number(
    network: Network, detector: Detector, lines: Sequence[Line]
) -> tuple[ReadDigit, ...]:
    """Read the digits of a drawing, grouping its fragments as they read best together.

    Args:
        network: one that reads `(28, 28)` images.
        detector: says how likely each of them is a digit, and a whole one.
        lines: what `segmentation` found in the drawing.

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
    """Read a line of writing: as it is, and cut in pieces where that leaves a doubt."""
    found = _best(network, detector, line, number)
    if all(digit.prediction.evidence.certainty >= NO_DOUBT for digit in found):
        return found
    return _best(network, detector, in_pieces(line), number)


def _best(network: Network, detector: Detector, line: Line, number: int) -> tuple[ReadDigit, ...]:
    """The digits of the grouping of a line's fragments that reads best."""
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
    """What the network says to each of the prepared images `(n, 28, 28)`."""
    if not len(images):
        return ()
    return tuple(
        Prediction(column) for column in np.ascontiguousarray(network.probabilities(images).T)
    )
