"""The section "One picture": its numbers, the networks' answers, and its nearest neighbours."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from mnist_core.arrays import Indices
from mnist_core.data import Data
from mnist_core.exploration.neighbours import Neighbours, distances, smallest
from mnist_core.exploration.statistics import centres_of_mass
from pages.ui import charts
from pages.ui.charts.percent import percent
from pages.ui.components import browser
from pages.ui.components.image_grid import Pictures, image_grid
from pages.ui.elements import samples
from pages.ui.elements.vocabulary import Vocabulary
from pages.ui.explore import gallery, session
from pages.ui.explore.close_up import close_up
from pages.ui.explore.parts import Part
from pages.ui.explore.session import Key
from pages.ui.visit import models, shared

ALIKE = 10


def show(data: Data, part: Part, class_names: Vocabulary, ink: float) -> None:
    """Show everything about the gallery's chosen picture."""
    index = gallery.chosen_index(part)
    left, right = st.columns(2, gap="large")
    with left:
        _choose(part, index)
        close_up(part.dataset, index, class_names, ink)
    with right:
        _as_input(part, index)
        _said(data, part, index, class_names)
        _lead_on(part, index)
    _neighbours(data, part, index, class_names)


def _choose(part: Part, index: int) -> None:
    st.session_state[Key.NUMBER] = index + 1
    st.number_input(
        "Picture number",
        1,
        len(part.dataset),
        key=Key.NUMBER,
        width=200,
        on_change=lambda: session.show_picture(part.half, int(st.session_state[Key.NUMBER]) - 1),
    )


def _as_input(part: Part, index: int) -> None:
    """Show the picture as the column of numbers that a network is given."""
    image = part.dataset.images[index]
    look = browser.look()
    down, right = centres_of_mass(image[np.newaxis])[:, 0]
    st.markdown(
        f"**Picture → numbers → one column.** A network does not see a picture. It gets the "
        f"{image.size} grey values, row after row, in one column (a vector), each divided by 255."
    )
    column = charts.inked(image.reshape(1, 1, -1).repeat(28, axis=1), look)
    st.image(
        column[0],
        width="stretch",
        caption=f"The column of {image.size} numbers, laid on its side",
        alt=f"The picture's {image.size} grey values side by side in one row",
    )
    st.caption(
        f"The middle of its ink (centre of mass) is {down + 1:.1f} rows down and {right + 1:.1f} "
        "columns across."
    )


def _said(data: Data, part: Part, index: int, class_names: Vocabulary) -> None:
    """Show the answer of each network to the picture."""
    choices = models.offered(data)
    if not choices:
        models.say_none_fits(data)
        return
    image = part.dataset.images[index : index + 1]
    label = int(part.dataset.labels[index])
    rows = []
    for choice in choices.values():
        chances = choice.model.network.probabilities(image)[:, 0]
        best = int(chances.argmax())
        rows.append(
            {
                "Network": choice.title,
                "It says": class_names.name(best),
                "How sure": percent(chances[best]),
                "Correct": "yes" if best == label else f"no, it is {class_names.one(label)}",
            }
        )
    st.markdown("**What the networks say about it.**")
    st.dataframe(rows, hide_index=True)


def _lead_on(part: Part, index: int) -> None:
    with st.container(horizontal=True):
        if st.button("Read this on Draw", icon=":material/draw:"):
            shared.read_picture(part.dataset.images[index])
        if st.button("Follow it through a network", icon=":material/neurology:"):
            shared.follow_picture(part.half, index)


def _neighbours(data: Data, part: Part, index: int, class_names: Vocabulary) -> None:
    """Show the training pictures nearest to it, and the nearest of another class."""
    image, label = part.dataset.images[index], int(part.dataset.labels[index])
    apart = distances(data.train.images, image[np.newaxis])[0]
    if part.half == "train":
        apart[index] = np.inf
    nearest = smallest(apart, min(ALIKE, len(apart) - 1))
    others = np.where(data.train.labels == label, np.inf, apart)
    other = smallest(others, 1)
    st.subheader("Its look-alikes", anchor=False)
    alike = int(np.count_nonzero(data.train.labels[nearest.indices] == label))
    st.markdown(
        f"Of the training pictures, these differ least from it, square by square (Euclidean "
        f"distance): {alike} of the {len(nearest.indices)} are the same {class_names.kind}. The "
        f"last one is the nearest that is not {class_names.one(label)}. Pick one to look at it."
    )
    _grid(data, np.append(nearest.indices, other.indices), (nearest, other), class_names)


def _grid(
    data: Data, indices: Indices, groups: Sequence[Neighbours], class_names: Vocabulary
) -> None:
    apart = np.concatenate([group.distances for group in groups])
    image_grid(
        Pictures(
            title="The training pictures nearest to it; pick one to look at it",
            tiles=charts.inked(data.train.images[indices], browser.look()),
            names=samples.names_with_distances(
                data.train.labels, indices, class_names, apart.tolist()
            ),
            columns=len(indices),
            narrowest=64,
        ),
        key=Key.NEIGHBOURS,
        on_choose=lambda cell: session.show_picture("train", int(indices[cell])),
    )
    st.caption(
        "Distances: " + " · ".join(f"{distance:,.0f}" for distance in apart) + " grey values."
    )
