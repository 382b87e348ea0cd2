"""The file format of a set of drawings: JSON, with all images in one string.

    {"format": "mnist-lab drawings 1", "name": "Shapes", "wanted": 20, "classes": ["heart", "star"],
     "labels": [0, 1, …], "images": "…"}

`labels` has the place of each drawing's class; `images` is the base64 of the deflated pixels of all
drawings, 28 x 28 bytes each.
"""

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from mnist_core.arrays import Pixels
from mnist_core.data import LONGEST_NAME
from mnist_core.drawing.normalisation import FRAME
from mnist_core.drawn.drawing_set import MOST_CLASSES, MOST_DRAWINGS, UNNAMED, DrawingSet
from mnist_core.errors import LabError

FORMAT = "mnist-lab drawings 1"
LARGEST_FILE = 8 << 20
"""Bytes: 8 MiB, more than the pixels of `MOST_IN_FILE` drawings."""

NO_DRAWINGS = "The file contains no set of drawings: choose one that the page Make has exported."
NOT_AS_EXPORTED = (
    f"The file has more than {MOST_CLASSES} classes, a class without a name of its own, or a "
    "drawing without ink: choose one that the page Make has exported."
)
MOST_IN_FILE = 5_000
"""Most drawings in a file: those of a class, more than one person may make."""

MOST_WANTED = 200


def to_json(drawn: DrawingSet) -> bytes:
    """Encode a set of drawings as the content of a file."""
    places = {entry.key: place for place, entry in enumerate(drawn.classes)}
    pixels = b"".join(drawing.image.tobytes() for drawing in drawn.drawings)
    root = {
        "format": FORMAT,
        "name": drawn.name,
        "wanted": drawn.wanted,
        "classes": [entry.name for entry in drawn.classes],
        "labels": [places[drawing.key] for drawing in drawn.drawings],
        "images": b64encode(zlib.compress(pixels)).decode(),
    }
    return json.dumps(root).encode()


def from_json(content: bytes) -> DrawingSet:
    """Decode a set of drawings from the content of a file, which is not trusted.

    Raises:
        LabError: the file is too large, of another kind, or has more drawings than a set may.
    """
    if len(content) > LARGEST_FILE:
        raise LabError(f"The file is larger than {LARGEST_FILE >> 20} MB: choose another.")
    try:
        root = json.loads(content)
        if root["format"] != FORMAT:
            raise LabError(NO_DRAWINGS)
        return _drawing_set(root)
    except LabError:
        raise
    except (KeyError, TypeError, ValueError, RecursionError, zlib.error) as error:
        raise LabError(NO_DRAWINGS) from error


def _drawing_set(root: Mapping[str, Any]) -> DrawingSet:
    name = " ".join(_text(root["name"]).split())[:LONGEST_NAME]
    found = DrawingSet(name or UNNAMED, _wanted(root["wanted"]), most=MOST_IN_FILE)
    labels = root["labels"]
    if len(labels) > found.most:
        raise LabError(f"The file has {len(labels):,} drawings; the limit is {found.most:,}.")
    images = _images(_text(root["images"]), len(labels))
    try:
        found = _filled(found, root["classes"], labels, images)
    except LabError as error:
        raise LabError(NOT_AS_EXPORTED) from error
    return replace(found, most=MOST_DRAWINGS)


def _filled(
    found: DrawingSet, classes: Iterable[Any], labels: Iterable[Any], images: Pixels
) -> DrawingSet:
    """Add classes by their names, then an image `(28, 28)` for each label."""
    for called in classes:
        found = found.with_class(_text(called))
    keys = [entry.key for entry in found.classes]
    for label, image in zip(labels, images, strict=True):
        if isinstance(label, bool) or not 0 <= label < len(keys):
            raise ValueError(label)
        found = found.with_drawing(keys[label], image)
    return found


def _images(text: str, count: int) -> Pixels:
    """Decompress the images `(count, 28, 28)`, to no more bytes than they have."""
    size = count * FRAME * FRAME
    unpack = zlib.decompressobj()
    pixels = unpack.decompress(b64decode(text, validate=True), size + 1)
    if len(pixels) != size or not unpack.eof:
        raise ValueError("not as many pixels as drawings")
    return np.frombuffer(pixels, np.uint8).reshape(count, FRAME, FRAME)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    value.encode()  # a lone surrogate, which no page could show, is a ValueError
    return value


def _wanted(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MOST_WANTED:
        raise ValueError(value)
    return value
