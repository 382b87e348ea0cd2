"""Bringing pictures of one's own: what their files were taken for, and what only a person knows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeAlias

import numpy as np
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from mnist_core.arrays import Pixels
from mnist_core.data import LONGEST_NAME, Choices, Collection, Data
from mnist_core.data.assembly import as_chosen, assemble
from mnist_core.data.choices import FRAMINGS, Framing
from mnist_core.data.exports import predictions_csv
from mnist_core.data.recognition import LARGEST
from mnist_core.errors import LabError
from mnist_core.training.model import Model
from pages.ui import charts
from pages.ui.components import browser
from pages.ui.components.fresh_keys import fresh_key, renew
from pages.ui.elements.literal import in_markdown
from pages.ui.explore.session import Key
from pages.ui.frame import error_boundary, notices
from pages.ui.visit import data_sets, log_lines, models, uploaded
from pages.ui.visit.long_work import LateBar

Control: TypeAlias = Callable[[str], str]
"""Returns the key of a control by its name: another key for other files."""

LARGEST_FILE = LARGEST >> 20
"""MiB that one file may have."""

SHOWN = 8
"""Pictures of each class in the preview."""

NAMED_FILES = 4
"""Files that were passed over and are named; of more there is the number."""

TURNS = ("As they are", "Turned right", "Upside down", "Turned left")
"""By the quarter turns, clockwise, that put the pictures upright."""

FORMS = """
- **Tables** (`.csv`): a label and the pixels in each row, as Kaggle has them.
- **Pictures**: a zip with a folder for each class, or single files whose names begin with the
  class, such as `7_12.png`. PNG, JPEG, WebP or BMP.
- **Arrays** of NumPy (`.npz`, `.npy`), as Keras, MedMNIST, KMNIST and Quick, Draw! have them.
- **IDX files**, as MNIST and EMNIST have them.

Each may be packed with gzip. Leave your choice to the lab: it looks into the files.
"""


@dataclass(frozen=True)
class Found:
    """What was found in the files of these identities."""

    files: tuple[str, ...]
    collection: Collection


def offer() -> bool:
    """Offer to bring pictures; returns whether the button was pressed just now."""
    return st.button("Bring your own pictures", icon=":material/upload_file:", on_click=_forget)


def ask() -> None:
    """Open the dialog for pictures of one's own."""
    dialog = st.dialog("Bring your own pictures", width="large", on_dismiss=_forget)
    dialog(error_boundary.fragment(form))()


def _forget() -> None:
    """Give the memory back of what was found, and empty the control for files."""
    st.session_state.pop(Key.FOUND, None)
    renew(Key.BRINGING)


def form() -> None:
    """Ask for files, then for what they leave open, and take the pictures."""
    st.markdown("Only you can see them, for as long as this visit lasts.")
    files = st.file_uploader(
        "A table, a zip of pictures, arrays or IDX files: one, or several that belong together",
        accept_multiple_files=True,
        max_upload_size=LARGEST_FILE,
        key=fresh_key(Key.BRINGING),
        help=FORMS,
    )
    found = _found(files) if files else None
    if found is None:
        return
    collection = found.collection
    st.markdown(f":material/check: {in_markdown(collection.taken_for)}")
    _tell_passed_over(collection.passed_over)
    control = partial(fresh_key, Key.BRINGING, *found.files)
    choices = _ask_how_they_lie(collection, control)
    if collection.unlabelled is not None:
        st.markdown(
            f"{len(collection.unlabelled):,} pictures have no labels. "
            + (
                "A network can read them:"
                if collection.train is None
                else "Once you have trained a network, bring their file alone, and it reads them."
            )
        )
    if collection.train is None:
        assert collection.unlabelled is not None
        _offer_predictions(collection.unlabelled, choices)
        return
    name = st.text_input(
        "What is the collection called?",
        collection.name[:LONGEST_NAME],
        key=control("name"),
        max_chars=LONGEST_NAME,
    )
    choices = replace(choices, class_names=_ask_classes(collection, choices, control))
    if collection.test is None:
        choices = replace(choices, test_share=_ask_share(collection, control))
    if st.button(
        "Use these pictures", type="primary", icon=":material/check:", key=control("take")
    ):
        _take(files, collection, choices, (name or "").strip() or collection.name)


def _found(files: Sequence[UploadedFile]) -> Found | None:
    """Look into the files once; say why where nothing can be found in them."""
    names = tuple(file.file_id for file in files)
    before: Found | None = st.session_state.get(Key.FOUND)
    if before is not None and before.files == names:
        return before
    bar = LateBar("Looking at the files …")
    try:
        collection = data_sets.read({file.name: file.getvalue() for file in files}, bar.tell)
    except LabError as error:
        log_lines.tell_refused("A data set")
        st.error(in_markdown(str(error)), icon=":material/folder_off:")
        return None
    finally:
        bar.leave()
    found = st.session_state[Key.FOUND] = Found(names, collection)
    return found


def _tell_passed_over(files: Sequence[str]) -> None:
    if not files:
        return
    more = f" And {len(files) - NAMED_FILES:,} more." if len(files) > NAMED_FILES else ""
    st.caption("Not used: " + in_markdown("; ".join(files[:NAMED_FILES])) + "." + more)


def _ask_how_they_lie(collection: Collection, control: Control) -> Choices:
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
    framing: Framing = st.segmented_control(
        "How large do they become?",
        _framings(collection),
        default=proposed.framing,
        required=True,
        format_func=partial(_framing_title, collection),
        key=control("framing"),
    )
    if collection.reasons:
        st.caption(" ".join(map(in_markdown, collection.reasons.values())))
    return replace(proposed, quarter_turns=turns, mirror=mirror, invert=invert, framing=framing)


def _framings(collection: Collection) -> list[Framing]:
    """List what can become of the pictures; those of one size already need not be scaled."""
    scaled = _size(collection) == (28, 28)
    return [framing for framing in FRAMINGS if not (scaled and framing == "resized")]


def _framing_title(collection: Collection, framing: Framing) -> str:
    return {
        "as found": f"As they are, {_in_words(_size(collection))}",
        "resized": "Scaled to 28 × 28",
        "centred": "Centered as drawings are, 28 × 28",
    }[framing]


def _size(collection: Collection) -> tuple[int, int]:
    """Return the height and width of the pictures, in pixels."""
    images = collection.unlabelled if collection.train is None else collection.train.images
    assert images is not None
    return images.shape[1], images.shape[2]


def _in_words(size: tuple[int, ...]) -> str:
    """Write a height and a width, in pixels."""
    return " × ".join(map(str, size))


def _ask_classes(
    collection: Collection, choices: Choices, control: Control
) -> dict[str, str | None]:
    """Show the first pictures of each class, and ask what it is called and whether it is used."""
    counts = _counts(collection)
    rows = [
        {
            "Pictures": _preview(images, choices),
            "Class": name,
            "How many": count,
            "Name": name,
            "Use": True,
        }
        for (name, images), count in zip(
            collection.first_of_each_class(SHOWN).items(), counts, strict=True
        )
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


def _preview(images: Pixels, choices: Choices) -> str:
    tiles = charts.inked(as_chosen(images, choices), browser.look())
    return charts.data_url(charts.montage(tiles, SHOWN))


def _ask_share(collection: Collection, control: Control) -> float:
    percent: int = st.slider(
        "How much is set aside for the final exam (test set)?",
        5,
        50,
        round(100 * collection.proposed.test_share),
        format="%d%%",
        key=control("share"),
        help="Of each class. The network never learns from these pictures.",
    )
    return percent / 100


def _take(
    files: Sequence[UploadedFile], collection: Collection, choices: Choices, name: str
) -> None:
    """Make the data set, choose it for all pages, and close the dialog."""
    bar = LateBar("Getting the pictures ready …")
    try:
        data = assemble(collection, choices, name, bar.tell)
        data_sets.take(data)
    except LabError as error:
        log_lines.tell_refused("A data set")
        st.error(in_markdown(str(error)), icon=":material/folder_off:")
        return
    finally:
        bar.leave()
    for file in files:
        uploaded.forget(file)
    _forget()
    notices.flash(
        f"{data.name}: {len(data.train):,} training pictures, {len(data.test):,} test pictures.",
        ":material/folder_open:",
    )
    st.rerun()


def _offer_predictions(images: Pixels, choices: Choices) -> None:
    """Offer what a network reads in pictures without labels, as a table."""
    st.image(_preview(images[:SHOWN], choices), alt="The first pictures")
    data = data_sets.current()
    networks = models.offered(data)
    if not networks:
        models.say_none_fits(data)
        return
    choice = models.choose("Which network reads them?", networks, Key.READER, "conv")
    size, read = as_chosen(images[:1], choices).shape[1:], data.train.images.shape[1:]
    if size != read:
        st.info(f"It reads {_in_words(read)} pixels: choose another size above.")
        return
    st.download_button(
        "Predictions (.csv)",
        partial(predictions, choice.model, data, images, choices),
        "predictions.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
    )


def predictions(model: Model, data: Data, images: Pixels, choices: Choices) -> str:
    """Write the class that a network reads in each picture."""
    answers = model.predict(as_chosen(images, choices))
    return predictions_csv([data.class_names[answer] for answer in answers])
