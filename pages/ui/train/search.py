"""A search for better settings: what is searched, how it goes, and what came of it."""

import os

import optuna
import plotly.graph_objects as go
import streamlit as st

from mnist_core.data import Data
from mnist_core.errors import LabError
from mnist_core.search import executors
from mnist_core.search.sweep import MOST_SPANS, SWEEPABLE, Span, Sweep
from mnist_core.training.config import TrainingConfig
from pages.ui import widgets
from pages.ui.records import slots, visitor_is_here
from pages.ui.train import session, words
from pages.ui.train.panel_charts import PANEL_HEIGHT
from pages.ui.train.slider_stops import even, logarithmic
from pages.ui.train.start import begin_changed

REFRESH_SECONDS = 1.0
FEWEST_FOR_FIGURES = 3
FEWEST_FOR_IMPORTANCE = 8
MOST_TRIALS = 100


def search(config: TrainingConfig, data: Data) -> None:
    """Everything about the visit's search; one at a time."""
    found = session.sweep()
    if found is None or found.snapshot().over:
        _set_up(config)
    if found is not None:
        over = found.snapshot().over
        st.fragment(_follow, run_every=None if over else REFRESH_SECONDS)(found, data, over)


def _set_up(config: TrainingConfig) -> None:
    """Ask what is to be searched, and where."""
    st.markdown(
        "The computer tries many settings by itself, several at a time, learns from each trial "
        "where to look next, and gives up early on those that fall behind. All other settings "
        "are as in the controls above."
    )
    names = st.multiselect(
        "What may it change?",
        list(SWEEPABLE),
        default=["learning_rate", "units"],
        format_func=lambda name: SWEEPABLE[name][0],
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
    title, low, high, logarithmic_scale = SWEEPABLE[name]
    whole = isinstance(low, int)
    stops = logarithmic(low, high, whole) if logarithmic_scale else even(low, high, high / 20)
    chosen: tuple[float, float] = st.select_slider(
        title,
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
        here = None if executors.on_cluster() else slots()
        workers = slots().capacity
        found = Sweep(
            config,
            spans,
            trials,
            executors.pool(workers),
            workers,
            here,
            visitor_is_here(),
            os.environ.get("MNIST_DATA_DIR") or None,
        )
    except LabError as error:
        st.error(str(error))
        return
    found.start()
    session.keep_sweep(found)


def _follow(found: Sweep, data: Data, over_before: bool) -> None:
    now = found.snapshot()
    if now.message:
        st.error(now.message)
    told = f"{now.ended} of {now.total} trials" + (
        f", {now.running} going on" if now.running else ""
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.progress(min(1.0, now.ended / now.total), text=told, width="stretch")
        if not now.over:
            st.button("Stop the search", on_click=found.stop, key=session.SWEEP_STOP)
    _best(found, data)
    _figures(found)
    if now.over and not over_before:
        st.rerun()


def _best(found: Sweep, data: Data) -> None:
    trials = sorted(found.finished(), key=lambda trial: trial.value or 0.0, reverse=True)
    if not trials:
        return
    best = trials[0]
    st.markdown(
        f"Best so far: **{(best.value or 0) * 100:.1f} of 100** new pictures with "
        f"{_in_words(best.params)}."
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        number = st.selectbox(
            "Make a run of a trial",
            [trial.number for trial in trials],
            format_func=lambda number: _trial_in_words(found, number),
        )
        chosen = next(trial for trial in trials if trial.number == number)
        begun = st.button(
            "Train it",
            icon=":material/play_arrow:",
            on_click=begin_changed,
            args=(found.config_of(chosen), data),
            key=session.SWEEP_TRAIN,
        )
    if begun:
        st.rerun()


def _in_words(chosen: dict[str, float]) -> str:
    return ", ".join(
        f"{SWEEPABLE[name][0].lower()} {words.number(float(f'{value:.3g}'))}"
        for name, value in chosen.items()
    )


def _trial_in_words(found: Sweep, number: int) -> str:
    trial = next(trial for trial in found.finished() if trial.number == number)
    return f"{(trial.value or 0) * 100:.1f} of 100: {_in_words(trial.params)}"


def _figures(found: Sweep) -> None:
    """Optuna's own figures, in the lab's colours."""
    finished = found.finished()
    if len(finished) < FEWEST_FOR_FIGURES:
        return
    figures = [
        ("How the search went", optuna.visualization.plot_optimization_history(found.study)),
        ("Which settings go together", optuna.visualization.plot_parallel_coordinate(found.study)),
    ]
    if len(found.spans) > 1 and len(finished) >= FEWEST_FOR_IMPORTANCE:
        evaluator = optuna.importance.PedAnovaImportanceEvaluator()
        importance = optuna.visualization.plot_param_importances(found.study, evaluator=evaluator)
        figures.append(("Which setting mattered most", importance))
    with st.grid(min(2, len(figures)), min_column_width=300, gap="medium"):
        for title, figure in figures:
            with st.container():
                widgets.chart(_dressed(figure, title), key=session.sweep_chart_key(title))


def _dressed(figure: go.Figure, title: str) -> go.Figure:
    look = widgets.look()
    figure.update_layout(
        template=look.template(),
        title={"text": title, "y": 1, "yanchor": "top", "pad": {"t": 8}},
        height=PANEL_HEIGHT,
        margin={"l": 48, "t": 84, "b": 48, "r": 24},
        paper_bgcolor=look.background,  # parallel coordinates paint over what is transparent
        legend={"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0},
    )
    figure.update_yaxes(title={"text": ""})
    figure.update_xaxes(title={"standoff": 8})
    figure.update_traces(line={"color": look.accent}, selector={"mode": "lines"})
    figure.update_traces(marker={"color": look.second}, selector={"type": "bar"})
    figure.update_traces(
        line={"showscale": False, "colorscale": [(0, look.line), (1, look.accent)]},
        tickfont={"color": look.muted},
        labelfont={"color": look.text},
        selector={"type": "parcoords"},
    )
    return figure
