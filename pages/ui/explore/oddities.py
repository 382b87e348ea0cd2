"""The section "Look-alikes and oddities": pairs, typicality, duplicates, doubtful labels.

Each kind has an identity beside its title, because one title depends on the data set.
"""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from mnist_core.arrays import Floats
from mnist_core.data import Data, Half
from pages.ui import charts
from pages.ui.charts.percent import percent
from pages.ui.components import browser
from pages.ui.components.image_grid import Pictures, image_grid
from pages.ui.elements import samples, widgets
from pages.ui.elements.answered import answered
from pages.ui.elements.mention import mention
from pages.ui.explore import computed, session
from pages.ui.explore.parts import Part
from pages.ui.explore.session import Key
from pages.ui.visit import models
from pages.ui.visit.models import NetworkChoice

PICTURES: dict[Half, str] = {"train": "training pictures", "test": "test pictures"}

NEAR, USUAL, DOUBTFUL, TWICE = "near", "usual", "doubtful", "twice"
TITLES = {
    NEAR: "Alike, but not the same {kind}",
    USUAL: "Most typical, most unusual",
    DOUBTFUL: "Wrongly labelled?",
    TWICE: "Any duplicates?",
}


def show(part: Part) -> None:
    """Show one kind of oddity, so that the others need not be computed."""
    kind = widgets.choose_one(
        "What to look for",
        list(TITLES),
        format_func=lambda kind: TITLES[kind].format(kind=part.class_names.kind),
        key=Key.ODDITY,
    )
    {NEAR: _near, USUAL: _usual, DOUBTFUL: _doubtful, TWICE: _twice}[kind](part)


def _near(part: Part) -> None:
    """Show the nearest pairs of pictures of different classes."""
    pairs, class_names = computed.nearest_pairs(part.data, part.half), part.class_names
    if not pairs:
        st.markdown(f"All pictures are of the same {class_names.kind}.")
        return
    st.markdown(
        f"Of all pairs of {PICTURES[part.half]} that are **not** the same {class_names.kind}, "
        f"these {len(pairs)} differ least, square by square (no picture is shown twice). They "
        "stand side by side, the nearest pair first. Pick one to look at it."
    )
    labels = part.dataset.labels
    indices = np.array([(pair.first, pair.second) for pair in pairs]).ravel()
    apart = np.repeat([pair.distance for pair in pairs], 2)
    names = samples.names(labels, indices, class_names, apart)
    _show_grid("Pairs of look-alikes", part.data, part.half, indices.tolist(), names)
    one, other = (class_names.one(int(labels[index])) for index in indices[:2])
    usual = computed.usual_distance(part.data, part.half)
    st.caption(
        f"The nearest pair of all: {one} and {other}, {apart[0]:,.0f} grey values apart. Two "
        f"pictures picked at random are {usual:,.0f} apart on average."
    )


def _usual(part: Part) -> None:
    """Show the most typical and the most unusual pictures of a class."""
    class_names = part.class_names
    label: int = st.pills(
        f"Which {class_names.kind}?",
        range(part.data.train.classes),
        format_func=class_names.name,
        default=0,
        required=True,
        wrap=True,
        key=Key.ODD_CLASS,
        persist_state="session",
    )
    extremes = computed.usual_and_odd(part.data, part.half, label)
    if not len(extremes.usual.indices):
        st.info(f"There is no {class_names.name(label)} among these pictures.")
        return
    for title, found in (
        ("Most typical: nearest to the average", extremes.usual),
        ("Most unusual: farthest from it", extremes.odd),
    ):
        st.markdown(f"**{title}**")
        names = samples.names(part.dataset.labels, found.indices, class_names)
        _show_grid(title, part.data, part.half, found.indices.tolist(), names)


def _doubtful(part: Part) -> None:
    """Show the labels that networks and neighbours doubt, and the evidence for the first ten."""
    name, kind, total = part.class_names.name, PICTURES[part.half], len(part.dataset)
    judges: list[NetworkChoice] = []  # the lab's networks have learned no labels of the test half
    if part.half == "test":
        judges = [choice for choice in models.offered(part.data).values() if choice.is_the_labs]
    opinions = _opinions(part.data, part.half, judges)
    suspects = computed.doubtful(part.data, part.half, opinions) if opinions else []
    st.markdown(f"Who says that every {mention('label')} is right? {_in_words(part.half, judges)}")
    if not suspects:
        st.info(f"They doubt none of the labels of these {total:,} pictures.")
        return
    st.markdown(
        f"**The most doubtful labels of the {total:,} {kind}: {len(suspects)}.** Pick one to look "
        "at it. Some labels are wrong, and some pictures no one could read."
    )
    names = [
        f"picture {suspect.index + 1:,}: labelled {name(suspect.label)}, perhaps "
        f"{name(suspect.instead)}"
        for suspect in suspects
    ]
    title = f"{kind.capitalize()} with a doubtful label"
    indices = [suspect.index for suspect in suspects]
    _show_grid(title, part.data, part.half, indices, names, columns=20)
    st.markdown("**The evidence for the first of them**")
    judged = [f"{choice.title} says" for choice in judges] or ["a small network says"]
    rows = []
    for suspect in suspects[:10]:
        answers = zip([*judged, "neighbours say"], map(name, suspect.opinions), strict=True)
        rows.append(
            {
                "picture": suspect.index + 1,
                "labelled": name(suspect.label),
                **dict(answers),
                "probability of its label": percent(suspect.confidence),
            }
        )
    st.dataframe(rows, hide_index=True)


def _opinions(data: Data, half: Half, judges: Sequence[NetworkChoice]) -> list[Floats]:
    """Compute the probabilities that each judge gives a half, `(classes, n)`.

    Without such a network, small ones are trained that have not learned its labels; a single
    picture is too few for that.
    """
    if half == "train":
        return [computed.held_out(data)] if len(data.train) > 1 else []
    everyone = np.arange(len(data.test))
    asked = [answered(choice, data, half, everyone).probabilities for choice in judges]
    return asked or [computed.small_opinion(data)]


def _in_words(half: Half, judges: Sequence[NetworkChoice]) -> str:
    """Describe the networks that judge the labels of a half."""
    if half == "train":
        return (
            "A network may have memorized the labels it learned from, wrong ones too. So each "
            "training picture is judged by a small network that was briefly trained on others only "
            "(cross-validation), and by the ten nearest other training pictures."
        )
    networks = "the lab's networks" if judges else "a small network that was briefly trained"
    return (
        f"The test pictures are judged by {networks}, and by the ten nearest training pictures. "
        "No network has learned from the test pictures."
    )


def _twice(part: Part) -> None:
    """Show the training pictures that occur more than once."""
    data = part.data
    groups, total = computed.doubles(data), len(data.train) + len(data.test)
    if not groups:
        st.markdown(
            f"**No picture occurs twice** among these {total:,}. That matters: a network that has "
            "learned a test picture by heart would score better than it deserves."
        )
        return
    across = sum(len({half for half, _ in group}) > 1 for group in groups)
    st.markdown(
        f"**{len(groups):,} pictures occur more than once** among these {total:,}; {across:,} of "
        "them are in both halves, so an exam may ask for what was learned by heart."
    )
    indices = [index for ((half, index), *_) in groups if half == 0][:60]
    if indices:
        names = [f"picture {index + 1:,}" for index in indices]
        _show_grid("Pictures that occur twice", data, "train", indices, names)


def _show_grid(
    title: str, data: Data, half: Half, indices: list[int], names: list[str], columns: int = 12
) -> None:
    """Show pictures to choose from, and a button that opens all of them in the gallery."""
    pictures = Pictures(
        title=f"{title}; pick one to look at it",
        tiles=charts.inked(data.half(half).images[indices], browser.look()),
        names=names,
        columns=columns,
        narrowest=40,
    )
    key = f"explore_odd_{title}"
    image_grid(pictures, key=key, on_choose=lambda cell: session.show_picture(half, indices[cell]))
    st.button(
        "Leaf through them in the gallery",
        icon=":material/grid_view:",
        key=f"{key}_open",
        on_click=session.select,
        args=(f"from “{title}”", half, list(dict.fromkeys(indices))),
    )
