"""The section "Tinker": prune, round, shake, reset or switch off weights and units (ablation)."""

from dataclasses import replace

import numpy as np
import streamlit as st

from mnist_core.arrays import Floats, Indices
from mnist_core.evaluation.by_class import by_class
from mnist_core.evaluation.predictions import Predictions, predictions
from mnist_core.insight.operations import FULL_BITS, Operation
from mnist_core.insight.subnetworks import weighted_layers
from mnist_core.nn.network import Network
from mnist_core.training.model import Model
from pages.ui import charts
from pages.ui.charts.percent import percent
from pages.ui.components import browser, gallery
from pages.ui.components.fresh_keys import fresh_key
from pages.ui.components.image_grid import Pictures, image_grid
from pages.ui.elements import accuracy_text, widgets
from pages.ui.elements.answered import answered_by
from pages.ui.frame import error_boundary
from pages.ui.visit import shared
from pages.ui.weights import session
from pages.ui.weights.session import Key
from pages.ui.weights.study import LayerView, layer_names, study
from pages.ui.weights.through_time import StageView

ASKED = 1_000
"""Pictures of the practice exam on which an edited network is evaluated at once."""

A_PAGE = 32
COLUMNS = 8
SHOWN = 112
BITS = (FULL_BITS, 8, 6, 5, 4, 3, 2)


@error_boundary.fragment
def show(stage_view: StageView) -> None:
    """Show the operations on the network, and its accuracy after them."""
    st.markdown(
        "This is a copy: whatever you do to it, the network itself stays as it is. **What can it "
        "do without?**"
    )
    left, right = st.columns([1, 1], gap="medium")
    with left:
        operation = _operation(stage_view)
    edited = operation.on(stage_view.network, stage_view.start, np.random.default_rng(0))
    with right:
        _result(stage_view, edited, operation)


def _operation(stage_view: StageView) -> Operation:
    network = stage_view.choice.key
    pruned = st.slider(
        "Remove the smallest weights (pruning)",
        0,
        99,
        format="%d%%",
        key=fresh_key(f"{Key.PRUNED}_{network}"),
        help="The weights nearest to 0 become 0. Biases stay.",
    )
    bits = st.select_slider(
        "Round the weights to this many bits (quantization)",
        BITS,
        format_func=lambda bits: f"{bits}",
        key=fresh_key(f"{Key.BITS}_{network}"),
        help="With 32 bits, as in training, a weight can be one of about 4 billion numbers; with "
        "4 bits, one of only 15, different ones for each unit.",
    )
    noise = st.slider(
        "Shake the weights (noise), by a share of their spread",
        0,
        200,
        step=5,
        format="%d%%",
        key=fresh_key(f"{Key.NOISE}_{network}"),
        help="Adds a random number to every weight; 100% is as much as the weights of its layer "
        "differ from each other (their standard deviation).",
    )
    names = layer_names(stage_view.network)
    reset = st.pills(
        "Let it forget: back to the starting weights of …",
        list(names),
        format_func=lambda layer: names[layer],
        selection_mode="multi",
        wrap=True,
        key=fresh_key(f"{Key.RESET}_{network}"),
    )
    _switches(stage_view)
    return Operation(
        reset=frozenset(reset),
        off=session.switched_off(network),
        pruned=pruned / 100,
        noise=noise / 100,
        bits=bits,
    )


def _switches(stage_view: StageView) -> None:
    """Show the units of a hidden layer; a click switches one off, or on again."""
    hidden = weighted_layers(stage_view.network)[:-1]
    if not hidden:
        return
    names = layer_names(stage_view.network)
    layer: int = st.segmented_control(
        "Switch off some of the …",
        hidden,
        format_func=lambda layer: names[layer],
        default=hidden[0],
        required=True,
        wrap=True,
        key=f"{Key.OFF_LAYER}_{stage_view.choice.key}",
    )
    key, studied = stage_view.choice.key, study(stage_view, layer, "As it is")
    order = studied.order(None)
    page = f"{Key.OFF_PAGE}_{studied.name}"
    places = gallery.page(page, studied.units, A_PAGE)
    units = order[places.start : places.stop]
    st.markdown(
        f"**Pick a {studied.noun} to switch it off**, and again to switch it on; strongest votes "
        "first."
    )
    image_grid(
        _pictures(studied, units, session.switched_off(key)),
        key=Key.OFF,
        on_choose=lambda cell: session.switch(key, layer, int(units[cell])),
    )


def _pictures(studied: LayerView, units: Indices, off: frozenset[tuple[int, int]]) -> Pictures:
    tiles = studied.tiles(units).copy()
    are_off = [(studied.layer, int(unit)) in off for unit in units]
    tiles[are_off] = charts.faded_tiles(tiles[are_off], browser.look())
    unit_names = [f"{studied.noun} {unit + 1}" for unit in units]
    return Pictures(
        title=f"The {studied.noun}s; pick one to switch it off or on",
        tiles=tiles,
        names=[
            f"{name}, switched off" if is_off else name
            for name, is_off in zip(unit_names, are_off, strict=True)
        ],
        columns=COLUMNS,
        narrowest=48,
        gap=studied.gap,
        captions=["off" if is_off else "" for is_off in are_off],
    )


def _result(stage_view: StageView, edited: Network, operation: Operation) -> None:
    """Show the edited network's accuracy by class, and its answer to the last drawing."""
    choice, data = stage_view.choice, stage_view.data
    dev = accuracy_text.practice_or_stop(choice.model, data)[:ASKED]
    before, by_class_before = _shares(answered_by(choice, stage_view.network, data, "train", dev))
    after, by_class_after = _shares(predictions(edited, data.train, dev))
    zeros = int(np.count_nonzero(edited.parameters.flat[: edited.weight_count] == 0))
    if operation == Operation():
        st.markdown(
            f"It reads **{before:.1%}** of {len(dev):,} practice pictures (validation set) "
            "correctly. Nothing has been done to it yet."
        )
    else:
        st.markdown(
            f"Of {len(dev):,} practice pictures (validation set), it read {before:.1%} correctly, "
            f"and now reads **{after:.1%}**. {zeros:,} of its {edited.weight_count:,} weights are "
            "0."
        )
    widgets.chart(
        charts.paired_bars(
            by_class_before,
            by_class_after,
            ("before", "now"),
            stage_view.class_names[: len(by_class_before)],
            browser.look(),
        )
    )
    _drawing(stage_view, edited)
    if operation != Operation():
        _keep_or_undo(stage_view, edited)


def _drawing(stage_view: StageView, edited: Network) -> None:
    """Show the answers to the visitor's last drawing, before and after the operations."""
    drawing = shared.paper().as_digit()
    if drawing.shape != edited.shapes[0][1:] or not drawing.any():
        return
    chances = edited.probabilities(drawing[None])[:, 0]
    first = stage_view.network.probabilities(drawing[None])[:, 0]
    predicted, predicted_first = int(chances.argmax()), int(first.argmax())
    picture, words = st.columns([1, 3], vertical_alignment="center")
    with picture:
        widgets.picture(charts.inked(drawing, browser.look()), SHOWN, "Your last drawing")
    words.markdown(
        f"Your last drawing: it read **{stage_view.vocabulary.one(predicted_first)}** "
        f"({percent(first[predicted_first])}), and now reads "
        f"**{stage_view.vocabulary.one(predicted)}** ({percent(chances[predicted])})."
    )


def _keep_or_undo(stage_view: StageView, edited: Network) -> None:
    with st.container(horizontal=True):
        saved = st.button(
            "Save as my network",
            icon=":material/bookmark_add:",
            key=Key.KEEP,
            help="You can then pick it on every page. It is listed among your runs on Train, "
            "where you can rename and export it.",
            on_click=_keep,
            args=(stage_view, edited),
        )
        st.button(
            "Reset",
            icon=":material/undo:",
            key=Key.HEAL,
            on_click=session.heal,
            args=(stage_view.choice.key,),
        )
    if saved:
        st.rerun()


def _keep(stage_view: StageView, edited: Network) -> None:
    """Add the edited network to the visit's networks, and select it."""
    record = shared.take_in(operated(stage_view, edited))
    st.session_state[Key.MODEL] = shared.run_key(record)


def operated(stage_view: StageView, edited: Network) -> Model:
    """Build the model of an edited network, evaluated anew on the practice exam."""
    model, data = stage_view.choice.model, stage_view.data
    result = predictions(edited, data.train, accuracy_text.practice_or_stop(model, data))
    results = {
        "dev_accuracy": result.correct / result.n,
        "iterations": float(stage_view.stage.iteration),
    }
    return replace(
        model,
        name=f"{stage_view.choice.title}, modified",
        network=edited,
        results=results,
        checkpoints=tuple(
            checkpoint
            for checkpoint in model.checkpoints
            if checkpoint.point.iteration < stage_view.stage.iteration
        ),
        altered=True,
    )


def _shares(result: Predictions) -> tuple[float, Floats]:
    """Return the accuracy, and the recall of each class."""
    return result.accuracy, np.nan_to_num(by_class(result.confusion).recall)
