"""The command line with what draws: `evaluate` writes its figures as a page too."""

import json
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

from command import main
from mnist_core.__main__ import main as core_main
from mnist_core.evaluation.corruptions import CORRUPTIONS
from mnist_core.files.storage import save_model
from mnist_core.training.config import TrainingConfig
from mnist_core.training.model import Model
from tests.pages.conftest import CLOTHES


class Tags(HTMLParser):
    """Counts tags, and notes what they point to and what stands between them."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: Counter[str] = Counter()
        self.addresses: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen[tag] += 1
        self.addresses += [value or "" for name, value in attrs if name in {"src", "href"}]

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@pytest.fixture
def network(tmp_path: Path, clothes: Path) -> Path:
    """An untrained network for the clothes, in a file whose name means something in HTML."""
    (clothes / "classes.txt").write_text("\n".join(["<0>", *CLOTHES[1:]]), encoding="utf-8")
    config = TrainingConfig(hidden=())
    made = config.initial_network((28, 28), len(CLOTHES), np.random.default_rng(0))
    path = tmp_path / "a & b.safetensors"
    save_model(Model("a & b", made, config), path)
    return path


def test_a_page_holds_the_figures_and_needs_nothing_else(
    network: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    figures, page = tmp_path / "report.json", tmp_path / "report.html"
    arguments = ["evaluate", str(network), "--json", "--report", str(figures), "--html", str(page)]
    assert main(arguments) == 0
    told, found = json.loads(capsys.readouterr().out), json.loads(figures.read_text("utf-8"))
    tags = Tags()
    tags.feed(page.read_text("utf-8"))
    assert tags.addresses == []
    assert tags.seen["script"] == 0
    assert tags.seen["svg"] == len(CORRUPTIONS) + 2
    assert tags.text.count("a & b on the test pictures of clothes") == 2, "title and heading"
    assert tags.text.count("<0>") == 3, "class by class, and both ways in what it mixes up"
    assert f"{100 * told['accuracy']:.2f}%" in tags.text
    recalls = [f"{100 * one['recall']:.2f}%" for one in found["by_class"]]
    assert Counter(recalls) <= Counter(tags.text)
    alone = tmp_path / "alone.html"
    assert main(["evaluate", str(network), "--html", str(alone)]) == 0
    assert alone.read_bytes() == page.read_bytes()


def test_a_page_that_cannot_be_written_is_one_line(
    network: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", str(network), "--html", str(tmp_path)]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert f"{tmp_path} cannot be written" in printed.err
    assert len(printed.err.splitlines()) == 1


@pytest.mark.parametrize("command", ["train", "evaluate", "predict", "suspects"])
def test_all_else_is_as_in_the_core(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    helps = []
    for one in (core_main, main):
        with pytest.raises(SystemExit) as ended:
            one([command, "--help"])
        assert ended.value.code == 0
        helps.append(capsys.readouterr().out.split())
    core, ours = (" ".join(told) for told in helps)
    core = core.replace("python -m mnist_core", "mnist-lab")
    assert (core == ours) is (command != "evaluate")
    assert ("--html FILE" in ours, "--html" in core) == (command == "evaluate", False)
