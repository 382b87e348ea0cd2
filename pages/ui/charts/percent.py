"""How pages and charts say a probability."""


def percent(share: float) -> str:
    """A probability as people say it: whole percents, and neither 0 nor 100, which none is."""
    if share < 0.005:
        return "under 1%"
    if share >= 0.995:
        return "over 99%"
    return f"{share:.0%}"
