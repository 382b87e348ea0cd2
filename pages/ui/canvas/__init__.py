"""The canvas to draw on: its component, its state, and the codec of its reports."""
