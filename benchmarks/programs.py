"""Compares exported programs with the runs that they repeat: `python -m benchmarks.programs`.

Both make the same steps with the same random numbers, but add up in another order, and a training
enlarges the differences in the last digits. Prints the accuracies of both, for every preset.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from mnist_core.data import BUNDLED, Data, load, split
from mnist_core.files.export import script
from mnist_core.training.config import TrainingConfig
from mnist_core.training.events import Started
from mnist_core.training.loop import train
from mnist_core.training.metrics import evaluate
from mnist_core.training.presets import PRESETS

FIGURES = re.compile(
    r"practice exam \(validation set\): ([\d.]+)%\nfinal exam \(test set\): ([\d.]+)%\n$"
)


def by_lab(config: TrainingConfig, data: Data) -> tuple[float, float]:
    """Train in the lab, and return the dev and test accuracies."""
    parts = split(data.train, config.seed)
    for event in train(data.train, parts, config):
        if isinstance(event, Started):
            network = event.network
    dev = evaluate(network, data.train, parts.dev)
    return dev.accuracy, evaluate(network, data.test).accuracy


def by_program(config: TrainingConfig) -> tuple[float, float]:
    """Return the same accuracies of the exported program, run in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "run.py")
        path.write_text(script(config), encoding="utf-8")
        command = [sys.executable, str(path), str(BUNDLED)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    figures = FIGURES.search(done.stdout)
    assert figures, done.stdout
    return float(figures[1]) / 100, float(figures[2]) / 100


def main() -> None:
    """Print a line for each preset."""
    data = load(BUNDLED)
    print(f"{'':12} {'dev: lab':>9} {'program':>9} {'test: lab':>10} {'program':>9}")
    for name, preset in PRESETS.items():
        dev, test = by_lab(preset.config, data)
        dev_of_program, test_of_program = by_program(preset.config)
        print(
            f"{name:12} {dev:9.2%} {dev_of_program:9.2%} {test:10.2%} {test_of_program:9.2%}",
            flush=True,
        )


if __name__ == "__main__":
    main()
