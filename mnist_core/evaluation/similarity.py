"""An order of the classes that puts those side by side that are confused with each other."""

import numpy as np
from numpy.typing import NDArray

from mnist_core.arrays import Indices


def by_similarity(confusion: NDArray[np.int64]) -> Indices:
    """Return the classes `(classes,)` in an order that puts confused ones near each other.

    Two classes are bound as strongly as they are confused, in either direction. The order is
    that of the Fiedler vector, the eigenvector of the second smallest eigenvalue of the graph's
    Laplacian, which minimizes the squared distances of bound classes. Atkins, Boman & Hendrickson
    1998, section 2. The class 0 stands in the first half.
    """
    bonds = (confusion + confusion.T).astype(np.float64)
    np.fill_diagonal(bonds, 0)
    bonds += 1e-6 * max(1.0, bonds.max())  # connects classes that are never confused
    np.fill_diagonal(bonds, 0)
    laplacian = np.diag(bonds.sum(axis=1)) - bonds
    order = np.argsort(np.linalg.eigh(laplacian)[1][:, 1], kind="stable")
    late = int(np.flatnonzero(order == 0)[0]) >= len(order) / 2
    return order[::-1] if late else order
