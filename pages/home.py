"""The home page: what this is, and the ways in."""

import streamlit as st

from pages.ui import charts, samples, widgets
from pages.ui.site import ROOMS

ROWS, COLUMNS = 3, 20

widgets.header(
    "MNIST Lab",
    "A small museum of how a computer learns to read handwriting. Please touch.",
)
data = widgets.data_or_stop()
look = widgets.look()

strip = samples.one_of_each(data.train.labels, times=ROWS * COLUMNS)[: ROWS * COLUMNS]
tiles = charts.inked(data.train.images[strip], look)
st.image(
    charts.montage(tiles, COLUMNS, zoom=2),
    width="stretch",
    alt="Pictures from the collection, one of each kind in turn",
)

st.markdown(
    "**MNIST** is a collection of 70,000 digits that people wrote by hand, and computers have "
    "learnt to read from it since the 1990s. "
    "Here you teach one yourself: a small *neural network*, which is nothing but thousands of "
    "numbers that are nudged, picture by picture, until the answers come out right. "
    "You can watch it improve, look at the numbers it ends up with, and draw a digit for it to "
    "read. "
    "You need no programming, and there is nothing that you can break."
)

with st.grid(4, min_column_width=220, border=True):
    for room in ROOMS:
        with st.container():
            st.subheader(f"{room.icon} {room.title}", anchor=False)
            st.markdown(room.promise)
            widgets.room_link(room)
