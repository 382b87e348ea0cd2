"""Probabilities in the words of pages and charts."""


def percent(share: float) -> str:
    """Write a probability as people say it: in whole percents, never 0 or 100."""
    if share < 0.005:
        return "under 1%"
    if share >= 0.995:
        return "over 99%"
    return f"{share:.0%}"
