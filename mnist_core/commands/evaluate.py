"""`evaluate`: measure a network on a data set."""

import argparse
import json

from mnist_core.commands.fitting import check_fit
from mnist_core.commands.printing import plain
from mnist_core.data import load, split
from mnist_core.files.storage import load_model
from mnist_core.training.metrics import evaluate


def add(command: argparse.ArgumentParser) -> None:
    """Which network, and on which part of the data set."""
    command.add_argument("model", help="a .safetensors file, or the name of a bundled network")
    command.add_argument("--split", choices=["train", "dev", "test"], default="test")
    command.add_argument("--json", action="store_true", help="print one JSON object")


def run(options: argparse.Namespace) -> int:
    """Print a network's accuracy on one split of the data set."""
    model = load_model(options.model)
    data = load()
    check_fit(model, data)
    if options.split == "test":
        result = evaluate(model.network, data.test)
    else:
        parts = split(data.train, model.config.seed)
        result = evaluate(model.network, data.train, getattr(parts, options.split))
    figures = {"accuracy": result.accuracy, "n": result.n, "loss": result.loss}
    told = {**figures, "model": model.name, "split": options.split}
    if options.json:
        print(json.dumps(told))
    else:
        print(", ".join(f"{name} {plain(name, value)}" for name, value in told.items()))
    return 0
