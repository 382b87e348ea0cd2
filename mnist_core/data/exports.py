"""Write a data set as files that other programs read, and that `recognise` reads back the same."""

from collections.abc import Sequence

from mnist_core.data.dataset import Data


def as_npz(data: Data) -> bytes:
    """Write an `.npz` with `x_train`, `y_train`, `x_test`, `y_test` and `class_names`."""
    raise NotImplementedError


def as_idx(data: Data) -> bytes:
    """Write a zip of four gzip-compressed IDX files under MNIST's names, and `classes.txt`."""
    raise NotImplementedError


def as_csv(data: Data) -> bytes:
    """Write a zip of `train.csv` and `test.csv`, a label and the pixels a row, and `classes.txt`."""
    raise NotImplementedError


def as_png_zip(data: Data) -> bytes:
    """Write a zip of PNG files, `train/7/00012.png`, and `classes.txt`."""
    raise NotImplementedError


def predictions_csv(class_names: Sequence[str]) -> str:
    """Write predictions, the class of each picture in order, as Kaggle takes them.

    The columns are `ImageId`, from 1, and `Label`. A name that a spreadsheet would take for a
    formula is preceded by an apostrophe.
    """
    raise NotImplementedError
