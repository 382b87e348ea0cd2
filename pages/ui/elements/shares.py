"""Shares of pictures in a table: percentages, each with as many decimals as the others."""

from typing import Any

import streamlit as st

UNKNOWN = "–"
"""What stands in a cell of which nothing is known (yet)."""


def in_percent(share: float | None) -> float | None:
    """What a table is given for a share, 0 to 1."""
    return None if share is None else 100 * share


def share_column(meaning: str | None = None) -> Any:
    """The column of such numbers; its head explains `meaning`."""
    return st.column_config.NumberColumn(format="%.2f%%", help=meaning)
