"""What only a person knows of pictures that were brought: how they lie, what their classes are."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

import numpy as np
import streamlit as st

from mnist_core.arrays import Pixels
from mnist_core.data import LONGEST_NAME, Choices, Collection
from mnist_core.data.assembly import as_chosen
from mnist_core.data.choices import Framing
from pages.ui import charts
from pages.ui.components import browser
from pages.ui.elements.literal import in_markdown

Control: TypeAlias = Callable[[str], str]
"""Returns the key of a control by its name: another key for other files."""

SHOWN = 5
"""Pictures of each class in the preview: as many as its column shows on a telephone."""

TURNS = ("As they are", "Turned right", "Upside down", "Turned left")
"""By the quarter turns, clockwise, that put the pictures upright."""


def ask_how_they_lie(collection: Collection, control: Control) -> Choices:
    """Ask how the pictures have to be turned, inverted and framed; say why something is so."""
    proposed = collection.proposed
    with st.container(horizontal=True, vertical_alignment="bottom"):
        turns = st.selectbox(
            "How do they have to be turned?",
            range(len(TURNS)),
            proposed.quarter_turns,
            format_func=TURNS.__getitem__,
            key=control("turns"),
            width=200,
        )
        mirror = st.toggle("Mirror left and right", proposed.mirror, key=control("mirror"))
        invert = st.toggle("Dark ink on light paper", proposed.invert, key=control("invert"))
    framings = _framings(collection)
    framing: Framing = st.segmented_control(
        "How large do they become?",
        list(framings),
        default=proposed.framing,
        required=True,
        format_func=framings.__getitem__,
        key=control("framing"),
    )
    if collection.reasons:
        st.caption(" ".join(map(in_markdown, collection.reasons.values())))
    return replace(proposed, quarter_turns=turns, mirror=mirror, invert=invert, framing=framing)


def _framings(collection: Collection) -> dict[Framing, str]:
    """Title what can become of the pictures; those of 28 by 28 pixels need not be scaled."""
    images = collection.unlabelled if collection.train is None else collection.train.images
    assert images is not None
    found: dict[Framing, str] = {"as found": f"As they are, {size_in_words(images)}"}
    if images.shape[1:] != (28, 28):
        found["resized"] = "Scaled to 28 × 28"
    found["centred"] = "Centred as drawings are, 28 × 28"
    return found


def size_in_words(images: Pixels) -> str:
    """Write the height and width of pictures `(n, height, width)`."""
    return " × ".join(map(str, images.shape[1:]))


def ask_what_they_are(collection: Collection, choices: Choices, control: Control) -> Choices:
    """Ask what the classes are called, and where there is no test set, how much becomes one."""
    choices = replace(choices, class_names=_ask_classes(collection, choices, control))
    if collection.test is not None:
        return choices
    percent: int = st.slider(
        "How much is set aside for the final exam (test set)?",
        5,
        50,
        round(100 * choices.test_share),
        format="%d%%",
        key=control("share"),
        help="Of each class. The network never learns from these pictures.",
    )
    return replace(choices, test_share=percent / 100)


def _ask_classes(
    collection: Collection, choices: Choices, control: Control
) -> dict[str, str | None]:
    """Show the first pictures of each class, and ask what it is called and whether it is used."""
    first = collection.first_of_each_class(SHOWN).items()
    rows = [
        {
            "Pictures": preview(images, choices),
            "Class": name,
            "How many": count,
            "Name": name,
            "Use": True,
        }
        for (name, images), count in zip(first, _counts(collection), strict=True)
    ]
    edited = st.data_editor(
        rows,
        column_config={
            "Pictures": st.column_config.ImageColumn(width="medium"),
            "Name": st.column_config.TextColumn(
                max_chars=LONGEST_NAME, help="Two classes of the same name become one."
            ),
            "Use": st.column_config.CheckboxColumn(width="small"),
        },
        disabled=("Pictures", "Class", "How many"),
        row_height=44,
        hide_index=True,
        key=control("classes"),
    )
    st.caption("Double-click a name to change it.")
    return chosen_names(edited)


def chosen_names(rows: Sequence[Mapping[str, Any]]) -> dict[str, str | None]:
    """Return the name of each class that was changed, or None where it is not used."""
    names = {
        row["Class"]: (row["Name"] or "").strip() or row["Class"] if row["Use"] else None
        for row in rows
    }
    return {found: name for found, name in names.items() if name != found}


def _counts(collection: Collection) -> list[int]:
    """Count the pictures of each class."""
    labels = [part.labels for part in (collection.train, collection.test) if part is not None]
    counts: list[int] = np.bincount(
        np.concatenate(labels), minlength=len(collection.class_names)
    ).tolist()
    return counts


def preview(images: Pixels, choices: Choices) -> str:
    """Draw the first `SHOWN` pictures as they will be, as the URL of an image."""
    tiles = charts.inked(as_chosen(images[:SHOWN], choices), browser.look())
    return charts.data_url(charts.montage(tiles, SHOWN))
