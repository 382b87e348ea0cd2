"""The units of a layer to leaf through, and one of them close up."""

import numpy as np
import streamlit as st

from mnist_core.arrays import Indices
from mnist_core.insight.units import feature_maps
from pages.ui import charts, widgets
from pages.ui.weights import session
from pages.ui.weights.sample import sample_control
from pages.ui.weights.study import Study

A_PAGE = 32
FAVOURITES = 10
CLOSE_UP = 260
SAMPLE = 112
"""Pixels that a unit's picture is wide, close up, and that of a digit which filters look at."""


@st.fragment
def gallery(study: Study) -> None:
    """Units in the order of what they say, with a frame around the one that is shown close up."""
    label = st.pills(
        f"Which {study.noun}s speak loudest for …",
        range(study.network.classes),
        key=session.CLASS,
        persist_state="session",
        help="Puts those first that speak for this digit; those that speak against it come last. "
        "With none chosen, the loudest come first.",
    )
    order = study.order(label)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        page = page_control(study, label)
        shown = order[(page - 1) * A_PAGE : page * A_PAGE]
        framed = shelf(study, shown, session.unit_frame_key(study.name, label, page))
        if study.convolutional:
            at_work(study, shown, framed)
        favourites(study, shown[framed])
    with right:
        close_up(study, shown[framed])


def page_control(study: Study, label: int | None) -> int:
    """Ask which page of units to show, where there are several."""
    pages = -(-study.units // A_PAGE)
    if pages == 1:
        return 1
    key = session.unit_page_key(study.name, label)
    return st.pagination(pages, max_visible_pages=5, key=key, persist_state="session")


def shelf(study: Study, shown: Indices, key: str) -> int:
    """The pictures of some units, with a frame that the visitor moves; the place that it is on."""
    picture = st.empty()
    framed = 0
    if len(shown) > 1:
        framed = st.slider("Move the frame", 1, len(shown), key=key, persist_state="session") - 1
    look = widgets.look()
    tiles = charts.unit_tiles(study.pictures[shown], look, study.limit)
    picture.image(
        charts.montage(charts.frame(tiles, framed, look), study.columns, zoom=2),
        width="stretch",
        alt=f"The weights of {len(shown)} {study.noun}s",
    )
    return framed


def at_work(study: Study, shown: Indices, framed: int) -> None:
    """What each filter answers at every place of a picture, in the order of the shelf."""
    image, name = sample_control(study.dataset)
    look = widgets.look()
    maps = feature_maps(study.network, study.layer, image)[shown]
    tiles = charts.unit_tiles(maps[:, None], look, float(np.abs(maps).max()))
    seen, made = st.columns([1, 4], vertical_alignment="center")
    seen.image(
        charts.montage(charts.inked(image[None], look), 1, zoom=4), width=SAMPLE, alt=f"A {name}"
    )
    made.image(
        charts.montage(charts.frame(tiles, framed, look), 8 if len(shown) > 10 else 5, zoom=2),
        width="stretch",
        alt=f"The answers of {len(shown)} filters at every place of the {name}",
    )


def favourites(study: Study, unit: int) -> None:
    """The pictures that a unit answers to most, and what most of them are."""
    st.markdown(f"**What {study.noun} {unit + 1} answers to most**")
    found = study.favourites(unit, FAVOURITES)
    asked = f"{len(study.asked):,} pictures that it has never seen"
    if not len(found):
        st.caption(f"Nothing: it kept silent on {asked}.")
        return
    labels = study.dataset.labels[found]
    counts = np.bincount(labels)
    look = widgets.look()
    st.image(
        charts.montage(charts.inked(study.dataset.images[found], look), FAVOURITES, zoom=2),
        width="stretch",
        alt=f"Pictures of {', '.join(map(str, labels))}",
    )
    st.caption(
        f"The {len(found)} that it answers to most, of {asked}; {counts.max()} of them "
        f"are a {counts.argmax()}."
    )


def close_up(study: Study, unit: int) -> None:
    """One unit large, and what it says for each class."""
    look = widgets.look()
    effects = study.effects[:, unit]
    st.subheader(f"{study.noun.capitalize()} {unit + 1}, close up", anchor=False)
    st.image(
        charts.montage(charts.unit_tiles(study.pictures[unit, None], look, study.limit), 1, zoom=5),
        width=CLOSE_UP,
        alt=f"The weights of {study.noun} {unit + 1}",
    )
    st.markdown(
        f"When it answers, **{effects.argmax()}** becomes likelier and **{effects.argmin()}** "
        "less likely than the rest."
    )
    widgets.chart(charts.vote_bars(effects, look))
