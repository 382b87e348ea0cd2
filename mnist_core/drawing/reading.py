"""Reading a drawing: preparing the digits that its fragments may make, and asking a network."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from mnist_core.arrays import Floats, Pixels
from mnist_core.drawing.detector import Detection, Detector
from mnist_core.drawing.grouping import Group, best_grouping, plausible_groups
from mnist_core.drawing.normalisation import FRAME, Preparation, prepare
from mnist_core.drawing.segmentation import Line
from mnist_core.errors import LabError
from mnist_core.nn.network import Network

MOST_DIGITS = 40

WIDE = 1.2
"""A digit this many times as wide as it is high is unusual: of those drawn with a pen, 1.6 %."""


@dataclass(frozen=True)
class Answer:
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


@dataclass(frozen=True)
class ReadDigit:
    """One digit of a number: what its drawing became for the network, and the answer to that."""

    preparation: Preparation
    answer: Answer
    line: int
    """In which line of writing it stands, counted from 0 at the top."""

    @property
    def wide(self) -> bool:
        """Whether it may be two digits that touch."""
        top, left, bottom, right = self.preparation.box
        return right - left > WIDE * (bottom - top)


def read_number(
    network: Network, lines: Sequence[Line], detector: Detector | None = None
) -> tuple[ReadDigit, ...]:
    """Read the digits of a drawing, grouping its fragments as the network reads them best.

    Args:
        network: one that reads `(28, 28)` images.
        lines: what `segmentation` found in the drawing.
        detector: is asked whether each of them is a digit.

    Returns:
        The digits in reading order; none where there is no ink.

    Raises:
        LabError: the drawing has more than `MOST_DIGITS` fragments.
    """
    fragments = sum(map(len, lines))
    if fragments > MOST_DIGITS:
        raise LabError(
            f"There are {fragments} separate marks here; the lab reads up to {MOST_DIGITS} "
            "digits at once: choose a part with fewer."
        )
    groups = [plausible_groups(line) for line in lines]
    prepared = [prepare(group.ink) for of_line in groups for group in of_line]
    images = np.array([each.image for each in prepared], np.uint8).reshape(-1, FRAME, FRAME)
    line = [number for number, of_line in enumerate(groups) for _ in of_line]
    candidates = iter(map(ReadDigit, prepared, read(network, images), line))
    found = tuple(digit for of_line in groups for digit in _best(of_line, candidates))
    return found if detector is None else _detected(found, detector)


def _detected(digits: tuple[ReadDigit, ...], detector: Detector) -> tuple[ReadDigit, ...]:
    """The same digits, with what a detector says to each."""
    if not digits:
        return ()
    said = detector.detect(np.array([digit.preparation.image for digit in digits]))
    return tuple(
        replace(digit, answer=replace(digit.answer, detection=detection))
        for digit, detection in zip(digits, said, strict=True)
    )


def _best(groups: Sequence[Group], candidates: Iterator[ReadDigit]) -> list[ReadDigit]:
    """The best grouping of one line, given the readings of its groups."""
    digits = list(islice(candidates, len(groups)))
    chosen = best_grouping(groups, [digit.answer.probability for digit in digits])
    return [digits[index] for index in chosen]


def read(network: Network, images: Pixels) -> tuple[Answer, ...]:
    """What the network says to each of the prepared images `(n, 28, 28)`."""
    if not len(images):
        return ()
    return tuple(Answer(column) for column in np.ascontiguousarray(network.probabilities(images).T))
