"""The lab without a browser: train, evaluate, predict; what they print and how they refuse."""

import io
import json
import pickle
import struct
import subprocess
import sys
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import pytest
from PIL import Image

from mnist_core.__main__ import main
from mnist_core.arrays import Pixels
from mnist_core.data import Data, load
from mnist_core.files.storage import bundled, load_model, save_model
from mnist_core.synthetic.out_of_distribution import outliers
from mnist_core.training.config import TrainingConfig
from mnist_core.training.model import Model
from mnist_core.training.presets import PRESETS


@dataclass
class Printed:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def objects(self) -> list[dict[str, Any]]:
        """The JSON objects, one a line, by the letter of the standard: no NaN, no Infinity."""
        return [json.loads(line, parse_constant=no_constant) for line in self.out.splitlines()]


def no_constant(name: str) -> NoReturn:
    raise AssertionError(f"{name} is not JSON")


class Lab:
    """`python -m mnist_core` in this process."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def __call__(self, *arguments: str | Path) -> Printed:
        self.capsys.readouterr()
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as exit_:
            code = exit_.code if isinstance(exit_.code, int) else -1
        return Printed(code, *self.capsys.readouterr())


@pytest.fixture
def lab(capsys: pytest.CaptureFixture[str]) -> Lab:
    return Lab(capsys)


@pytest.fixture(scope="module")
def folder(data: Data, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tenth of MNIST as four IDX files, so that a command takes no time."""
    folder = tmp_path_factory.mktemp("tenth")
    for name, half, n in (("train", data.train, 6_000), ("t10k", data.test, 1_000)):
        header = struct.pack(">4B3I", 0, 0, 8, 3, n, 28, 28)
        (folder / f"{name}-images-idx3-ubyte").write_bytes(header + half.images[:n].tobytes())
        header = struct.pack(">4BI", 0, 0, 8, 1, n)
        (folder / f"{name}-labels-idx1-ubyte").write_bytes(header + half.labels[:n].tobytes())
    return folder


@pytest.fixture(autouse=True)
def _tenth_of_mnist(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MNIST_DATA_DIR", str(folder))


QUICK = ("train", "--json", "--examples", "200", "--epochs", "1")


def test_train_prints_objects_the_last_of_which_is_finished(lab: Lab, tmp_path: Path) -> None:
    path = tmp_path / "mine.safetensors"
    printed = lab(*QUICK, "--epochs", "12", "--record-every", "5", "--seed", "3", "--out", path)
    assert (printed.code, printed.err) == (0, "")
    first, *points, last = printed.objects
    assert first == {"event": "started", "iterations": 24, "parameters": 784 * 128 + 128 + 1_290}
    assert [point["event"] for point in points] == ["measured"] * 5
    assert [point["iteration"] for point in points] == [0, 5, 10, 15, 20]
    assert points[0].keys() == {
        *("event", "iteration", "epoch", "loss", "accuracy", "dev_loss", "dev_accuracy"),
        *("learning_rate", "seconds"),
    }
    assert list(last) == ["event", "dev_accuracy", "test_accuracy", "seconds", "iterations"]
    assert last["event"] == "finished"
    assert last["iterations"] == 24
    assert 0.5 < last["test_accuracy"] < 1

    saved = load_model(path)
    assert saved.name == "mine"
    assert saved.config == replace(
        PRESETS["small_dense"].config, examples=200, epochs=12, record_every=5, seed=3
    )
    assert len(saved.history) == 6
    assert saved.results == {key: value for key, value in last.items() if key != "event"}
    for split, figure, n in (("test", "test_accuracy", 1_000), ("dev", "dev_accuracy", 1_000)):
        (found,) = lab("evaluate", path, "--split", split, "--json").objects
        assert found["accuracy"] == last[figure]
        assert found["n"] == n
        assert found["loss"] > 0
    (found,) = lab("evaluate", path, "--split", "train", "--json").objects
    assert found["n"] == 5_000


def test_the_same_seed_prints_the_same_figures(lab: Lab) -> None:
    def figures(seed: int) -> list[dict[str, Any]]:
        printed = lab(*QUICK, "--seed", str(seed))
        return [{k: v for k, v in o.items() if k != "seconds"} for o in printed.objects]

    assert figures(1) == figures(1) != figures(2)


def test_with_two_threads_it_prints_the_same_figures(lab: Lab) -> None:
    arguments = (*QUICK, "--preset", "notebook", "--examples", "1000", "--epochs", "200")

    def figures(*more: str) -> list[dict[str, Any]]:
        printed = lab(*arguments, *more)
        return [{k: v for k, v in o.items() if k != "seconds"} for o in printed.objects]

    assert figures("--threads", "2") == figures()


def test_for_people_it_prints_lines_of_words(lab: Lab) -> None:
    printed = lab("train", "--examples", "200", "--epochs", "2", "--record-every", "2")
    assert printed.code == 0
    lines = printed.out.splitlines()
    assert lines[0].startswith("started: iterations 4")
    assert lines[-1].startswith("finished: dev accuracy ")
    assert "%" in lines[-1]
    assert len(lines) == 4
    assert "\r" not in printed.err, "no bar where there is no terminal"


OVERRIDES: dict[str, tuple[list[str], Any]] = {
    "convolution": (["small"], "small"),
    "hidden": (["20", "10"], (20, 10)),
    "activation": (["gelu"], "gelu"),
    "initializer": (["glorot"], "glorot"),
    "optimizer": (["sgd"], "sgd"),
    "learning_rate": (["0.02"], 0.02),
    "momentum": (["0.9"], 0.9),
    "nesterov": ([], True),
    "schedule": (["one_cycle"], "one_cycle"),
    "warmup": (["0.1"], 0.1),
    "batch_size": (["50"], 50),
    "epochs": (["2"], 2),
    "examples": (["120"], 120),
    "weight_decay": (["1e-4"], 1e-4),
    "dropout": (["0.25"], 0.25),
    "augmentation": (["0.5"], 0.5),
    "record_every": (["1"], 1),
    "seed": (["4294967295"], 2**32 - 1),
}


@pytest.mark.parametrize("name", [setting.name for setting in fields(TrainingConfig)])
def test_every_hyperparameter_has_an_option_of_its_name(
    lab: Lab, tmp_path: Path, name: str
) -> None:
    path = tmp_path / "model.safetensors"
    texts, value = OVERRIDES[name]
    printed = lab(*QUICK, "--out", path, "--" + name.replace("_", "-"), *texts)
    assert printed.code == 0, printed.err
    right = replace(PRESETS["small_dense"].config, **{"examples": 200, "epochs": 1, name: value})
    assert load_model(path).config == right


def test_what_has_no_effect_is_said_beside_the_figures(lab: Lab) -> None:
    printed = lab(*QUICK, "--momentum", "0.9", "--no-nesterov")
    (told,) = printed.err.splitlines()
    assert told == (
        "python -m mnist_core train: Without effect in this training: momentum 0.9, "
        "which needs the optimizer sgd."
    )
    assert printed.objects[-1]["event"] == "finished"
    assert lab(*QUICK, "--momentum", "0.9", "--optimizer", "sgd").err == ""


@pytest.mark.parametrize("all_at_once", ["full", "all"])
def test_a_full_batch_no_hidden_layer_and_a_setting_taken_back(
    lab: Lab, tmp_path: Path, all_at_once: str
) -> None:
    path = tmp_path / "model.safetensors"
    arguments = ("--batch-size", all_at_once, "--hidden", "--no-nesterov", "--epochs", "3")
    printed = lab(*QUICK, "--out", path, *arguments)
    assert printed.objects[0]["iterations"] == 3
    config = load_model(path).config
    assert (config.batch_size, config.hidden, config.nesterov) == (None, (), False)


@pytest.mark.parametrize("preset", sorted(PRESETS))
def test_presets(lab: Lab, tmp_path: Path, preset: str) -> None:
    path = tmp_path / "model.safetensors"
    printed = lab(*QUICK, "--preset", preset, "--out", path)
    assert printed.code == 0
    assert load_model(path).config == replace(PRESETS[preset].config, examples=200, epochs=1)


def test_a_run_that_diverges_says_so_and_leaves_no_file(lab: Lab, tmp_path: Path) -> None:
    path = tmp_path / "model.safetensors"
    arguments = ("--optimizer", "sgd", "--learning-rate", "10", "--weight-decay", "1")
    printed = lab(*QUICK, "--epochs", "60", "--activation", "leaky_relu", *arguments, "--out", path)
    assert printed.code == 1
    assert printed.objects[-1]["event"] == "diverged"
    assert not path.exists()


@pytest.fixture(scope="module")
def wise(data: Data, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A network that reads the first test images right."""
    from mnist_core.data import split
    from mnist_core.training.events import Started
    from mnist_core.training.loop import train

    config = TrainingConfig(hidden=(64,), epochs=4, examples=10_000)
    for event in train(data.train, split(data.train, 0), config):
        if isinstance(event, Started):
            network = event.network
    path = tmp_path_factory.mktemp("model") / "wise.safetensors"
    save_model(Model("wise", network, config), path)
    return path


def written(picture: Image.Image, path: Path, **options: Any) -> Path:
    picture.save(path, **options)
    return path


@pytest.fixture
def pictures(data: Data, tmp_path: Path) -> dict[str, list[Path]]:
    """The first ten test images, in each way that people store ink on paper."""
    kinds: dict[str, list[Path]] = {}
    for i, digit in enumerate(data.test.images[:10]):
        exact = Image.fromarray(digit)
        on_white = Image.fromarray(255 - digit)
        clear = Image.merge("RGBA", [*(Image.new("L", (28, 28)) for _ in "rgb"), exact])
        large = Image.fromarray(255 - np.kron(np.pad(digit, 8), np.ones((9, 9), np.uint8)))
        for kind, picture, suffix in (
            ("white ink", exact, "png"),
            ("black ink", on_white, "png"),
            ("transparent paper", clear, "png"),
            ("large", large, "PNG"),
            ("jpeg", large.convert("RGB"), "jpg"),
            ("webp", large.convert("RGB"), "webp"),
            ("gif", large, "gif"),
            ("avif", large.convert("RGB"), "avif"),
        ):
            path = tmp_path / f"{kind} {i}.{suffix}"
            kinds.setdefault(kind, []).append(written(picture, path))
    return kinds


@pytest.mark.parametrize("kind", ["white ink", "black ink", "transparent paper"])
def test_predict_sees_mnists_own_images_as_they_are(
    lab: Lab, data: Data, wise: Path, pictures: dict[str, list[Path]], kind: str
) -> None:
    printed = lab("predict", wise, *pictures[kind], "--json")
    assert (printed.code, printed.err) == (0, "")
    expected = load_model(wise).network.probabilities(data.test.images[:10])
    for i, found in enumerate(printed.objects):
        assert list(found) == ["path", "digit", "probabilities"]
        assert found["path"] == str(pictures[kind][i])
        assert found["digit"] == expected[:, i].argmax()
        assert found["probabilities"] == pytest.approx(expected[:, i].tolist(), abs=1e-5)


@pytest.mark.parametrize("kind", ["large", "jpeg", "webp", "gif", "avif"])
def test_predict_reads_pictures_of_any_size_and_kind(
    lab: Lab, data: Data, wise: Path, pictures: dict[str, list[Path]], kind: str
) -> None:
    found = lab("predict", wise, *pictures[kind], "--json").objects
    right = [f["digit"] == label for f, label in zip(found, data.test.labels[:10], strict=True)]
    assert sum(right) >= 9


def test_predict_takes_folders_and_passes_over_what_is_no_picture(
    lab: Lab, wise: Path, pictures: dict[str, list[Path]], tmp_path: Path
) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "notes.txt").write_text("no picture")
    written(Image.open(pictures["large"][3]), inner / "deep.jpeg")
    (tmp_path / "a folder.png").mkdir()
    (tmp_path / "IMG_1.HEIC").write_bytes(b"no picture that is read")
    (tmp_path / "IMG_2.heic").write_bytes(b"nor this")
    printed = lab("predict", wise, tmp_path, pictures["large"][0], "--json")
    assert printed.code == 0
    (told,) = printed.err.splitlines()
    told_by = "python -m mnist_core predict: "
    assert told.startswith(f"{told_by}{tmp_path}: skipped 3 of {8 * 10 + 1 + 3} files")
    assert told.endswith("2 .heic, 1 .txt")
    paths = [found["path"] for found in printed.objects]
    assert len(paths) == 8 * 10 + 1 + 1
    assert str(inner / "deep.jpeg") in paths
    assert paths[-1] == str(pictures["large"][0])
    assert paths[:-1] == sorted(paths[:-1], key=Path)


@pytest.mark.parametrize("paper", [0, 128, 255])
def test_no_ink_is_no_digit(lab: Lab, wise: Path, tmp_path: Path, paper: int) -> None:
    path = written(Image.new("L", (90, 60), paper), tmp_path / "blank.png")
    (found,) = lab("predict", wise, path, "--json").objects
    assert (found["digit"], found["why"]) == (None, "no ink")
    assert "nearest" not in found
    assert len(found["probabilities"]) == 10
    assert sum(found["probabilities"]) == pytest.approx(1, abs=1e-4)
    assert lab("predict", wise, path).out == f"{path}: no ink\n"


def test_what_is_no_digit_is_said_to_be_none(lab: Lab, wise: Path, tmp_path: Path) -> None:
    heart = outliers(1, ("heart",), np.random.default_rng(0)).images[0]
    path = written(Image.fromarray(heart), tmp_path / "heart.png")
    (found,) = lab("predict", wise, path, "--json").objects
    assert (found["digit"], found["why"]) == (None, "no digit")
    assert found["nearest"] == int(np.argmax(found["probabilities"]))
    out = lab("predict", wise, path).out
    assert out.startswith(f"{path}: not a digit; if it must be one, {found['nearest']} (")


@pytest.fixture
def number(data: Data, tmp_path: Path) -> Path:
    """A photograph of 7210, and below it of 4149, the first test pictures, in grey light."""
    rows = [
        np.concatenate(list(data.test.images[part]), axis=1) for part in (slice(4), slice(4, 8))
    ]
    ink = np.kron(np.pad(np.concatenate(rows), 20), np.ones((6, 6))) / 255
    light = np.linspace(140, 200, ink.shape[1])
    grey = np.rint(light * (1 - 0.7 * ink)).astype(np.uint8)
    return written(Image.fromarray(grey), tmp_path / "number.jpg")


def test_a_number_is_read_as_the_draw_page_reads_it(lab: Lab, data: Data, number: Path) -> None:
    (found,) = lab("predict", "conv", number, "--number", "--json").objects
    assert list(found) == ["path", "number", "digits"]
    assert found["number"] == "7210 4149"
    assert [digit["digit"] for digit in found["digits"]] == data.test.labels[:8].tolist()
    for digit in found["digits"]:
        assert sum(digit["probabilities"]) == pytest.approx(1, abs=1e-4)
        assert digit["digit"] == int(np.argmax(digit["probabilities"]))
    assert lab("predict", "conv", number, "--number").out == f"{number}: 7210 4149\n"


def test_without_number_it_says_that_there_are_several_digits(lab: Lab, number: Path) -> None:
    (found,) = lab("predict", "conv", number, "--json").objects
    assert (found["digit"], found["why"], found["digits"]) == (None, "several digits", 8)
    assert "nearest" not in found
    assert lab("predict", "conv", number).out == f"{number}: 8 digits; --number reads them\n"


def test_one_digit_is_one_with_number_and_without(
    lab: Lab, data: Data, pictures: dict[str, list[Path]]
) -> None:
    paths = pictures["white ink"] + pictures["jpeg"]
    alone = lab("predict", "conv", *paths, "--json").objects
    numbers = lab("predict", "conv", *paths, "--number", "--json").objects
    labels = data.test.labels[:10].tolist() * 2
    assert [found["digit"] for found in alone] == labels
    assert [found["number"] for found in numbers] == [f"{label}" for label in labels]


def unsure_of(network: Path, images: Pixels) -> int:
    """The first picture whose likeliest digit the network finds less likely than one half."""
    sureness = load_model(network).network.probabilities(images).max(axis=0)
    return int(np.flatnonzero((sureness > 0.3) & (sureness < 0.45))[0])


def test_what_the_page_does_not_know_is_not_known_here(
    lab: Lab, data: Data, tmp_path: Path
) -> None:
    """By the `notebook` network, which is often unsure."""
    notebook = Path("notebook")
    image = data.test.images[unsure_of(notebook, data.test.images)]
    path = written(Image.fromarray(image), tmp_path / "unsure.png")
    (found,) = lab("predict", notebook, path, "--json").objects
    assert (found["digit"], found["why"]) == (None, "unsure")
    assert found["nearest"] == int(np.argmax(found["probabilities"]))
    told = lab("predict", notebook, path).out
    assert told.startswith(f"{path}: I don't know; my best guess is {found['nearest']} (")
    (found,) = lab("predict", notebook, path, "--number", "--json").objects
    assert found["number"] == "?"
    assert found["digits"][0]["why"] == "unsure"
    assert "1 of 1 digits not known" in lab("predict", notebook, path, "--number").out


def test_a_number_without_ink_and_one_of_too_many_marks(
    lab: Lab, wise: Path, tmp_path: Path
) -> None:
    blank = written(Image.new("L", (90, 60), 255), tmp_path / "blank.png")
    (found,) = lab("predict", wise, blank, "--number", "--json").objects
    assert found == {"path": str(blank), "number": None, "why": "no ink", "digits": []}
    dots = np.kron(np.eye(60, dtype=np.uint8) * 255, np.ones((9, 9), np.uint8))
    dots[::9] = dots[:, ::9] = 0
    many = written(Image.fromarray(dots), tmp_path / "many.png")
    printed = lab("predict", wise, many, "--number")
    assert (printed.code, printed.out) == (2, "")
    assert f"{many}: There are 60 separate marks" in printed.err


def test_predict_for_people(lab: Lab, wise: Path, pictures: dict[str, list[Path]]) -> None:
    path = pictures["white ink"][0]
    printed = lab("predict", wise, path)
    assert printed.code == 0
    assert printed.out.startswith(f"{path}: 7 (")
    assert printed.out.endswith("%)\n")


def test_a_broken_picture_among_good_ones_is_named_and_the_rest_is_read(
    lab: Lab, wise: Path, pictures: dict[str, list[Path]], tmp_path: Path
) -> None:
    broken = tmp_path / "broken.png"
    broken.write_bytes(pictures["large"][0].read_bytes()[:-200])
    good = pictures["large"][:2]
    printed = lab("predict", wise, good[0], broken, good[1], "--json")
    assert printed.code == 2
    assert [found["path"] for found in printed.objects] == [str(path) for path in good]
    (told,) = printed.err.splitlines()
    assert told.startswith("python -m mnist_core predict: ")
    assert str(broken) in told


def test_a_bundled_network_is_known_by_its_name(lab: Lab, pictures: dict[str, list[Path]]) -> None:
    assert {"notebook", "dense", "conv"} <= set(bundled())
    for name in ("notebook", "dense", "conv"):
        (found,) = lab("predict", name, pictures["white ink"][0], "--json").objects
        assert found["digit"] == 7
        (figures,) = lab("evaluate", name, "--json").objects
        assert figures["n"] == 1_000
        assert figures["accuracy"] > 0.8


def test_a_report_is_written_as_json(lab: Lab, tmp_path: Path) -> None:
    figures = tmp_path / "report.json"
    (told,) = lab("evaluate", "notebook", "--report", figures, "--json").objects
    found = json.loads(figures.read_text())
    assert found["accuracy"] == told["accuracy"]
    assert found["model"] == "notebook"
    low, high = found["interval"]
    assert low < found["accuracy"] < high
    assert {"ece", "confusion", "by_class", "robustness", "attack"} <= set(found)
    assert found["class_names"] == [str(digit) for digit in range(10)]
    assert found["split"] == "test"


def bad_files(folder: Path) -> dict[str, Path]:
    """Files that are not what they seem, by name."""
    files = {name: folder / name for name in ("text", "pickle", "truncated", "small", "letters")}
    files["text"].write_text("hello")
    files["pickle"].write_bytes(pickle.dumps({"w": 1}))
    config = TrainingConfig(hidden=())
    save_model(Model("small", config.network((8, 8), 10), config), files["small"])
    save_model(Model("letters", config.network((28, 28), 5), config), files["letters"])
    files["truncated"].write_bytes(files["small"].read_bytes()[:-5])
    (folder / "empty").mkdir()
    (folder / "no_pictures").mkdir()
    (folder / "no_pictures" / "notes.txt").write_text("hello")
    (folder / "a.heic").write_bytes(b"\0\0\0\x24ftypheic")
    Image.new("L", (5, 5)).save(folder / "a.png")
    files["fake.png"] = folder / "fake.png"
    files["fake.png"].write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    return files


BAD = [
    "",
    "fly",
    "train --preset tensorflow",
    "train --colour red",
    "train extra",
    "train --learning-rate fast",
    "train --learning-rate 11",
    "train --learning-rate nan",
    "train --learning-rate -1",
    "train --hidden 0",
    "train --hidden ten",
    "train --hidden 8 8 8 8 8 8 8 8 8",
    "train --batch-size 0",
    "train --batch-size half",
    "train --epochs 1.5",
    "train --epochs 0",
    "train --seed -1",
    "train --optimizer adagrad",
    "train --dropout 1",
    "train --momentum 1",
    "train --examples 5",
    "train --threads 0",
    "train --threads many",
    "train --out {tmp}/no/such/folder.safetensors",
    "train --out {tmp}",
    "train --out {tmp}/text/model.safetensors",
    "train --out {tmp}/" + "x" * 300,
    "train --out",
    "evaluate",
    "evaluate nothing",
    "evaluate " + "x" * 300,
    "evaluate {tmp}/text",
    "evaluate {tmp}/pickle",
    "evaluate {tmp}/truncated",
    "evaluate {tmp}/empty",
    "evaluate {tmp}/small",
    "evaluate {tmp}/letters",
    "evaluate {wise} --split all",
    "evaluate {wise} --report {tmp}/no/such/folder.json",
    "evaluate {wise} --report {tmp}",
    "predict",
    "predict {wise}",
    "predict {wise} {tmp}/missing.png",
    "predict {wise} " + "x" * 300,
    "predict {wise} {tmp}/text",
    "predict {wise} {tmp}/fake.png",
    "predict {wise} {tmp}/a.heic",
    "predict {wise} {tmp}/no_pictures",
    "predict {wise} {tmp}/text --number",
    "predict {tmp}/small {tmp}/a.png --number",
    "predict {wise} {tmp}/empty",
    "predict nothing {tmp}/a.png",
    "predict {tmp}/small {tmp}/a.png",
    "suspects --split train",
    "suspects --count 0",
    "suspects --models nothing",
    "suspects --models {tmp}/small",
]


def test_suspects_are_printed_with_the_most_doubtful_first(lab: Lab, data: Data) -> None:
    found = lab("suspects", "--models", "dense", "notebook", "--count", "4", "--json").objects
    assert len({suspect["index"] for suspect in found}) == 4
    assert [s["confidence"] for s in found] == sorted(s["confidence"] for s in found)
    for suspect in found:
        assert suspect["label"] == data.test.labels[suspect["index"]] != suspect["instead"]
        assert len(suspect["opinions"]) == 3, "two networks and the neighbours"
    plain = lab("suspects", "--models", "dense", "notebook", "--count", "4")
    assert [
        f"picture {s['index']}:" in line
        for s, line in zip(found, plain.out.splitlines(), strict=True)
    ] == [True] * 4


@pytest.mark.parametrize("command", BAD)
def test_bad_input_is_one_line_and_the_code_2(
    lab: Lab, wise: Path, tmp_path: Path, command: str
) -> None:
    bad_files(tmp_path)
    printed = lab(*(word.format(tmp=tmp_path, wise=wise) for word in command.split()))
    assert printed.code == 2
    assert printed.out == ""
    assert len(printed.err.splitlines()) == 1, printed.err
    assert printed.err.startswith("python -m mnist_core")
    assert "Traceback" not in printed.err
    assert len(printed.err) > 25


@pytest.mark.parametrize("where", ["nowhere", "text"])
@pytest.mark.parametrize("command", ["train", "evaluate {wise}"])
def test_a_broken_data_folder_is_one_line_too(
    lab: Lab, wise: Path, tmp_path: Path, command: str, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad_files(tmp_path)
    monkeypatch.setenv("MNIST_DATA_DIR", str(tmp_path / where))
    printed = lab(*command.format(wise=wise).split())
    assert (printed.code, printed.out) == (2, "")
    assert len(printed.err.splitlines()) == 1
    assert "MNIST_DATA_DIR" in printed.err


def test_a_data_set_in_any_files_is_learned_and_measured(
    lab: Lab, data: Data, tmp_path: Path
) -> None:
    """One table of digits on their side, as EMNIST has them: turned, and a test half set aside."""
    images = data.train.images[:900].transpose(0, 2, 1).reshape(900, -1)
    rows = np.column_stack([data.train.labels[:900], images])
    table, path = tmp_path / "mine.csv", tmp_path / "mine.safetensors"
    np.savetxt(table, rows, "%d", delimiter=",")
    printed = lab(*QUICK, "--data", table, "--epochs", "6", "--out", path)
    assert printed.code == 0
    assert printed.objects[-1]["test_accuracy"] > 0.5
    assert "A table without a header" in printed.err
    assert "like MNIST's once they are turned" in printed.err
    measured = lab("evaluate", path, "--data", table, "--json")
    assert measured.objects[0]["n"] == 150
    assert measured.objects[0]["accuracy"] == printed.objects[-1]["test_accuracy"]
    assert load_model(path).origin.name == "mine"
    doubted = lab("suspects", "--data", table, "--models", path, "--count", "3", "--json").objects
    assert len({one["index"] for one in doubted} & set(range(150))) == 3
    refused = lab("evaluate", path, "--data", tmp_path / "nothing.csv")
    assert (refused.code, refused.out, len(refused.err.splitlines())) == (2, "", 1)
    assert "nothing.csv is no file or folder" in refused.err


def test_help_tells_of_every_option(lab: Lab) -> None:
    printed = lab("train", "--help")
    assert printed.code == 0
    for setting in fields(TrainingConfig):
        assert "--" + setting.name.replace("_", "-") in printed.out
    for command in ("evaluate", "predict", "suspects"):
        assert lab(command, "--help").code == 0


def python_m(*arguments: str | Path, **options: Any) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-W", "error", "-m", "mnist_core", *map(str, arguments)]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, **options
    )


def test_as_a_command_on_its_own(tmp_path: Path) -> None:
    """In another process, through pipes, with warnings as errors."""
    out = tmp_path / "model.safetensors"
    process = python_m(*QUICK, "--out", out)
    stdout, stderr = process.communicate(timeout=120)
    assert (process.returncode, stderr) == (0, b"")
    assert json.loads(stdout.splitlines()[-1])["event"] == "finished"
    process = python_m("evaluate", out, "--split", "all")
    stdout, stderr = process.communicate(timeout=120)
    assert (process.returncode, stdout) == (2, b"")
    assert len(stderr.splitlines()) == 1
    assert b"mnist_core evaluate: " in stderr


def test_a_reader_who_has_seen_enough_is_no_error() -> None:
    with python_m(*QUICK, "--epochs", "200", "--record-every", "1") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert json.loads(process.stdout.readline())["event"] == "started"
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


def test_the_pictures_of_a_photograph_and_of_the_lab_go_the_same_way(
    lab: Lab, wise: Path, tmp_path: Path
) -> None:
    """What predict sees is what `drawing` makes of what `images` reads."""
    from mnist_core.drawing.normalisation import to_mnist
    from mnist_core.drawing.picture_files import read_image

    buffer = io.BytesIO()
    drawing = np.full((150, 200), 230, np.uint8)
    drawing[30:120, 90:102] = 40
    Image.fromarray(drawing).save(buffer, "PNG")
    path = tmp_path / "one.png"
    path.write_bytes(buffer.getvalue())
    (found,) = lab("predict", wise, path, "--json").objects
    image = to_mnist(read_image(path))
    expected = load_model(wise).network.probabilities(image[np.newaxis])[:, 0]
    assert found["probabilities"] == pytest.approx(expected.tolist(), abs=1e-5)


def test_a_saved_network_says_which_data_set_it_has_learnt_from(
    lab: Lab, tmp_path: Path, folder: Path
) -> None:
    path = tmp_path / "model.safetensors"
    assert lab(*QUICK, "--out", path).code == 0
    assert load_model(path).origin == load(folder).origin
    picture = written(Image.new("L", (28, 28)), tmp_path / "picture.png")
    printed = lab("predict", path, picture, "--number")
    assert (printed.code, printed.out) == (2, "")
    assert "has not learned digits: choose another" in printed.err
