"""What all tests share: the data set, read once, and property tests that are the same each time."""

import pytest
from hypothesis import settings

from mnist_core import data as data_room
from mnist_core.data import Data
from mnist_core.threads import limit_blas_threads

settings.register_profile("lab", deadline=None, derandomize=True)
settings.load_profile("lab")
limit_blas_threads()


@pytest.fixture(scope="session")
def data() -> Data:
    """The bundled MNIST, whatever MNIST_DATA_DIR says."""
    return data_room.load(data_room.BUNDLED)
