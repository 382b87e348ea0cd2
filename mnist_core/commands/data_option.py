"""`--data`: the data set that a command works on."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tqdm import tqdm

from mnist_core.data import Data, load
from mnist_core.data.collection import Progress
from mnist_core.data.loading import assembled, read_place


def add(command: argparse.ArgumentParser) -> None:
    """Add the option to a command."""
    command.add_argument(
        "--data",
        metavar="PATH",
        type=Path,
        help="the data set: a table (CSV), a zip or folder with pictures, NumPy's or IDX files; by "
        "default MNIST_DATA_DIR, or else MNIST",
    )


def chosen_data(options: argparse.Namespace) -> Data:
    """Load the data set that the options name, and say on standard error what it was taken for.

    Raises:
        LabError: it cannot be read.
    """
    if options.data is None:
        return load()
    with _bar() as report_progress:
        collection, choices = read_place(options.data, report_progress)
    data = assembled(collection, choices, options.data)
    reasons = collection.reasons.values() if choices == collection.proposed else ()
    print(f"{options.program}:", collection.taken_for, *reasons, file=sys.stderr)
    return data


@contextmanager
def _bar() -> Iterator[Progress]:
    """Show a progress bar on a terminal."""
    with tqdm(total=100, unit="%", disable=None, leave=False) as bar:
        yield lambda share: bar.update(round(100 * share) - bar.n)
