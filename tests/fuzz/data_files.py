"""Data sets in files of all kinds that the lab reads, sound and hostile ones."""

import csv
import gzip
import io
import zipfile
from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
from PIL import Image

from mnist_core.data.assembly import assemble
from mnist_core.data.idx import idx_bytes, idx_header
from mnist_core.data.recognition import recognise

SIDE = 6


def read_data(content: bytes) -> object:
    """A data set in one file."""
    collection = recognise({"some": content})
    return assemble(collection, collection.proposed, "some")


def _arrays() -> dict[str, np.ndarray]:
    rng = np.random.default_rng(0)
    return {
        "x_train": rng.integers(0, 256, (20, SIDE, SIDE), dtype=np.uint8),
        "y_train": np.arange(20, dtype=np.uint8) % 3,
        "x_test": rng.integers(0, 256, (6, SIDE, SIDE), dtype=np.uint8),
        "y_test": np.arange(6, dtype=np.uint8) % 3,
    }


def _zipped(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    with zipfile.ZipFile(file := io.BytesIO(), "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def _npz(arrays: Mapping[str, Any]) -> bytes:
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)
    return file.getvalue()


@cache
def npz_examples() -> tuple[bytes, ...]:
    """A small data set; one of other types; one with words, one-hot labels and colours."""
    arrays = _arrays()
    floats = {name: array.astype(np.float32) for name, array in arrays.items()}
    colours = np.repeat(arrays["x_train"][:, np.newaxis], 3, axis=1)
    words = np.array(["cat", "dog", "hen"])
    others = {
        "train_images": colours,
        "train_labels": np.eye(3)[arrays["y_train"]],
        "test_images": colours[:6],
        "test_labels": words[arrays["y_test"]],
        "class_names": words,
    }
    return _npz(arrays), _npz(floats), _npz(others)


@cache
def npz_bombs() -> tuple[bytes, ...]:
    """A data set that says it has a gigabyte an array, and unfolds to 64 MB each."""
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in _arrays():
            header = io.BytesIO()
            np.lib.format.write_array_header_1_0(
                header, {"descr": "|u1", "fortran_order": False, "shape": (1 << 18, 64, 64)}
            )
            with archive.open(f"{name}.npy", "w", force_zip64=True) as member:
                member.write(header.getvalue())
                for _ in range(64):
                    member.write(bytes(1 << 20))
    return (bomb.getvalue(),)


@cache
def npy_examples() -> tuple[bytes, ...]:
    """Pictures without labels, in rows and as pictures."""
    found = []
    for array in (_arrays()["x_train"].reshape(20, -1), _arrays()["x_train"] / 255):
        np.save(file := io.BytesIO(), array)
        found.append(file.getvalue())
    return tuple(found)


def read_npy(content: bytes) -> object:
    """Pictures in an array, whose labels lie beside."""
    np.save(labels := io.BytesIO(), np.arange(20) % 3)
    collection = recognise({"x.npy": content, "y.npy": labels.getvalue()})
    return assemble(collection, collection.proposed, "some")


@cache
def idx_examples() -> tuple[bytes, ...]:
    """The training images of a small data set, plain and compressed."""
    images = idx_bytes(_arrays()["x_train"])
    return images, gzip.compress(images)


@cache
def idx_bombs() -> tuple[bytes, ...]:
    """Images that say they have a gigabyte, and unfold to 128 MB."""
    return (gzip.compress(idx_header((1 << 18, 64, 64)) + bytes(1 << 27), 1),)


def read_idx(content: bytes) -> object:
    """A data set one of whose files is this, and that has a mapping of its labels."""
    arrays = _arrays()
    files = {
        "train-labels-idx1-ubyte": idx_bytes(arrays["y_train"]),
        "t10k-images-idx3-ubyte": idx_bytes(arrays["x_test"]),
        "t10k-labels-idx1-ubyte": idx_bytes(arrays["y_test"]),
        "train-images-idx3-ubyte": content,
        "mapping.txt": b"0 65 97\n1 66 98\n2 67 99\n",
    }
    collection = recognise(files)
    return assemble(collection, collection.proposed, "some")


@cache
def table_examples() -> tuple[bytes, ...]:
    """A table with a header, one without and of words, and a compressed one of shares."""
    arrays = _arrays()
    rows = [
        [label, *image.ravel()]
        for label, image in zip(arrays["y_train"], arrays["x_train"], strict=True)
    ]
    words = [[*row[1:], f"class {row[0]}"] for row in rows]
    shares = [[row[0], *(np.array(row[1:]) / 255)] for row in rows]
    found = []
    for body in ([["label", *map(str, range(SIDE * SIDE))], *rows], words, shares):
        csv.writer(file := io.StringIO()).writerows(body)
        found.append(file.getvalue().encode())
    return *found[:2], gzip.compress(found[2])


@cache
def table_bombs() -> tuple[bytes, ...]:
    """A compressed row that does not end, and one of many columns."""
    endless = gzip.compress(b"0," * (1 << 25), 9)
    wide = b",".join([b"0"] * 300_000) + b"\n"
    return endless, gzip.compress(wide * 40, 9)


@cache
def mapping_examples() -> tuple[bytes, ...]:
    """EMNIST's mapping of labels, and a name a line."""
    return b"0 65 97\n1 66 98\n2 67 99\n", b"cat\ndog\nhen\n"


def read_mapping(content: bytes) -> object:
    """Names of classes beside a small data set."""
    collection = recognise({"some.npz": npz_examples()[0], "classes.txt": content})
    return assemble(collection, collection.proposed, "some")


@cache
def folder_examples() -> tuple[bytes, ...]:
    """A zip of pictures in folders, one of all formats and sizes, and a zip of IDX files."""
    arrays = _arrays()
    same, mixed = {}, {}
    kinds = ("PNG", "JPEG", "WEBP", "BMP")
    for place, image in enumerate(arrays["x_train"][:8]):
        Image.fromarray(image).save(file := io.BytesIO(), "PNG")
        same[f"train/{place % 2}/{place}.png"] = file.getvalue()
        larger = Image.fromarray(image).resize((40 + place, 60)).convert("RGB")
        larger.save(file := io.BytesIO(), kinds[place % 4])
        mixed[f"{place % 2}_{place}.{kinds[place % 4].lower()}"] = file.getvalue()
    idx = {f"{name}-idx": gzip.compress(idx_bytes(array)) for name, array in arrays.items()}
    return _zipped(same), _zipped(mixed), _zipped({"in.zip": _zipped(idx)})


@cache
def folder_bombs() -> tuple[bytes, ...]:
    """Archives with huge files, with archives within archives, and with pictures of one colour."""
    huge = _zipped({f"{name}/1.png": bytes(1 << 26) for name in "ab"})
    deep = _zipped({"a.csv": bytes(1 << 20)})
    for _ in range(6):
        deep = _zipped({f"{place}.zip": deep for place in range(4)})
    Image.new("1", (4_000, 4_000)).save(file := io.BytesIO(), "PNG")
    flat = _zipped({f"{place % 2}/{place}.png": file.getvalue() for place in range(6)})
    return huge, deep, flat
