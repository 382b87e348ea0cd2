"""The keys of the home page."""

STRIP = "home_strip"
CARD = "home_card"
