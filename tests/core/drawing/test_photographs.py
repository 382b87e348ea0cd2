"""Rendered photographs hold what was written, with the fault they are named after."""

import io

import numpy as np
import pytest
from PIL import Image

from benchmarks.photographs import FAULTS, HEIGHT, HELD, WIDTH, Scene, photograph, written
from mnist_core.drawing.picture_files import ORIENTATION, read_image
from tests.core.drawing.test_pen_numbers import FOUR, ONE, SEVEN

DIGITS = [ONE, SEVEN, FOUR]


def grey(content: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(content)).convert("L"), float)


@pytest.mark.parametrize("fault", FAULTS)
def test_ink_is_found_where_it_was_written(fault: str) -> None:
    rng = np.random.default_rng(0)
    scene = FAULTS[fault](DIGITS, rng)
    assert set(scene.label) <= set("174")
    found = read_image(photograph(scene, rng))
    assert 0.002 < (found > 127).mean() < 0.2
    assert max(found.shape) <= 1024


def test_the_writing_lies_on_the_photograph() -> None:
    rng = np.random.default_rng(1)
    for _ in range(10):
        ink, height = written(FAULTS["lines"](DIGITS, rng), rng)
        assert ink.shape == (HEIGHT, WIDTH)
        assert not ink[0].any()
        assert not ink[:, -1].any()
        assert 0 < height < HEIGHT


@pytest.mark.parametrize("held", HELD)
def test_the_file_tells_how_the_camera_was_held(held: int) -> None:
    scene = Scene(((ONE[0], "1"),), held=held)
    content = photograph(scene, np.random.default_rng(2))
    assert Image.open(io.BytesIO(content)).getexif()[ORIENTATION] == held
    found = read_image(content) > 127
    rows, columns = np.nonzero(found)
    assert np.ptp(rows) > 3 * np.ptp(columns), "a 1 stands upright"


def test_pencil_is_paler_than_ink_and_a_shadow_is_darker_than_paper() -> None:
    scenes = {name: Scene(((SEVEN[0], "7"),), **kinds) for name, kinds in KINDS.items()}
    taken = {name: grey(photograph(it, np.random.default_rng(3))) for name, it in scenes.items()}
    assert np.percentile(taken["pencil"], 0.5) > np.percentile(taken["ink"], 0.5) + 20
    assert np.median(np.sort(taken["shadow"].ravel())[: WIDTH * HEIGHT // 4]) < 0.9 * np.median(
        np.sort(taken["ink"].ravel())[: WIDTH * HEIGHT // 4]
    )


KINDS: dict[str, dict] = {"ink": {}, "pencil": {"ink": "pencil"}, "shadow": {"shadow": True}}
