"""`evaluate`: measure a network on a data set."""

import argparse
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from mnist_core.arrays import Indices
from mnist_core.commands import data_option
from mnist_core.commands.fitting import check_fit
from mnist_core.commands.printing import plain
from mnist_core.data import Data, Dataset, split
from mnist_core.errors import LabError
from mnist_core.evaluation.report import Figures, report
from mnist_core.files.storage import load_model
from mnist_core.training.metrics import evaluate
from mnist_core.training.model import Model

Formats: TypeAlias = Mapping[str, Callable[[Figures], str]]
"""Writers of a file's text from all figures, by the option that names the file."""

FORMATS: Formats = MappingProxyType({"report": lambda values: json.dumps(values, indent=1) + "\n"})


def add(command: argparse.ArgumentParser) -> None:
    """Add the options: the network, the part of the data set, and the output."""
    command.add_argument("model", help="a .safetensors file, or the name of a bundled network")
    data_option.add(command)
    command.add_argument(
        "--split",
        choices=["train", "dev", "test"],
        default="test",
        help="which pictures: those it learned from, the practice exam (validation set) or the "
        "final exam (test set)",
    )
    command.add_argument("--json", action="store_true", help="print one JSON object")
    command.add_argument(
        "--report",
        metavar="FILE",
        help="write all figures as JSON, spoilt and attacked pictures too",
    )


def run(options: argparse.Namespace) -> int:
    """Print a network's accuracy on one split of the data set."""
    return measure(options, FORMATS)


def measure(options: argparse.Namespace, formats: Formats) -> int:
    """Write all figures in the formats whose option names a file, then print the accuracy."""
    model = load_model(options.model)
    data = data_option.chosen_data(options)
    check_fit(model, data)
    dataset = _part(data, options.split, model.config.seed)
    files = [(path, text) for name, text in formats.items() if (path := getattr(options, name))]
    if files:
        all_figures = _all_figures(model, options.split, dataset, data)
        for path, text in files:
            _write(path, text(all_figures))
    result = evaluate(model.network, dataset)
    figures = {"accuracy": result.accuracy, "n": result.n, "loss": result.loss}
    printed = {**figures, "model": model.name, "split": options.split}
    if options.json:
        print(json.dumps(printed))
    else:
        print(", ".join(f"{name} {plain(name, value)}" for name, value in printed.items()))
    return 0


def _part(data: Data, name: str, seed: int) -> Dataset:
    """Return the pictures of a split."""
    if name == "test":
        return data.test
    indices: Indices = getattr(split(data.train, seed), name)
    return data.train.subset(indices)


def _all_figures(model: Model, split_name: str, dataset: Dataset, data: Data) -> Figures:
    """Compute the figures of `report`, with the names of network, split, data set and classes."""
    numbers = [str(label) for label in range(model.network.classes)]
    return {
        "model": model.name,
        "split": split_name,
        "data": data.name,
        "class_names": [*data.class_names, *numbers[len(data.class_names) :]],
        **report(model.network, dataset),
    }


def _write(path: str, text: str) -> None:
    """Write a file.

    Raises:
        LabError: the file cannot be written.
    """
    try:
        Path(path).write_text(text, encoding="utf-8")
    except OSError as error:
        raise LabError(f"{path} cannot be written: {error.strerror}.") from error
