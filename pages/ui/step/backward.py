"""The backward pass: the error of each unit and the gradient of each weight, in numbers."""

from operator import mul

import numpy as np
import streamlit as st

from mnist_core.arrays import Pixels
from mnist_core.insight.one_step import LayerStep, PassTrace, loss_after_nudge
from mnist_core.nn.network import Network
from pages.ui import charts
from pages.ui.components import browser
from pages.ui.elements import figures, widgets
from pages.ui.elements.figures import Figure
from pages.ui.elements.mention import mention
from pages.ui.elements.squares import squares
from pages.ui.step.session import Key

STRONGEST = 10
SHOWN = 168
NUDGE = 0.01
WIDTH = 340
"""Width of all squares together in pixels, as much as a telephone allows."""


def show_error(step: PassTrace, place: int, unit: int, f: str) -> None:
    """Show the sources of a hidden unit's error: the units behind it, each with its weight."""
    layer, after = step.layers[place], step.layers[place + 1]
    st.latex(r"\delta_j = f'(z_j) \sum_k w_{kj}\,\delta_k")
    st.caption("In the last layer the error of a class is p − y: what it says minus what is true.")
    weights = after.weights[:, unit]
    error = Figure(layer.dz[unit])
    total, slope = figures.giving(error, mul, (weights * after.dz).sum(), layer.derivative[unit])
    last = place + 1 == len(step.layers) - 1
    headings = ("Class" if last else "Unit", "its error δₖ", "weight wₖⱼ", "w · δ")
    rest = figures.product_table(
        total, after.dz, weights, STRONGEST, headings, lambda one: f"{one if last else one + 1}"
    )
    left_out = len(weights) - STRONGEST
    others = f"The other {left_out:,} add {rest}. " if left_out > 0 else ""
    better = "smaller" if error.value > 0 else "larger"
    st.markdown(
        f"{others}Added up: **{total}**. Times **{slope}**, the slope of {f} at z, this is the "
        f"error of unit {unit + 1}: **δ = {error}**. "
        + (
            f"The loss would fall if its sum were {better}."
            if error.value
            else "No error reaches it: it will not change."
        )
    )


def show_blame(step: PassTrace, place: int, unit: int, shape: tuple[int, ...]) -> None:
    """Show the gradient of a unit's weights beside the weights."""
    layer = step.layers[place]
    st.latex(r"\frac{\partial\,\text{loss}}{\partial w_{ji}} = \delta_j \, x_i")
    st.markdown(
        "The blame of a weight is the error of its unit times what came in through it: where there "
        f"was no ink, there is no blame (its {mention('gradient')} is 0). A step moves each weight "
        "against its blame."
    )
    if place:
        return
    look = browser.look()
    shown = (
        (layer.weights[unit], "its weights w"),
        (layer.blame(unit), "their blame: δ · x"),
        (-layer.blame(unit), "where a step moves them"),
    )
    widgets.picture_row(
        ((charts.signed(values.reshape(shape), look), caption) for values, caption in shown), SHOWN
    )


def show_weight(step: PassTrace, place: int, unit: int, network: Network, image: Pixels) -> None:
    """Show the gradient of one weight by the chain rule, and by a finite difference."""
    layer = step.layers[place]
    source = (
        _input_control(layer, unit, place) if place else _pixel_control(layer, unit, image.shape)
    )
    blame = Figure(layer.blame(unit)[source])
    error, x = figures.giving(blame, mul, layer.dz[unit], layer.x[source])
    st.markdown(f"Its blame by the chain rule: δ · x = {error} · {x} = **{blame}**.")
    after = loss_after_nudge(network, image, step.label, layer.layer, (unit, source), NUDGE)
    predicted, measured = Figure(NUDGE * blame.value), Figure(after - step.loss)
    st.markdown(
        f"Try it: the weight is {Figure(layer.weights[unit, source])}. Raise it by {NUDGE:g}, and "
        f"the loss should change by {predicted.signed}. Measured: **{measured.signed}**."
    )


def _input_control(layer: LayerStep, unit: int, place: int) -> int:
    """Ask for a weight of a unit by the earlier unit it belongs to, from the largest gradient."""
    number = st.number_input(
        "From which unit of the layer before?",
        1,
        len(layer.x),
        int(np.abs(layer.blame(unit)).argmax()) + 1,
        key=f"{Key.SOURCE}_{unit}_{place}",
    )
    return int(number) - 1


def _pixel_control(layer: LayerStep, unit: int, shape: tuple[int, ...]) -> int:
    """Show the gradient of a unit's weights as squares; return the chosen, or the largest, one."""
    blame, key = layer.blame(unit), f"{Key.SOURCE}_{unit}"
    chosen = int(st.session_state.get(key, np.abs(blame).argmax()))
    row, column = np.unravel_index(chosen, shape)
    st.markdown("**Pick a square**: each is one weight, coloured by its blame.")
    squares(
        blame.reshape(shape),
        WIDTH,
        "The blame of each weight; pick one to check it",
        key=Key.SQUARES,
        chosen=chosen,
        on_choose=lambda square: st.session_state.update({key: square}),
    )
    st.markdown(f"The weight at row {row + 1}, column {column + 1}:")
    return chosen
