"""A data set as four IDX files under MNIST's own names: how the lab itself keeps one."""

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

from mnist_core.data.class_names import CLASS_FILE
from mnist_core.data.dataset import Data
from mnist_core.data.idx import idx_bytes
from mnist_core.errors import LabError

FILES = {
    ("train", "images"): "train-images-idx3-ubyte",
    ("train", "labels"): "train-labels-idx1-ubyte",
    ("test", "images"): "t10k-images-idx3-ubyte",
    ("test", "labels"): "t10k-labels-idx1-ubyte",
}
"""By half and kind of array, the name of its file."""


def idx_files(data: Data) -> Iterator[tuple[str, bytes]]:
    """Write each of the four arrays as an IDX file, and name it."""
    halves = {"train": data.train, "test": data.test}
    for (half, kind), name in FILES.items():
        yield name, idx_bytes(cast("NDArray[np.uint8]", getattr(halves[half], kind)))


def save_folder(data: Data, folder: Path) -> None:
    """Write a data set into a folder as `mnist_core.data.load` reads it.

    Raises:
        LabError: it cannot be written.
    """
    try:
        for name, content in idx_files(data):
            (folder / name).write_bytes(content)
        (folder / CLASS_FILE).write_text("\n".join(data.class_names), encoding="utf-8")
    except OSError as error:
        raise unwritable(data.name, error) from error


def is_idx_folder(folder: Path) -> bool:
    """Tell whether all four files are there, each compressed by gzip (`.gz`) or not."""
    return all(
        (folder / name).is_file() or (folder / f"{name}.gz").is_file() for name in FILES.values()
    )


def unwritable(name: str, error: OSError) -> LabError:
    """Make the error for a data set that cannot be written."""
    return LabError(f"{name} cannot be kept on the lab's disk ({error.strerror}): ask who runs it.")
