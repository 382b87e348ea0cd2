"""What a curve shows, in one sentence with a number, and what to change: rules, not magic.

Each rule looks at the same evidence and speaks or is silent; the first one that speaks is heard.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from mnist_core.arrays import Floats, Pixels
from mnist_core.nn.layers import Activation
from mnist_core.nn.network import Network, Tape
from mnist_core.runs.snapshot import Snapshot, Status
from mnist_core.training.config import TrainingConfig
from mnist_core.training.optimizers import OPTIMIZERS

FEWEST_POINTS = 5
"""Points of the curve before which nothing is said of it."""

MANY_SILENT = 0.5
WIDE_GAP = 0.04
RISEN_LOSS = 1.1
FADED = 0.01
STILL_RISING = 0.005
FLAT = 0.001


@dataclass(frozen=True)
class Observation:
    """What was seen, and a changed configuration that should do better, with a name for it."""

    kind: str
    sentence: str
    action: str
    suggestion: TrainingConfig


@dataclass(frozen=True)
class Evidence:
    """What the rules look at.

    Args:
        config: of the run.
        now: the run so far.
        silent: the share of hidden units that answer 0 to every picture, 0 to 1.
        classes: how many classes there are; guessing is right in one of so many.
        available: how many training examples there are.
    """

    config: TrainingConfig
    now: Snapshot
    silent: float
    classes: int
    available: int

    @property
    def dev_losses(self) -> Floats:
        """The loss on the dev examples, point by point."""
        return np.array([point.dev_loss for point in self.now.history])

    @property
    def dev_accuracies(self) -> Floats:
        """The accuracy on the dev examples, point by point."""
        return np.array([point.dev_accuracy for point in self.now.history])

    @property
    def at_chance(self) -> bool:
        """Whether it is still about as good as guessing."""
        return bool(self.dev_accuracies[-1] < 1.6 / self.classes)


def observe(evidence: Evidence) -> Observation | None:
    """What the first rule says that has something to say."""
    if evidence.now.status is Status.DIVERGED:
        return _diverged(evidence)
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


def calmer(config: TrainingConfig) -> TrainingConfig:
    """The same with a tenth of the learning rate, or with the usual one if that is lower."""
    usual = OPTIMIZERS[config.optimizer].usual_rate
    rate = max(1e-6, min(config.learning_rate / 10, usual))
    return replace(config, learning_rate=float(f"{rate:.2g}"))


def _calm_down(kind: str, sentence: str, config: TrainingConfig) -> Observation:
    calm = calmer(config)
    return Observation(kind, sentence, f"Learning rate {calm.learning_rate:g}", calm)


def _diverged(evidence: Evidence) -> Observation:
    config, now = evidence.config, evidence.now
    rate = now.moves[-1].learning_rate if now.moves else config.learning_rate
    if not OPTIMIZERS[config.optimizer].scales_decay and rate * config.weight_decay > 2:
        decay = float(f"{0.1 / rate:.1g}")
        return Observation(
            "diverged",
            f"A weight decay of {config.weight_decay:g} at a learning rate of {rate:g} pulls the "
            "weights past zero, further out each time, until they are too large to write down.",
            f"Weight decay {decay:g}",
            replace(config, weight_decay=decay),
        )
    return _calm_down(
        "diverged",
        f"With a learning rate of {rate:g}, each step overshot by more than the last, until after "
        f"{now.iteration:,} steps the numbers were too large to write down.",
        replace(config, learning_rate=min(rate, 10.0)),
    )


def _silent_units(evidence: Evidence) -> Observation | None:
    if evidence.config.activation != "relu" or evidence.silent < MANY_SILENT:
        return None
    return _calm_down(
        "silent units",
        f"{evidence.silent:.0%} of the hidden units answer 0 to every picture: "
        "steps that were too big have put them to sleep.",
        evidence.config,
    )


def _vanishing(evidence: Evidence) -> Observation | None:
    norms = evidence.now.gradient_norms
    if not evidence.at_chance or len(norms) < 3 or norms[0] > FADED * norms[-1]:
        return None
    return Observation(
        "vanishing gradient",
        f"The first layer hears {norms[0] / norms[-1] if norms[-1] else 0:.2%} of what the last "
        "one hears of the error, so it cannot learn.",
        "ReLU instead",
        replace(evidence.config, activation="relu", initializer="he"),
    )


def _overfitting(evidence: Evidence) -> Observation | None:
    last, losses = evidence.now.history[-1], evidence.dev_losses
    gap = last.accuracy - last.dev_accuracy
    risen = losses[-1] / losses.min()
    if gap < WIDE_GAP and not (risen > RISEN_LOSS and last.accuracy > last.dev_accuracy):
        return None
    sentence = (
        f"It reads {last.accuracy:.1%} of the pictures it learns from, but {last.dev_accuracy:.1%} "
        "of new ones: it is learning by heart."
    )
    config = evidence.config
    if config.examples < evidence.available:
        more = min(config.examples * 10, evidence.available)
        better, action = replace(config, examples=more), f"{more:,} pictures"
    elif config.augmentation < 0.5:
        better, action = replace(config, augmentation=0.5), "Vary the pictures"
    else:
        dropout = min(0.9, config.dropout + 0.2)
        better, action = replace(config, dropout=dropout), f"Dropout {dropout:g}"
    return Observation("overfitting", sentence, action, better)


def _unsteady(evidence: Evidence) -> Observation | None:
    changes = np.diff(evidence.dev_losses[len(evidence.dev_losses) // 3 :])
    jumps = np.maximum(changes, 0).sum()
    if jumps < 0.5 * evidence.dev_losses[-1] or np.count_nonzero(changes > 0) < len(changes) / 3:
        return None
    return _calm_down(
        "unsteady",
        f"The loss went up {np.count_nonzero(changes > 0)} of the last {len(changes)} times: "
        "the steps are too big to settle down.",
        evidence.config,
    )


def _too_slow(evidence: Evidence) -> Observation | None:
    losses = evidence.dev_losses
    third = len(losses) // 3
    early, late = losses[0] - losses[third], losses[-1 - third] - losses[-1]
    if early <= 0 or late < 0.6 * early or evidence.dev_accuracies[-1] > 0.9:
        return None
    faster = replace(evidence.config, learning_rate=min(10.0, evidence.config.learning_rate * 10))
    return Observation(
        "learning rate too small",
        f"The loss falls as evenly as at the start, by {late:.2g} in the last third: "
        "the steps are too small.",
        f"Learning rate {faster.learning_rate:g}",
        faster,
    )


def _held_back(evidence: Evidence) -> Observation | None:
    best, last = evidence.dev_accuracies.max(), evidence.dev_accuracies[-1]
    if not evidence.config.weight_decay or last > best - 0.05:
        return None
    return Observation(
        "held back",
        f"It was at {best:.1%} and has fallen to {last:.1%}: the weight decay of "
        f"{evidence.config.weight_decay:g} pulls its weights back to zero.",
        "No weight decay",
        replace(evidence.config, weight_decay=0.0),
    )


def _still_improving(evidence: Evidence) -> Observation | None:
    gain = _late_gain(evidence)
    if gain < STILL_RISING or not evidence.now.status.over:
        return None
    longer = replace(evidence.config, epochs=min(10_000, evidence.config.epochs * 2))
    return Observation(
        "still improving",
        f"It was still getting better, by {gain * 100:.1f} in 100 pictures in the last quarter.",
        f"{longer.epochs:,} epochs",
        longer,
    )


def _plateau(evidence: Evidence) -> Observation | None:
    gain = _late_gain(evidence)
    if gain > FLAT:
        return None
    hidden = tuple(min(2_048, 2 * units) for units in evidence.config.hidden) or (32,)
    return Observation(
        "plateau",
        f"It has stopped getting better: {gain * 100:+.1f} in 100 pictures in the last quarter.",
        "Twice as many units",
        replace(evidence.config, hidden=hidden),
    )


def _late_gain(evidence: Evidence) -> float:
    """How much the accuracy grew in the last quarter of the curve."""
    accuracies = evidence.dev_accuracies
    return float(accuracies[-1] - accuracies[-1 - max(1, len(accuracies) // 4)])


RULES: Sequence[Callable[[Evidence], Observation | None]] = (
    _silent_units,
    _vanishing,
    _held_back,
    _overfitting,
    _unsteady,
    _too_slow,
    _still_improving,
    _plateau,
)
