"""The address of a page says what is seen on it, so that it can be passed on.

A page names its controls, each with the parameter that stands for it. Who opens a link finds them
as they were; what a link says and the page does not know changes nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from pages.ui.visit import current

_ADOPTED = "linked_adopted"


@dataclass(frozen=True)
class QueryParam:
    """A control, by its key, and the parameter that stands for it.

    `read` makes a parameter's text a value of the control, or raises `ValueError`; `say` makes a
    value such a text. `usual` is the value that the control begins with, which an address need not
    say.
    """

    parameter: str
    key: str
    usual: Any
    parse: Callable[[str], Any]
    format: Callable[[Any], str] = str


def titled(titles: Mapping[str, str]) -> Callable[[str], str]:
    """What a page calls an option: its `titles`, where it no longer uses the name that addresses
    keep."""
    return lambda option: titles.get(option, option)


def one_of(
    parameter: str, key: str, options: Sequence[str], usual: str | None = None
) -> QueryParam:
    """A control that offers some texts, and begins with the first unless another is `usual`."""
    first = options[0] if usual is None else usual
    return named(parameter, key, {option: option for option in options}, first)


def named(parameter: str, key: str, options: Mapping[str, Any], usual: Any) -> QueryParam:
    """A control whose values have names in an address; what has none, no address says."""

    def read(text: str) -> Any:
        if text not in options:
            raise ValueError(text)
        return options[text]

    def say(value: Any) -> str:
        return next((text for text, option in options.items() if option == value), "")

    return QueryParam(parameter, key, usual, read, say)


def whole_number(parameter: str, key: str, least: int, most: int, usual: int) -> QueryParam:
    """A control for a whole number from `least` to `most`."""

    def read(text: str) -> int:
        number = int(text) if text.isascii() and text.isdecimal() else least - 1
        if not least <= number <= most:
            raise ValueError(text)
        return number

    return QueryParam(parameter, key, usual, read)


def read_url(page: str, controls: Sequence[QueryParam]) -> None:
    """Set the controls to what the address says that a visitor has opened; before they are drawn.

    `page` tells the pages apart: each reads what its own address said last only once.
    """
    query = current.query()
    if query == st.session_state.get(f"{_ADOPTED}_{page}"):
        return
    for control in controls:
        if control.parameter in query:
            try:
                st.session_state[control.key] = control.parse(query[control.parameter])
            except ValueError:
                continue


def write_url(page: str, controls: Sequence[QueryParam], keep: Sequence[str] = ()) -> None:
    """Let the address say what the controls say; of other parameters it keeps those in `keep`."""
    query = {name: text for name, text in current.query().items() if name in keep}
    query |= query_of(controls)
    if current.query() != query:
        current.set_query(query)
    st.session_state[f"{_ADOPTED}_{page}"] = query


def query_of(controls: Sequence[QueryParam]) -> dict[str, str]:
    """The parameters that stand for what the controls say, where they do not begin with it.

    What only this visitor has, such as a network that they trained, no address can say.
    """
    return {control.parameter: text for control in controls if (text := _text_of(control))}


def _text_of(control: QueryParam) -> str:
    """What an address says of a control; empty for nothing."""
    value = st.session_state.get(control.key, control.usual)
    if value in (control.usual, None):
        return ""
    text = control.format(value)
    try:
        control.parse(text)
    except ValueError:
        return ""
    return text
