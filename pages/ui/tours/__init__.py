"""Guided tours through the lab: the steps as data, and the code that shows them."""
