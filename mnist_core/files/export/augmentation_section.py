"""The exported program's augmentation: the formulas of `training.augmentation`, written out."""

from mnist_core.training.augmentation import (
    ASPECT,
    BEND,
    GRID,
    REACH,
    SHIFT,
    SIZE,
    SLANT,
    THICKNESS,
    TURN,
)
from mnist_core.training.config import TrainingConfig

TEXT = """
# %% Augmentation: every epoch shows each picture as another hand might have drawn it
tall, wide = images.shape[1:]
sides = np.array([[tall], [wide]], np.float32)

def bumps(n):  # smooth bumps along a line of n pixels
    tops = np.linspace(0, n - 1, {grid})[:, None]
    heights = np.exp(-(((np.arange(n) - tops) / ({reach} * n)) ** 2) / 2)
    return heights / np.sqrt((heights**2).sum(axis=0))

down, right = np.indices((tall, wide)).reshape(2, -1)
basis = [np.ones(tall * wide), down - tall / 2, right - wide / 2]
basis = np.vstack([*basis, np.kron(bumps(tall), bumps(wide))]).astype(np.float32)

def drawn(n):  # for n pictures: by what to thicken strokes, and where from each grey is taken
    most = np.array([{ranges}])  # at strength 1
    turn, slant, size, aspect, thickness, *shift = AUGMENTATION * (
        most[:, None] * chance.uniform(-1, 1, (7, n)))
    cos, sin = np.cos(turn), np.sin(turn)
    matrix = [np.exp(size + aspect) * [cos, -sin],
              np.exp(size - aspect) * [slant * cos + sin, cos - slant * sin]]
    heights = chance.standard_normal((2, n, {bumps}), np.float32)
    heights *= np.float32(AUGMENTATION * {bend}) * sides[:, :, None]
    matrix = np.array(matrix, np.float32).transpose(0, 2, 1)
    shift = np.array(shift, np.float32) * sides
    return thickness.astype(np.float32)[:, None, None], [shift[:, :, None], matrix, heights]

def varied(pictures):
    n = len(pictures)
    thickness, weights = drawn(n)
    framed = np.pad(pictures, ((0, 0), (1, 1), (1, 1))).astype(np.float32)
    beside = [(1, 1), (0, 1), (2, 1), (1, 0), (1, 2)]  # itself, above, below, left, right
    near = [framed[:, i : i + tall, j : j + wide] for i, j in beside]
    towards = np.where(thickness < 0, np.min(near, axis=0), np.max(near, axis=0))
    framed[:, 1:-1, 1:-1] += np.abs(thickness) * (towards - near[0])
    # Where from: a sum of the basis, moved so that the centre of the ink stays where it is.
    weights, ink = np.concatenate(weights, axis=2), pictures.reshape(n, -1).astype(np.float32)
    mean = ink @ basis.T / np.maximum(ink.sum(axis=1, keepdims=True), 1)
    moved = (weights[:, :, 1:] * mean[:, 1:]).sum(axis=2) - mean[:, 1:3].T
    weights[:, :, 0] += sides / 2 + 1 - moved
    places = np.clip(weights @ basis, 0, sides[:, :, None] + 1)
    # The grey there: between the four pixels around.
    (y, x), (down, right) = places.astype(int), places - np.floor(places)
    def at(i, j):
        rows, places = np.minimum(y + i, tall + 1), np.minimum(x + j, wide + 1)
        return framed[np.arange(n)[:, None], rows, places]
    above = at(0, 0) + right * (at(0, 1) - at(0, 0))
    below = at(1, 0) + right * (at(1, 1) - at(1, 0))
    return (above + down * (below - above) + 0.5).astype(np.uint8).reshape(pictures.shape)
"""


def augmentation_section(config: TrainingConfig) -> str:
    """Return the section; an empty one for a training without augmentation."""
    if not config.augmentation:
        return ""
    ranges = (TURN, SLANT, SIZE, ASPECT, THICKNESS, SHIFT, SHIFT)
    return TEXT.format(
        ranges=", ".join(map(repr, ranges)), grid=GRID, bumps=GRID**2, reach=REACH, bend=BEND
    )
