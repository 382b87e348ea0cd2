"""What a run shows, in one sentence with a number, and what to change: rules, not a model."""

from mnist_core.diagnosis.evidence import Diagnosis, RunFacts
from mnist_core.diagnosis.rate_rules import diverged
from mnist_core.diagnosis.rules import RULES
from mnist_core.runs.snapshot import Status

FEWEST_POINTS = 5
"""Points of the curve before which nothing is said of it."""


def diagnose(facts: RunFacts) -> Diagnosis | None:
    """What the first rule that applies says; None where none does, or it is too early to say.

    Nothing is said of a run whose best network is kept: the end of its curve is another one's.
    """
    if facts.now.kept is not None:
        return None
    if facts.now.status is Status.DIVERGED:
        return diverged(facts)
    if len(facts.now.history) < FEWEST_POINTS:
        return None
    return next(filter(None, (rule(facts) for rule in RULES)), None)
