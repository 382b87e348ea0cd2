"""Measures the time of each section of Make, of a class's collection and of Join: first, and again.

One person has drawn 60 drawings, a class nearly 5,000, the most there can be. Each section is run
alone, as a fragment is, and then the whole page, without a browser.

    python -m benchmarks.make
"""

import os
import runpy
import statistics
from collections.abc import Callable, Mapping
from functools import partial
from tempfile import TemporaryDirectory
from typing import TypeAlias

import streamlit as st
from streamlit.logger import set_log_level
from streamlit.testing.v1 import AppTest

from benchmarks.sections import PAGES, seconds
from mnist_core.data import Data, load
from mnist_core.drawn.class_collection import MOST_COLLECTED, ClassCollection
from mnist_core.drawn.drawing_file import from_json, to_json
from mnist_core.drawn.drawing_set import DrawingSet
from mnist_core.drawn.halves import as_data
from mnist_core.drawn.suited import suited_config
from mnist_core.training.model import Model
from pages.ui.make import (
    class_session,
    classes,
    desk,
    joining,
    montage,
    pictures,
    session,
    teacher,
    teacher_comparison,
    training,
)
from pages.ui.visit import class_collections, lab_database
from pages.ui.visit.models import NetworkChoice

Sections: TypeAlias = Mapping[str, Callable[[], object]]
"""What is run, by its name."""

AGAIN = 5
PATIENCE = 300.0
ALONE = 3, 20
"""Classes of one person, and drawings of each."""

WANTED = MOST_COLLECTED // 10
"""Drawings of each digit that the class is asked for; one of each is still to come."""


def main() -> None:
    """Print the seconds of every section."""
    set_log_level("error")
    data = load()
    print(f"{'section':<60} first s  again s (median of {AGAIN})")
    report("Make", of_one_person(digits(data, *ALONE)))
    with TemporaryDirectory() as folder:
        os.environ[lab_database.FOLDER] = folder
        collection = filled(digits(data, 10, WANTED - 1))
        report("class", of_a_class(collection))
        report("Join", of_a_pupil(collection))


def digits(data: Data, count: int, of_each: int) -> DrawingSet:
    """Make a set of MNIST's digits, as if they had been drawn."""
    found = DrawingSet("Digits", of_each, most=MOST_COLLECTED)
    for digit in range(count):
        found = found.with_class(str(digit))
    for entry in found.classes:
        for image in data.train.images[data.train.labels == int(entry.name)][:of_each]:
            found = found.with_drawing(entry.key, image)
    return found


def filled(drawn: DrawingSet) -> ClassCollection:
    """Open a collection in which a pupil has drawn a set."""
    empty = DrawingSet(drawn.name, WANTED, drawn.classes, last_key=drawn.last_key)
    collection = class_collections.collections().open(empty, "the teacher")
    for drawing in drawn.drawings:
        collection.draw("a pupil", drawing.key, drawing.image)
    return collection


def of_one_person(drawn: DrawingSet) -> Sections:
    """List what runs on Make for one person."""

    def of(show: Callable[[DrawingSet], object]) -> Callable[[], None]:
        def shown() -> None:
            session.state().drawn = drawn
            show(drawn)

        return shown

    return {
        "the paper, at each stroke": of(desk.show),
        "training": of(training.show),
        "what is drawn": of(lambda drawn: montage.show(drawn, "own", session.delete)),
        "classes": of(classes.show),
        "pictures from files": of(pictures.show),
        "export and import": of(lambda drawn: from_json(to_json(drawn))),
        "the whole page": of(lambda _: open_page("make")),
    }


def of_a_class(collection: ClassCollection) -> Sections:
    """List what runs for a teacher; the class's network has learned nothing yet."""
    drawn = collection.standing().drawn
    ours = as_data(drawn)
    config = suited_config(len(ours.train))
    network = config.network((28, 28), ours.train.classes)
    own = NetworkChoice("run:1", "Ours", Model("Ours", network, config, origin=ours.origin))

    def whole_page() -> None:
        class_collections.find_by_key(collection.terms.key)
        st.session_state[session.Key.WHO] = session.CLASS
        open_page("make")

    return {
        "the code": partial(teacher.way_in, collection),
        "what arrives, every 2 s": partial(teacher.follow, collection),
        "the comparison": partial(teacher_comparison.show, drawn),
        "its network reads MNIST": partial(teacher_comparison.of_mnist, own, ours),
        "the data set": partial(as_data, drawn),
        "the whole page": whole_page,
    }


def of_a_pupil(collection: ClassCollection) -> Sections:
    """List what runs for a pupil."""
    stage = joining.stage(collection.standing())

    def whole_page() -> None:
        class_collections.join(collection)
        class_session.pupil().code = collection.terms.code
        open_page("join")

    return {
        "the paper, at each stroke": partial(joining.draw, collection),
        "news, every 5 s": partial(joining.look_again, collection, stage),
        "the whole page": whole_page,
    }


def open_page(name: str) -> None:
    """Run the script of a page."""
    runpy.run_path(str(PAGES / f"{name}.py"))


def report(whose: str, sections: Sections) -> None:
    """Print the seconds of each section, with everything unfolded."""
    for name, section in sections.items():
        page = AppTest.from_function(script, args=(section,), default_timeout=PATIENCE)
        for opened in (session.Key.CLASSES, session.Key.PICTURES):
            page.session_state[opened] = True
        first, *again = (seconds(page) for _ in range(1 + AGAIN))
        print(f"{f'{whose}: {name}':<60} {first:7.3f}  {statistics.median(again):7.3f}", flush=True)


def script(section: "Callable[[], object]") -> None:
    """Run a section; AppTest takes the lines of this function alone."""
    section()


if __name__ == "__main__":
    main()
