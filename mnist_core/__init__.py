"""A neural network written from scratch in NumPy, and everything the lab does with it.

Nothing in this package draws: Streamlit and Plotly live in `pages/`.
"""
