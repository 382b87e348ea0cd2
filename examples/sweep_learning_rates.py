"""Train the same network at five learning rates, and print which reads best."""

from mnist_core.errors import LabError
from mnist_core.training import TrainingConfig, fit, load

data = load()
found = {}

for rate in (1e-4, 1e-3, 1e-2, 1e-1, 10.0):
    config = TrainingConfig(
        hidden=[32], epochs=1, optimizer="sgd", momentum=0.9, learning_rate=rate
    )
    try:
        found[rate] = fit(config, data).results["dev_accuracy"]
        print(f"{rate:<6g} {found[rate]:.1%}")
    except LabError as error:
        print(f"{rate:<6g} {error}")

# The test set is for the final figure only; what chooses is the set that was kept aside ("dev").
print(f"The best of them is {max(found, key=found.__getitem__):g}.")
