"""Slopes measured from outside: what every gradient of the core is compared with."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from mnist_core.arrays import Floats
from mnist_core.nn.cache import Cache
from mnist_core.nn.layers import Layer, Parameters

Array = NDArray[np.float64]
SMALL = 1e-6


def slopes(function: Callable[[], float], x: Array) -> Array:
    """The central difference of `function` by each number of `x`, which it reads in place."""
    result = np.empty_like(x)
    for i in np.ndindex(x.shape):
        kept = x[i]
        x[i] = kept + SMALL
        above = function()
        x[i] = kept - SMALL
        below = function()
        x[i] = kept
        result[i] = (above - below) / (2 * SMALL)
    return result


def slope_along(function: Callable[[], float], x: Array, direction: Array) -> float:
    """The central difference of `function` when all of `x` moves along `direction`."""
    kept = x.copy()
    x += SMALL * direction
    above = function()
    x[...] = kept - SMALL * direction
    below = function()
    x[...] = kept
    return (above - below) / (2 * SMALL)


class NanFilled(Cache):
    """Fills every array with NaN before it hands it out, so that nothing old can be read."""

    def array(self, name: str, *shape: int) -> Floats:
        array = super().array(name, *shape)
        array.fill(np.nan)
        return array


def assert_layer_gradients(
    layer: Layer, input_shape: tuple[int, ...], batch: int = 3, dropout_seed: int | None = None
) -> None:
    """Compare a layer's gradients, by parameters and by input, with central differences.

    The function that is differentiated is a random weighting of all outputs. Each number on its
    own, then all at once along one random direction.
    """
    rng = np.random.default_rng(0)
    x = rng.normal(size=(*input_shape, batch))
    parameters = tuple(rng.normal(size=s) for s in layer.parameter_shapes(input_shape))
    weighting = rng.normal(size=(*layer.output_shape(input_shape), batch))

    def new_cache() -> Cache:
        seeded = None if dropout_seed is None else np.random.default_rng(dropout_seed)
        return NanFilled(np.float64, seeded)

    def function() -> float:
        return float(np.sum(weighting * layer.forward(parameters, x, new_cache())))

    cache = new_cache()
    assert layer.forward(parameters, x, cache).shape == weighting.shape
    gradient: Parameters = tuple(np.full_like(p, np.nan) for p in parameters)
    layer.parameter_gradient(weighting.copy(), cache, gradient)
    dx = layer.input_gradient(parameters, weighting.copy(), cache)
    for found, of in ((dx, x), *zip(gradient, parameters, strict=True)):
        np.testing.assert_allclose(found, slopes(function, of), rtol=1e-6, atol=1e-8)
        direction = rng.normal(size=of.shape)
        along = slope_along(function, of, direction)
        np.testing.assert_allclose(np.sum(found * direction), along, rtol=1e-6, atol=1e-8)
