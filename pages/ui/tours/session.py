"""The keys of the bar of a tour."""

BAR = "tour_bar"
GO = "tour_go"
NEXT = "tour_next"
BACK = "tour_back"
LEAVE = "tour_leave"
FINISH = "tour_finish"


def begin_key(name: str) -> str:
    """The key of the button that begins a tour."""
    return f"tour_begin_{name}"


def next_key(place: int, *, done: bool) -> str:
    """The key of the button to the next step, or of the one that skips this one.

    A click on the one that has just gone must not act as the one in its place.
    """
    return f"{NEXT}_{place}_{done}"
