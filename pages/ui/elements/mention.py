"""A term in a sentence: touched, it says what it means."""

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
"""What the address of a term within a page begins with."""


def mention(term: Term, said: str = "") -> str:
    """Markdown for a sentence that speaks of a term.

    Args:
        term: of the glossary.
        said: how the sentence puts it; empty for the term itself.
    """
    return f"[{said or term}]({ANCHOR}{quote(term)})"
