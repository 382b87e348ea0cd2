"""Small files of the kinds that people have, made without the code under test."""

import csv
import gzip
import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tests.core.data.test_dataset import idx_bytes

RNG = np.random.default_rng(0)
SMALL: dict[str, Any] = {
    "x_train": RNG.integers(0, 256, (30, 5, 4), dtype=np.uint8),
    "y_train": np.arange(30, dtype=np.uint8) % 3,
    "x_test": RNG.integers(0, 256, (9, 5, 4), dtype=np.uint8),
    "y_test": np.arange(9, dtype=np.uint8) % 3,
}
IDX_NAMES = {
    "x_train": "train-images-idx3-ubyte",
    "y_train": "train-labels-idx1-ubyte",
    "x_test": "t10k-images-idx3-ubyte",
    "y_test": "t10k-labels-idx1-ubyte",
}


def pictures(count: int, side: int = 8, seed: int = 0) -> NDArray[np.uint8]:
    """Bright ink on black with an empty border, `(count, side, side)`."""
    images = np.zeros((count, side, side), np.uint8)
    inside = (count, side - 2, side - 2)
    images[:, 1:-1, 1:-1] = np.random.default_rng(seed).integers(0, 256, inside)
    images[:, side // 2, side // 2] = 255
    return images


def npy(array: NDArray[Any]) -> bytes:
    """A `.npy` file."""
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


def packed(arrays: Mapping[str, Any]) -> bytes:
    """An `.npz` file."""
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)
    return file.getvalue()


def npz(**changes: Any) -> dict[str, bytes]:
    """An `.npz` of `SMALL`; `changes` replaces, or removes, some arrays."""
    arrays = {key: array for key, array in (SMALL | changes).items() if array is not None}
    return {"small.npz": packed(arrays)}


def idx(**changes: Any) -> dict[str, bytes]:
    """The four IDX files of `SMALL`, those with labels compressed."""
    files = {}
    for key, array in (SMALL | changes).items():
        if array is not None:
            content, name = idx_bytes(array), IDX_NAMES[key]
            files |= {f"{name}.gz": gzip.compress(content)} if "label" in name else {name: content}
    return files


def table(rows: Sequence[Sequence[Any]], header: Sequence[str] = (), delimiter: str = ",") -> bytes:
    """A table as Python's own writer has it."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter)
    if header:
        writer.writerow(header)
    writer.writerows(rows)
    return file.getvalue().encode()


def label_first(images: NDArray[Any], labels: Sequence[Any]) -> list[list[Any]]:
    """The rows of a table: a label, and then the pixels."""
    return [[label, *image.ravel()] for image, label in zip(images, labels, strict=True)]


def encoded(picture: NDArray[np.uint8], kind: str = "PNG", **options: Any) -> bytes:
    """A picture file."""
    file = io.BytesIO()
    Image.fromarray(picture).save(file, kind, **options)
    return file.getvalue()


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()
