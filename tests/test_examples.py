"""Each example runs as it stands, on few pictures, and is short; one is the exported program."""

import runpy
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from mnist_core.data import Data
from mnist_core.data.idx import idx_bytes
from mnist_core.files.export import script
from mnist_core.files.storage import load_model
from mnist_core.training import PRESETS

EXAMPLES = Path(__file__).parents[1] / "examples"
IN_ONE_FILE = EXAMPLES / "in_one_file.py"
TITLE = "The lab's network of 128 units in one file"
TRAINING, TEST = 1_200, 300

RunExample = Callable[..., list[str]]
"""Runs an example, by its name, with arguments; gives back the lines that it prints."""


@pytest.fixture(scope="module")
def few(data: Data, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first pictures of MNIST as a data set in a folder."""
    folder = tmp_path_factory.mktemp("few")
    for name, half, count in (("train", data.train, TRAINING), ("t10k", data.test, TEST)):
        (folder / f"{name}-images-idx3-ubyte").write_bytes(idx_bytes(half.images[:count]))
        (folder / f"{name}-labels-idx1-ubyte").write_bytes(idx_bytes(half.labels[:count]))
    return folder


@pytest.fixture
def printed(
    few: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> RunExample:
    """What runs an example on the few pictures."""
    monkeypatch.setenv("MNIST_DATA_DIR", str(few))

    def run(name: str, *arguments: str) -> list[str]:
        monkeypatch.setattr(sys, "argv", [name, *arguments])
        runpy.run_path(str(EXAMPLES / f"{name}.py"), run_name="__main__")
        return capsys.readouterr().out.splitlines()

    return run


def test_all_are_named_here_and_short() -> None:
    lines = {path.stem: len(path.read_text("utf-8").splitlines()) for path in EXAMPLES.glob("*.py")}
    assert lines.pop(IN_ONE_FILE.stem) < 100
    assert set(lines) == {
        "train_and_print",
        "own_layer",
        "predict_picture",
        "draw_weights",
        "sweep_learning_rates",
    }
    assert max(lines.values()) <= 40


def test_one_file_is_the_exported_program_and_runs(few: Path) -> None:
    text = script(PRESETS["small_dense"].config, title=TITLE)
    assert IN_ONE_FILE.read_text("utf-8") == text, (
        f"write it anew: mnist_core.files.export.script(PRESETS['small_dense'].config, "
        f"title={TITLE!r})"
    )
    ran = subprocess.run(
        [sys.executable, str(IN_ONE_FILE), str(few)], capture_output=True, text=True, check=True
    )
    assert ran.stdout.splitlines()[-1].startswith("final exam (test set): 8")


def test_train_and_print(printed: RunExample) -> None:
    *points, last = printed("train_and_print")
    assert points[0].startswith("epoch 0.00")
    assert last.startswith("It reads ")
    assert last.endswith("% of the test pictures.")


def test_own_layer(printed: RunExample) -> None:
    told = " ".join(printed("own_layer"))
    accuracy, _, slopes = told.partition("%; slopes ")
    assert float(accuracy) > 50
    numbers = np.array(slopes.strip("[] ").split(), float)
    assert len(numbers) == 64
    assert np.ptp(numbers) > 0, "they are learned"


def test_predict_picture(printed: RunExample, data: Data, tmp_path: Path) -> None:
    path = tmp_path / "7.png"
    Image.fromarray(255 - np.pad(data.test.images[0], 40)).save(path)
    first, *others = printed("predict_picture", str(path))
    assert data.test.labels[0] == 7
    assert first == "This is a 7."
    assert others[0].startswith("7: 9")
    assert len(others) == 3


def test_draw_weights(printed: RunExample, tmp_path: Path) -> None:
    path = tmp_path / "weights.png"
    assert printed("draw_weights", str(path)) == [f"10 units in {path}"]
    picture = np.asarray(Image.open(path))
    assert picture.shape == (28 * 4, 10 * 28 * 4)
    weights = load_model("notebook").network.parameters.by_layer[1][0]
    unit, place = np.unravel_index(weights.argmax(), weights.shape)
    row, column = divmod(int(place), 28)
    assert picture[4 * row, 4 * (28 * unit + column)] == 255


def test_sweep_learning_rates(printed: RunExample) -> None:
    *rates, best = printed("sweep_learning_rates")
    assert [float(line.split()[0]) for line in rates] == [1e-4, 1e-3, 1e-2, 1e-1, 10]
    shares = {line.split()[0]: float(line.split()[1].strip("%")) for line in rates[:-1]}
    assert best == f"The best of them is {max(shares, key=shares.__getitem__)}."
