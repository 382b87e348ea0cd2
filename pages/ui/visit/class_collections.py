"""The collections of classes of the lab, and those of a visit."""

from functools import cache
from math import ceil
from time import time

from mnist_core.data import Data
from mnist_core.drawn.class_collection import ClassCollection
from mnist_core.drawn.class_collections import ClassCollections
from mnist_core.drawn.codes import GUESSES_IN_ALL, GUESSES_OF_ONE, Brake, as_typed
from mnist_core.drawn.halves import as_data
from mnist_core.errors import LabError
from pages.ui.visit import current, lab_database
from pages.ui.visit.current import memory

_BRAKE = "wrong_codes"
_JOINED = "collections_joined"
_TAUGHT = "collections_taught"

_in_all = Brake(*GUESSES_IN_ALL, time, lab_database.number("wrong_codes"))


@cache
def collections() -> ClassCollections:
    """Return the collections of the lab, which may have been opened at another server."""
    return ClassCollections(lab_database.database())


def me() -> str:
    """Return the identity of this browser in collections, the same at each server."""
    return current.identity("collections")


def find(code: str) -> ClassCollection:
    """Find a collection by the code that a pupil typed or scanned.

    Raises:
        LabError: there is none, or the limit on wrong codes is reached.
    """
    _check_brakes()
    return _guessed(collections().find(as_typed(code)), code)


def find_by_key(key: str) -> ClassCollection:
    """Find a collection by the teacher's code, and add it to this visit's.

    Raises:
        LabError: as `find`.
    """
    _check_brakes()
    found = _guessed(collections().find_by_key(as_typed(key)), key)
    _remember(_TAUGHT, found)
    return found


def join(collection: ClassCollection) -> None:
    """Join a collection, and add it to this visit's.

    Raises:
        LabError: it is closed, or has too many members.
    """
    collection.join(me())
    _remember(_JOINED, collection)


def own() -> list[ClassCollection]:
    """Return the collections that this visit opened, then those found by a teacher's code."""
    mine = collections().of_owner(me())
    return [*mine, *(one for one in _kept(_TAUGHT) if one not in mine)]


def is_kept(collection: ClassCollection) -> bool:
    """Return whether a collection has been neither deleted nor kept for a day."""
    return collections().find(collection.terms.code) is not None


def ready() -> dict[str, str]:
    """Return the names of this visit's published collections, by their codes."""
    found = {one.terms.code: one.standing() for one in [*_kept(_JOINED), *own()]}
    return {code: now.drawn.name for code, now in found.items() if now.published}


def data(code: str) -> Data:
    """Make the data set of a collection.

    Raises:
        LabError: the collection has been deleted.
    """
    found = collections().find(code)
    if found is None:
        raise LabError("That collection has been deleted: choose another one.")
    return as_data(found.standing().drawn)


def _remember(which: str, collection: ClassCollection) -> None:
    codes: list[str] = memory().setdefault(which, [])
    if collection.terms.code not in codes:
        codes.append(collection.terms.code)


def _kept(which: str) -> list[ClassCollection]:
    codes: list[str] = memory().get(which, [])
    return [found for code in codes if (found := collections().find(code))]


def _check_brakes() -> None:
    """Refuse a guess if the limit on wrong codes is reached."""
    wait = max(_own_brake().wait(), _in_all.wait())
    if wait > 0:
        raise LabError(f"Too many wrong codes were tried. Try again in {ceil(wait)} s.")


def _guessed(found: ClassCollection | None, code: str) -> ClassCollection:
    if found is None:
        _own_brake().press()
        _in_all.press()
        raise LabError(
            f"There is no collection with the code {as_typed(code)[:20]!r}. Compare it with the "
            "code on your teacher's screen; a collection is kept for a day."
        )
    return found


def _own_brake() -> Brake:
    found: Brake = memory().setdefault(_BRAKE, Brake(*GUESSES_OF_ONE))
    return found
