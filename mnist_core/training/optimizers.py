"""Optimizers: update rules for the parameters, as in-place lines over flat arrays.

Each keeps its state (velocity, averages) in flat arrays as long as the parameters. `OPTIMIZERS`
has one complete entry for each.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Protocol

import numpy as np

from mnist_core.arrays import Floats
from mnist_core.program_numbers import written

RMSPROP_DECAY = 0.9
BETA_1 = 0.9
BETA_2 = 0.999
EPSILON = 1e-8


class Optimizer(Protocol):
    """The interface of an optimizer to the training loop."""

    @property
    def state(self) -> tuple[Floats, ...]:
        """The arrays that it keeps from step to step, each as long as the parameters."""

    def step(self, w: Floats, g: Floats, learning_rate: float) -> None:
        """Update the parameters w in place, given the gradient g, both `(parameters,)`."""


class SGD:
    """Gradient descent, with momentum and Nesterov's look ahead where asked for.

    v = μ v + g, then w = w - η v, or with Nesterov w = w - η (g + μ v). Sutskever et al. 2013,
    section 2, with the learning rate outside the velocity.
    """

    def __init__(self, like: Floats, momentum: float = 0.0, nesterov: bool = False) -> None:
        self.momentum = momentum
        self.nesterov = nesterov
        self.velocity = np.zeros_like(like)
        self.update = np.empty_like(like)

    @property
    def state(self) -> tuple[Floats, ...]:
        """The velocity v."""
        return (self.velocity,)

    def step(self, w: Floats, g: Floats, learning_rate: float) -> None:
        """Compute v = μ v + g; w = w - η v, or w - η (g + μ v)."""
        v, update = self.velocity, self.update
        v *= self.momentum
        v += g
        if self.nesterov:
            np.multiply(v, self.momentum, out=update)
            update += g
            update *= learning_rate
        else:
            np.multiply(v, learning_rate, out=update)
        w -= update


class RMSprop:
    """Each parameter's gradient divided by the root of its own recent mean square.

    s = ρ s + (1 - ρ) g², w = w - η g / (√s + ε). Tieleman & Hinton 2012, lecture 6.5.
    """

    def __init__(self, like: Floats) -> None:
        self.mean_square = np.zeros_like(like)
        self.update = np.empty_like(like)

    @property
    def state(self) -> tuple[Floats, ...]:
        """The mean square s."""
        return (self.mean_square,)

    def step(self, w: Floats, g: Floats, learning_rate: float) -> None:
        """Compute s = ρ s + (1 - ρ) g²; w = w - η g / (√s + ε)."""
        s, update = self.mean_square, self.update
        np.multiply(g, g, out=update)
        update *= 1 - RMSPROP_DECAY
        s *= RMSPROP_DECAY
        s += update
        np.sqrt(s, out=update)
        update += EPSILON
        np.divide(g, update, out=update)
        update *= learning_rate
        w -= update


class Adam:
    """Momentum and RMSprop together, both corrected for starting at zero.

    w = w - η m̂ / (√v̂ + ε). Kingma & Ba 2015, algorithm 1. The averages are kept as plain sums,
    m = (1 - β₁) M with M = β₁ M + g and v = (1 - β₂) V with V = β₂ V + g²: their factors join the
    bias corrections in two scalars, which saves two passes over the arrays.
    """

    def __init__(self, like: Floats) -> None:
        self.steps = 0
        self.sum_g = np.zeros_like(like)
        self.sum_g_squared = np.zeros_like(like)
        self.update = np.empty_like(like)

    @property
    def state(self) -> tuple[Floats, ...]:
        """The sums M and V."""
        return self.sum_g, self.sum_g_squared

    def step(self, w: Floats, g: Floats, learning_rate: float) -> None:
        """Compute w = w - η m̂ / (√v̂ + ε), where m̂ = M · m_scale and v̂ = V · v_scale."""
        self.steps += 1
        m_scale = (1 - BETA_1) / (1 - BETA_1**self.steps)
        root_v_scale = sqrt((1 - BETA_2) / (1 - BETA_2**self.steps))
        m, v, update = self.sum_g, self.sum_g_squared, self.update
        m *= BETA_1
        m += g
        np.multiply(g, g, out=update)
        v *= BETA_2
        v += update
        np.sqrt(v, out=update)
        update += EPSILON / root_v_scale
        np.divide(m, update, out=update)
        update *= learning_rate * m_scale / root_v_scale
        w -= update


class AdamW(Adam):
    """Adam with weight decay apart from the gradient: w = w - η λ w for the weights.

    Loshchilov & Hutter 2019, algorithm 2, with λ as in PyTorch: the paper multiplies its λ not by
    the learning rate η but by the schedule's factor alone, so it is our λ times the configured
    rate. The first `weight_count` parameters are the weights.
    """

    def __init__(self, like: Floats, weight_decay: float, weight_count: int) -> None:
        super().__init__(like)
        self.weight_decay = weight_decay
        self.weight_count = weight_count

    def step(self, w: Floats, g: Floats, learning_rate: float) -> None:
        """Compute w = w - η λ w for the weights, then take Adam's step."""
        w[: self.weight_count] *= 1 - learning_rate * self.weight_decay
        super().step(w, g, learning_rate)


def flush_denormals(optimizer: Optimizer) -> None:
    """Set elements of the state below the smallest normal number of their dtype to 0.

    The average of a gradient that has become 0 shrinks by a factor at each step, down to denormal
    numbers, on which a processor is many times slower.
    """
    for average in optimizer.state:
        average[np.abs(average) < np.finfo(average.dtype).tiny] = 0


class OptimizerSettings(Protocol):
    """The hyperparameters that an optimizer may read, as `TrainingConfig` has them."""

    @property
    def momentum(self) -> float:
        """The fraction of the velocity kept from step to step, 0 to below 1."""

    @property
    def nesterov(self) -> bool:
        """True if momentum looks one step ahead."""

    @property
    def weight_decay(self) -> float:
        """λ, the strength of the weights' decay towards zero, 0 to 1."""


@dataclass(frozen=True)
class OptimizerEntry:
    """The registry's entry of an optimizer.

    `make(parameters, weight_count, settings)` returns a new one, its state at zero: the flat
    parameters, the first `weight_count` of which are weights. `numpy_update(settings, step)`
    returns the lines of NumPy in an exported program that update weights or biases w, given their
    gradient g, the learning rate `rate`, the state m and v, arrays like w that begin at zero, the
    constants MOMENTUM and DECAY, and as `step` the expression for the number of the step since
    then, from 1.
    """

    title: str
    make: Callable[[Floats, int, OptimizerSettings], Optimizer]
    numpy_update: Callable[[OptimizerSettings, str], Sequence[str]]
    usual_rate: float
    """A learning rate that is rarely too high for it."""
    uses: frozenset[str] = frozenset()
    """The hyperparameters that it uses and others do not."""
    decays_weights: bool = False
    """True if it decays the weights itself; else weight decay is L2, added to the gradient."""
    normalises: bool = False
    """True if it divides the gradient by its own recent size."""

    @property
    def scales_decay(self) -> bool:
        """True if it divides the gradient of L2 by the gradient's recent size.

        A step's length then stays near the learning rate however strong the decay is.
        """
        return self.normalises and not self.decays_weights


def _sgd_update(settings: OptimizerSettings, _step: str) -> Sequence[str]:
    direction = "(g + MOMENTUM * m)" if settings.nesterov else "m"
    return ["m[:] = MOMENTUM * m + g", f"w -= rate * {direction}"]


def _rmsprop_update(_settings: OptimizerSettings, _step: str) -> Sequence[str]:
    return [
        f"v *= {written(RMSPROP_DECAY)}",
        f"v += {written(1 - RMSPROP_DECAY)} * g * g",
        f"w -= rate * g / (np.sqrt(v) + {written(EPSILON)})",
    ]


def _adam_update(_settings: OptimizerSettings, step: str) -> Sequence[str]:
    beta_1, beta_2, epsilon = written(BETA_1), written(BETA_2), written(EPSILON)
    m, v = f"m / (1 - {beta_1}**{step})", f"v / (1 - {beta_2}**{step})"
    return [
        f"m += {written(1 - BETA_1)} * (g - m)",
        f"v += {written(1 - BETA_2)} * (g * g - v)",
        f"w -= rate * {m} / (np.sqrt({v}) + {epsilon})",
    ]


def _adamw_update(settings: OptimizerSettings, step: str) -> Sequence[str]:
    decay = "w *= 1 - rate * DECAY * (i % 2 == 0)  # weights, not biases"
    update = _adam_update(settings, step)
    return [decay, *update] if settings.weight_decay else update


OPTIMIZERS = {
    "sgd": OptimizerEntry(
        "Gradient descent",
        lambda w, _, settings: SGD(w, settings.momentum, settings.nesterov),
        _sgd_update,
        usual_rate=0.1,
        uses=frozenset({"momentum", "nesterov"}),
    ),
    "rmsprop": OptimizerEntry(
        "RMSprop",
        lambda w, _weights, _settings: RMSprop(w),
        _rmsprop_update,
        usual_rate=1e-3,
        normalises=True,
    ),
    "adam": OptimizerEntry(
        "Adam",
        lambda w, _weights, _settings: Adam(w),
        _adam_update,
        usual_rate=1e-3,
        normalises=True,
    ),
    "adamw": OptimizerEntry(
        "AdamW",
        lambda w, weights, settings: AdamW(w, settings.weight_decay, weights),
        _adamw_update,
        usual_rate=1e-3,
        decays_weights=True,
        normalises=True,
    ),
}
