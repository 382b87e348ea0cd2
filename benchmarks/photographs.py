"""Measures how the bundled models read photographs of numbers on paper.

`benchmarks.pen` prints the table. No camera is needed: each photograph is rendered here from pen
strokes, with the light, the blur, the noise and the compression of a telephone's, and with one
fault of real ones. For each fault the table gives the share of digits that are read.
"""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

import numpy as np
from PIL import Image, ImageFilter

from benchmarks.pen_numbers import SPACING, digits_right, number, read_text
from benchmarks.unipen import Digit
from mnist_core.arrays import Floats
from mnist_core.drawing.picture_files import ORIENTATION, read_image
from mnist_core.drawing.segmentation import picture_lines
from mnist_core.drawing.strokes import Stroke, draw
from mnist_core.errors import LabError
from mnist_core.nn.network import Network

WIDTH, HEIGHT = 1200, 900
"""Pixels of a photograph."""

SIDE = max(WIDTH, HEIGHT)

WRITING = 0.45, 0.75
"""The writing's width as a share of the photograph's."""

PENS = 0.05, 0.1
"""A pen's width as a share of its digits' height."""

INKS = {"black": (45, 45, 50), "blue": (45, 65, 160), "pencil": (135, 135, 138)}
PAPER = 236, 233, 226

SQUARES = 0.35, 0.8
"""The squares of squared paper, as a share of the height of a line of digits."""

SLOPE = 12.0
"""Degrees by which a number rises or falls, at most."""

HELD = {1: 0, 3: 2, 6: 1, 8: 3}
"""The rotation of the stored picture to the left in steps of 90°, by EXIF orientation."""

Colours: TypeAlias = Floats
"""`(height, width, 3)`, 0 to 255."""


@dataclass(frozen=True)
class Scene:
    """The scene of a photograph: the lines of writing, and faults of them or of the light."""

    lines: tuple[tuple[list[Stroke], str], ...]
    ink: str = "black"
    ruling: str = ""
    shadow: bool = False
    slope: float = 0.0
    held: int = 1

    @property
    def label(self) -> str:
        """The digits in reading order."""
        return "".join(label for _, label in self.lines)


Digits: TypeAlias = Sequence[Digit]


def plain(digits: Digits, rng: np.random.Generator) -> Scene:
    """Write one number in black ink."""
    return Scene((a_number(digits, rng),))


def shadow(digits: Digits, rng: np.random.Generator) -> Scene:
    """Write a number, and let the edge of a shadow fall across it."""
    return replace(plain(digits, rng), shadow=True)


def squared(digits: Digits, rng: np.random.Generator) -> Scene:
    """Write a number on squared paper."""
    return replace(plain(digits, rng), ruling="squared", ink=str(rng.choice(["black", "blue"])))


def ruled(digits: Digits, rng: np.random.Generator) -> Scene:
    """Write a number on ruled paper."""
    return replace(plain(digits, rng), ruling="ruled", ink=str(rng.choice(["black", "blue"])))


def pencil(digits: Digits, rng: np.random.Generator) -> Scene:
    """Write a number in pencil."""
    return replace(plain(digits, rng), ink="pencil")


def blue(digits: Digits, rng: np.random.Generator) -> Scene:
    """Write a number in blue ink."""
    return replace(plain(digits, rng), ink="blue")


def turned(digits: Digits, rng: np.random.Generator) -> Scene:
    """Write a number, and turn the camera as an EXIF orientation says."""
    return replace(plain(digits, rng), held=int(rng.choice(list(HELD))))


def sloping(digits: Digits, rng: np.random.Generator) -> Scene:
    """Write a number that rises or falls."""
    return replace(plain(digits, rng), slope=float(rng.uniform(-SLOPE, SLOPE)))


def several_lines(digits: Digits, rng: np.random.Generator) -> Scene:
    """Write two or three numbers below one another."""
    return Scene(tuple(a_number(digits, rng) for _ in range(rng.integers(2, 4))))


FAULTS: Mapping[str, Callable[[Digits, np.random.Generator], Scene]] = {
    "plain": plain,
    "shadow": shadow,
    "squared": squared,
    "ruled": ruled,
    "pencil": pencil,
    "blue": blue,
    "turned": turned,
    "sloping": sloping,
    "lines": several_lines,
}


def a_number(digits: Digits, rng: np.random.Generator) -> tuple[list[Stroke], str]:
    """Write 2 to 4 digits with paper between them."""
    return number(digits, rng, lambda: rng.uniform(*SPACING))


def photograph(scene: Scene, rng: np.random.Generator) -> bytes:
    """Render a scene as a camera would: a JPEG file."""
    ink, height = written(scene, rng)
    colours = np.array(PAPER, np.float64) * np.ones((HEIGHT, WIDTH, 1))
    if scene.ruling:
        colours *= 1 - _ruling(height, scene.ruling == "squared", rng)[..., None]
    strength = ink * _grain(rng) if scene.ink == "pencil" else ink
    colours += (np.array(INKS[scene.ink]) - colours) * strength[..., None]
    colours *= _light(rng)[..., None]
    if scene.shadow:
        colours *= _shadow(ink, rng)[..., None]
    return _as_taken(colours, scene.held, rng)


def written(scene: Scene, rng: np.random.Generator) -> tuple[Floats, float]:
    """Return the ink in each pixel `(HEIGHT, WIDTH)`, 0 to 1, and a line's height in pixels."""
    placed: list[Stroke] = []
    top = 0.0
    for strokes, _ in scene.lines:
        points = np.concatenate(strokes)
        low, high = points.min(axis=0), points.max(axis=0)
        placed += [stroke - low + [0, top] for stroke in strokes]
        top += float(high[1] - low[1]) * rng.uniform(1.25, 1.6)
    angle = np.radians(scene.slope)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    placed = [stroke @ turn.T for stroke in placed]
    points = np.concatenate(placed)
    low, extent = points.min(axis=0), np.ptp(points, axis=0).clip(min=1)
    scale = float(min(rng.uniform(*WRITING) * WIDTH / extent[0], 0.8 * HEIGHT / extent[1]))
    room = np.array([WIDTH, HEIGHT]) - scale * extent
    corner = room * rng.uniform(0.25, 0.75, 2)
    first = np.concatenate(scene.lines[0][0])
    height = scale * float(np.ptp(first[:, 1]))
    fitted = [(stroke - low) * scale + corner for stroke in placed]
    ink = draw(fitted, SIDE, height * rng.uniform(*PENS))[:HEIGHT, :WIDTH]
    return ink / 255, height


def _ruling(height: float, squared: bool, rng: np.random.Generator) -> Floats:
    """Return the darkening of each pixel by the lines, as a share."""
    tilt, spacing = rng.uniform(-0.04, 0.04), height * rng.uniform(*SQUARES)
    spacing *= 1 if squared else 2
    y, x = np.mgrid[:HEIGHT, :WIDTH] + rng.uniform(0, spacing, 2)[:, None, None]
    thick, dark = rng.uniform(2, 4), rng.uniform(0.12, 0.35)
    lines = (y - tilt * x) % spacing < thick
    if squared:
        lines |= (x + tilt * y) % spacing < thick
    shares: Floats = dark * lines
    return shares


def _grain(rng: np.random.Generator) -> Floats:
    """Return the uneven share of a pencil's ink that paper takes."""
    grain = rng.uniform(0.55, 1, (HEIGHT // 3, WIDTH // 3))
    return np.kron(grain, np.ones((3, 3)))


def _light(rng: np.random.Generator) -> Floats:
    """Return the brightness of light that comes from one side."""
    y, x = np.mgrid[:HEIGHT, :WIDTH] / SIDE
    angle, strength = rng.uniform(0, 2 * np.pi), rng.uniform(0.05, 0.4)
    along = x * np.cos(angle) + y * np.sin(angle)
    light: Floats = 1 - strength * (along - along.min()) / np.ptp(along)
    return light


def _shadow(ink: Floats, rng: np.random.Generator) -> Floats:
    """Return the brightness of a shadow whose edge, sharp or soft, runs through the ink."""
    rows, columns = np.nonzero(ink)
    chosen = rng.integers(len(rows))
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    angle, soft = rng.uniform(0, 2 * np.pi), rng.uniform(2, 25)
    distance = (x - columns[chosen]) * np.cos(angle) + (y - rows[chosen]) * np.sin(angle)
    shade: Floats = 1 - rng.uniform(0.25, 0.55) / (1 + np.exp(-distance / soft))
    return shade


def _as_taken(colours: Colours, held: int, rng: np.random.Generator) -> bytes:
    """Encode a picture as a camera does: blurred, noisy, compressed, and turned as it was held."""
    noisy = colours + rng.normal(0, rng.uniform(1.5, 5), colours.shape)
    picture = Image.fromarray(np.rint(noisy.clip(0, 255)).astype(np.uint8))
    picture = picture.filter(ImageFilter.GaussianBlur(rng.uniform(0.4, 1.6)))
    turned = Image.fromarray(np.rot90(np.asarray(picture), HELD[held]).copy())
    exif = Image.Exif()
    exif[ORIENTATION] = held
    file = io.BytesIO()
    turned.save(file, "JPEG", quality=int(rng.integers(60, 93)), exif=exif)
    return file.getvalue()


def read_photograph(network: Network, content: bytes) -> str:
    """Return the digits that a network reads; none where the lab refuses the picture."""
    try:
        return read_text(network, picture_lines(read_image(content)))
    except LabError:
        return ""


def report(
    digits: Sequence[Digit], networks: Mapping[str, Network], photographs: int, seed: int
) -> None:
    """Print the table: a row for each network, a column for each fault, one for all of them."""
    rng = np.random.default_rng(seed)
    taken = {
        fault: [_taken(make(digits, rng), rng) for _ in range(photographs)]
        for fault, make in FAULTS.items()
    }
    print(f"{photographs:,} photographs with each fault: the share of digits that are read")
    print(f"{'':12}{'all':>9}" + "".join(f"{fault:>9}" for fault in FAULTS))
    for name, network in networks.items():
        counts = np.array([_counts(network, of_fault) for of_fault in taken.values()])
        shares = [*counts.sum(axis=0, keepdims=True), *counts]
        cells = "".join(f"{right / written:9.1%}" for right, written in shares)
        print(f"{Path(name).stem:12}{cells}")


def _taken(scene: Scene, rng: np.random.Generator) -> tuple[bytes, str]:
    return photograph(scene, rng), scene.label


def _counts(network: Network, taken: Sequence[tuple[bytes, str]]) -> tuple[int, int]:
    """Count the digits that are read in some photographs, and those that were written."""
    right = sum(digits_right(read_photograph(network, content), label) for content, label in taken)
    return right, sum(len(label) for _, label in taken)
