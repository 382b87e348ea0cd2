"""A term in a sentence: a link that opens its entry of the glossary."""

from typing import Literal
from urllib.parse import quote

Term = Literal[
    "pixel",
    "label",
    "training, validation and test sets",
    "weight",
    "unit",
    "layer",
    "filter",
    "probability",
    "loss",
    "gradient",
    "learning rate",
    "batch",
    "epoch",
    "accuracy",
    "overfitting",
]
"""The terms of the glossary."""

ANCHOR = "#word-"
"""The beginning of a term's address within a page."""


def mention(term: Term, words: str = "") -> str:
    """Write a term as a link, in Markdown.

    Args:
        words: for it in the sentence; empty for the term itself.
    """
    return f"[{words or term}]({ANCHOR}{quote(term)})"
