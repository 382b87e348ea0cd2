"""What a run shows, in one sentence with a number, and what to change: rules, not a model."""

import numpy as np

from mnist_core.arrays import Pixels
from mnist_core.nn.layers import Activation
from mnist_core.nn.network import Network, Tape
from mnist_core.runs.evidence import Evidence, Observation
from mnist_core.runs.rules import RULES, diverged
from mnist_core.runs.snapshot import Status

FEWEST_POINTS = 5
"""Points of the curve before which nothing is said of it."""


def observe(evidence: Evidence) -> Observation | None:
    """What the first rule that applies says; None where none does, or it is too early to say."""
    if evidence.now.status is Status.DIVERGED:
        return diverged(evidence)
    if len(evidence.now.history) < FEWEST_POINTS:
        return None
    return next(filter(None, (rule(evidence) for rule in RULES)), None)


def silent_share(network: Network, images: Pixels) -> float:
    """The share of hidden units that answer exactly 0 to all `images` `(n, h, w)`, 0 to 1."""
    tape = Tape(network)
    x = network.read(images, tape)
    silent: list[bool] = []
    for layer, parameters, memo in zip(
        network.layers, network.parameters.by_layer, tape.memos, strict=True
    ):
        x = layer.forward(parameters, x, memo)
        if isinstance(layer, Activation):
            silent += (x == 0).reshape(len(x), -1).all(axis=1).tolist()
    return float(np.mean(silent)) if silent else 0.0
