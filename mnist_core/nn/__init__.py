"""The forward and backward pass of a network, in NumPy alone.

Read `activations`, `layers`, `losses` and `network` first, then `initializers` and `convolution`.
All layers stand on `cache` (the arrays that a forward pass keeps for the backward pass) and
`matmul` (the two matrix products).
"""

from mnist_core.nn.cache import Cache, Caches
from mnist_core.nn.convolution import Conv2D, MaxPool2D
from mnist_core.nn.layers import Activation, Dense, Dropout, Flatten, Layer, Parameters, Unlearned
from mnist_core.nn.losses import BatchLoss, softmax, softmax_cross_entropy
from mnist_core.nn.network import FlatParameters, Network

__all__ = [
    "Activation",
    "BatchLoss",
    "Cache",
    "Caches",
    "Conv2D",
    "Dense",
    "Dropout",
    "FlatParameters",
    "Flatten",
    "Layer",
    "MaxPool2D",
    "Network",
    "Parameters",
    "Unlearned",
    "softmax",
    "softmax_cross_entropy",
]
