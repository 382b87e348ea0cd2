"""The files that people have are taken for what they are, by their content."""

import gzip
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.datasets import load_digits

from mnist_core.data.collection import Collection
from mnist_core.data.recognition import recognise
from mnist_core.data.sources import named_apart
from mnist_core.errors import LabError
from tests.core.data.made_files import (
    SMALL,
    encoded,
    idx,
    label_first,
    npy,
    npz,
    packed,
    pictures,
    table,
    zipped,
)
from tests.core.data.test_dataset import idx_bytes

IMAGES, TEST_IMAGES = pictures(30), pictures(9, seed=1)
LABELS, TEST_LABELS = np.arange(30) % 3, np.arange(9) % 3
PIXELS = [f"pixel{place}" for place in range(64)]


def names_of(found: Collection) -> list[str]:
    """The class of each training picture."""
    assert found.train is not None
    return [found.class_names[label] for label in found.train.labels]


def assert_train(found: Collection, images: Any = IMAGES, labels: Any = LABELS) -> None:
    assert found.train is not None
    np.testing.assert_array_equal(found.train.images, images)
    assert found.train.images.dtype == np.uint8
    assert names_of(found) == [str(label) for label in labels]


def assert_test(found: Collection) -> None:
    assert found.test is not None
    np.testing.assert_array_equal(found.test.images, TEST_IMAGES)
    assert [found.class_names[label] for label in found.test.labels] == list(map(str, TEST_LABELS))


# Tables


def test_a_table_with_a_header_as_kaggle_has_it() -> None:
    rows = label_first(IMAGES, LABELS)
    found = recognise({"digits.csv": table(rows, ["label", *PIXELS])})
    assert_train(found)
    assert found.test is found.unlabelled is None
    assert found.taken_for == (
        'A table with a header: the label in the column "label", 64 pixels a row.'
    )
    assert "no test pictures" in found.reasons["test_share"]


def test_a_table_without_a_header_as_rashids_book_has_it() -> None:
    found = recognise({"mnist_train_100.csv": table(label_first(IMAGES, LABELS))})
    assert_train(found)
    assert "without a header: the label in the first column" in found.taken_for


@pytest.mark.parametrize("header", [(), (*PIXELS, "class")])
def test_the_label_may_come_last(header: tuple[str, ...]) -> None:
    rows = [[*pixels, label] for label, *pixels in label_first(IMAGES, LABELS)]
    assert_train(recognise({"any": table(rows, header)}))


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_a_table_may_be_compressed_marked_and_divided_otherwise(delimiter: str) -> None:
    content = b"\xef\xbb\xbf" + table(label_first(IMAGES, LABELS), ["y", *PIXELS], delimiter)
    assert_train(recognise({"digits.csv.gz": gzip.compress(content)}))


def test_a_column_of_numbers_is_neither_pixels_nor_labels() -> None:
    rows = [[1_000 + i, *row] for i, row in enumerate(label_first(IMAGES, LABELS))]
    assert_train(recognise({"digits.csv": table(rows, ["id", "label", *PIXELS])}))


def test_shares_in_a_table_are_pixels_too() -> None:
    rows = label_first(IMAGES / 255, LABELS)
    assert_train(recognise({"digits.csv": table(rows)}))
    comma = table(rows, delimiter=";").replace(b".", b",")
    assert_train(recognise({"digits.csv": comma}))


def test_one_number_that_is_not_whole_far_down_is_read() -> None:
    rows = label_first(IMAGES, LABELS)
    rows = [*rows * 5, [2, *IMAGES[2].ravel()[:-1], 0.4]]
    found = recognise({"digits.csv": table(rows)})
    assert_train(found, np.concatenate([*[IMAGES] * 5, IMAGES[2:3]]), [*LABELS] * 5 + [2])


def test_numbers_may_name_the_columns() -> None:
    """As pandas counts them, or as it tells equal ones apart when it takes a picture for names."""
    rows = label_first(IMAGES, LABELS)
    for header in (["label", *range(64)], ["0", *(f"0.{place}" for place in range(1, 65))]):
        assert_train(recognise({"letters.csv": table(rows, [str(one) for one in header])}))


def test_words_are_labels_in_a_table() -> None:
    words = [("heart", "star", "Ähre")[label] for label in LABELS]
    found = recognise({"shapes.csv": table(label_first(IMAGES, words))})
    assert_train(found, labels=words)
    assert found.class_names == ("heart", "star", "Ähre")


def test_two_tables_are_two_halves() -> None:
    found = recognise(
        {
            "mnist_test.csv": table(label_first(TEST_IMAGES, TEST_LABELS)),
            "mnist_train.csv": table(label_first(IMAGES, LABELS)),
        }
    )
    assert_train(found)
    assert_test(found)
    assert "test_share" not in found.reasons
    assert found.name == "mnist"


def test_a_table_without_labels_is_to_be_read() -> None:
    train = table(label_first(IMAGES, LABELS), ["label", *PIXELS])
    test = table(TEST_IMAGES.reshape(9, -1).tolist(), PIXELS)
    found = recognise({"digit-recognizer.zip": zipped({"train.csv": train, "test.csv": test})})
    assert_train(found)
    assert found.test is None
    assert found.unlabelled is not None
    np.testing.assert_array_equal(found.unlabelled, TEST_IMAGES)
    alone = recognise({"test.csv": test})
    assert alone.train is None
    assert alone.class_names == ()
    np.testing.assert_array_equal(alone.unlabelled, TEST_IMAGES)


def test_coloured_pictures_in_a_table_become_grey() -> None:
    colours = np.repeat(IMAGES[..., np.newaxis], 3, axis=3)
    assert_train(recognise({"hmnist_8_8_RGB.csv": table(label_first(colours, LABELS))}))


# Folders of pictures


def test_a_folder_for_each_class() -> None:
    files = {f"{label}/{i}.png": encoded(IMAGES[i]) for i, label in enumerate(LABELS)}
    found = recognise({"digits.zip": zipped(files | {"README.md": b"Mine."})})
    assert_train(found)
    assert found.taken_for == "30 pictures, 8x8 pixels: a folder for each class."
    assert [one.split()[0] for one in found.passed_over] == ["digits/README.md"]


def test_folders_for_halves_and_classes_on_the_disk(tmp_path: Path) -> None:
    for half, images, labels in (
        ("training", IMAGES, LABELS),
        ("testing", TEST_IMAGES, TEST_LABELS),
    ):
        for i, (image, label) in enumerate(zip(images, labels, strict=True)):
            path = tmp_path / "mnist_png" / half / str(label) / f"{i}.bmp"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(encoded(image, "BMP"))
    (tmp_path / ".DS_Store").write_bytes(b"\0\0\0\1Bud1")
    found = recognise(tmp_path)
    assert_train(found)
    assert_test(found)
    assert found.passed_over == ()


def test_the_class_may_stand_in_the_files_names() -> None:
    files = {f"{label}_{i:02}.png": encoded(IMAGES[i]) for i, label in enumerate(LABELS)}
    found = recognise(files)
    assert sorted(names_of(found)) == sorted(map(str, LABELS))
    assert "before the number" in found.taken_for
    assert names_of(
        recognise({"cat.0.png": files["0_00.png"], "dog.1.png": files["1_01.png"]})
    ) == [
        "cat",
        "dog",
    ]


def test_pictures_of_one_folder_without_classes_are_to_be_read() -> None:
    found = recognise({f"IMG_{i}.png": encoded(IMAGES[i]) for i in range(4)})
    assert found.train is None
    np.testing.assert_array_equal(found.unlabelled, IMAGES[:4])


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "PNG"])
def test_pictures_of_any_size_and_kind(kind: str) -> None:
    """Dark strokes on a light page, each of another size: a bar that stands, or one that lies."""
    files = {}
    for i in range(6):
        page = np.full((300 + 20 * i, 240), 250, np.uint8)
        page[100:200, 110:130] = 10
        upright = page if i % 2 else page.T
        files[f"{('lies', 'stands')[i % 2]}/{i}"] = encoded(np.stack([upright] * 3, 2), kind)
    found = recognise({"bars.zip": zipped(files)})
    assert found.train is not None
    assert found.train.images.shape == (6, 128, 128)
    assert found.class_names == ("lies", "stands")
    assert found.proposed.invert
    assert found.proposed.framing == "centred"
    stands = found.train.images[found.train.labels == 1]
    dark = stands < 127
    assert np.ptp(np.nonzero(dark.any(axis=(0, 2)))) > np.ptp(np.nonzero(dark.any(axis=(0, 1))))


def test_photographs_are_scaled_as_a_whole() -> None:
    rng = np.random.default_rng(0)
    photos = [rng.integers(0, 256, (90 + i, 100), dtype=np.uint8) for i in range(4)]
    found = recognise({f"{'ab'[i % 2]}/{i}.png": encoded(one) for i, one in enumerate(photos)})
    assert found.proposed.framing == "resized"
    assert not found.proposed.invert


def test_a_class_called_as_a_half_is_a_class() -> None:
    """A folder `test-tube` is no test half."""
    files = {f"{name}/{i}.png": encoded(IMAGES[i]) for i, name in enumerate(["test-tube", "cup"])}
    assert recognise({"lab.zip": zipped(files)}).class_names == ("cup", "test-tube")


# NumPy


def test_the_keys_of_keras() -> None:
    arrays = {"x_train": IMAGES, "y_train": LABELS, "x_test": TEST_IMAGES, "y_test": TEST_LABELS}
    found = recognise({"mnist.npz": packed(arrays)})
    assert_train(found)
    assert_test(found)
    assert found.taken_for.startswith("NumPy arrays: 30 pictures of 8x8 pixels in x_train, with")


def test_the_keys_of_medmnist() -> None:
    """Coloured, with labels in a column, and with validation pictures, which are learned from."""
    colours = np.repeat(IMAGES[..., np.newaxis], 3, axis=3)
    arrays = {
        "val_images": colours[20:],
        "val_labels": LABELS[20:, np.newaxis],
        "train_images": colours[:20],
        "train_labels": LABELS[:20, np.newaxis],
        "test_images": np.repeat(TEST_IMAGES[..., np.newaxis], 3, axis=3),
        "test_labels": TEST_LABELS[:, np.newaxis],
    }
    found = recognise({"pathmnist.npz": packed(arrays)})
    assert_train(found)
    assert_test(found)


def test_an_array_a_file_as_kmnist_has_it() -> None:
    found = recognise(
        {
            "kmnist-test-imgs.npz": packed({"arr_0": TEST_IMAGES}),
            "kmnist-test-labels.npz": packed({"arr_0": TEST_LABELS}),
            "kmnist-train-imgs.npz": packed({"arr_0": IMAGES}),
            "kmnist-train-labels.npz": packed({"arr_0": LABELS}),
        }
    )
    assert_train(found)
    assert_test(found)
    assert found.name == "kmnist"


def test_a_file_a_class_as_quick_draw_has_it() -> None:
    rows = IMAGES.reshape(30, -1)
    found = recognise(
        {
            "full_numpy_bitmap_cat.npy": npy(rows[:10]),
            "full_numpy_bitmap_hot air balloon.npy": npy(rows[10:]),
        }
    )
    assert_train(found, labels=["cat"] * 10 + ["hot air balloon"] * 20)


def test_of_files_that_are_too_large_together_the_first_pictures_are_read() -> None:
    rows = pictures(200).reshape(200, -1)
    files = {"cat.npy": npy(rows[:80]), "dog.npy": npy(rows[80:])}
    found = recognise(files, 64 * 100)
    assert_train(
        found, rows[[*range(50), *range(80, 130)]].reshape(-1, 8, 8), ["cat"] * 50 + ["dog"] * 50
    )
    assert found.taken_for == "NumPy arrays: the first 50 pictures of each file."


@pytest.mark.parametrize(
    "images",
    [
        IMAGES.reshape(30, 64),
        IMAGES[..., np.newaxis],
        IMAGES[:, np.newaxis],
        np.repeat(IMAGES[:, np.newaxis], 3, axis=1),
        (IMAGES / 255).astype(np.float32),
        IMAGES.astype(np.float64),
        IMAGES.astype(">i4"),
        IMAGES / 127.5 - 1,
        np.asfortranarray(IMAGES),
    ],
    ids=["rows", "nhw1", "n1hw", "n3hw", "0 to 1", "floats", "int32", "-1 to 1", "columns first"],
)
def test_pictures_in_all_forms_of_arrays(images: Any) -> None:
    assert_train(recognise({"X.npy": npy(images), "y.npy": npy(LABELS)}))


@pytest.mark.parametrize(
    "labels",
    [
        LABELS.astype(np.float32),
        np.eye(3)[LABELS],
        np.array([b"0", b"1", b"2"])[LABELS],
        LABELS[:, np.newaxis].astype(np.uint8),
    ],
    ids=["floats", "one-hot", "bytes", "a column"],
)
def test_labels_in_all_forms(labels: Any) -> None:
    assert_train(recognise({"some.npz": packed({"images": IMAGES, "labels": labels})}))


def test_words_are_labels_in_an_array_and_names_come_along() -> None:
    words = np.array(["red", "green", "blue"])
    arrays = {"images": IMAGES, "labels": words[LABELS]}
    found = recognise({"some.npz": packed(arrays)})
    assert found.class_names == ("blue", "green", "red")
    assert_train(found, labels=words[LABELS])
    told = recognise({"some.npz": packed({**arrays, "class_names": words})})
    assert told.class_names == ("red", "green", "blue")
    assert_train(told, labels=words[LABELS])
    numbered = {"images": IMAGES, "labels": LABELS, "class_names": words}
    assert_train(recognise({"some.npz": packed(numbered)}), labels=words[LABELS])


def test_scikit_learns_digits() -> None:
    """8 by 8, from 0 to 16, once in rows and once as pictures."""
    digits = load_digits()
    arrays = {"data": digits.data, "target": digits.target, "images": digits.images}
    found = recognise({"digits.npz": packed(arrays)})
    assert_train(found, np.rint(digits.images * (255 / 16)), digits.target)


# IDX


def test_any_names_of_idx_files() -> None:
    found = recognise(
        {
            "train-images.idx3-ubyte": idx_bytes(IMAGES),
            "train-labels.idx1-ubyte": idx_bytes(LABELS.astype(np.uint8)),
            "t10k-images.idx3-ubyte": idx_bytes(TEST_IMAGES),
            "t10k-labels.idx1-ubyte": idx_bytes(TEST_LABELS.astype(np.uint8)),
        }
    )
    assert_train(found)
    assert_test(found)


def test_emnists_letters_begin_at_1_lie_on_their_side_and_have_a_mapping() -> None:
    files = {
        "emnist-letters-train-images-idx3-ubyte.gz": gzip.compress(idx_bytes(IMAGES)),
        "emnist-letters-train-labels-idx1-ubyte.gz": gzip.compress(
            idx_bytes(LABELS.astype(np.uint8) + 1)
        ),
        "emnist-letters-mapping.txt": b"1 65 97\n2 66 98 \n3 67 99\n",
    }
    found = recognise({"gzip.zip": zipped(files)})
    assert_train(found, labels=np.array(["Aa", "Bb", "Cc"])[LABELS])
    assert (found.proposed.quarter_turns, found.proposed.mirror) == (1, True)
    assert "EMNIST" in found.reasons["quarter_turns"]


@pytest.mark.parametrize("form", [npz, idx])
def test_class_names_lie_beside(form: Any) -> None:
    names = {"classes.txt": b"cat\ndog\nhen\n"}
    assert recognise(form() | names).class_names == ("cat", "dog", "hen")
    with pytest.raises(LabError, match=r"classes\.txt contains 2 different names for 3 classes"):
        recognise(form() | {"classes.txt": b"cat\ndog"})
    with pytest.raises(LabError, match="longer than 40 letters"):
        recognise(form() | {"classes.txt": b"cat\ndog\n" + b"x" * 41})


def test_names_of_labels_with_gaps_are_found_by_the_number() -> None:
    images, labels = idx_bytes(IMAGES), idx_bytes(np.array([1, 4, 9], np.uint8)[LABELS])
    names = "\n".join(["zero", "one", "two", "three", "four", "five", "six", "7", "8", "nine"])
    found = recognise({"images": images, "labels": labels, "classes.txt": names.encode()})
    assert found.class_names == ("one", "four", "nine")


def test_progress_rises_to_all_of_it() -> None:
    pngs = {f"{label}/{i}.png": encoded(IMAGES[i]) for i, label in enumerate(LABELS)}
    for content in (table(label_first(IMAGES, LABELS) * 20), zipped(pngs)):
        told: list[float] = []
        recognise({"digits": content}, report_progress=told.append)
        assert told == sorted(told)
        assert told[-1] == 1


def test_what_stops_the_work_by_its_progress_stops_it() -> None:
    class StopError(Exception):
        pass

    def stop(share: float) -> None:
        raise StopError(share)

    with pytest.raises(StopError):
        recognise({"digits.csv": table(label_first(IMAGES, LABELS))}, report_progress=stop)


def test_a_preview_has_pictures_of_each_class() -> None:
    found = recognise(idx()).first_of_each_class(12)
    assert {name: len(images) for name, images in found.items()} == {"0": 12, "1": 12, "2": 12}
    few = recognise(idx()).first_of_each_class(2)
    np.testing.assert_array_equal(few["1"], recognise(idx()).train.images[[1, 4]])  # type: ignore[union-attr]


def test_halves_of_the_same_pictures_are_two_halves() -> None:
    half = {"x_train": "x_test", "y_train": "y_test"}
    same = {test: SMALL[train] for train, test in half.items()}
    for files in (idx(**same), npz(**same)):
        found = recognise(files)
        assert found.train
        assert found.test
        assert len(found.test) == len(found.train)


# Files of the same name, chosen from two folders


def test_arrays_of_the_same_name_are_paired_with_the_labels_of_their_folder() -> None:
    others = LABELS[::-1]
    files = [("images.npy", npy(IMAGES)), ("labels.npy", npy(LABELS))]
    files += [("labels.npy", npy(others)), ("images.npy", npy(255 - IMAGES))]
    found = recognise(named_apart(files))
    assert_train(found, np.concatenate([IMAGES, 255 - IMAGES]), [*LABELS, *others])


def test_pictures_of_the_same_name_have_the_class_that_it_says() -> None:
    files = [(f"{name}_1.png", encoded(IMAGES[0])) for name in ("cat", "dog")]
    found = recognise(named_apart(files * 3))
    assert names_of(found) == ["cat"] * 3 + ["dog"] * 3
    nameless = recognise(named_apart([(f"{n}.png", encoded(IMAGES[n])) for n in (1, 2)] * 3))
    assert nameless.train is None, "they lay in folders that nothing tells"


def test_archives_of_the_same_name_are_both_read() -> None:
    files = [("a.zip", zipped({f"{n}/1.png": encoded(IMAGES[n + i])})) for i, n in ((0, 0), (9, 1))]
    found = recognise(named_apart(files))
    assert sorted(names_of(found)) == ["0", "1"]
    deep = {f"{name}/images/1.png": encoded(IMAGES[0]) for name in ("cat", "dog")}
    assert names_of(recognise({"a.zip": zipped(deep)})) == ["cat", "dog"]
