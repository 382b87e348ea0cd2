"""The keys of the home page."""

STRIP = "home_strip"
PAPER = "home_paper"
ANSWER = "home_answer"
