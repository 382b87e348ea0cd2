"""A memo reuses its arrays, and gives back only what a forward pass has saved in it."""

from typing import NamedTuple

import numpy as np
import pytest

from mnist_core.nn.convolution import Conv2D, MaxPool2D
from mnist_core.nn.layers import Activation, Dense, Dropout, Flatten, Layer
from mnist_core.nn.memo import Memo, Workspace
from tests.core.numeric import Array

INPUT = (2, 4, 4)
LAYERS: list[tuple[Layer, tuple[int, ...]]] = [
    (Dense(3), (32,)),
    (Activation("gelu"), INPUT),
    (Dropout(0.5), INPUT),
    (Flatten(), INPUT),
    (Conv2D(3, 2), INPUT),
    (MaxPool2D(2), INPUT),
]


class Saved(NamedTuple):
    x: Array
    y: Array


def test_a_workspace_hands_out_the_same_array_again() -> None:
    workspace = Workspace(np.float32)
    first = workspace.array("z", 2, 3)
    assert workspace.array("z", 2, 3) is first
    assert workspace.array("z", 3, 2) is not first
    assert workspace.array("dx", 2, 3) is not first
    assert first.dtype == np.float32


def test_scratch_is_no_memory_that_a_layer_returns_or_saves() -> None:
    memo = Memo(np.float64)
    assert not np.shares_memory(memo.array("y", 2, 3), memo.scratch.array("y", 2, 3))


def test_what_was_saved_last_is_recalled() -> None:
    memo = Memo(np.float64)
    for _ in range(2):
        x, y = np.ones(2), np.zeros(3)
        memo.save(Saved(x, y))
        recalled = memo.recall(Saved)
        assert recalled.x is x
        assert recalled.y is y


def test_to_recall_what_was_never_saved_is_an_error() -> None:
    with pytest.raises(RuntimeError, match=r"needs a Saved, .* holds nothing: run .* forward"):
        Memo(np.float64).recall(Saved)


def parameters(layer: Layer, input_shape: tuple[int, ...]) -> tuple[Array, ...]:
    return tuple(np.ones(shape) for shape in layer.parameter_shapes(input_shape))


def forward(layer: Layer, input_shape: tuple[int, ...], memo: Memo) -> Array:
    return layer.forward(parameters(layer, input_shape), np.ones((*input_shape, 5)), memo)


@pytest.mark.parametrize(("layer", "input_shape"), LAYERS)
def test_backward_before_forward_is_an_error(layer: Layer, input_shape: tuple[int, ...]) -> None:
    learnable = parameters(layer, input_shape)
    dy = np.ones((*layer.output_shape(input_shape), 5))
    memo = Memo(np.float64, np.random.default_rng(0))
    with pytest.raises(RuntimeError, match="holds nothing"):
        layer.input_gradient(learnable, dy, memo)
    if learnable:
        with pytest.raises(RuntimeError, match="holds nothing"):
            layer.parameter_gradient(dy, memo, learnable)


@pytest.mark.parametrize(("layer", "input_shape"), LAYERS)
@pytest.mark.parametrize(("other", "other_shape"), LAYERS)
def test_the_memo_of_a_layer_of_another_kind_is_an_error(
    layer: Layer, input_shape: tuple[int, ...], other: Layer, other_shape: tuple[int, ...]
) -> None:
    memo = Memo(np.float64, np.random.default_rng(0))
    forward(other, other_shape, memo)
    dy = np.ones((*layer.output_shape(input_shape), 5))
    if layer == other:
        layer.input_gradient(parameters(layer, input_shape), dy, memo)
    else:
        with pytest.raises(RuntimeError, match=f"holds a .*{type(other).__name__}"):
            layer.input_gradient(parameters(layer, input_shape), dy, memo)


@pytest.mark.parametrize(("layer", "input_shape"), LAYERS)
def test_a_second_batch_needs_no_new_array(layer: Layer, input_shape: tuple[int, ...]) -> None:
    """Outputs and gradients of both batches lie in the same memory."""
    memo = Memo(np.float64, np.random.default_rng(0))
    first, second = (forward(layer, input_shape, memo) for _ in range(2))
    learnable, dy = parameters(layer, input_shape), np.ones_like(first)
    slopes = [layer.input_gradient(learnable, dy, memo) for _ in range(2)]
    if not isinstance(layer, Flatten):  # it returns views of what it is given
        assert np.shares_memory(first, second)
    assert np.shares_memory(*slopes)
