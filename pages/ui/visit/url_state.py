"""Keeps a page's address and its controls in step, so that what is seen can be passed on.

A page lists its controls, each with the parameter that stands for it. A link sets them as they
were; a parameter that the page does not know, or a value that a control does not have, changes
nothing.

Streamlit's own `bind="query-params"` does not serve here. It takes a widget's key as the name of
the parameter, and keys are the whole app's, while `section` is a parameter of four pages; it takes
the words on the page as the value, so that links would break with them; it takes a parameter away
while its widget is not drawn; and it knows no value that only this visitor has.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import streamlit as st

from pages.ui.visit import current

_WRITTEN = "linked_adopted"


@dataclass(frozen=True)
class QueryParam:
    """Pair a parameter of an address with the control that it stands for.

    Attributes:
        parameter: its name in an address.
        key: of the control.
        usual: the value that the control begins with, which an address need not say.
        parse: makes a value of a parameter's text, or raises `ValueError`.
        format: makes a text of a value.
    """

    parameter: str
    key: str
    usual: Any
    parse: Callable[[str], Any]
    format: Callable[[Any], str] = str


def titled(titles: Mapping[str, str]) -> Callable[[str], str]:
    """Make a `format_func` for options whose titles on the page are others than in addresses."""
    return lambda option: titles.get(option, option)


def one_of(
    parameter: str, key: str, options: Sequence[str], usual: str | None = None
) -> QueryParam:
    """Describe a control of texts, which begins with the first unless another is `usual`."""
    return named(parameter, key, {option: option for option in options}, usual or options[0])


def named(parameter: str, key: str, options: Mapping[str, Any], usual: Any) -> QueryParam:
    """Describe a control by the names that its values have in an address; others are left out."""

    def parse(text: str) -> Any:
        if text not in options:
            raise ValueError(text)
        return options[text]

    def name_of(value: Any) -> str:
        return next((text for text, option in options.items() if option == value), "")

    return QueryParam(parameter, key, usual, parse, name_of)


def whole_number(parameter: str, key: str, least: int, most: int, usual: int) -> QueryParam:
    """Describe a control for a whole number from `least` to `most`."""

    def parse(text: str) -> int:
        number = int(text) if text.isascii() and text.isdecimal() else least - 1
        if not least <= number <= most:
            raise ValueError(text)
        return number

    return QueryParam(parameter, key, usual, parse)


def read_url(page: str, controls: Sequence[QueryParam]) -> None:
    """Set the controls to the values in an address that a visitor has opened; before drawing them.

    Args:
        page: tells pages apart: each ignores the address that it wrote last.
        controls: of the page.
    """
    query = current.query()
    if query == st.session_state.get(f"{_WRITTEN}_{page}"):
        return
    for control in controls:
        if control.parameter in query:
            with suppress(ValueError):
                st.session_state[control.key] = control.parse(query[control.parameter])


def write_url(page: str, controls: Sequence[QueryParam], keep: Sequence[str] = ()) -> None:
    """Write the values of the controls into the address; of other parameters keep those in `keep`.

    Args:
        page: see `read_url`.
        controls: of the page.
        keep: names of parameters that stay as they are.
    """
    query = {name: text for name, text in current.query().items() if name in keep}
    query |= query_of(controls)
    if current.query() != query:
        current.set_query(query)
    st.session_state[f"{_WRITTEN}_{page}"] = query


def query_of(controls: Sequence[QueryParam]) -> dict[str, str]:
    """Get the parameters that stand for the controls' values, where these are not the usual ones.

    A value that only this visitor has, such as a network that they trained, is left out.
    """
    query = {}
    for control in controls:
        value = st.session_state.get(control.key, control.usual)
        if value not in (control.usual, None):
            text = control.format(value)
            with suppress(ValueError):
                control.parse(text)
                query[control.parameter] = text
    return query
