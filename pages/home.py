"""The home page: what this is, and the ways in."""

import streamlit as st

from mnist_core.data import Data
from pages.ui import charts, data_sets, samples, visit, widgets
from pages.ui.home import class_room, session
from pages.ui.image_grid import Pictures, image_grid
from pages.ui.next_steps import card
from pages.ui.showcase import demonstration, paper_place
from pages.ui.site import ROOMS, Room
from pages.ui.tours import ways_in
from pages.ui.vocabulary import vocabulary

ROWS, COLUMNS = 3, 20


def strip(data: Data) -> None:
    """Pictures of every class in turn; a touched one opens on the Explore page."""
    train = data.train
    shown = samples.one_of_each(train.labels, ROWS * COLUMNS)
    touched = image_grid(
        Pictures(
            title="Pictures from the collection; pick one to look at it closely",
            tiles=charts.inked(train.images[shown], widgets.look()),
            names=samples.names(train.labels, shown, vocabulary(data)),
            columns=COLUMNS,
        ),
        key=session.STRIP,
    )
    if touched is not None:
        visit.explore_picture("train", int(shown[touched]))


def collection(data: Data) -> str:
    """What is in the data set, in one sentence."""
    pictures, words = len(data.train) + len(data.test), vocabulary(data)
    if words.digits:
        return (
            f"**MNIST** is a collection of {pictures:,} digits people wrote by hand, and computers "
            "have been learning to read from them since the 1990s."
        )
    told = f"**{data.name}** is a collection of {pictures:,} pictures in {len(words.names)} classes"
    if not words.named:
        return f"{told} without names."
    *names, last = words.names
    return f"{told}: {', '.join(names)} and {last}." if names else f"{told}: {last}."


def way_in(number: int, room: Room) -> None:
    """What one does on a page, and the way to it."""
    with card(room.name):
        st.subheader(f"{number} {room.icon} {room.title}", anchor=False)
        st.markdown(room.promise)
        widgets.room_link(room)


widgets.header(
    "MNIST Lab",
    "A small museum of how a computer learns to see. Please touch.",
)
data = widgets.data_or_stop()
if vocabulary(data).digits and data_sets.chosen_key() == data_sets.LABS_OWN:
    left, right = st.columns([3, 2], gap="medium")
    with left:
        paper_place.show()
    with right:
        demonstration.show(data)
    st.subheader("Take a tour", anchor=False)
    ways_in.show()
    st.subheader("Or find your own way", anchor=False)
with st.grid(3, min_column_width=220):
    for number, room in enumerate(ROOMS, start=1):
        way_in(number, room)

st.markdown(
    f"{collection(data)} "
    "Here you train a small *neural network* yourself: it is nothing but thousands of numbers that "
    "are nudged, picture by picture, until the answers come out right. "
    "You can watch it improve, look at the numbers it ends up with, and draw something for it to "
    "read. "
    "You need no programming, and you can't break anything."
)
strip(data)
class_room.show()
