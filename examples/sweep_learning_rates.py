"""Train the same network at five learning rates, and print the best of them."""

from mnist_core.errors import LabError
from mnist_core.training import TrainingConfig, fit, load

data = load()
accuracies = {}

for rate in (1e-4, 1e-3, 1e-2, 1e-1, 10.0):
    config = TrainingConfig(
        hidden=[32], epochs=1, optimizer="sgd", momentum=0.9, learning_rate=rate
    )
    try:
        accuracies[rate] = fit(config, data).results["dev_accuracy"]
        print(f"{rate:<6g} {accuracies[rate]:.1%}")
    except LabError as error:
        print(f"{rate:<6g} {error}")

# The test set is for the final figure only; the choice is made on the dev set.
print(f"The best of them is {max(accuracies, key=accuracies.__getitem__):g}.")
