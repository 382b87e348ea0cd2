"""Looking back at a run that is over: the slider through its moments, and what it shows there."""

from mnist_core.runs.snapshot import Snapshot
from pages.ui.records import Record
from pages.ui.time_slider import time_slider, when
from pages.ui.train import session
from pages.ui.visit import run_key

FEWEST = 3
"""Fewer moments than this are nothing to look back at."""


def seen(record: Record, now: Snapshot) -> Snapshot:
    """What is to be shown of a run: the moment that is looked back at, or `now` itself."""
    place = _place(record, now)
    return now if place is None else now.at(now.moments[place])


def moment_slider(record: Record, now: Snapshot) -> None:
    """The slider that leads to any moment of a run that is over, and plays them one after the
    other; nothing where there is too little to see."""
    points = [moment.point for moment in now.moments]
    if not now.status.over or len(points) < FEWEST:
        return
    place = _place(record, now)
    time_slider(
        "Training replay",
        run_key(record),
        [point.iteration for point in points],
        [when(point.iteration, point.epoch) for point in points],
        len(points) - 1 if place is None else place,
        key=session.TIME,
        on_move=lambda step: session.look_back(record, step),
    )


def _place(record: Record, now: Snapshot) -> int | None:
    """Which moment is looked back at; None where the run is shown as it is now."""
    step = session.looked_back_to(record)
    steps = [moment.point.iteration for moment in now.moments]
    return steps.index(step) if now.status.over and step in steps[:-1] else None
