"""A training whose loss grows beyond all numbers within its sixty steps."""

from mnist_core.training.config import TrainingConfig

EXPLODING = TrainingConfig(
    hidden=(16, 16),
    initializer="uniform",
    activation="leaky_relu",
    optimizer="sgd",
    learning_rate=10,
    batch_size=None,
    epochs=60,
    record_every=5,
    seed=3,
)
