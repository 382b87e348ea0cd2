"""The forward pass: each sum from the pixels to the loss, in numbers."""

from functools import partial
from operator import add

import numpy as np
import streamlit as st

from mnist_core.arrays import Pixels
from mnist_core.insight.one_step import LayerStep, PassTrace
from mnist_core.nn.activations import ACTIVATIONS, ActivationFunction
from mnist_core.nn.layers import Activation
from mnist_core.nn.network import Network
from pages.ui import charts
from pages.ui.components import browser
from pages.ui.components.fresh_keys import fresh_key
from pages.ui.components.image_grid import Pictures, image_grid
from pages.ui.elements import figures, sums
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
    hidden = len(step.layers) - 1
    if hidden == 1:
        return 0
    state = session.state()
    key = fresh_key(session.LAYER_CONTROL)
    place: int = st.segmented_control(
        "Which layer?",
        list(range(hidden)),
        format_func=lambda place: f"layer {place + 1}",
        default=min(state.layer, hidden - 1),
        required=True,
        key=key,
        on_change=partial(_keep_layer, key),
    )
    return place


def _keep_layer(control: str) -> None:
    session.state().layer = int(st.session_state[control])


def activation_behind(network: Network, layer: LayerStep) -> ActivationFunction:
    """Return the activation function of a hidden layer."""
    behind = network.layers[layer.layer + 1 :]
    return ACTIVATIONS[next(one.function for one in behind if isinstance(one, Activation))]


def show_way(step: PassTrace, network: Network, image: Pixels, class_names: Vocabulary) -> None:
    """Show the flow of the picture as a diagram; a click on a unit opens its sum."""
    numbers = [layer.layer for layer in step.layers]
    asked = session.state().target
    there = (
        asked is not None
        and asked[0] in numbers
        and asked[1] < len(step.layers[numbers.index(asked[0])].z)
    )
    target = asked if asked is not None and there else (numbers[-1], step.label)
    named = _named(target, numbers, class_names)
    lines = (
        f"The lines are the weights that mattered most for {named}: orange raised its sum, blue "
        "lowered it."
        if target[0] != numbers[0]
        else f"Because {named} gets the picture itself, its weights can be shown as one, below."
    )
    st.markdown(
        "**The picture's path.** The brighter a unit, the more strongly it responds. "
        f"{lines} **Pick a unit** to see how its sum comes about."
    )

    def choose(chosen: Target) -> None:
        place = numbers.index(chosen[0])
        session.follow(chosen, place if place < len(numbers) - 1 else None)

    flow_diagram(
        network,
        image,
        target,
        [class_names.name(label) for label in range(network.classes)],
        key=Key.DIAGRAM,
        on_choose=choose,
    )


def _named(target: Target, numbers: list[int], class_names: Vocabulary) -> str:
    layer, unit = target
    if layer == numbers[-1]:
        return f"the score of {class_names.name(unit)}"
    return f"unit {unit + 1} of layer {numbers.index(layer) + 1}"


def unit_control(
    step: PassTrace, place: int, shape: tuple[int, ...], activation: ActivationFunction
) -> int:
    """Show the units of a hidden layer, largest errors first; return the chosen one."""
    layer = step.layers[place]
    order = np.argsort(-np.abs(layer.dz), kind="stable")[:MOST_UNITS]
    key = session.unit_key(layer.layer)
    chosen = int(st.session_state.get(key, order[0]))
    if chosen not in order:
        chosen = int(order[0])
    left_out = len(layer.z) - len(order)
    st.markdown(
        f"**The {len(layer.z)} units of layer {place + 1}**, most blamed first; below each, its "
        "sum and what it passes on. Pick one."
        + (f" (The {left_out:,} least blamed are left out.)" if left_out else "")
    )
    image_grid(
        Pictures(
            title=f"The units of layer {place + 1}; pick one to see its sum",
            tiles=_tiles(layer, order, place, shape),
            names=[f"unit {unit + 1}" for unit in order],
            columns=COLUMNS,
            narrowest=72,
            captions=[_caption(activation, layer, unit) for unit in order],
        ),
        key=f"{Key.UNITS}_{place}",
        chosen=int(np.flatnonzero(order == chosen)[0]),
        on_choose=lambda cell: st.session_state.update({key: int(order[cell])}),
    )
    return chosen


def _caption(activation: ActivationFunction, layer: LayerStep, unit: int) -> str:
    z, a = _passed_on(activation, layer, unit, FEW_DIGITS)
    return f"{z} → {a}"


def _tiles(
    layer: LayerStep, order: np.ndarray, place: int, shape: tuple[int, ...]
) -> charts.images.Tiles:
    look = browser.look()
    if place == 0:
        return charts.signed(layer.weights[order].reshape(-1, *shape), look)
    side = int(np.ceil(np.sqrt(layer.weights.shape[1])))
    padded = np.zeros((len(order), side * side), layer.weights.dtype)
    padded[:, : layer.weights.shape[1]] = layer.weights[order]
    return charts.signed(padded.reshape(-1, side, side), look)


def show_sum(
    step: PassTrace, place: int, unit: int, shape: tuple[int, ...], activation: ActivationFunction
) -> None:
    """Show a unit's sum in symbols, in numbers and, in the first layer, as pictures."""
    layer = step.layers[place]
    units, inputs = layer.weights.shape
    st.latex("z = W x + b")
    st.latex(rf"({units}) = ({units} \times {inputs})\,({inputs}) + ({units})")
    weights = layer.weights[unit]
    z, a = _passed_on(activation, layer, unit)
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


def _passed_on(
    activation: ActivationFunction, layer: LayerStep, unit: int, digits: int = figures.DIGITS
) -> tuple[Figure, Figure]:
    """Round a unit's sum and activation so that the sum as shown gives the activation."""

    def f(z: float) -> float:
        a = np.empty(1)
        activation.forward(np.array([z]), a)
        return float(a[0])

    passed_on = Figure(layer.a[unit], digits)
    (z,) = figures.giving(passed_on, f, layer.z[unit])
    return z, passed_on


def show_answer(step: PassTrace, class_names: Vocabulary) -> None:
    """Show the logits, the probabilities and the loss."""
    st.markdown(
        "**The answer.** The last sums (*logits*) become "
        f"{mention('probability', 'probabilities')}, and these give a {mention('loss')}."
    )
    st.latex(r"p_k = \frac{e^{z_k}}{\sum_j e^{z_j}}")
    st.latex(r"\text{loss} = -\ln p_{\text{label}}")
    st.markdown(f"{_loss(step, class_names)} A sure and correct answer would cost 0.")
    figures.figure_table(
        [_answer_row(step, label, class_names) for label in range(len(step.probabilities))]
    )


def _loss(step: PassTrace, class_names: Vocabulary) -> str:
    """Describe the loss as the logarithm of a probability, unless that has underflowed to 0."""
    loss, chance = Figure(step.loss), step.probabilities[step.label]
    if not chance:
        return (
            f"It gives {class_names.one(step.label)} a probability too small for a computer to "
            f"hold. Worked out from the sums, the loss is **{loss}**."
        )
    (p,) = figures.giving(loss, lambda seen: -np.log(seen) if seen else np.inf, chance)
    return (
        f"It gives {class_names.one(step.label)} the probability {p}: the loss is −ln {p} = "
        f"**{loss}**."
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
