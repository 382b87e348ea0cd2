"""The keys of what the home page shows of the lab."""

PAPER = "home_paper"
ANSWER = "home_answer"
