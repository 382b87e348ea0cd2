"""How a network computes, forward and backward, in NumPy alone.

Read `activations`, `layers`, `losses` and `network` first, then `initializers` and `convolution`;
`matmul` holds the two matrix products that all layers share.
"""

from mnist_core.nn.losses import softmax
from mnist_core.nn.network import Network, Tape

__all__ = ["Network", "Tape", "softmax"]
