"""Stores a run's checkpoints in its network's file: 8 or 4 bits a weight, so that many fit.

A checkpoint is for replay, not for resuming: its weights are quantised, its biases are not. The
names of its tensors in a file begin with `moment`.
"""

import json
from collections.abc import Mapping, Sequence
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnist_core.arrays import Floats, Shape
from mnist_core.errors import LabError
from mnist_core.files.figures import is_figure
from mnist_core.nn.network import Network
from mnist_core.nn.quantisation import dequantise, quantise
from mnist_core.training.checkpoints import MOST, Checkpoint, most_checkpoints
from mnist_core.training.events import Measured

BITS = (8, 4)
"""The possible numbers of bits of a weight, the default first."""

FLOAT_BYTES = 4
"""Bytes of a number in a network, and of a bias or a quantisation step in a file."""

Tensors = dict[str, NDArray[Any]]


def tensors_of(checkpoints: Sequence[Checkpoint], bits: int) -> Tensors:
    """Return the arrays of some checkpoints by their names in a file, with `bits` a weight."""
    return {
        f"moment.{number}.{kind}": values
        for number, checkpoint in enumerate(checkpoints)
        for kind, values in _packed(checkpoint.network, bits).items()
    }


def bytes_of(checkpoints: Sequence[Checkpoint], bits: int) -> int:
    """Return the bytes of all arrays of some checkpoints, with `bits` a weight."""
    return sum(
        -(-one.network.weight_count * bits // 8)
        + 2 * FLOAT_BYTES * (one.network.size - one.network.weight_count)
        for one in checkpoints
    )


def described(checkpoints: Sequence[Checkpoint], bits: int) -> str:
    """Return the metadata of some checkpoints as JSON: the bits, points and gradient norms."""
    points = [[checkpoint.point, checkpoint.gradient_norms] for checkpoint in checkpoints]
    return json.dumps({"bits": bits, "points": points})


def shapes_of(
    text: str, parameter_shapes: Sequence[tuple[Shape, ...]], name: str
) -> dict[str, tuple[Shape, str]]:
    """Return the shape and dtype of every array of a file with these checkpoints, by its name.

    Raises:
        LabError: the text does not describe checkpoints, or too many of them.
    """
    learnt = [shapes for shapes in parameter_shapes if shapes]
    weights = sum(prod(shape) for shape, _ in learnt)
    rows = sum(shape[0] for shape, _ in learnt)
    bits, points = _parsed(text, name)
    if len(points) > most_checkpoints(FLOAT_BYTES * (weights + rows)):
        raise LabError(
            f"{name} contains {len(points)} snapshots, more than the lab keeps of so large a "
            "network: choose a file saved by the lab."
        )
    packed = {
        "levels": ((-(-weights * bits // 8),), "U8"),
        "steps": ((rows,), "F32"),
        "biases": ((rows,), "F32"),
    }
    return {
        f"moment.{number}.{kind}": shape
        for number in range(len(points))
        for kind, shape in packed.items()
    }


def checkpoints_from(
    text: str, tensors: Mapping[str, NDArray[Any]], network: Network, name: str
) -> tuple[Checkpoint, ...]:
    """Return the checkpoints that a file describes, with networks like `network`.

    Raises:
        LabError: the text does not describe checkpoints, or their numbers are not finite.
    """
    bits, points = _parsed(text, name)
    return tuple(
        Checkpoint(point, _unpacked(tensors, number, network, bits, name), norms)
        for number, (point, norms) in enumerate(points)
    )


def _packed(network: Network, bits: int) -> Tensors:
    """Quantise a network: levels, 8 / bits of them in a byte, a step for each row, and biases."""
    rows = [quantise(layer[0], bits) for layer in network.parameters.by_layer if layer]
    levels = np.concatenate([levels.ravel() for levels, _ in rows]).astype(np.int16)
    numbers = (levels + 2 ** (bits - 1)).astype(np.uint8)
    together = 8 // bits
    in_bytes = np.pad(numbers, (0, -len(numbers) % together)).reshape(-1, together)
    return {
        "levels": np.bitwise_or.reduce(in_bytes << _shifts(bits), axis=1),
        "steps": np.concatenate([steps.ravel() for _, steps in rows]).astype(np.float32),
        "biases": network.parameters.flat[network.weight_count :].astype(np.float32),
    }


def _shifts(bits: int) -> NDArray[np.uint8]:
    """Return the bits by which each number of a byte is shifted up."""
    return np.arange(0, 8, bits, dtype=np.uint8)


def _unpacked(
    tensors: Mapping[str, NDArray[Any]], number: int, network: Network, bits: int, name: str
) -> Network:
    levels, steps, biases = (
        tensors[f"moment.{number}.{kind}"] for kind in ("levels", "steps", "biases")
    )
    largest_step = np.finfo(np.float32).max / 2 ** (bits - 1)
    if not ((np.abs(steps) <= largest_step).all() and np.isfinite(biases).all()):
        raise LabError(f"{name} contains snapshots that are not finite: it cannot be used.")
    numbers = (levels[:, np.newaxis] >> _shifts(bits)) & np.uint8(2**bits - 1)
    whole = (numbers.ravel().astype(np.int16) - 2 ** (bits - 1)).astype(np.int8)
    unpacked = Network(network.layers, network.shapes[0], network.dtype)
    unpacked.parameters.flat[network.weight_count :] = biases
    weight = row = 0
    for layer in unpacked.parameters.by_layer:
        if layer:
            weights: Floats = layer[0]
            part = whole[weight : weight + weights.size].reshape(weights.shape)
            weights[...] = dequantise(part, steps[row : row + len(weights), np.newaxis])
            weight, row = weight + weights.size, row + len(weights)
    return unpacked


def _parsed(text: str, name: str) -> tuple[int, list[tuple[Measured, tuple[float, ...]]]]:
    """Parse the bits of a weight, and the points of a file's checkpoints with gradient norms."""
    data = json.loads(text)
    if not (isinstance(data, dict) and data.get("bits") in BITS and _are_points(data["points"])):
        raise LabError(
            f"{name} does not say when its snapshots were taken: choose a file saved by the lab."
        )
    return data["bits"], [(Measured(*point), tuple(norms)) for point, norms in data["points"]]


def _are_points(value: Any) -> bool:
    return isinstance(value, list) and len(value) <= MOST and all(map(_is_point, value))


def _is_point(value: Any) -> bool:
    """Return whether a value is the figures of a point with the gradient norms."""
    if not (isinstance(value, list) and len(value) == 2):
        return False
    figures = all(isinstance(part, list) and all(map(is_figure, part)) for part in value)
    return figures and len(value[0]) == len(Measured._fields)
