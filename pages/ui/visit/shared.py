"""The work of a visit that several pages use: runs, networks, a choice, a drawing.

Each page's own memory is in the `session` module of its folder. A widget takes a key from there
together with `persist_state="session"`: without that, Streamlit forgets its value when the visitor
looks at another page.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import streamlit as st

from mnist_core.arrays import Pixels
from mnist_core.data import Half, Origin
from mnist_core.training.model import Model
from pages.ui.visit import data_sets
from pages.ui.visit.current import memory
from pages.ui.visit.paper import MARGIN, Paper
from pages.ui.visit.records import RunEntry, record_of
from pages.ui.visit.site import Room, room

_RECORDS = "train_records"
_RECORD_NUMBER = "train_record_number"
_PICTURE = "picture_to_explore"
_FOLLOWED = "picture_to_follow"
_NEWLY_FOLLOWED = "picture_newly_followed"
_CHOSEN = "chosen_networks"
_EVERYWHERE = "network_everywhere"
_PAPER = "paper"
_AWAITED = "drawing_awaited_on"


def records() -> list[RunEntry]:
    """Return the runs of the visit, oldest first; a list to add to and remove from."""
    runs: list[RunEntry] = memory().setdefault(_RECORDS, [])
    return runs


def spill(left: Mapping[str, Any]) -> None:
    """Let the runs in the memory of a visit that was left take little memory of the machine."""
    for record in list(left.get(_RECORDS, ())):
        record.spill()


def next_record_number() -> int:
    """Return a number for a new run; no two runs of a visit get the same."""
    number = int(memory().get(_RECORD_NUMBER, 0)) + 1
    memory()[_RECORD_NUMBER] = number
    return number


def free_name(wanted: str) -> str:
    """Return `wanted`, with a number behind it where a run of the visit already has that name."""
    taken = {record.name for record in records()}
    name, copies = wanted, 1
    while name in taken:
        copies += 1
        name = f"{wanted} ({copies})"
    return name


def explore_picture(half: Half, place: int) -> None:
    """Go to the Explore page, which then shows one picture of a half of the data set close up."""
    st.session_state[_PICTURE] = half, place
    st.switch_page(st.Page(room("explore").file))


def await_drawing(name: str) -> None:
    """Remember the page that sends the visitor to draw: Draw leads back to it."""
    st.session_state[_AWAITED] = name


def drawing_awaited_on() -> Room | None:
    """Return the page that has sent the visitor to draw, if any."""
    name: str | None = st.session_state.get(_AWAITED)
    return room(name) if name else None


def drawing_came() -> None:
    """Forget the page that has sent the visitor to draw: it shows the drawing now."""
    st.session_state.pop(_AWAITED, None)


def picture_to_explore() -> tuple[Half, int] | None:
    """Return the picture that another page has asked Explore to show, once."""
    asked: tuple[Half, int] | None = st.session_state.pop(_PICTURE, None)
    return asked


def read_picture(image: Pixels) -> None:
    """Go to the Draw page with a picture `(h, w)` of a data set laid over the paper."""
    paper().lay(np.pad(image, MARGIN))
    st.switch_page(st.Page(room("draw").file))


def follow_picture(half: Half, place: int) -> None:
    """Go to the Weights page, which then shows what filters make of a picture of the data set."""
    memory()[_FOLLOWED] = data_sets.current().origin, half, place
    st.session_state[_NEWLY_FOLLOWED] = True
    st.switch_page(st.Page(room("weights").file))


def followed_picture() -> tuple[Half, int] | None:
    """Return the picture of this data set that was last sent to the Weights page, if any."""
    found: tuple[Origin, Half, int] | None = memory().get(_FOLLOWED)
    if found is None or not found[0].is_same(data_sets.current().origin):
        return None
    return found[1:]


def is_newly_followed() -> bool:
    """Return whether Weights has been sent a picture that it has not shown yet; True once."""
    return bool(st.session_state.pop(_NEWLY_FOLLOWED, False))


def take_in(model: Model) -> RunEntry:
    """Add a network that was not trained here to the runs of the visit; returns its record."""
    named = replace(model, name=free_name(model.name))
    record = record_of(next_record_number(), named)
    records().append(record)
    return record


def run_key(record: RunEntry) -> str:
    """Return the identity of a run's network, which stays the same when the run is renamed."""
    return f"run:{record.number}"


def networks() -> dict[str, Model]:
    """Return the networks of this visit by their identities, oldest first."""
    models = ((run_key(record), record.model()) for record in records())
    return {key: model for key, model in models if model is not None}


def use_everywhere(key: str) -> None:
    """Let the other pages begin with the network of this identity."""
    memory()[_EVERYWHERE] = key
    memory()[_CHOSEN] = {}


def keep_choice(control: str, key: str) -> None:
    """Remember which network the visitor chose with a control."""
    memory().setdefault(_CHOSEN, {})[control] = key


def choice(control: str) -> str | None:
    """Return the identity of the network that a control should begin with; None without a reason.

    It is what the visitor chose there, else what they chose for all pages, else the newest run's,
    but for those that were altered since.
    """
    chosen: str | None = memory().get(_CHOSEN, {}).get(control) or memory().get(_EVERYWHERE)
    if chosen is None:
        runs = reversed(networks().items())
        chosen = next((key for key, model in runs if not model.altered), None)
    return chosen


def paper() -> Paper:
    """Return the visitor's drawing."""
    found: Paper = memory().setdefault(_PAPER, Paper())
    return found
