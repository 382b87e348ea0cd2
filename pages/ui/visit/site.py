"""The rooms of the lab, in the order in which a visitor walks through them."""

from dataclasses import dataclass
from pathlib import Path

import streamlit as st

PAGES = Path(__file__).parents[2]
LOGO = str(Path(__file__).with_name("logo.svg"))


@dataclass(frozen=True)
class Room:
    """One page: its file is `pages/<name>.py` and its address `/<name>`."""

    name: str
    title: str
    icon: str
    promise: str
    action: str

    @property
    def file(self) -> Path:
        return PAGES / f"{self.name}.py"


HOME = Room("home", "Home", ":material/home:", "What this is, and where to begin.", "Begin")

ROOMS = (
    Room(
        "draw",
        "Draw",
        ":material/draw:",
        "Draw something yourself, and see what a network makes of it, and why.",
        "Draw one yourself",
    ),
    Room(
        "explore",
        "Explore",
        ":material/grid_view:",
        "Leaf through the pictures networks learn from, and see what a picture is to a computer.",
        "Look at the pictures",
    ),
    Room(
        "make",
        "Make",
        ":material/shapes:",
        "Make a data set of your own: draw hearts and stars, or whatever you like, to learn from.",
        "Make your own",
    ),
    Room(
        "train",
        "Train",
        ":material/model_training:",
        "Train a network to read, and watch it get better second by second.",
        "Train a network",
    ),
    Room(
        "weights",
        "Weights",
        ":material/neurology:",
        "Look inside: the numbers a network ends up with, as pictures.",
        "Look inside",
    ),
    Room(
        "step",
        "One step",
        ":material/footprint:",
        "Follow one picture through a network and back, and see what makes it learn.",
        "Take a step",
    ),
    Room(
        "mistakes",
        "Mistakes",
        ":material/rule:",
        "See how good a network really is, what it mixes up, and how sure of itself it is.",
        "See where it fails",
    ),
)
"""Every page that the home page leads to, in the order in which they explain one another: see a
network read, and what it learned from; make pictures of one's own; train one; look inside it;
follow one of its steps; find what it gets wrong. The menu and the numbered cards of the home page
have this order."""

JOIN = Room(
    "join",
    "Join",
    ":material/group_add:",
    "Draw for the collection that your class makes together.",
    "Join your class with a code",
)
"""The page of pupils. It is in no menu: a code or a QR code leads there."""


def room(name: str) -> Room:
    """Return the page of that name, among those that the home page leads to."""
    return next(room for room in ROOMS if room.name == name)


FORWARD = ":material/arrow_forward:"
"""The icon of every way to another page."""


def room_link(room: Room, action: str = "") -> None:
    """Return a link to another page of the lab, in the words of what one does there."""
    st.page_link(st.Page(room.file), label=action or room.action, icon=FORWARD)
