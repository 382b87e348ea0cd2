"""What cannot be is refused by a sentence that names the file, what is in it, and what would do."""

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
from PIL import Image

from mnist_core.data import sources
from mnist_core.data.recognition import recognise
from mnist_core.drawing.picture_files import read_image
from mnist_core.errors import LabError
from tests.core.data.made_files import (
    SMALL,
    encoded,
    idx,
    label_first,
    npy,
    npz,
    pictures,
    table,
    zipped,
)
from tests.core.data.test_dataset import idx_bytes

IMAGES, LABELS = pictures(30), np.arange(30) % 3
ROWS = label_first(IMAGES, LABELS)


def refusal(files: dict[str, bytes], largest: int = 1 << 24) -> str:
    with pytest.raises(LabError) as caught:
        recognise(files, largest)
    assert type(caught.value) is LabError
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"x_train": SMALL["x_train"].astype(np.int16) - 1}, "numbers from -1 to 254"),
        ({"x_train": SMALL["x_train"].astype(np.float32) * 1e9}, "numbers from 0 to"),
        ({"x_train": np.full((30, 5, 4), np.nan)}, "not finite"),
        ({"x_train": np.zeros((30, 5, 4, 2), np.uint8)}, "shape (30, 5, 4, 2)"),
        ({"x_train": np.zeros((30, 200, 4), np.uint8)}, "at most 128 by 128"),
        ({"y_train": np.zeros((30, 3), np.uint8)}, "one label for each picture"),
        ({"y_train": np.full(30, 0.5)}, "not all whole"),
        ({"y_train": SMALL["y_train"][:-1]}, "30 images but 29 labels"),
        ({"y_train": None}, "no file has their labels"),
        ({"x_train": None, "x_test": None}, "no other file has pictures"),
        ({"x_test": SMALL["x_test"][:, :4]}, "4x5 pixels and"),
        ({key: SMALL[key][:0] for key in ("x_test", "y_test")}, "contains no images"),
        ({"x_train": np.array([object()] * 30)}, "cannot be read"),
        ({"x_train": np.zeros((30, 5, 4), complex)}, "numbers and words alone"),
    ],
)
def test_arrays_that_do_not_fit(changes: dict[str, Any], reason: str) -> None:
    said = refusal(npz(**changes))
    assert reason in said
    assert "small" in said


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"Dear diary", "a text without pictures"),
        (b"a,b\n1,2\n", "a table with 2 columns"),
        (table([[0] * 31]), "31 columns"),
        (table(ROWS, ["", *map(str, range(64))]).splitlines()[0], "no images"),
        (table([*ROWS[:3], ROWS[3][:-1]]), "64 cells in row 4 and 65 in row 1"),
        (table([*ROWS * 5, ROWS[3][:-1]]), "64 cells in row 151 and 65 in row 1"),
        (table([*ROWS * 5, [0] * 64 + ["ink"]]), "'ink' in row 151, column 65"),
        (table([*ROWS * 5, [0] * 64 + [""]]), "'' in row 151, column 65"),
        (table([["", *ROWS[0][1:]], *ROWS[1:]]), "no label in row 1"),
        (b"0," * (1 << 20), "first row"),
        (b"\x93NUMPY\x09\x00" + bytes(100), "header"),
        (npy(np.arange(30)), "no pictures"),
        (pickle.dumps(IMAGES), "pickle"),
        (b"\x89HDF\r\n\x1a\n" + bytes(50), "HDF5"),
        (b"MATLAB 5.0 MAT-file", "MATLAB"),
        (b"PAR1" + bytes(50), "table of a kind"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(50), "archive other than zip"),
        (b"\xff\xfe0\0,\0", "UTF-16"),
        (b"%PDF-1.7", "a PDF document"),
        (bytes(range(14, 240)), "no kind that the lab knows"),
        (encoded(IMAGES[0])[:60], "is broken"),
        (idx_bytes(IMAGES)[:-1], "truncated"),
        (idx_bytes(IMAGES) + b"0", "over-long"),
        (gzip.compress(idx_bytes(IMAGES))[:-20], "cannot be read"),
        (zipped({"a.png": encoded(IMAGES[0])})[:-30], "cannot be read"),
        (zipped({"notes.txt": b"Mine."}), "a text without pictures"),
        (zipped({}), "no files with pictures"),
    ],
)
def test_files_that_are_no_collection(content: bytes, reason: str) -> None:
    said = refusal({"mine": content})
    assert reason in said
    assert "mine" in said


def test_nothing_at_all_is_told() -> None:
    assert "What was brought contains no files" in refusal({})


def test_an_empty_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(LabError, match=f"{tmp_path} contains no files: bring a table"):
        recognise(tmp_path)


def test_two_sets_of_different_sizes_are_named() -> None:
    files = {"a.csv": table(ROWS), "b.csv": table(label_first(pictures(3, 9), [0, 1, 2]))}
    said = refusal(files)
    assert "a.csv has pictures of 8x8 pixels and b.csv of 9x9" in said


def test_several_data_sets_at_once_are_told_apart() -> None:
    """As in EMNIST's archive: letters and digits would share their numbers."""
    inverted = {key: 255 - SMALL[key] for key in ("x_train", "x_test")}
    files, other = {}, idx(**inverted)
    for name, found in (("emnist-letters", idx()), ("emnist-digits", other)):
        for key, content in found.items():
            files[f"{name}-{key.replace('t10k', 'test')}"] = content
    assert "gzip-emnist-digits and gzip-emnist-letters" in refusal({"gzip.zip": zipped(files)})


def test_a_pickle_is_never_opened() -> None:
    class Trap:
        def __reduce__(self) -> tuple[Any, ...]:
            return pytest.fail, ("a pickle was opened",)

    trap = pickle.dumps(Trap())
    assert "cannot be read" in refusal({"trap.npz": zipped({f"{key}.npy": trap for key in SMALL})})
    assert "cannot be read" in refusal({"trap.npy": npy(np.array([Trap()], object))})


def test_a_header_that_promises_more_than_there_is_is_refused() -> None:
    content = npy(SMALL["x_train"]).replace(b"(30, 5, 4)", b"(9999,5,4)")
    assert "not as large as its header says" in refusal({"x.npy": content})


@pytest.mark.parametrize("form", [npz, idx, lambda: {"a.csv": table(ROWS)}])
def test_the_size_is_checked_before_the_content_is_used(form: Any) -> None:
    said = refusal(form(), 700)
    assert any(words in said for words in ("bytes of room left", "at most", "more than 700"))
    assert recognise(form(), 3_000).train is not None


def test_many_pictures_are_made_smaller_and_too_many_refused() -> None:
    files = {f"{i % 2}/{i}.png": encoded(IMAGES[i]) for i in range(8)}
    found = recognise(files, 8 * 16)
    assert found.train is not None
    assert found.train.images.shape == (8, 4, 4)
    assert "more than the lab has room for" in refusal(files, 7)


def test_a_picture_that_draw_reads_may_be_too_large_for_one_of_many() -> None:
    Image.new("1", (5_000, 5_000)).save(large := io.BytesIO(), "PNG")
    assert read_image(large.getvalue()).shape == (1_024, 1_024)
    files = {"0/a.png": encoded(IMAGES[0]), "1/b.png": large.getvalue()}
    assert "1/b.png has 5000 x 5000 pixels; of a PNG like this" in refusal(files)


def test_an_archive_is_refused_by_what_its_directory_states(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    files = zipped({f"{i % 2}/{i}.png": encoded(IMAGES[i]) for i in range(8)})
    monkeypatch.setattr(sources, "LARGEST_UNFOLDED", 500)
    assert "says it holds" in refusal({"mine.zip": files})
    monkeypatch.undo()
    monkeypatch.setattr(sources, "MOST_FILES", 7)
    assert "too many files" in refusal({"mine.zip": files})


def test_archives_within_archives_come_to_an_end() -> None:
    content = zipped({"0/a.png": encoded(IMAGES[0]), "1/b.png": encoded(IMAGES[1])})
    assert recognise({"twice.zip": zipped({"in.zip": content})}).train is not None
    for _ in range(5):
        content = zipped({"in.zip": content})
    assert "within archives" in refusal({"many.zip": content})


def test_an_archive_with_a_password_or_of_another_method_says_so() -> None:
    locked = bytearray(zipped({"a.png": encoded(IMAGES[0])}))
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    assert "password" in refusal({"mine.zip": bytes(locked)})
    with zipfile.ZipFile(file := io.BytesIO(), "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.png", encoded(IMAGES[0]))
    assert "unpack it and zip it anew" in refusal({"mine.zip": file.getvalue()})


def test_a_missing_place_is_told(tmp_path: Path) -> None:
    with pytest.raises(LabError, match="nowhere is no file or folder"):
        recognise(tmp_path / "nowhere")


@given(
    content=st.binary(max_size=80),
    whole=st.booleans(),
    cut=st.integers(0, 400),
    flipped=st.integers(0, 255),
)
@settings(max_examples=150)
def test_any_bytes_are_taken_or_refused(
    content: bytes, whole: bool, cut: int, flipped: int
) -> None:
    damaged = bytearray(npz()["small.npz"])
    damaged[cut % len(damaged)] ^= flipped
    files = {"any.npz": bytes(damaged) if whole else content}
    with suppress(LabError):
        found = recognise(files)
        assert found.train or found.unlabelled is not None


def test_archives_within_others_share_the_room_of_one() -> None:
    padded = io.BytesIO()
    with zipfile.ZipFile(padded, "w") as archive:
        archive.writestr("1_1.png", encoded(IMAGES[0]))
        archive.writestr("2_1.png", bytes(10_000))  # as good as nothing once it is compressed
    packed = gzip.compress(padded.getvalue())
    said = refusal({f"{number}.zip.gz": packed for number in range(4)}, 30_000)
    assert "holds more than" in said
    assert "which is all the lab has room for" in said
