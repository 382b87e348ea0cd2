"""Settings that suit the few pictures that people draw themselves."""

from mnist_core.data import dev_size_of
from mnist_core.training.config import TrainingConfig

BATCH = 16
STEPS = 500
"""Steps of a run, however few pictures there are: enough to learn, and done in seconds."""

FEWEST_EPOCHS = 8
POINTS = 40
"""Points of the curve."""


def suited_config(training_pictures: int) -> TrainingConfig:
    """Choose the settings for a training half of so many drawings.

    Small batches, many epochs, and augmentation, without which a network memorizes fifty drawings.
    """
    examples = max(10, training_pictures - dev_size_of(training_pictures))
    steps_an_epoch = -(-examples // BATCH)
    epochs = max(FEWEST_EPOCHS, round(STEPS / steps_an_epoch))
    return TrainingConfig(
        convolution="quick",
        hidden=(64,),
        learning_rate=2e-3,
        schedule="one_cycle",
        batch_size=BATCH,
        epochs=epochs,
        augmentation=0.8,
        record_every=max(1, epochs * steps_an_epoch // POINTS),
    )
