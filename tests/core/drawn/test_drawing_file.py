"""A set of drawings goes into a file and comes back; what is no such file is refused."""

import json
import zlib
from base64 import b64encode

import numpy as np
import pytest

from mnist_core.drawn.drawing_file import from_json, to_json
from mnist_core.drawn.drawing_set import UNNAMED, DrawingSet
from mnist_core.drawn.halves import as_data
from mnist_core.errors import LabError
from tests.core.drawn.hands import shapes


@pytest.fixture(scope="module")
def drawn() -> DrawingSet:
    return shapes(10)


def changed(drawn: DrawingSet, **changes: object) -> bytes:
    return json.dumps(json.loads(to_json(drawn)) | changes).encode()


def test_a_set_comes_back_as_it_was(drawn: DrawingSet) -> None:
    found = from_json(to_json(drawn))
    assert (found.name, found.wanted) == (drawn.name, drawn.wanted)
    assert [entry.name for entry in found.classes] == [entry.name for entry in drawn.classes]
    assert as_data(found).origin == as_data(drawn).origin, "networks trained before still fit"
    more = found.with_drawing(found.classes[0].key, np.full((28, 28), 9, np.uint8))
    assert len(more.drawings) == 31


def test_a_set_without_drawings_comes_back_too() -> None:
    empty = DrawingSet("Empty").with_class("A")
    assert from_json(to_json(empty)).classes == empty.classes


def packed(size: int) -> str:
    return b64encode(zlib.compress(bytes(size))).decode()


@pytest.mark.parametrize(
    "changes",
    [
        {"format": "mnist-lab handwriting 1"},
        {"labels": [0] * 29},
        {"labels": [0] * 31},
        {"labels": [3] * 30},
        {"labels": [-1] * 30},
        {"labels": ["0"] * 30},
        {"labels": [True] * 30},
        {"labels": None},
        {"images": packed(10)},
        {"images": packed(20 << 20)},
        {"images": "no base64!"},
        {"images": 7},
        {"wanted": 0},
        {"wanted": "many"},
        {"classes": [7, 8, 9]},
        {"name": None},
        {"name": "\ud800"},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_what_a_set_cannot_have_is_refused(drawn: DrawingSet, changes: dict[str, object]) -> None:
    with pytest.raises(LabError, match="contains no set of drawings"):
        from_json(changed(drawn, **changes))


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\xff", b"7", b'{"format": 1}'])
def test_what_is_no_such_file_is_refused(content: bytes) -> None:
    with pytest.raises(LabError, match="contains no set of drawings"):
        from_json(content)


def test_what_is_too_much_is_said_with_its_limit(drawn: DrawingSet) -> None:
    with pytest.raises(LabError, match="larger than 8 MB"):
        from_json(bytes((8 << 20) + 1))
    with pytest.raises(LabError, match="5,001 drawings; the limit is 5,000"):
        from_json(changed(drawn, labels=[0] * 5_001))


@pytest.mark.parametrize(
    "changes",
    [
        {"classes": ["heart", "", "smiley"]},
        {"classes": ["heart", "star", " heart "]},
        {"classes": [str(number) for number in range(101)]},
        {"images": packed(30 * 28 * 28)},
    ],
    ids=["no name", "a name twice", "too many classes", "no ink"],
)
def test_a_set_that_make_cannot_have_exported_is_refused_as_a_file(
    drawn: DrawingSet, changes: dict[str, object]
) -> None:
    with pytest.raises(LabError, match="a class without a name of its own, or a drawing without"):
        from_json(changed(drawn, **changes))


def test_a_set_without_a_name_gets_one(drawn: DrawingSet) -> None:
    assert from_json(changed(drawn, name=" \n")).name == UNNAMED
