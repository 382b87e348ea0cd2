"""The section "What it looks for": the gallery of a layer's units, and one of them close up."""

from dataclasses import replace
from pathlib import Path
from typing import Literal, get_args

import numpy as np
import streamlit as st

from mnist_core.arrays import Indices
from mnist_core.insight.units import feature_maps
from mnist_core.insight.weight_images import colour_limit, templates
from pages.ui import charts
from pages.ui.charts.images import Tiles
from pages.ui.components import browser, gallery
from pages.ui.components.fresh_keys import fresh_key, renew
from pages.ui.components.image_grid import Pictures, image_grid
from pages.ui.elements import samples, widgets
from pages.ui.elements.vocabulary import unit_noun
from pages.ui.frame import error_boundary
from pages.ui.weights import details, messages, session
from pages.ui.weights.sample import sample_control, sentence_case
from pages.ui.weights.session import Key
from pages.ui.weights.study import COLUMNS, FEW_COLUMNS, LayerView, View, layer_names
from pages.ui.weights.through_time import StageView

NARROW_SCREEN = Path(__file__).with_name("narrow_screen.css")

A_PAGE = 32

IN_A_ROW = 10
"""The most classes whose templates stand in one row."""

LOUDEST = 10
"""Units of the layer before that are shown with a unit."""

CLOSE_UP = 260
IDEAL = 168
SAMPLE = 112
"""Widths in pixels: of a unit close up, of its ideal picture, of the picture filters see."""


def show(stage_view: StageView) -> None:
    """Ask for a layer and a view, and show the layer's units."""
    left, right = st.columns(2)
    with left:
        layer = _layer_control(stage_view)
    with right:
        view: View = widgets.choose_one(
            "Which numbers?",
            get_args(View),
            default="What changed",
            key=Key.VIEW,
            help="A network starts with random numbers. Learning moves them, some far, some not at "
            "all.",
        )
    layer_view = LayerView(stage_view, layer, view)
    st.subheader(messages.heading(layer_view), anchor=False)
    left, right = st.columns([2, 1], gap="medium", vertical_alignment="center")
    left.markdown(messages.how_to_look(layer_view))
    if not layer_view.stacked:
        right.html(charts.colour_key(*messages.WORDS[view].colours, browser.look()))
    _units(layer_view)


def _layer_control(stage_view: StageView) -> int:
    names, network = layer_names(stage_view.network), stage_view.choice.key
    control, layers = fresh_key(f"{Key.LAYER}_{network}"), session.state().layers

    def select() -> None:
        layers[network] = st.session_state[control]

    chosen = layers.get(network)
    return widgets.choose_one(
        "Which layer?",
        list(names),
        format_func=names.__getitem__,
        default=chosen if chosen in names else next(iter(names)),
        key=control,
        on_change=select,
        help="A picture passes through these from left to right.",
    )


@error_boundary.fragment
def _units(layer_view: LayerView) -> None:
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
    title = f"{messages.heading(layer_view)}; pick one to see it close up"
    st.html(NARROW_SCREEN)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        place = gallery.gallery(
            key,
            layer_view.units,
            A_PAGE,
            lambda places: replace(
                layer_view.pictures(order[places], title), file_name="weights.png"
            ),
            reveals=Key.CLOSE_UP,
        )
    unit = int(order[place])
    with right, st.container(key=Key.CLOSE_UP):
        _close_up(layer_view, unit)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        if layer_view.convolutional:
            _feature_maps(layer_view, order, place, key)
        _favourites(layer_view, unit)
        if layer_view.before is not None and not layer_view.convolutional:
            _inputs(layer_view, layer_view.before, unit)
    with right:
        _votes_and_ideal_picture(layer_view, unit)
    _templates(layer_view)
    details.show(layer_view, unit)


def _close_up(layer_view: LayerView, unit: int) -> None:
    st.subheader(f"{layer_view.noun.capitalize()} {unit + 1}, close up", anchor=False)
    (tile,) = layer_view.tiles(np.array([unit]))
    widgets.picture(tile, CLOSE_UP, messages.picture_of(layer_view, unit))
    st.markdown(f"**Its vote**  \n{messages.vote(layer_view, unit)}")


def _feature_maps(layer_view: LayerView, order: Indices, place: int, key: str) -> None:
    """Show the feature map of each filter on the gallery's page."""
    sample = sample_control(layer_view.dataset, layer_view.vocabulary)
    if sample is None:
        return
    image, name = sample
    look, first = browser.look(), place - place % A_PAGE
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
    """Show the pictures that activate a unit most, and their commonest class.

    In the pictures for a filter, the patches that it responds to are framed.
    """
    favourites, named = layer_view.favourites(unit), f"{layer_view.noun} {unit + 1}"
    look = browser.look()
    tiles = charts.inked(layer_view.dataset.images[favourites], look)
    if layer_view.convolutional:
        patches, count = layer_view.patches, len(favourites)
        rows, columns, field = patches.rows[unit], patches.columns[unit], patches.field
        tiles = charts.marked(tiles, rows[:count], columns[:count], field.height, field.width, look)
    st.markdown(f"**What {named} responds to**")
    samples.grid_to_explore(
        layer_view.dataset,
        "test",
        favourites,
        layer_view.vocabulary,
        f"What {named} responds to most; pick one to see it on the Explore page",
        key=Key.FAVOURITES,
        columns=FEW_COLUMNS,
        narrowest=56,
        tiles=tiles,
    )
    st.caption(messages.favourites(layer_view, unit))


def _inputs(layer_view: LayerView, before: int, unit: int) -> None:
    """Show the units of the layer before with the largest contributions to a unit's sum."""
    parts, named = layer_view.incoming(unit), f"{layer_view.noun} {unit + 1}"
    order = np.argsort(-np.abs(parts), kind="stable")[:LOUDEST]
    noun = unit_noun(layer_view.network.layers[before])
    st.markdown(f"**What {named} gets its input from**")
    earlier = LayerView(layer_view.stage_view, before, layer_view.view)
    title = f"The {noun}s that matter most to {named}; pick one to look at it"
    captions = [f"{parts[one]:+.2f}" for one in order]
    pictures = replace(earlier.pictures(order, title), columns=FEW_COLUMNS, captions=captions)
    network, name, places = layer_view.stage_view.choice.key, earlier.name, earlier.order(None)

    def go_to(cell: int) -> None:
        place = int(np.flatnonzero(places == order[cell])[0])
        st.session_state[Key.CLASS] = None
        gallery.choose(session.chosen_key(name, None), place)
        session.state().layers[network] = before
        renew(f"{Key.LAYER}_{network}")

    if image_grid(pictures, key=Key.LISTENS, on_choose=go_to) is not None:
        st.rerun()
    left_out = len(parts) - len(order)
    rest = parts.sum() - parts[order].sum()
    others = f" The other {left_out:,} add {rest:+.2f} together." if left_out else ""
    st.caption(
        "What each adds to its sum, on average over the pictures: what it passes on, times its "
        f"weight.{others}"
    )


def _votes_and_ideal_picture(layer_view: LayerView, unit: int) -> None:
    """Show a unit's votes as bars, unless it has none or is a score, and its ideal picture.

    That picture maximizes the unit's activation; it was found from noise.
    """
    votes, look = layer_view.effects[:, unit], browser.look()
    if votes.any() and not layer_view.scores:
        widgets.chart(charts.vote_bars(votes, layer_view.stage_view.class_names, look))
    named = f"{layer_view.noun} {unit + 1}"
    picture = charts.inked(layer_view.ideal_picture(unit), look)
    widgets.picture(picture, IDEAL, f"The ideal picture of {named}", "Its ideal picture")
    st.caption(
        f"Started from noise, and changed a little at a time so that {named} "
        "responds ever more strongly (*activation maximization*). No one would draw it: it shows "
        "what the network makes of ink, not what people do."
    )


def _templates(layer_view: LayerView) -> None:
    """Show the templates of the classes, if the units see pixels, and their ideal pictures."""
    look, kind = browser.look(), layer_view.vocabulary.kind
    st.subheader(f"What makes it say each {kind}", anchor=False)
    if layer_view.before is None and not layer_view.convolutional:
        st.markdown(messages.WORDS[layer_view.view].added_up.format(kind=kind))
        pictures = templates(layer_view.effects, layer_view.weights)
        tiles = charts.signed(pictures, look, colour_limit(pictures))
        _row(tiles, layer_view, "What makes it say {}")
    st.markdown(messages.IDEAL_PICTURES.format(kind=kind))
    tiles = charts.inked(layer_view.ideal_pictures_of_classes(), look)
    _row(tiles, layer_view, "Its ideal picture of {}")


def _row(tiles: Tiles, layer_view: LayerView, alt: str) -> None:
    columns: int | Literal["auto"] = len(tiles) if len(tiles) <= IN_A_ROW else "auto"
    with st.grid(columns, min_column_width=56, gap="xsmall"):
        for name, tile in zip(layer_view.stage_view.class_names, tiles, strict=True):
            widgets.picture(tile, "stretch", alt.format(name), name)
