"""Groups the fragments of a line into digits: the best of all plausible groupings.

A grouping cuts a line into runs of neighbouring fragments. Its score is the sum of its runs'
scores, so the best one is the best path through the segmentation graph of LeCun, Bottou, Bengio
and Haffner 1998, section V, found by dynamic programming.

A run's score is a log-likelihood up to a constant. It sums the network's probability of a class and
the detector's of a whole digit, or the detector's of no digit; costs of an unusual size and of
gaps; and the cost of the cut that parts it from the run before. The weights were chosen by the
results of `benchmarks.pen_numbers`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import inf, log
from typing import NamedTuple

import numpy as np

from mnist_core.arrays import Pixels
from mnist_core.drawing.normalisation import Box
from mnist_core.drawing.segmentation import Line

MOST_FRAGMENTS = 16
"""The most fragments in which one digit is written and cut."""

WIDEST_GAP = 0.15
"""The gaps within a digit add up to at most this share of its height..."""

WIDEST = 1.5
"""... and its width is at most this multiple of its height."""

READS, WHOLE = 3.0, 4.0
"""Weights of the log-probabilities of the likeliest class, and of a whole digit or no digit."""

REJECT = 4.0
"""The cost of taking a group for something that is no digit, such as a letter..."""

LOW, AT_THE_TOP, SIGN = 0.3, 0.3, 0.3
"""... and for a sign beside a digit, such as a minus or a decimal point: the sign's greatest
height, the part at the top of its line that does not hold its middle, both as shares of the line's
height, and the cost."""

BESIDE = 0.05
"""The least distance to the next fragment of a sign wider than a point, as such a share."""

USUAL_HEIGHT, SHORT = 0.75, 25.0
"""A digit usually has at least this share of its line's height; the cost per share below it."""

USUAL_WIDTH, WIDE = 1.0, 4.0
"""A digit is usually at most this share of its line's height wide; the cost per share above."""

JOIN, GAP = 0.3, 3.0
"""The cost of joining two fragments that do not touch, and per line's height of gap."""

CUT, CROSSED = 0.5, 0.5
"""The cost of parting two digits by a cut, and of the strokes that it crosses (`cutting.Cut`)."""

LEAST = 1e-4
"""Lower probabilities count as this: a network's extreme confidence is not evidence."""


@dataclass(frozen=True, eq=False)
class PieceGroup:
    """Fragments `first` to `stop - 1` of a line as one digit: their ink, bounding box and gaps."""

    first: int
    stop: int
    ink: Pixels
    box: Box

    gaps: tuple[float, ...]
    """Horizontal gaps in pixels between neighbouring fragments of it that do not touch."""

    crossed: float | None = None
    """The cost of the cut to its left (`cutting.Cut`); None without a cut."""

    aside: float = inf
    """Pixels of paper between its box and that of the nearest fragment beside it, if there is one;
    negative where they overlap."""

    @property
    def height(self) -> int:
        """Pixels from top to bottom."""
        return self.box.bottom - self.box.top

    @property
    def width(self) -> int:
        """Pixels from left to right."""
        return self.box.right - self.box.left


class Extent(NamedTuple):
    """The first row of a line of writing, the row after its last, and the height of its highest
    group, in pixels."""

    top: int
    bottom: int
    height: int


def extent(groups: Sequence[PieceGroup]) -> Extent:
    """Return the extent of the line of these groups."""
    return Extent(
        min(group.box.top for group in groups),
        max(group.box.bottom for group in groups),
        max(group.height for group in groups),
    )


def plausible_groups(line: Line) -> list[PieceGroup]:
    """Return each fragment alone, and all runs that may be a digit by their size and gaps."""
    groups = []
    for first in range(len(line)):
        groups.append(_joined(line, first, first + 1))
        for stop in range(first + 2, min(first + MOST_FRAGMENTS, len(line)) + 1):
            if _plausible(line[first:stop]) or _uncut(line, first, stop):
                groups.append(_joined(line, first, stop))
    return groups


class GroupProbabilities(NamedTuple):
    """The probabilities that networks give to a group's image."""

    p_digit: float
    """The probability of the likeliest class."""

    p_whole: float
    """The probability that it is one digit, and all of it."""

    p_reject: float = 0.0
    """The probability that it is no digit, nor a part of one, nor several."""


def best_grouping(
    groups: Sequence[PieceGroup], evidence: Sequence[GroupProbabilities]
) -> list[int]:
    """Choose the groups that make up the line and have the highest sum of scores.

    Args:
        groups: the `plausible_groups` of one line.
        evidence: the probabilities that networks give to each of them.

    Returns:
        Indices into `groups`, from left to right.
    """
    line = extent(groups)
    best: dict[int, float] = {0: 0.0}
    last: dict[int, int] = {}
    order = sorted(range(len(groups)), key=lambda index: groups[index].stop)
    for index in order:
        group = groups[index]
        total = best[group.first] + score(group, line, evidence[index])
        if total > best.get(group.stop, -inf):
            best[group.stop], last[group.stop] = total, index
    chosen, stop = [], max(best)
    while stop:
        chosen.append(last[stop])
        stop = groups[last[stop]].first
    return chosen[::-1]


def _log(probability: float) -> float:
    """Return the logarithm of a probability, or of `LEAST` where that is larger."""
    return log(max(probability, LEAST))


def score(group: PieceGroup, line: Extent, evidence: GroupProbabilities) -> float:
    """Return the log-likelihood that a group is one digit, or no digit at all, up to a constant.

    Args:
        group: a run of fragments.
        line: the extent of all groups of its line.
        evidence: the probabilities that networks give to its image.
    """
    too_wide = max(0.0, group.width / line.height - USUAL_WIDTH)
    too_low = SHORT * max(0.0, USUAL_HEIGHT - group.height / line.height)
    digit = (
        READS * _log(evidence.p_digit) + WHOLE * _log(evidence.p_whole) - WIDE * too_wide - too_low
    )
    unusual = SIGN if _may_be_a_sign(group, line) else REJECT + too_low
    reject = WHOLE * _log(evidence.p_reject) - unusual
    return (
        max(digit, reject)
        - JOIN * len(group.gaps)
        - GAP * sum(group.gaps) / line.height
        - (0.0 if group.crossed is None else CUT + CROSSED * group.crossed)
    )


def _may_be_a_sign(group: PieceGroup, line: Extent) -> bool:
    """Return whether a group is as low as a minus or a point, and no bar at the top of a 5 or 7."""
    middle = (group.box.top + group.box.bottom) / 2
    at_the_top = middle - line.top < AT_THE_TOP * (line.bottom - line.top)
    longest = LOW * line.height
    beside = group.width <= longest or group.aside >= BESIDE * line.height
    return group.height <= longest and beside and not at_the_top


def _joined(line: Line, first: int, stop: int) -> PieceGroup:
    run = line[first:stop]
    ink = run[0].ink if len(run) == 1 else np.maximum.reduce([fragment.ink for fragment in run])
    box = _box(run)
    aside = min(
        box.left - max((fragment.box.right for fragment in line[:first]), default=-inf),
        min((fragment.box.left for fragment in line[stop:]), default=inf) - box.right,
    )
    return PieceGroup(first, stop, ink, box, _gaps(run), run[0].crossed, aside)


def _box(run: Line) -> Box:
    """Return the smallest box around neighbouring fragments."""
    top, left, bottom, right = zip(*(fragment.box for fragment in run), strict=True)
    return Box(min(top), min(left), max(bottom), max(right))


def _gaps(run: Line) -> tuple[float, ...]:
    """Return the horizontal gaps in pixels between neighbouring fragments that do not touch."""
    reached = accumulate((fragment.box.right for fragment in run), max)
    return tuple(
        float(max(0, after.box.left - end))
        for (before, after), end in zip(pairwise(run), reached, strict=False)
        if before.connected != after.connected
    )


def _plausible(run: Line) -> bool:
    """Return whether the size and the gaps of a run are a digit's."""
    top, left, bottom, right = _box(run)
    height = bottom - top
    return sum(_gaps(run)) <= WIDEST_GAP * height and right - left <= WIDEST * height


def _uncut(line: Line, first: int, stop: int) -> bool:
    """Return whether a run is all the pieces of one fragment that was cut."""
    cut = [piece.crossed is not None for piece in line[first : stop + 1]]
    size = stop - first
    return not cut[0] and all(cut[1:size]) and not any(cut[size:])
