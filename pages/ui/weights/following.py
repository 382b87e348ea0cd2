"""The section "Follow one picture": the flow diagram, and the arithmetic of one unit."""

from functools import partial

import numpy as np
import streamlit as st

from mnist_core.arrays import Floats, Pixels
from mnist_core.insight.contributions import contributions
from mnist_core.insight.receptive_field import WeightedSum, weighted_sum
from mnist_core.insight.subnetworks import weighted_layers
from mnist_core.insight.units import activation_behind
from mnist_core.nn.activations import ACTIVATIONS
from mnist_core.nn.convolution import Conv2D, MaxPool2D
from mnist_core.nn.layers import Activation
from pages.ui import charts
from pages.ui.components import browser
from pages.ui.elements import sums, widgets
from pages.ui.elements.flow_diagram import Target, flow_diagram
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
    image, called = sample
    answer = len(stage_view.network.layers) - 1
    predicted = int(stage_view.network.logits(image[None])[:, 0].argmax())
    asked = session.state().targets.get(stage_view.choice.key)
    target = asked if asked is not None and _is_there(stage_view, asked) else (answer, predicted)
    lines = (
        "Lines are the connections that mattered most: orange raised that sum, blue lowered it. "
        if target[0] != weighted_layers(stage_view.network)[0]
        else ""
    )
    st.markdown(
        f"From {called} to {_named(stage_view, target)}. **Pick a unit** to see how it came to its "
        f"sum. {lines}The brighter a unit, the more strongly it responded."
    )
    flow_diagram(
        stage_view.network,
        image,
        target,
        stage_view.class_names,
        key=Key.DIAGRAM,
        on_choose=partial(session.state().targets.__setitem__, stage_view.choice.key),
    )
    layer, unit = target
    st.subheader(f"How {_named(stage_view, target)} came to its sum", anchor=False)
    if isinstance(stage_view.network.layers[layer], Conv2D):
        _filter(stage_view, image, layer, unit)
    else:
        _unit(stage_view, image, layer, unit)


def _is_there(stage_view: StageView, target: Target) -> bool:
    layer, unit = target
    return (
        layer in weighted_layers(stage_view.network)
        and unit < stage_view.network.shapes[layer + 1][0]
    )


def _named(stage_view: StageView, target: Target) -> str:
    layer, unit = target
    if layer == len(stage_view.network.layers) - 1:
        return f"the score of {stage_view.vocabulary.name(unit)}"
    noun = unit_noun(stage_view.network.layers[layer])
    return f"{noun} {unit + 1} of the {layer_names(stage_view.network)[layer].lower()}"


def _unit(stage_view: StageView, image: Pixels, layer: int, unit: int) -> None:
    """Show the arithmetic of a unit: pictures in the first layer, else the strongest inputs."""
    network = stage_view.network
    weights, biases = network.parameters.by_layer[layer]
    z = float(network.layer_output(image[None], layer)[unit, 0])
    bias = float(biases[unit, 0])
    st.markdown(
        f"Each weight times what came in through it, added up: {z - bias:+.3f}. Its bias adds "
        f"{bias:+.3f}: the sum is **z = {z:.3f}**. {_passed_on(stage_view, image, layer, unit)}"
    )
    if layer == weighted_layers(network)[0]:
        sums.as_pictures(weights[unit], image, browser.look())
        return
    heard = contributions(network, image, layer, unit)[-1].by_connection[unit]
    before = [one for one in weighted_layers(network) if one < layer][-1]
    kind = unit_noun(network.layers[before])
    sums.strongest(f"From {kind}", heard, STRONGEST)


def _passed_on(stage_view: StageView, image: Pixels, layer: int, unit: int) -> str:
    """Describe the output of the activation function at the sum."""
    behind = activation_behind(stage_view.network, layer)
    described = stage_view.network.layers[behind]
    if not isinstance(described, Activation):
        return "The scores of all classes become probabilities (*softmax*)."
    a = float(stage_view.network.layer_output(image[None], behind)[unit, 0])
    return f"It passes on {ACTIVATIONS[described.function].title}(z) = **{a:.3f}**."


def _filter(stage_view: StageView, image: Pixels, layer: int, unit: int) -> None:
    """Show a filter's sums at every place, the maps after it, and one window's arithmetic."""
    z = stage_view.network.layer_output(image[None], layer)[unit, ..., 0]
    left, right = st.columns([1, 1], gap="medium")
    with left:
        place = _touched_place(stage_view, z, layer)
        _what_becomes(stage_view, image, layer, unit)
    row, column = np.unravel_index(place, z.shape)
    window = weighted_sum(stage_view.network, layer, image, unit, int(row), int(column))
    with right:
        _arithmetic(window, int(row), int(column))


def _touched_place(stage_view: StageView, z: Floats, layer: int) -> int:
    """Show a filter's sums as squares, and return the index of the chosen place."""
    key = f"{stage_view.choice.key} {layer}"
    known = session.state().places.get(key)
    chosen = known if known is not None and known < z.size else int(z.argmax())
    st.markdown("**Its sums at every place. Pick one** to see how it comes about.")
    squares(
        z,
        MAP,
        "The filter's sums; pick a place to see its window",
        key=Key.PLACES,
        chosen=chosen,
        on_choose=partial(session.state().places.__setitem__, key),
    )
    return chosen


def _what_becomes(stage_view: StageView, image: Pixels, layer: int, unit: int) -> None:
    """Show the filter's map after each layer that follows, up to the next one with weights."""
    steps = []
    for number in range(layer + 1, len(stage_view.network.layers)):
        described = stage_view.network.layers[number]
        if isinstance(described, MaxPool2D):
            caption = f"the largest of every {described.size} by {described.size} (*max pooling*)"
        elif isinstance(described, Activation):
            caption = f"passed through {ACTIVATIONS[described.function].title}"
        else:
            break
        steps.append((stage_view.network.layer_output(image[None], number)[unit, ..., 0], caption))
    with st.container(horizontal=True, gap="small"):
        for values, caption in steps:
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
