"""Reading a drawing: preparing the digits that its fragments may make, and asking a network."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from mnist_core.arrays import Floats, Pixels
from mnist_core.drawing.cutting import in_pieces
from mnist_core.drawing.detector import Detection, Detector
from mnist_core.drawing.grouping import Evidence, Group, best_grouping, plausible_groups
from mnist_core.drawing.normalisation import FRAME, Preparation, prepare
from mnist_core.drawing.segmentation import Line
from mnist_core.errors import LabError
from mnist_core.nn.network import Network

MOST_DIGITS = 40


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
    def evidence(self) -> Evidence:
        """How well it reads, and how whole a digit it is."""
        detection = self.answer.detection
        assert detection, "each digit of a number is shown to a detector"
        return Evidence(self.answer.probability, detection.whole, 1 - detection.chance)


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
    groups = [plausible_groups(in_pieces(line)) for line in lines]
    prepared = [prepare(group.ink) for of_line in groups for group in of_line]
    images = np.array([each.image for each in prepared], np.uint8).reshape(-1, FRAME, FRAME)
    answers = map(_with_detection, read(network, images), detector.detect(images))
    line = [number for number, of_line in enumerate(groups) for _ in of_line]
    candidates = iter(map(ReadDigit, prepared, answers, line))
    return tuple(digit for of_line in groups for digit in _best(of_line, candidates))


def _with_detection(answer: Answer, detection: Detection) -> Answer:
    return replace(answer, detection=detection)


def _best(groups: Sequence[Group], candidates: Iterator[ReadDigit]) -> list[ReadDigit]:
    """The best grouping of one line, given the readings of its groups."""
    digits = list(islice(candidates, len(groups)))
    return [digits[index] for index in best_grouping(groups, [digit.evidence for digit in digits])]


def read(network: Network, images: Pixels) -> tuple[Answer, ...]:
    """What the network says to each of the prepared images `(n, 28, 28)`."""
    if not len(images):
        return ()
    return tuple(Answer(column) for column in np.ascontiguousarray(network.probabilities(images).T))
