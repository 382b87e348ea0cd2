"""A class draws together: in a balanced order, without names, and it is there after a restart."""

import gc
import weakref
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from mnist_core.database import Database
from mnist_core.drawn.class_collection import (
    ASKED_SECONDS,
    AWAY_SECONDS,
    MOST_MEMBERS,
    ClassCollection,
)
from mnist_core.drawn.class_collections import (
    KEPT_SECONDS,
    MOST_COLLECTIONS,
    MOST_OF_OWNER,
    ClassCollections,
)
from mnist_core.drawn.collection_tables import TABLES
from mnist_core.drawn.drawing_set import DrawingSet
from mnist_core.errors import LabError

INK = np.full((28, 28), 200, np.uint8)
TEACHER = "teacher"


class Clock:
    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> ClassCollections:
    return server(tmp_path, clock)


def server(tmp_path: Path, clock: Clock) -> ClassCollections:
    """The collections as a server sees them: the only one, one started anew, or another one."""
    return ClassCollections(Database(tmp_path / "kept", TABLES), clock)


def on_disk(tmp_path: Path) -> bytes:
    """All that the folder holds, but for the index of the log: that is locked on Windows."""
    files = (path for path in (tmp_path / "kept").iterdir() if path.suffix != ".sqlite3-shm")
    return b"".join(path.read_bytes() for path in files)


def classes(*names: str, wanted: int = 10) -> DrawingSet:
    found = DrawingSet("Room 3", wanted)
    for name in names:
        found = found.with_class(name)
    return found


@pytest.fixture
def collection(store: ClassCollections) -> ClassCollection:
    return store.open(classes("A", "B", "C"), TEACHER)


def draw(collection: ClassCollection, member: str) -> str | None:
    """Draw what a member is asked for; its name, None where nothing is."""
    asked = collection.ask(member)
    if asked is None:
        return None
    collection.draw(member, asked.key, INK)
    return asked.name


def test_pupils_who_draw_at_the_same_time_are_asked_for_different_classes(
    collection: ClassCollection,
) -> None:
    asked = [collection.ask(member) for member in "abc"]
    assert [one.name for one in asked if one] == ["A", "B", "C"]
    assert collection.ask("b") == asked[1], "asked again, it is the same"


def test_the_whole_class_draws_as_many_of_each_and_no_more(collection: ClassCollection) -> None:
    rng, names = np.random.default_rng(0), []
    while (name := draw(collection, rng.choice(list("abcde")))) is not None:
        names.append(name)
        counts = Counter(names)
        assert max(counts.values()) - min(counts[entry] for entry in "ABC") <= 2
    assert Counter(names) == {"A": 10, "B": 10, "C": 10}


def test_what_somebody_was_asked_for_and_left_is_asked_of_another(
    collection: ClassCollection, clock: Clock
) -> None:
    assert collection.ask("a")
    clock.now += ASKED_SECONDS + 1
    asked = collection.ask("b")
    assert asked
    assert asked.name == "A"


def test_it_says_how_many_take_part_and_have_not_begun(
    collection: ClassCollection, clock: Clock
) -> None:
    for member in "abc":
        collection.join(member)
    draw(collection, "a")
    assert (collection.standing().members, collection.standing().waiting) == (3, 2)
    clock.now += AWAY_SECONDS + 1
    assert (collection.standing().members, collection.standing().waiting) == (1, 0)
    assert collection.ask("b"), "one who comes back goes on"
    assert (collection.standing().members, collection.standing().waiting) == (2, 1)


def test_no_more_take_part_than_there_is_room_for(
    collection: ClassCollection, clock: Clock
) -> None:
    for number in range(MOST_MEMBERS):
        collection.join(str(number))
    collection.join("7")
    with pytest.raises(LabError, match="50 people are drawing"):
        collection.join("one more")
    clock.now += AWAY_SECONDS + 1
    collection.join("one more")


def test_a_closed_collection_takes_nothing_until_it_is_opened_again(
    collection: ClassCollection,
) -> None:
    asked = collection.ask("a")
    assert asked
    collection.close()
    assert collection.ask("a") is None
    for refused in (lambda: collection.draw("a", asked.key, INK), lambda: collection.join("b")):
        with pytest.raises(LabError, match="is closed"):
            refused()
    collection.reopen()
    assert draw(collection, "a") == "A"


def test_a_published_one_stays_as_it_is(collection: ClassCollection) -> None:
    with pytest.raises(LabError, match="A has 0 of the 10 drawings"):
        collection.publish()
    while draw(collection, "a"):
        pass
    drawn = collection.publish()
    collection.remove(1)
    collection.reopen()
    now = collection.standing()
    assert now.drawn is drawn
    assert now.closed
    assert now.published
    collection.join("too late to draw")


def test_a_restart_brings_everything_back(
    collection: ClassCollection, tmp_path: Path, clock: Clock
) -> None:
    for member in "abab":
        draw(collection, member)
    collection.remove(2)
    collection.close()
    found = server(tmp_path, clock).find(collection.terms.code)
    assert found
    assert found.terms == collection.terms
    was, now = collection.standing(), found.standing()
    assert [(one.number, one.key) for one in now.drawn.drawings] == [(1, 1), (3, 3), (4, 1)]
    assert all((one.image == INK).all() for one in now.drawn.drawings)
    assert (now.closed, now.published) == (was.closed, was.published) == (True, False)
    assert now.members == 2
    found.reopen()
    assert draw(found, "a") == "B"
    third = server(tmp_path, clock).find(collection.terms.code)
    assert third
    assert [one.number for one in third.standing().drawn.drawings] == [1, 3, 4, 5]


def test_what_is_done_at_one_server_is_so_at_the_other(
    store: ClassCollections, collection: ClassCollection, tmp_path: Path, clock: Clock
) -> None:
    other = server(tmp_path, clock)
    there = other.find(collection.terms.code)
    assert there
    assert there is not collection
    assert other.find_by_key(collection.terms.key) is there
    assert other.of_owner(TEACHER) == [there]
    there.join("b")
    assert collection.is_member("b")
    asked = collection.ask("a"), there.ask("b")
    assert [one.name for one in asked if one] == ["A", "B"], "not the same class of both"
    for number in range(30):
        draw((collection, there)[number % 2], "ab"[number % 2])
    here, elsewhere = (one.standing() for one in (collection, there))
    assert list(here.drawn.counts.values()) == [10, 10, 10]
    for one, same in zip(here.drawn.drawings, elsewhere.drawn.drawings, strict=True):
        assert (one.number, one.key) == (same.number, same.key)
        assert np.array_equal(one.image, same.image)
    there.remove(30)
    collection.remove(7)
    numbers = [one.number for one in collection.standing().drawn.drawings]
    assert numbers == [number for number in range(1, 30) if number != 7]
    assert draw(there, "a")
    assert collection.standing().drawn.drawings[-1].number == 31, "a number is given once"
    there.close()
    assert collection.ask("a") is None
    collection.reopen()
    while draw(there, "a"):
        pass
    there.publish()
    assert collection.standing().published
    other.delete(collection.terms.code)
    assert store.find(collection.terms.code) is None
    with pytest.raises(LabError, match="is closed"):
        collection.draw("a", 1, INK)
    with pytest.raises(LabError, match="is closed"):
        collection.join("late")


def test_two_servers_that_draw_at_once_lose_nothing(
    collection: ClassCollection, tmp_path: Path, clock: Clock
) -> None:
    there = server(tmp_path, clock).find(collection.terms.code)
    assert there
    with ThreadPoolExecutor(4) as threads:
        for member in "abcdef" * 10:
            threads.submit(lambda one, who: one.draw(who, 1, INK), collection, member)
            threads.submit(lambda one, who: one.draw(who, 2, INK), there, member)
    assert list(collection.standing().drawn.counts.values()) == [60, 60, 0]
    assert [one.number for one in there.standing().drawn.drawings] == list(range(1, 121))


def test_after_a_day_nothing_is_left(
    store: ClassCollections, collection: ClassCollection, tmp_path: Path, clock: Clock
) -> None:
    draw(collection, "a")
    clock.now += KEPT_SECONDS - 1
    assert store.find(collection.terms.code) is collection
    clock.now += 1
    assert store.find(collection.terms.code) is None
    assert collection.terms.code.encode() not in on_disk(tmp_path)
    assert INK.tobytes() not in on_disk(tmp_path)
    draw(collection, "a")
    assert INK.tobytes() not in on_disk(tmp_path), "nothing is written once it is deleted"


def test_a_server_that_was_away_for_a_day_forgets_too(
    collection: ClassCollection, tmp_path: Path, clock: Clock
) -> None:
    clock.now += KEPT_SECONDS
    assert server(tmp_path, clock).find(collection.terms.code) is None
    assert collection.terms.code.encode() not in on_disk(tmp_path)


def test_a_deleted_one_is_gone_everywhere(
    store: ClassCollections, collection: ClassCollection, tmp_path: Path
) -> None:
    draw(collection, "a")
    drawing = weakref.ref(collection.standing().drawn.drawings[0])
    assert INK.tobytes() in on_disk(tmp_path)
    store.delete(collection.terms.code)
    assert store.find(collection.terms.code) is None
    assert INK.tobytes() not in on_disk(tmp_path)
    assert collection.terms.code.encode() not in on_disk(tmp_path)
    gc.collect()
    assert drawing() is None, "though a window still has the collection"


def test_each_is_found_by_its_own_codes_alone(
    store: ClassCollections, collection: ClassCollection
) -> None:
    other = store.open(classes("A", "B"), "another")
    terms = collection.terms
    assert store.find(terms.code) is collection
    assert store.find_by_key(terms.key) is collection
    assert store.find(terms.key) is store.find_by_key(terms.code) is store.find("") is None
    assert store.of_owner(TEACHER) == [collection]
    assert store.of_owner("another") == [other]


def test_there_are_only_so_many(store: ClassCollections, clock: Clock) -> None:
    with pytest.raises(LabError, match="2 classes or more"):
        store.open(classes("A"), TEACHER)
    for number in range(MOST_COLLECTIONS):
        store.open(classes("A", "B"), f"teacher {number}")
    with pytest.raises(LabError, match="20 collections are open here"):
        store.open(classes("A", "B"), TEACHER)
    clock.now += KEPT_SECONDS
    store.open(classes("A", "B"), TEACHER)


def test_no_more_is_asked_for_than_it_takes(store: ClassCollections) -> None:
    names = [f"class {number}" for number in range(26)]
    with pytest.raises(LabError, match="more than the 5,000 that a collection takes"):
        store.open(classes(*names, wanted=200), TEACHER)
    store.open(classes(*names[:25], wanted=200), TEACHER)


def test_nobody_opens_all_that_there_can_be(store: ClassCollections) -> None:
    for _ in range(MOST_OF_OWNER):
        store.open(classes("A", "B"), TEACHER)
    with pytest.raises(LabError, match="You have 5 collections"):
        store.open(classes("A", "B"), TEACHER)
    store.open(classes("A", "B"), "another")


def test_the_folder_tells_others_nothing(collection: ClassCollection, tmp_path: Path) -> None:
    draw(collection, "a")
    files = list((tmp_path / "kept").iterdir())
    assert len(files) == 3, "the database, its log and its index"
    for file in files:
        assert collection.terms.code not in file.name
        assert file.stat().st_mode & 0o077 == 0
    assert (tmp_path / "kept").stat().st_mode & 0o077 == 0


def test_a_folder_that_is_no_folder_keeps_nothing_and_stops_nobody(
    tmp_path: Path, clock: Clock
) -> None:
    real = tmp_path / "real"
    real.mkdir()
    link = tmp_path / "link"
    link.symlink_to(real)
    for folder in (link, tmp_path / "file"):
        (tmp_path / "file").write_text("")
        collection = ClassCollections(Database(folder, TABLES), clock).open(
            classes("A", "B"), TEACHER
        )
        assert draw(collection, "a") == "A"
    assert not list(real.iterdir())


def test_of_a_removed_drawing_nothing_is_left_on_the_disk(
    collection: ClassCollection, tmp_path: Path, clock: Clock
) -> None:
    for shade in range(1, 31):
        asked = collection.ask("pupil")
        assert asked is not None
        collection.draw("pupil", asked.key, np.full((28, 28), shade, np.uint8))
    before = collection.standing().drawn.drawings
    others = before[::3]
    assert all(drawing.image.tobytes() in on_disk(tmp_path) for drawing in before)
    for drawing in before:
        if drawing not in others:
            collection.remove(drawing.number)
            part = drawing.image.tobytes()[:100]
            assert part not in on_disk(tmp_path)
    found = server(tmp_path, clock).find(collection.terms.code)
    assert found is not None
    kept = found.standing().drawn.drawings
    assert [drawing.number for drawing in kept] == [drawing.number for drawing in others]
    assert all(np.array_equal(a.image, b.image) for a, b in zip(kept, others, strict=True))
