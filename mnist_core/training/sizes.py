"""How large a network would be, without building it."""

from math import prod

from mnist_core.arrays import Shape
from mnist_core.nn.network import trace_shapes
from mnist_core.training.config import TrainingConfig


def parameter_count(config: TrainingConfig, image_shape: Shape, classes: int) -> int:
    """How many weights and biases the network of `config` has for images `(height, width)`."""
    _, parameter_shapes = trace_shapes(config.layers(classes), (1, *image_shape))
    return sum(prod(shape) for shapes in parameter_shapes for shape in shapes)
