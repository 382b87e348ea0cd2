"""The drawings of each class, of which one can be picked and deleted."""

from collections.abc import Callable

import numpy as np
import streamlit as st

from mnist_core.drawn.drawing_set import Drawing, DrawingSet, DrawnClass
from pages.ui import charts
from pages.ui.components import browser, gallery
from pages.ui.components.english import counted, with_article
from pages.ui.components.image_grid import Pictures, image_grid
from pages.ui.elements import widgets
from pages.ui.elements.literal import in_markdown
from pages.ui.make.session import Key

CLASSES_A_PAGE = 6
MOST_SHOWN = 100
"""Most drawings of a class on the page: the newest."""

CLOSE_UP = 84
"""Pixels."""


def show(drawn: DrawingSet, which: str, delete: Callable[[int], None] | None) -> None:
    """Show the drawings of each class, the newest last, and offer to delete one.

    Args:
        drawn: the set.
        which: an identity of the set among those of the page.
        delete: deletes a drawing by its number; None where none can be deleted any more.
    """
    if delete is None:
        st.caption("The collection is finished: its drawings can no longer be deleted.")
    else:
        _picked(drawn, which, delete)
    for place in gallery.page(Key.ROWS.of(which), len(drawn.classes), CLASSES_A_PAGE):
        _row(drawn, drawn.classes[place], Key.CHOSEN.of(which), delete is not None)


def _row(drawn: DrawingSet, entry: DrawnClass, choice: str, deletable: bool) -> None:
    members = drawn.of(entry.key)
    st.markdown(f"**{in_markdown(entry.name)}**: {_count(len(members), drawn.wanted)}")
    if not members:
        return
    there_are = members[-MOST_SHOWN:]
    if len(members) > MOST_SHOWN:
        st.caption(f"The newest {MOST_SHOWN} of them:")
    chosen = st.session_state.get(choice)
    numbers = [drawing.number for drawing in there_are]
    to_delete = "; pick one to delete it" if deletable else ""
    image_grid(
        Pictures(
            title=f"Drawings of {entry.name}{to_delete}",
            tiles=charts.inked(np.stack([one.image for one in there_are]), browser.look()),
            names=[_name(entry, number) for number in numbers],
            columns=20,
            narrowest=36,
        ),
        key=Key.GRID.of(choice, entry.key),
        chosen=numbers.index(chosen) if chosen in numbers else None,
        on_choose=lambda place: _pick(choice, numbers[place]),
        reveals=Key.DRAWN if deletable else "",
    )


def _count(count: int, wanted: int) -> str:
    return f"{count} of {wanted}" if count < wanted else counted(count, "drawing")


def _name(entry: DrawnClass, number: int) -> str:
    return f"{with_article(entry.name)}, drawing {number}"


def _pick(choice: str, number: int) -> None:
    st.session_state[choice] = number


def _picked(drawn: DrawingSet, which: str, delete: Callable[[int], None]) -> None:
    """Show the picked drawing, with a button that deletes it."""
    with st.container(key=Key.DRAWN):
        picked: Drawing | None = drawn.drawing(st.session_state.get(Key.CHOSEN.of(which), 0))
        entry = drawn.class_of(picked.key) if picked else None
        if picked is None or entry is None:
            st.caption("Pick a drawing that went wrong to delete it.")
            return
        with st.container(horizontal=True, vertical_alignment="center"):
            tile = charts.inked(picked.image[np.newaxis], browser.look())[0]
            widgets.picture(tile, CLOSE_UP, _name(entry, picked.number))
            st.button(
                "Delete this one",
                icon=":material/delete:",
                key=Key.DELETE.of(which, picked.number),
                on_click=delete,
                args=(picked.number,),
            )
