"""The hyperparameter search: its form, its progress, its best trials and its charts."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import plotly.graph_objects as go
import streamlit as st
from optuna.trial import FrozenTrial

from mnist_core.data import Data
from mnist_core.errors import LabError
from mnist_core.search import executors
from mnist_core.search.space import SEARCHABLE, Span
from mnist_core.search.sweep import MOST_SPANS, Sweep
from mnist_core.training.config import TrainingConfig
from pages.ui import charts
from pages.ui.charts.searches import Scale
from pages.ui.charts.theme import Look
from pages.ui.components import browser
from pages.ui.elements import accuracy_text, widgets
from pages.ui.train import messages, poll_interval, session
from pages.ui.train.exact import even, logarithmic
from pages.ui.train.session import Key
from pages.ui.train.starting import begin_changed
from pages.ui.visit import data_sets, log_lines
from pages.ui.visit.current import client
from pages.ui.visit.records import HERE, SCHEDULER, cluster_address


def search(config: TrainingConfig, data: Data) -> None:
    """Show the form of a search, and the latest search, refreshed while it goes on."""
    sweep = session.of_visit().sweep
    if sweep is None or sweep.snapshot().over:
        _set_up(config)
    if sweep is not None:
        poll_interval.follow(lambda: None if sweep.snapshot().over else 1.0, _progress, sweep, data)


def _set_up(config: TrainingConfig) -> None:
    """Ask for the hyperparameters to search, their ranges, and the number of trials."""
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
        key=Key.SWEEP_NAMES,
        persist_state="session",
    )
    ranges = {name: _range(name) for name in names}
    trials = st.slider(
        "How many trials?", 5, 100, 20, key=Key.SWEEP_TRIALS, persist_state="session"
    )
    st.button(
        "Start the search",
        icon=":material/search:",
        on_click=_start,
        args=(config, ranges, trials),
        disabled=not names,
    )


def _range(name: str) -> tuple[float, float]:
    one = SEARCHABLE[name]
    stops: Sequence[float]
    if one.logarithmic:
        stops = logarithmic(one.low, one.high, one.whole)
    else:
        stops = even(one.low, one.high, one.high / 20)
    chosen: tuple[float, float] = st.select_slider(
        one.title,
        stops,
        (stops[0], stops[-1]),
        format_func=messages.number,
        key=Key.SWEEP_RANGE.of(name),
        persist_state="session",
    )
    return chosen


def _start(config: TrainingConfig, ranges: Mapping[str, tuple[float, float]], trials: int) -> None:
    folder = data_sets.current_folder()
    cluster = cluster_address() if folder is None else None  # which has the lab's own data set
    scheduler = SCHEDULER if cluster else HERE
    workers = scheduler.capacity
    try:
        spans = [Span(name, low, high) for name, (low, high) in ranges.items()]
        open_executor = executors.opener(workers, cluster)
        sweep = Sweep(config, spans, trials, open_executor, workers, scheduler, client(), folder)
    except LabError as error:
        log_lines.tell_refused("A search")
        st.error(str(error))
        return
    session.of_visit().sweep = sweep
    sweep.start()


def _progress(sweep: Sweep, data: Data) -> None:
    now = sweep.snapshot()
    if now.message:
        st.error(now.message)
    running = f", {now.running} running" if now.running else ""
    text = f"{now.ended} of {now.total} trials{running}"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.progress(min(1.0, now.ended / now.total), text=text, width="stretch")
        if not now.over:
            st.button("Stop the search", on_click=sweep.stop, key=Key.SWEEP_STOP)
    finished = sweep.finished()
    if finished:
        _best(sweep, finished, data)
    if len(finished) < 3:
        return
    with st.grid(2, min_column_width=300, gap="medium"):
        for figure in search_charts(sweep, browser.look()):
            with st.container():
                widgets.chart(figure, key=Key.SWEEP_CHART.of(figure.layout.title.text))


def _best(sweep: Sweep, finished: Sequence[FrozenTrial], data: Data) -> None:
    """Show the best trial, and offer to train with the settings of any finished one."""
    best_first = sorted(finished, key=lambda trial: trial.value or 0.0, reverse=True)
    trials = {trial.number: trial for trial in best_first}
    in_words = {
        trial.number: f"{trial.value or 0:.1%}: {messages.chosen(trial.params)}"
        for trial in best_first
    }
    best = best_first[0]
    st.markdown(
        f"Best so far: reads **{best.value or 0:.1%}** correctly in the {accuracy_text.PRACTICE}, "
        f"with {messages.chosen(best.params)}."
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        number = st.selectbox(
            "Train one of these for real", list(in_words), format_func=in_words.__getitem__
        )
        begun = st.button(
            "Train it",
            icon=":material/play_arrow:",
            on_click=begin_changed,
            args=(sweep.config_of(trials[number]), data),
            key=Key.SWEEP_TRAIN,
        )
    if begun:
        st.rerun()


def search_charts(sweep: Sweep, look: Look) -> Iterator[go.Figure]:
    """Yield the charts for which there are enough finished trials; one is needed at least."""
    trials = sweep.finished()
    numbers = [trial.number + 1 for trial in trials]
    accuracies = np.array([trial.value or 0.0 for trial in trials])
    settings = [messages.chosen(trial.params) for trial in trials]
    yield charts.search_history(numbers, accuracies, settings, look)
    scales = [_scale(span, [trial.params[span.name] for trial in trials]) for span in sweep.spans]
    low, high = float(accuracies.min()), float(accuracies.max())
    told, ends = [f"{one:.1%}" for one in accuracies], (f"{low:.1%}", f"{high:.1%}")
    scales.append(Scale("Reads correctly", accuracies, (low, high), False, told, ends))
    yield charts.scales_of_trials(scales, numbers, np.argsort(accuracies, kind="stable"), look)
    if len(sweep.spans) > 1 and len(trials) >= 8:
        by_name = sweep.importances()
        names = [SEARCHABLE[name].title for name in by_name]
        yield charts.importance_bars(np.array([*by_name.values()]), names, look)


def _scale(span: Span, values: Sequence[float]) -> Scale:
    """Make a scale of the trials' values of a hyperparameter, over its searched range."""
    return Scale(
        SEARCHABLE[span.name].title,
        np.array(values, float),
        (span.low, span.high),
        SEARCHABLE[span.name].logarithmic,
        [messages.rounded(value) for value in values],
        (messages.number(span.low), messages.number(span.high)),
    )
