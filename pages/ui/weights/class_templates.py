"""What raises each class's score, as one picture a class."""

from typing import Literal

import streamlit as st

from mnist_core.insight.weight_images import colour_limit, templates
from pages.ui import charts, widgets
from pages.ui.weights import words
from pages.ui.weights.study import Study

IN_A_ROW = 10


def show(study: Study) -> None:
    """The pictures of a layer's units added up for each class; they see the whole image."""
    st.subheader(f"What makes it say each {study.vocabulary.kind}", anchor=False)
    st.markdown(words.ADDED_UP[study.moment].format(kind=study.vocabulary.kind))
    look = widgets.look()
    pictures = templates(study.effects, study.weights)
    tiles = charts.signed(pictures, look, colour_limit(pictures))
    columns: int | Literal["auto"] = len(tiles) if len(tiles) <= IN_A_ROW else "auto"
    with st.grid(columns, min_column_width=56, gap="xsmall"):
        for label, tile in enumerate(tiles):
            st.image(
                charts.montage(tile[None], 1, zoom=4),
                caption=study.class_names[label],
                width="stretch",
                alt=f"What makes it say {study.class_names[label]}",
            )
