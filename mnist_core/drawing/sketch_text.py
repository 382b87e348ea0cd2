"""Encodes a sketch as a short text for an address, and decodes it.

The text is the base64 (RFC 4648, section 5, without padding) of deflated JSON: for each mark
`[width, erases, x, y, dx, dy, …]`, all but `erases` in tenths of a pixel.
"""

import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

import numpy as np

from mnist_core.drawing.sketch import Mark, Sketch, checked_mark, checked_sketch
from mnist_core.errors import LabError

TENTHS = 10
LONGEST = 6_000
"""Characters: some browsers and messengers cut longer addresses."""

LARGEST = 200_000
"""The most bytes of JSON that a text may decompress to."""


def to_text(sketch: Sketch) -> str:
    """Encode a sketch as text, to a tenth of a pixel.

    Raises:
        LabError: the text would be longer than `LONGEST`.
    """
    content = json.dumps([_entry(mark) for mark in sketch], separators=(",", ":")).encode()
    text = urlsafe_b64encode(zlib.compress(content, 9)).decode().rstrip("=")
    if len(text) > LONGEST:
        raise LabError("The drawing is too long for a link: save it as a picture instead.")
    return text


def from_text(text: str) -> Sketch:
    """Decode the sketch in a text from an untrusted address.

    Raises:
        LabError: the text was not written by `to_text`, or its sketch cannot be drawn.
    """
    try:
        if len(text) > LONGEST:
            raise ValueError("too long")
        unfold = zlib.decompressobj()
        content = unfold.decompress(urlsafe_b64decode(text + "=" * (-len(text) % 4)), LARGEST)
        if not unfold.eof:
            raise ValueError("cut short, or too much")
        return checked_sketch([_mark(*entry) for entry in json.loads(content)])
    except (ValueError, TypeError, zlib.error, RecursionError) as error:
        raise LabError("The link contains no drawing: ask for it again.") from error


def _entry(mark: Mark) -> list[int]:
    points = np.rint(mark.path * TENTHS).astype(int)
    steps = np.diff(points, axis=0, prepend=np.zeros((1, 2), int))
    return [round(mark.width * TENTHS), int(mark.erases), *steps.ravel().tolist()]


def _mark(width: Any, erases: Any, *steps: Any) -> Mark:
    points = np.cumsum(np.array(steps, np.float64).reshape(-1, 2), axis=0) / TENTHS
    return checked_mark(points.tolist(), float(width) / TENTHS, erases == 1)
