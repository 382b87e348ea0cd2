"""Who comes without the name of their visit finds their runs again, and nobody else's."""

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui.frame import returning
from pages.ui.visit import cookie, current, shared
from pages.ui.visit.store import Visit, Visits
from tests.pages.conftest import assert_calm


class Run:
    """What the frame needs to know of a run."""

    def __init__(self, name: str) -> None:
        self.name = name


class House:
    """A server with its visits, the windows that are open, and what the visitor's browser keeps."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.windows: set[str] = set()
        self.cookies: dict[str, str] = {}
        self.visits = Visits(self.windows.__contains__)
        monkeypatch.setattr(current, "_visits", self.visits)
        monkeypatch.setattr(cookie, "secrets", lambda: self.cookies)

    def earlier(self, *runs: str, is_open: bool = False, own: bool = True) -> Visit:
        """A visit with runs; by default of this browser, its window closed."""
        window = f"window {len(self.visits)}"
        found = self.visits.enter(window, "", "")
        found.memory[shared._RECORDS] = [Run(name) for name in runs]
        if is_open:
            self.windows.add(window)
        if own:
            self.cookies[found.name] = found.secret
        return found


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> House:
    return House(monkeypatch)


def frame() -> None:
    from pages.ui.frame import notices, returning
    from pages.ui.visit import current

    returning.follow()
    current.follow()
    returning.offer()
    with notices.taken_flashes():
        pass


def arrive(name: str = "") -> AppTest:
    """Open a window, with or without the name of a visit in its address."""
    page = AppTest.from_function(frame)
    if name:
        page.query_params[current.PARAMETER] = name
    page.run()
    assert_calm(page)
    return page


def shown(page: AppTest) -> str:
    """The name of the visit that a window shows; its address has it too."""
    name: str = page.session_state[current._VISIT].name
    assert page.query_params[current.PARAMETER] in (name, [name])
    return name


def told(page: AppTest) -> str:
    return " ".join(one.value for one in [*page.toast, *page.markdown])


def test_the_only_visit_with_runs_is_taken_up_again_and_said_so(house: House) -> None:
    house.earlier()
    mine = house.earlier("Run 1: Sprint", "Run 2: Sprint")
    kept = len(house.visits)
    page = arrive()
    assert shown(page) == mine.name
    assert [toast.value for toast in page.toast] == ["Welcome back: your 2 runs are still here."]
    assert not page.run().toast
    assert len(house.visits) == kept, "the empty visit that began in between is forgotten"


def test_a_visit_that_another_window_shows_is_offered_and_opened_with_one_press(
    house: House,
) -> None:
    mine = house.earlier("Run 1: *Sprint*", is_open=True)
    page = arrive()
    assert shown(page) != mine.name
    assert "1 run is in another window of this browser:** Run 1: \\*Sprint\\*." in told(page)
    page.button(key=f"{returning.OFFER}_{mine.name}").click().run()
    assert_calm(page)
    assert shown(page) == mine.name
    assert not page.button


def test_of_several_visits_the_visitor_chooses_or_declines(house: House) -> None:
    one, other = house.earlier("Run 1: Sprint"), house.earlier("Run 1: Notebook", "Run 2: Sprint")
    page = arrive()
    assert shown(page) not in {one.name, other.name}
    assert "1 run is kept for this browser:** Run 1: Sprint." in told(page)
    assert "2 runs are kept for this browser:** Run 2: Sprint and more." in told(page)
    next(button for button in page.button if button.label == "Not now").click().run()
    assert not page.button


def test_nothing_is_offered_where_there_are_runs_already(house: House) -> None:
    here, _ = house.earlier("Run 1: Sprint"), house.earlier("Run 1: Notebook")
    page = arrive(here.name)
    assert shown(page) == here.name
    assert not told(page)
    assert not page.button


def test_somebody_elses_address_opens_nothing_and_says_whose_runs_they_are(house: House) -> None:
    theirs = house.earlier("Run 1: Sprint", is_open=True, own=False)
    page = arrive(theirs.name)
    assert shown(page) != theirs.name
    assert [toast.value for toast in page.toast] == [returning.OF_ANOTHER]
    assert not page.button


def test_who_comes_back_too_late_is_told_so_unless_there_are_other_runs(house: House) -> None:
    house.cookies["gone"] = "secret"
    assert told(arrive("gone")) == returning.GONE
    mine = house.earlier("Run 1: Sprint")
    page = arrive("gone")
    assert shown(page) == mine.name
    assert told(page) == "Welcome back: your run is still here."


def test_who_comes_for_the_first_time_is_told_nothing(house: House) -> None:
    house.earlier("Run 1: Sprint", own=False)
    assert not told(arrive())
    assert not told(arrive("never heard of"))
