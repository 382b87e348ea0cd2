"""The forward pass: each sum from the pixels to the loss, in numbers."""

from operator import add

import numpy as np
import streamlit as st

from mnist_core.arrays import Indices, Pixels
from mnist_core.insight.one_step import LayerStep, PassTrace
from mnist_core.nn.activations import ACTIVATIONS, ActivationFunction
from mnist_core.nn.layers import Activation
from mnist_core.nn.network import Network
from pages.ui import charts
from pages.ui.charts.images import Tiles
from pages.ui.components import browser
from pages.ui.components.fresh_keys import fresh_key, renew
from pages.ui.components.image_grid import Pictures, image_grid
from pages.ui.elements import figures, sums, widgets
from pages.ui.elements.figures import Figure
from pages.ui.elements.flow_diagram import Target, flow_diagram
from pages.ui.elements.mention import mention
from pages.ui.elements.vocabulary import Vocabulary
from pages.ui.step import session
from pages.ui.step.session import Key

MOST_UNITS = 24
COLUMNS = 12
STRONGEST = 8
FEW_DIGITS = 2
"""Significant digits of the two numbers below a unit."""


def layer_control(step: PassTrace) -> int:
    """Ask for a hidden layer, if there are several; return its index among the dense layers."""
    hidden, state, key = len(step.layers) - 1, session.state(), fresh_key(Key.LAYER)
    if hidden == 1:
        return 0

    def select() -> None:
        state.layer = int(st.session_state[key])

    return widgets.choose_one(
        "Which layer?",
        range(hidden),
        format_func=lambda place: f"layer {place + 1}",
        default=min(state.layer, hidden - 1),
        key=key,
        on_change=select,
    )


def activation_behind(network: Network, layer: LayerStep) -> ActivationFunction:
    """Return the activation function of a hidden layer."""
    behind = network.layers[layer.layer + 1 :]
    return ACTIVATIONS[next(one.function for one in behind if isinstance(one, Activation))]


def show_path(step: PassTrace, network: Network, image: Pixels, class_names: Vocabulary) -> None:
    """Show the flow of the picture as a diagram; a click on a unit opens its sum."""
    state, numbers = session.state(), [layer.layer for layer in step.layers]
    sizes = {layer.layer: len(layer.z) for layer in step.layers}
    layer, unit = state.target or (numbers[-1], step.label)
    if unit >= sizes.get(layer, 0):  # it was chosen in another network
        layer, unit = numbers[-1], step.label
    named = (
        f"the score of {class_names.name(unit)}"
        if layer == numbers[-1]
        else f"unit {unit + 1} of layer {numbers.index(layer) + 1}"
    )
    lines = (
        f"The lines are the weights that mattered most for {named}: orange raised its sum, blue "
        "lowered it."
        if layer != numbers[0]
        else f"Because {named} gets the picture itself, its weights can be shown as one, below."
    )
    st.markdown(
        "**The picture's path.** The brighter a unit, the more strongly it responds. "
        f"{lines} **Pick a unit** to see how its sum comes about."
    )

    def choose(chosen: Target) -> None:
        state.target = chosen
        layer, unit = chosen
        if layer != numbers[-1]:
            st.session_state[f"{Key.UNIT}_{layer}"] = unit
            state.layer = numbers.index(layer)
            renew(Key.LAYER)

    flow_diagram(
        network,
        image,
        (layer, unit),
        [class_names.name(label) for label in range(network.classes)],
        key=Key.DIAGRAM,
        on_choose=choose,
    )


def unit_control(
    step: PassTrace, place: int, shape: tuple[int, ...], activation: ActivationFunction
) -> int:
    """Show the units of a hidden layer, largest errors first; return the chosen one."""
    layer = step.layers[place]
    order = np.argsort(-np.abs(layer.dz), kind="stable")[:MOST_UNITS]
    key = f"{Key.UNIT}_{layer.layer}"
    chosen = int(st.session_state.get(key, order[0]))
    if chosen not in order:
        chosen = int(order[0])
    left_out = len(layer.z) - len(order)
    st.markdown(
        f"**The {len(layer.z)} units of layer {place + 1}**, most blamed first; below each, its "
        "sum and what it passes on. Pick one."
        + (f" (The {left_out:,} least blamed are left out.)" if left_out else "")
    )
    sums_and_outputs = (_sum_and_output(activation, layer, unit, FEW_DIGITS) for unit in order)
    image_grid(
        Pictures(
            title=f"The units of layer {place + 1}; pick one to see its sum",
            tiles=_tiles(layer, order, place, shape),
            names=[f"unit {unit + 1}" for unit in order],
            columns=COLUMNS,
            narrowest=72,
            captions=[f"{z} → {a}" for z, a in sums_and_outputs],
        ),
        key=f"{Key.UNITS}_{place}",
        chosen=int(np.flatnonzero(order == chosen)[0]),
        on_choose=lambda cell: st.session_state.update({key: int(order[cell])}),
    )
    return chosen


def _tiles(layer: LayerStep, units: Indices, place: int, shape: tuple[int, ...]) -> Tiles:
    """Draw the weights of units: in the shape of the picture, or in a square, padded with 0."""
    weights = layer.weights[units]
    if place:
        inputs = weights.shape[1]
        side = int(np.ceil(np.sqrt(inputs)))
        weights, shape = np.pad(weights, ((0, 0), (0, side * side - inputs))), (side, side)
    return charts.signed(weights.reshape(-1, *shape), browser.look())


def show_sum(
    step: PassTrace, place: int, unit: int, shape: tuple[int, ...], activation: ActivationFunction
) -> None:
    """Show a unit's sum in symbols, in numbers and, in the first layer, as pictures."""
    layer = step.layers[place]
    units, inputs = layer.weights.shape
    st.latex("z = W x + b")
    st.latex(rf"({units}) = ({units} \times {inputs})\,({inputs}) + ({units})")
    weights = layer.weights[unit]
    z, a = _sum_and_output(activation, layer, unit)
    added, bias = figures.giving(z, add, (weights * layer.x).sum(), layer.biases[unit])
    st.markdown(
        f"{mention('unit', 'Unit')} {unit + 1} multiplies each of its {inputs:,} "
        f"{mention('weight', 'weights')} by what comes in, and adds it all up: **{added}**. Its "
        f"bias adds {bias}: the sum is **z = {z}**. It passes on **a = {activation.title}(z) = "
        f"{a}**."
    )
    if place == 0:
        ink = np.rint(255 * layer.x).astype(np.uint8).reshape(shape)
        sums.as_pictures(weights, ink, browser.look())
    else:
        headings = ("From unit", "it passes on x", "weight w", "w · x")
        rest = figures.product_table(
            added, layer.x, weights, STRONGEST, headings, lambda source: source + 1
        )
        st.caption(f"The other {max(0, inputs - STRONGEST):,} add up to {rest}.")


def _sum_and_output(
    activation: ActivationFunction, layer: LayerStep, unit: int, digits: int = figures.DIGITS
) -> tuple[Figure, Figure]:
    """Round a unit's sum and activation so that the sum as shown gives the activation."""

    def f(z: float) -> float:
        a = np.empty(1)
        activation.forward(np.array([z]), a)
        return float(a[0])

    output = Figure(layer.a[unit], digits)
    (z,) = figures.giving(output, f, layer.z[unit])
    return z, output


def show_answer(step: PassTrace, class_names: Vocabulary) -> None:
    """Show the logits, the probabilities and the loss."""
    st.markdown(
        "**The answer.** The last sums (*logits*) become "
        f"{mention('probability', 'probabilities')}, and these give a {mention('loss')}."
    )
    st.latex(r"p_k = \frac{e^{z_k}}{\sum_j e^{z_j}}")
    st.latex(r"\text{loss} = -\ln p_{\text{label}}")
    loss, chance = Figure(step.loss), step.probabilities[step.label]
    given = f"It gives {class_names.one(step.label)}"
    if chance:
        (p,) = figures.giving(loss, lambda seen: -np.log(seen) if seen else np.inf, chance)
        explained = f"{given} the probability {p}: the loss is −ln {p} = **{loss}**."
    else:
        explained = (
            f"{given} a probability too small for a computer to hold. Worked out from the sums, "
            f"the loss is **{loss}**."
        )
    st.markdown(f"{explained} A sure and correct answer would cost 0.")
    figures.figure_table(
        [_answer_row(step, label, class_names) for label in range(len(step.probabilities))]
    )


def _answer_row(step: PassTrace, label: int, class_names: Vocabulary) -> dict[str, str | float]:
    """Build a class's row: its logit, probability, target and error."""
    last, chance, y = step.layers[-1], step.probabilities[label], float(label == step.label)
    error = Figure(last.dz[label], figures.share(abs(last.dz[label])).digits)
    (p,) = figures.giving(error, lambda seen: seen - y, chance)
    return {
        "Class": class_names.name(label),
        "sum z": Figure(last.z[label]).seen,
        "probability p": p.seen,
        "should be y": y,
        "error p − y": error.seen,
    }
