"""Picture files that a visitor chooses: which are read, and which lies on the paper."""

import io
from dataclasses import dataclass

import numpy as np
import pytest
from PIL import Image

from pages.ui.draw.chosen_files import MOST, ChosenFiles
from pages.ui.visit.paper import Paper


@dataclass
class Upload:
    """As much of Streamlit's `UploadedFile` as is looked at."""

    file_id: str
    content: bytes = b"text"

    @property
    def name(self) -> str:
        return f"{self.file_id}.png"

    def getvalue(self) -> bytes:
        return self.content


@pytest.fixture
def content() -> bytes:
    """A bar across grey paper, as a PNG."""
    pixels = np.full((30, 50), 200, np.uint8)
    pixels[10:14, 5:45] = 20
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, "PNG")
    return stream.getvalue()


def chosen(*uploads: Upload) -> ChosenFiles:
    found = ChosenFiles("upload", [])
    take(found, *uploads)
    return found


def take(files: ChosenFiles, *uploads: Upload) -> None:
    files.choose(uploads)  # type: ignore[arg-type]
    while files.waiting:
        files.read_next()


def test_only_what_is_new_is_read_and_what_was_taken_away_is_forgotten(content: bytes) -> None:
    files = chosen(Upload("a", content), Upload("b"))
    first = files.files["a"]
    assert first.drawing is not None
    assert first.photograph is not None
    assert files.files["b"].complaint.startswith("b.png is text")
    take(files, Upload("a", content), Upload("c", content))
    assert list(files.files) == ["a", "c"]
    assert files.files["a"] is first


def test_a_class_of_pictures_is_read_and_what_is_more_is_left_out() -> None:
    files = chosen(*(Upload(f"{number}") for number in range(MOST + 2))).files
    assert len(files) == MOST + 2
    assert ["left out" in file.complaint for file in files.values()] == [False] * MOST + [True] * 2


def test_a_picture_on_the_paper_is_turned_with_its_photograph(content: bytes) -> None:
    files, paper = chosen(Upload("a", content), Upload("b")), Paper()
    files.show("a", paper)
    assert files.revision == paper.revision
    upright = files.files["a"]
    files.turn(paper)
    turned = files.files["a"]
    assert np.array_equal(paper.pixels(), np.rot90(upright.drawing, -1))
    assert np.array_equal(turned.photograph, np.rot90(upright.photograph, -1))
    files.show("b", paper)
    assert paper.picture is None
