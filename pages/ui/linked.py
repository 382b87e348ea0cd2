"""The address of a page says what is seen on it, so that it can be passed on.

A page names its controls, each with the parameter that stands for it. Who opens a link finds them
as they were; what a link says and the page does not know changes nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from pages.ui import current_visit

_ADOPTED = "linked_adopted"


@dataclass(frozen=True)
class Linked:
    """A control, by its key, and the parameter that stands for it.

    `read` makes a parameter's text a value of the control, or raises `ValueError`; `usual` is the
    value that the control begins with, which an address need not say.
    """

    parameter: str
    key: str
    usual: Any
    read: Callable[[str], Any]


def one_of(parameter: str, key: str, options: Sequence[str], usual: str | None = None) -> Linked:
    """A control that offers some texts, and begins with the first unless another is `usual`."""

    def read(text: str) -> str:
        if text not in options:
            raise ValueError(text)
        return text

    return Linked(parameter, key, options[0] if usual is None else usual, read)


def whole_number(parameter: str, key: str, least: int, most: int, usual: int) -> Linked:
    """A control for a whole number from `least` to `most`."""

    def read(text: str) -> int:
        number = int(text) if text.isascii() and text.isdecimal() else least - 1
        if not least <= number <= most:
            raise ValueError(text)
        return number

    return Linked(parameter, key, usual, read)


def adopt(page: str, controls: Sequence[Linked]) -> None:
    """Set the controls to what the address says that a visitor has opened; before they are drawn.

    `page` tells the pages apart: each reads what its own address said last only once.
    """
    query = current_visit.query()
    if query == st.session_state.get(f"{_ADOPTED}_{page}"):
        return
    for control in controls:
        if control.parameter in query:
            try:
                st.session_state[control.key] = control.read(query[control.parameter])
            except ValueError:
                continue


def follow(page: str, controls: Sequence[Linked]) -> None:
    """Let the address say what the controls say, where that is not what they begin with.

    What only this visitor has, such as a network that they trained, no address can say.
    """
    query = {control.parameter: said for control in controls if (said := _said(control))}
    if current_visit.query() != query:
        current_visit.set_query(query)
    st.session_state[f"{_ADOPTED}_{page}"] = query


def _said(control: Linked) -> str:
    """What an address says of a control; empty for nothing."""
    value = st.session_state.get(control.key, control.usual)
    if value in (control.usual, None):
        return ""
    try:
        control.read(str(value))
    except ValueError:
        return ""
    return str(value)
