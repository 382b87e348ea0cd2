"""Principal component analysis: the directions in which the pictures differ most.

Pearson 1901; Hotelling 1933. The components are the eigenvectors of the pixels' covariance matrix,
and the eigenvalue of each is the variance of the pictures along it.
"""

from dataclasses import dataclass

import numpy as np

from mnist_core.arrays import Floats, Pixels

BLOCK = 4096


@dataclass(frozen=True)
class PrincipalComponents:
    """The components of some images of `shape` (height, width), in order of falling variance.

    Attributes:
        mean: the average picture, `(pixels,)`, grey values.
        components: orthonormal columns, `(pixels, pixels)`.
        variances: those of the images along each component, `(pixels,)`.
    """

    shape: tuple[int, int]
    mean: Floats
    components: Floats
    variances: Floats

    @property
    def explained(self) -> Floats:
        """The share of the variance that the first k components explain, at index k - 1."""
        total = self.variances.sum()
        shares: Floats = np.cumsum(self.variances) / (total if total > 0 else 1)
        return shares

    def project(self, images: Pixels, count: int) -> Floats:
        """Project images `(n, h, w)` on the first `count` components: `(count, n)`."""
        coordinates = np.empty((count, len(images)), np.float32)
        first = self.components[:, :count].astype(np.float32)
        for start in range(0, len(images), BLOCK):
            block = images[start : start + BLOCK].reshape(-1, self.mean.size) - self.mean
            coordinates[:, start : start + BLOCK] = (block.astype(np.float32) @ first).T
        return coordinates

    def rebuild(self, coordinates: Floats) -> Floats:
        """Rebuild the images `(n, h, w)` with these coordinates `(k, n)`, in grey values.

        They may lie a little outside 0 to 255.
        """
        count = len(coordinates)
        flat = self.mean + coordinates.T @ self.components[:, :count].T
        images: Floats = flat.reshape(-1, *self.shape)
        return images


def principal_components(images: Pixels) -> PrincipalComponents:
    """Compute the principal components of images `(n, h, w)`, in float64, covariance over n."""
    n, height, width = images.shape
    flat = images.reshape(n, -1)
    mean = flat.mean(axis=0, dtype=np.float64)
    covariance = np.zeros((mean.size, mean.size))
    for start in range(0, n, BLOCK):
        block = flat[start : start + BLOCK] - mean
        covariance += block.T @ block
    variances, components = np.linalg.eigh(covariance / n)
    return PrincipalComponents(
        (height, width), mean, components[:, ::-1], np.maximum(variances[::-1], 0)
    )
