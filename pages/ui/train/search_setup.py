"""Setting a search up: what may be varied, in which ranges, in how many trials."""

import streamlit as st

from mnist_core.errors import LabError
from mnist_core.search import executors
from mnist_core.search.space import SEARCHABLE, Span
from mnist_core.search.sweep import MOST_SPANS, Sweep
from mnist_core.training.config import TrainingConfig
from pages.ui import data_sets, events
from pages.ui.current_visit import owner
from pages.ui.records import SLOTS
from pages.ui.train import session, words
from pages.ui.train.slider_stops import even, logarithmic

MOST_TRIALS = 100


def set_up(config: TrainingConfig) -> None:
    """Ask what is to be searched, and where."""
    st.markdown(
        "The computer tries many settings by itself, several at a time, learns from each trial "
        "where to look next, and gives up early on those that fall behind. All other settings "
        "stay as they are set above."
    )
    names = st.multiselect(
        "What may it change?",
        list(SEARCHABLE),
        default=["learning_rate", "units"],
        format_func=lambda name: SEARCHABLE[name].title,
        max_selections=MOST_SPANS,
        key=session.SWEEP_NAMES,
        persist_state="session",
    )
    ranges = {name: _range(name) for name in names}
    trials = st.slider(
        "How many trials?", 5, MOST_TRIALS, 20, key=session.SWEEP_TRIALS, persist_state="session"
    )
    st.button(
        "Start the search",
        icon=":material/search:",
        on_click=_start,
        args=(config, ranges, trials),
        disabled=not names,
    )


def _range(name: str) -> tuple[float, float]:
    found = SEARCHABLE[name]
    stops = (
        logarithmic(found.low, found.high, found.whole)
        if found.logarithmic
        else even(found.low, found.high, found.high / 20)
    )
    chosen: tuple[float, float] = st.select_slider(
        found.title,
        stops,
        (stops[0], stops[-1]),
        format_func=words.number,
        key=session.sweep_range_key(name),
        persist_state="session",
    )
    return chosen


def _start(config: TrainingConfig, ranges: dict[str, tuple[float, float]], trials: int) -> None:
    try:
        spans = [Span(name, low, high) for name, (low, high) in ranges.items()]
        here = None if executors.on_cluster() else SLOTS
        workers = SLOTS.capacity
        found = Sweep(
            config,
            spans,
            trials,
            executors.opener(workers),
            workers,
            here,
            owner(),
            data_sets.current_folder(),
        )
    except LabError as error:
        events.tell_refused("A search")
        st.error(str(error))
        return
    session.keep_sweep(found)
    found.start()
