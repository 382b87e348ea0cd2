"""All windows of a browser show its visit, and those of another browser one of their own."""

import logging
from secrets import token_urlsafe

import pytest
from streamlit.testing.v1 import AppTest

from mnist_core.drawing.sketch_text import to_text
from pages.ui.draw.sharing import DRAWING
from pages.ui.frame import notices
from pages.ui.guide import tour_progress
from pages.ui.visit import cookie, current, shared, store
from pages.ui.visit.paper import Paper
from tests.pages.conftest import assert_calm, memory
from tests.pages.test_paper import ONE, TWO


class Browser:
    """A browser that opens windows, and the secret that its cookie holds; empty without one."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, secret: str = "") -> None:
        self.secret = secret
        monkeypatch.setattr(cookie, "secret", lambda: self.secret)

    def open(self, **query: str) -> AppTest:
        """Open a window by an address with these parameters."""
        page = AppTest.from_function(frame, default_timeout=60)
        page.query_params.update(query)
        page.run()
        assert_calm(page)
        return page


def frame() -> None:
    import streamlit as st

    from pages.ui.draw import sharing
    from pages.ui.frame import notices
    from pages.ui.guide import tour_progress
    from pages.ui.visit import current, log_lines

    notices.tell_loss()
    current.follow()
    tour_progress.follow_address()
    st.button("Leave the tour", on_click=tour_progress.leave)
    with notices.taken_flashes():
        sharing.follow_link()
        log_lines.tell_refused("A test")


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Browser:
    """A browser with the secret that the server has given it."""
    return Browser(monkeypatch, current.VISITS.new_secret())


def told(page: AppTest) -> list[str]:
    return [toast.value for toast in page.toast]


def paper(page: AppTest) -> Paper:
    found: Paper = memory(page)[shared._PAPER]
    return found


def test_two_windows_of_a_browser_show_one_visit_and_are_told_nothing(browser: Browser) -> None:
    first, second = browser.open(), browser.open()
    assert memory(first) is memory(second)
    assert not told(first) + told(second)


@pytest.mark.parametrize("secret", ["", "guessed", "A" * 43])
def test_a_made_up_secret_finds_nobodys_visit(browser: Browser, secret: str) -> None:
    mine = browser.open()
    browser.secret = secret
    assert memory(browser.open()) is not memory(mine)


def test_without_a_cookie_each_window_has_its_own_visit_until_it_is_closed(
    browser: Browser,
) -> None:
    browser.secret = ""
    first, second = browser.open(), browser.open()
    kept = memory(first)
    assert kept is not memory(second)
    assert memory(first.run()) is kept
    assert not told(first) + told(second)


def test_without_a_server_each_session_has_its_own_visit() -> None:
    pages = [AppTest.from_function(frame, default_timeout=60).run() for _ in range(2)]
    assert memory(pages[0]) is not memory(pages[1])


def test_after_a_restart_all_windows_are_told_for_a_moment_and_share_their_visit_again(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [1_000.0]
    monkeypatch.setattr(store, "monotonic", lambda: clock[0])
    browser.secret = token_urlsafe(32)  # as an earlier server has made it
    page = browser.open()
    assert told(page) == [notices.GONE]
    assert told(page.run()) == [notices.GONE], "the browser asks twice"
    again = browser.open()
    assert told(again) == [notices.GONE]
    clock[0] += store.TOLD_SECONDS
    assert not told(page.run()) + told(again.run())
    assert memory(again) is memory(page)


def test_an_address_from_before_opens_and_names_no_visit_any_more(browser: Browser) -> None:
    page = browser.open(visit="S-ZWOG4b", epochs="7")
    assert not told(page)
    assert set(page.query_params) == {"epochs"}


def test_the_log_names_a_visit_by_what_does_not_open_it(
    browser: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "pages")
    page = browser.open()
    assert page.session_state[current._VISIT].name in caplog.text
    assert browser.secret not in caplog.text
    assert page.session_state[current._VISIT].name not in browser.secret
    assert browser.secret not in repr(page.session_state[current._VISIT])


def test_a_tour_that_is_left_in_one_window_does_not_come_back_by_the_other(
    browser: Browser,
) -> None:
    first = browser.open(tour="minutes-1")
    second = browser.open()
    assert tour_progress._PROGRESS in memory(first)
    assert "tour" in second.query_params
    first.button[0].click().run()
    second.run()
    assert "tour" not in {*first.query_params, *second.query_params}
    assert tour_progress._PROGRESS not in memory(first)


def test_two_windows_with_drawings_in_their_addresses_do_not_undo_each_other(
    browser: Browser,
) -> None:
    first = browser.open(**{DRAWING: to_text(ONE)})
    assert len(paper(first).sketch) == len(ONE)
    second = browser.open(**{DRAWING: to_text(TWO)})
    assert len(paper(first).sketch) == len(TWO)
    first.run()
    second.run()
    browser.open(**{DRAWING: to_text(TWO)})
    assert paper(first).revision == 2, "each is put on the paper once"
