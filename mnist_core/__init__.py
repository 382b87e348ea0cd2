"""A neural network written from scratch in NumPy, and everything the lab does with it.

Nothing in this package draws: Streamlit and Plotly live in `pages/`.
"""

VERSION = "0.1.0"
"""The version of the lab; `pyproject.toml` reads it here."""
