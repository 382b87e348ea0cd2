"""Train a network of 64 hidden units, and print its progress: a few seconds."""

from mnist_core.training import Finished, Measured, TrainingConfig, evaluate, load, split, train

data = load()
config = TrainingConfig(hidden=[64], epochs=2, learning_rate=0.002)

for event in train(data.train, split(data.train, config.seed), config):
    if isinstance(event, Measured):
        print(f"epoch {event.epoch:4.2f}  loss {event.dev_loss:.3f}  {event.dev_accuracy:.1%}")
    if isinstance(event, Finished):
        network = event.network

print(f"It reads {evaluate(network, data.test).accuracy:.1%} of the test pictures.")
