"""The section "Gallery": the pictures, and beside them the chosen one as numbers."""

import numpy as np
import streamlit as st

from mnist_core.arrays import Indices
from pages.ui import charts
from pages.ui.components import browser
from pages.ui.components.gallery import gallery
from pages.ui.components.image_grid import Pictures, image_grid
from pages.ui.elements import samples, widgets
from pages.ui.explore import computed, session
from pages.ui.explore.close_up import close_up
from pages.ui.explore.parts import Part
from pages.ui.explore.session import EVERY_CLASS, Key
from pages.ui.frame import error_boundary

SIZES = {25: 5, 64: 8, 144: 12, 400: 20}
"""Columns by the number of pictures on a page."""


def show(part: Part) -> None:
    """Show the gallery, the number of pictures of each class, and their averages."""
    with st.container(key=Key.GALLERY):
        st.subheader("The gallery", anchor=False)
    _leaf_through(part)
    st.space("small")
    left, right = st.columns(2, gap="medium")
    summary, look = computed.summary(part.data, part.half), browser.look()
    with left:
        widgets.chart(charts.class_balance(summary.counts, part.class_names.all, look))
    with right:
        kind = part.class_names.kind
        st.subheader(f"The average of each {kind}", anchor=False)
        st.markdown(
            f"All pictures of a {kind} laid on top of each other: strong where most people put "
            "ink, blurred where they disagree. Pick one to see its pictures."
        )
        averages = Pictures(
            title=f"The average picture of each {kind}; pick one to see its pictures",
            tiles=charts.inked(summary.means, look),
            names=[f"the average {name}" for name in part.class_names.all],
            columns=5,
            narrowest=56,
        )
        image_grid(averages, key=Key.AVERAGES, on_choose=session.open_class, reveals=Key.GALLERY)


@error_boundary.fragment
def _leaf_through(part: Part) -> None:
    """Show the pages of the gallery, and the chosen picture close up."""
    order = _ask_order(part)
    if not len(order):
        wanted = part.class_names.name(st.session_state[Key.CLASS])
        st.info(f"There is no {wanted} among these pictures.")
        st.button("Show all pictures", on_click=session.open_class, args=(EVERY_CLASS,))
        return
    a_page = int(st.session_state.get(Key.PER_PAGE, 64))

    def pictures(places: range) -> Pictures:
        columns, indices = SIZES[a_page], order[places]
        return Pictures(
            title="Pictures of the collection; pick one to look at it closely",
            tiles=charts.inked(part.dataset.images[indices], browser.look()),
            names=samples.names(part.dataset.labels, indices, part.class_names),
            columns=columns,
            narrowest=32 if columns <= 8 else 20,
            file_name="pictures.png",
        )

    left, right = st.columns(2, gap="medium")
    with left:
        place = gallery(Key.CHOSEN, len(order), a_page, pictures, reveals=Key.CLOSE_UP)
    with right:
        close_up(part, int(order[place]))


def chosen_index(part: Part) -> int:
    """Return the index of the gallery's chosen picture; of an empty gallery, the part's first."""
    order = ordered(part)
    if not len(order):
        return int(part.indices[0])
    return int(order[min(int(st.session_state.get(Key.CHOSEN, 0)), len(order) - 1)])


def ordered(part: Part) -> Indices:
    """Return the indices of the gallery's pictures in their order."""
    selection = session.selection(part.half)
    if selection is not None:
        return np.array(selection.indices, np.intp)
    wanted = st.session_state.get(Key.CLASS, EVERY_CLASS)
    positions = samples.chosen(
        part.dataset.labels[part.indices],
        None if wanted == EVERY_CLASS else wanted,
        session.state().seed,
    )
    return part.indices[positions]


def _ask_order(part: Part) -> Indices:
    """Ask for class, order and number of pictures; return the indices of the pictures."""
    selection = session.selection(part.half)
    if selection is not None:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{len(selection.indices):,} pictures {selection.title}.**")
            st.button("Show all pictures", on_click=session.show_all)
        return ordered(part)
    name, seed = part.class_names.name, session.state().seed
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.pills(
            "Show",
            [EVERY_CLASS, *range(len(part.class_names.names))],
            format_func=lambda one: one if one == EVERY_CLASS else name(one),
            default=EVERY_CLASS,
            required=True,
            wrap=True,
            key=Key.CLASS,
            persist_state="session",
            on_change=session.restart_gallery,
        )
        st.selectbox(
            "Per page", SIZES, index=1, key=Key.PER_PAGE, persist_state="session", width=90
        )
        st.button(
            "Shuffle",
            icon=":material/shuffle:",
            on_click=session.order_gallery,
            args=(seed + 1,),
        )
        if seed:
            st.button(
                f"Original order (now seed {seed})",
                icon=":material/sort:",
                on_click=session.order_gallery,
                args=(0,),
            )
    return ordered(part)
