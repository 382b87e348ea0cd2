"""What raises each class's score, as one picture a class."""

from typing import Literal

import streamlit as st

from mnist_core.insight.weight_images import colour_limit, templates
from pages.ui import charts, widgets
from pages.ui.charts.images import Tiles
from pages.ui.weights import words
from pages.ui.weights.study import Study

IN_A_ROW = 10


def show(study: Study) -> None:
    """The units of a layer that sees the whole image added up; then what each class wants most."""
    st.subheader(f"What makes it say each {study.vocabulary.kind}", anchor=False)
    look = widgets.look()
    if study.sees_pixels and not study.convolutional:
        st.markdown(words.ADDED_UP[study.view].format(kind=study.vocabulary.kind))
        pictures = templates(study.effects, study.weights)
        shown = charts.signed(pictures, look, colour_limit(pictures))
        _row(shown, study, "What makes it say {}")
    st.markdown(words.WANTED.format(kind=study.vocabulary.kind))
    _row(charts.inked(study.wanted_by_classes(), look), study, "Its ideal picture of {}")


def _row(tiles: Tiles, study: Study, told: str) -> None:
    columns: int | Literal["auto"] = len(tiles) if len(tiles) <= IN_A_ROW else "auto"
    with st.grid(columns, min_column_width=56, gap="xsmall"):
        for label, tile in enumerate(tiles):
            name = study.class_names[label]
            widgets.picture(tile, "stretch", told.format(name), name)
