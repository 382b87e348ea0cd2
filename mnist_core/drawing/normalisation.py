"""Turns a drawing of any size into the 28x28 image that MNIST would have made of it.

MNIST scaled every digit so that its longer side is 20 pixels, with anti-aliasing, and placed it in
28x28 so that its centre of mass falls on pixel index 14 (LeCun, Bottou, Bengio and Haffner 1998,
section III.A, say the first; the index was measured on all 60,000 training images). Done to an
image of MNIST's own, these steps change nothing.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from PIL import Image

from mnist_core.arrays import Floats, Pixels
from mnist_core.errors import LabError

FRAME = 28
"""Pixels along each side of the finished image."""

DIGIT = 20
"""Pixels along the longer side of the digit in it."""

MIDDLE = 14
"""The pixel index on which the centre of mass falls."""

FAINT = 8
"""Grey values below this are noise, not ink, unless they touch ink: a stroke's soft edge."""

LARGEST_DRAWING = 1 << 25
"""Pixels beyond which a drawing is refused, about 5,800 x 5,800."""

LOOKED_AT = 20
"""Images of a data set that are examined."""

MOVED = 0.05
"""The share of their ink that may move if they are centred."""


class Box(NamedTuple):
    """A rectangle of pixels; `bottom` and `right` are the first row and column outside it."""

    top: int
    left: int
    bottom: int
    right: int

    def of(self, image: Pixels) -> Pixels:
        """Return the part of `image` inside the box, a view."""
        return image[self.top : self.bottom, self.left : self.right]


@dataclass(frozen=True)
class Steps:
    """The three steps from a drawing to MNIST's image; the lab can leave each out to explain it."""

    crop: bool = True
    """Cut away the empty paper, so that size and place no longer matter. Otherwise keep it."""

    fit: bool = True
    """Scale to 20 pixels, which leaves MNIST's margin. Otherwise fill all 28."""

    centre: bool = True
    """Put the centre of mass in the middle. Otherwise the middle of the box."""


EVERY_STEP = Steps()


@dataclass(frozen=True)
class Preparation:
    """A drawing and the results of the steps of its preparation."""

    drawing: Pixels
    """The drawing itself, `(height, width)`."""

    box: Box
    """The part of the drawing that is kept."""

    scaled: Pixels
    """That part at MNIST's scale: at most 28 pixels high and wide."""

    image: Pixels
    """The finished `(28, 28)` image."""


def to_mnist(drawing: Pixels) -> Pixels:
    """Make the image that MNIST would have made of `drawing`.

    Args:
        drawing: `(height, width)` uint8 of any size, bright ink on black.

    Returns:
        `(28, 28)` uint8; all zero if there is no ink.

    Raises:
        LabError: the drawing is not such an array, is empty, or is too large.
    """
    return prepare(drawing).image


def prepare(drawing: Pixels, steps: Steps = EVERY_STEP) -> Preparation:
    """Take a drawing through the chosen steps and keep the result of each.

    Raises:
        LabError: as `to_mnist`.
    """
    check_drawing(drawing)
    ink = without_noise(drawing)
    box = ink_box(ink)
    if box is None or not steps.crop:
        box = Box(0, 0, *drawing.shape)
    scaled = scale(box.of(ink), DIGIT if steps.fit else FRAME)
    top, left = place_by_mass(scaled) if steps.centre else place_by_box(scaled)
    image = np.zeros((FRAME, FRAME), np.uint8)
    image[top : top + scaled.shape[0], left : left + scaled.shape[1]] = scaled
    return Preparation(drawing, box, scaled, image)


def are_centred(images: Pixels) -> bool:
    """Return whether images are centred as MNIST's are: `to_mnist` hardly moves their ink.

    Args:
        images: `(n, height, width)` uint8, of which `LOOKED_AT` are examined.
    """
    if images.shape[1:] != (FRAME, FRAME) or not len(images):
        return False
    some = images[np.linspace(0, len(images) - 1, LOOKED_AT).astype(int)]
    moved = sum(int(np.abs(to_mnist(image).astype(int) - image).sum()) for image in some)
    return moved <= MOVED * int(some.sum(dtype=np.int64))


def check_drawing(drawing: Pixels) -> None:
    """Refuse anything but a `(height, width)` uint8 array of 1 to `LARGEST_DRAWING` pixels.

    Raises:
        LabError: the drawing is something else.
    """
    if not isinstance(drawing, np.ndarray) or drawing.ndim != 2 or drawing.dtype != np.uint8:
        found = f"{getattr(drawing, 'ndim', 'no')}-dimensional {getattr(drawing, 'dtype', 'array')}"
        raise LabError(f"A drawing is a 2-dimensional array of uint8 grey values, not {found}.")
    if not drawing.size:
        raise LabError(f"A drawing of {drawing.shape} has no pixels: give one with at least one.")
    if drawing.size > LARGEST_DRAWING:
        raise LabError(
            f"A drawing of {drawing.shape[0]} x {drawing.shape[1]} pixels is too large: "
            f"scale it to at most {LARGEST_DRAWING:,} pixels."
        )


def without_noise(drawing: Pixels) -> Pixels:
    """Return the drawing, black wherever it is faint and touches no ink.

    Only the part that is not black is examined: most of a sheet of paper is empty.
    """
    clean = np.zeros_like(drawing)
    box = ink_box(drawing)
    if box:
        box.of(clean)[...] = _without_faint(box.of(drawing))
    return clean


def _without_faint(drawing: Pixels) -> Pixels:
    ink = drawing >= FAINT
    rows = ink.copy()
    rows[1:] |= ink[:-1]
    rows[:-1] |= ink[1:]
    near = rows.copy()
    near[:, 1:] |= rows[:, :-1]
    near[:, :-1] |= rows[:, 1:]
    return np.where(near, drawing, np.uint8(0))


def ink_box(drawing: Pixels) -> Box | None:
    """Return the smallest box around everything that is not black; None if all is."""
    rows = np.flatnonzero(drawing.any(axis=1))
    columns = np.flatnonzero(drawing.any(axis=0))
    if not rows.size:
        return None
    return Box(int(rows[0]), int(columns[0]), int(rows[-1]) + 1, int(columns[-1]) + 1)


def scale(digit: Pixels, longer_side: int) -> Pixels:
    """Scale an image with anti-aliasing until its longer side is `longer_side` pixels.

    Shrinking pales thin lines, so the brightest pixel gets its brightness back: in all of MNIST
    it is 254 or 255.
    """
    height, width = digit.shape
    longer = max(height, width)
    if longer in (longer_side, longer_side - 1):
        # A digit one pixel short is already at this scale: an edge of it was too faint to be
        # stored, as in three of MNIST's test images.
        return digit
    size = [max(1, round(side * longer_side / longer)) for side in (width, height)]
    exact = Image.fromarray(
        digit.astype(np.float32)
    )  # in uint8, a thin line's grey would round to black
    pixels = np.asarray(exact.resize((size[0], size[1]), Image.Resampling.BICUBIC)).clip(min=0)
    brightest = float(pixels.max()) or 1.0
    scaled: Pixels = np.rint(pixels * (digit.max() / brightest)).astype(np.uint8)
    return scaled


def place_by_mass(digit: Pixels) -> tuple[int, int]:
    """Return the digit's top row and left column in the frame: centre of mass on 14, 14."""
    rows, columns = digit.sum(axis=1, dtype=np.float64), digit.sum(axis=0, dtype=np.float64)
    return _place(rows), _place(columns)


def place_by_box(digit: Pixels) -> tuple[int, int]:
    """Return the same, but with the box in the middle of the frame."""
    height, width = digit.shape
    return (FRAME - height) // 2, (FRAME - width) // 2


def _place(ink: Floats) -> int:
    """Return the first row (or column) of a digit with this ink in each; no part is cut off."""
    mass = ink.sum()
    centre = ink @ np.arange(len(ink)) / mass if mass else (len(ink) - 1) / 2
    return int(np.clip(round(MIDDLE - float(centre)), 0, FRAME - len(ink)))
