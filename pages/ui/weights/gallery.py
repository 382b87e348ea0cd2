"""The gallery of a layer's units, and one of them close up."""

from pathlib import Path
from typing import Literal

import numpy as np
import streamlit as st

from mnist_core.arrays import Indices
from mnist_core.insight.units import feature_maps
from mnist_core.insight.weight_images import colour_limit, templates
from pages.ui import charts
from pages.ui.charts.images import Tiles
from pages.ui.components import browser, gallery
from pages.ui.components.image_grid import Pictures, image_grid
from pages.ui.elements import samples, widgets
from pages.ui.elements.vocabulary import unit_noun
from pages.ui.frame import error_boundary
from pages.ui.weights import details, messages, session
from pages.ui.weights.sample import sample_control, sentence_case
from pages.ui.weights.session import Key
from pages.ui.weights.study import LayerView, study

NARROW_SCREEN = Path(__file__).with_name("narrow_screen.css")

A_PAGE = 32
COLUMNS = 8
FEW, FEW_COLUMNS = 10, 5
"""Up to `FEW` units stand in rows of `FEW_COLUMNS`."""

IN_A_ROW = 10
"""The most classes whose templates stand in one row."""

LOUDEST = 10
"""Units of the layer before that are shown with a unit."""

CLOSE_UP = 260
WANTED = 168
SAMPLE = 112
"""Widths in pixels: of a unit close up, of its ideal picture, of the picture filters see."""


@error_boundary.fragment
def show(layer_view: LayerView) -> None:
    """Show the units in the order of their votes, the chosen one close up, and its details."""
    label = st.pills(
        f"Which {layer_view.noun}s vote most strongly for …",
        range(layer_view.network.classes),
        format_func=layer_view.vocabulary.name,
        wrap=True,
        key=Key.CLASS,
        persist_state="session",
        help=f"Sorts the {layer_view.noun}s by their votes: strongest for this "
        f"{layer_view.vocabulary.kind} first, strongest against it last. With none picked, the "
        "strongest votes of all come first, for or against.",
    )
    order = layer_view.order(label)
    key = session.chosen_key(layer_view.name, label)
    st.html(NARROW_SCREEN)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        place = gallery.gallery(
            key,
            layer_view.units,
            A_PAGE,
            lambda places: _pictures(layer_view, order[places]),
            reveals=Key.CLOSE_UP,
        )
    unit = int(order[place])
    with right, st.container(key=Key.CLOSE_UP):
        _close_up(layer_view, unit)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        if layer_view.convolutional:
            _at_work(layer_view, order, place, key)
        _favourites(layer_view, unit)
        _listens_to(layer_view, unit)
    with right:
        _votes(layer_view, unit)
        _wanted(layer_view, unit)
    _templates(layer_view)
    details.show(layer_view, unit)


def _pictures(layer_view: LayerView, units: Indices) -> Pictures:
    return Pictures(
        title=f"{messages.heading(layer_view)}; pick one to see it close up",
        tiles=layer_view.tiles(units),
        names=[f"{layer_view.noun} {unit + 1}" for unit in units],
        columns=FEW_COLUMNS if layer_view.units <= FEW else COLUMNS,
        narrowest=56,
        gap=layer_view.gap,
        file_name="weights.png",
    )


def _at_work(layer_view: LayerView, order: Indices, place: int, key: str) -> None:
    """Show the feature map of each filter on the gallery's page."""
    sample = sample_control(layer_view.dataset, layer_view.vocabulary)
    if sample is None:
        return
    image, name = sample
    look = browser.look()
    first = place - place % A_PAGE
    units = order[first : first + A_PAGE]
    maps = feature_maps(layer_view.network, layer_view.layer, image)[units]
    seen, made = st.columns([1, 4], vertical_alignment="center")
    with seen:
        widgets.picture(charts.inked(image, look), SAMPLE, sentence_case(name))
    with made:
        image_grid(
            Pictures(
                title=f"What the filters make of {name}; pick one to see it close up",
                tiles=charts.unit_tiles(maps[:, None], look, float(np.abs(maps).max())),
                names=[f"{layer_view.noun} {unit + 1}" for unit in units],
                columns=COLUMNS,
                narrowest=40,
            ),
            key=Key.MAPS,
            chosen=place - first,
            on_choose=lambda cell: gallery.choose(key, first + cell),
        )
    st.caption(messages.passed_on(layer_view))


def _favourites(layer_view: LayerView, unit: int) -> None:
    """Show the pictures that activate a unit most, and their commonest class."""
    st.markdown(f"**What {layer_view.noun} {unit + 1} responds to**")
    samples.grid_to_explore(
        layer_view.dataset,
        "test",
        layer_view.favourites(unit),
        layer_view.vocabulary,
        f"What {layer_view.noun} {unit + 1} responds to most; pick one to see it on the "
        "Explore page",
        key=Key.FAVOURITES,
        columns=FEW_COLUMNS,
        narrowest=56,
        tiles=_where(layer_view, unit),
    )
    st.caption(messages.answers_to(layer_view, unit))


def _where(layer_view: LayerView, unit: int) -> Tiles:
    """Draw the pictures that activate a unit most; for a filter, each with its patch framed."""
    favourites, look = layer_view.favourites(unit), browser.look()
    tiles = charts.inked(layer_view.dataset.images[favourites], look)
    if not layer_view.convolutional:
        return tiles
    patches = layer_view.patches
    rows, columns = (places[unit, : len(favourites)] for places in (patches.rows, patches.columns))
    return charts.marked(tiles, rows, columns, patches.field.height, patches.field.width, look)


def _listens_to(layer_view: LayerView, unit: int) -> None:
    """Show the units of the layer before with the largest contributions to a unit's sum."""
    before = layer_view.before
    if before is None or layer_view.convolutional:
        return
    heard = layer_view.heard(unit)
    order = np.argsort(-np.abs(heard), kind="stable")[:LOUDEST]
    noun = unit_noun(layer_view.network.layers[before])
    st.markdown(f"**What {layer_view.noun} {unit + 1} gets its input from**")
    earlier = study(layer_view.stage_view, before, layer_view.view)
    touched = image_grid(
        Pictures(
            title=f"The {noun}s that matter most to {layer_view.noun} {unit + 1}; "
            "pick one to look at it",
            tiles=earlier.tiles(order),
            names=[f"{noun} {one + 1}" for one in order],
            columns=FEW_COLUMNS,
            narrowest=56,
            gap=earlier.gap,
            captions=[f"{heard[one]:+.2f}" for one in order],
        ),
        key=Key.LISTENS,
        on_choose=lambda cell: _go_to(earlier, int(order[cell])),
    )
    if touched is not None:
        st.rerun()
    rest = heard.sum() - heard[order].sum()
    left_out = len(heard) - len(order)
    others = f" The other {left_out:,} add {rest:+.2f} together." if left_out else ""
    st.caption(
        "What each adds to its sum, on average over the pictures: what it passes on, times its "
        f"weight.{others}"
    )


def _go_to(layer_view: LayerView, unit: int) -> None:
    """Select a unit of another layer."""
    place = int(np.flatnonzero(layer_view.order(None) == unit)[0])
    st.session_state[Key.CLASS] = None
    gallery.choose(session.chosen_key(layer_view.name, None), place)
    session.turn_to_layer(layer_view.stage_view.choice.key, layer_view.layer)


def _wanted(layer_view: LayerView, unit: int) -> None:
    """Show the picture that maximizes a unit's activation, found from noise."""
    widgets.picture(
        charts.inked(layer_view.wanted(unit), browser.look()),
        WANTED,
        f"The ideal picture of {layer_view.noun} {unit + 1}",
        "Its ideal picture",
    )
    st.caption(
        f"Started from noise, and changed a little at a time so that {layer_view.noun} {unit + 1} "
        "responds ever more strongly (*activation maximization*). No one would draw it: it shows "
        "what the network makes of ink, not what people do."
    )


def _close_up(layer_view: LayerView, unit: int) -> None:
    st.subheader(f"{layer_view.noun.capitalize()} {unit + 1}, close up", anchor=False)
    (tile,) = layer_view.tiles(np.array([unit]))
    widgets.picture(tile, CLOSE_UP, messages.picture_of(layer_view, unit))
    st.markdown(f"**Its vote**  \n{messages.says(layer_view, unit)}")


def _votes(layer_view: LayerView, unit: int) -> None:
    """Show a unit's votes as bars, unless it has none or is a class's score itself."""
    votes = layer_view.effects[:, unit]
    if votes.any() and not layer_view.scores:
        widgets.chart(charts.vote_bars(votes, layer_view.stage_view.class_names, browser.look()))


def _templates(layer_view: LayerView) -> None:
    """Show the templates of the classes, if the units see pixels, and their ideal pictures."""
    st.subheader(f"What makes it say each {layer_view.vocabulary.kind}", anchor=False)
    look = browser.look()
    if layer_view.sees_pixels and not layer_view.convolutional:
        st.markdown(messages.ADDED_UP[layer_view.view].format(kind=layer_view.vocabulary.kind))
        pictures = templates(layer_view.effects, layer_view.weights)
        shown = charts.signed(pictures, look, colour_limit(pictures))
        _row(shown, layer_view, "What makes it say {}")
    st.markdown(messages.WANTED.format(kind=layer_view.vocabulary.kind))
    _row(charts.inked(layer_view.wanted_by_classes(), look), layer_view, "Its ideal picture of {}")


def _row(tiles: Tiles, layer_view: LayerView, alt: str) -> None:
    columns: int | Literal["auto"] = len(tiles) if len(tiles) <= IN_A_ROW else "auto"
    with st.grid(columns, min_column_width=56, gap="xsmall"):
        for label, tile in enumerate(tiles):
            name = layer_view.stage_view.class_names[label]
            widgets.picture(tile, "stretch", alt.format(name), name)
