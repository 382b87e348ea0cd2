"""The activations for a drawing: each layer, the strongest units, and the nearest neighbours."""

from collections.abc import Iterable
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
        _layer_image(charts.inked(image[None], look), "the picture")
        for number, layer in enumerate(hidden, start=1):
            _hidden_layer(layer, number)
        tiles = charts.signed(answer.values[None, None], look, 1.0)
        best = int(answer.values.argmax())
        text = f"the answer, 0 to {len(answer.values) - 1}: {best}, {percent(answer.values[best])}"
        _layer_image(tiles, text)


def _hidden_layer(layer: LayerActivation, number: int) -> None:
    """Show the maps of filters side by side, or units in rows, the last one padded with 0."""
    values, count = layer.values, len(layer.values)
    active = int(np.count_nonzero(values.reshape(count, -1).any(axis=1)))
    if values.ndim == 3:
        maps = charts.signed(values, browser.look())
        caption = f"{number}: {count} filters, {active} of them respond"
        _layer_image(maps, caption, MAPS_IN_A_ROW)
    else:
        width = min(UNITS_IN_A_ROW, count)
        rows = np.pad(values, (0, -count % width)).reshape(1, -1, width)
        caption = f"{number}: {count} units, {active} of them respond"
        _layer_image(charts.signed(rows, browser.look()), caption)


def _layer_image(tiles: Tiles, caption: str, columns: int = 1) -> None:
    zoom = max(1, LAYER_WIDTH // (columns * tiles.shape[2]))
    url = charts.data_url(charts.montage(tiles, columns, zoom=zoom))
    st.image(url, width=LAYER_WIDTH, caption=caption, alt=caption)


def _units(image: Pixels, model: Model) -> None:
    """Show the weights of the units that respond most strongly."""
    network, look = model.network, browser.look()
    layer = picture_layers(network)[0]
    activations = unit_activations(network, layer, image[None])[:, 0]
    best = np.argsort(-activations)[:UNITS]
    weights = charts.signed(weight_images(network, layer)[best].mean(axis=1), look)
    _row(
        (
            tile,
            f"unit {unit + 1}: {activations[unit]:.1f}",
            f"The weights of unit {unit + 1}, which responds with {activations[unit]:.1f}",
        )
        for tile, unit in zip(weights, best, strict=True)
    )
    against, speaks = f'<b style="color:{look.against}">', f'<b style="color:{look.speaks_for}">'
    st.html(
        f'<span style="font-size:0.875rem;color:{look.muted}">A unit responds strongly where '
        f"there is ink on {speaks}these weights</b> and none on {against}those</b>.</span>"
    )


def _row(shown: Iterable[tuple[Tiles, str, str]]) -> None:
    """Show images side by side, enlarged to about `LAYER_WIDTH`, with captions, descriptions."""
    with st.grid(UNITS, min_column_width=90):
        for tile, caption, description in shown:
            url = charts.data_url(pictures.enlarged(tile, max(1, LAYER_WIDTH // len(tile))))
            st.image(url, caption=caption, width="stretch", alt=description)


def _neighbours(image: Pixels, reader: NetworkChoice, data: Data) -> None:
    train, class_names = data.train, vocabulary(data)
    points = _points(reader, data).result("Asking about the training pictures …")
    query = embedding(reader.model.network, image[None])[:, 0]
    indices = nearest(points, query, ALIKE).indices
    tiles = charts.inked(train.images[indices], browser.look())
    names = (class_names.one(train.labels[index]) for index in indices)
    _row(
        (tile, name, f"Training picture {index + 1}, {name}")
        for tile, index, name in zip(tiles, indices, names, strict=True)
    )
    st.caption(
        f"Of {points.shape[1]:,} training pictures, those whose {len(points)} numbers in the last "
        "hidden layer are nearest to your drawing's."
    )


@cached(most=1)
def _points(reader: NetworkChoice, data: Data) -> LongWork[Floats]:
    asked = data.train.images[: ASKED if reader.is_the_labs else ASKED_FEW]
    return LongWork(partial(embedding_step_by_step, reader.model.network, asked))
