"""The lines of ruled and squared paper go, and ink stays as it was."""

import numpy as np
import pytest

from mnist_core.arrays import Floats
from mnist_core.drawing.ruling import SMALLEST, find_ruling, without_ruling
from mnist_core.drawing.strokes import draw

SIDE = 600


def lines(slope: float, spacing: float = 55, thickness: float = 3, side: int = SIDE) -> Floats:
    """How much of each pixel lies on lines that fall by `slope` from left to right, 0 to 1."""
    y, x = np.mgrid[:side, :side] + 0.5
    height = (y - slope * x) / np.hypot(1, slope)
    distance = np.abs((height + spacing / 3) % spacing - spacing / 2)
    return (thickness / 2 + 0.5 - distance).clip(0, 1)


def seven() -> Floats:
    corner = np.array([[200, 150], [390, 152], [385, 160], [300, 300], [260, 460]], float)
    return draw([np.repeat(corner, 3, axis=0)], SIDE, 34) / 255


def on_lines(ink: Floats, ruling: Floats, dark: float) -> Floats:
    """Contrasts as light would make them: what passes through ink and line multiplies."""
    return 1 - (1 - 0.7 * ink) * (1 - dark * ruling)


@pytest.mark.parametrize("slope", [0, 0.02, -0.06])
@pytest.mark.parametrize("dark", [0.08, 0.16, 0.4])
def test_ruled_and_squared_paper_becomes_plain(slope: float, dark: float) -> None:
    ink = 0.7 * seven()
    ruled = lines(slope)
    squared = np.maximum(ruled, lines(-slope).T)
    for ruling in (ruled, squared):
        cleared = without_ruling(on_lines(seven(), ruling, dark))
        assert np.mean(np.abs(cleared - ink) > 0.1) < 0.01
        assert cleared[ink == 0].max() < 0.3, "nothing is left where lines cross the edge"
        assert np.mean(cleared[ink == 0] > 0.05) < 0.002
        assert np.mean(cleared[seven() == 1] < 0.35) < 0.02, "a stroke that they cross stays whole"


def test_the_slope_and_the_number_of_lines() -> None:
    found = find_ruling(0.2 * lines(0.04, spacing=60))
    assert found
    assert found.slope == pytest.approx(0.04, abs=0.003)
    assert np.diff(found.top) == pytest.approx(60, abs=2)
    assert found.strength == pytest.approx(0.2, abs=0.08)


@pytest.mark.parametrize(
    "picture",
    [
        np.zeros((SIDE, SIDE)),
        0.7 * seven(),
        np.pad(np.full((20, SIDE), 0.6), ((290, 290), (0, 0))),
        np.random.default_rng(0).normal(0, 0.04, (SIDE, SIDE)),
        0.3 * lines(0, spacing=20, side=SMALLEST - 1),
    ],
    ids=["blank", "a digit", "one bar", "noise", "too small"],
)
def test_what_has_no_lines_is_left_as_it_is(picture: Floats) -> None:
    assert np.array_equal(without_ruling(picture), picture)


def test_strokes_are_no_lines() -> None:
    """As long as the paper, and two of them; but thick, as ink is."""
    equals = np.zeros((SIDE, SIDE))
    equals[200:230] = equals[350:380] = 0.7
    assert find_ruling(equals) is None
