"""The controls of the hyperparameters, with titles, ranges and help from `TrainingConfig`."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from mnist_core.data import Dataset, dev_size_of
from mnist_core.training.config import SETTINGS, TrainingConfig
from mnist_core.training.optimizers import OPTIMIZERS
from mnist_core.training.settings import OneOf, RealNumber, Sizes, Switch, WholeNumber
from pages.ui.elements.mention import mention
from pages.ui.train import session
from pages.ui.train.exact import Number, even, exact_slider, logarithmic
from pages.ui.train.session import Key

GROUPS: Mapping[str, Sequence[str]] = {
    "Network": ("convolution", "hidden", "activation", "initializer"),
    "Learning": ("learning_rate", "optimizer", "momentum", "nesterov", "schedule", "warmup"),
    "Pictures": ("epochs", "batch_size", "examples", "augmentation", "record_every", "seed"),
    "Memorizing": ("dropout", "weight_decay"),
}
"""The tabs, and the hyperparameters of each."""

ABOUT: Mapping[str, str] = {
    "Network": f"What the network is made of (its architecture): {mention('layer', 'layers')} of "
    f"{mention('unit', 'units')} or {mention('filter', 'filters')}, each with "
    f"a {mention('weight')} for every input.",
    "Learning": "How it changes its numbers (optimization), and how far at a time "
    f"({mention('learning rate')}): against the {mention('gradient')} of its "
    f"{mention('loss')}.",
    "Pictures": f"What it is shown, how often ({mention('epoch', 'epochs')}), how many before each "
    f"step ({mention('batch')}), and with which random numbers (data and seed).",
    "Memorizing": f"What stops it from learning its pictures by heart (regularization, against "
    f"{mention('overfitting')}).",
}
"""The captions of the tabs, with the field's terms in brackets."""

STOPS: Mapping[str, Sequence[Number]] = {
    "hidden": logarithmic(1, 2_048, whole=True),
    "learning_rate": logarithmic(1e-6, 10),
    "weight_decay": [0, *logarithmic(1e-6, 1)],
    "momentum": [*even(0, 0.9, 0.1), 0.95, 0.98, 0.99, 0.999],
    "warmup": even(0, 0.5, 0.05),
    "dropout": even(0, 0.9, 0.05),
    "augmentation": even(0, 1, 0.1),
    "epochs": logarithmic(1, 1_000, whole=True),
    "batch_size": [*(2**power for power in range(14)), None],
    "record_every": logarithmic(1, 1_000, whole=True),
}


def config_controls(dataset: Dataset) -> TrainingConfig:
    """Show all controls in tabs, and return their configuration."""
    before = session.of_window().config
    of_some_optimizers = {name for entry in OPTIMIZERS.values() for name in entry.uses}
    values: dict[str, Any] = {}
    for tab, (group, names) in zip(st.tabs(list(GROUPS)), GROUPS.items(), strict=True):
        with tab:
            st.caption(ABOUT[group])
            for name in names:
                uses = OPTIMIZERS[values.get("optimizer", before.optimizer)].uses
                unused = name in of_some_optimizers - uses
                values[name] = _control(name, before, dataset, disabled=unused)
    config = TrainingConfig(**values)
    session.of_window().config = config
    return config


def _control(name: str, before: TrainingConfig, dataset: Dataset, *, disabled: bool) -> Any:
    """Show the widget for the kind of a hyperparameter, and return its value."""
    setting = SETTINGS[name]
    kind = setting.kind
    if isinstance(kind, Sizes):
        return _layers(kind, before.hidden, setting.help)
    key = Key.SETTING.of(name)
    st.session_state.setdefault(key, getattr(before, name))
    common: dict[str, Any] = {
        "label": setting.title,
        "key": key,
        "help": setting.help,
        "persist_state": "session",
        "disabled": disabled,
    }
    match kind:
        case OneOf():
            return st.selectbox(options=kind.names, format_func=kind.in_words, **common)
        case Switch():
            return st.toggle(**common)
        case WholeNumber() if name == "seed":  # it has no scale, so no slider
            return st.number_input(min_value=kind.low, max_value=kind.high, step=1, **common)
        case WholeNumber() if name == "examples":
            return _examples(max(11, len(dataset) - dev_size_of(len(dataset))), kind, common)
        case WholeNumber() | RealNumber():
            return exact_slider(stops=STOPS[name], kind=kind, **common)


def _examples(available: int, kind: WholeNumber, common: Mapping[str, Any]) -> Number:
    """Show a slider up to all training images, or to more if the settings ask for more."""
    wanted = max(available, st.session_state[common["key"]])
    fewer = [stop for stop in logarithmic(10, available, whole=True) if stop < available]
    return exact_slider(
        stops=[*fewer, wanted],
        kind=kind,
        in_words=lambda count: f"all {available:,}" if count == wanted else kind.in_words(count),
        **common,
    )


def _layers(kind: Sizes, before: Sequence[int], help_text: str) -> tuple[int, ...]:
    """Show a slider per hidden layer, with buttons to add and to remove a layer."""
    hidden: list[int] = []
    for layer, units in enumerate(before):
        key = Key.UNITS.of(layer)
        st.session_state.setdefault(key, units)
        chosen = exact_slider(
            f"Units in hidden layer {layer + 1}",
            STOPS["hidden"],
            kind.size,
            key=key,
            persist_state="session",
            help="Each unit gets every number of the layer before it.",
        )
        hidden.append(int(chosen or 1))
    with st.container(horizontal=True):
        st.button(
            "Add a layer",
            icon=":material/add:",
            on_click=session.set_layers,
            args=([*hidden, hidden[-1] if hidden else 32],),
            disabled=len(hidden) >= kind.most,
            help=help_text,
        )
        st.button(
            "Remove the last",
            icon=":material/remove:",
            on_click=session.set_layers,
            args=(hidden[:-1],),
            disabled=not hidden,
        )
    return tuple(hidden)
