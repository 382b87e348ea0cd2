"""The section "Look-alikes and oddities": pairs, typicality, duplicates, doubtful labels.

Each kind has an identity beside its title, because one title depends on the data set.
"""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from mnist_core.arrays import Floats
from mnist_core.data import Data, Half
from mnist_core.exploration.label_errors import SuspectedLabel
from pages.ui import charts
from pages.ui.charts.percent import percent
from pages.ui.components import browser
from pages.ui.components.image_grid import Pictures, image_grid
from pages.ui.elements import samples, widgets
from pages.ui.elements.answered import answered
from pages.ui.elements.mention import mention
from pages.ui.elements.vocabulary import Vocabulary
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


def show(data: Data, part: Part, class_names: Vocabulary) -> None:
    """Show one kind of oddity, so that the others need not be computed."""
    kind = widgets.choose_one(
        "What to look for",
        list(TITLES),
        format_func=lambda kind: TITLES[kind].format(kind=class_names.kind),
        default=NEAR,
        key=Key.ODDITY,
    )
    if kind == NEAR:
        _near(data, part, class_names)
    elif kind == USUAL:
        _usual(data, part, class_names)
    elif kind == DOUBTFUL:
        _doubtful(data, part, class_names)
    else:
        _twice(data)


def _near(data: Data, part: Part, class_names: Vocabulary) -> None:
    pairs = computed.nearest_pairs(data, part.half)
    labels = part.dataset.labels
    if not pairs:
        st.markdown(f"All pictures are of the same {class_names.kind}.")
        return
    st.markdown(
        f"Of all pairs of {PICTURES[part.half]} that are **not** the same {class_names.kind}, "
        f"these {len(pairs)} differ least, square by square (no picture is shown twice). They "
        "stand side by side, the nearest pair first. Pick one to look at it."
    )
    indices = np.array([(pair.first, pair.second) for pair in pairs]).ravel()
    apart = [pair.distance for pair in pairs for _ in range(2)]
    names = samples.names_with_distances(labels, indices, class_names, apart)
    _grid("Pairs of look-alikes", data, part.half, indices.tolist(), names, columns=12)
    first = pairs[0]
    one, other = (class_names.one(int(labels[i])) for i in (first.first, first.second))
    usual = computed.usual_distance(data, part.half)
    st.caption(
        f"The nearest pair of all: {one} and {other}, {first.distance:,.0f} grey values apart. Two "
        f"pictures picked at random are {usual:,.0f} apart on average."
    )


def _usual(data: Data, part: Part, class_names: Vocabulary) -> None:
    label: int = st.pills(
        f"Which {class_names.kind}?",
        range(data.train.classes),
        format_func=class_names.name,
        default=0,
        required=True,
        wrap=True,
        key=Key.ODD_CLASS,
        persist_state="session",
    )
    extremes = computed.usual_and_odd(data, part.half, label)
    if not len(extremes.usual.indices):
        st.info(f"There is no {class_names.name(label)} among these pictures.")
        return
    for title, neighbours in (
        ("Most typical: nearest to the average", extremes.usual),
        ("Most unusual: farthest from it", extremes.odd),
    ):
        st.markdown(f"**{title}**")
        indices = neighbours.indices.tolist()
        names = samples.names(part.dataset.labels, neighbours.indices, class_names)
        _grid(title, data, part.half, indices, names, columns=12)


def _doubtful(data: Data, part: Part, class_names: Vocabulary) -> None:
    judges = _unbiased(data, part.half)
    opinions = _opinions(data, part.half, judges)
    suspects = computed.doubtful(data, part.half, opinions) if opinions else []
    st.markdown(f"Who says that every {mention('label')} is right? {_in_words(part.half, judges)}")
    if not suspects:
        st.info(f"They doubt none of the labels of these {len(part.dataset):,} pictures.")
        return
    st.markdown(
        f"**The most doubtful labels of the {len(part.dataset):,} {PICTURES[part.half]}: "
        f"{len(suspects)}.** Pick one to look at it. Some labels are wrong, and some pictures no "
        "one could read."
    )
    names = [
        f"picture {suspect.index + 1:,}: labelled {class_names.name(suspect.label)}, perhaps "
        f"{class_names.name(suspect.instead)}"
        for suspect in suspects
    ]
    indices = [suspect.index for suspect in suspects]
    title = f"{PICTURES[part.half].capitalize()} with a doubtful label"
    _grid(title, data, part.half, indices, names, columns=20)
    st.markdown("**The evidence for the first of them**")
    judged = [f"{choice.title} says" for choice in judges] or ["a small network says"]
    columns = [*judged, "neighbours say"]
    st.dataframe(
        [_evidence(suspect, columns, class_names) for suspect in suspects[:10]],
        hide_index=True,
    )


def _unbiased(data: Data, half: Half) -> list[NetworkChoice]:
    """Return the lab's networks that have not learned the labels of a half, if any."""
    if half == "train":
        return []
    return [choice for choice in models.offered(data).values() if choice.is_the_labs]


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


def _evidence(
    suspect: SuspectedLabel, names: list[str], class_names: Vocabulary
) -> dict[str, object]:
    opinions = {
        name: class_names.name(label) for name, label in zip(names, suspect.opinions, strict=True)
    }
    return {
        "picture": suspect.index + 1,
        "labelled": class_names.name(suspect.label),
        **opinions,
        "probability of its label": percent(suspect.confidence),
    }


def _twice(data: Data) -> None:
    groups = computed.doubles(data)
    total = len(data.train) + len(data.test)
    if not groups:
        st.markdown(
            f"**No picture occurs twice** among these {total:,}. That matters: a network that has "
            "learned a test picture by heart would score better than it deserves."
        )
        return
    across = sum(len({part for part, _ in group}) > 1 for group in groups)
    st.markdown(
        f"**{len(groups):,} pictures occur more than once** among these {total:,}; {across:,} of "
        "them are in both halves, so an exam may ask for what was learned by heart."
    )
    shown = [group[0] for group in groups if group[0][0] == 0][:60]
    indices = [index for _, index in shown]
    if indices:
        names = [f"picture {index + 1:,}" for index in indices]
        _grid("Pictures that occur twice", data, "train", indices, names, columns=12)


def _grid(
    title: str, data: Data, half: Half, indices: list[int], names: list[str], *, columns: int
) -> None:
    dataset = data.half(half)
    image_grid(
        Pictures(
            title=f"{title}; pick one to look at it",
            tiles=charts.inked(dataset.images[indices], browser.look()),
            names=names,
            columns=columns,
            narrowest=40,
        ),
        key=session.odd_key(title),
        on_choose=lambda cell: session.show_picture(half, indices[cell]),
    )
    st.button(
        "Leaf through them in the gallery",
        icon=":material/grid_view:",
        key=f"{session.odd_key(title)}_open",
        on_click=session.select,
        args=(f"from “{title}”", half, list(dict.fromkeys(indices))),
    )
