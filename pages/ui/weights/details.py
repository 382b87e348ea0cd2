"""Details for experts: the layers, the raw weights, exact definitions, and every vote."""

from math import prod

import numpy as np
import streamlit as st

from mnist_core.nn.activations import ACTIVATIONS
from mnist_core.nn.convolution import Conv2D, MaxPool2D
from mnist_core.nn.layers import Activation, Layer
from mnist_core.nn.network import Network
from pages.ui import charts
from pages.ui.components import browser
from pages.ui.elements import widgets
from pages.ui.weights.messages import WORDS
from pages.ui.weights.session import Key
from pages.ui.weights.study import WEIGHED, LayerView

WINDOW_COLUMNS = 16
WINDOW_ZOOM = 10
"""Pixels a side of each weight in a window."""

WINDOW_GAP = 2
"""Width of the gap between two windows, in weights."""


def show(layer_view: LayerView, unit: int) -> None:
    """Show the details of a layer and of one of its units, computed when opened."""
    opened = st.expander("Details for experts", key=Key.DETAILS, on_change="rerun")
    if not opened.open:
        return
    with opened:
        st.markdown(layer_table(layer_view.network))
        if layer_view.stacked and layer_view.weights.shape[2] > 1:
            _windows(layer_view, unit)
        st.markdown(_definitions(layer_view))
        order = layer_view.order(None)
        names = [f"{layer_view.noun} {unit + 1}" for unit in order]
        votes, classes = layer_view.effects[:, order], layer_view.stage_view.class_names
        widgets.chart(charts.votes_map(votes, names, classes, browser.look()))


def _windows(layer_view: LayerView, unit: int) -> None:
    """Show the weights of a unit with many input channels, a window for each."""
    windows = charts.signed(layer_view.weights[unit], browser.look(), layer_view.limit)
    sheet = charts.montage(windows, WINDOW_COLUMNS, zoom=WINDOW_ZOOM, gap=WINDOW_GAP)
    blue, _, orange = WORDS[layer_view.view].colours
    st.image(
        charts.data_url(sheet),
        caption=f"The weights of {layer_view.noun} {unit + 1}: {len(windows)} grids, one for each "
        f"channel of its input. Blue: {blue}; orange: {orange}.",
        alt=f"The weights of {layer_view.noun} {unit + 1}, grid by grid",
    )


def layer_table(network: Network) -> str:
    """Return a Markdown table of the layers with their output shapes and parameter counts."""
    rows = ["| layer | its output for a picture | weights and biases |", "|---|---|---:|"]
    for layer, after, parameters in zip(
        network.layers, network.shapes[1:], network.parameter_shapes, strict=True
    ):
        count = sum(prod(shape) for shape in parameters)
        shape = " × ".join(map(str, after))
        rows.append(f"| {_layer_title(layer)} | {shape} | {count:,} |")
    return "\n".join(rows)


def _layer_title(layer: Layer) -> str:
    """Return a layer's class name, with its size, stride or activation function."""
    name = type(layer).__name__
    if isinstance(layer, Activation):
        return f"{name}: {ACTIVATIONS[layer.function].title}"
    if not isinstance(layer, Conv2D | MaxPool2D):
        return name
    stride = layer.stride if isinstance(layer, Conv2D) else 1
    return f"{name} {layer.size} × {layer.size}" + (f", stride {stride}" if stride > 1 else "")


def _definitions(layer_view: LayerView) -> str:
    """Define the pictures and the votes exactly, and count the pixels that nothing has learned of.

    These are the pixels at which no weight of the layer has moved; filters and stacked units have
    none, and only one view has the changes of the weights.
    """
    weights = layer_view.weights
    shape = " × ".join(map(str, weights.shape))
    pictures = min(WEIGHED, len(layer_view.dataset))
    definitions = (
        f"Weights here are {WORDS[layer_view.view].rows}, `{shape}` (units, channels, height, "
        f"width), without the bias; mean {weights.mean():+.4f}, standard deviation "
        f"{weights.std():.4f}. "
        f"Full colour is reached at ±{layer_view.limit:.3f}, the 99.5th percentile of their "
        "absolute values. A vote is ∂(logit of the class)/∂(what the unit passes on), summed "
        f"over all positions of a filter, averaged over {pictures} test pictures, minus the mean "
        "of all classes, because softmax sees only differences; behind a single hidden layer that "
        "is the outgoing weight minus the same mean. "
    )
    unmoved = int(np.count_nonzero((weights == 0).all(axis=(0, 1))))
    of_pixels = not layer_view.convolutional and not layer_view.stacked
    if not unmoved or layer_view.view != "What changed" or not of_pixels:
        return definitions
    return (
        f"{definitions}At {unmoved} of the {weights[0].size} squares no weight has moved at all: "
        "no training picture has ink there, so the gradient is 0."
    )
