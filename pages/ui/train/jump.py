"""A way to another part of the page, which looks like a button: where the page is one column, the
parts are far from each other."""

import streamlit as st

CSS = """
.jump {
  display: block; padding: 0.45rem 0.75rem; text-align: center; font-size: 0.875rem;
  border: 1px solid color-mix(in srgb, currentcolor 25%, transparent); border-radius: 0.5rem;
}
a.jump, a.jump:hover { color: inherit; text-decoration: none; }
a.jump:hover { background: color-mix(in srgb, currentcolor 6%, transparent); }
@media (min-width: 640px) { .jump { display: none } }
"""


def jump(label: str, place: str) -> None:
    """Show the way to a place on the page, by the anchor that it has."""
    st.html(f'<style>{CSS}</style><a class="jump" href="#{place}">{label}</a>')
