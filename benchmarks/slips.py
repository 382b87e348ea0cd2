"""Measures the effect of the reference code's two slips: `python -m benchmarks.slips`.

The `notebook` recipe, written out in NumPy as one would on paper (float32, full batch), with none
of the slips, with each, and with both:

- the gradient is divided by 60,000 although it is summed over 55,000 examples;
- every bias of a layer gets one and the same gradient, the sum over all of the layer's units.

Prints the accuracy on the dev set for each seed and the mean. Five to ten minutes on one core.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from mnist_core.arrays import Floats, Indices
from mnist_core.data import Dataset, load, split
from mnist_core.threads import limit_blas_threads
from mnist_core.training.presets import PRESETS

RECIPE = PRESETS["notebook"].config
SEEDS = range(3)


@dataclass(frozen=True)
class Variant:
    """A variant of the recipe's code."""

    title: str
    examples: int | None
    """The divisor of the gradient; None for the number of examples, which is correct."""
    bias_gradient: Callable[[Floats], Floats]


def each_unit(dz: Floats) -> Floats:
    """Return the sum over the examples, for each unit."""
    return dz.sum(axis=1, keepdims=True)


def all_units(dz: Floats) -> Floats:
    """Return the sum over the examples and the units: one number."""
    return dz.sum()


VARIANTS = (
    Variant("correct", None, each_unit),
    Variant("divided by 60,000", 60_000, each_unit),
    Variant("one bias gradient", None, all_units),
    Variant("both slips", 60_000, all_units),
)


def columns(dataset: Dataset, indices: Indices) -> Floats:
    """Return images as columns of numbers from 0 to 1, float32 `(pixels, n)`."""
    return dataset.images[indices].reshape(len(indices), -1).T.astype(np.float32) / 255


def follow(variant: Variant, x: Floats, y: Floats, parameters: list[Floats]) -> None:
    """Run gradient descent over `RECIPE.epochs` full batches; change `parameters` in place."""
    w1, b1, w2, b2 = parameters
    rate = np.float32(RECIPE.learning_rate / (variant.examples or x.shape[1]))
    for _ in range(RECIPE.epochs):
        a1, p = forward(parameters, x)
        dz2 = p - y
        dz1 = w2.T @ dz2 * (a1 > 0)
        w2 -= rate * (dz2 @ a1.T)
        b2 -= rate * variant.bias_gradient(dz2)
        w1 -= rate * (dz1 @ x.T)
        b1 -= rate * variant.bias_gradient(dz1)


def forward(parameters: list[Floats], x: Floats) -> tuple[Floats, Floats]:
    """Compute the hidden layer `(units, n)` and the probabilities `(classes, n)`."""
    w1, b1, w2, b2 = parameters
    a1 = np.maximum(w1 @ x + b1, 0)
    z2 = w2 @ a1 + b2
    e = np.exp(z2 - z2.max(axis=0))
    return a1, e / e.sum(axis=0)


def dev_accuracy(variant: Variant, dataset: Dataset, seed: int) -> float:
    """Train a variant, and return its accuracy on the dev set of the split by `seed`."""
    parts = split(dataset, seed)
    shape, rng = dataset.images.shape[1:], np.random.default_rng(seed)
    network = RECIPE.initial_network(shape, dataset.classes, rng)
    parameters = [array for layer in network.parameters.by_layer for array in layer]
    y = np.eye(dataset.classes, dtype=np.float32)[dataset.labels[parts.train]].T
    follow(variant, columns(dataset, parts.train), y, parameters)
    _, p = forward(parameters, columns(dataset, parts.dev))
    return float((p.argmax(axis=0) == dataset.labels[parts.dev]).mean())


def main() -> None:
    """Print one line a variant."""
    limit_blas_threads()
    dataset = load().train
    print(f"{'':20}" + "".join(f"{f'seed {seed}':>9}" for seed in SEEDS) + f"{'mean':>9}")
    for variant in VARIANTS:
        reached = [dev_accuracy(variant, dataset, seed) for seed in SEEDS]
        figures = [*reached, float(np.mean(reached))]
        print(f"{variant.title:20}" + "".join(f"{figure:9.2%}" for figure in figures), flush=True)


if __name__ == "__main__":
    main()
