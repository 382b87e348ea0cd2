"""Data sets: MNIST, folders of IDX files, and what somebody uploads.

Read `dataset` (a data set, and its division into training and validation pictures), then `idx` (the
file format) and `uploads` (files that somebody brings). `mnist/` holds MNIST's four files.
"""

from mnist_core.data.dataset import (
    BUNDLED,
    CLASS_FILE,
    DEV_SIZE,
    LONGEST_NAME,
    MNIST,
    SHA256,
    Data,
    Dataset,
    Half,
    Origin,
    Split,
    dev_size_of,
    load,
    make_data,
    make_half,
    parse_class_names,
    split,
)

__all__ = [
    "BUNDLED",
    "CLASS_FILE",
    "DEV_SIZE",
    "LONGEST_NAME",
    "MNIST",
    "SHA256",
    "Data",
    "Dataset",
    "Half",
    "Origin",
    "Split",
    "dev_size_of",
    "load",
    "make_data",
    "make_half",
    "parse_class_names",
    "split",
]
