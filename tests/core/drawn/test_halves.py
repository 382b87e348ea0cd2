"""Drawings become a data set whose test half no network has learned from."""

import numpy as np
import pytest

from mnist_core.drawn.drawing_set import DrawingSet
from mnist_core.drawn.halves import as_data
from mnist_core.errors import LabError
from tests.core.drawn.hands import SHAPES, image, shapes

EACH = 20


@pytest.fixture(scope="module")
def drawn() -> DrawingSet:
    return shapes(EACH)


def as_bytes(images: np.ndarray) -> list[bytes]:
    return [one.tobytes() for one in images]


def test_every_drawing_is_in_one_half_under_its_class(drawn: DrawingSet) -> None:
    data = as_data(drawn)
    assert (data.name, data.class_names) == ("Shapes", tuple(SHAPES))
    assert np.bincount(data.test.labels).tolist() == [4, 4, 4]
    assert np.bincount(data.train.labels).tolist() == [16, 16, 16]
    names = {one.image.tobytes(): drawn.class_of(one.key) for one in drawn.drawings}
    for half in (data.train, data.test):
        found = [names.pop(one) for one in as_bytes(half.images)]
        assert found == [drawn.classes[label] for label in half.labels]
    assert not names


def test_the_halves_depend_on_the_drawings_and_the_seed_alone(drawn: DrawingSet) -> None:
    assert as_data(drawn).origin == as_data(drawn).origin
    assert as_data(drawn, seed=1).origin != as_data(drawn).origin


def test_what_was_kept_back_stays_so_when_more_is_drawn(drawn: DrawingSet) -> None:
    rng, more = np.random.default_rng(5), drawn
    for _ in range(7):
        for entry in drawn.classes:
            more = more.with_drawing(entry.key, image(entry.name, rng))
    before, after = as_data(drawn), as_data(more)
    assert set(as_bytes(before.test.images)) <= set(as_bytes(after.test.images))
    assert set(as_bytes(before.train.images)) <= set(as_bytes(after.train.images))


def test_classes_called_by_numbers_keep_these_as_their_names() -> None:
    digits = DrawingSet("Digits").with_class("0").with_class("1")
    for entry in digits.classes * 10:
        digits = digits.with_drawing(entry.key, np.full((28, 28), entry.key, np.uint8))
    assert as_data(digits).named


def test_what_is_too_little_is_said_by_name(drawn: DrawingSet) -> None:
    with pytest.raises(LabError, match="needs 2 or more: add another"):
        as_data(DrawingSet("one").with_class("A"))
    with pytest.raises(LabError, match="moon has 0 of the 10 drawings"):
        as_data(drawn.with_class("moon"))
