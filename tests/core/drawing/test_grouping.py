"""The grouping of a line's fragments is plausible, complete and the best."""

from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_core.drawing.grouping import (
    Extent,
    GroupProbabilities,
    PieceGroup,
    best_grouping,
    extent,
    plausible_groups,
    score,
)
from mnist_core.drawing.normalisation import Box
from mnist_core.drawing.segmentation import Fragment, Line

HEIGHT, WIDTH = 100, 800


def block(left: int, width: int, height: int = 60, connected: int = 0) -> Fragment:
    """A fragment that is a filled rectangle standing on a line."""
    box = Box(90 - height, left, 90, left + width)
    picture = np.zeros((HEIGHT, WIDTH), np.uint8)
    box.of(picture)[...] = 255
    return Fragment(picture, box, connected)


def row(*sizes: tuple[int, int, int]) -> Line:
    """Fragments side by side, each with a gap before it, a width and a height."""
    line, left = [], 10
    for number, (gap, width, height) in enumerate(sizes):
        left += gap
        line.append(block(left, width, height, number))
        left += width
    return tuple(line)


lines = st.lists(
    st.tuples(st.integers(-8, 14), st.integers(10, 50), st.integers(15, 80)),
    min_size=1,
    max_size=6,
).map(lambda sizes: row(*sizes))


def spans(groups: Sequence[PieceGroup]) -> list[tuple[int, int]]:
    return [(group.first, group.stop) for group in groups]


def read_as(*probabilities: float) -> list[GroupProbabilities]:
    """Groups that are surely whole digits, read with these probabilities."""
    return [GroupProbabilities(probability, 1) for probability in probabilities]


def partitions(groups: Sequence[PieceGroup], start: int, end: int) -> Iterator[list[int]]:
    """Every way to put the line together from the groups, by trying: an oracle."""
    if start == end:
        yield []
    for index, group in enumerate(groups):
        if group.first == start:
            for rest in partitions(groups, group.stop, end):
                yield [index, *rest]


@given(lines, st.data())
def test_no_other_grouping_scores_higher(line: Line, data: st.DataObject) -> None:
    groups = plausible_groups(line)
    likely = st.builds(GroupProbabilities, st.floats(0, 1), st.floats(0, 1))
    evidence = data.draw(st.lists(likely, min_size=len(groups), max_size=len(groups)))

    def total(grouping: list[int]) -> float:
        return sum(score(groups[i], extent(groups), evidence[i]) for i in grouping)

    chosen = best_grouping(groups, evidence)
    everything = list(partitions(groups, 0, len(line)))
    assert chosen in everything, "each fragment is in one digit, from left to right"
    assert total(chosen) == pytest.approx(max(map(total, everything)))


@given(lines)
def test_a_group_holds_the_ink_of_its_fragments(line: Line) -> None:
    for group in plausible_groups(line):
        inks = [fragment.ink for fragment in line[group.first : group.stop]]
        assert np.array_equal(group.ink, np.maximum.reduce(inks))
        rows, columns = np.nonzero(group.ink)
        assert group.box == (rows.min(), columns.min(), rows.max() + 1, columns.max() + 1)


def test_a_group_knows_how_far_aside_its_neighbours_are() -> None:
    groups = plausible_groups(row((0, 30, 60), (4, 20, 12), (9, 30, 60)))
    aside = {(group.first, group.stop): group.aside for group in groups}
    assert (aside[0, 1], aside[1, 2], aside[2, 3], aside[0, 2]) == (4, 4, 9, 9)
    (alone,) = plausible_groups(row((0, 30, 60)))
    assert alone.aside == np.inf


def test_what_stands_far_apart_is_never_one_digit() -> None:
    assert spans(plausible_groups(row((0, 20, 60), (20, 20, 60)))) == [(0, 1), (1, 2)]
    assert spans(plausible_groups(row((0, 20, 60), (6, 20, 60)))) == [(0, 1), (0, 2), (1, 2)]


def test_what_is_far_wider_than_high_is_never_one_digit() -> None:
    assert spans(plausible_groups(row((0, 50, 60), (4, 50, 60)))) == [(0, 1), (1, 2)]


def test_what_reads_well_together_and_badly_apart_is_one_digit() -> None:
    groups = plausible_groups(row((0, 20, 45), (5, 15, 60)))
    assert spans(groups) == [(0, 1), (0, 2), (1, 2)]
    assert best_grouping(groups, read_as(0.5, 0.99, 0.9)) == [1]
    assert best_grouping(groups, read_as(0.99, 0.4, 0.99)) == [0, 2]


def test_what_is_no_whole_digit_is_put_together_however_well_it_reads() -> None:
    groups = plausible_groups(row((0, 20, 45), (5, 15, 60)))
    whole = [
        GroupProbabilities(0.99, 0.02),
        GroupProbabilities(0.99, 0.99),
        GroupProbabilities(0.99, 0.99),
    ]
    two = [
        GroupProbabilities(0.99, 0.99),
        GroupProbabilities(0.99, 0.02),
        GroupProbabilities(0.99, 0.99),
    ]
    assert best_grouping(groups, whole) == [1]
    assert best_grouping(groups, two) == [0, 2]


def test_a_cut_costs_and_more_through_much_ink() -> None:
    box = Box(0, 0, 60, 30)
    ink = np.zeros((HEIGHT, WIDTH), np.uint8)
    free, thin, thick = (
        score(PieceGroup(0, 1, ink, box, (), crossed), Extent(0, 60, 60), GroupProbabilities(1, 1))
        for crossed in (None, 0.1, 0.3)
    )
    assert free > thin > thick


def test_a_low_fragment_is_part_of_a_digit() -> None:
    certain = read_as(1, 1, 1)
    assert best_grouping(plausible_groups(row((0, 30, 60), (3, 20, 12))), certain) == [1]
    assert best_grouping(plausible_groups(row((0, 30, 60), (3, 30, 60))), certain) == [0, 2]


def raised(fragment: Fragment, by: int) -> Fragment:
    """The same fragment some pixels further up."""
    top, left, bottom, right = fragment.box
    box = Box(top - by, left, bottom - by, right)
    return Fragment(np.roll(fragment.ink, -by, axis=0), box, fragment.connected)


@pytest.mark.parametrize(("by", "alone"), [(0, True), (25, True), (48, False)])
def test_a_low_stranger_stands_for_itself_but_at_the_top_where_a_digit_has_its_bar(
    by: int, alone: bool
) -> None:
    """A minus beside a digit, which the two read nearly as well together."""
    assert best_grouping(*with_a_stranger(gap=4, width=20, by=by)) == ([0, 2] if alone else [1])


@pytest.mark.parametrize(("width", "alone"), [(15, True), (20, False)])
def test_a_bar_that_nearly_touches_is_a_digits_own_and_a_point_is_not(
    width: int, alone: bool
) -> None:
    """As the bar of a 7 that misses its stem."""
    assert best_grouping(*with_a_stranger(gap=2, width=width, by=25)) == ([0, 2] if alone else [1])


def with_a_stranger(
    gap: int, width: int, by: int
) -> tuple[list[PieceGroup], list[GroupProbabilities]]:
    """A digit, and after a gap a low mark, raised, that is none; together they are one as well."""
    digit, low = row((0, 30, 60), (gap, width, 12))
    groups = plausible_groups((digit, raised(low, by)))
    assert spans(groups) == [(0, 1), (0, 2), (1, 2)]
    return groups, [
        GroupProbabilities(0.99, 0.99),
        GroupProbabilities(0.98, 0.9),
        GroupProbabilities(0.9, 0.01, 0.99),
    ]


def test_a_line_extends_over_all_of_its_groups() -> None:
    digit, low = row((0, 30, 60), (30, 20, 12))
    assert extent(plausible_groups((digit, raised(low, 70)))) == (8, 90, 60)
