"""A class makes a data set: a teacher opens a collection, pupils join and draw, all may use it."""

import gc
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import streamlit as st
from streamlit.runtime.caching import cache_resource_api
from streamlit.testing.v1 import AppTest

from mnist_core.arrays import Labels, Pixels
from mnist_core.data import Data
from mnist_core.database import Database
from mnist_core.drawn.class_collection import ClassCollection
from mnist_core.drawn.class_collections import ClassCollections
from mnist_core.drawn.codes import GUESSES_IN_ALL, GUESSES_OF_ONE, Brake
from mnist_core.drawn.collection_tables import TABLES
from mnist_core.drawn.drawing_set import DrawingSet
from mnist_core.drawn.halves import as_data
from mnist_core.errors import LabError
from mnist_core.training.config import TrainingConfig
from mnist_core.training.model import Model
from pages.ui.explore import session as explore
from pages.ui.make import class_session, joining, session, teacher_comparison
from pages.ui.make import teacher as teachers
from pages.ui.make.class_session import Key, PupilState
from pages.ui.visit import class_collections, data_sets, models, shared
from pages.ui.visit.models import NetworkChoice
from tests.core.drawn.hands import sketch
from tests.pages.conftest import OpenPage, assert_calm, button, memory, press
from tests.pages.grids import grids

INK = np.full((28, 28), 200, np.uint8)


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ClassCollections:
    """A server without collections, on which nobody has guessed yet."""
    found = ClassCollections(Database(tmp_path / "collections", TABLES))
    monkeypatch.setattr(class_collections, "collections", lambda: found)
    monkeypatch.setattr(class_collections, "_in_all", Brake(*GUESSES_IN_ALL))
    return found


def said(page: AppTest) -> str:
    words = [element.value for element in (*page.markdown, *page.caption, *page.subheader)]
    return " ".join([*words, *(html.proto.body for html in page.get("html"))])


@pytest.fixture
def teacher(open_page: OpenPage) -> AppTest:
    """The teacher's view, before anything is open."""
    page = open_page("make")
    page.segmented_control(key=session.Key.WHO).set_value(session.CLASS).run()
    assert_calm(page)
    return page


def opened(teacher: AppTest, store: ClassCollections, classes: str, wanted: int) -> ClassCollection:
    """Open a collection by the form of the page."""
    teacher.text_input(key=Key.NAME).set_value("Room 3")
    teacher.text_area(key=Key.CLASSES).set_value(classes)
    teacher.number_input(key=Key.WANTED).set_value(wanted)
    press(teacher, "Open")
    (found,) = store._all()
    return found


@pytest.fixture
def collection(teacher: AppTest, store: ClassCollections) -> ClassCollection:
    return opened(teacher, store, "heart\nstar", 10)


def pupil(open_page: OpenPage, code: str) -> AppTest:
    """The page that a QR square leads to."""
    page = open_page("join")
    page.query_params["code"] = code
    page.run()
    return page


def joined(open_page: OpenPage, collection: ClassCollection) -> AppTest:
    page = pupil(open_page, collection.terms.code)
    assert_calm(page)
    press(page, "I agree, let me draw")
    return page


def draw(page: AppTest) -> None:
    found: PupilState = memory(page)[class_session._STATE]
    found.paper.draw(sketch("heart", np.random.default_rng(found.made)))
    page.run()
    press(page, "Next")


def fill(collection: ClassCollection) -> None:
    """Let somebody draw all that is missing, each a little different."""
    number = 0
    while asked := collection.ask("others"):
        number += 1
        collection.draw("others", asked.key, np.full((28, 28), number, np.uint8))


def test_the_teacher_sees_the_code_and_what_arrives(
    teacher: AppTest, collection: ClassCollection, open_page: OpenPage
) -> None:
    code = collection.terms.code
    assert f"{code[:4]} {code[4:]}" in said(teacher)
    assert "deleted a day after it was opened" in said(teacher)
    page = joined(open_page, collection)
    teacher.run()
    assert "**1 person takes part**, and 1 of them has not begun yet." in said(teacher)
    draw(page)
    draw(page)
    teacher.run()
    assert "**1 person takes part**, and all have begun." in said(teacher)
    assert [len(grid["names"]) for grid in grids(teacher)] == [1, 1]


def test_nothing_is_drawn_before_agreeing(collection: ClassCollection, open_page: OpenPage) -> None:
    page = pupil(open_page, collection.terms.code)
    assert "is seen by your teacher and your class, without your name" in said(page)
    assert "can save the drawings as a file, and whoever trains on them has a copy" in said(page)
    assert "**heart, star**" in said(page)
    assert "Please draw" not in said(page)
    press(page, "I agree, let me draw")
    assert "Please draw" in said(page)


def test_two_pupils_draw_different_things(collection: ClassCollection, open_page: OpenPage) -> None:
    one, other = (joined(open_page, collection) for _ in range(2))
    assert ">heart<" in said(one)
    assert ">star<" in said(other)
    draw(one)
    draw(other)
    assert list(collection.standing().drawn.counts.values()) == [1, 1]


def test_a_pupil_hears_of_the_end(
    teacher: AppTest, collection: ClassCollection, open_page: OpenPage
) -> None:
    page = joined(open_page, collection)
    fill(collection)
    draw(page)
    assert "Your class has drawn all it needs" in said(page)
    press(teacher, "Close")
    page.run()
    assert "Your teacher has closed the collection" in said(page)
    press(teacher, "Open it again")
    page.run()
    assert "closed the collection" not in said(page)


def test_a_pupil_who_waits_is_asked_again_once_a_drawing_is_missing(
    collection: ClassCollection, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = joined(open_page, collection)
    fill(collection)
    draw(page)
    found: PupilState = memory(page)[class_session._STATE]
    assert found.idle
    monkeypatch.setattr(class_session, "pupil", lambda: found)
    monkeypatch.setattr(class_collections, "me", lambda: "the pupil")
    ran_again: list[bool] = []
    monkeypatch.setattr(st, "rerun", lambda: ran_again.append(True))
    stage = joining.stage(collection.standing())
    joining.look_again(collection, stage)
    assert not ran_again
    for drawing in collection.standing().drawn.drawings[:2]:
        collection.remove(drawing.number)
    joining.look_again(collection, stage)
    assert ran_again


def test_the_teacher_removes_a_drawing(teacher: AppTest, collection: ClassCollection) -> None:
    fill(collection)
    teacher.run()
    first = grids(teacher)[0]
    assert first["title"] == "Drawings of heart; pick one to delete it"
    teacher.session_state[f"make_chosen_{collection.terms.code}"] = 3
    teacher.run()
    press(teacher, "Delete this one")
    assert 3 not in [one.number for one in collection.standing().drawn.drawings]


def test_nothing_is_offered_for_deletion_that_is_published(
    teacher: AppTest, collection: ClassCollection
) -> None:
    fill(collection)
    teacher.session_state[f"make_chosen_{collection.terms.code}"] = 3
    teacher.run()
    assert button(teacher, "Delete this one")
    collection.publish()
    teacher.run()
    assert_calm(teacher)
    assert "Delete this one" not in [found.label for found in teacher.button]
    assert [grid["title"] for grid in grids(teacher)] == ["Drawings of heart", "Drawings of star"]
    assert "can no longer be deleted" in said(teacher)


def test_everyone_finds_the_published_collection_among_their_pictures(
    teacher: AppTest,
    collection: ClassCollection,
    open_page: OpenPage,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = joined(open_page, collection)
    went: list[str] = []
    monkeypatch.setattr(st, "switch_page", lambda page, **_: went.append(page.title))
    press(teacher, "Train on the class's hand")
    assert "heart has 0 of the 10 drawings" in teacher.session_state["notices"][-1].text
    assert not went
    fill(collection)
    draw(page)
    press(teacher, "Train on the class's hand")
    page.run()
    assert "Your class is done: **Room 3**, 20 drawings." in said(page)
    press(page, "Train on the class's hand")
    assert went == ["train", "train"]
    ours = as_data(collection.standing().drawn)
    for visitor in (teacher, page):
        assert memory(visitor)["data_set_brought"].data.origin == ours.origin


def test_explore_lists_it_for_members_alone(
    collection: ClassCollection, open_page: OpenPage
) -> None:
    fill(collection)
    collection.publish()
    member, stranger = open_page("explore"), open_page("explore")
    memory(member)[class_collections._JOINED] = [collection.terms.code]
    for page in (member, stranger):
        page.run()
        assert_calm(page)
    offered = [page.selectbox(key=explore.Key.DATA_SET) for page in (member, stranger)]
    assert [box.options for box in offered] == [["MNIST", "Room 3 (your class's)"], ["MNIST"]]
    offered[0].select_index(1).run()
    assert_calm(member)
    assert memory(member)["data_set"] == data_sets.BROUGHT


def test_wrong_codes_are_refused_and_slowed_down(open_page: OpenPage) -> None:
    page = open_page("join")
    for guess in range(GUESSES_OF_ONE[0]):
        page.text_input(key=Key.CODE).set_value(f"wrong {guess}")
        button(page, "Join").click().run()
        assert not page.exception
        assert f"no collection with the code 'WRONG{guess}'" in page.error[0].value
    page.text_input(key=Key.CODE).set_value("wrong 9")
    button(page, "Join").click().run()
    assert "Too many wrong codes were tried. Try again in 20 s" in page.error[0].value


def test_a_wrong_address_is_looked_up_once(open_page: OpenPage) -> None:
    page = pupil(open_page, "WRONGONE")
    assert "no collection with the code" in page.error[0].value
    for _ in range(GUESSES_OF_ONE[0]):
        page.run()
        assert_calm(page)


def test_the_brake_for_all_holds_the_wrong_codes_of_many(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch, collection: ClassCollection
) -> None:
    monkeypatch.setattr(class_collections, "_in_all", Brake(2, 1.0, lambda: 0.0))
    for _ in range(2):
        assert "no collection" in pupil(open_page, "WRONGONE").error[0].value
    refused = pupil(open_page, collection.terms.code)
    assert "Try again in 1 s" in refused.error[0].value


def test_a_teacher_finds_it_again_by_the_longer_code(
    collection: ClassCollection, open_page: OpenPage
) -> None:
    page = open_page("make")
    page.segmented_control(key=session.Key.WHO).set_value(session.CLASS).run()
    page.text_input(key=Key.KEY).set_value(collection.terms.code)
    button(page, "Find it").click().run()
    assert "no collection" in page.error[0].value, "that of the pupils is not enough"
    page.text_input(key=Key.KEY).set_value(collection.terms.key.lower())
    press(page, "Find it")
    assert collection.terms.code[:4] in said(page)


def test_a_deleted_collection_is_gone_for_all(
    teacher: AppTest, collection: ClassCollection, open_page: OpenPage
) -> None:
    page = joined(open_page, collection)
    press(teacher, "Delete it now")
    assert "Open a collection for your class" in said(teacher)
    page.run()
    assert_calm(page)
    assert "Please draw" not in said(page)
    assert [element.value for element in page.info] == [joining.GONE]
    page.text_input(key=Key.CODE).set_value("WRONG")
    button(page, "Join").click().run()
    assert "no collection with the code" in page.error[0].value


@pytest.mark.parametrize("follow", [joining.look_again, teachers.follow])
def test_windows_that_show_a_deleted_collection_let_go_of_it(
    follow: Callable[..., None],
    collection: ClassCollection,
    store: ClassCollections,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store.delete(collection.terms.code)
    with pytest.raises(LabError, match="closed"):
        collection.draw("one who had a window open", 1, INK)

    class RanAgainError(Exception):
        pass

    def run_again() -> None:
        raise RanAgainError

    monkeypatch.setattr(st, "rerun", run_again)
    stage = (joining.stage(collection.standing()),)
    with pytest.raises(RanAgainError):
        follow(collection, *(stage if follow is joining.look_again else ()))


def digits(data: Data) -> DrawingSet:
    """Sevens and ones that are MNIST's own, as if a class had drawn them."""
    found = DrawingSet("Ours", 12).with_class("7").with_class("1")
    for entry in found.classes:
        for image in data.train.images[data.train.labels == int(entry.name)][:12]:
            found = found.with_drawing(entry.key, image)
    return found


def test_a_classs_network_reads_the_digits_that_it_knows(
    data: Data, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = as_data(digits(data))
    network = TrainingConfig(hidden=()).network((28, 28), 2)
    network.parameters.by_layer[-1][1][0] = 5  # it says "7" to whatever it sees
    mine = Model("says 7", network, TrainingConfig(hidden=()), origin=ours.origin)
    monkeypatch.setattr(cache_resource_api, "get_session_id_or_throw", lambda: "a window")
    theirs = teacher_comparison.of_mnist(NetworkChoice("run:1", "says 7", mine), ours)
    cache_resource_api.clear_session_cache("a window")
    sevens, ones = (np.count_nonzero(data.test.labels == digit) for digit in (7, 1))
    assert len(theirs.digits) == sevens + ones
    assert theirs.right == theirs.of(7).right == sevens
    assert (len(theirs.of(1).digits), theirs.of(1).right) == (ones, 0)


def test_mnists_network_is_asked_once_about_each_drawing_while_that_is_kept(
    data: Data, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    class SaysOne:
        def predict(self, images: Pixels) -> Labels:
            asked.append(len(images))
            return np.ones(len(images), np.uint8)

    monkeypatch.setattr(models, "of_the_lab", lambda _: SaysOne())
    monkeypatch.setattr(teacher_comparison, "AT_ONCE", 10)
    drawn = digits(data)
    sevens = data.train.images[data.train.labels == 7][:12]
    for _ in range(2):
        read = teacher_comparison.of_class(drawn)
        assert (read.of(7).right, read.of(1).right) == (0, 12)
        np.testing.assert_array_equal(read.images[:12], sevens)
    drawn = drawn.without_drawing(1).with_drawing(1, INK)
    assert len(teacher_comparison.of_class(drawn).digits) == 24
    assert asked == [10, 10, 4, 1]
    remembered = len(teacher_comparison._answers)
    del drawn, read
    gc.collect()
    assert len(teacher_comparison._answers) <= remembered - 24


def test_the_teacher_sees_both_networks_and_where_the_digits_differ(
    teacher: AppTest, store: ClassCollections, data: Data, monkeypatch: pytest.MonkeyPatch
) -> None:
    collection = opened(teacher, store, "7\n1", 12)
    for drawing in digits(data).drawings:
        collection.draw("others", drawing.key, drawing.image)
    teacher.run()
    assert_calm(teacher)
    assert "MNIST's network reads your class's digits" in said(teacher)
    assert "Train on the class's hand, then come back" in said(teacher)
    ours = as_data(collection.standing().drawn)
    config = TrainingConfig(hidden=())
    mine = Model("mine", config.network((28, 28), 2), config, origin=ours.origin)
    monkeypatch.setattr(shared, "networks", lambda: {"run:1": mine})
    teacher.run()
    assert_calm(teacher)
    assert "pictures correctly." in said(teacher)
    assert teacher.segmented_control(key=Key.DIGIT).value == 7
