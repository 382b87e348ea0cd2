"""Names that visitors give, shown as they were typed where text may carry marks of a language."""

import html
import re

MARKS = re.compile(r"([\\`*_\[\]<>$~#|]|:(?=\w))")


def in_markdown(name: str) -> str:
    """A name for Streamlit's headings, sentences and labels, which are Markdown."""
    return MARKS.sub(r"\\\1", name)


def in_chart(name: str) -> str:
    """A name for the texts of a Plotly chart, which know some HTML."""
    return html.escape(name, quote=False)
