"""The section "Map": training pictures as points, similar ones close together."""

from dataclasses import dataclass

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from mnist_core.arrays import Floats, Indices, Pixels
from mnist_core.data import Data, dev_size_of, split
from mnist_core.exploration.cells import cell_averages
from mnist_core.maps import stored_map
from pages.ui import charts
from pages.ui.charts.maps import PointGroup
from pages.ui.charts.theme import class_colour
from pages.ui.components import browser
from pages.ui.components.image_grid import Pictures, image_grid
from pages.ui.elements import samples, widgets
from pages.ui.elements.answered import answered
from pages.ui.elements.vocabulary import Vocabulary
from pages.ui.explore import computed, gallery, session
from pages.ui.explore.parts import Part
from pages.ui.explore.picture_map import picture_map
from pages.ui.explore.session import Key
from pages.ui.visit import models

POINTS = 10_000
CELLS = 24
TSNE, PCA_2, PCA_3, SHAPES = (
    "Neighbourhoods (t-SNE)",
    "Main directions (PCA)",
    "Main directions in 3D",
    "All shapes at once",
)
BY_CLASS, BY_PART, BY_MISTAKES = "what it is", "part", "a network's mistakes"
STOPS = (1, 2, 3, 5, 10, 20, 50, 100, 154, 200, 300, 500)
TOOLS = {"Move": "pan", "Box select": "select", "Lasso select": "lasso"}


@dataclass(frozen=True)
class Laid:
    """Training pictures on a map: their indices `(n,)` and coordinates `(2 or 3, n)`."""

    indices: Indices
    places: Floats


def show(data: Data, part: Part, class_names: Vocabulary) -> None:
    """Show a map, its explanation, and a picture rebuilt from principal components."""
    kinds = [PCA_2, PCA_3, SHAPES]
    if stored_map(data.origin) is not None:
        kinds = [TSNE, *kinds]
    kind = widgets.choose_one(
        "Which map?",
        kinds,
        default=kinds[0],
        key=Key.MAP_KIND,
    )
    laid = _laid(data, 3 if kind == PCA_3 else 2, pca=kind in {PCA_2, PCA_3})
    if kind == SHAPES:
        _shapes(data, laid)
    else:
        _points(data, laid, kind, class_names)
    _explain(kind, len(laid.indices))
    _rebuilt(data, part, class_names)


def _laid(data: Data, dimensions: int, *, pca: bool) -> Laid:
    stored = None if pca else stored_map(data.origin)
    if stored is not None:
        return Laid(stored.indices, stored.places)
    count = min(POINTS, len(data.train))
    indices = np.sort(np.random.default_rng(0).choice(len(data.train), count, replace=False))
    return Laid(indices, computed.components(data).project(data.train.images[indices], dimensions))


def _points(data: Data, laid: Laid, kind: str, class_names: Vocabulary) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        colour = widgets.choose_one(
            "Colour by",
            [BY_CLASS, BY_PART, BY_MISTAKES] if dev_size_of(len(data.train)) else [BY_CLASS],
            default=BY_CLASS,
            key=Key.MAP_COLOUR,
        )
        tool = st.segmented_control(
            "When you drag",
            TOOLS,
            default="Move",
            required=True,
            key=Key.MAP_TOOL,
            persist_state="session",
            disabled=kind == PCA_3,
        )
    figure = charts.picture_map(
        kind,
        f"{len(laid.indices):,} training pictures",
        laid.places,
        samples.names(data.train.labels, laid.indices, class_names),
        _groups(data, laid.indices, colour, class_names),
        browser.look(),
    )
    if kind != PCA_3:
        figure.update_layout(dragmode=TOOLS[tool])
    picture_map(
        figure,
        data.train.images[laid.indices],
        key=Key.MAP,
        on_touch=lambda place: session.show_picture("train", int(laid.indices[place])),
        on_select=lambda places: session.select(
            "picked on the map", "train", laid.indices[list(places)].tolist()
        ),
    )


def _groups(data: Data, indices: Indices, colour: str, class_names: Vocabulary) -> list[PointGroup]:
    look = browser.look()
    labels = data.train.labels[indices]
    if colour == BY_CLASS:
        return [
            PointGroup(
                class_names.name(label), class_colour(label), np.flatnonzero(labels == label)
            )
            for label in range(data.train.classes)
        ]
    if colour == BY_PART:
        is_dev = np.isin(indices, split(data.train, seed=0).dev)
        return _two("training pictures", "practice pictures", is_dev, look.muted, look.accent)
    choices = models.offered(data)
    if not choices:
        models.say_none_fits(data)
        return _two("not asked", "mistakes", np.zeros(len(indices), bool), look.muted, look.second)
    choice = models.choose("Which network's mistakes?", choices, Key.MAP_MODEL, "dense")
    predictions = answered(choice, data, "train", indices)
    return _two("read correctly", "mistakes", ~predictions.right, look.muted, look.second)


def _two(
    one: str, other: str, is_other: NDArray[np.bool_], grey: str, strong: str
) -> list[PointGroup]:
    return [
        PointGroup(f"{one}: {np.count_nonzero(~is_other):,}", grey, np.flatnonzero(~is_other)),
        PointGroup(f"{other}: {np.count_nonzero(is_other):,}", strong, np.flatnonzero(is_other)),
    ]


def _shapes(data: Data, laid: Laid) -> None:
    """Show the average picture of each cell of the map."""
    images: Pixels = data.train.images[laid.indices]
    pictures, counts = cell_averages(images, laid.places, CELLS)
    low, high = laid.places.min(axis=1, keepdims=True), laid.places.max(axis=1, keepdims=True)

    def open_cell(cell: int) -> None:
        row, column = divmod(cell, CELLS)
        span = np.where(high > low, high - low, 1)
        across, up = np.minimum(((laid.places - low) / span * CELLS).astype(int), CELLS - 1)
        inside = (across == column) & (CELLS - 1 - up == row)
        if inside.any():
            session.select("from one cell of the map", "train", laid.indices[inside].tolist())

    image_grid(
        Pictures(
            title="The map, averaged cell by cell; pick a cell to see its pictures",
            tiles=charts.inked(pictures, browser.look()),
            names=[f"{count} pictures" for count in counts],
            columns=CELLS,
            narrowest=12,
            gap=0,
        ),
        key=Key.MAP_CELLS,
        on_choose=open_cell,
    )


def _explain(kind: str, count: int) -> None:
    if kind == TSNE:
        st.markdown(
            "Each point is a picture: pick one to open it. t-SNE puts pictures that are alike near "
            "each other, without being told what they are. **Two warnings:** how far apart two "
            "clusters are means little. How large a cluster is means little."
        )
    elif kind == SHAPES:
        st.markdown(
            f"The map of {count:,} pictures cut into {CELLS} by {CELLS} cells, each showing the "
            "average of its pictures: the whole alphabet of shapes. Pick a cell to see its "
            "pictures."
        )
    else:
        st.markdown(
            "Each point is a picture: pick one to open it. The axes are the directions in which "
            "all pictures differ most (the principal components): a shadow of the data, in which "
            "groups overlap because so few directions are shown."
        )


def _rebuilt(data: Data, part: Part, class_names: Vocabulary) -> None:
    """Show the chosen picture rebuilt from its first components, and their variance."""
    components = computed.components(data)
    st.subheader("How many numbers does a picture need?", anchor=False)
    most = len(components.variances)
    count = int(
        st.select_slider(
            "Use only the first …",
            [*(stop for stop in STOPS if stop < most), most],
            value=min(50, most),
            key=Key.COMPONENTS,
            persist_state="session",
            help="Principal components: the directions in which the pictures differ most.",
        )
    )
    index = gallery.chosen_index(part)
    image = part.dataset.images[index : index + 1]
    again = components.rebuild(components.project(image, count))
    look = browser.look()
    left, right = st.columns([2, 3], gap="large")
    with left:
        pair = st.columns(2)
        for column, picture, caption in zip(
            pair,
            (image, np.rint(np.clip(again, 0, 255)).astype(np.uint8)),
            (f"{image.size} numbers", f"rebuilt from {count}"),
            strict=True,
        ):
            with column:
                alt = f"{class_names.one(int(part.dataset.labels[index]))}, {caption}"
                widgets.picture(charts.inked(picture, look)[0], "stretch", alt, caption)
    with right:
        widgets.chart(charts.explained_variance(components.explained, count, look))
    enough = int(np.searchsorted(components.explained, 0.95)) + 1
    st.caption(
        f"{enough} of {most} components hold 95% of all differences "
        "(variance) between the training pictures. For another picture, pick one in the gallery."
    )
