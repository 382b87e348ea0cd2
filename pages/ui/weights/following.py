"""The section "Follow one picture": the flow diagram, and the arithmetic of one unit."""

from functools import partial

import numpy as np
import streamlit as st

from mnist_core.arrays import Pixels
from mnist_core.insight.contributions import contributions
from mnist_core.insight.receptive_field import WeightedSum, weighted_sum
from mnist_core.insight.subnetworks import weighted_layers
from mnist_core.insight.units import activation_behind
from mnist_core.nn.activations import ACTIVATIONS
from mnist_core.nn.convolution import Conv2D, MaxPool2D
from mnist_core.nn.layers import Activation
from mnist_core.nn.network import Network
from pages.ui import charts
from pages.ui.components import browser
from pages.ui.elements import sums, widgets
from pages.ui.elements.flow_diagram import flow_diagram
from pages.ui.elements.squares import squares
from pages.ui.elements.vocabulary import unit_noun
from pages.ui.weights import session
from pages.ui.weights.sample import sample_control
from pages.ui.weights.session import Key
from pages.ui.weights.study import layer_names
from pages.ui.weights.through_time import StageView

STRONGEST = 10
CHANNELS = 6
"""Input channels of a filter that are shown, those with the largest sums of products."""

MAP = 300
STEP = 140
"""Widths in pixels of a filter's sums, and of the maps after them."""


def show(stage_view: StageView) -> None:
    """Show the flow of a picture through the network to its answer, or to the chosen unit."""
    sample = sample_control(stage_view.data.test, stage_view.vocabulary)
    if sample is None:
        return
    image, name = sample
    network, layers = stage_view.network, weighted_layers(stage_view.network)
    predicted = int(network.logits(image[None])[:, 0].argmax())
    targets = session.state().targets
    layer, unit = targets.get(stage_view.choice.key, (layers[-1], predicted))
    if layer not in layers or unit >= network.shapes[layer + 1][0]:
        layer, unit = layers[-1], predicted
    named = (
        f"the score of {stage_view.vocabulary.name(unit)}"
        if layer == layers[-1]
        else f"{unit_noun(network.layers[layer])} {unit + 1} of the "
        f"{layer_names(network)[layer].lower()}"
    )
    lines = (
        "Lines are the connections that mattered most: orange raised that sum, blue lowered it. "
        if layer != layers[0]
        else ""
    )
    st.markdown(
        f"From {name} to {named}. **Pick a unit** to see how it came to its "
        f"sum. {lines}The brighter a unit, the more strongly it responded."
    )
    flow_diagram(
        network,
        image,
        (layer, unit),
        stage_view.class_names,
        key=Key.DIAGRAM,
        on_choose=partial(targets.__setitem__, stage_view.choice.key),
    )
    st.subheader(f"How {named} came to its sum", anchor=False)
    if isinstance(network.layers[layer], Conv2D):
        _filter(stage_view, image, layer, unit)
    else:
        _unit(network, image, layer, unit)


def _unit(network: Network, image: Pixels, layer: int, unit: int) -> None:
    """Show the arithmetic of a unit: pictures in the first layer, else the strongest inputs."""
    weights, biases = network.parameters.by_layer[layer]
    z, bias = float(network.layer_output(image[None], layer)[unit, 0]), float(biases[unit, 0])
    behind = activation_behind(network, layer)
    described = network.layers[behind]
    if isinstance(described, Activation):
        a = float(network.layer_output(image[None], behind)[unit, 0])
        output = f"It passes on {ACTIVATIONS[described.function].title}(z) = **{a:.3f}**."
    else:
        output = "The scores of all classes become probabilities (*softmax*)."
    st.markdown(
        f"Each weight times what came in through it, added up: {z - bias:+.3f}. Its bias adds "
        f"{bias:+.3f}: the sum is **z = {z:.3f}**. {output}"
    )
    before = [one for one in weighted_layers(network) if one < layer]
    if before:
        parts = contributions(network, image, layer, unit)[-1].by_connection[unit]
        sums.strongest(f"From {unit_noun(network.layers[before[-1]])}", parts, STRONGEST)
    else:
        sums.as_pictures(weights[unit], image, browser.look())


def _filter(stage_view: StageView, image: Pixels, layer: int, unit: int) -> None:
    """Show a filter's sums at every place, the maps after it, and one window's arithmetic."""
    network, places = stage_view.network, session.state().places
    z = network.layer_output(image[None], layer)[unit, ..., 0]
    key = f"{stage_view.choice.key} {layer}"
    place = places.get(key, z.size)
    if place >= z.size:
        place = int(z.argmax())
    left, right = st.columns([1, 1], gap="medium")
    with left:
        st.markdown("**Its sums at every place. Pick one** to see how it comes about.")
        squares(
            z,
            MAP,
            "The filter's sums; pick a place to see its window",
            key=Key.PLACES,
            chosen=place,
            on_choose=partial(places.__setitem__, key),
        )
        _later_maps(network, image, layer, unit)
    row, column = map(int, np.unravel_index(place, z.shape))
    with right:
        _arithmetic(weighted_sum(network, layer, image, unit, row, column), row, column)


def _later_maps(network: Network, image: Pixels, layer: int, unit: int) -> None:
    """Show the filter's map after each layer that follows, up to the next one with weights."""
    with st.container(horizontal=True, gap="small"):
        for number, described in enumerate(network.layers[layer + 1 :], layer + 1):
            if isinstance(described, MaxPool2D):
                size = described.size
                caption = f"the largest of every {size} by {size} (*max pooling*)"
            elif isinstance(described, Activation):
                caption = f"passed through {ACTIVATIONS[described.function].title}"
            else:
                break
            values = network.layer_output(image[None], number)[unit, ..., 0]
            tile = charts.signed(values, browser.look())
            widgets.picture(tile, STEP, f"Its map, {caption}", f"then {caption}")


def _arithmetic(window: WeightedSum, row: int, column: int) -> None:
    """Show the input of the filter at one place, its weights, and their products."""
    parts = window.products.sum(axis=(1, 2))
    order = np.argsort(-np.abs(parts), kind="stable")[:CHANNELS]
    many = len(parts) > 1
    st.markdown(
        f"**The window at row {row + 1}, column {column + 1}**: what it sees times its weights, "
        "square by square" + (f", for each of the {len(parts)} maps it gets." if many else ".")
    )
    look = browser.look()
    weights = float(np.abs(window.weights).max())
    products = float(np.abs(window.products).max()) or 1.0
    for channel in order.tolist():
        sums.product_row(
            charts.signed(window.inputs[channel], look, float(window.inputs.max()) or 1.0)
            if many
            else charts.inked(np.rint(255 * window.inputs[channel]).astype(np.uint8), look),
            charts.signed(window.weights[channel], look, weights),
            charts.signed(window.products[channel], look, products),
            f"map {channel + 1}" if many else "the picture",
            float(parts[channel]),
        )
    rest = float(parts.sum() - parts[order].sum())
    left_out = len(parts) - len(order)
    others = f"The other {left_out} maps add {rest:+.3f}. " if left_out else ""
    st.markdown(
        f"{others}Added up: {parts.sum():+.3f}. The bias adds {window.bias:+.3f}: the sum is "
        f"**z = {window.z:.3f}**."
    )
