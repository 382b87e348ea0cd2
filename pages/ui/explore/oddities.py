"""Look-alikes and oddities: near pairs, usual and odd pictures, doubles, doubtful labels."""

import numpy as np
import streamlit as st

from mnist_core.data import Data
from mnist_core.exploration.suspects import Suspect
from pages.ui import charts, models, samples, widgets
from pages.ui.answered import answered
from pages.ui.explore import computed, session
from pages.ui.explore.parts import Part
from pages.ui.image_grid import Pictures, image_grid
from pages.ui.mention import mention
from pages.ui.vocabulary import Vocabulary
from pages.ui.widgets import Half

NEAR, USUAL, DOUBTFUL, TWICE = (
    "Nearly the same, not the same kind",
    "Most usual, most odd",
    "Wrongly labelled?",
    "Twice the same?",
)


def show(data: Data, part: Part, words: Vocabulary) -> None:
    """One kind of oddity at a time, so that only what is looked at is worked out."""
    kind = st.segmented_control(
        "What to look for",
        (NEAR, USUAL, DOUBTFUL, TWICE),
        default=NEAR,
        required=True,
        key=session.ODDITY,
        persist_state="session",
    )
    if kind == NEAR:
        _near(data, words)
    elif kind == USUAL:
        _usual(data, part, words)
    elif kind == DOUBTFUL:
        _doubtful(data, words)
    else:
        _twice(data)


def _near(data: Data, words: Vocabulary) -> None:
    pairs = computed.nearest_pairs(data)
    if not pairs:
        st.markdown("All pictures are of one kind.")
        return
    st.markdown(
        f"Of all pairs of training pictures that are **not** the same kind, these {len(pairs)} "
        "differ least, square by square (no picture is shown twice). They stand side by side, the "
        "nearest pair first. Touch one to look at it."
    )
    indices = np.array([(pair.first, pair.second) for pair in pairs]).ravel()
    apart = [pair.distance for pair in pairs for _ in range(2)]
    names = [
        f"{name}, distance {distance:,.0f}"
        for name, distance in zip(
            samples.names(data.train.labels, indices, words), apart, strict=True
        )
    ]
    _grid("Pairs of look-alikes", data, "train", indices.tolist(), names, columns=12)
    first = pairs[0]
    one, other = (words.one(int(data.train.labels[i])) for i in (first.first, first.second))
    usual = computed.usual_distance(data)
    st.caption(
        f"The nearest pair of all: {one} and {other}, {first.distance:,.0f} grey values apart. Two "
        f"pictures taken at random are {usual:,.0f} apart on average."
    )


def _usual(data: Data, part: Part, words: Vocabulary) -> None:
    label: int = st.pills(
        "Which kind?",
        range(data.train.classes),
        format_func=words.name,
        default=0,
        required=True,
        wrap=True,
        key=session.ODD_CLASS,
        persist_state="session",
    )
    found = computed.usual_and_odd(data, part.half, label)
    if not len(found.usual.indices):
        st.info(f"There is no {words.name(label)} among these pictures.")
        return
    for title, neighbours in (
        ("Most usual: nearest to the average", found.usual),
        ("Most odd: farthest from it", found.odd),
    ):
        st.markdown(f"**{title}**")
        indices = neighbours.indices.tolist()
        names = samples.names(part.dataset.labels, neighbours.indices, words)
        _grid(title, data, part.half, indices, names, columns=12)


def _doubtful(data: Data, words: Vocabulary) -> None:
    choices = models.offered(data)
    labs = [choice for choice in choices.values() if choice.is_the_labs]
    if not labs:
        models.say_none_fits(data)
        return
    asked = [answered(choice, data, "test", np.arange(len(data.test))) for choice in labs]
    found = computed.doubtful(data, tuple(answers.probabilities for answers in asked))
    st.markdown(
        f"Who says that every {mention('label')} is right? These {len(found)} test "
        "pictures are those whose label is doubted most, by the lab's networks and by the "
        "ten nearest training pictures. "
        "Touch one for the evidence. Some labels are wrong, and some pictures no one could read."
    )
    indices = [suspect.index for suspect in found]
    names = [
        f"picture {suspect.index + 1:,}: labelled {words.name(suspect.label)}, perhaps "
        f"{words.name(suspect.instead)}"
        for suspect in found
    ]
    _grid("Test pictures with a doubtful label", data, "test", indices, names, columns=20)
    st.markdown("**The ten most doubtful, with the evidence**")
    st.dataframe(
        [_evidence(suspect, [choice.title for choice in labs], words) for suspect in found[:10]],
        hide_index=True,
        column_config={"probability of its label": st.column_config.NumberColumn(format="percent")},
    )


def _evidence(suspect: Suspect, names: list[str], words: Vocabulary) -> dict[str, object]:
    said = {
        f"{name} says": words.name(label)
        for name, label in zip([*names, "neighbours"], suspect.opinions, strict=True)
    }
    return {
        "picture": suspect.index + 1,
        "labelled": words.name(suspect.label),
        **said,
        "probability of its label": suspect.confidence,
    }


def _twice(data: Data) -> None:
    groups = computed.doubles(data)
    total = len(data.train) + len(data.test)
    if not groups:
        st.markdown(
            f"**No picture occurs twice** among these {total:,}, neither within a part nor across. "
            "That matters: a network that has learnt a picture of the exam by heart would get too "
            "good a mark."
        )
        return
    across = sum(len({part for part, _ in group}) > 1 for group in groups)
    st.markdown(
        f"**{len(groups):,} pictures occur more than once** among these {total:,}; {across:,} of "
        "them are in both halves, so that an exam asks for what has been learnt by heart."
    )
    shown = [group[0] for group in groups if group[0][0] == 0][:60]
    indices = [index for _, index in shown]
    if indices:
        names = [f"picture {index + 1:,}" for index in indices]
        _grid("Pictures that occur twice", data, "train", indices, names, columns=12)


def _grid(
    title: str, data: Data, half: Half, indices: list[int], names: list[str], *, columns: int
) -> None:
    dataset = data.train if half == "train" else data.test
    image_grid(
        Pictures(
            title=f"{title}; choose one to look at it",
            tiles=charts.inked(dataset.images[indices], widgets.look()),
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
