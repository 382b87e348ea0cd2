"""Looking back at a run that is over: its moments one after the other, and the way to one of them.

What is shown follows the clock, not a count: the curve and the panel beside it are drawn by
fragments of their own, and both have to show the same moment.
"""

from time import monotonic

import streamlit as st

from mnist_core.runs.moments import Moment
from mnist_core.runs.snapshot import Snapshot
from pages.ui.records import Record
from pages.ui.train import session

FEWEST = 3
"""Fewer moments than this are nothing to look back at."""


def seen(record: Record, now: Snapshot) -> Snapshot:
    """What is to be shown of a run: the moment that is looked back at, or `now` itself."""
    place = _place(record, now)
    return now if place is None else now.at(now.moments[place])


def is_playing(record: Record) -> bool:
    """Whether it moves on to the next moment by itself."""
    replay = session.replay()
    moves = replay is not None and replay.since is not None
    return moves and _place(record, record.snapshot()) is not None


def play_button(record: Record, now: Snapshot) -> None:
    """The button that plays a run again, or holds it; nothing where there is too little to see."""
    if len(now.moments) < FEWEST:
        return
    playing = is_playing(record)
    st.button(
        "Hold" if playing else "Watch it again",
        icon=":material/pause:" if playing else ":material/replay:",
        key=session.REPLAY,
        on_click=_hold if playing else _play,
        args=(record,),
    )


def moment_slider(record: Record, now: Snapshot) -> None:
    """The slider that leads to any moment of a run; nothing where there is too little to see."""
    moments = now.moments
    if len(moments) < FEWEST:
        return
    playing, place = is_playing(record), _place(record, now)
    key = session.moment_key(record, playing=playing)
    st.session_state[key] = len(moments) - 1 if place is None else place
    st.select_slider(
        "Look back, in epochs",
        range(len(moments)),
        format_func=lambda place: _name(moments[place]),
        key=key,
        disabled=playing,
        on_change=_show,
        args=(record, key),
        help="Curve, weights, pictures and mistakes as they were at that moment.",
    )


def _name(moment: Moment) -> str:
    return f"{moment.point.epoch:.3g}"


def _place(record: Record, now: Snapshot) -> int | None:
    """Which moment is looked back at; None where the run is shown as it is now."""
    replay = session.replay()
    if replay is None or replay.number != record.number or not now.status.over:
        return None
    place = replay.now()
    return place if place < len(now.moments) - 1 else None


def _play(record: Record) -> None:
    place = _place(record, record.snapshot()) or 0
    session.turn_to(session.Replay(record.number, place, monotonic()))


def _hold(record: Record) -> None:
    now = record.snapshot()
    place = _place(record, now)
    standing = len(now.moments) - 1 if place is None else place
    session.turn_to(session.Replay(record.number, standing))


def _show(record: Record, key: str) -> None:
    session.keep_replay(session.Replay(record.number, st.session_state[key]))
