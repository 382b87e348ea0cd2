"""The settings of a run as JSON, and its curve as CSV."""

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import asdict

from mnist_core.errors import LabError
from mnist_core.training.config import TrainingConfig
from mnist_core.training.events import Measured

LARGEST_CONFIG = 100_000
"""The largest size of a configuration file, in bytes."""


def history_csv(history: Iterable[Measured]) -> str:
    """Write the points of a curve as CSV, one row per point."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([Measured._fields, *history])
    return text.getvalue()


def config_json(config: TrainingConfig) -> str:
    """Write the hyperparameters as JSON, one per line."""
    return json.dumps(asdict(config), indent=2) + "\n"


def read_config(content: bytes, name: str) -> TrainingConfig:
    """Read the configuration in the content of a JSON file that is called `name`.

    Raises:
        LabError: it is too long, no JSON, or not a configuration of the lab.
    """
    if len(content) > LARGEST_CONFIG:
        raise LabError(f"{name} is too long for settings: choose a file saved by the lab.")
    try:
        values = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise LabError(f"{name} is not JSON: choose settings saved by the lab.") from error
    return TrainingConfig.from_mapping(values)
