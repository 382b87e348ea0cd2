"""A class makes a data set: two telephones and a desk, over a restart of the server."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from mnist_core.database import Database
from mnist_core.drawn.class_collections import ClassCollections
from mnist_core.drawn.codes import as_typed
from pages.ui.visit.lab_database import TABLES
from tests.browser.conftest import TRAINING, NewVisit, Visit, serve
from tests.browser.test_make import BOARD, OF_EACH, SHAPES, asked, kept, pen, trembling
from tests.ports import free_port

FIRST_PART, THIRD_PART = 4, 12
"""Drawings before the server is started anew, by the two telephones and by a third."""


@pytest.fixture
def servers() -> Iterator[ExitStack]:
    """The servers of a test, which end after its visits."""
    with ExitStack() as servers:
        yield servers


def open_collection(desk: Visit) -> tuple[str, str]:
    """Open a collection; the code for pupils, and the one for the teacher."""
    page = desk.page
    desk.open("make")
    page.get_by_role("radio", name="My class draws").click()
    page.get_by_role("textbox", name="Name of the collection").fill("Room 3")
    classes = page.get_by_role("textbox", name="What is to be drawn? One name per line")
    classes.fill("\n".join(SHAPES))
    page.get_by_role("spinbutton", name="Drawings of each, by the whole class").fill(str(OF_EACH))
    page.get_by_role("button", name="Open", exact=True).click()
    code = page.locator(".lab-code")
    expect(code).to_be_visible()
    page.get_by_role("button", name="Teacher's code").click()
    key = page.get_by_test_id("stPopoverBody").locator("strong").inner_text()
    page.keyboard.press("Escape")
    return code.inner_text(), key


def join(telephone: Visit, code: str) -> None:
    telephone.open(f"join?code={code.replace(' ', '')}")
    agree(telephone)


def agree(telephone: Visit) -> None:
    telephone.page.get_by_role("button", name="I agree, let me draw").click()
    go_on_by_hand(telephone)


def go_on_by_hand(telephone: Visit) -> None:
    """Switch off what presses Next where the pen has rested: it may be slower or not."""
    expect(telephone.page.locator(BOARD)).to_be_visible()
    telephone.settle()
    switch = telephone.page.get_by_role("switch", name="Go on by itself")
    if switch.is_checked():
        switch.click(force=True)
    expect(switch).not_to_be_checked()
    telephone.settle()


def draw(telephone: Visit, rng: np.random.Generator) -> None:
    page = telephone.page
    pen(page, trembling(SHAPES[asked(page)], rng))
    expect(page.locator("[data-marks='1']")).to_be_visible()
    page.get_by_role("button", name="Next").tap()
    expect(page.locator("[data-marks='1']")).to_have_count(0)
    telephone.settle()


def draw_on_a_third(folder: Path, code: str, rng: np.random.Generator) -> None:
    """Write what a third telephone has drawn where the server that has ended has kept the rest."""
    collection = ClassCollections(Database(folder, TABLES)).find(as_typed(code))
    assert collection
    for _ in range(THIRD_PART):
        shape = collection.ask("third")
        assert shape
        collection.draw("third", shape.key, kept(trembling(SHAPES[shape.name], rng)))


def has_drawings(page: Page, count: int) -> None:
    expect(page.get_by_text(f"{count} drawings").first).to_be_visible()


def test_two_telephones_and_a_desk(servers: ExitStack, new_visit: NewVisit, tmp_path: Path) -> None:
    port, rng, first = free_port(), np.random.default_rng(0), ExitStack()
    folder = tmp_path / "collections"
    environment = {"LAB_COLLECTIONS": str(folder)}
    address = first.enter_context(serve(port, **environment))
    desk = new_visit(address)
    one, other = (new_visit(address, width=390, has_touch=True) for _ in range(2))
    with first:
        code, key = open_collection(desk)
        one.open("join?code=WRONGONE")
        expect(one.page.get_by_text("There is no collection with the code")).to_be_visible()
        for telephone in (one, other):
            join(telephone, code)
        expect(desk.page.get_by_text("2 of them have not begun yet")).to_be_visible()
        for _ in range(FIRST_PART // 2):
            for telephone in (one, other):
                draw(telephone, rng)
        has_drawings(desk.page, FIRST_PART)
        other.page.goto("about:blank")
    draw_on_a_third(folder, code, rng)
    servers.enter_context(serve(port, **environment))
    other.open(f"join?code={code.replace(' ', '')}")
    for telephone in (one, other):  # members still, as the browser's cookie tells
        expect(telephone.page.get_by_role("dialog")).to_have_count(0)
        go_on_by_hand(telephone)
    expect(desk.page.locator(".lab-code")).to_have_text(code)
    find_again(new_visit(address), key)
    for visit in (desk, one):  # both have found the new server
        visit.complaints.clear()
    there_are = FIRST_PART + THIRD_PART
    has_drawings(desk.page, there_are)
    for _ in range((len(SHAPES) * OF_EACH - there_are) // 2):
        for telephone in (one, other):
            draw(telephone, rng)
    expect(one.page.get_by_text("Your class has drawn all it needs")).to_be_visible()
    has_drawings(desk.page, len(SHAPES) * OF_EACH)
    desk.page.get_by_role("button", name="Train on the class's hand").click()
    expect(desk.page.get_by_role("heading", level=1)).to_have_text("Train")
    desk.page.get_by_role("button", name="Start training").click()
    expect(desk.page.get_by_text("Finished in")).to_be_visible(timeout=TRAINING)
    for telephone in (one, other):
        expect(telephone.page.get_by_text("Your class is done: Room 3")).to_be_visible()
    other.page.get_by_role("button", name="Train on the class's hand").tap()
    expect(other.page.get_by_role("heading", level=1)).to_have_text("Train")
    expect(other.page.get_by_text("All pages now use Room 3 (yours)")).to_be_visible()


def find_again(desk: Visit, key: str) -> None:
    """Open the teacher's view on another device."""
    desk.open("make?who=My+class+draws")
    desk.page.get_by_text("Find a collection again").click()
    desk.page.get_by_role("textbox", name="Your teacher's code").fill(key)
    desk.page.get_by_role("button", name="Find it").click()
    expect(desk.page.locator(".lab-code")).to_be_visible()
