"""Which fragments of a line make a digit together: of all plausible groupings, the best.

A grouping cuts a line into runs of neighbouring fragments. Its score is the sum of its runs'
scores, so the best one is the best path through the segmentation graph of LeCun, Bottou, Bengio
and Haffner 1998, section V, found by dynamic programming.

A run's score is a log-likelihood up to a constant: how well a network reads it and how whole a
digit the detector finds it, or how surely the detector finds it to be none; how usual its size and
its gaps are; and what was cut to part it from the run before. The weights were chosen by looking at
how `benchmarks.pen_numbers` reads.
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

MOST_FRAGMENTS = 10
"""A digit is written, and cut, in at most so many fragments."""

WIDEST_GAP = 0.15
"""Two fragments of a digit are at most this far apart, as a share of the digit's height..."""

WIDEST = 1.5
"""... and it is at most so many times as wide as it is high."""

READS, WHOLE = 3.0, 4.0
"""For each unit of log-probability: of the likeliest class, and of being what it is taken for."""

REJECT = 1.0
"""What it costs to take a group for something that is no digit, such as a letter..."""

LOW, AT_THE_TOP, SIGN = 0.3, 0.3, 0.3
"""... and what to take it for a sign beside a digit, such as a minus or a decimal point: it has at
most this share of its line's height, and its middle is not in this part of the line at the top."""

BESIDE = 0.05
"""A sign that is wider than a point stands at least this share of its line's height aside."""

USUAL_HEIGHT, SHORT = 0.75, 25.0
"""A digit has at least this share of its line's height; what it costs to have less."""

USUAL_WIDTH, WIDE = 0.8, 4.0
"""A digit is at most this share of its line's height wide; what it costs to be wider."""

JOIN, GAP = 0.3, 3.0
"""What it costs to join two fragments that do not touch, and for each line's height of a gap."""

CUT, CROSSED = 2.0, 6.0
"""What it costs to part two digits by a cut, and for each line's height of ink that it crosses."""

LEAST = 1e-4
"""A probability below this counts as this: no network is that sure of anything."""


@dataclass(frozen=True, eq=False)
class PieceGroup:
    """Fragments `first` to `stop - 1` of a line as one digit: their ink, bounding box and gaps."""

    first: int
    stop: int
    ink: Pixels
    box: Box

    gaps: tuple[float, ...]
    """Between those of its neighbouring fragments that do not touch: horizontally, in pixels."""

    crossed: float | None = None
    """How much ink the cut to its left went through, as a share of its height; None without one."""

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
    """What a line of writing extends over: its first row and the one after its last, in pixels, and
    the height of its highest group."""

    top: int
    bottom: int
    height: int


def extent(groups: Sequence[PieceGroup]) -> Extent:
    """What the line of these groups extends over."""
    return Extent(
        min(group.box.top for group in groups),
        max(group.box.bottom for group in groups),
        max(group.height for group in groups),
    )


def plausible_groups(line: Line) -> list[PieceGroup]:
    """Each fragment alone, and all runs whose size and gaps a digit may have."""
    groups = []
    for first in range(len(line)):
        groups.append(_joined(line, first, first + 1))
        for stop in range(first + 2, min(first + MOST_FRAGMENTS, len(line)) + 1):
            if _plausible(line[first:stop]) or _uncut(line, first, stop):
                groups.append(_joined(line, first, stop))
    return groups


class GroupProbabilities(NamedTuple):
    """What networks say to a group's image, as probabilities."""

    p_digit: float
    """Of the likeliest class."""

    p_whole: float
    """That it is one digit, and all of it."""

    p_reject: float = 0.0
    """That it is no digit, nor a part of one, nor several."""

    @property
    def certainty(self) -> float:
        """How likely it is one thing, whichever."""
        return max(self.p_whole, self.p_reject)


def best_grouping(
    groups: Sequence[PieceGroup], evidence: Sequence[GroupProbabilities]
) -> list[int]:
    """Choose the groups that make up the line and have the highest sum of scores.

    Args:
        groups: the `plausible_groups` of one line.
        evidence: what networks say to each of them.

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
    """The logarithm of a probability, or of `LEAST` where that is larger."""
    return log(max(probability, LEAST))


def score(group: PieceGroup, line: Extent, evidence: GroupProbabilities) -> float:
    """The log-likelihood that a group is one digit, or one stranger, up to a constant.

    Args:
        group: a run of fragments.
        line: what all groups of its line extend over.
        evidence: what networks say to its image.
    """
    too_wide = max(0.0, group.width / line.height - USUAL_WIDTH)
    too_low = SHORT * max(0.0, USUAL_HEIGHT - group.height / line.height)
    digit = (
        READS * _log(evidence.p_digit) + WHOLE * _log(evidence.p_whole) - WIDE * too_wide - too_low
    )
    unusual = SIGN if _may_be_a_sign(group, line) else REJECT + too_low
    stranger = WHOLE * _log(evidence.p_reject) - unusual
    return (
        max(digit, stranger)
        - JOIN * len(group.gaps)
        - GAP * sum(group.gaps) / line.height
        - (0.0 if group.crossed is None else CUT + CROSSED * group.crossed)
    )


def _may_be_a_sign(group: PieceGroup, line: Extent) -> bool:
    """Whether a group is as low as a minus or a point, and not where a 5 or a 7 has its bar."""
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
    """The smallest box around neighbouring fragments."""
    top, left, bottom, right = zip(*(fragment.box for fragment in run), strict=True)
    return Box(min(top), min(left), max(bottom), max(right))


def _gaps(run: Line) -> tuple[float, ...]:
    """Between neighbouring fragments that do not touch: horizontally, in pixels."""
    reached = accumulate((fragment.box.right for fragment in run), max)
    return tuple(
        float(max(0, after.box.left - end))
        for (before, after), end in zip(pairwise(run), reached, strict=False)
        if before.connected != after.connected
    )


def _plausible(run: Line) -> bool:
    """Whether the size and the gaps of a run are a digit's."""
    top, left, bottom, right = _box(run)
    height = bottom - top
    return sum(_gaps(run)) <= WIDEST_GAP * height and right - left <= WIDEST * height


def _uncut(line: Line, first: int, stop: int) -> bool:
    """Whether a run is all the pieces of what was one fragment before it was cut."""
    cut = [piece.crossed is not None for piece in line[first : stop + 1]]
    size = stop - first
    return not cut[0] and all(cut[1:size]) and not any(cut[size:])
