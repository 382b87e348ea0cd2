"""The section "One picture": its numbers, the networks' answers, and its nearest neighbours."""

import numpy as np
import streamlit as st

from mnist_core.exploration.neighbours import distances, smallest
from mnist_core.exploration.statistics import centres_of_mass
from pages.ui import charts
from pages.ui.charts.percent import percent
from pages.ui.components import browser
from pages.ui.components.image_grid import Pictures, image_grid
from pages.ui.elements import samples
from pages.ui.explore import gallery, session
from pages.ui.explore.close_up import close_up
from pages.ui.explore.parts import Part
from pages.ui.explore.session import Key
from pages.ui.visit import models, shared

ALIKE = 10


def show(part: Part) -> None:
    """Show everything about the gallery's chosen picture."""
    index = gallery.chosen_index(part)
    left, right = st.columns(2, gap="large")
    with left:
        st.session_state[Key.NUMBER] = index + 1
        st.number_input(
            "Picture number",
            1,
            len(part.dataset),
            key=Key.NUMBER,
            width=200,
            on_change=lambda: session.show_picture(part.half, st.session_state[Key.NUMBER] - 1),
        )
        close_up(part, index)
    with right:
        _show_as_input(part, index)
        _show_answers(part, index)
        with st.container(horizontal=True):
            if st.button("Read this on Draw", icon=":material/draw:"):
                shared.read_picture(part.dataset.images[index])
            if st.button("Follow it through a network", icon=":material/neurology:"):
                shared.follow_picture(part.half, index)
    _show_look_alikes(part, index)


def _show_as_input(part: Part, index: int) -> None:
    """Show the picture as the column of numbers that a network is given."""
    image = part.dataset.images[index]
    down, right = centres_of_mass(image[np.newaxis])[:, 0]
    st.markdown(
        f"**Picture → numbers → one column.** A network does not see a picture. It gets the "
        f"{image.size} grey values, row after row, in one column (a vector), each divided by 255."
    )
    st.image(
        charts.inked(image.reshape(1, -1).repeat(28, axis=0), browser.look()),
        width="stretch",
        caption=f"The column of {image.size} numbers, laid on its side",
        alt=f"The picture's {image.size} grey values side by side in one row",
    )
    st.caption(
        f"The middle of its ink (centre of mass) is {down + 1:.1f} rows down and {right + 1:.1f} "
        "columns across."
    )


def _show_answers(part: Part, index: int) -> None:
    """Show the answer of each network to the picture."""
    choices = models.offered(part.data)
    if not choices:
        models.say_none_fits(part.data)
        return
    image, label = part.dataset.images[index], int(part.dataset.labels[index])
    rows = []
    for choice in choices.values():
        chances = choice.model.network.probabilities(image[np.newaxis])[:, 0]
        best = int(chances.argmax())
        rows.append(
            {
                "Network": choice.title,
                "It says": part.class_names.name(best),
                "How sure": percent(chances[best]),
                "Correct": "yes" if best == label else f"no, it is {part.class_names.one(label)}",
            }
        )
    st.markdown("**What the networks say about it.**")
    st.dataframe(rows, hide_index=True)


def _show_look_alikes(part: Part, index: int) -> None:
    """Show the training pictures nearest to it, and the nearest of another class."""
    train, class_names = part.data.train, part.class_names
    image, label = part.dataset.images[index], int(part.dataset.labels[index])
    apart = distances(train.images, image[np.newaxis])[0]
    if part.half == "train":
        apart[index] = np.inf
    nearest = smallest(apart, min(ALIKE, len(apart) - 1)).indices
    other = smallest(np.where(train.labels == label, np.inf, apart), 1).indices
    alike = int(np.count_nonzero(train.labels[nearest] == label))
    st.subheader("Its look-alikes", anchor=False)
    st.markdown(
        f"Of the training pictures, these differ least from it, square by square (Euclidean "
        f"distance): {alike} of the {len(nearest)} are the same {class_names.kind}. The "
        f"last one is the nearest that is not {class_names.one(label)}. Pick one to look at it."
    )
    indices = np.append(nearest, other)
    shown = Pictures(
        title="The training pictures nearest to it; pick one to look at it",
        tiles=charts.inked(train.images[indices], browser.look()),
        names=samples.names(train.labels, indices, class_names, apart[indices]),
        columns=len(indices),
        narrowest=64,
    )
    image_grid(
        shown,
        key=Key.NEIGHBOURS,
        on_choose=lambda cell: session.show_picture("train", int(indices[cell])),
    )
    st.caption(
        "Distances: " + " · ".join(f"{far:,.0f}" for far in apart[indices]) + " grey values."
    )
