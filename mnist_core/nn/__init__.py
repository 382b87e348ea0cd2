"""How a network computes, forward and backward, in NumPy alone.

Read `activations`, `layers`, `losses` and `network` first, then `initializers` and `convolution`.
All layers stand on `memo` (what a forward pass keeps for the backward pass) and `matmul` (the two
matrix products).
"""

from mnist_core.nn.losses import softmax
from mnist_core.nn.network import LearningTape, Network, ReadingTape

__all__ = ["LearningTape", "Network", "ReadingTape", "softmax"]
