"""`suspects`: labels of a data set that may be wrong."""

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict

from mnist_core.commands import data_option
from mnist_core.commands.fitting import check_fit
from mnist_core.data import Data
from mnist_core.errors import LabError
from mnist_core.exploration.label_errors import SuspectedLabel, label_errors
from mnist_core.files.storage import bundled, load_model
from mnist_core.training.model import Model

BY_DEFAULT = 100


def add(command: argparse.ArgumentParser) -> None:
    """Add the options: the labels, the networks that judge them, and the output."""
    command.add_argument("--split", choices=["test"], default="test", help="the labels in doubt")
    data_option.add(command)
    command.add_argument("--count", type=_count, default=BY_DEFAULT, help="how many to print")
    command.add_argument(
        "--models",
        nargs="+",
        metavar="MODEL",
        help="networks that have not learned from these pictures; by default the bundled ones",
    )
    command.add_argument("--json", action="store_true", help="print one JSON object a line")


def _count(text: str) -> int:
    count = int(text)
    if count < 1:
        raise argparse.ArgumentTypeError(f"{count} pictures; choose at least 1")
    return count


def run(options: argparse.Namespace) -> int:
    """Print the most doubtful labels, the most doubtful first."""
    data = data_option.chosen_data(options)
    models = _judges(options.models, data)
    opinions = [model.network.probabilities(data.test.images) for model in models]
    for suspect in label_errors(data.train, data.test, opinions, options.count):
        print(json.dumps(asdict(suspect)) if options.json else _line(suspect, data), flush=True)
    return 0


def _judges(names: Sequence[str] | None, data: Data) -> list[Model]:
    """Load the networks of these names, or those of the lab that were trained on this data set."""
    if names is None:
        fitting = [model for model in map(load_model, bundled()) if model.fits(data)]
        if not fitting:
            raise LabError(
                f"No network of the lab has learned from {data.name}: name yours with --models."
            )
        return fitting
    models = [load_model(name) for name in names]
    for model in models:
        check_fit(model, data)
    return models


def _line(suspect: SuspectedLabel, data: Data) -> str:
    names = data.class_names
    return (
        f"picture {suspect.index}: labelled {names[suspect.label]}, "
        f"perhaps {names[suspect.instead]} ({suspect.confidence:.1%} for the label)"
    )
