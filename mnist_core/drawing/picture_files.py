"""Reads a picture file of any kind as a drawing: bright ink on black.

It reads screenshots and drawings, dark on light or light on dark, with or without a transparent
background, photographs and scans. `binarisation` separates ink from paper. Of an animation or of
several pages the first picture is read.
"""

import io
import warnings
from collections.abc import Callable
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile

from mnist_core.arrays import Pixels
from mnist_core.drawing.binarisation import ALTERED, AS_DRAWN, Tolerance, ink_on_paper
from mnist_core.drawing.picture_formats import FORMATS, bytes_a_pixel, scans, what_it_is
from mnist_core.errors import LabError

LARGEST_FILE = 20 << 20
"""The most bytes of a file: 20 MiB."""

MOST_MEMORY = 384 << 20
"""The most bytes that decoding may take, checked before it begins: 384 MiB, enough for a photograph
of 50 million pixels however it is stored."""

MOST_MEMORY_OF_ONE = 224 << 20
"""The same for one of the pictures of a data set, beside which the others lie: 224 MiB, enough for
11 million pixels in any format, and for a JPEG of 33 million."""

MOST_SCANS = 50
"""The most scans of a JPEG, which usually has one or ten: each takes as long as a picture."""

ENOUGH = 1024
"""Pixels along the longer side: a larger picture is shrunk to this, and stays legible."""

LOSSLESS = ("PNG", "GIF", "BMP", "TIFF")

ORIENTATION = 0x0112
"""The EXIF tag of the camera's orientation."""

UPRIGHT = {  # by that tag's value: the transposition that turns the picture upright
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

_one_at_a_time = Lock()
"""Lets one thread decode at a time: all share the memory and Python's warning filters."""


def read_image(source: Path | str | bytes, name: str = "") -> Pixels:
    """Read a picture file of any size as a drawing.

    Args:
        source: the path of a file, or the content of one as bytes.
        name: its name in errors; by default the file's path.

    Returns:
        `(height, width)` uint8, bright ink on black, at most 1024 pixels along the longer side;
        all zero if there is no ink. A PNG of white on black comes back as it is.

    Raises:
        LabError: the file is not such a picture, is broken, or is too large.
    """
    picture, tolerance = _decoded(source, name, _in_grey, ENOUGH, MOST_MEMORY)
    return ink_on_paper(_opaque(picture), tolerance)


def read_grey(source: Path | str | bytes, side: int, name: str = "") -> Pixels:
    """Read the grey values of a picture file as they are, whatever of it is ink.

    Args:
        source: the path of a file, or the content of one as bytes.
        side: pixels along the longer side beyond which it is shrunk.
        name: what an error calls it; by default the file's path.

    Returns:
        `(height, width)` uint8; what is transparent has the colour of paper.

    Raises:
        LabError: as `read_image`.
    """
    picture, _ = _decoded(source, name, _in_grey, side, MOST_MEMORY_OF_ONE)
    return _opaque(picture)


def read_thumbnail(source: Path | str | bytes, side: int) -> NDArray[np.uint8]:
    """Read a picture file as it looks: `(height, width, 3)`, at most `side` pixels a side.

    Raises:
        LabError: as `read_image`.
    """
    picture, _ = _decoded(source, "", _in_colour, side, MOST_MEMORY)
    return np.asarray(picture)


def _decoded(
    source: Path | str | bytes,
    name: str,
    convert: Callable[[Image.Image, int], Image.Image],
    side: int,
    memory: int,
) -> tuple[Image.Image, Tolerance]:
    """Decode a picture, upright, at most `side` pixels a side, with its tolerance.

    `memory` is the most bytes that decoding may take.
    """
    name = name or ("The picture" if isinstance(source, bytes) else str(source))
    content = _content(source, name)
    with _one_at_a_time, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # those that matter are raised as a `LabError`
        picture = _opened(content, name, memory)
        try:
            converted = convert(picture, side)
            turned = picture.getexif().get(ORIENTATION, 1)
            picture.close()  # its memory is needed
            converted.thumbnail((side, side))
            upright = converted.transpose(UPRIGHT[turned]) if turned in UPRIGHT else converted
        except Exception as error:  # Pillow's decoders raise a dozen types on a broken file
            raise LabError(
                f"{name} is broken ({_plain(error)}): save it again and retry."
            ) from error
    return upright, _tolerance(picture)


def _tolerance(picture: Image.Image) -> Tolerance:
    jpeg_within = "jpeg" in str(picture.info.get("compression"))  # of a TIFF
    return AS_DRAWN if picture.format in LOSSLESS and not jpeg_within else ALTERED


def _plain(error: Exception) -> str:
    """Return a decoder's message on one line, without a full stop."""
    return " ".join(str(error).split()).rstrip(".") or type(error).__name__


def _content(source: Path | str | bytes, name: str) -> bytes:
    try:
        size = len(source) if isinstance(source, bytes) else Path(source).stat().st_size
        if size > LARGEST_FILE:
            raise LabError(
                f"{name} is {size / 2**20:.0f} MB; the limit is {LARGEST_FILE >> 20} MB: make it "
                "smaller."
            )
        return source if isinstance(source, bytes) else Path(source).read_bytes()
    except OSError as error:
        raise LabError(f"{name} cannot be read: {error.strerror}; check the path.") from error


def _opened(content: bytes, name: str, memory: int) -> Image.Image:
    """Open a picture and check its size; only its header is read."""
    try:
        picture = Image.open(io.BytesIO(content), formats=tuple(FORMATS))
        most = int(memory / bytes_a_pixel(picture))
    except Image.DecompressionBombError as error:
        raise LabError(f"{name} has far too many pixels: make it smaller.") from error
    except Exception as error:  # as above
        raise LabError(f"{name} {what_it_is(content)}.") from error
    if picture.width * picture.height > most:
        raise LabError(
            f"{name} has {picture.width} x {picture.height} pixels; of a {picture.format} like "
            f"this the lab reads at most {most:,}: make it smaller."
        )
    if isinstance(picture, JpegImageFile) and scans(content) > MOST_SCANS:
        raise LabError(
            f"{name} comes in more than {MOST_SCANS} scans, which takes too long to decode: save "
            "it again as an ordinary JPEG."
        )
    return picture


def _in_grey(picture: Image.Image, side: int) -> Image.Image:
    """Convert a picture to grey values, with alpha if it has any."""
    picture.draft("L", (side, side))
    if picture.has_transparency_data:
        return (picture if picture.mode == "RGBA" else picture.convert("RGBA")).convert("LA")
    return _in_8_bits(picture, side).convert("L")


def _in_colour(picture: Image.Image, side: int) -> Image.Image:
    picture.draft("RGB", (2 * side, 2 * side))
    return _in_8_bits(picture, side).convert("RGB")


def _in_8_bits(picture: Image.Image, side: int) -> Image.Image:
    """Scale deep grey values to 8 bits; `convert` would clip them."""
    if picture.mode.startswith("I;16"):
        return Image.fromarray((np.asarray(picture) >> 8).astype(np.uint8))
    if picture.mode in ("I", "F"):  # of any range
        picture.thumbnail((side, side))
        values = np.nan_to_num(np.asarray(picture, np.float64))
        share = (values - values.min()) / (np.ptp(values) or 1)
        return Image.fromarray(np.rint(255 * share).astype(np.uint8))
    return picture


def _opaque(picture: Image.Image) -> Pixels:
    """Return grey values without alpha: transparent pixels become paper.

    If most of the picture is opaque, the rest gets the opaque part's median grey. Otherwise the
    opaque part is ink, and the rest becomes white or black, whichever the ink differs from more.
    """
    if picture.mode == "L":
        return np.asarray(picture)
    grey, opaque = (np.asarray(band, np.float32) for band in picture.split())
    if not opaque.any():
        return np.zeros(grey.shape, np.uint8)
    if opaque.mean() > 127:
        paper = float(np.median(grey[opaque > 127]))
    else:
        paper = 0.0 if np.average(grey, weights=opaque) > 127 else 255.0
    flat: Pixels = np.rint(paper + (grey - paper) * opaque / 255).astype(np.uint8)
    return flat
