"""Makes the t-SNE map of MNIST anew: `python -m mnist_core.maps.make`.

It needs scikit-learn, which the tests install and the app does not need.
"""

import numpy as np
from sklearn.manifold import TSNE

from mnist_core.data import BUNDLED, load
from mnist_core.exploration.pca import principal_components
from mnist_core.maps import MAP

PICTURES = 10_000
COMPONENTS = 50
"""Principal components that t-SNE is given instead of pixels, as its authors do: less noise."""

PERPLEXITY = 30


def main() -> None:
    """Embed a random sample of training pictures, and write the coordinates as whole numbers."""
    data = load(BUNDLED)
    rng = np.random.default_rng(0)
    indices = np.sort(rng.choice(len(data.train), PICTURES, replace=False))
    images = data.train.images[indices]
    coordinates = principal_components(data.train.images).project(images, COMPONENTS)
    method = TSNE(perplexity=PERPLEXITY, init="pca", random_state=0)
    places = method.fit_transform(coordinates.T).T
    low, high = places.min(axis=1, keepdims=True), places.max(axis=1, keepdims=True)
    scaled = (2 * (places - low) / (high - low) - 1) * np.iinfo(np.int16).max
    np.savez_compressed(
        MAP,
        fingerprint=data.origin.fingerprint,
        indices=indices.astype(np.uint16),
        places=np.rint(scaled).astype(np.int16),
    )
    print(f"{MAP}: {MAP.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
