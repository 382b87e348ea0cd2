"""A search as it goes on: how far it is, its best trial, and a run made of one."""

import streamlit as st

from mnist_core.data import Data
from mnist_core.search.sweep import Sweep
from pages.ui import exams, faults, widgets
from pages.ui.train import session, words
from pages.ui.train.search_charts import search_charts
from pages.ui.train.starting import begin_changed

REFRESH_SECONDS = 1.0
FEWEST_FOR_CHARTS = 3


def show_progress(found: Sweep, data: Data) -> None:
    """Show a search; while it goes on, what is shown follows it."""
    over = found.snapshot().over
    faults.fragment(_follow, run_every=None if over else REFRESH_SECONDS)(found, data, over)


def _follow(found: Sweep, data: Data, over_before: bool) -> None:
    now = found.snapshot()
    if now.message:
        st.error(now.message)
    told = f"{now.ended} of {now.total} trials" + (
        f", {now.running} running" if now.running else ""
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.progress(min(1.0, now.ended / now.total), text=told, width="stretch")
        if not now.over:
            st.button("Stop the search", on_click=found.stop, key=session.SWEEP_STOP)
    _best(found, data)
    _charts(found)
    if now.over and not over_before:
        st.rerun()


def _best(found: Sweep, data: Data) -> None:
    trials = sorted(found.finished(), key=lambda trial: trial.value or 0.0, reverse=True)
    if not trials:
        return
    best = trials[0]
    st.markdown(
        f"Best so far: reads **{best.value or 0:.1%}** correctly in the {exams.PRACTICE}, with "
        f"{words.chosen(best.params)}."
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        number = st.selectbox(
            "Train one of these for real",
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


def _trial_in_words(found: Sweep, number: int) -> str:
    trial = next(trial for trial in found.finished() if trial.number == number)
    return f"{trial.value or 0:.1%}: {words.chosen(trial.params)}"


def _charts(found: Sweep) -> None:
    if len(found.finished()) < FEWEST_FOR_CHARTS:
        return
    with st.grid(2, min_column_width=300, gap="medium"):
        for figure in search_charts(found, widgets.look()):
            with st.container():
                widgets.chart(figure, key=session.sweep_chart_key(figure.layout.title.text))
