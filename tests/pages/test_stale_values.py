"""Which values in a browser's messages are stale, and which are the visitor's wish."""

from streamlit.proto.WidgetStates_pb2 import WidgetState

from pages.ui.frame.stale_values import ADDRESS, History

RATE = "rate"


def says(value: int, widget: str = RATE) -> WidgetState:
    return WidgetState(id=widget, int_value=value)


class Session:
    """A server with one widget, and a browser that may be behind."""

    def __init__(self, value: int) -> None:
        self.history = History()
        self.value = value
        self.message(value, drawn=0)

    def message(self, value: int, drawn: int, sets: int | None = None) -> bool:
        """A browser that has drawn so many runs sends a value; the run then may set another.

        Returns whether the value was taken for stale.
        """
        history, state = self.history, says(value)
        history.run += 1
        stale = history.is_stale(RATE, state, drawn)
        history.receive({RATE: state}, drawn)
        if not stale:
            self.value = history.values[RATE] = value
        if sets is not None:
            self.value = sets
        history.compare(RATE, self.value, lambda: says(self.value))
        return stale


def test_a_browser_that_has_not_drawn_what_was_set_undoes_nothing() -> None:
    session = Session(1)
    session.message(1, drawn=1, sets=5)
    for _ in range(3):
        assert session.message(1, drawn=1)
        assert session.value == 5
    assert not session.message(5, drawn=2)
    assert session.value == 5


def test_a_visitor_may_set_back_what_was_set() -> None:
    session = Session(1)
    session.message(1, drawn=1, sets=5)
    assert not session.message(1, drawn=2)
    assert session.value == 1


def test_a_visitors_wish_counts_although_the_browser_is_behind() -> None:
    session = Session(1)
    session.message(1, drawn=1, sets=5)
    assert not session.message(3, drawn=1)
    assert session.value == 3


def test_of_several_settings_the_browser_may_have_drawn_the_first() -> None:
    session = Session(1)
    session.message(1, drawn=1, sets=5)
    session.message(1, drawn=1, sets=7)
    assert session.message(5, drawn=2)
    assert session.value == 7
    assert not session.message(1, drawn=3)
    assert session.value == 1


def test_what_is_said_of_a_widget_that_is_gone_is_left_out() -> None:
    history = History(reported={RATE: says(1)}, values={RATE: 1})
    assert not history.is_of_removed_widget(says(1))
    history.values.clear()
    assert history.is_of_removed_widget(says(1))
    assert not history.is_of_removed_widget(says(2)), "it has come back"
    assert not history.is_of_removed_widget(says(1, "another")), (
        "it is new, or of a server started anew"
    )


def test_settings_are_forgotten_once_they_are_drawn() -> None:
    session = Session(1)
    for value in range(2, 50):
        session.message(value - 1, drawn=session.history.run, sets=value)
    assert len(session.history.settings[RATE]) == 1
    session.message(49, drawn=session.history.run)
    assert session.history.settings == {}


def test_an_address_is_compared_as_a_widget_is() -> None:
    history = History(
        run=1, reported={ADDRESS: (("epochs", "3"),)}, values={ADDRESS: (("epochs", "3"),)}
    )
    history.compare(ADDRESS, (("epochs", "4"),), lambda: (("epochs", "4"),))
    assert history.is_stale(ADDRESS, (("epochs", "3"),), drawn=0)
    assert not history.is_stale(ADDRESS, (("epochs", "3"),), drawn=1)
    assert not history.is_stale(ADDRESS, (("epochs", "9"),), drawn=0)
