"""Optimizers: how a gradient changes the parameters, as in-place lines over flat arrays.

Each keeps its state (velocity, averages) in flat arrays as long as the parameters.
"""

from math import sqrt
from typing import Protocol

import numpy as np

from mnist_core.arrays import Floats

RMSPROP_DECAY = 0.9
BETA_1 = 0.9
BETA_2 = 0.999
EPSILON = 1e-8


class Optimizer(Protocol):
    """What the training loop asks of an optimizer."""

    def step(self, w: Floats, g: Floats, learning_rate: float) -> None:
        """Change the parameters w in place, given the gradient g, both `(parameters,)`."""


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

    def step(self, w: Floats, g: Floats, learning_rate: float) -> None:
        """v = μ v + g; w = w - η v, or w - η (g + μ v)"""
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

    def step(self, w: Floats, g: Floats, learning_rate: float) -> None:
        """s = ρ s + (1 - ρ) g²; w = w - η g / (√s + ε)"""
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

    def step(self, w: Floats, g: Floats, learning_rate: float) -> None:
        """w = w - η m̂ / (√v̂ + ε), where m̂ = M · m_scale and v̂ = V · v_scale"""
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

    Loshchilov & Hutter 2019, algorithm 2. The first `weight_count` parameters are the weights.
    """

    def __init__(self, like: Floats, weight_decay: float, weight_count: int) -> None:
        super().__init__(like)
        self.weight_decay = weight_decay
        self.weight_count = weight_count

    def step(self, w: Floats, g: Floats, learning_rate: float) -> None:
        """w = w - η λ w for the weights, then Adam's step"""
        w[: self.weight_count] *= 1 - learning_rate * self.weight_decay
        super().step(w, g, learning_rate)
