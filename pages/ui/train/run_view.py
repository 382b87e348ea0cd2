"""The view of a run: its selection, headline, progress and curve."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from mnist_core.diagnosis.scenarios import SCENARIOS
from mnist_core.runs.snapshot import Snapshot, Status
from pages.ui.components import browser
from pages.ui.components.fresh_keys import fresh_key
from pages.ui.components.live_chart import live_chart
from pages.ui.elements import accuracy_text, widgets
from pages.ui.elements.literal import in_markdown
from pages.ui.frame import presentation
from pages.ui.train import messages, poll_interval, run_controls, session
from pages.ui.train.curve_lines import CurveLine, View
from pages.ui.train.curves import AXES, curves
from pages.ui.train.run_tools import CURVE
from pages.ui.train.session import Key
from pages.ui.visit import shared
from pages.ui.visit.records import LiveRun, RunEntry


def choose() -> tuple[RunEntry | None, list[RunEntry]]:
    """Ask for the run to show and for those to compare it with, if there are several."""
    records = {record.number: record for record in shared.records()}
    shown = session.shown_record()
    if shown is None or len(records) < 2:
        return shown, []
    names = {number: record.name for number, record in records.items()}
    key, compared_key = fresh_key(Key.SHOWN), fresh_key(Key.COMPARED)

    def keep() -> None:
        session.of_visit().shown = st.session_state[key]

    def keep_compared() -> None:
        session.of_visit().compared = tuple(st.session_state[compared_key])

    if st.session_state.get(key, shown.number) != shown.number:
        st.session_state[key] = shown.number  # another window of the visit has chosen
    left, right = st.columns(2)
    left.selectbox(
        "Run",
        list(names),
        list(names).index(shown.number),
        format_func=names.__getitem__,
        key=key,
        on_change=keep,
    )
    others = [number for number in names if number != shown.number]
    compared = right.multiselect(
        "Compare with",
        others,
        [number for number in session.of_visit().compared if number in others],
        format_func=names.__getitem__,
        key=compared_key,
        on_change=keep_compared,
        placeholder="add other runs",
    )
    return shown, [records[number] for number in compared]


def show_run(record: RunEntry, others: Sequence[RunEntry]) -> None:
    """Show a run, with the curves of `others` in the same chart.

    The view is refreshed while one of the runs goes on.
    """
    runs = [record, *others]
    poll_interval.follow(partial(poll_interval.CURVE.of, runs), _show, record, others)
    if any(_has_curve(run.snapshot()) for run in runs):
        _ask_view()


def _show(record: RunEntry, others: Sequence[RunEntry]) -> None:
    large = presentation.is_on(Key.PRESENT)
    now, *beside = shown = [one.snapshot() for one in (record, *others)]
    replayed = run_controls.replayed(record, now)
    headline = f"{in_markdown(record.name)} · {messages.standing(replayed)}"
    if large:
        st.title(headline, anchor=False)
    else:
        st.subheader(headline, anchor=CURVE)
    _status(record, now, replayed)
    if moved := messages.moved(now):
        st.caption(moved)
    if any(map(_has_curve, shown)):
        lines = [_line(record, now, replayed), *map(_line, others, beside, beside)]
        view = View(
            axis=st.session_state.get(Key.AXIS, "epochs"),
            scale="mistakes" if st.session_state.get(Key.END) else "correct",
            smooth=st.session_state.get(Key.SMOOTH, False),
        )
        figure = curves(lines[0], lines[1:], view, browser.look())
        # Large, it has the window without navigation, headline, and the controls below it.
        height = "max(20rem, 100vh - 19rem)" if large else "24rem"
        live_chart(figure, Key.CURVE, f"Accuracy and loss of {record.name}", height)
        if explained := accuracy_text.measured_as_it_learns(record.config):
            st.caption(explained)
    if now.status.over and record.scenario:
        text = f"**What you should have seen:** {SCENARIOS[record.scenario].after}"
        st.info(text, icon=":material/school:")


def _has_curve(now: Snapshot) -> bool:
    """Return whether a run has a curve, or may still get one."""
    return bool(now.history) or not now.status.over


def _status(record: RunEntry, now: Snapshot, replayed: Snapshot) -> None:
    """Show the progress of a run, the position of its replay, or its outcome."""
    if not now.status.over:
        is_ending = isinstance(record, LiveRun) and record.run.is_ending
        text = messages.ending if is_ending and now.status is Status.RUNNING else messages.progress
        st.progress(now.progress, text=text(now))
    elif replayed is not now:
        st.progress(replayed.iteration / now.iteration, text=messages.looking_back(replayed))
    elif now.status in {Status.DIVERGED, Status.FAILED}:
        st.warning(messages.outcome(now), icon=":material/error:")
    else:
        unknown = "" if record.origin else " Its file does not say which data set it learned from."
        st.caption(messages.outcome(now) + unknown)


def _line(record: RunEntry, now: Snapshot, shown: Snapshot) -> CurveLine:
    end = now.iteration if now.status.over else now.iterations
    return CurveLine(record.number, record.name, shown, end, record.config.learning_rate)


def _ask_view() -> None:
    """Ask for the horizontal unit and the vertical scale of the chart, and for smoothing."""
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        widgets.choose_one(
            "Horizontal axis",
            list(AXES),
            key=Key.AXIS,
            default="epochs",
            label_visibility="collapsed",
        )
        st.toggle(
            "Zoom in on mistakes (log scale)",
            key=Key.END,
            persist_state="session",
            help="Shows the mistakes on a logarithmic scale: it is as far from 10% down to 1% as "
            "from 100% down to 10%. So the end of a good network's curve can be seen.",
        )
        st.toggle("Smooth", key=Key.SMOOTH, persist_state="session")
