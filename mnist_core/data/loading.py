"""Load a data set from its place: MNIST that comes with the lab, or files of any kind."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mnist_core.data.bundled import BUNDLED, load_bundled
from mnist_core.data.choices import Choices
from mnist_core.data.collection import Collection, Progress, no_progress
from mnist_core.data.dataset import Data
from mnist_core.data.idx_folder import is_idx_folder
from mnist_core.errors import LabError

LARGEST = 1 << 30
"""Bytes that the pictures of one's own disk may have: 1 GiB."""

VARIABLE = "MNIST_DATA_DIR"
"""The environment variable that names the data set of the whole lab."""


def load(place: Path | str | None = None) -> Data:
    """Load the data set at `place`, at `MNIST_DATA_DIR`, or the MNIST that comes with the lab.

    Args:
        place: a folder or a file of any kind that `recognition.recognise` knows. A folder that has
            four IDX files under MNIST's own names is taken as it is, which is how the lab keeps
            data sets; of all others, what is proposed is chosen, as `read_place` says.

    Raises:
        LabError: it cannot be read; see `recognise` and `assemble`.
    """
    named = os.environ.get(VARIABLE) or None
    try:
        return _load(place if place is not None else named)
    except LabError as error:
        if place is None and named:
            raise LabError(f"{error} Or unset {VARIABLE} to use the bundled MNIST.") from error
        raise


def _load(place: Path | str | None) -> Data:
    if place is None or Path(place).resolve() == BUNDLED:
        return load_bundled()
    return assembled(*read_place(Path(place)), Path(place))


def read_place(place: Path, report_progress: Progress = no_progress) -> tuple[Collection, Choices]:
    """Read the files at a place, and choose what they suggest where nobody is asked.

    Raises:
        LabError: see `recognise`.
    """
    from mnist_core.data.recognition import recognise  # noqa: PLC0415 (it needs Pillow)

    with _naming(place):
        collection = recognise(place, LARGEST, report_progress)
    return collection, Choices() if is_idx_folder(place) else collection.proposed


def assembled(collection: Collection, choices: Choices, place: Path) -> Data:
    """Make a data set that is called after its place.

    Raises:
        LabError: see `assemble`.
    """
    from mnist_core.data.assembly import assemble  # noqa: PLC0415 (it needs Pillow)

    name = place.resolve().name if place.is_dir() else collection.name
    with _naming(place):
        return assemble(collection, choices, name)


@contextmanager
def _naming(place: Path) -> Iterator[None]:
    """Name the place in an error, which names files inside it."""
    try:
        yield
    except LabError as error:
        if str(place) in str(error):
            raise
        raise LabError(f"In {place}: {error}") from error
