"""Data sets: MNIST, and those made of the files that people have.

Read `dataset` first (a data set, and its split for a practice exam). `recognition` finds out what
files contain (a `Collection`), `assembly` makes a data set of it by somebody's `Choices`, and
`exports` writes one as files again. A module each reads a kind of file: `csv_tables`,
`picture_folders`, `numpy_files`, `idx`. `mnist/` holds MNIST's four files.
"""

from mnist_core.data.bundled import BUNDLED, MNIST, SHA256
from mnist_core.data.choices import Choices
from mnist_core.data.class_names import CLASS_FILE, LONGEST_NAME, parse_class_names
from mnist_core.data.collection import Collection
from mnist_core.data.dataset import (
    DEV_SIZE,
    Data,
    Dataset,
    Half,
    Origin,
    Split,
    dev_size_of,
    make_data,
    split,
)
from mnist_core.data.loading import load

__all__ = [
    "BUNDLED",
    "CLASS_FILE",
    "DEV_SIZE",
    "LONGEST_NAME",
    "MNIST",
    "SHA256",
    "Choices",
    "Collection",
    "Data",
    "Dataset",
    "Half",
    "Origin",
    "Split",
    "dev_size_of",
    "load",
    "make_data",
    "parse_class_names",
    "split",
]
