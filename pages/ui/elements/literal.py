"""The escaping of names from visitors, where a text may contain markup."""

import html
import re

MARKS = re.compile(r"([\\`*_\[\]<>$~#|]|:(?=\w))")


def in_markdown(name: str) -> str:
    """Escape a name for Streamlit's headings, sentences and labels, which are Markdown."""
    return MARKS.sub(r"\\\1", name)


def in_chart(name: str) -> str:
    """Escape a name for the texts of a Plotly chart, which know some HTML."""
    return html.escape(name, quote=False)
