"""Diagnosis of a run in one sentence with a number, and a remedy: rules, not a model."""

from mnist_core.diagnosis.evidence import Diagnosis, RunFacts
from mnist_core.diagnosis.rate_rules import diverged
from mnist_core.diagnosis.rules import RULES
from mnist_core.runs.snapshot import Status

FEWEST_POINTS = 5
"""Points of the curve that a diagnosis needs."""


def diagnose(facts: RunFacts) -> Diagnosis | None:
    """Return the diagnosis of the first rule that applies; None without one, or if it is too early.

    A run whose best network is kept has none: the end of its curve belongs to another network.
    """
    if facts.now.kept is not None:
        return None
    if facts.now.status is Status.DIVERGED:
        return diverged(facts)
    if len(facts.now.history) < FEWEST_POINTS:
        return None
    return next(filter(None, (rule(facts) for rule in RULES)), None)
