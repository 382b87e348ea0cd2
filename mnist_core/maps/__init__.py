"""The t-SNE map of MNIST that comes with the lab, as coordinates; the module `make` made it.

t-SNE (van der Maaten & Hinton 2008) lays pictures out so that near neighbours stay near. Distances
between clusters, and the clusters' sizes, mean little.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from mnist_core.arrays import Floats, Indices
from mnist_core.data import Origin

MAP = Path(__file__).with_name("mnist.npz")


@dataclass(frozen=True)
class StoredMap:
    """The coordinates of some training pictures.

    Attributes:
        fingerprint: that of the data set whose pictures they are.
        indices: those of the training examples, `(n,)`.
        places: `(2, n)` float32, each axis from -1 to 1.
    """

    fingerprint: str
    indices: Indices
    places: Floats


def stored_map(origin: Origin) -> StoredMap | None:
    """Return the map of the data set of this origin; None where the lab has none."""
    with np.load(MAP) as file:
        if str(file["fingerprint"]) != origin.fingerprint:
            return None
        places = file["places"].astype(np.float32) / np.iinfo(np.int16).max
        return StoredMap(origin.fingerprint, file["indices"].astype(np.intp), places)
