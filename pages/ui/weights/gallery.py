"""The units of a layer to leaf through, and one of them close up."""

import numpy as np
import streamlit as st

from mnist_core.arrays import Indices
from mnist_core.insight.units import feature_maps
from pages.ui import charts, samples, visit, widgets
from pages.ui.gallery import gallery
from pages.ui.image_grid import Pictures, image_grid
from pages.ui.weights import session
from pages.ui.weights.sample import sample_control
from pages.ui.weights.study import Study

A_PAGE = 32
FAVOURITES = 10
CLOSE_UP = 260
SAMPLE = 112
"""Pixels that a unit's picture is wide, close up, and that of a digit which filters look at."""


@st.fragment
def show(study: Study) -> None:
    """Units in the order of what they say, and the chosen one close up."""
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
        place = gallery(
            session.chosen_key(study.name, label),
            study.units,
            A_PAGE,
            lambda places: _pictures(study, order[places]),
            reveals=session.CLOSE_UP,
        )
        if study.convolutional:
            at_work(study, order[place - place % A_PAGE :][:A_PAGE])
        favourites(study, order[place])
    with right, st.container(key=session.CLOSE_UP):
        close_up(study, order[place])


def _pictures(study: Study, units: Indices) -> Pictures:
    return Pictures(
        title=f"The weights of {study.noun}s; choose one to see it close up",
        tiles=charts.unit_tiles(study.pictures[units], widgets.look(), study.limit),
        names=[f"{study.noun} {unit + 1}" for unit in units],
        columns=study.columns,
        narrowest=56,
    )


def at_work(study: Study, shown: Indices) -> None:
    """What each filter answers at every place of a picture, in the order of the gallery."""
    image, name = sample_control(study.dataset)
    look = widgets.look()
    maps = feature_maps(study.network, study.layer, image)[shown]
    tiles = charts.unit_tiles(maps[:, None], look, float(np.abs(maps).max()))
    seen, made = st.columns([1, 4], vertical_alignment="center")
    seen.image(
        charts.montage(charts.inked(image[None], look), 1, zoom=4), width=SAMPLE, alt=f"A {name}"
    )
    made.image(
        charts.montage(tiles, 8 if len(shown) > 10 else 5, zoom=2),
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
    touched = image_grid(
        Pictures(
            title=f"What {study.noun} {unit + 1} answers to most; choose one to open it in Explore",
            tiles=charts.inked(study.dataset.images[found], widgets.look()),
            names=samples.names(study.dataset.labels, found),
            columns=FAVOURITES,
        ),
        key=session.FAVOURITES,
    )
    if touched is not None:
        visit.explore_picture("test", int(found[touched]))
    st.caption(
        f"The {len(found)} that it answers to most, of {asked}; {counts.max()} of them "
        f"are {counts.argmax()}s. Touch one to look at it on the Explore page."
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
