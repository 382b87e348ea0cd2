"""Segments a picture or a sketch into lines of fragments: ink of one digit, whole or in part.

This is heuristic over-segmentation (LeCun, Bottou, Bengio and Haffner 1998, section V): the ink is
cut wherever two digits may meet, and `grouping` decides which fragments make a digit together. In a
picture, fragments are connected components; components one above the other are one fragment, such
as the bar of a 5 above its body. In a sketch, strokes that cross or touch can be separated, too.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from mnist_core.arrays import Floats, Indices, Pixels
from mnist_core.drawing.connected_components import Components, components, union_find
from mnist_core.drawing.normalisation import Box, check_drawing, ink_box, without_noise
from mnist_core.drawing.pen_width import thinned
from mnist_core.drawing.sketch import Mark, Sketch, ink
from mnist_core.drawing.slope import levelled, slope
from mnist_core.errors import LabError

SPECK = 0.15
"""A component of a picture whose longer side is below this share of the largest one's is a speck,
left out: dust on the paper. A pen leaves none, so a small mark of a sketch stays: a decimal point,
the eye of a face."""

REMNANT = 0.4
"""A component of a sketch that is smaller than this share of a square as wide as the pen is a
remnant of erased ink: the pen's smallest mark, a dot, is 0.79 of it."""

OVERLAP = 0.5
"""Two components are one above the other if this share of the narrower one's width overlaps."""

STROKE_OVERLAP = 0.65
"""The same for two strokes that touch: two digits may be drawn over each other this far."""

OTHER_OVERLAP = 0.2
"""The same for two strokes of which one is higher up: a bar of one digit, the foot of another."""

NEAR = 0.25
"""A small component may be this far above or below another, as a share of the other's height..."""

CLOSE = 0.04
"""... and one as large as the other this far: beyond it, it is a digit in another line."""

SAME_LINE = 0.5
"""Two fragments are in one line if this share of the lower one's height overlaps."""

MOST_STROKES = 20
"""The most strokes, those of the eraser included, of a fragment that is divided by them."""

MOST_COMPONENTS = 200
"""A picture with more components than this, specks not counted, is no number."""


@dataclass(frozen=True, eq=False)
class Fragment:
    """Ink of one digit on paper of the drawing's size `(height, width)`, and its bounding box.

    `connected` numbers the connected ink that it was cut from, the same for fragments that touch.
    `crossed` is the cost of the cut to its left (`cutting.Cut`); None where nothing was cut.
    """

    ink: Pixels
    box: Box
    connected: int
    crossed: float | None = None


Line: TypeAlias = tuple[Fragment, ...]
"""The fragments of one line of writing, from left to right."""


def picture_lines(picture: Pixels) -> tuple[Line, ...]:
    """Find the fragments of a picture `(height, width)` uint8, bright ink on black.

    A picture whose writing rises or falls is turned until it is level.

    Returns:
        The lines from top to bottom. No two fragments share a pixel.

    Raises:
        LabError: the picture is not such an array, or has too many components to be a number.
    """
    lines = _lines(_fragments(picture, _no_speck))
    fall = slope([[fragment.box for fragment in line] for line in lines])
    return _lines(_fragments(levelled(picture, fall), _no_speck)) if fall else lines


def sketch_lines(sketch: Sketch, height: int, width: int) -> tuple[Line, ...]:
    """Find the fragments of a sketch on paper of this size in pixels, `thinned` where it is thick.

    Returns:
        The lines from top to bottom. Fragments share pixels where their strokes cross.

    Raises:
        LabError: as `picture_lines` and `sketch.ink`.
    """
    thin = thinned(sketch)
    pen = min((mark.width for mark in thin if not mark.erases), default=0.0)
    fragments = _fragments(ink(thin, height, width), lambda parts: parts.area >= REMNANT * pen**2)
    return _lines([part for whole in fragments for part in _split(whole, thin)])


def _no_speck(parts: Components) -> NDArray[np.bool_]:
    """Return whether each component of a picture is large enough to be ink."""
    large: NDArray[np.bool_] = parts.longer_side >= SPECK * parts.longer_side.max()
    return large


def _fragments(
    picture: Pixels, is_mark: Callable[[Components], NDArray[np.bool_]]
) -> list[Fragment]:
    """Return the connected components that are marks; those one above the other are joined."""
    check_drawing(picture)
    clean = without_noise(picture)
    paper = ink_box(clean)
    if not paper:
        return []
    parts = components(paper.of(clean) > 0)
    marks = np.flatnonzero(is_mark(parts))
    if len(marks) > MOST_COMPONENTS:
        raise LabError(
            f"The picture has {len(marks):,} separate marks; a number has at most "
            f"{MOST_COMPONENTS}: draw it larger, or photograph only the number."
        )
    fragment = np.full(len(parts), -1)
    fragment[marks] = union_find(len(marks), *_one_above_the_other(parts, marks))
    of_pixel = np.where(parts.labels >= 0, fragment[parts.labels], -1)
    fragments = []
    for number in range(int(fragment.max()) + 1):
        own = np.zeros_like(clean)
        np.copyto(paper.of(own), paper.of(clean), where=of_pixel == number)
        fragments.append(_fragment(own, number))
    return fragments


def _fragment(own: Pixels, connected: int) -> Fragment:
    box = ink_box(own)
    assert box, "a fragment has ink"
    return Fragment(own, box, connected)


def _one_above_the_other(parts: Components, marks: Indices) -> tuple[Indices, Indices]:
    """Return the pairs of marks that make one fragment, as indices into `marks`."""
    top, bottom, left, right = (
        side[marks].astype(float) for side in (parts.top, parts.bottom, parts.left, parts.right)
    )
    above = _overlap_share(left, right) >= OVERLAP
    height = bottom - top
    taller = np.maximum(height[:, None], height)
    shorter = np.minimum(height[:, None], height)
    near = -_overlap(top, bottom) <= NEAR * (taller - shorter) + CLOSE * shorter
    return _pairs(above & near)


def _split(whole: Fragment, sketch: Sketch) -> list[Fragment]:
    """Divide a connected fragment into those of strokes beside each other.

    Strokes are drawn only where their outlines leave a doubt: most fragments are one digit.
    """
    near = [mark for mark in sketch if _reaches(mark, whole.box)]
    if not 2 <= len(near) <= MOST_STROKES:
        return [whole]
    if all(_begins_in(mark, whole) for mark in near) and not _parts(map(_outline, near)).any():
        return [whole]
    layers = [_layer(near, number, whole) for number, mark in enumerate(near) if not mark.erases]
    strokes = [_fragment(layer, whole.connected) for layer in layers if layer.any()]
    part = _parts(stroke.box for stroke in strokes)
    if not part.any():
        return [whole]
    parts = [np.flatnonzero(part == number) for number in range(int(part.max()) + 1)]
    return [
        _fragment(np.maximum.reduce([strokes[i].ink for i in members]), whole.connected)
        for members in parts
    ]


def _parts(strokes: Iterable[tuple[float, float, float, float]]) -> Indices:
    """Return the part of a fragment that each stroke belongs to, given the strokes' boxes."""
    top, left, bottom, right = np.array(list(strokes), float).T
    over = _overlap_share(left, right)
    same_line = _overlap_share(top, bottom) >= SAME_LINE
    beside = over < np.where(same_line, STROKE_OVERLAP, OTHER_OVERLAP)
    return union_find(len(top), *_pairs(~beside))


def _outline(mark: Mark) -> tuple[float, float, float, float]:
    """Return top, left, bottom and right of a mark on paper without end."""
    left, top = (mark.path.min(axis=0) - mark.width / 2).tolist()
    right, bottom = (mark.path.max(axis=0) + mark.width / 2).tolist()
    return top, left, bottom, right


def _begins_in(mark: Mark, whole: Fragment) -> bool:
    """Return whether a mark draws, and its first point is ink of a fragment."""
    column, row = np.floor(mark.path[0]).astype(int).tolist()
    height, width = whole.ink.shape
    inside = 0 <= row < height and 0 <= column < width
    return not mark.erases and inside and bool(whole.ink[row, column])


def _reaches(mark: Mark, box: Box) -> bool:
    """Return whether the bounding boxes of a mark and of a fragment overlap."""
    top, left, bottom, right = _outline(mark)
    return left < box.right and right > box.left and top < box.bottom and bottom > box.top


def _layer(marks: Sequence[Mark], chosen: int, whole: Fragment) -> Pixels:
    """Return the ink of one mark in a fragment, without the erased parts."""
    relevant = [mark for number, mark in enumerate(marks) if mark.erases or number == chosen]
    return np.minimum(ink(relevant, *whole.ink.shape), whole.ink)


def _lines(fragments: Sequence[Fragment]) -> tuple[Line, ...]:
    """Arrange the fragments in lines, in reading order."""
    if not fragments:
        return ()
    top, left, bottom, right = np.array([fragment.box for fragment in fragments], float).T
    line = union_find(len(fragments), *_pairs(_overlap_share(top, bottom) >= SAME_LINE))
    in_line = [np.flatnonzero(line == number) for number in range(int(line.max()) + 1)]
    in_line.sort(key=lambda members: float(top[members].mean()))
    return tuple(
        tuple(fragments[i] for i in members[np.argsort((left + right)[members], kind="stable")])
        for members in in_line
    )


def _pairs(linked: NDArray[np.bool_]) -> tuple[Indices, Indices]:
    first, second = np.nonzero(linked)
    return first, second


def _overlap(low: Floats, high: Floats) -> Floats:
    """Return the overlap of each two of n intervals `(n, n)`; a gap is negative."""
    overlap: Floats = np.minimum(high[:, None], high) - np.maximum(low[:, None], low)
    return overlap


def _overlap_share(low: Floats, high: Floats) -> Floats:
    """Return the overlap of each two intervals, as a share of the shorter one."""
    length = high - low
    share: Floats = _overlap(low, high) / np.minimum(length[:, None], length)
    return share
