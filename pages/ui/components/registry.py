"""Registration of the lab's own components, whose script and style lie beside their module."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer


def load(
    name: str,
    module: str,
    html: str = "",
    *,
    shared: Sequence[str] = (),
    isolate_styles: bool = True,
) -> ComponentRenderer:
    """Register the component of a module, with the script and the style of the module's name.

    Args:
        name: the component's name for Streamlit.
        module: the `__file__` of the module.
        html: the component's elements; its script fills them.
        shared: scripts beside this module whose functions the component's own script calls.
        isolate_styles: True if the styles of page and component must not affect each other.
    """
    own = Path(module)
    return st.components.v2.component(
        name,
        html=html,
        css=beside(module, f"{own.stem}.css"),
        js=beside(__file__, *shared) + beside(module, f"{own.stem}.js"),
        isolate_styles=isolate_styles,
    )


def beside(module: str, *names: str) -> str:
    """Read files of these names that lie beside a module, one after the other."""
    return "".join(Path(module).with_name(name).read_text("utf-8") for name in names)
