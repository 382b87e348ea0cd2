"""A table of figures, each with the digits that it is given."""

from collections.abc import Mapping, Sequence

import streamlit as st

from pages.ui.figures import MOST_DIGITS


def figure_table(rows: Sequence[Mapping[str, str | float]]) -> None:
    """Show rows of texts, whole numbers and rounded numbers, the latter as they were rounded."""
    column = st.column_config.NumberColumn(format=f"%.{MOST_DIGITS}g")
    rounded = [name for name, value in rows[0].items() if isinstance(value, float)]
    st.dataframe(
        rows, hide_index=True, height="content", column_config=dict.fromkeys(rounded, column)
    )
