"""The key of the home page."""

STRIP = "home_strip"
