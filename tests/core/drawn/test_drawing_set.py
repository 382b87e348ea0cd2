"""A set of drawings keeps its classes apart, whatever is renamed, removed or deleted."""

from dataclasses import replace

import numpy as np
import pytest

from mnist_core.drawn.drawing_set import MOST_CLASSES, DrawingSet
from mnist_core.errors import LabError
from tests.core.drawn.hands import shapes

INK = np.full((28, 28), 255, np.uint8)
NO_INK = np.zeros((28, 28), np.uint8)


def named(*names: str, most: int = 2_000) -> DrawingSet:
    found = DrawingSet("Mine", wanted=2, most=most)
    for name in names:
        found = found.with_class(name)
    return found


def drawn_in_turn(found: DrawingSet, count: int) -> tuple[DrawingSet, list[str]]:
    """Draw what is asked for, so many times; what was asked for."""
    asked = []
    for _ in range(count):
        wanted = found.next_class()
        assert wanted
        asked.append(wanted.name)
        found = found.with_drawing(wanted.key, INK)
    return found, asked


def test_the_classes_are_asked_for_in_turn() -> None:
    found, asked = drawn_in_turn(named("A", "B", "C"), 7)
    assert asked == ["A", "B", "C", "A", "B", "C", "A"]
    assert list(found.counts.values()) == [3, 2, 2]
    assert list(found.missing.values()) == [0, 0, 0]
    assert DrawingSet("empty").next_class() is None


def test_a_drawing_that_is_taken_back_is_asked_for_again() -> None:
    found, _ = drawn_in_turn(named("A", "B", "C"), 5)
    again = found.without_drawing(found.drawings[-1].number).next_class()
    assert again
    assert again.name == "B"


def test_those_that_others_are_drawing_now_count() -> None:
    found = named("A", "B")
    a, b = found.classes
    assert found.next_class({a.key: 1}) == b
    assert found.next_class({a.key: 1, b.key: 1}) == a


def test_a_removed_class_takes_its_drawings_along_and_no_others() -> None:
    found, _ = drawn_in_turn(named("A", "B", "C"), 6)
    less = found.without_class(found.classes[0].key)
    assert [entry.name for entry in less.classes] == ["B", "C"]
    assert [less.class_of(one.key) for one in less.drawings] == [*less.classes, *less.classes]
    more = less.with_class("A")
    assert more.of(more.classes[-1].key) == (), "another class of that name is a new one"


def test_a_renamed_class_keeps_its_drawings() -> None:
    found, _ = drawn_in_turn(named("A", "B"), 4)
    renamed = found.renamed(found.classes[0].key, "  cats \n and dogs ")
    assert [entry.name for entry in renamed.classes] == ["cats and dogs", "B"]
    assert renamed.drawings is found.drawings
    assert renamed.renamed(found.classes[1].key, "B").classes == renamed.classes


@pytest.mark.parametrize("name", ["", " \n", "x" * 41, "B"])
def test_a_name_that_cannot_be_is_refused(name: str) -> None:
    found = named("A", "B")
    with pytest.raises(LabError, match=r"type one|choose another"):
        found.with_class(name)
    with pytest.raises(LabError, match=r"type one|choose another"):
        found.renamed(found.classes[0].key, name)


def test_the_limits_are_said_when_they_are_reached() -> None:
    with pytest.raises(LabError, match="100 classes already"):
        named(*map(str, range(MOST_CLASSES + 1)))
    full, _ = drawn_in_turn(named("A", most=3), 3)
    with pytest.raises(LabError, match=r"Mine has 3 drawings, and no more .* there are 3:"):
        full.with_drawing(full.classes[0].key, INK)
    with pytest.raises(LabError, match=r"Mine has 3 drawings, and no more .* there are 2:"):
        replace(full, most=2).with_drawing(full.classes[0].key, INK)


def test_a_sheet_without_ink_is_no_drawing_and_a_class_may_be_gone() -> None:
    found = named("A")
    with pytest.raises(LabError, match="nothing on the paper"):
        found.with_drawing(found.classes[0].key, NO_INK)
    with pytest.raises(LabError, match="has been removed"):
        found.without_class(found.classes[0].key).with_drawing(found.classes[0].key, INK)


def test_no_number_is_given_twice() -> None:
    found = shapes(2)
    less = found.without_drawing(found.last_number)
    more = less.with_drawing(less.classes[0].key, INK)
    assert more.drawings[-1].number == found.last_number + 1
    assert more.drawing(found.last_number) is None
