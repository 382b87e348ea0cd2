"""The home page says what this is and leads to every other page."""

import io
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from mnist_core.data import Data
from mnist_core.jobs import liveness
from mnist_core.runs.snapshot import Status
from pages.ui import charts
from pages.ui.charts.theme import LIGHT
from pages.ui.elements import way_in
from pages.ui.home import demonstration
from pages.ui.visit.site import JOIN, ROOMS
from tests.core.watched_runs import PATIENCE
from tests.pages.conftest import ROOT, OpenPage, assert_calm
from tests.pages.grids import grids, tiles


def test_it_opens_with_pictures_of_every_class(open_page: OpenPage, data: Data) -> None:
    page = open_page("home")
    assert_calm(page)
    assert page.title[0].value == "MNIST Lab"
    (strip,) = grids(page)
    np.testing.assert_array_equal(
        tiles(strip)[3],
        charts.inked(data.train.images[np.flatnonzero(data.train.labels == 3)[0]], LIGHT),
    )
    assert strip["names"][3].startswith("a 3, picture ")


def test_it_says_what_this_is_in_four_sentences(open_page: OpenPage) -> None:
    text = next(block.value for block in open_page("home").markdown if "**MNIST**" in block.value)
    assert text.count(". ") + text.endswith(".") == 4


def test_it_says_how_many_digits_there_are(open_page: OpenPage, data: Data) -> None:
    counted = f"{len(data.train) + len(data.test):,}"
    assert f"collection of {counted} digits" in "".join(
        block.value for block in open_page("home").markdown
    )


@pytest.mark.usefixtures("clothes")
def test_it_speaks_of_the_data_set_that_there_is(open_page: OpenPage) -> None:
    page = open_page("home")
    assert_calm(page)
    told = "".join(block.value for block in page.markdown)
    assert "**clothes** is a collection of 80 pictures in 10 classes" in told
    assert "bag and ankle boot." in told
    assert "digit" not in told
    assert "MNIST" not in told
    (strip,) = grids(page)
    assert strip["names"][9] == "an ankle boot, picture 10"


def test_it_leads_to_every_page(open_page: OpenPage) -> None:
    links = open_page("home").get("page_link")
    assert [link.page for link in links] == [room.name for room in (*ROOMS, JOIN)]
    assert all(room.file.is_file() for room in (*ROOMS, JOIN))


def test_the_numbered_cards_have_the_order_of_the_menu() -> None:
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    home, *others = [link.page for link in page.get("page_link")]
    menu, cards, last = others[: len(ROOMS)], others[len(ROOMS) : -1], others[-1]
    assert (home, last) == ("", JOIN.name)
    assert menu == cards
    numbered = [one.value for one in page.subheader if one.value[0].isdecimal()]
    assert [one.split()[0] for one in numbered] == [str(n + 1) for n in range(len(ROOMS))]
    assert [one.split(": ")[-1] for one in numbered] == [room.title for room in ROOMS]


def test_a_broken_data_set_is_one_sentence(open_page: OpenPage, broken_data: Path) -> None:
    page = open_page("home")
    assert not page.exception
    assert [str(broken_data) in error.value for error in page.error] == [True]
    assert not grids(page)


@pytest.mark.usefixtures("other_data")
def test_classes_without_names_are_not_listed(open_page: OpenPage) -> None:
    page = open_page("home")
    assert_calm(page)
    told = "".join(block.value for block in page.markdown)
    assert "7 pictures in 3 classes without names." in told
    (strip,) = grids(page)
    assert strip["names"][0] == "class 0, picture 2"


@pytest.mark.parametrize(
    ("opened", "own", "told"),
    [
        ("http://localhost:8501/", "10.0.0.7", "http://10.0.0.7:8501/"),
        ("http://127.0.0.1:8501/lab/", "10.0.0.7", "http://10.0.0.7:8501/lab/"),
        ("http://10.0.0.7:8501/?tour=minutes-3", "10.0.0.7", "http://10.0.0.7:8501/"),
        ("https://lab.example.org/lab/", None, "https://lab.example.org/lab/"),
        ("http://localhost:8501/", None, None),
        ("", "10.0.0.7", None),
    ],
)
def test_a_class_gets_an_address_that_other_machines_can_open(
    opened: str, own: str | None, told: str | None
) -> None:
    assert way_in.address_for_others(opened, own) == told


def test_the_code_is_of_the_address_and_of_nothing_else() -> None:
    one, other = (way_in.qr_code(f"http://10.0.0.{number}:8501/") for number in (7, 8))
    assert one != other
    assert Image.open(io.BytesIO(one)).size[0] > 200


def test_a_network_learns_on_it_for_all_who_look(
    data: Data, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demonstration, "STEPS_A_SECOND", None)
    monkeypatch.setattr(demonstration, "CONFIG", replace(demonstration.CONFIG, examples=2_000))
    shown = demonstration.Demonstration(data)
    first = shown.look()
    until_over(shown)
    last = shown.look()
    assert last.status is Status.FINISHED
    assert len(last.history) > len(first.history)
    assert shown.look().history == last.history, "it stands for a while"
    monkeypatch.setattr(demonstration, "PAUSE_SECONDS", 0.0)
    again = shown.look()
    assert again.history != last.history, "whoever comes later sees another one"
    monkeypatch.undo()
    until_over(shown)


@pytest.fixture
def quick_demonstration(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The network of the home page learns from 2,000 pictures, as fast as it can."""
    monkeypatch.setattr(demonstration, "STEPS_A_SECOND", None)
    monkeypatch.setattr(demonstration, "CONFIG", replace(demonstration.CONFIG, examples=2_000))
    demonstration._demonstration.clear()
    yield
    demonstration._demonstration.clear()


@pytest.mark.usefixtures("quick_demonstration")
def test_it_says_that_the_network_has_learned_and_shows_its_answers(open_page: OpenPage) -> None:
    page, end = open_page("home"), time.monotonic() + PATIENCE
    learned = "**This network has just learned to read.** After 4,000 pictures it reads **"
    while not any(block.value.startswith(learned) for block in page.markdown):
        assert time.monotonic() < end
        page.run()
    assert_calm(page)
    answers = [html.proto.body for html in page.get("html")]
    assert sum("Its answers to 10 pictures" in one for one in answers) == 1
    assert any(one.value.startswith("Train one yourself: ") for one in page.caption)


def test_it_stops_when_nobody_looks(data: Data, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demonstration, "LOOKED_AT_SECONDS", 0.0)
    monkeypatch.setattr(liveness, "CLIENT_CHECK_SECONDS", 0.02)
    monkeypatch.setattr(liveness, "GRACE_SECONDS", 0.1)
    before = set(threading.enumerate())
    shown = demonstration.Demonstration(data)
    shown.look()
    (thread,) = set(threading.enumerate()) - before
    thread.join(PATIENCE)
    assert shown.look().status is Status.STOPPED


def until_over(shown: demonstration.Demonstration) -> None:
    end = time.monotonic() + PATIENCE
    while not shown.look().status.over:
        assert time.monotonic() < end
        time.sleep(0.02)


def test_its_curve_is_one_line_and_its_answers_say_what_is_wrong() -> None:
    curve = charts.small_curve([(0, 0.1), (500, 0.8), (1_000, 0.9)], 1_000, LIGHT)
    (line,) = ElementTree.fromstring(curve).iter("{http://www.w3.org/2000/svg}polyline")
    points = [tuple(map(float, point.split(","))) for point in line.attrib["points"].split()]
    across, down = zip(*points, strict=True)
    assert np.allclose(np.diff(across), np.diff(across)[0])
    assert down[0] > down[1] > down[2], "up the page is more"
    tiles_ = np.zeros((3, 28, 28, 3), np.uint8)
    told = charts.answered(tiles_, np.array([4, 7, 1]), np.array([True, False, True]), LIGHT)
    assert told.count("✗") == 1
    assert "2 of them are correct" in told
