"""The canvas that pages draw on: its component, what it reports, and what it was told."""
