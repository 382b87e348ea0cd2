"""Forward: from the ink to the answer, each sum with its numbers."""

import numpy as np
import streamlit as st

from mnist_core.arrays import Pixels
from mnist_core.insight.one_step import LayerStep, Step
from mnist_core.nn.network import Network
from pages.ui import charts, sums, widgets
from pages.ui.charts.percent import percent
from pages.ui.flow_diagram import Target, flow_diagram
from pages.ui.image_grid import Pictures, image_grid
from pages.ui.mention import mention
from pages.ui.step import session
from pages.ui.vocabulary import Vocabulary

MOST_UNITS = 24
COLUMNS = 12
STRONGEST = 8


def layer_control(step: Step) -> int:
    """Ask which hidden layer to look at, where there are several; its place among the dense."""
    hidden = len(step.layers) - 1
    if hidden == 1:
        return 0
    key = session.layer_key()
    place: int = st.segmented_control(
        "Which layer?",
        list(range(hidden)),
        format_func=lambda place: f"layer {place + 1}",
        default=min(session.layer(), hidden - 1),
        required=True,
        key=key,
        on_change=lambda: session.keep_layer(int(st.session_state[key])),
    )
    return place


def show_way(step: Step, network: Network, image: Pixels, words: Vocabulary) -> None:
    """The whole way of the picture as a diagram; a touch on a unit opens its sum."""
    numbers = [layer.layer for layer in step.layers]
    asked = session.target()
    there = (
        asked is not None
        and asked[0] in numbers
        and asked[1] < len(step.layers[numbers.index(asked[0])].z)
    )
    target = asked if asked is not None and there else (numbers[-1], step.label)
    named = _named(target, numbers, words)
    lines = (
        f"The lines are the weights that mattered most for {named}: orange raised its sum, blue "
        "lowered it."
        if target[0] != numbers[0]
        else f"The weights of {named} look at the picture itself: they are shown below."
    )
    st.markdown(
        "**The way of the picture.** The brighter a unit, the stronger it answers. "
        f"{lines} **Touch a unit** to see how its sum comes about."
    )

    def choose(chosen: Target) -> None:
        place = numbers.index(chosen[0])
        session.follow(chosen, place if place < len(numbers) - 1 else None)

    flow_diagram(
        network,
        image,
        target,
        [words.name(label) for label in range(network.classes)],
        key=session.DIAGRAM,
        on_choose=choose,
    )


def _named(target: Target, numbers: list[int], words: Vocabulary) -> str:
    layer, unit = target
    if layer == numbers[-1]:
        return f"the score of {words.name(unit)}"
    return f"unit {unit + 1} of layer {numbers.index(layer) + 1}"


def unit_control(step: Step, place: int, shape: tuple[int, ...]) -> int:
    """The units of a hidden layer, those first that bear most of the error; one is chosen."""
    layer = step.layers[place]
    order = np.argsort(-np.abs(layer.dz), kind="stable")[:MOST_UNITS]
    key = session.unit_key(layer.layer)
    chosen = int(st.session_state.get(key, order[0]))
    if chosen not in order:
        chosen = int(order[0])
    left_out = len(layer.z) - len(order)
    st.markdown(
        f"**The {len(layer.z)} units of layer {place + 1}**, those first that bear most of the "
        "error; below each its sum and what it passes on. Choose one."
        + (f" ({left_out:,} that bear less are left out.)" if left_out else "")
    )
    image_grid(
        Pictures(
            title=f"The units of layer {place + 1}; choose one to see its sum",
            tiles=_tiles(layer, order, place, shape),
            names=[f"unit {unit + 1}" for unit in order],
            columns=COLUMNS,
            narrowest=72,
            captions=[f"{layer.z[unit]:.2f} → {layer.a[unit]:.2f}" for unit in order],
        ),
        key=f"{session.UNITS}_{place}",
        chosen=int(np.flatnonzero(order == chosen)[0]),
        on_choose=lambda cell: _choose(key, int(order[cell])),
    )
    return chosen


def _choose(key: str, unit: int) -> None:
    st.session_state[key] = unit


def _tiles(
    layer: LayerStep, order: np.ndarray, place: int, shape: tuple[int, ...]
) -> charts.images.Tiles:
    look = widgets.look()
    if place == 0:
        return charts.signed(layer.weights[order].reshape(-1, *shape), look)
    side = int(np.ceil(np.sqrt(layer.weights.shape[1])))
    padded = np.zeros((len(order), side * side), layer.weights.dtype)
    padded[:, : layer.weights.shape[1]] = layer.weights[order]
    return charts.signed(padded.reshape(-1, side, side), look)


def show_sum(step: Step, place: int, unit: int, shape: tuple[int, ...], f: str) -> None:
    """The sum of one unit: in symbols, with its numbers, and for the first layer as pictures."""
    layer = step.layers[place]
    units, inputs = layer.weights.shape
    st.latex("z = W x + b")
    st.latex(rf"({units}) = ({units} \times {inputs})\,({inputs}) + ({units})")
    product = layer.weights[unit] * layer.x
    st.markdown(
        f"{mention('unit', 'Unit')} {unit + 1} multiplies each of its {inputs:,} "
        f"{mention('weight', 'weights')} with what comes in, and adds up: "
        f"**{product.sum():.3f}**. Its bias adds {layer.biases[unit]:.3f}: the sum is "
        f"**z = {layer.z[unit]:.3f}**. It passes on **a = {f}(z) = {layer.a[unit]:.3f}**."
    )
    if place == 0:
        ink = np.rint(255 * layer.x).astype(np.uint8).reshape(shape)
        sums.as_pictures(layer.weights[unit], ink, widgets.look())
    else:
        _strongest(layer, unit, product)


def _strongest(layer: LayerStep, unit: int, product: np.ndarray) -> None:
    """The inputs that matter most for the sum, and how many are left out."""
    order = np.argsort(-np.abs(product), kind="stable")[:STRONGEST]
    rows = [
        {
            "From unit": int(source) + 1,
            "it passes on x": float(layer.x[source]),
            "weight w": float(layer.weights[unit, source]),
            "w · x": float(product[source]),
        }
        for source in order
    ]
    number = st.column_config.NumberColumn(format="%.3f")
    st.dataframe(
        rows,
        hide_index=True,
        column_config=dict.fromkeys(("it passes on x", "weight w", "w · x"), number),
    )
    rest = float(product.sum() - product[order].sum())
    st.caption(f"The other {len(product) - len(order):,} add up to {rest:.3f}.")


def show_answer(step: Step, words: Vocabulary) -> None:
    """The last sums, the probabilities made of them, and the loss."""
    last = step.layers[-1]
    st.markdown(
        "**The answer.** The last sums (*logits*) become "
        f"{mention('probability', 'probabilities')}, and these a {mention('loss')}."
    )
    st.latex(r"p_k = \frac{e^{z_k}}{\sum_j e^{z_j}}")
    st.latex(r"\text{loss} = -\ln p_{\text{label}}")
    chance = step.probabilities[step.label]
    st.markdown(
        f"It gives {words.one(step.label)} {percent(chance)}: the loss is "
        f"−ln {chance:.4f} = **{step.loss:.3f}**. A sure and right answer would cost 0."
    )
    rows = [
        {
            "Class": words.name(label),
            "sum z": float(last.z[label]),
            "probability p": float(step.probabilities[label]),
            "should be y": float(label == step.label),
            "error p − y": float(last.dz[label]),
        }
        for label in range(len(last.z))
    ]
    number = st.column_config.NumberColumn(format="%.3f")
    names = ("sum z", "probability p", "should be y", "error p − y")
    st.dataframe(
        rows, hide_index=True, height="content", column_config=dict.fromkeys(names, number)
    )
