"""Pictures of every kind become the same drawing: bright ink on black."""

import io
import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from mnist_core.arrays import Pixels
from mnist_core.data import load
from mnist_core.drawing.normalisation import ink_box, to_mnist
from mnist_core.drawing.picture_files import (
    LARGEST_FILE,
    MOST_SCANS,
    read_image,
    read_thumbnail,
)
from mnist_core.drawing.picture_formats import FORMATS
from mnist_core.drawing.strokes import draw
from mnist_core.errors import LabError


@pytest.fixture(scope="module")
def digits() -> Pixels:
    return load().test.images[:300]


@pytest.fixture(scope="module")
def two() -> Pixels:
    """A 2 drawn on the canvas: bright on black."""
    angle = np.linspace(-3, 0.8, 20)
    arc = np.stack([140 + 45 * np.cos(angle), 95 + 45 * np.sin(angle)], axis=1)
    foot = np.delete(np.linspace([165, 135], [90, 215], 15), -2, axis=0)  # a last, longer step
    return draw([np.concatenate([arc, foot]), np.linspace([90, 215], [195, 215], 15)], brush=16)


def encoded(pixels: NDArray[Any] | Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    file = io.BytesIO()
    image = pixels if isinstance(pixels, Image.Image) else Image.fromarray(pixels)
    image.save(file, kind, **options)
    return file.getvalue()


def on_transparency(colour: int, alpha: Pixels) -> Pixels:
    return np.dstack([np.full((*alpha.shape, 3), colour, np.uint8), alpha])


def difference(picture: bytes, drawing: Pixels) -> float:
    """Mean difference in grey values of what a network sees; a shift by one pixel makes it 20."""
    found = to_mnist(read_image(picture)).astype(int)
    return float(np.abs(found - to_mnist(drawing)).mean())


@pytest.mark.parametrize("light_on_dark", [True, False])
def test_mnists_own_digits_come_back_unchanged(digits: Pixels, light_on_dark: bool) -> None:
    for digit in digits:
        picture = encoded(digit if light_on_dark else 255 - digit)
        assert np.array_equal(to_mnist(read_image(picture)), digit)


def test_a_tightly_cropped_digit_is_read(digits: Pixels) -> None:
    for digit in digits[:100]:
        assert difference(encoded(255 - digit[4:24, 4:24]), digit[4:24, 4:24]) < 1


@pytest.mark.parametrize("colour", [0, 40, 215, 255])
def test_transparent_background(digits: Pixels, two: Pixels, colour: int) -> None:
    assert difference(encoded(on_transparency(colour, two)), two) < 0.2
    assert difference(encoded(on_transparency(colour, two), "WEBP"), two) < 2
    for digit in digits[:50]:
        assert difference(encoded(on_transparency(colour, digit)), digit) < 1


def test_opaque_paper_with_transparent_corners(two: Pixels) -> None:
    paper = np.dstack([255 - two] * 3 + [np.full(two.shape, 255, np.uint8)])
    paper[:40, :40] = 0
    paper[-30:, -60:] = 0
    assert difference(encoded(paper), two) == 0


def test_a_wholly_transparent_picture_has_no_ink() -> None:
    assert not read_image(encoded(np.zeros((50, 50, 4), np.uint8))).any()


@pytest.mark.parametrize("paper", [0, 60, 130, 200, 255])
@pytest.mark.parametrize("ink", [0, 60, 130, 200, 255])
def test_any_two_greys(two: Pixels, paper: int, ink: int) -> None:
    picture = np.rint(paper + (ink - paper) * (two / 255)).astype(np.uint8)
    if ink == paper:
        assert not read_image(encoded(picture)).any()
    else:
        assert difference(encoded(picture), two) < 0.5


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF"])
def test_lossless_kinds_are_read_as_a_png_is(digits: Pixels, two: Pixels, kind: str) -> None:
    for drawn in (*digits[:20], two):
        for picture in (drawn, 255 - drawn):
            assert np.array_equal(read_image(encoded(picture, kind)), drawn)


def test_every_way_to_store_a_tiff(two: Pixels) -> None:
    dark = Image.fromarray(255 - two)
    for compression in ("raw", "tiff_lzw", "tiff_deflate", "packbits"):
        assert difference(encoded(dark, "TIFF", compression=compression), two) == 0
    assert difference(encoded(dark, "TIFF", compression="jpeg"), two) < 2
    assert difference(encoded(dark.convert("1"), "TIFF", compression="group4"), two) < 20
    assert difference(encoded(dark.convert("CMYK"), "TIFF"), two) == 0


@pytest.mark.parametrize(("kind", "least", "most"), [("f4", -0.5, 0.5), ("i4", -70_000, 5)])
def test_grey_values_of_any_range(two: Pixels, kind: str, least: float, most: float) -> None:
    deep = (least + (most - least) * (two / 255)).astype(kind)
    assert difference(encoded(deep, "TIFF"), two) < 1
    assert not read_image(encoded(np.full((40, 60), most, kind), "TIFF")).any()


def test_of_an_animation_and_of_pages_the_first_is_read(two: Pixels) -> None:
    first, other = Image.fromarray(255 - two), Image.new("L", (90, 90), 255)
    for kind in ("GIF", "TIFF", "PNG", "WEBP", "AVIF"):
        several = encoded(first, kind, save_all=True, append_images=[other.resize(first.size)])
        assert difference(several, two) < 2, kind


def test_colours_palettes_bits_and_deep_greys(two: Pixels) -> None:
    blue = np.full((*two.shape, 3), 255, np.uint8)
    blue[two > 127] = (20, 40, 160)
    half = Image.fromarray(np.where(two > 127, np.uint8(0), np.uint8(255)))
    deep = (255 - two).astype(np.uint16) * 257
    palette = Image.fromarray(on_transparency(0, two)).quantize(64)
    assert difference(encoded(blue), two) < 2
    assert difference(encoded(half.convert("1")), two) < 2
    assert difference(encoded(deep), two) == 0
    assert difference(encoded(palette), two) < 2
    assert difference(encoded(half.convert("CMYK"), "JPEG"), two) < 2


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "AVIF"])
@pytest.mark.parametrize("quality", [40, 75, 95])
def test_lossy_formats(digits: Pixels, two: Pixels, kind: str, quality: int) -> None:
    assert difference(encoded(255 - two, kind, quality=quality), two) < 2
    differences = [
        difference(encoded(digit, kind, quality=quality), digit) for digit in digits[:40]
    ]
    assert np.median(differences) < 6


def test_the_camera_may_be_held_any_way(two: Pixels) -> None:
    """As EXIF defines each orientation: what the stored rows and columns show."""
    stored = {
        1: two,
        2: two[:, ::-1],
        3: two[::-1, ::-1],
        4: two[::-1],
        5: two.T,
        6: two.T[::-1],
        7: two.T[::-1, ::-1],
        8: two.T[:, ::-1],
    }
    for orientation, pixels in stored.items():
        for kind in ("JPEG", "PNG", "WEBP", "AVIF", "TIFF"):
            exif = Image.Exif()
            exif[0x0112] = orientation
            picture = encoded(np.ascontiguousarray(255 - pixels), kind, exif=exif)
            assert difference(picture, two) < 2, (orientation, kind)
            light = read_thumbnail(picture, 40).mean(axis=2)
            expected = Image.fromarray(255 - two).resize((40, 40))
            assert np.abs(light - np.asarray(expected, float)).mean() < 12, (orientation, kind)


def test_large_pictures_are_shrunk(two: Pixels) -> None:
    large = np.asarray(Image.fromarray(255 - two).resize((4_000, 4_000)))
    assert difference(encoded(large), two) < 2
    assert difference(encoded(large, "JPEG"), two) < 2
    assert read_image(encoded(large)).shape == (1024, 1024)
    assert read_image(encoded(np.full((10, 3_000), 255, np.uint8))).shape[1] == 1024


def test_a_thumbnail_shows_the_picture_in_its_colours() -> None:
    picture = np.zeros((40, 80, 3), np.uint8)
    picture[:, :20] = 200, 0, 0
    assert np.array_equal(read_thumbnail(encoded(picture), 80), picture)
    small = read_thumbnail(encoded(picture), 20)
    assert small.shape == (10, 20, 3)
    assert small[5, 2, 0] > 150 > small[5, 15, 0]
    assert not small[..., 1:].any()


@pytest.mark.parametrize(("mode", "progressive"), [("RGB", False), ("L", True)])
def test_a_photograph_of_48_million_pixels_is_shrunk(
    two: Pixels, mode: str, progressive: bool
) -> None:
    large = Image.fromarray(255 - two).resize((6_048, 8_064)).convert(mode)
    photograph = encoded(large, "JPEG", progressive=progressive)
    drawing = read_image(photograph)
    assert drawing.shape == (1024, 768)
    expected = Image.fromarray(two).resize((768, 1024))
    assert np.abs(to_mnist(drawing).astype(int) - to_mnist(np.asarray(expected))).mean() < 2
    assert read_thumbnail(photograph, 160).shape == (160, 120, 3)


def with_scans(count: int) -> bytes:
    """A progressive JPEG whose last scan stands there so many times."""
    whole = encoded(Image.new("RGB", (64, 64), "white"), "JPEG", progressive=True)
    last = whole.rindex(b"\xff\xc4")  # its table, followed by the scan
    return whole[:last] + whole[last:-2] * count + whole[-2:]


def test_a_jpeg_of_many_scans_is_refused_before_it_is_decoded() -> None:
    """Each takes as long as a picture, and as few bytes as one likes."""
    assert not read_image(with_scans(20)).any()
    with pytest.raises(LabError, match=f"more than {MOST_SCANS} scans"):
        read_image(with_scans(MOST_SCANS + 1))


def test_what_follows_a_jpeg_is_not_counted(two: Pixels) -> None:
    """A telephone's moving picture is a photograph with a film behind it, of any bytes."""
    film = b"\xff\xda" * 1_000
    comment = encoded(255 - two, "JPEG", comment=film)
    assert difference(encoded(255 - two, "JPEG") + film, two) < 2
    assert difference(comment, two) < 2


def photograph(ink: Pixels, rng: np.random.Generator, light_on_dark: bool = False) -> bytes:
    """Ink on paper, lit from one side, with a soft shadow, noise, and a table at the edge."""
    side = 900
    thin = np.asarray(Image.fromarray(ink).resize((side // 2, side // 2)), float) / 255
    marks = np.zeros((side, side))
    top, left = rng.integers(80, side // 2 - 80, 2)
    marks[top : top + side // 2, left : left + side // 2] = thin
    y, x = np.mgrid[:side, :side] / side
    light = 1 - 0.45 * ((x - rng.random()) ** 2 + (y - rng.random()) ** 2)
    light *= 1 - 0.3 / (1 + np.exp(30 * (x + y - rng.uniform(0.2, 0.5))))
    paper, written = (45, 190) if light_on_dark else (215, 60)
    grey = (paper + (written - paper) * marks) * light
    if not light_on_dark:
        grey[:, -25:] = 40
    noisy = grey + rng.normal(0, 4, grey.shape)
    return encoded(np.rint(noisy.clip(0, 255)).astype(np.uint8), "JPEG", quality=80)


@pytest.mark.parametrize("light_on_dark", [True, False])
def test_photographs_in_uneven_light(two: Pixels, light_on_dark: bool) -> None:
    rng = np.random.default_rng(0)
    for _ in range(5):
        assert difference(photograph(two, rng, light_on_dark), two) < 6


@pytest.mark.parametrize("light_on_dark", [True, False])
def test_blank_paper_has_no_ink(light_on_dark: bool) -> None:
    rng = np.random.default_rng(1)
    for _ in range(5):
        blank = photograph(np.zeros((280, 280), np.uint8), rng, light_on_dark)
        assert not read_image(blank).any()
    for grey in (0, 128, 255):
        assert not read_image(encoded(np.full((40, 60), grey, np.uint8))).any()


@pytest.mark.parametrize("darker", [0.16, 0.4])
@pytest.mark.parametrize("squared", [False, True])
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_ruled_and_squared_paper(two: Pixels, kind: str, squared: bool, darker: float) -> None:
    """The lines are as much darker than the paper as the parameter says; the paper is tilted."""
    rng = np.random.default_rng(4)
    side = 800
    ink = np.zeros((side, side))
    ink[200:620, 150:570] = np.asarray(Image.fromarray(two).resize((420, 420)), float) / 255
    for tilt in (0, 0.03):
        y, x = np.mgrid[:side, :side] + rng.uniform(0, 50, 2)[:, None, None]
        lines = ((y - tilt * x) % 62 < 3) | (squared & ((x + tilt * y) % 62 < 3))
        paper = 230 * (1 - darker * lines) * (1 - 0.75 * ink)
        if kind == "JPEG":
            paper = paper * (1 - 0.2 * x / side) + rng.normal(0, 2, paper.shape)
        picture = encoded(np.rint(paper.clip(0, 255)).astype(np.uint8), kind)
        assert difference(picture, two) < 6
        drawing = read_image(picture)
        assert not drawing[:150].any()
        assert not drawing[:, :100].any()


def lit_from_the_left(ink: NDArray[Any]) -> NDArray[Any]:
    """A photograph of ink `(height, width)`, 0 to 1, as grey values."""
    rng = np.random.default_rng(5)
    light = np.linspace(230, 190, ink.shape[1])
    return light * (1 - 0.75 * ink) + rng.normal(0, 2, ink.shape)


def jpeg(grey: NDArray[Any]) -> bytes:
    return encoded(np.rint(grey.clip(0, 255)).astype(np.uint8), "JPEG")


@pytest.mark.parametrize("margin", [0, 1, 5, 20])
def test_a_photograph_cropped_closely(two: Pixels, margin: int) -> None:
    box = ink_box(two)
    assert box
    cropped = np.pad(box.of(two), margin)
    large = np.asarray(Image.fromarray(cropped).resize((3 * cropped.shape[1], 3 * len(cropped))))
    assert difference(jpeg(lit_from_the_left(large / 255)), two) < 6


@pytest.mark.parametrize("turns", [0, 1, 3])
def test_a_digit_that_reaches_the_edge_of_a_photograph(two: Pixels, turns: int) -> None:
    """Not with its foot, though: a straight bar along the edge is taken for a table."""
    box = ink_box(two)
    assert box
    digit = np.rot90(box.of(two), turns)
    paper = np.zeros((400, 440), np.uint8)
    paper[: digit.shape[0] - 3, 150 : 150 + digit.shape[1]] = digit[3:]
    assert difference(jpeg(lit_from_the_left(paper / 255)), paper) < 6


@pytest.mark.parametrize("around", ["a strip", "a corner", "two sides", "a frame"])
def test_what_lies_around_the_paper_is_no_ink(two: Pixels, around: str) -> None:
    y, x = np.mgrid[:500, :500]
    table = {
        "a strip": x > 480 - 0.04 * y,
        "a corner": x + y < 140,
        "two sides": (x < 30) | (y > 460),
        "a frame": (x < 20) | (y < 25) | (x > 475) | (y > 480),
    }[around]
    paper = np.zeros((500, 500))
    assert not read_image(jpeg(np.where(table, 50, lit_from_the_left(paper)))).any()
    paper[120:400, 110:390] = two / 255
    assert difference(jpeg(np.where(table, 50, lit_from_the_left(paper))), two) < 6


def test_dust_on_a_scan_is_ignored(two: Pixels) -> None:
    rng = np.random.default_rng(2)
    scan = (250 - 0.8 * two) + rng.normal(0, 0.7, two.shape)
    clean = np.rint(scan).astype(np.uint8)
    dusty = clean.copy()
    dusty[20:24, 20:24] = 90
    assert difference(encoded(dusty), two) < 2


def test_a_file_is_read_like_its_content(tmp_path: Path, two: Pixels) -> None:
    path = tmp_path / "two.png"
    path.write_bytes(encoded(two))
    for source in (path, str(path), path.read_bytes()):
        assert np.array_equal(read_image(source), two)
        assert np.array_equal(read_thumbnail(source, max(two.shape))[:, :, 0], two)


def png(width: int, height: int, content: bytes = b"") -> bytes:
    """A PNG file that claims this size, whatever its content."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(content)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "is empty: choose a PNG, JPEG"),
        (b"a letter to a friend", "is text, not a picture"),
        (b"\0\1\2\3", "is not a picture that the lab knows"),
        (b"GIF89a, or so it says", "is broken: save it again"),
        (b"\0\0\0\x24ftypheic\0\0\0\0mif1heic", "is a HEIC picture.*save it as JPEG"),
        (b"\0\0\0\x24ftypmif1\0\0\0\0heic", "is a HEIC picture.*screenshot"),
        (b"\0\0\0\x24ftypavif\0\0\0\0mif1", "an AVIF picture that cannot be opened"),
        (b"\0\0\0\x24ftypqt  ", "is a video.*screenshot"),
        (b"%PDF-1.7\n", "is a PDF document.*screenshot"),
        (b'<?xml version="1.0"?>\n<svg>', "is an SVG drawing.*screenshot"),
        (encoded(np.zeros((5, 5), np.uint8), "JPEG2000"), "of a kind that the lab does not read"),
        (encoded(np.zeros((5, 5), np.uint8), "ICO"), "of a kind that the lab does not read"),
        (png(6_000, 6_000), "has 6000 x 6000 pixels; of a PNG like this"),
        (png(10_000, 10_000), "has 10000 x 10000 pixels"),
        (png(60_000, 60_000), "far too many pixels"),
        (png(30, 30), "is broken"),
        (encoded(np.zeros((90, 90), np.uint8), "JPEG")[:-80], "is broken"),
        (bytes(LARGEST_FILE + 1), "is 20 MB"),
    ],
)
def test_what_cannot_be_read_gets_one_sentence(content: bytes, complaint: str) -> None:
    assert_refused(content, complaint)


@pytest.mark.parametrize(
    ("mode", "side", "kind", "options", "complaint"),
    [
        ("1", 9_000, "GIF", {}, "has 9000 x 9000 pixels"),
        ("1", 9_000, "TIFF", {"compression": "group4"}, "9000 x 9000"),
        ("L", 8_000, "WEBP", {"method": 0}, "8000 x 8000"),
        ("L", 6_000, "AVIF", {"speed": 10}, "6000 x 6000"),
        ("CMYK", 8_000, "JPEG", {}, "8000 x 8000 pixels; of a JPEG"),
    ],
)
def test_a_picture_of_too_many_pixels_gets_one_sentence(
    mode: str, side: int, kind: str, options: dict[str, object], complaint: str
) -> None:
    assert_refused(encoded(Image.new(mode, (side, side)), kind, **options), complaint)


def assert_refused(content: bytes, complaint: str) -> None:
    for name in ("", "a seven.png"):
        with pytest.raises(LabError, match=complaint) as error:
            read_image(content, name)
        message = str(error.value)
        assert message.startswith(f"{name or 'The picture'} ")
        assert "\n" not in message
        assert message.endswith(".")
        assert ". " not in message, "one sentence"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    for missing in (tmp_path / "gone.png", str(tmp_path / "gone.png")):
        with pytest.raises(LabError, match=r"gone\.png cannot be read: No such file"):
            read_image(missing)
    with pytest.raises(LabError, match="Is a directory"):
        read_image(tmp_path)


@given(
    where=st.lists(st.integers(0, 10_000), max_size=6), value=st.integers(0, 255), data=st.data()
)
@settings(max_examples=150, deadline=None)
def test_damaged_files_never_do_worse_than_a_sentence(
    where: list[int], value: int, data: st.DataObject
) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "a description"
    kind = data.draw(st.sampled_from(list(FORMATS)))
    whole = encoded(np.arange(24, dtype=np.uint8).reshape(4, 6) * np.uint8(10), kind, exif=exif)
    damaged = bytearray(whole[: data.draw(st.integers(1, len(whole)))])
    for place in where:
        damaged[place % len(damaged)] = value
    try:
        drawing = read_image(bytes(damaged))
    except LabError:
        return
    assert drawing.dtype == np.uint8
    assert drawing.ndim == 2
