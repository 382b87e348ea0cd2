"""Digits that lie on their side are known by MNIST's own; everything else is left as it is."""

import numpy as np
import pytest

from mnist_core.arrays import Pixels
from mnist_core.data import Choices, Data
from mnist_core.data.assembly import as_chosen
from mnist_core.data.recognition import recognise
from tests.core.data.made_files import packed, pictures

WAYS = {
    "transposed": (lambda images: images.transpose(0, 2, 1), (1, True)),
    "mirrored": (lambda images: images[:, :, ::-1], (0, True)),
    "upside down": (lambda images: images[:, ::-1, ::-1], (2, False)),
    "on the left side": (lambda images: np.rot90(images, 1, (1, 2)), (1, False)),
    "upright": (lambda images: images, (0, False)),
}


@pytest.mark.parametrize("paper", ["black", "white"])
@pytest.mark.parametrize("way", WAYS)
def test_digits_are_turned_upright(data: Data, way: str, paper: str) -> None:
    change, (turns, mirror) = WAYS[way]
    images: Pixels = data.train.images[:400]
    found_as = change(images) if paper == "black" else 255 - change(images)
    arrays = {"images": np.ascontiguousarray(found_as), "labels": data.train.labels[:400]}
    found = recognise({"digits.npz": packed(arrays)})
    assert (found.proposed.quarter_turns, found.proposed.mirror) == (turns, mirror)
    assert ("quarter_turns" in found.reasons) == (way != "upright")
    assert found.proposed.invert == (paper == "white")
    assert found.train is not None
    np.testing.assert_array_equal(as_chosen(found.train.images, found.proposed), images)


def test_what_is_no_handwritten_digit_is_not_turned() -> None:
    """Labels 0 to 9 of other pictures, as Fashion-MNIST has them."""
    arrays = {"images": pictures(300, 28), "labels": np.arange(300) % 10}
    assert recognise({"clothes.npz": packed(arrays)}).proposed == Choices()


def test_emnists_names_do_not_overrule_upright_digits(data: Data) -> None:
    arrays = {"images": data.train.images[:400], "labels": data.train.labels[:400]}
    found = recognise({"emnist-mnist-ubyte.npz": packed(arrays)})
    assert found.proposed == Choices()
