"""Opening a page as a visitor would, without a browser."""

import json
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import pytest
from numpy.typing import NDArray
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from mnist_core.data import load
from mnist_core.training.config import TrainingConfig
from mnist_core.training.model import Model
from pages.ui.visit import current, shared
from pages.ui.visit.store import Visit

ROOT = Path(__file__).parents[2]
OpenPage: TypeAlias = Callable[[str], AppTest]


@pytest.fixture(scope="session", autouse=True)
def search_for_components_once() -> Iterator[None]:
    """Search the installed packages for Streamlit components once a worker, not once a page.

    AppTest has Streamlit read the metadata of every package for each new page, which takes longer
    than most pages do.
    """
    with pytest.MonkeyPatch.context() as patch:
        search = manifest_scanner.scan_component_manifests
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(search))
        yield


@pytest.fixture
def open_page() -> OpenPage:
    """Open `pages/<name>.py` on its own, as AppTest wants it, and run it once."""

    def open_page(name: str) -> AppTest:
        return AppTest.from_file(str(ROOT / "pages" / f"{name}.py"), default_timeout=60).run()

    return open_page


def assert_calm(page: AppTest) -> None:
    """Nothing went wrong: neither a traceback nor an error message is on the page."""
    assert not page.exception
    assert not page.error


def button(page: AppTest, label: str) -> Button:
    """The first button of a label."""
    return next(found for found in page.button if found.label == label)


def press(page: AppTest, label: str) -> None:
    """Press a button; nothing goes wrong."""
    button(page, label).click().run()
    assert_calm(page)


def memory(page: AppTest) -> dict[str, Any]:
    """What the visitor of a page has made."""
    found: Visit = page.session_state[current._VISIT]
    return found.memory


def chart(page: AppTest, title: str) -> dict[str, Any]:
    """The chart of this title."""
    figures = [json.loads(part.proto.spec) for part in page.get("plotly_chart")]
    return next(one for one in figures if one["layout"]["title"]["text"] == title)


def write_idx(path: Path, array: NDArray[Any]) -> None:
    """Write a uint8 array as an IDX file."""
    header = bytes([0, 0, 0x08, array.ndim]) + np.array(array.shape, ">u4").tobytes()
    path.write_bytes(header + array.tobytes())


@pytest.fixture
def other_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Another data set for the lab: three classes, 12 by 10 pixels, no 2 in the test half."""
    rng = np.random.default_rng(0)
    for half, labels in (("train", [2, 0, 1, 2, 0]), ("t10k", [1, 0])):
        images = rng.integers(0, 256, (len(labels), 12, 10), dtype=np.uint8)
        write_idx(tmp_path / f"{half}-images-idx3-ubyte", images)
        write_idx(tmp_path / f"{half}-labels-idx1-ubyte", np.array(labels, dtype=np.uint8))
    monkeypatch.setenv("MNIST_DATA_DIR", str(tmp_path))
    return tmp_path


CLOTHES = (
    *("T-shirt/top", "trouser", "pullover", "dress", "coat"),
    *("sandal", "shirt", "sneaker", "bag", "ankle boot"),
)


def write_clothes(folder: Path) -> None:
    """Make a data set of MNIST's form that is not MNIST: ten named classes, 28 by 28 pixels."""
    rng = np.random.default_rng(1)
    for half, count in (("train", 60), ("t10k", 20)):
        images = rng.integers(0, 256, (count, 28, 28), dtype=np.uint8)
        write_idx(folder / f"{half}-images-idx3-ubyte", images)
        write_idx(folder / f"{half}-labels-idx1-ubyte", np.arange(count, dtype=np.uint8) % 10)
    (folder / "classes.txt").write_text("\n".join(CLOTHES), encoding="utf-8")


@pytest.fixture
def clothes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Another data set for the lab, in a folder called `clothes`."""
    folder = tmp_path / "clothes"
    folder.mkdir()
    write_clothes(folder)
    monkeypatch.setenv("MNIST_DATA_DIR", str(folder))
    return folder


@pytest.fixture
def broken_data(other_data: Path) -> Path:
    """A data folder in which one file is cut short."""
    path = other_data / "train-images-idx3-ubyte"
    path.write_bytes(path.read_bytes()[:-1])
    return other_data


@pytest.fixture
def clothes_network(clothes: Path, monkeypatch: pytest.MonkeyPatch) -> Model:
    """The visitor's one network, untrained, for the data set of clothes."""
    assert clothes.is_dir()
    config = TrainingConfig(hidden=(8,))
    made = config.initial_network((28, 28), len(CLOTHES), np.random.default_rng(0))
    model = Model("mine", made, config, origin=load().origin)
    monkeypatch.setattr(shared, "networks", lambda: {"run:1": model})
    return model
