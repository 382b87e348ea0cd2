"""The section "Map": training pictures as points, similar ones close together."""

from dataclasses import dataclass

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from mnist_core.arrays import Floats, Indices, Pixels
from mnist_core.data import Data, dev_size_of, split
from mnist_core.exploration.cells import cell_averages, cells_of
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
EXPLAINED = {
    TSNE: "Each point is a picture: pick one to open it. t-SNE puts pictures that are alike near "
    "each other, without being told what they are. **Two warnings:** how far apart two clusters "
    "are means little. How large a cluster is means little.",
    SHAPES: "The map of {count:,} pictures cut into {cells} by {cells} cells, each showing the "
    "average of its pictures: the whole alphabet of shapes. Pick a cell to see its pictures.",
    PCA_2: "Each point is a picture: pick one to open it. The axes are the directions in which all "
    "pictures differ most (the principal components): a shadow of the data, in which groups "
    "overlap because so few directions are shown.",
}
BY_CLASS, BY_PART, BY_MISTAKES = "what it is", "part", "a network's mistakes"
STOPS = (1, 2, 3, 5, 10, 20, 50, 100, 154, 200, 300, 500)
TOOLS = {"Move": "pan", "Box select": "select", "Lasso select": "lasso"}


@dataclass(frozen=True)
class MapLayout:
    """Training pictures on a map: their indices `(n,)` and coordinates `(2 or 3, n)`."""

    indices: Indices
    coordinates: Floats


def show(part: Part) -> None:
    """Show a map, its explanation, and a picture rebuilt from principal components."""
    data = part.data
    kinds = [PCA_2, PCA_3, SHAPES]
    if stored_map(data.origin) is not None:
        kinds = [TSNE, *kinds]
    kind = widgets.choose_one("Which map?", kinds, key=Key.MAP_KIND)
    layout = _laid_out(data, kind)
    if kind == SHAPES:
        _show_cells(data, layout)
    else:
        _show_points(data, layout, kind, part.class_names)
    explanation = EXPLAINED[PCA_2 if kind == PCA_3 else kind]
    st.markdown(explanation.format(count=len(layout.indices), cells=CELLS))
    _show_rebuilt(part)


def _laid_out(data: Data, kind: str) -> MapLayout:
    stored = None if kind in {PCA_2, PCA_3} else stored_map(data.origin)
    if stored is not None:
        return MapLayout(stored.indices, stored.places)
    count = min(POINTS, len(data.train))
    indices = np.sort(np.random.default_rng(0).choice(len(data.train), count, replace=False))
    images = data.train.images[indices]
    return MapLayout(indices, computed.components(data).project(images, 3 if kind == PCA_3 else 2))


def _show_points(data: Data, layout: MapLayout, kind: str, class_names: Vocabulary) -> None:
    """Show a point for each picture; a chosen one opens, and a selection opens in the gallery."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        colour = widgets.choose_one(
            "Colour by",
            [BY_CLASS, BY_PART, BY_MISTAKES] if dev_size_of(len(data.train)) else [BY_CLASS],
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
    indices = layout.indices
    figure = charts.picture_map(
        kind,
        f"{len(indices):,} training pictures",
        layout.coordinates,
        samples.names(data.train.labels, indices, class_names),
        _groups(data, indices, colour, class_names),
        browser.look(),
    )
    if kind != PCA_3:
        figure.update_layout(dragmode=TOOLS[tool])
    picture_map(
        figure,
        data.train.images[indices],
        key=Key.MAP,
        on_touch=lambda point: session.show_picture("train", int(indices[point])),
        on_select=lambda points: session.select(
            "picked on the map", "train", indices[list(points)].tolist()
        ),
    )


def _groups(data: Data, indices: Indices, colour: str, class_names: Vocabulary) -> list[PointGroup]:
    """Divide the pictures into the groups of one colour each."""
    labels = data.train.labels[indices]
    if colour == BY_CLASS:
        return [
            PointGroup(name, class_colour(label), np.flatnonzero(labels == label))
            for label, name in enumerate(class_names.all)
        ]
    look = browser.look()
    if colour == BY_PART:
        is_dev = np.isin(indices, split(data.train, seed=0).dev)
        return _two("training pictures", "practice pictures", is_dev, (look.muted, look.accent))
    choices, colours = models.offered(data), (look.muted, look.second)
    if not choices:
        models.say_none_fits(data)
        return _two("not asked", "mistakes", np.zeros(len(indices), bool), colours)
    choice = models.choose("Which network's mistakes?", choices, Key.MAP_MODEL, "dense")
    predictions = answered(choice, data, "train", indices)
    return _two("read correctly", "mistakes", ~predictions.right, colours)


def _two(
    one: str, other: str, is_other: NDArray[np.bool_], colours: tuple[str, str]
) -> list[PointGroup]:
    return [
        PointGroup(f"{name}: {np.count_nonzero(members):,}", colour, np.flatnonzero(members))
        for name, colour, members in zip((one, other), colours, (~is_other, is_other), strict=True)
    ]


def _show_cells(data: Data, layout: MapLayout) -> None:
    """Show the average picture of each cell of the map."""
    images: Pixels = data.train.images[layout.indices]
    pictures, counts = cell_averages(images, layout.coordinates, CELLS)

    def open_cell(cell: int) -> None:
        inside = cells_of(layout.coordinates, CELLS) == cell
        if inside.any():
            session.select("from one cell of the map", "train", layout.indices[inside].tolist())

    cells = Pictures(
        title="The map, averaged cell by cell; pick a cell to see its pictures",
        tiles=charts.inked(pictures, browser.look()),
        names=[f"{count} pictures" for count in counts],
        columns=CELLS,
        narrowest=12,
        gap=0,
    )
    image_grid(cells, key=Key.MAP_CELLS, on_choose=open_cell)


def _show_rebuilt(part: Part) -> None:
    """Show the chosen picture rebuilt from its first components, and their variance."""
    components = computed.components(part.data)
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
    index, look = gallery.chosen_index(part), browser.look()
    image = part.dataset.images[index : index + 1]
    rebuilt = components.rebuild(components.project(image, count))
    shown = (
        (image, f"{image.size} numbers"),
        (np.rint(np.clip(rebuilt, 0, 255)).astype(np.uint8), f"rebuilt from {count}"),
    )
    left, right = st.columns([2, 3], gap="large")
    with left:
        for column, (pixels, caption) in zip(st.columns(2), shown, strict=True):
            with column:
                alt = f"{part.class_names.one(int(part.dataset.labels[index]))}, {caption}"
                widgets.picture(charts.inked(pixels, look)[0], "stretch", alt, caption)
    with right:
        widgets.chart(charts.explained_variance(components.explained, count, look))
    enough = int(np.searchsorted(components.explained, 0.95)) + 1
    st.caption(
        f"{enough} of {most} components hold 95% of all differences "
        "(variance) between the training pictures. For another picture, pick one in the gallery."
    )
