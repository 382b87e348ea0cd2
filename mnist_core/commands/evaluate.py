"""`evaluate`: measure a network on a data set."""

import argparse
import json
from pathlib import Path

from mnist_core.arrays import Indices
from mnist_core.commands.fitting import check_fit
from mnist_core.commands.printing import plain
from mnist_core.data import Data, Dataset, load, split
from mnist_core.errors import LabError
from mnist_core.evaluation.report import report
from mnist_core.evaluation.report_page import report_page
from mnist_core.files.storage import Model, load_model
from mnist_core.training.metrics import evaluate

PICTURES = {"train": "training pictures", "dev": "practice pictures", "test": "test pictures"}
"""What the title of a page calls those of a split."""


def add(command: argparse.ArgumentParser) -> None:
    """Which network, and on which part of the data set."""
    command.add_argument("model", help="a .safetensors file, or the name of a bundled network")
    command.add_argument(
        "--split",
        choices=list(PICTURES),
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
    command.add_argument("--html", metavar="FILE", help="write them as a page with charts")


def run(options: argparse.Namespace) -> int:
    """Print a network's accuracy on one split of the data set."""
    model = load_model(options.model)
    data = load()
    check_fit(model, data)
    dataset = _part(data, options.split, model.config.seed)
    if options.report or options.html:
        _write_report(options, model, dataset, data)
    result = evaluate(model.network, dataset)
    figures = {"accuracy": result.accuracy, "n": result.n, "loss": result.loss}
    told = {**figures, "model": model.name, "split": options.split}
    if options.json:
        print(json.dumps(told))
    else:
        print(", ".join(f"{name} {plain(name, value)}" for name, value in told.items()))
    return 0


def _part(data: Data, name: str, seed: int) -> Dataset:
    """The pictures of a split."""
    if name == "test":
        return data.test
    indices: Indices = getattr(split(data.train, seed), name)
    return data.train.subset(indices)


def _write_report(options: argparse.Namespace, model: Model, dataset: Dataset, data: Data) -> None:
    found = report(model.network, dataset)
    named = {"model": model.name, "split": options.split, "data": data.name}
    if options.report:
        _write(options.report, json.dumps(named | found, indent=1) + "\n")
    if options.html:
        title = f"{model.name} on the {PICTURES[options.split]} of {data.name}"
        names = [str(label) for label in range(model.network.classes)]
        named_classes = [*data.class_names, *names[len(data.class_names) :]]
        _write(options.html, report_page(title, found, named_classes))


def _write(path: str, text: str) -> None:
    """Write a file.

    Raises:
        LabError: it cannot be written.
    """
    try:
        Path(path).write_text(text, encoding="utf-8")
    except OSError as error:
        raise LabError(f"{path} cannot be written: {error.strerror}.") from error
