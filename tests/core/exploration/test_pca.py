"""Principal components, against scikit-learn."""

import numpy as np
import pytest
from sklearn.decomposition import PCA

from mnist_core.data import Data
from mnist_core.exploration.pca import PrincipalComponents, principal_components
from tests.core.exploration.pictures import random_dataset


@pytest.fixture(scope="module")
def mnist(data: Data) -> PrincipalComponents:
    return principal_components(data.train.images)


def test_the_components_are_scikit_learns() -> None:
    images = random_dataset(0, 200).images
    found = principal_components(images)
    oracle = PCA().fit(images.reshape(200, -1).astype(float))
    np.testing.assert_allclose(found.explained, np.cumsum(oracle.explained_variance_ratio_))
    np.testing.assert_allclose(
        np.abs(found.components.T @ oracle.components_.T), np.eye(20), atol=1e-8
    )
    coordinates = found.project(images, 3)
    expected = oracle.transform(images.reshape(200, -1))[:, :3].T
    np.testing.assert_allclose(np.abs(coordinates), np.abs(expected), rtol=1e-3, atol=1e-2)


def test_154_components_hold_95_percent_of_mnists_variance(mnist: PrincipalComponents) -> None:
    assert mnist.explained[152] < 0.95 <= mnist.explained[153]
    assert mnist.explained[-1] == pytest.approx(1)


def test_more_components_bring_a_picture_nearer(data: Data, mnist: PrincipalComponents) -> None:
    image = data.test.images[:1]
    errors = [
        float(np.linalg.norm(mnist.rebuild(mnist.project(image, count))[0] - image[0]))
        for count in (1, 10, 100, 784)
    ]
    assert errors == sorted(errors, reverse=True)
    assert errors[-1] < 0.5


def test_equal_pictures_do_not_vary() -> None:
    found = principal_components(np.full((3, 2, 2), 9, np.uint8))
    assert found.variances.tolist() == [0, 0, 0, 0]
    assert found.explained.tolist() == [0, 0, 0, 0]
    np.testing.assert_array_equal(found.rebuild(np.zeros((1, 1)))[0], np.full((2, 2), 9))
