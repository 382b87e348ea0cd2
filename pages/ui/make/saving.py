"""The controls that export, import and delete a set of drawings."""

from functools import partial

import streamlit as st

from mnist_core.drawn.drawing_file import LARGEST_FILE, from_json, to_json
from mnist_core.drawn.drawing_set import UNNAMED, DrawingSet
from mnist_core.errors import LabError
from mnist_core.files.names import file_stem
from pages.ui.components.english import counted
from pages.ui.components.fresh_keys import fresh_key, renew
from pages.ui.elements.literal import in_markdown
from pages.ui.frame import notices
from pages.ui.make import session
from pages.ui.make.session import Key
from pages.ui.visit import log_lines, uploaded


def export(drawn: DrawingSet) -> None:
    """Show a button that exports the set, and one that begins another."""
    with st.container(horizontal=True):
        count = counted(len(drawn.drawings), "drawing")
        export_button(
            drawn,
            f"Export {count}",
            Key.EXPORT,
            "Keep the file: imported here, the collection can be continued another day.",
        )
        with st.popover("Start another", icon=":material/delete_sweep:"):
            st.markdown(
                f"This deletes **{in_markdown(drawn.name)}** and its {count} from this page. "
                "Export it first to keep it."
            )
            st.button(
                "Delete it and start another",
                key=Key.EMPTY,
                on_click=session.begin_with,
                args=(DrawingSet(UNNAMED),),
            )


def export_button(drawn: DrawingSet, label: str, key: str, help: str | None = None) -> None:
    """Show a button that exports a set of drawings as a file."""
    st.download_button(
        label,
        partial(to_json, drawn),
        f"{file_stem(drawn.name)}.json",
        "application/json",
        icon=":material/download:",
        key=key,
        disabled=not drawn.drawings,
        on_click="ignore",
        help=help,
    )


def bring_back() -> None:
    """Import an exported set in place of the visitor's."""
    file = st.file_uploader(
        "Import drawings that were exported here",
        ["json"],
        max_upload_size=LARGEST_FILE >> 20,
        key=fresh_key(Key.IMPORT),
    )
    if file is None:
        return
    try:
        drawn = from_json(file.getvalue())
    except LabError as error:
        log_lines.tell_refused("A file")
        st.error(in_markdown(str(error)), icon=":material/broken_image:")
        return
    uploaded.forget(file)
    session.begin_with(drawn)
    renew(Key.IMPORT)
    notices.flash(
        f"{in_markdown(drawn.name)}: {counted(len(drawn.drawings), 'drawing')}.",
        ":material/folder_open:",
    )
    st.rerun()
