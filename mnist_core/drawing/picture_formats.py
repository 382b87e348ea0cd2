"""The picture formats that the lab reads, the memory that decoding takes, and other files.

A format is recognized by the first bytes of a file, not by its name. HEIC is not among them:
docs/measurements.md says why.
"""

import re

import numpy as np
from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile

FORMATS = {
    "PNG": (".png",),
    "JPEG": (".jpg", ".jpeg"),
    "WEBP": (".webp",),
    "AVIF": (".avif",),
    "GIF": (".gif",),
    "BMP": (".bmp",),
    "TIFF": (".tif", ".tiff"),
}
"""The suffixes of each format, by Pillow's name of the format."""

IN_WORDS = "PNG, JPEG, WebP, AVIF, GIF, BMP or TIFF"

SUFFIXES = tuple(suffix for suffixes in FORMATS.values() for suffix in suffixes)

REFUSED_SUFFIXES = (".heic", ".heif", ".jxl", ".jp2", ".psd", ".svg", ".pdf")
"""Suffixes of other files that people choose: accepted, so that the error names the remedy."""

BYTES_A_PIXEL = 12
"""The most bytes that decoding takes for each pixel, all copies of the picture together..."""

BYTES_OF_MORE = {"WEBP": 20, "AVIF": 16}
"""... and in the formats whose decoders keep more."""

AGAIN = "save it again and retry"
AS_JPEG = "open it, save it as JPEG or take a screenshot of it, and choose that"
SCREENSHOT = "take a screenshot of the number in it, and choose that"
ANOTHER = f"choose a {IN_WORDS} file"

OTHERS = (
    (rb"\x89PNG|\xff\xd8\xff|RIFF....WEBP|GIF8|II\*\0|MM\0\*", "broken", AGAIN),
    (rb"....ftypavi", "an AVIF picture that cannot be opened", AS_JPEG),
    (rb"....ftyp(hei|hev|mif1|msf1)", "a HEIC picture, which the lab does not read", AS_JPEG),
    (
        rb"\xff\x0a|....JXL |....jP  |\xff\x4f\xff\x51|8BPS|\0\0\x01\0",
        "of a kind that the lab does not read",
        AS_JPEG,
    ),
    (rb"\s*(<\?xml.*|<!--.*)?<svg", "an SVG drawing, which the lab does not read", SCREENSHOT),
    (rb"%PDF", "a PDF document, not a picture", SCREENSHOT),
    (rb"....ftyp|\x1aE\xdf\xa3", "a video, not a picture", SCREENSHOT),
    (rb"\Z", "empty", ANOTHER),
    (rb"[^\0-\x08\x0e-\x1f]*\Z", "text, not a picture", ANOTHER),
    (rb"", "not a picture that the lab knows", ANOTHER),
)
"""Other files, in the order tried: a pattern of their first bytes, their kind, the remedy."""

BEGINNING = 1_000
"""The first bytes of a file that are compared with the patterns."""


def what_it_is(content: bytes) -> str:
    """Name the kind of a file that Pillow cannot open and the remedy: the end of a sentence."""
    begins = content[:BEGINNING]
    return next(
        f"is {what}: {remedy}"
        for beginning, what, remedy in OTHERS
        if re.match(beginning, begins, re.DOTALL)
    )


def bytes_a_pixel(picture: Image.Image) -> float:
    """Return the most bytes that decoding takes for each pixel; of a JPEG, libjpeg's own need.

    A JPEG may come in several scans, and all its coefficients, two bytes each, are kept until the
    last. Its colours are often stored at half the width and height.
    """
    if not isinstance(picture, JpegImageFile):
        return BYTES_OF_MORE.get(picture.format or "", BYTES_A_PIXEL)
    across, down = np.array([(wide, high) for _, wide, high, _ in picture.layer]).T
    return float(2 * across @ down / (across.max() * down.max()) + 1)


MARKER = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
"""A marker of a JPEG, except those that occur within its compressed data."""

END, SCAN = 0xD9, 0xDA


def scans(jpeg: bytes) -> int:
    """Count the scans of a JPEG file by its markers (ITU T.81, annex B)."""
    position, count = 2, 0
    while (marker := MARKER.search(jpeg, position)) and jpeg[marker.start() + 1] != END:
        count += jpeg[marker.start() + 1] == SCAN
        position = marker.end() + int.from_bytes(jpeg[marker.end() : marker.end() + 2], "big")
    return count
