"""The bundled MNIST is whole; another place with files of any kind takes its place."""

import gzip
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from mnist_core.data import SHA256, Data, bundled, load
from mnist_core.data.idx_folder import save_folder
from mnist_core.errors import LabError
from tests.core.data.made_files import encoded, label_first, npz, pictures, table
from tests.core.data.test_dataset import idx_bytes
from tests.full_disk import full_disk


def test_the_bundled_mnist_is_whole(data: Data) -> None:
    assert data.train.images.shape == (60_000, 28, 28)
    assert data.test.images.shape == (10_000, 28, 28)
    for half in (data.train, data.test):
        assert half.labels.shape == half.images.shape[:1]
        assert half.classes == 10
        for array in (half.images, half.labels):
            assert array.dtype == np.uint8
            with pytest.raises(ValueError, match="read-only"):
                array[0] = 1
    assert data.train.labels[:10].tolist() == [5, 0, 4, 1, 9, 2, 1, 3, 1, 4]
    assert np.bincount(data.test.labels).tolist() == [
        980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009,
    ]  # fmt: skip


def test_it_loads_without_a_setting(data: Data, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MNIST_DATA_DIR", raising=False)
    found = load()
    np.testing.assert_array_equal(found.test.images, data.test.images)
    np.testing.assert_array_equal(found.train.labels, data.train.labels)


@pytest.mark.parametrize("name", SHA256)
def test_a_bundled_file_with_one_changed_pixel_is_refused(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for other in SHA256:
        shutil.copy(bundled.BUNDLED / f"{other}.gz", tmp_path)
    content = bytearray(gzip.decompress((tmp_path / f"{name}.gz").read_bytes()))
    content[-1] ^= 1
    (tmp_path / f"{name}.gz").write_bytes(gzip.compress(content, 1))
    monkeypatch.setattr(bundled, "BUNDLED", tmp_path)
    monkeypatch.delenv("MNIST_DATA_DIR", raising=False)
    with pytest.raises(LabError, match=rf"{name}\.gz is not the file that came with the lab"):
        load()


def small_folder(folder: Path, **changes: NDArray[Any] | bytes | None) -> Path:
    """Four small files of 5x4 images in 3 classes; `changes` replaces, or removes, some."""
    rng = np.random.default_rng(0)
    content: dict[str, Any] = {
        "train_images": rng.integers(0, 256, (30, 5, 4), dtype=np.uint8),
        "train_labels": np.arange(30, dtype=np.uint8) % 3,
        "t10k_images": rng.integers(0, 256, (9, 5, 4), dtype=np.uint8),
        "t10k_labels": np.arange(9, dtype=np.uint8) % 3,
    } | changes
    for key, array in content.items():
        half, kind = key.split("_")
        name = f"{half}-{kind}-idx{3 if kind == 'images' else 1}-ubyte"
        if array is not None:
            (folder / name).write_bytes(array if isinstance(array, bytes) else idx_bytes(array))
    return folder


def test_another_folder_takes_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MNIST_DATA_DIR", str(small_folder(tmp_path)))
    found = load()
    assert found.train.images.shape == (30, 5, 4)
    assert found.test.labels.tolist() == [0, 1, 2] * 3
    assert found.train.classes == 3
    with pytest.raises(ValueError, match="read-only"):
        found.train.images[0] = 0


def test_a_compressed_file_may_stand_beside_a_plain_one(tmp_path: Path) -> None:
    small_folder(tmp_path, train_images=None)
    images = np.full((30, 5, 4), 7, np.uint8)
    compressed = gzip.compress(idx_bytes(images))
    (tmp_path / "train-images-idx3-ubyte.gz").write_bytes(compressed)
    np.testing.assert_array_equal(load(tmp_path).train.images, images)


def test_a_folder_gives_the_data_set_its_name_and_its_classes_theirs(tmp_path: Path) -> None:
    folder = tmp_path / "boots"
    folder.mkdir()
    small_folder(folder)
    for found in (load(folder), load(str(folder))):
        assert (found.name, found.class_names) == ("boots", ("0", "1", "2"))
        assert len(found.train) == 30
    (folder / "classes.txt").write_text("sandal\nankle boot \nschöner Schuh\n", encoding="utf-8")
    assert load(folder).class_names == ("sandal", "ankle boot", "schöner Schuh")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"sandal\nboot\n", "2 different names for 3 classes"),
        (b"sandal\nboot\nboot\n", "2 different names for 3 classes"),
        (b"sandal\n\nboot\n", "a name that is empty"),
        (b"sandal\nboot\n" + b"x" * 41, "longer than 40 letters"),
        (b"sandal\nboot\n\xff", "cannot be read"),
    ],
)
def test_class_names_that_do_not_fit_are_refused(
    content: bytes, reason: str, tmp_path: Path
) -> None:
    small_folder(tmp_path)
    (tmp_path / "classes.txt").write_bytes(content)
    with pytest.raises(LabError, match=reason):
        load(tmp_path)


def test_a_data_set_is_known_by_its_content_not_its_name(data: Data, tmp_path: Path) -> None:
    assert data.name == "MNIST"
    assert data.class_names == tuple("0123456789")
    for name in SHA256:
        shutil.copy(bundled.BUNDLED / f"{name}.gz", tmp_path)
    copied = load(tmp_path)
    assert copied.name == tmp_path.name
    assert copied.origin.fingerprint == data.origin.fingerprint
    labels = np.arange(30, dtype=np.uint8) % 3
    places = [tmp_path / "one", tmp_path / "other"]
    for place, kind in zip(places, (labels, labels[::-1]), strict=True):
        place.mkdir()
        small_folder(place, train_labels=kind)
    one, other = (load(place).origin.fingerprint for place in places)
    assert len({one, other, data.origin.fingerprint}) == 3


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"train_labels": None}, "train-images-idx3-ubyte has pictures to learn from, but no"),
        ({"train_images": None}, "no other file has pictures for it"),
        ({"train_images": b"rubbish"}, "not an IDX file"),
        (
            {"train_images": np.zeros((30, 20), np.uint8)},
            "(30, 20) of uint8, which are no pictures",
        ),
        ({"train_labels": np.zeros(29, np.uint8)}, "30 images but 29 labels"),
        ({"t10k_images": np.zeros((9, 4, 5), np.uint8)}, "one data set"),
        ({"t10k_labels": np.full(9, 3, np.uint8)}, "the class 3"),
        (
            {"t10k_images": np.zeros((0, 5, 4), np.uint8), "t10k_labels": np.zeros(0, np.uint8)},
            "no images",
        ),
        ({"train_images": np.zeros((30, 0, 4), np.uint8)}, "no images"),
    ],
)
def test_a_broken_folder_is_refused_in_one_sentence(
    changes: dict[str, Any], reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MNIST_DATA_DIR", str(small_folder(tmp_path, **changes)))
    with pytest.raises(LabError) as caught:
        load()
    assert type(caught.value) is LabError
    assert reason in str(caught.value)
    assert str(tmp_path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_folder_that_is_not_there_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MNIST_DATA_DIR", str(tmp_path / "nowhere"))
    with pytest.raises(LabError, match=r"nowhere.*MNIST_DATA_DIR"):
        load()


def test_a_saved_folder_is_the_same_data_set(tmp_path: Path) -> None:
    (tmp_path / "zoo.npz").write_bytes(npz()["small.npz"])
    brought = load(tmp_path / "zoo.npz")
    assert brought.name == "zoo"
    folder = tmp_path / "kept"
    folder.mkdir()
    save_folder(brought, folder)
    found = load(folder)
    assert found.class_names == brought.class_names == ("0", "1", "2")
    assert found.origin.is_same(brought.origin)
    np.testing.assert_array_equal(found.test.images, brought.test.images)


def test_a_saved_folder_is_not_turned_or_inverted(tmp_path: Path) -> None:
    """What a visitor chose for it stays so: the processes of a search read the same pictures."""
    light = 255 - pictures(30)
    (tmp_path / "light.csv").write_bytes(table(label_first(light, np.arange(30) % 3)))
    assert load(tmp_path / "light.csv").train.images[:, 0].max() == 0, "paper is black"
    small_folder(tmp_path, train_images=light, t10k_images=light[:9])
    (tmp_path / "light.csv").unlink()
    np.testing.assert_array_equal(load(tmp_path).train.images, light)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, data: Data) -> None:
    with full_disk(), pytest.raises(LabError, match="MNIST cannot be kept on the lab's disk"):
        save_folder(data, tmp_path)


def test_a_folder_of_pictures_is_a_data_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    images = pictures(12)
    for place, image in enumerate(images):
        path = tmp_path / "shapes" / ("heart", "star")[place % 2] / f"{place}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(encoded(image))
    monkeypatch.setenv("MNIST_DATA_DIR", str(tmp_path / "shapes"))
    found = load()
    assert (found.name, found.class_names) == ("shapes", ("heart", "star"))
    assert (len(found.train), len(found.test)) == (10, 2)
