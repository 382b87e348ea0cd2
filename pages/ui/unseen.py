"""A place in the frame for scripts: it takes no room on the page."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

CSS = """<style>
  [data-testid=stLayoutWrapper]:has(> .st-key-{key}) {{ position: absolute; width: 0; }}
</style>"""


@contextmanager
def unseen(key: str) -> Iterator[None]:
    """What is shown within is there, and nobody sees it; `key` is the place's own."""
    with st.container(key=key):
        st.html(CSS.format(key=key))
        yield
