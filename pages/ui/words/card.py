"""What a term means, with its number or picture: in the glossary, and where a sentence says it."""

import streamlit as st

from mnist_core.errors import LabError
from pages.ui import charts, data_sets, faults, widgets
from pages.ui.mention import ANCHOR
from pages.ui.train import session as train
from pages.ui.unseen import unseen
from pages.ui.words import session
from pages.ui.words.entries import TERMS
from pages.ui.words.entry import Entry, Scene

CSS = f"""<style>
a[href^="{ANCHOR}"] {{
  color: inherit !important;
  text-decoration: underline dotted !important;
  text-underline-offset: 0.2em;
}}
</style>"""

JS = f"""
export default function ({{ setTriggerValue }}) {{
  const ask = (hash) =>
    setTriggerValue("{session.ASKED}", decodeURIComponent(hash.slice({len(ANCHOR)})));
  document.removeEventListener("click", window.labWords, true);
  window.labWords = (event) => {{
    const term = event.target.closest?.("a[href^='{ANCHOR}']");
    if (!term) return;
    event.preventDefault();
    ask(term.hash);
  }};
  document.addEventListener("click", window.labWords, true);
  if (location.hash.startsWith("{ANCHOR}")) {{
    ask(location.hash);
    history.replaceState(history.state, "", location.pathname + location.search);
  }}
}}
"""
"""A term that was touched before this script was there stands at the end of the address."""

ZOOM = 4
WIDTH, WIDEST = 112, 340

_listener = st.components.v2.component("lab_mentions", js=JS)


def show_when_asked() -> None:
    """A card over the page, of the term in a sentence that the visitor has touched."""
    asked = widgets.when_reported(
        session.LISTENER,
        session.ASKED,
        lambda term: TERMS[term],
        lambda entry: st.session_state.update({session.CARD: entry.term}),
    )
    with unseen(session.MENTIONS):
        st.html(CSS)
        _listener(key=session.LISTENER, on_asked_change=asked)
    if (term := st.session_state.pop(session.CARD, None)) is not None:
        st.dialog(f"{term[0].upper()}{term[1:]}")(faults.fragment(tell))(TERMS[term])


def tell(entry: Entry) -> None:
    """What a term means, in the words of its entry, and what shows it."""
    st.markdown(f"**{entry.plain[0].upper()}{entry.plain[1:]}.** {entry.told}")
    try:
        found = entry.evidence(Scene(data_sets.current(), train.of_window().config))
    except LabError as error:
        st.caption(str(error))
        return
    if found is None:
        return
    st.markdown(found.told)
    if found.pictures is not None:
        count = len(found.pictures)
        st.image(
            charts.data_url(charts.montage(found.pictures, count, zoom=ZOOM)),
            width=min(WIDTH * count, WIDEST),
            alt=found.told,
        )
