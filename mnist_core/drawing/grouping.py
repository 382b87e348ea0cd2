"""Which fragments of a line make a digit together: of all plausible groupings, the best.

A grouping cuts a line into runs of neighbouring fragments. Its score is the sum of its runs'
scores, so the best one is the best path through the segmentation graph of LeCun, Bottou, Bengio
and Haffner 1998, section V, found by dynamic programming.

A run's score is a log-likelihood up to a constant: how well a network reads it, and how usual its
size and its gaps are. Logistic regression gave the order of the weights, on pairs of synthetic
digits against synthetic digits in two parts; they were chosen among near ones by looking at how
`benchmarks.pen` reads, with networks as unequal as `conv` and `notebook`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf, log

import numpy as np

from mnist_core.arrays import Pixels
from mnist_core.drawing.normalisation import Box
from mnist_core.drawing.segmentation import Line

MOST_FRAGMENTS = 4
"""A digit is written in at most so many fragments."""

WIDEST_GAP = 0.15
"""Two fragments of a digit are at most this far apart, as a share of the digit's height..."""

WIDEST = 1.5
"""... and it is at most so many times as wide as it is high."""

EVIDENCE = 3.0
"""For each unit of log-probability. Networks are overconfident, so small differences tell."""

USUAL_HEIGHT, SHORT = 0.75, 11.0
"""A digit has at least this share of its line's height; what it costs to have less."""

USUAL_WIDTH, WIDE = 0.8, 6.0
"""A digit is at most this share of its line's height wide; what it costs to be wider."""

JOIN, GAP = 0.5, 5.0
"""What it costs to join two fragments that do not touch, and for each line's height of a gap."""


@dataclass(frozen=True, eq=False)
class Group:
    """Fragments `first` to `stop - 1` of a line as one digit: their ink, bounding box and gaps."""

    first: int
    stop: int
    ink: Pixels
    box: Box

    gaps: tuple[float, ...]
    """Between those of its neighbouring fragments that do not touch: horizontally, in pixels."""

    @property
    def height(self) -> int:
        """Pixels from top to bottom."""
        return self.box.bottom - self.box.top

    @property
    def width(self) -> int:
        """Pixels from left to right."""
        return self.box.right - self.box.left


def plausible_groups(line: Line) -> list[Group]:
    """Each fragment alone, and all runs whose size and gaps a digit may have."""
    groups = []
    for first in range(len(line)):
        groups.append(_joined(line, first, first + 1))
        for stop in range(first + 2, min(first + MOST_FRAGMENTS, len(line)) + 1):
            group = _joined(line, first, stop)
            if not _plausible(group):
                break
            groups.append(group)
    return groups


def best_grouping(groups: Sequence[Group], probabilities: Sequence[float]) -> list[int]:
    """Choose the groups that make up the line and have the highest sum of scores.

    Args:
        groups: the `plausible_groups` of one line.
        probabilities: how likely the likeliest class is for each of them, above 0.

    Returns:
        Indices into `groups`, from left to right.
    """
    height = max(group.height for group in groups)
    best: dict[int, float] = {0: 0.0}
    last: dict[int, int] = {}
    order = sorted(range(len(groups)), key=lambda index: groups[index].stop)
    for index in order:
        group = groups[index]
        total = best[group.first] + score(group, height, probabilities[index])
        if total > best.get(group.stop, -inf):
            best[group.stop], last[group.stop] = total, index
    chosen, stop = [], max(best)
    while stop:
        chosen.append(last[stop])
        stop = groups[last[stop]].first
    return chosen[::-1]


def score(group: Group, line_height: int, probability: float) -> float:
    """The log-likelihood that a group is one digit, up to a constant.

    Args:
        group: a run of fragments.
        line_height: of the highest group in its line, in pixels.
        probability: of the likeliest class for its image, above 0.
    """
    return (
        EVIDENCE * log(probability)
        - SHORT * max(0.0, USUAL_HEIGHT - group.height / line_height)
        - WIDE * max(0.0, group.width / line_height - USUAL_WIDTH)
        - JOIN * len(group.gaps)
        - GAP * sum(group.gaps) / line_height
    )


def _joined(line: Line, first: int, stop: int) -> Group:
    fragments = line[first:stop]
    if len(fragments) == 1:
        return Group(first, stop, fragments[0].ink, fragments[0].box, ())
    top, left, bottom, right = np.array([fragment.box for fragment in fragments]).T
    gaps = (left[1:] - np.maximum.accumulate(right)[:-1]).clip(min=0)
    apart = [a.connected != b.connected for a, b in pairwise(fragments)]
    box = Box(int(top.min()), int(left.min()), int(bottom.max()), int(right.max()))
    ink = np.maximum.reduce([fragment.ink for fragment in fragments])
    return Group(first, stop, ink, box, tuple(gaps[apart].tolist()))


def _plausible(group: Group) -> bool:
    return sum(group.gaps) <= WIDEST_GAP * group.height and group.width <= WIDEST * group.height
