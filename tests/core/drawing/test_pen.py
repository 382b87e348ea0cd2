"""Pen strokes in UNIPEN text are read as they were written, and drawn whole."""

import gzip
from pathlib import Path

import numpy as np
import pytest

from benchmarks.pen import accuracy_by_digit, anywhere, auroc, main, prepare_digits
from benchmarks.pen_numbers import KINDS
from benchmarks.photographs import FAULTS
from benchmarks.unipen import read_unipen
from mnist_core.drawing.normalisation import Box, ink_box
from mnist_core.drawing.strokes import BRUSH, CANVAS, draw
from mnist_core.errors import LabError
from tests.pen_strokes import needs_pen_strokes, pen_strokes_file

SAMPLE = """\
.INCLUDE        none.doc
.LEXICON "0" "1" "7"
.HIERARCHY      DIGIT

.SEGMENT DIGIT    0 ? "7"
.COMMENT 7 1  0
.PEN_DOWN
 100  400
 250  400
 180  100
.PEN_UP
.DT 100
.PEN_DOWN
 120  250
 240  250
.PEN_UP
.DT 100

.SEGMENT DIGIT    1 ? "1"
.COMMENT 1 2  1
.PEN_DOWN
 300  450
 300  50
.PEN_UP
.DT 100
"""


A_FOUR = """
.SEGMENT DIGIT    2 ? "4"
.PEN_DOWN
 160  400
 100  200
 240  200
.PEN_UP
.PEN_DOWN
 220  300
 220  50
.PEN_UP
"""


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    path = tmp_path / "sample.txt"
    path.write_text(SAMPLE)
    return path


def test_strokes_and_labels_with_y_pointing_down(sample: Path) -> None:
    (seven, label), (one, other) = read_unipen(sample)
    assert (label, other) == (7, 1)
    assert [stroke.tolist() for stroke in seven] == [
        [[100, 100], [250, 100], [180, 400]],
        [[120, 250], [240, 250]],
    ]
    assert [stroke.tolist() for stroke in one] == [[[300, 50], [300, 450]]]


def test_compressed_text_is_read_too(sample: Path, tmp_path: Path) -> None:
    compressed = tmp_path / "sample.gz"
    compressed.write_bytes(gzip.compress(SAMPLE.encode(), mtime=0))
    for (strokes, label), (again, same) in zip(
        read_unipen(sample), read_unipen(compressed), strict=True
    ):
        assert label == same
        for stroke, other in zip(strokes, again, strict=True):
            assert np.array_equal(stroke, other)


def test_digits_of_many_sizes_lie_wholly_on_the_canvas(sample: Path) -> None:
    rng = np.random.default_rng(0)
    seven, _ = read_unipen(sample)[0]
    sides = []
    for _ in range(100):
        placed = anywhere(seven, rng)
        points = np.concatenate(placed)
        assert points.min() >= BRUSH / 2
        assert points.max() <= CANVAS - BRUSH / 2
        width, height = np.ptp(points, axis=0)
        assert width / height == pytest.approx(0.5)
        sides.append(height)
    assert min(sides) < 130
    assert max(sides) > 200


def test_prepared_digits_are_images_like_mnists(sample: Path) -> None:
    images, labels = prepare_digits(read_unipen(sample), np.random.default_rng(0))
    assert images.shape == (2, 28, 28)
    assert images.dtype == np.uint8
    assert labels.tolist() == [7, 1]
    one = ink_box(images[1]) or Box(0, 0, 0, 0)
    assert one.bottom - one.top == 20
    assert one.right - one.left <= 5


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "holds no digits"),
        (b"A letter to a friend.", "holds no digits"),
        (b'.SEGMENT DIGIT 0 ? "8"\n.COMMENT empty\n', "digit 0, a 8, has no strokes"),
        (SAMPLE.replace("100  400", "100").encode(), "not pairs of x and y"),
        (SAMPLE.replace("100  400", "1.0.0 400").encode(), "not pairs of x and y"),
        (gzip.compress(SAMPLE.encode(), mtime=0)[:60], "cannot be read as UNIPEN"),
        (b"\xff\xfe.SEGMENT", "cannot be read as UNIPEN"),
    ],
)
def test_what_is_no_unipen_is_refused(tmp_path: Path, content: bytes, complaint: str) -> None:
    path = tmp_path / "strokes"
    path.write_bytes(content)
    with pytest.raises(LabError, match=complaint):
        read_unipen(path)


def test_accuracy_by_digit_is_a_share_of_each_digits_own() -> None:
    labels = np.array([0, 0, 0, 0, 9, 9], np.uint8)
    read = np.array([0, 0, 0, 9, 9, 0], np.uint8)
    shares = accuracy_by_digit(read, labels)
    assert (shares[0], shares[9]) == (0.75, 0.5)
    assert np.isnan(shares[1:9]).all()


def test_a_table_for_digits_confidence_strangers_numbers_and_photographs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    strokes = tmp_path / "strokes.txt"
    strokes.write_text(SAMPLE + A_FOUR)
    arguments = ["pen", str(strokes), "--model", "dense", "notebook"]
    monkeypatch.setattr("sys.argv", [*arguments, "--numbers", "2", "--photographs", "1"])
    monkeypatch.setattr("benchmarks.pen.OUTLIERS", 30)
    main()
    tables = capsys.readouterr().out.split("\n\n")
    accuracy, confidence, diagram, strangers, numbers, photographed = map(str.splitlines, tables)
    names = ["dense", "notebook"]
    assert accuracy[0].startswith("3 digits")
    assert accuracy[1].split() == ["all", *"0123456789"]
    assert [row.split()[0] for row in accuracy[2:]] == names
    assert {row.split()[2] for row in accuracy[2:]} == {"nan%"}
    assert [row.split()[0] for row in confidence[2:]] == names
    assert [row.split()[0] for row in diagram[1:]] == names
    assert all("best temperature" in row for row in diagram[1:])
    assert strangers[0].startswith("30 pictures of 15 kinds that nothing was taught")
    assert strangers[1].startswith("the detector   AUROC")
    assert numbers[1].split() == list(KINDS)
    ways = [[name, way] for name in names for way in ("sketch", "picture")]
    assert [row.split()[:2] for row in numbers[2:]] == ways
    assert all(len(row.split()) == 2 + 3 * len(KINDS) for row in numbers[2:])
    assert photographed[1].split() == ["all", *FAULTS]
    assert [row.split()[0] for row in photographed[2:]] == names
    assert all(len(row.split()) == 2 + len(FAULTS) for row in photographed[2:])


def test_the_area_under_the_curve_is_how_often_a_digit_scores_higher() -> None:
    digits, others = np.array([0.9, 0.5]), np.array([0.1, 0.6, 0.3])
    higher = [one > other for one in digits for other in others]
    assert auroc(digits, others) == pytest.approx(np.mean(higher))


def test_bad_input_is_one_line_and_exit_code_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["pen", str(tmp_path / "gone")])
    with pytest.raises(SystemExit, match="2"):
        main()
    assert "gone cannot be read" in capsys.readouterr().err


@needs_pen_strokes
def test_the_development_set() -> None:
    """As its README describes it; no digit is read here, since accuracy is not for tests."""
    digits = read_unipen(pen_strokes_file())
    assert len(digits) == 7_494
    assert set(np.bincount([label for _, label in digits])) <= set(range(700, 800))
    points = np.concatenate([stroke for strokes, _ in digits for stroke in strokes])
    assert points.min() >= 0
    assert points.max() <= 500
    assert draw(anywhere(digits[0][0], np.random.default_rng(0))).any()
