"""A data set that is written as files is the same when it is read again."""

import csv
import gzip
import io
import zipfile
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from mnist_core.data import Choices, Data, Dataset
from mnist_core.data.assembly import assemble
from mnist_core.data.exports import as_csv, as_idx, as_npz, as_png_zip, predictions_csv
from mnist_core.data.recognition import recognise
from tests.core.data.made_files import SMALL

PLAIN = Data(
    Dataset(SMALL["x_train"], SMALL["y_train"]),
    Dataset(SMALL["x_test"], SMALL["y_test"]),
    "small",
    ("0", "1", "2"),
)
WAYS = {"npz": as_npz, "idx": as_idx, "csv": as_csv, "png": as_png_zip}
NAMES = (
    ("0", "1", "2"),
    ("7", "8", "9"),
    ("1", "0", "2"),
    ("T-shirt/top", "trouser", "ankle boot"),
    ("train", "test", ".."),
    ('=HYPERLINK("http://x")', "-1+1", "@a;b"),
    ("schön", "日本", "a, b"),
)


@pytest.mark.parametrize("names", NAMES, ids=" ".join)
@pytest.mark.parametrize("way", WAYS)
def test_each_form_is_read_back_to_the_same_arrays(way: str, names: tuple[str, ...]) -> None:
    data = replace(PLAIN, class_names=names)
    found = recognise({f"small.{way}": WAYS[way](data)})
    again = assemble(found, Choices(), "small")
    assert again.class_names == names
    assert again.origin == data.origin
    np.testing.assert_array_equal(again.test.images, data.test.images)
    np.testing.assert_array_equal(again.test.labels, data.test.labels)


def member(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


def test_numpy_reads_the_npz() -> None:
    found = np.load(io.BytesIO(as_npz(PLAIN)))
    np.testing.assert_array_equal(found["x_train"], PLAIN.train.images)
    np.testing.assert_array_equal(found["y_test"], PLAIN.test.labels)


def test_the_idx_files_have_mnists_names_and_form() -> None:
    content = gzip.decompress(member(as_idx(PLAIN), "t10k-images-idx3-ubyte.gz"))
    assert content[:8] == bytes([0, 0, 8, 3, 0, 0, 0, 9])
    assert content[16:] == PLAIN.test.images.tobytes()


def test_pythons_csv_module_reads_the_table() -> None:
    rows = csv.reader(io.StringIO(member(as_csv(PLAIN), "test.csv").decode()))
    header, *body = rows
    assert header[:3] == ["label", "1x1", "1x2"]
    assert header[-1] == "5x4"
    found = np.array(body, int)
    np.testing.assert_array_equal(found[:, 0], PLAIN.test.labels)
    np.testing.assert_array_equal(found[:, 1:].reshape(9, 5, 4), PLAIN.test.images)


def test_a_png_has_its_place_in_its_name() -> None:
    picture = Image.open(io.BytesIO(member(as_png_zip(PLAIN), "train/1/04.png")))
    np.testing.assert_array_equal(np.asarray(picture), PLAIN.train.images[4])


@pytest.mark.parametrize("way", [as_csv, as_png_zip])
def test_progress_is_told(way: Callable[..., bytes]) -> None:
    told: list[float] = []
    way(PLAIN, told.append)
    assert told == sorted(told)
    assert told[-1] == 1


def test_predictions_are_as_kaggle_takes_them() -> None:
    assert predictions_csv(["7", "2"]) == "ImageId,Label\n1,7\n2,2\n"


def test_no_cell_begins_as_a_formula_does() -> None:
    names = ("=1+1", "+a", "@a", "-a", "-1", 'say "=1"', "a\tb")
    cells = [row[1] for row in csv.reader(io.StringIO(predictions_csv(names)))][1:]
    assert cells == ["'=1+1", "'+a", "'@a", "'-a", "-1", 'say "=1"', "a\tb"]
    table = member(as_csv(replace(PLAIN, class_names=("=1+1", "b", "c"))), "train.csv").decode()
    assert {line.partition(",")[0] for line in table.splitlines()[1:]} == {"'=1+1", "b", "c"}
