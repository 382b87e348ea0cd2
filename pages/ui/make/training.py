"""The way from a set of drawings to a training: its data set and its settings."""

import streamlit as st

from mnist_core.data import Data
from mnist_core.drawn.drawing_set import DrawingSet
from mnist_core.drawn.halves import as_data, check_enough
from mnist_core.drawn.suited import suited_config
from mnist_core.errors import LabError
from mnist_core.files.links import to_query
from pages.ui.elements.literal import in_markdown
from pages.ui.elements.mention import mention
from pages.ui.make.session import Key
from pages.ui.visit import data_sets
from pages.ui.visit.site import room

EXPLAINED = (
    "One in five drawings of each class is kept back for the final exam "
    f"({mention('training, validation and test sets', 'test set')}). The network learns from the "
    "others, and sees each a little shifted, turned and bent every time, as if you had drawn "
    "thousands. Those kept back are never varied and never learned from."
)


def show(drawn: DrawingSet) -> None:
    """Show a button that trains on the drawings, or what is still missing for that."""
    st.subheader("Train a network on these", anchor=False)
    st.markdown(EXPLAINED)
    try:
        check_enough(drawn)
    except LabError as error:
        st.caption(in_markdown(str(error)))
        return
    if st.button("Train on these", type="primary", icon=":material/model_training:", key=Key.TRAIN):
        train_on(as_data(drawn))


def train_on(data: Data) -> None:
    """Choose a data set for all pages, and go to Train with settings that suit it."""
    try:
        data_sets.take(data)
    except LabError as error:
        st.error(in_markdown(str(error)), icon=":material/folder_off:")
        return
    settings = to_query(suited_config(len(data.train)))
    st.switch_page(st.Page(room("train").file), query_params=settings)
