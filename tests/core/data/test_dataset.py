"""IDX files are read exactly or refused; a data set is checked; the split is the recipe's."""

import gzip
import struct
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from numpy.typing import NDArray

from mnist_core.data import Data, Dataset, dev_size_of, split
from mnist_core.data.idx import LARGEST_IDX, read_idx
from mnist_core.errors import LabError

CODES = {"u1": 0x08, "i1": 0x09, "i2": 0x0B, "i4": 0x0C, "f4": 0x0D, "f8": 0x0E}


def idx_bytes(array: NDArray[Any]) -> bytes:
    """An IDX file as the format's description says, written with struct alone."""
    kind = f"{array.dtype.kind}{array.dtype.itemsize}"
    header = struct.pack(f">BBBB{array.ndim}I", 0, 0, CODES[kind], array.ndim, *array.shape)
    return header + array.astype(f">{kind}").tobytes()


idx_arrays = st.sampled_from(sorted(CODES)).flatmap(
    lambda kind: arrays(
        np.dtype(kind), array_shapes(min_dims=1, max_dims=4, min_side=0, max_side=5)
    )
)


@given(array=idx_arrays, compressed=st.booleans())
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_type_and_dimension_comes_back(
    tmp_path: Path, array: NDArray[Any], compressed: bool
) -> None:
    content = idx_bytes(array)
    path = tmp_path / "some.idx"
    path.write_bytes(gzip.compress(content) if compressed else content)
    found = read_idx(path)
    np.testing.assert_array_equal(found, array)
    assert found.dtype == array.dtype
    assert found.dtype.isnative
    assert not found.flags.writeable


def test_a_path_may_be_a_string(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(idx_bytes(np.arange(3, dtype=np.uint8)))
    assert read_idx(str(tmp_path / "a")).tolist() == [0, 1, 2]


WHOLE = idx_bytes(np.arange(24, dtype=np.int16).reshape(2, 3, 4))


def header(code: int, *shape: int) -> bytes:
    return struct.pack(f">BBBB{len(shape)}I", 0, 0, code, len(shape), *shape)


@pytest.mark.parametrize("compressed", [False, True])
@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not an IDX file"),
        (b"\0\0\x08", "not an IDX file"),
        (b"PK\3\4" + WHOLE[4:], "not an IDX file"),
        (b"\0\1" + WHOLE[2:], "not an IDX file"),
        (b"\0\0\x0a" + WHOLE[3:], "not an IDX file"),
        (b"\0\0\x08\0", "0 dimensions"),
        (header(0x08, 1, 1, 1, 1, 1) + b"\0", "5 dimensions"),
        (WHOLE[:4], "truncated"),
        (WHOLE[:15], "truncated"),
        (WHOLE[:16], "truncated"),
        (WHOLE[:-1], "truncated"),
        (WHOLE + b"\0", "over-long"),
        (header(0x08, 60_000, 28, 28) + bytes(100), "truncated"),
        (header(0x08, LARGEST_IDX + 1), "at most"),
        (header(0x0E, LARGEST_IDX // 8 + 1), "at most"),
        (header(0x08, *[2**32 - 1] * 4), "at most"),
        (header(0x0D, 0, *[2**32 - 1] * 3), "at most"),
    ],
)
def test_a_broken_file_is_refused_by_name_and_reason(
    tmp_path: Path, content: bytes, reason: str, compressed: bool
) -> None:
    path = tmp_path / "broken.idx"
    path.write_bytes(gzip.compress(content) if compressed else content)
    refused(path, reason)


def refused(path: Path, reason: str) -> None:
    with pytest.raises(LabError) as caught:
        read_idx(path)
    message = str(caught.value)
    assert type(caught.value) is LabError
    assert str(path) in message
    assert reason in message
    assert "\n" not in message


@pytest.mark.parametrize("cut", [3, 11, 20, -9, -4, -1])
def test_a_truncated_gzip_file_is_refused(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "cut.gz"
    path.write_bytes(gzip.compress(WHOLE)[:cut])
    refused(path, "cannot be read")


def test_a_damaged_gzip_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "damaged.gz"
    whole = gzip.compress(WHOLE)
    for position in (2, 3, 10, 14, len(whole) - 8, len(whole) - 2):
        damaged = bytearray(whole)
        damaged[position] ^= 0x55
        path.write_bytes(damaged)
        with pytest.raises(LabError, match=r"damaged\.gz"):
            read_idx(path)


def test_rubbish_after_a_gzip_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "long.gz"
    path.write_bytes(gzip.compress(WHOLE) + b"rubbish")
    refused(path, "cannot be read")


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    refused(tmp_path / "missing", "cannot be read")
    refused(tmp_path, "cannot be read")


@given(content=st.binary(max_size=60), compressed=st.booleans())
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_read_or_refused(tmp_path: Path, content: bytes, compressed: bool) -> None:
    path = tmp_path / "any"
    path.write_bytes(gzip.compress(b"\0\0" + content) if compressed else b"\0\0" + content)
    kind, array = outcome(path)
    assert kind is LabError or idx_bytes(array) == b"\0\0" + content


def outcome(path: Path) -> tuple[type, Any]:
    try:
        return np.ndarray, read_idx(path)
    except ValueError as error:
        return type(error), None


def test_a_half_is_told_from_others_by_its_images_and_by_its_labels() -> None:
    images = np.zeros((6, 2, 2), np.uint8)
    labels = np.arange(6, dtype=np.uint8)
    inked = images.copy()
    inked[3, 1, 0] = 1
    halves = [Dataset(images, labels), Dataset(inked, labels), Dataset(images, labels[::-1])]
    assert len({half.fingerprint for half in halves}) == 3
    assert Dataset(images.copy(), labels.copy()).fingerprint == halves[0].fingerprint


def test_the_split_of_the_recipe(data: Data) -> None:
    parts = split(data.train, seed=0)
    assert len(parts.dev) == 5_000
    assert len(parts.train) == 55_000
    assert np.array_equal(np.sort(np.concatenate([parts.dev, parts.train])), np.arange(60_000))
    again, other = split(data.train, seed=0), split(data.train, seed=1)
    np.testing.assert_array_equal(parts.dev, again.dev)
    np.testing.assert_array_equal(parts.train, again.train)
    assert np.shares_memory(parts.train, again.train), "half a megabyte for each run of a class"
    assert not parts.train.flags.writeable
    assert not np.array_equal(parts.dev, other.dev)
    assert np.bincount(data.train.labels[parts.dev]).min() > 400, "it is shuffled by class"


@pytest.mark.parametrize("dev_size", [-1, 0, 30, 5_000])
def test_a_split_that_leaves_nothing_to_learn_is_refused(dev_size: int) -> None:
    dataset = Dataset(np.zeros((30, 1, 1), np.uint8), np.zeros(30, np.uint8))
    with pytest.raises(LabError, match=f"Of 30 pictures, {dev_size:,} cannot be set aside"):
        split(dataset, 0, dev_size)


@pytest.mark.parametrize(
    ("examples", "kept_back"), [(5, 0), (6, 1), (48, 8), (29_999, 4_999), (30_000, 5_000)]
)
def test_of_few_pictures_a_sixth_is_kept_back(examples: int, kept_back: int) -> None:
    assert dev_size_of(examples) == kept_back
    dataset = Dataset(np.zeros((examples, 1, 1), np.uint8), np.zeros(examples, np.uint8))
    if kept_back:
        assert len(split(dataset, 0).dev) == kept_back
    else:
        with pytest.raises(LabError, match="Of 5 pictures, 0 cannot be set aside"):
            split(dataset, 0)


@given(n=st.integers(2, 60), seed=st.integers(0, 2**32 - 1), share=st.floats(0, 1))
def test_a_split_leaves_nothing_out(n: int, seed: int, share: float) -> None:
    dataset = Dataset(np.zeros((n, 1, 1), np.uint8), np.zeros(n, np.uint8))
    dev_size = 1 + int(share * (n - 2))
    parts = split(dataset, seed, dev_size)
    assert len(parts.dev) == dev_size
    assert sorted([*parts.dev, *parts.train]) == list(range(n))


@pytest.mark.parametrize(
    ("images", "labels"), [((3, 2, 2), (2,)), ((3, 4), (3,)), ((3, 2, 2), (3, 1))]
)
def test_images_and_labels_that_do_not_fit_are_refused(
    images: tuple[int, ...], labels: tuple[int, ...]
) -> None:
    with pytest.raises(LabError, match="do not belong together"):
        Dataset(np.zeros(images, np.uint8), np.zeros(labels, np.uint8))


@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.int64, bool])
def test_pictures_that_are_not_bytes_are_refused_with_the_way_to_make_them_so(dtype: type) -> None:
    """As uint8, numbers from 0 to 1 would all become 0."""
    images = np.full((3, 4, 4), 0.5).astype(dtype)
    with pytest.raises(LabError, match=r"np\.rint\(255 \* images\)\.astype\(np\.uint8\)"):
        Dataset(images, np.zeros(3, np.uint8))


def test_labels_that_are_not_bytes_are_refused() -> None:
    with pytest.raises(LabError, match=r"The labels are int64.*labels\.astype\(np\.uint8\)"):
        Dataset(np.zeros((3, 4, 4), np.uint8), np.zeros(3, np.int64))


def test_a_data_set_leaves_the_arrays_of_others_writeable() -> None:
    images, labels = np.zeros((3, 4, 4), np.uint8), np.zeros(3, np.uint8)
    dataset = Dataset(images, labels)
    images[0], labels[0] = 9, 1
    assert np.shares_memory(dataset.images, images)
    for array in (dataset.images, dataset.labels):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


@given(total=st.integers(1, 300), count=st.integers(1, 400), seed=st.integers(0, 9))
def test_a_sample_is_drawn_from_everywhere(total: int, count: int, seed: int) -> None:
    dataset = Dataset(np.zeros((total, 1, 1), np.uint8), np.zeros(total, np.uint8))
    found = dataset.sample(count, seed)
    assert len(found) == min(count, total)
    assert found.tolist() == sorted(set(found.tolist()))
    assert set(found.tolist()) <= set(range(total))
    np.testing.assert_array_equal(found, dataset.sample(count, seed))


def test_both_halves_of_mnists_test_set_are_in_a_sample(data: Data) -> None:
    """The first 5,000 are of other writers than the rest, and harder to read."""
    early = np.count_nonzero(data.test.sample(1_000) < 5_000)
    assert 430 < early < 570
