"""A layer of one's own: an activation whose slope below zero is learned (PReLU, He et al. 2015)."""

from dataclasses import dataclass

import numpy as np

from mnist_core.nn import Dense, Flatten, Network
from mnist_core.training import TrainingConfig, TrainState, evaluate, load, split, train


@dataclass(frozen=True)
class PReLU:
    """Y = X where X > 0, else a X, with one learned a for each unit."""

    def output_shape(self, input_shape):
        return input_shape

    def parameter_shapes(self, input_shape):
        return ((input_shape[0], 1),)

    def initialize(self, parameters, initializer, rng):
        parameters[0][...] = 0.25

    def forward(self, parameters, x, cache):
        cache["x"] = x
        return np.where(x > 0, x, parameters[0] * x)

    def parameter_gradient(self, dy, cache, gradient):
        gradient[0][...] = np.sum(dy * np.minimum(cache["x"], 0), axis=1, keepdims=True)

    def input_gradient(self, parameters, dy, cache):
        return dy * np.where(cache["x"] > 0, 1, parameters[0])


data, config = load(), TrainingConfig(epochs=2)
network = Network((Flatten(), Dense(64), PReLU(), Dense(10)), input_shape=(1, 28, 28))
network.initialize("he", np.random.default_rng(0))
for _ in train(data.train, split(data.train, 0), config, TrainState.of(network, config)):
    pass
print(f"{evaluate(network, data.test).accuracy:.1%}; slopes {network.parameters.by_layer[2][0].T}")
