"""The view of a run: in one line what it is and how it reads, how far it is, and its curve."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

import streamlit as st

from mnist_core.runs.lessons import LESSONS
from mnist_core.runs.snapshot import Snapshot, Status
from pages.ui import exams, faults, widgets
from pages.ui.literal import in_markdown
from pages.ui.live_chart import live_chart
from pages.ui.records import Record, Training
from pages.ui.train import replay, rhythm, session, words
from pages.ui.train.curve_lines import Line, View
from pages.ui.train.curves import AXES, curves

Headline: TypeAlias = Callable[[str], object]
"""What shows the one line."""


def show_run(
    record: Record, others: Sequence[Record], *, headline: Headline, chart_height: str
) -> None:
    """Show a run with others beside it; while one goes on, what is shown follows it.

    Args:
        record: the run.
        others: those whose curves are laid over its own.
        headline: shows the one line.
        chart_height: a length of CSS.
    """
    shown = [one.snapshot() for one in (record, *others)]
    every = rhythm.CURVE.seconds(shown)
    view = View(
        axis=st.session_state.get(session.AXIS, "epochs"),
        scale="mistakes" if st.session_state.get(session.END) else "correct",
        smooth=st.session_state.get(session.SMOOTH, False),
    )
    faults.fragment(_follow, run_every=every)(record, others, view, headline, chart_height, every)
    if any(map(_has_curve, shown)):
        _ask_view()


def _follow(
    record: Record,
    others: Sequence[Record],
    view: View,
    headline: Headline,
    chart_height: str,
    every: float | None,
) -> None:
    now, *beside = shown = [one.snapshot() for one in (record, *others)]
    seen = replay.seen(record, now)
    headline(f"{in_markdown(record.name)} · {words.standing(seen)}")
    _status(record, now, seen)
    if any(map(_has_curve, shown)):
        lines = [_line(record, now, seen), *map(_line, others, beside, beside)]
        figure = curves(lines[0], lines[1:], view, widgets.look())
        live_chart(figure, session.CURVE, f"Accuracy and loss of {record.name}", chart_height)
        if explained := exams.measured_as_it_learns(record.config):
            st.caption(explained)
    if now.status.over and isinstance(record, Training) and record.lesson:
        text = f"**What you should have seen:** {LESSONS[record.lesson].after}"
        st.info(text, icon=":material/school:")
    if rhythm.CURVE.seconds(shown) != every:
        st.rerun()


def _has_curve(now: Snapshot) -> bool:
    """Whether there is a curve, or may soon be one."""
    return bool(now.history) or not now.status.over


def _status(record: Record, now: Snapshot, seen: Snapshot) -> None:
    """How far a run is, or how it ended; of one that is looked back at, where that is."""
    if not now.status.over:
        st.progress(now.progress, text=_progress(record, now))
    elif seen is not now:
        st.progress(seen.iteration / now.iteration, text=words.looking_back(seen))
    elif now.status in {Status.DIVERGED, Status.FAILED}:
        st.warning(words.outcome(now), icon=":material/error:")
    else:
        unknown = "" if record.origin else " Its file does not say which data set it learned from."
        st.caption(words.outcome(now) + unknown)


def _progress(record: Record, now: Snapshot) -> str:
    is_ending = isinstance(record, Training) and record.run.is_ending
    return words.ending(now) if is_ending and now.status is Status.RUNNING else words.progress(now)


def _line(record: Record, now: Snapshot, seen: Snapshot) -> Line:
    end = now.iteration if now.status.over else now.iterations
    return Line(record.number, record.name, seen, end, record.config.learning_rate)


def _ask_view() -> None:
    """What is along the bottom of the chart, and what is up its side."""
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.segmented_control(
            "Horizontal axis",
            list(AXES),
            default="epochs",
            required=True,
            key=session.AXIS,
            persist_state="session",
            label_visibility="collapsed",
        )
        st.toggle(
            "Zoom in on mistakes (log scale)",
            key=session.END,
            persist_state="session",
            help="Shows the mistakes on a logarithmic scale: it is as far from 10% down to 1% as "
            "from 100% down to 10%. So the end of a good network's curve can be seen.",
        )
        st.toggle("Smooth", key=session.SMOOTH, persist_state="session")
