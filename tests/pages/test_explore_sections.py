"""What Explore shows beside the gallery, against independent computations."""

import re
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from mnist_core.data import Data
from pages.ui.explore import computed, session
from pages.ui.explore.oddities import DOUBTFUL
from tests.pages.conftest import OpenPage, assert_calm, chart, write_idx
from tests.pages.grids import grids


def look_at(open_page: OpenPage, section: str) -> AppTest:
    """Open Explore at one of its sections."""
    page = open_page("explore")
    page.segmented_control(key=session.Key.SECTION).set_value(section).run()
    assert_calm(page)
    return page


def test_a_section_is_called_otherwise_than_in_addresses(open_page: OpenPage) -> None:
    """Links to it go on working: the address keeps the name that the section once had."""
    page = look_at(open_page, session.CHANGE_SECTION)
    assert page.segmented_control(key=session.Key.SECTION).options[-1] == "Damage it"
    assert "What could happen" in page.query_params["section"]
    assert any("Can a network?" in one.value for one in page.markdown)


def press(page: AppTest, label: str) -> None:
    next(button for button in page.button if label in button.label).click().run()
    assert_calm(page)


def gallery_place(page: AppTest) -> int:
    """The index of the picture that the gallery has chosen."""
    words = page.caption[0].value.split()
    return int(words[words.index("Picture") + 1].replace(",", "")) - 1


def test_one_picture_has_its_nearest_by_pixels(open_page: OpenPage, data: Data) -> None:
    page = look_at(open_page, session.PICTURE_SECTION)
    page.number_input(key=session.Key.NUMBER).set_value(1_235).run()
    assert_calm(page)
    apart = data.train.images.reshape(len(data.train), -1).astype(np.int32)
    apart -= apart[1_234].copy()
    distances = np.square(apart, out=apart).sum(axis=1)
    nearest = np.argsort(distances, kind="stable")[1:11]
    assert distances[nearest[0]] > 0, "the picture itself is the first, and it stands there once"
    shown = next(grid for grid in grids(page) if len(grid["names"]) in {10, 11})["names"]
    numbers = [re.findall(r"picture ([\d,]*\d)", name)[0] for name in shown[:10]]
    assert [int(number.replace(",", "")) - 1 for number in numbers] == nearest.tolist()


def test_the_shape_of_the_data_opens_a_stretch_of_a_histogram(
    open_page: OpenPage, data: Data
) -> None:
    page = look_at(open_page, session.SHAPE_SECTION)
    ink = (data.train.images > 0).mean(axis=(1, 2))
    slider = next(slider for slider in page.slider if slider.label == "from … to")
    low, high = slider.value
    press(page, "Show these")
    assert page.segmented_control(key=session.Key.SECTION).value == session.GALLERY_SECTION
    inside = np.flatnonzero((ink >= low - 1e-9) & (ink <= high + 1e-9))
    assert gallery_place(page) == inside[0]
    assert any(
        f"{len(inside):,} pictures with “How much ink”" in one.value for one in page.markdown
    )
    press(page, "Show all pictures")
    assert gallery_place(page) == 0


def test_the_look_alikes_of_mnist_come_with_the_lab(
    open_page: OpenPage, data: Data, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is compared while somebody waits."""
    monkeypatch.setattr(computed, "look_alikes", lambda *_: pytest.fail("It would take a minute."))
    page = look_at(open_page, session.ODD_SECTION)
    names = grids(page)[0]["names"]
    assert len(names) == 2 * computed.SHOWN_PAIRS
    numbers = [re.findall(r"picture ([\d,]+), distance ([\d,]+)", name)[0] for name in names]
    places = [int(number.replace(",", "")) - 1 for number, _ in numbers]
    assert len(set(places)) == len(places), "no picture twice"
    for pair in range(computed.SHOWN_PAIRS):
        one, other = places[2 * pair : 2 * pair + 2]
        assert data.train.labels[one] != data.train.labels[other]
        apart = np.linalg.norm(data.train.images[one].astype(float) - data.train.images[other])
        assert numbers[2 * pair][1] == f"{apart:,.0f}"


@pytest.mark.usefixtures("clothes")
def test_look_alikes_are_leafed_through_in_the_gallery(open_page: OpenPage) -> None:
    page = look_at(open_page, session.ODD_SECTION)
    names = [name.split(", distance")[0] for name in grids(page)[0]["names"]]
    press(page, "Leaf through them")
    assert grids(page)[0]["names"] == names
    assert any("from “Pairs of look-alikes”" in one.value for one in page.markdown)


def test_the_map_names_its_pictures_and_says_what_it_does_not_mean(open_page: OpenPage) -> None:
    page = look_at(open_page, session.MAP_SECTION)
    assert any("how far apart two clusters are means little" in one.value for one in page.markdown)
    assert any("154 of 784 components hold 95%" in one.value for one in page.caption)
    page.segmented_control(key=session.Key.MAP_KIND).set_value("All shapes at once").run()
    assert_calm(page)
    assert len(grids(page)[0]["names"]) == 24 * 24


def test_rebuilding_from_all_components_gives_the_picture_back(open_page: OpenPage) -> None:
    page = look_at(open_page, session.MAP_SECTION)
    page.select_slider(key=session.Key.COMPONENTS).set_value(784).run()
    assert_calm(page)
    held = chart(page, "How much of the differences they capture")
    assert held["layout"]["title"]["subtitle"]["text"] == "The first 784: 100.0%"


@pytest.mark.usefixtures("clothes")
@pytest.mark.parametrize("section", session.SECTIONS)
def test_every_section_works_on_another_data_set(open_page: OpenPage, section: str) -> None:
    page = look_at(open_page, section)
    if section == session.CHANGE_SECTION:
        assert "No network here has learned from clothes" in page.info[0].value
        page.slider(key=f"{session.Key.CHANGES}_blur").set_value(2.0).run()
        assert_calm(page)
    if section == session.ODD_SECTION:
        for which in page.segmented_control(key=session.Key.ODDITY).options:
            page.segmented_control(key=session.Key.ODDITY).set_value(which).run()
            assert_calm(page)


BARS = 3
WRONG = {"train": 7, "test": 4}
"""The one wrongly labelled picture of each half of `bars`."""


@pytest.fixture
def bars(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A data set of bars at three heights, of which one in each half has the label of the next."""
    rng = np.random.default_rng(0)
    for half, file, count in (("train", "train", 60), ("test", "t10k", 30)):
        labels = np.arange(count, dtype=np.uint8) % BARS
        images = rng.integers(0, 60, (count, 12, 10), dtype=np.uint8)
        for image, label in zip(images, labels, strict=True):
            image[4 * label : 4 * label + 4] += 150
        labels[WRONG[half]] = (labels[WRONG[half]] + 1) % BARS
        write_idx(tmp_path / f"{file}-images-idx3-ubyte", images)
        write_idx(tmp_path / f"{file}-labels-idx1-ubyte", labels)
    monkeypatch.setenv("MNIST_DATA_DIR", str(tmp_path))


@pytest.mark.usefixtures("bars")
@pytest.mark.parametrize("half", WRONG)
def test_the_labels_that_are_doubted_are_those_of_the_half_that_is_chosen(
    open_page: OpenPage, half: str
) -> None:
    page = look_at(open_page, session.ODD_SECTION)
    page.segmented_control(key=session.Key.PART).set_value(half).run()
    page.segmented_control(key=session.Key.ODDITY).set_value(DOUBTFUL).run()
    assert_calm(page)
    right = WRONG[half] % BARS
    assert grids(page)[0]["names"] == [
        f"picture {WRONG[half] + 1}: labelled class {(right + 1) % BARS}, perhaps class {right}"
    ]
    told = {"train": "of the 60 training pictures: 1.", "test": "of the 30 test pictures: 1."}[half]
    assert any(told in one.value for one in page.markdown)
