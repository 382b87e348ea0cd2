"""The MNIST that comes with the lab: four files, checked against their SHA-256."""

from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

from mnist_core.data.dataset import Data, Dataset, Origin, fingerprint, make_data, sha256_of_idx
from mnist_core.data.idx import read_idx
from mnist_core.errors import LabError

BUNDLED = Path(__file__).parent / "mnist"

SHA256 = {
    "train-images-idx3-ubyte": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    "train-labels-idx1-ubyte": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    "t10k-images-idx3-ubyte": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    "t10k-labels-idx1-ubyte": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
}
"""Of the uncompressed files, by MNIST's own names."""

MNIST = Origin(
    "MNIST", fingerprint(SHA256["train-images-idx3-ubyte"], SHA256["train-labels-idx1-ubyte"])
)
"""The data set that comes with the lab."""


def load_bundled() -> Data:
    """Load MNIST.

    Raises:
        LabError: a file is missing, or is not the one that came with the lab.
    """
    return make_data(bundled_half("train"), bundled_half("t10k"), MNIST.name)


def bundled_half(name: str) -> Dataset:
    """Load one half, `train` or `t10k`.

    Raises:
        LabError: as `load_bundled`.
    """
    return Dataset(_array(f"{name}-images-idx3-ubyte"), _array(f"{name}-labels-idx1-ubyte"))


def _array(name: str) -> NDArray[np.uint8]:
    path = BUNDLED / f"{name}.gz"
    array = read_idx(path)
    if array.dtype != np.uint8 or sha256_of_idx(array) != SHA256[name]:
        raise LabError(f"{path} is not the file that came with the lab. Restore it from git.")
    return cast("NDArray[np.uint8]", array)
