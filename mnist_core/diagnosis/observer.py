"""What a run shows, in one sentence with a number, and what to change: rules, not a model."""

from mnist_core.diagnosis.evidence import Evidence, Observation
from mnist_core.diagnosis.rate_rules import diverged
from mnist_core.diagnosis.rules import RULES
from mnist_core.runs.snapshot import Status

FEWEST_POINTS = 5
"""Points of the curve before which nothing is said of it."""


def observe(evidence: Evidence) -> Observation | None:
    """What the first rule that applies says; None where none does, or it is too early to say.

    Nothing is said of a run whose best network is kept: the end of its curve is another one's.
    """
    if evidence.now.kept is not None:
        return None
    if evidence.now.status is Status.DIVERGED:
        return diverged(evidence)
    if len(evidence.now.history) < FEWEST_POINTS:
        return None
    return next(filter(None, (rule(evidence) for rule in RULES)), None)
