"""The pictures of weights show each weight, at its place and in its colour."""

import json

import numpy as np
import pytest

from pages.ui import charts
from pages.ui.charts.theme import DARK, LIGHT, rgb
from pages.ui.charts.weights import GAP, UNIT_SIDE


@pytest.mark.parametrize("look", [LIGHT, DARK])
@pytest.mark.parametrize("shape", [(3, 1, 28, 28), (2, 8, 5, 5), (2, 16, 4, 4), (1, 7, 2, 3)])
def test_every_window_is_found_in_its_tile(look, shape):
    """With one window lit at a time, the lit part of the tile is that window's place."""
    units, channels, h, w = shape
    places = []
    for channel in range(channels):
        images = np.zeros(shape, np.float32)
        images[-1, channel] = 1
        tiles = charts.unit_tiles(images, look, limit=1)
        lit = (tiles == rgb(look.speaks_for)).all(axis=-1)
        assert not lit[: units - 1].any()
        rows, columns = np.nonzero(lit[-1])
        enlarged = (rows.max() - rows.min() + 1) // h
        assert lit[-1].sum() == h * w * enlarged**2
        assert columns.max() - columns.min() + 1 == w * enlarged
        places.append((rows.min(), columns.min()))
    assert len(set(places)) == channels
    assert places == sorted(places), "windows read from left to right, then down"


def test_a_tile_is_about_as_large_for_every_kind_of_unit():
    for shape in [(1, 1, 28, 28), (1, 1, 5, 5), (1, 8, 5, 5), (1, 16, 4, 4)]:
        width = charts.unit_tiles(np.zeros(shape, np.float32), LIGHT, limit=1).shape[2]
        assert 0.6 * UNIT_SIDE <= width <= UNIT_SIDE + 4 * GAP


def test_signs_have_their_colours_and_zero_is_paper():
    images = np.array([-2.0, 0.0, 2.0], np.float32).reshape(3, 1, 1, 1)
    tiles = charts.unit_tiles(images, LIGHT, limit=2)
    for tile, colour in zip(tiles, (LIGHT.against, LIGHT.paper, LIGHT.speaks_for), strict=True):
        assert (tile == rgb(colour)).all()


@pytest.mark.parametrize("look", [LIGHT, DARK])
def test_the_patches_of_a_unit_read_from_left_to_right(look):
    patches = np.zeros((2, 4, 14, 14), np.uint8)
    patches[1, 2] = 255
    tiles = charts.patch_tiles(patches, look)
    inked = (tiles == rgb(look.ink)).all(axis=-1)
    assert not inked[0].any()
    rows, columns = np.nonzero(inked[1])
    assert rows.min() >= tiles.shape[1] // 2, "the third of four stands below the first"
    assert columns.max() < tiles.shape[2] // 2


def test_votes_are_coloured_by_their_sign():
    figure = charts.vote_bars(np.array([0.5, -0.25, 0.0]), ["boot", "bag", "coat"], LIGHT)
    (bar,) = figure.data
    assert list(bar.x) == [0.5, -0.25, 0.0]
    assert list(bar.y) == ["boot", "bag", "coat"]
    assert list(bar.marker.color)[:2] == [LIGHT.speaks_for, LIGHT.against]
    assert figure.layout.xaxis.range[0] == -figure.layout.xaxis.range[1]


def test_a_unit_that_says_nothing_can_be_drawn():
    figure = charts.vote_bars(np.zeros(10), list("0123456789"), DARK)
    low, high = figure.layout.xaxis.range
    assert low < 0 < high


def test_all_votes_are_on_the_map_with_zero_neutral():
    votes = np.arange(-6, 6, dtype=np.float64).reshape(3, 4)
    figure = charts.votes_map(votes, ["a", "b", "c", "d"], ["boot", "bag", "coat"], LIGHT)
    (heat,) = figure.data
    np.testing.assert_array_equal(heat.z, votes)
    assert heat.zmid == 0
    drawn = json.loads(figure.to_json())["data"][0]
    assert drawn["x"] == ["a", "b", "c", "d"]
    assert drawn["y"] == ["boot", "bag", "coat"]


def test_the_key_has_the_scale_and_its_three_words():
    key = charts.colour_key("against", "nothing", "for", DARK)
    assert ", ".join(colour for _, colour in DARK.diverging()) in key
    assert key.index("against") < key.index("nothing") < key.index(">for<")
