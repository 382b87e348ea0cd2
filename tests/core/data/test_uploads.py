"""A data set that somebody brings is taken as it is, or refused in one sentence."""

import gzip
import io
import pickle
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mnist_core.data import Data, load
from mnist_core.data.uploads import read_upload, save_folder
from mnist_core.errors import LabError
from tests.core.data.test_dataset import idx_bytes
from tests.full_disk import full_disk

RNG = np.random.default_rng(0)
SMALL: dict[str, Any] = {
    "x_train": RNG.integers(0, 256, (30, 5, 4), dtype=np.uint8),
    "y_train": np.arange(30, dtype=np.uint8) % 3,
    "x_test": RNG.integers(0, 256, (9, 5, 4), dtype=np.uint8),
    "y_test": np.arange(9, dtype=np.uint8) % 3,
}
FILES = {
    "x_train": "train-images-idx3-ubyte",
    "y_train": "train-labels-idx1-ubyte",
    "x_test": "t10k-images-idx3-ubyte",
    "y_test": "t10k-labels-idx1-ubyte",
}


def npz(**changes: Any) -> dict[str, bytes]:
    """An `.npz` of `SMALL`; `changes` replaces, or removes, some arrays."""
    arrays = {key: array for key, array in (SMALL | changes).items() if array is not None}
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)
    return {"small.npz": file.getvalue()}


def idx(**changes: Any) -> dict[str, bytes]:
    """The four IDX files of `SMALL`, two of them compressed."""
    arrays = {key: array for key, array in (SMALL | changes).items() if array is not None}
    plain = {FILES[key]: idx_bytes(array) for key, array in arrays.items()}
    return {
        f"{name}.gz" if "labels" in name else name: gzip.compress(content)
        if "labels" in name
        else content
        for name, content in plain.items()
    }


def assert_small(found: Data) -> None:
    for half, name in ((found.train, "train"), (found.test, "test")):
        np.testing.assert_array_equal(half.images, SMALL[f"x_{name}"])
        np.testing.assert_array_equal(half.labels, SMALL[f"y_{name}"])
        assert half.images.dtype == half.labels.dtype == np.uint8


@pytest.mark.parametrize("files", [npz(), idx()], ids=["npz", "idx"])
def test_both_forms_are_taken(files: dict[str, bytes]) -> None:
    found = read_upload(files, "small")
    assert_small(found)
    assert found.name == "small"
    assert found.class_names == ("0", "1", "2")


def test_forms_that_are_common_elsewhere_are_taken() -> None:
    images = SMALL["x_train"][..., np.newaxis].astype(np.int32)
    labels = SMALL["y_test"][:, np.newaxis].astype(np.int64)
    assert_small(read_upload(npz(x_train=images, y_test=labels), "small"))


@pytest.mark.parametrize("form", [npz, idx])
def test_class_names_come_along(form: Any) -> None:
    names = {"classes.txt": b"cat\ndog\nhen\n"}
    assert read_upload(form() | names, "zoo").class_names == ("cat", "dog", "hen")
    with pytest.raises(LabError, match=r"classes\.txt contains 2 different names for 3 classes"):
        read_upload(form() | {"classes.txt": b"cat\ndog"}, "zoo")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"x_test": None}, "has no x_test"),
        ({"x_train": SMALL["x_train"] / 255}, "x_train holds float64 values"),
        ({"x_train": SMALL["x_train"].astype(np.int16) - 1}, "x_train holds int16 values"),
        ({"y_train": SMALL["y_train"].astype(np.int64) + 300}, "y_train holds int64 values"),
        ({"x_train": np.zeros((30, 5, 4, 3), np.uint8)}, r"x_train has the shape \(30, 5, 4, 3\)"),
        ({"x_train": np.zeros((30, 200, 4), np.uint8)}, "at most 128 by 128"),
        ({"y_train": np.zeros((30, 3), np.uint8)}, "one label for each image"),
        ({"y_train": SMALL["y_train"][:-1]}, "30 images but 29 labels"),
        ({"x_test": SMALL["x_test"][:, :4]}, "pixels and the test images"),
        ({"y_test": SMALL["y_test"] + 7}, "label 9, which no training picture has"),
        ({key: SMALL[key][:0] for key in ("x_test", "y_test")}, "contain no images"),
        ({"x_train": np.array([object()] * 30)}, "cannot be read"),
    ],
)
def test_an_npz_that_does_not_fit_is_refused(changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(LabError, match=reason) as caught:
        read_upload(npz(**changes), "small")
    assert "\n" not in str(caught.value)


def test_a_pickle_is_never_opened() -> None:
    class Trap:
        def __reduce__(self) -> tuple[Any, ...]:
            return pytest.fail, ("a pickle was opened",)

    with zipfile.ZipFile(file := io.BytesIO(), "w") as archive:
        for key in SMALL:
            archive.writestr(f"{key}.npy", pickle.dumps(Trap()))
    with pytest.raises(LabError, match="cannot be read"):
        read_upload({"trap.npz": file.getvalue()}, "trap")


def test_a_header_that_promises_more_than_there_is_is_refused() -> None:
    with zipfile.ZipFile(file := io.BytesIO(), "w") as archive:
        for key, array in SMALL.items():
            single = io.BytesIO()
            np.save(single, array)
            content = single.getvalue().replace(b"(30, 5, 4)", b"(9999,5,4)")
            archive.writestr(f"{key}.npy", content)
    with pytest.raises(LabError, match="not as large as its header says"):
        read_upload({"small.npz": file.getvalue()}, "small")


def test_a_missing_file_is_named() -> None:
    with pytest.raises(LabError, match="t10k-labels-idx1-ubyte is not among the files"):
        read_upload(idx(y_test=None), "small")
    with pytest.raises(LabError, match="train-images-idx3-ubyte is not among the files"):
        read_upload({}, "nothing")


@pytest.mark.parametrize("form", [npz, idx])
def test_the_size_is_checked_before_the_content_is_read(form: Any) -> None:
    with pytest.raises(LabError, match=r"at most|room for 700"):
        read_upload(form(), "small", 700)
    assert_small(read_upload(form(), "small", 3_000))


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    data = read_upload(npz(), "small")
    with full_disk(), pytest.raises(LabError, match="small cannot be kept on the lab's disk"):
        save_folder(data, tmp_path)


@given(
    content=st.binary(max_size=80),
    whole=st.booleans(),
    cut=st.integers(0, 400),
    flipped=st.integers(0, 255),
)
@settings(max_examples=200)
def test_any_bytes_are_taken_or_refused(
    content: bytes, whole: bool, cut: int, flipped: int
) -> None:
    packed = bytearray(npz()["small.npz"])
    packed[cut % len(packed)] ^= flipped
    files = {"any.npz": bytes(packed) if whole else content}
    with suppress(LabError):
        assert len(read_upload(files, "any").train) == 30


def test_a_saved_folder_is_the_same_data_set(tmp_path: Path) -> None:
    files = npz() | {"classes.txt": b"cat\ndog\nhen"}
    brought = read_upload(files, "zoo")
    save_folder(brought, tmp_path)
    found = load(tmp_path)
    assert_small(found)
    assert found.class_names == ("cat", "dog", "hen")
    assert found.origin.is_same(brought.origin)
