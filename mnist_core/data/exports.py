"""Write a data set as files that other programs read, and that `recognise` reads back the same."""

import gzip
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from PIL import Image

from mnist_core.data.class_names import CLASS_FILE
from mnist_core.data.collection import Progress, no_progress
from mnist_core.data.dataset import Data, Dataset, Half
from mnist_core.data.idx_folder import idx_files
from mnist_core.data.picture_folders import escaped
from mnist_core.data.spreadsheet_cells import guarded

HALVES: tuple[Half, ...] = ("train", "test")

RUN = 500
"""Rows of a table that are written at once."""


def as_npz(data: Data) -> bytes:
    """Write an `.npz` with `x_train`, `y_train`, `x_test`, `y_test` and `class_names`."""
    file = io.BytesIO()
    np.savez_compressed(
        file,
        x_train=data.train.images,
        y_train=data.train.labels,
        x_test=data.test.images,
        y_test=data.test.labels,
        class_names=np.array(data.class_names),
    )
    return file.getvalue()


def as_idx(data: Data) -> bytes:
    """Write a zip of four gzip-compressed IDX files under MNIST's names, and `classes.txt`."""
    files = ((f"{name}.gz", gzip.compress(content, 6)) for name, content in idx_files(data))
    return _zipped(data, files, zipfile.ZIP_STORED)


def as_csv(data: Data, report_progress: Progress = no_progress) -> bytes:
    """Write a zip of `train.csv` and `test.csv`, a label and the pixels a row, and `classes.txt`.

    The header names the label `label` and each pixel by its row and column from 1: `28x28`.
    """
    told = _Share(len(data.train) + len(data.test), report_progress)
    tables = ((f"{half}.csv", _table(data.half(half), data.class_names, told)) for half in HALVES)
    return _zipped(data, tables, zipfile.ZIP_DEFLATED)


def as_png_zip(data: Data, report_progress: Progress = no_progress) -> bytes:
    """Write a zip of PNG files, `train/7/00012.png`, and `classes.txt`.

    A picture's number is its place in its half.
    """
    told = _Share(len(data.train) + len(data.test), report_progress)
    pictures = (picture for half in HALVES for picture in _pictures(data, half, told))
    return _zipped(data, pictures, zipfile.ZIP_STORED)


def predictions_csv(class_names: Sequence[str]) -> str:
    """Write predictions, the class of each picture in order, as Kaggle takes them.

    The columns are `ImageId`, from 1, and `Label`. A name that a spreadsheet would take for a
    formula is preceded by an apostrophe.
    """
    rows = (f"{place},{guarded(name)}\n" for place, name in enumerate(class_names, 1))
    return "".join(("ImageId,Label\n", *rows))


class _Share:
    """Tell the share of the pictures that is written, in steps of a hundredth."""

    def __init__(self, total: int, report: Progress) -> None:
        self._total, self._report = total, report
        self._done = 0

    def advance(self, pictures: int) -> None:
        before, self._done = self._done, self._done + pictures
        if 100 * before // self._total < 100 * self._done // self._total:
            self._report(self._done / self._total)


def _table(half: Dataset, class_names: Sequence[str], told: _Share) -> bytes:
    """Write one half as a table.

    Numbers of up to three digits stand in four bytes each, those left over are zero and taken out:
    many times as fast as to write number by number.
    """
    _, height, width = half.images.shape
    cells = [f"{row}x{column}" for row in range(1, height + 1) for column in range(1, width + 1)]
    between = np.array([f"{value}," for value in range(256)], "S4")
    last = np.array([f"{value}\n" for value in range(256)], "S4")
    labels = [f"{guarded(name)},".encode() for name in class_names]
    table = [(",".join(("label", *cells)) + "\n").encode()]
    for start in range(0, len(half), RUN):
        pixels = half.images[start : start + RUN].reshape(-1, height * width)
        written = between[pixels]
        written[:, -1] = last[pixels[:, -1]]
        for row, label in zip(written, half.labels[start : start + RUN], strict=True):
            table += (labels[label], row.tobytes().replace(b"\0", b""))
        told.advance(len(pixels))
    return b"".join(table)


def _pictures(data: Data, half: Half, told: _Share) -> Iterator[tuple[str, bytes]]:
    """Yield the names and contents of one half's PNG files."""
    dataset, folders = data.half(half), [escaped(name) for name in data.class_names]
    digits = len(str(len(dataset)))
    for place, (image, label) in enumerate(zip(dataset.images, dataset.labels, strict=True)):
        file = io.BytesIO()
        Image.fromarray(image).save(file, "PNG")
        told.advance(1)
        yield f"{half}/{folders[label]}/{place:0{digits}}.png", file.getvalue()


def _zipped(data: Data, files: Iterable[tuple[str, bytes]], method: int) -> bytes:
    """Pack some files and the names of the classes into a zip archive."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method, compresslevel=1) as archive:
        archive.writestr(CLASS_FILE, "\n".join(data.class_names))
        for name, content in files:
            archive.writestr(name, content)
    return packed.getvalue()
