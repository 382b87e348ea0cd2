"""Every chart says what it was given, under a title."""

import io
import re

import numpy as np
import plotly.graph_objects as go
import pytest
from PIL import Image

from pages.ui import charts
from pages.ui.charts.images import FRAME, GAP
from pages.ui.charts.theme import LIGHT, LOOKS, Look, rgb

looks = pytest.mark.parametrize("look", LOOKS.values(), ids=lambda look: look.mode)


@pytest.fixture
def tiles() -> np.ndarray:
    return np.random.default_rng(0).integers(0, 256, (5, 8, 6, 3), dtype=np.uint8)


@looks
def test_every_chart_has_a_short_title(look: Look) -> None:
    figures: list[go.Figure] = [
        charts.class_balance(np.array([3, 1]), ["boot", "bag"], look),
        charts.vote_bars(np.array([-0.5, 2.0]), ["boot", "bag"], look),
        charts.likelihood_bars(np.array([0.25, 0.75]), ["boot", "bag"], look),
    ]
    for figure in figures:
        assert 0 < len(figure.layout.title.text) < 36, "A telephone shows about 35 letters."


@looks
def test_the_balance_compares_with_an_even_share(look: Look) -> None:
    figure = charts.class_balance(np.array([30, 10, 20]), ["boot", "bag", "coat"], look)
    assert figure.data[0].x.tolist() == [30, 10, 20]
    assert list(figure.data[0].y) == ["boot", "bag", "coat"]
    assert figure.layout.shapes[0].x0 == 20
    assert figure.data[0].customdata.tolist() == pytest.approx([0.5, -0.5, 0])


@looks
def test_the_likeliest_class_stands_out(look: Look) -> None:
    (bar,) = charts.likelihood_bars(np.array([0.25, 0.75, 0]), ["boot", "bag", "hat"], look).data
    assert list(bar.y) == ["boot", "bag", "hat"]
    assert list(bar.marker.color) == [look.muted, look.accent, look.muted]


@looks
def test_ridges_stand_one_above_the_other_and_the_chosen_one_stands_out(look: Look) -> None:
    edges = np.linspace(-1, 1, 5)
    shares = np.array([[0.1, 0.4, 0.4, 0.1], [0.0, 1.0, 0.0, 0.0], [0.25, 0.25, 0.25, 0.25]])
    figure = charts.ridges("Weights", "of 9", edges, shares, ["first", "then", "now"], 1, look)
    floors, hills = figure.data[::2], figure.data[1::2]
    assert [hill.name for hill in hills] == ["first", "then", "now"]
    for place, (floor, hill) in enumerate(zip(floors, hills, strict=True)):
        assert set(floor.y) == {2 - place}, "the earliest on top"
        np.testing.assert_allclose(hill.customdata, shares[place])
        np.testing.assert_allclose(hill.x, [-0.75, -0.25, 0.25, 0.75])
        height = np.array(hill.y) - (2 - place)
        np.testing.assert_allclose(height / height.max(), shares[place] / shares[place].max())
    assert [hill.line.color == look.second for hill in hills] == [False, True, False]
    assert list(figure.layout.yaxis.ticktext) == ["now", "then", "first"]


@looks
def test_an_answer_over_time_is_a_line_a_class(look: Look) -> None:
    chances = np.array([[0.5, 0.9], [0.3, 0.08], [0.2, 0.02], [0.0, 0.0]])
    names = ["boot", "bag", "coat", "hat"]
    figure = charts.answer_over_time(chances, ["before", "after"], names, 1, look)
    for line, name, shares in zip(figure.data, names, chances, strict=True):
        assert line.name == name
        assert list(line.y) == shares.tolist()
    assert [line.showlegend for line in figure.data] == [True, True, True, False]
    assert figure.layout.shapes[0].x0 == 1


@looks
def test_paired_bars_lay_what_is_over_what_was(look: Look) -> None:
    before, now = np.array([1.0, 0.9]), np.array([0.5, 0.25])
    figure = charts.paired_bars(before, now, ("before", "now"), ["boot", "bag"], look)
    assert [bar.name for bar in figure.data] == ["before", "now"]
    assert [list(bar.x) for bar in figure.data] == [[1, 0.9], [0.5, 0.25]]
    assert list(figure.data[1].text) == ["50%", "25%"]


def test_what_is_faded_hardly_differs_from_the_page(tiles: np.ndarray) -> None:
    faded = charts.faded_tiles(tiles, LIGHT).astype(int)
    away = np.abs(faded - rgb(LIGHT.background))
    assert away.max() <= 0.2 * 255 + 1
    assert away.max() > 0


@looks
def test_ink_goes_from_paper_to_ink(look: Look) -> None:
    coloured = charts.inked(np.array([[[0, 255]]], np.uint8), look)
    assert coloured.shape == (1, 1, 2, 3)
    assert coloured[0, 0].tolist() == [rgb(look.paper).tolist(), rgb(look.ink).tolist()]


@looks
def test_signs_have_their_colours_and_zero_is_paper(look: Look) -> None:
    coloured = charts.signed(np.array([[[-2.0, 0.0, 2.0, 9.0]]]), look, limit=2.0)
    ends = [look.against, look.paper, look.speaks_for, look.speaks_for]
    assert coloured[0, 0].tolist() == [rgb(colour).tolist() for colour in ends]


def test_without_a_limit_the_largest_weight_is_full_colour() -> None:
    look = LOOKS["light"]
    coloured = charts.signed(np.array([[[-4.0, 1.0]]]), look)
    assert coloured[0, 0, 0].tolist() == rgb(look.against).tolist()
    assert (charts.signed(np.zeros((1, 2, 2)), look) == rgb(look.paper)).all()


@pytest.mark.parametrize("zoom", [1, 3])
def test_a_montage_holds_every_tile_in_reading_order(tiles: np.ndarray, zoom: int) -> None:
    picture = charts.montage(tiles, columns=3, zoom=zoom)[::zoom, ::zoom]
    assert picture.shape == (2 * 8 + GAP, 3 * 6 + 2 * GAP, 4)
    for i, tile in enumerate(tiles):
        top, left = i // 3 * (8 + GAP), i % 3 * (6 + GAP)
        place = picture[top : top + 8, left : left + 6]
        assert (place[..., :3] == tile).all()
        assert (place[..., 3] == 255).all()
    assert np.count_nonzero(picture[..., 3]) == 5 * 8 * 6, "gaps and the empty place are clear"


@pytest.mark.parametrize(("row", "column"), [(2, 1), (0, 0), (5, 3)])
def test_a_mark_frames_one_part_and_covers_little_else(
    tiles: np.ndarray, row: int, column: int
) -> None:
    """A part of 3 by 3 of the last tile, 8 by 6: in its middle, and in two of its corners."""
    look = LOOKS["dark"]
    rows, columns = np.array([2, 2, 2, 2, row]), np.array([1, 1, 1, 1, column])
    marked = charts.marked(tiles, rows, columns, 3, 3, look)[-1]
    zoom = len(marked) // 8
    changed = (marked != tiles[-1].repeat(zoom, 0).repeat(zoom, 1)).any(axis=-1)
    assert (marked[changed] == rgb(look.accent)).all()
    down, across = np.nonzero(changed)
    assert abs(down.min() - zoom * row) <= FRAME
    assert abs(down.max() + 1 - zoom * (row + 3)) <= FRAME
    assert abs(across.min() - zoom * column) <= FRAME
    assert abs(across.max() + 1 - zoom * (column + 3)) <= FRAME
    middle = np.s_[zoom * (row + 1) : zoom * (row + 2), zoom * (column + 1) : zoom * (column + 2)]
    assert not changed[middle].any()


@looks
def test_the_numbers_are_the_pixels_row_by_row(look: Look) -> None:
    image = np.array([[0, 7, 255], [128, 64, 1]], np.uint8)
    drawing = charts.pixel_numbers(image, look)
    assert [int(value) for value in re.findall(r">(\d+)</text>", drawing)] == image.ravel().tolist()


def test_a_picture_as_a_file() -> None:
    picture = np.zeros((40, 80, 3), np.uint8)
    picture[:, :20] = 200
    assert np.array_equal(np.asarray(Image.open(io.BytesIO(charts.png(picture)))), picture)


def test_bars_call_no_probability_0_or_100_percent() -> None:
    (bar,) = charts.likelihood_bars(np.array([0.999, 0.001]), ["boot", "bag"], LIGHT).data
    assert list(bar.text) == ["over 99%", "under 1%"]
