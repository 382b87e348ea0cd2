"""The section "Tinker": prune, round, shake, reset or switch off weights and units (ablation)."""

from dataclasses import replace

import numpy as np
import streamlit as st

from mnist_core.evaluation.by_class import by_class
from mnist_core.evaluation.predictions import predictions
from mnist_core.insight.operations import FULL_BITS, Operation
from mnist_core.insight.subnetworks import weighted_layers
from mnist_core.nn.network import Network
from mnist_core.training.model import Model
from pages.ui import charts
from pages.ui.charts.percent import percent
from pages.ui.components import browser, gallery
from pages.ui.components.fresh_keys import fresh_key, renew
from pages.ui.components.image_grid import image_grid
from pages.ui.elements import accuracy_text, widgets
from pages.ui.elements.answered import answered_by
from pages.ui.frame import error_boundary
from pages.ui.visit import shared
from pages.ui.weights import session
from pages.ui.weights.session import Key
from pages.ui.weights.study import COLUMNS, LayerView, layer_names
from pages.ui.weights.through_time import StageView

ASKED = 1_000
"""Pictures of the practice exam on which an edited network is evaluated at once."""

A_PAGE = 32
SHOWN = 112
OPERATIONS = (Key.PRUNED, Key.BITS, Key.NOISE, Key.RESET)
"""The controls of operations on all weights; each network has its own."""

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
        _drawing(stage_view, edited)
        if operation != Operation():
            _keep_or_undo(stage_view, edited)


def _operation(stage_view: StageView) -> Operation:
    network, names = stage_view.choice.key, layer_names(stage_view.network)
    keys = {key: fresh_key(f"{key}_{network}") for key in OPERATIONS}
    pruned = st.slider(
        "Remove the smallest weights (pruning)",
        0,
        99,
        format="%d%%",
        key=keys[Key.PRUNED],
        help="The weights nearest to 0 become 0. Biases stay.",
    )
    bits = st.select_slider(
        "Round the weights to this many bits (quantization)",
        BITS,
        format_func=str,
        key=keys[Key.BITS],
        help="With 32 bits, as in training, a weight can be one of about 4 billion numbers; with "
        "4 bits, one of only 15, different ones for each unit.",
    )
    noise = st.slider(
        "Shake the weights (noise), by a share of their spread",
        0,
        200,
        step=5,
        format="%d%%",
        key=keys[Key.NOISE],
        help="Adds a random number to every weight; 100% is as much as the weights of its layer "
        "differ from each other (their standard deviation).",
    )
    reset = st.pills(
        "Let it forget: back to the starting weights of …",
        list(names),
        format_func=names.__getitem__,
        selection_mode="multi",
        wrap=True,
        key=keys[Key.RESET],
    )
    hidden = weighted_layers(stage_view.network)[:-1]
    if hidden:
        layer: int = st.segmented_control(
            "Switch off some of the …",
            hidden,
            format_func=names.__getitem__,
            default=hidden[0],
            required=True,
            wrap=True,
            key=f"{Key.OFF_LAYER}_{network}",
        )
        _switches(LayerView(stage_view, layer, "As it is"))
    off = session.state().switched_off.get(network, frozenset())
    return Operation(frozenset(reset), off, pruned / 100, noise / 100, bits)


def _switches(layer_view: LayerView) -> None:
    """Show the units of a hidden layer; a click switches one off, or on again."""
    network, layer, noun = layer_view.stage_view.choice.key, layer_view.layer, layer_view.noun
    page = gallery.page(f"{Key.OFF_PAGE}_{layer_view.name}", layer_view.units, A_PAGE)
    units = layer_view.order(None)[page.start : page.stop]
    st.markdown(
        f"**Pick a {noun} to switch it off**, and again to switch it on; strongest votes first."
    )
    switched_off = session.state().switched_off
    off = switched_off.get(network, frozenset())

    def switch(cell: int) -> None:
        earlier = switched_off.get(network, frozenset())
        switched_off[network] = earlier ^ {(layer, int(units[cell]))}

    pictures = layer_view.pictures(units, f"The {noun}s; pick one to switch it off or on")
    are_off = [(layer, int(unit)) in off for unit in units]
    tiles, names = pictures.tiles.copy(), zip(pictures.names, are_off, strict=True)
    tiles[are_off] = charts.faded_tiles(tiles[are_off], browser.look())
    shown = replace(
        pictures,
        tiles=tiles,
        names=[f"{name}, switched off" if is_off else name for name, is_off in names],
        columns=COLUMNS,
        narrowest=48,
        captions=["off" if is_off else "" for is_off in are_off],
    )
    image_grid(shown, key=Key.OFF, on_choose=switch)


def _result(stage_view: StageView, edited: Network, operation: Operation) -> None:
    """Show the edited network's accuracy on practice pictures, in all and by class."""
    choice, data = stage_view.choice, stage_view.data
    dev = accuracy_text.practice_or_stop(choice.model, data)[:ASKED]
    before = answered_by(choice, stage_view.network, data, "train", dev)
    after = predictions(edited, data.train, dev)
    zeros = int(np.count_nonzero(edited.parameters.flat[: edited.weight_count] == 0))
    if operation == Operation():
        st.markdown(
            f"It reads **{before.accuracy:.1%}** of {len(dev):,} practice pictures (validation "
            "set) correctly. Nothing has been done to it yet."
        )
    else:
        st.markdown(
            f"Of {len(dev):,} practice pictures (validation set), it read {before.accuracy:.1%} "
            f"correctly, and now reads **{after.accuracy:.1%}**. {zeros:,} of its "
            f"{edited.weight_count:,} weights are 0."
        )
    recall, recall_now = (np.nan_to_num(by_class(one.confusion).recall) for one in (before, after))
    names = stage_view.class_names[: len(recall)]
    kinds = ("before", "now")
    widgets.chart(charts.paired_bars(recall, recall_now, kinds, names, browser.look()))


def _drawing(stage_view: StageView, edited: Network) -> None:
    """Show the answers to the visitor's last drawing, before and after the operations."""
    drawing = stage_view.drawing()
    if drawing is None:
        return
    before, now = (
        network.probabilities(drawing[None])[:, 0] for network in (stage_view.network, edited)
    )
    was, says = (stage_view.vocabulary.one(int(chances.argmax())) for chances in (before, now))
    picture, words = st.columns([1, 3], vertical_alignment="center")
    with picture:
        widgets.picture(charts.inked(drawing, browser.look()), SHOWN, "Your last drawing")
    words.markdown(
        f"Your last drawing: it read **{was}** ({percent(before.max())}), and now reads "
        f"**{says}** ({percent(now.max())})."
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
            on_click=_undo,
            args=(stage_view.choice.key,),
        )
    if saved:
        st.rerun()


def _keep(stage_view: StageView, edited: Network) -> None:
    """Add the edited network to the visit's networks, and select it."""
    record = shared.take_in(modified_model(stage_view, edited))
    st.session_state[Key.MODEL] = shared.run_key(record)


def _undo(network: str) -> None:
    """Undo all operations on a network."""
    session.state().switched_off.pop(network, None)
    renew(*(f"{key}_{network}" for key in OPERATIONS))


def modified_model(stage_view: StageView, edited: Network) -> Model:
    """Build the model of an edited network, evaluated anew on the practice exam."""
    model, data, iteration = stage_view.choice.model, stage_view.data, stage_view.stage.iteration
    result = predictions(edited, data.train, accuracy_text.practice_or_stop(model, data))
    return replace(
        model,
        name=f"{stage_view.choice.title}, modified",
        network=edited,
        results={"dev_accuracy": result.accuracy, "iterations": float(iteration)},
        checkpoints=tuple(one for one in model.checkpoints if one.point.iteration < iteration),
        altered=True,
    )
