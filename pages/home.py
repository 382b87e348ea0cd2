"""The home page: a demonstration, the tours, and a card for each of the other pages."""

import streamlit as st

from mnist_core.data import Data
from pages.ui.elements import samples, widgets
from pages.ui.elements.vocabulary import vocabulary
from pages.ui.elements.way_in import address_for_others, own_address, qr_code
from pages.ui.frame.next_steps import card
from pages.ui.guide import tour_progress
from pages.ui.home import demonstration, paper_place
from pages.ui.visit import data_sets, site
from pages.ui.visit.site import JOIN, ROOMS, room_link

ROWS, COLUMNS = 3, 20


def collection(data: Data) -> str:
    """Describe the data set in one sentence."""
    pictures, class_names = len(data.train) + len(data.test), vocabulary(data)
    if class_names.digits:
        return (
            f"**MNIST** is a collection of {pictures:,} digits people wrote by hand, and computers "
            "have been learning to read from them since the 1990s."
        )
    sentence = (
        f"**{data.name}** is a collection of {pictures:,} pictures in {len(class_names.names)} "
        "classes"
    )
    if not class_names.named:
        return f"{sentence} without names."
    *names, last = class_names.names
    return f"{sentence}: {', '.join(names)} and {last}." if names else f"{sentence}: {last}."


def tours() -> None:
    """Show a card for each tour, with the step that the visitor has reached."""
    st.subheader("Take a tour", anchor=False)
    with st.grid(len(tour_progress.TOURS), min_column_width=220):
        for name, tour in tour_progress.TOURS.items():
            with card(f"tour_{name}"):
                st.markdown(f"**{tour.icon} {tour.title}**")
                st.markdown(tour.promise)
                left = tour_progress.left_at(name)
                st.button(
                    "Begin" if left is None else f"Continue at step {left + 1}",
                    key=f"tour_begin_{name}",
                    icon=site.FORWARD,
                    type="tertiary",
                    on_click=tour_progress.begin,
                    args=(name,),
                )


widgets.header("MNIST Lab", "A small museum of how a computer learns to see. Please touch.")
data = widgets.data_or_stop()
if vocabulary(data).digits and data_sets.chosen_key() == data_sets.LABS_OWN:
    left, right = st.columns([3, 2], gap="medium")
    with left:
        paper_place.show()
    with right:
        demonstration.show(data)
    tours()
    st.subheader("Or find your own way", anchor=False)
with st.grid(3, min_column_width=220):
    for number, room in enumerate(ROOMS, start=1):
        with card(room.name):
            st.subheader(f"{number} {room.icon} {room.title}", anchor=False)
            st.markdown(room.promise)
            room_link(room)

st.markdown(
    f"{collection(data)} "
    "Here you train a small *neural network* yourself: it is nothing but thousands of numbers that "
    "are nudged, picture by picture, until the answers come out right. "
    "You can watch it improve, look at the numbers it ends up with, and draw something for it to "
    "read. "
    "You need no programming, and you can't break anything."
)
samples.grid_to_explore(
    data.train,
    "train",
    samples.one_of_each(data.train.labels, ROWS * COLUMNS),
    vocabulary(data),
    "Pictures from the collection; pick one to look at it closely",
    key="home_strip",
    columns=COLUMNS,
)
room_link(JOIN)
address = address_for_others(st.context.url or "", own_address())
if address is not None:
    with st.expander("For a class: join from any device", icon=":material/groups:"):
        st.markdown(
            "Anyone on the same Wi-Fi can scan this QR code or type the address. Everyone has "
            "their own runs and drawings."
        )
        st.image(qr_code(address), width=260, alt=f"A QR code of {address}")
        st.code(address, language=None)
