"""A gallery of pictures in pages, one of which is chosen.

A gallery shows `count` pictures and keeps a single number under its key: the index of the chosen
one. The page that is shown is the one with that picture.
"""

from collections.abc import Callable

import streamlit as st

from pages.ui.components.image_grid import Pictures, image_grid

FEW_PAGES = 9
"""Up to this many pages, buttons for all of them suffice."""


def gallery(
    key: str,
    count: int,
    a_page: int,
    pictures: Callable[[range], Pictures],
    *,
    reveals: str = "",
) -> int:
    """Show the page of the gallery that the chosen picture is on.

    Args:
        key: the key of the choice in the session state, from a session module.
        count: the number of pictures, at least one.
        a_page: the number of pictures on a page.
        pictures: builds the grid's content for a range of indices.
        reveals: the key of a container that shows the chosen picture.

    Returns:
        The index of the chosen picture.
    """
    places = page(key, count, a_page)
    place = _chosen(key, count)
    image_grid(
        pictures(places),
        key=f"{key}_grid",
        chosen=place - places.start,
        on_choose=lambda cell: choose(key, places.start + cell),
        reveals=reveals,
    )
    return place


def page(key: str, count: int, a_page: int) -> range:
    """Ask for a page, if there are several; return the indices of its pictures."""
    place = _chosen(key, count)
    pages = -(-count // a_page)
    if pages > 1:
        _pager(key, place // a_page + 1, pages, a_page)
    first = place - place % a_page
    return range(first, min(first + a_page, count))


def _chosen(key: str, count: int) -> int:
    return min(int(st.session_state.get(key, 0)), count - 1)


def choose(key: str, place: int) -> None:
    """Choose a picture of the gallery under `key` by its index."""
    st.session_state[key] = place


def _pager(key: str, page: int, pages: int, a_page: int) -> None:
    """Ask for a page by buttons and, if there are many, by its number."""
    buttons, number = f"{key}_page", f"{key}_page_number"
    st.session_state[buttons] = page

    def turn_to(control: str) -> None:
        choose(key, (st.session_state[control] - 1) * a_page)

    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.pagination(
            pages,
            max_visible_pages=5,
            width="stretch",
            key=buttons,
            on_change=turn_to,
            args=(buttons,),
        )
        if pages > FEW_PAGES:
            st.session_state[number] = page
            st.number_input(
                "Go to page",
                1,
                pages,
                key=number,
                width=150,
                on_change=turn_to,
                args=(number,),
            )
