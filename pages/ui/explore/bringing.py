"""Bringing pictures of one's own: a dialog says what their files were taken for, and takes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from mnist_core.data import LONGEST_NAME, Choices, Collection
from mnist_core.data.assembly import assemble
from mnist_core.data.recognition import LARGEST
from mnist_core.data.sources import named_apart
from mnist_core.errors import LabError
from pages.ui.components.fresh_keys import fresh_key, renew
from pages.ui.elements.literal import in_markdown
from pages.ui.explore import bringing_choices, unlabelled
from pages.ui.explore.session import Key
from pages.ui.frame import error_boundary, notices
from pages.ui.visit import data_sets, log_lines, uploaded
from pages.ui.visit.long_work import LateBar

LARGEST_FILE = LARGEST >> 20
"""MiB that one file may have."""

NAMED_FILES = 4
"""Files that were passed over and are named; of more there is the number."""

FORMS = """
- **Tables** (`.csv`): a label and the pixels in each row, as Kaggle has them.
- **Pictures**: a zip with a folder for each class, or single files whose names begin with the
  class, such as `7_12.png`. PNG, JPEG, WebP or BMP.
- **Arrays** of NumPy (`.npz`, `.npy`), as Keras, MedMNIST, KMNIST and Quick, Draw! have them.
- **IDX files**, as MNIST and EMNIST have them.

Each may be packed with gzip. Leave your choice to the lab: it looks into the files.
"""


@dataclass(eq=False)
class Dialog:
    """The files that an open dialog has looked into, and what it found in them.

    Only the fragment of the dialog holds it, so it goes with the dialog, or when another page is
    opened; its files go with it.
    """

    files: tuple[str, ...] = ()
    collection: Collection | None = None


def offer() -> bool:
    """Offer to bring pictures; returns whether the button was pressed just now."""
    return st.button(
        "Bring your own pictures",
        icon=":material/upload_file:",
        on_click=renew,
        args=(Key.BRINGING,),
    )


def ask() -> None:
    """Open the dialog for pictures of one's own."""
    dialog = st.dialog("Bring your own pictures", width="large", on_dismiss="rerun")
    dialog(error_boundary.fragment(form))(Dialog())


def form(dialog: Dialog) -> None:
    """Ask for files, then for what they leave open, and take the pictures."""
    st.markdown("Only you can see them, for as long as this visit lasts.")
    files = st.file_uploader(
        "A table, a zip of pictures, arrays or IDX files: one, or several that belong together",
        accept_multiple_files=True,
        max_upload_size=LARGEST_FILE,
        key=fresh_key(Key.BRINGING),
        help=FORMS,
    )
    collection = _found(dialog, files) if files else None
    if collection is None:
        return
    _tell(collection)
    control = partial(fresh_key, Key.BRINGING, *dialog.files)
    choices = bringing_choices.ask_how_they_lie(collection, control)
    _tell_unlabelled(collection)
    if collection.train is not None:
        _offer_to_take(collection, choices, control)
    elif collection.unlabelled is not None:
        unlabelled.offer_predictions(collection.unlabelled, choices)


def _found(dialog: Dialog, files: Sequence[UploadedFile]) -> Collection | None:
    """Look into the files once; say why where nothing can be found in them."""
    identities = tuple(file.file_id for file in files)
    if dialog.files == identities:
        return dialog.collection
    uploaded.forget_with(dialog, files)
    bar = LateBar("Looking at the files …")
    try:
        named = named_apart((file.name, file.getvalue()) for file in files)
        dialog.collection = data_sets.read(named, bar.tell)
    except LabError as error:
        log_lines.tell_refused("A data set")
        st.error(in_markdown(str(error)), icon=":material/folder_off:")
        return None
    finally:
        bar.leave()
    dialog.files = identities
    return dialog.collection


def _tell(collection: Collection) -> None:
    """Say what the files were taken for, and which of them are not used."""
    st.markdown(f":material/check: {in_markdown(collection.taken_for)}")
    files = collection.passed_over
    if files:
        more = f" And {len(files) - NAMED_FILES:,} more." if len(files) > NAMED_FILES else ""
        st.caption("Not used: " + in_markdown("; ".join(files[:NAMED_FILES])) + "." + more)


def _tell_unlabelled(collection: Collection) -> None:
    """Say what can be done with pictures without labels, if there are any."""
    if collection.unlabelled is None:
        return
    use = (
        "A network can read them:"
        if collection.train is None
        else "Once you have trained a network, bring their file alone, and it reads them."
    )
    st.markdown(f"{len(collection.unlabelled):,} pictures have no labels. {use}")


def _offer_to_take(
    collection: Collection, choices: Choices, control: bringing_choices.Control
) -> None:
    """Ask for the name and what the classes are, and take the pictures at the press of a button."""
    name = st.text_input(
        "What is the collection called?",
        collection.name[:LONGEST_NAME],
        key=control("name"),
        max_chars=LONGEST_NAME,
    )
    choices = bringing_choices.ask_what_they_are(collection, choices, control)
    if st.button(
        "Use these pictures", type="primary", icon=":material/check:", key=control("take")
    ):
        _take(collection, choices, (name or "").strip() or collection.name)


def _take(collection: Collection, choices: Choices, name: str) -> None:
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
    notices.flash(
        f"{in_markdown(data.name)}: {len(data.train):,} training pictures, "
        f"{len(data.test):,} test pictures.",
        ":material/folder_open:",
    )
    st.rerun()
