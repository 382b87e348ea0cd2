"""A picture file of any kind -> a drawing: bright ink on black.

Screenshots and drawings, dark on light or light on dark, with or without a transparent background,
photographs and scans. `binarisation` decides what counts as ink.
"""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

import numpy as np
from PIL import Image

from mnist_core.arrays import Pixels
from mnist_core.drawing.binarisation import ALTERED, AS_DRAWN, ink_on_paper
from mnist_core.errors import LabError

FORMATS = ("PNG", "JPEG", "WEBP")
LARGEST_FILE = 20 << 20
"""Bytes: 20 MiB."""

LARGEST_PICTURE = 1 << 25
"""Pixels, about 33 million, checked before any of them is decoded."""

ENOUGH = 1024
"""Pixels along the longer side: a larger picture is shrunk to this, and stays legible."""

ORIENTATION = 0x0112
"""The EXIF tag that tells how the camera was held."""

UPRIGHT = {  # by that tag's value: what turns the picture upright
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

_warning_filters = Lock()


def read_image(source: Path | bytes) -> Pixels:
    """Read a PNG, JPEG or WebP picture of any size as a drawing.

    Args:
        source: a file, or the content of one.

    Returns:
        `(height, width)` uint8, bright ink on black, at most 1024 pixels along the longer side;
        all zero if there is no ink. A PNG of white on black comes back as it is.

    Raises:
        LabError: it is no such picture, is broken, or is too large.
    """
    name = "The picture" if isinstance(source, bytes) else str(source)
    picture = _opened(_content(source, name), name)
    tolerance = AS_DRAWN if picture.format == "PNG" else ALTERED
    try:
        picture, turned = _shrunk(picture), _orientation(picture)
        grey = _grey(picture.transpose(UPRIGHT[turned]) if turned in UPRIGHT else picture)
    except Exception as error:  # Pillow's decoders raise a dozen types on a broken file
        raise LabError(f"{name} is broken ({_plain(error)}): save it again and retry.") from error
    return ink_on_paper(grey, tolerance)


def _plain(error: Exception) -> str:
    """What a decoder says, on one line and without an end of its own."""
    return " ".join(str(error).split()).rstrip(".")


def _content(source: Path | bytes, name: str) -> bytes:
    try:
        size = len(source) if isinstance(source, bytes) else source.stat().st_size
        if size > LARGEST_FILE:
            raise LabError(
                f"{name} has {size / 2**20:.0f} MB; the lab reads pictures of at most "
                f"{LARGEST_FILE >> 20} MB: make it smaller."
            )
        return source if isinstance(source, bytes) else source.read_bytes()
    except OSError as error:
        raise LabError(f"{name} cannot be read: {error.strerror}; check the path.") from error


def _opened(content: bytes, name: str) -> Image.Image:
    """The picture, of which only the header has been read."""
    try:
        with _without_warnings():
            picture = Image.open(io.BytesIO(content), formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise LabError(f"{name} has far too many pixels: make it smaller.") from error
    except Exception as error:  # as above
        raise LabError(
            f"{name} is not a PNG, JPEG or WebP picture: save it as one of these."
        ) from error
    if picture.width * picture.height > LARGEST_PICTURE:
        raise LabError(
            f"{name} has {picture.width} x {picture.height} pixels; the lab reads at most "
            f"{LARGEST_PICTURE:,} pixels: make it smaller."
        )
    return picture


@contextmanager
def _without_warnings() -> Iterator[None]:
    """Hide Pillow's warnings: what matters of them is raised as a `LabError`."""
    with _warning_filters, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _orientation(picture: Image.Image) -> int:
    with _without_warnings():
        return int(picture.getexif().get(ORIENTATION, 1))


def _shrunk(picture: Image.Image) -> Image.Image:
    """The picture as grey values, with alpha if it has any, at most `ENOUGH` pixels long."""
    if picture.mode == "I;16":  # which `convert` would clip
        picture = Image.fromarray((np.asarray(picture) >> 8).astype(np.uint8))
    picture.draft("L", (ENOUGH, ENOUGH))
    if picture.has_transparency_data:
        picture = picture.convert("RGBA").convert("LA")
    else:
        picture = picture.convert("L")
    picture.thumbnail((ENOUGH, ENOUGH))
    return picture


def _grey(picture: Image.Image) -> Pixels:
    """Grey values without alpha: what is transparent becomes paper.

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
