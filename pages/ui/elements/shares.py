"""Fractions in a table, as percentages with the same number of decimals."""

from typing import Any

import streamlit as st

UNKNOWN = "–"
"""The text of a cell without a value (yet)."""


def in_percent(share: float | None) -> float | None:
    """Convert a fraction, 0 to 1, to the percentage that a table is given."""
    return None if share is None else 100 * share


def share_column(meaning: str | None = None) -> Any:
    """Configure a column of percentages; its head explains `meaning`."""
    return st.column_config.NumberColumn(format="%.2f%%", help=meaning)
