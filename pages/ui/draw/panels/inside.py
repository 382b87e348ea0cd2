"""The activations for a drawing: each layer, the strongest units, and the nearest neighbours."""

from collections.abc import Sequence
from functools import partial

import numpy as np
import streamlit as st

from mnist_core.arrays import Floats, Pixels
from mnist_core.data import Data
from mnist_core.insight.activations import LayerActivation, layer_activations
from mnist_core.insight.neighbours import embedding, embedding_step_by_step, nearest
from mnist_core.insight.units import unit_activations
from mnist_core.insight.weight_images import picture_layers, weight_images
from mnist_core.nn.network import Network
from mnist_core.training.model import Model
from pages.ui import charts
from pages.ui.charts.images import Tiles
from pages.ui.charts.percent import percent
from pages.ui.components import browser
from pages.ui.draw.panels import pictures
from pages.ui.elements import widgets
from pages.ui.elements.mention import mention
from pages.ui.elements.vocabulary import vocabulary
from pages.ui.visit.analysis_cache import cached
from pages.ui.visit.long_work import LongWork
from pages.ui.visit.models import NetworkChoice

UNITS = 6
MAPS_IN_A_ROW = 8
UNITS_IN_A_ROW = 16
LAYER_WIDTH = 168
"""The approximate width in pixels of the output of a layer on the page."""

ALIKE = 5
ASKED = 20_000
"""Training images to search for neighbours with a bundled network; it takes seconds, once."""

ASKED_FEW = 5_000
"""The same with a visitor's own network, of which only the latest is cached."""


def show(image: Pixels, reader: NetworkChoice) -> None:
    """Show the output of all layers, the strongest units, and the nearest training images."""
    st.markdown(
        f"**How it flows.** The ink goes through one {mention('layer')} after another. Orange is "
        "a response, the deeper the stronger; what stays bare does not respond. Draw, and watch "
        "it change."
    )
    _flow(image, reader.model.network)
    st.markdown("**What fired.** The units (neurons) that responded most strongly.")
    _units(image, reader.model)
    st.markdown("**What it reminds the network of.** The most similar of its training pictures.")
    _neighbours(image, reader, widgets.data_or_stop())


def _flow(image: Pixels, network: Network) -> None:
    """Show the image, the output of each layer, and the answer, side by side."""
    look = browser.look()
    *hidden, answer = layer_activations(network, image)
    with st.container(horizontal=True, gap="medium"):
        _layer_image(charts.inked(image[np.newaxis], look), 1, "the picture")
        for number, layer in enumerate(hidden, start=1):
            _layer_image(*_as_tiles(layer), f"{number}: {_counted(layer)}")
        tiles = charts.signed(answer.values[np.newaxis, np.newaxis], look, 1.0)
        best = int(answer.values.argmax())
        text = f"the answer, 0 to {len(answer.values) - 1}: {best}, {percent(answer.values[best])}"
        _layer_image(tiles, 1, text)


def _as_tiles(layer: LayerActivation) -> tuple[Tiles, int]:
    """Return the output of a layer as tiles, and the number of tiles in a row."""
    look = browser.look()
    if layer.values.ndim == 3:
        return charts.signed(layer.values, look), MAPS_IN_A_ROW
    return charts.signed(_in_rows(layer.values)[np.newaxis], look), 1


def _in_rows(units: Floats) -> Floats:
    """Arrange units in the rows of an image, the last one padded with 0."""
    width = min(UNITS_IN_A_ROW, len(units))
    rows = -(-len(units) // width)
    picture = np.zeros(rows * width, units.dtype)
    picture[: len(units)] = units
    return picture.reshape(rows, width)


def _counted(layer: LayerActivation) -> str:
    of = "filters" if layer.values.ndim == 3 else "units"
    active = int(np.count_nonzero(layer.values.reshape(len(layer.values), -1).any(axis=1)))
    return f"{len(layer.values)} {of}, {active} of them respond"


def _layer_image(tiles: Tiles, columns: int, caption: str) -> None:
    zoom = max(1, LAYER_WIDTH // (columns * tiles.shape[2]))
    url = charts.data_url(charts.montage(tiles, columns, zoom=zoom))
    st.image(url, width=LAYER_WIDTH, caption=caption, alt=caption)


def _units(image: Pixels, model: Model) -> None:
    network = model.network
    layer = picture_layers(network)[0]
    fired = unit_activations(network, layer, image[np.newaxis])[:, 0]
    best = np.argsort(-fired)[:UNITS]
    weights = weight_images(network, layer)[best].mean(axis=1)
    look = browser.look()
    _row(
        charts.signed(weights, look),
        [f"unit {unit + 1}: {fired[unit]:.1f}" for unit in best],
        [f"The weights of unit {unit + 1}, which responds with {fired[unit]:.1f}" for unit in best],
    )
    against, speaks = f'<b style="color:{look.against}">', f'<b style="color:{look.speaks_for}">'
    st.html(
        f'<span style="font-size:0.875rem;color:{look.muted}">A unit responds strongly where '
        f"there is ink on {speaks}these weights</b> and none on {against}those</b>.</span>"
    )


def _row(tiles: Tiles, captions: Sequence[str], descriptions: Sequence[str]) -> None:
    """Show images side by side, each enlarged to about `LAYER_WIDTH` pixels."""
    with st.grid(UNITS, min_column_width=90):
        for tile, caption, description in zip(tiles, captions, descriptions, strict=True):
            url = charts.data_url(pictures.enlarged(tile, max(1, LAYER_WIDTH // len(tile))))
            st.image(url, caption=caption, width="stretch", alt=description)


def _neighbours(image: Pixels, reader: NetworkChoice, data: Data) -> None:
    train, class_names = data.train, vocabulary(data)
    points = _points(reader, data).result("Asking about the training pictures …")
    query = embedding(reader.model.network, image[np.newaxis])[:, 0]
    indices = nearest(points, query, ALIKE).indices
    names = [class_names.one(train.labels[index]) for index in indices]
    _row(
        charts.inked(train.images[indices], browser.look()),
        names,
        [
            f"Training picture {index + 1}, {name}"
            for index, name in zip(indices, names, strict=True)
        ],
    )
    st.caption(
        f"Of {points.shape[1]:,} training pictures, those whose {len(points)} numbers in the last "
        "hidden layer are nearest to your drawing's."
    )


@cached(most=1)
def _points(reader: NetworkChoice, data: Data) -> LongWork[Floats]:
    asked = data.train.images[: ASKED if reader.is_the_labs else ASKED_FEW]
    return LongWork(partial(embedding_step_by_step, reader.model.network, asked))
