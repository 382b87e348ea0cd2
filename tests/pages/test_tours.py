"""The tours as data: what each step refers to is there."""

from pathlib import Path

import pytest

from pages.ui.guide.tour_progress import TOURS
from pages.ui.guide.tour_step import TourStep
from pages.ui.visit.site import ROOMS
from tests.pages.conftest import ROOT

STEPS = [(name, step) for name, tour in TOURS.items() for step in tour.steps]
IDS = [f"{name}: {step.title}" for name, step in STEPS]


@pytest.mark.parametrize(("name", "step"), STEPS, ids=IDS)
def test_a_step_stands_on_a_page_and_says_what_to_do(name: str, step: TourStep) -> None:
    assert step.room in ROOMS
    assert step.text.endswith((".", "?"))
    assert step.task.endswith((".", ".**", "?**"))
    assert (step.config is not None) == (step.room.name == "train")
    assert bool(step.question) == bool(step.expected) == (name == "class")
    assert bool(step.formula) == bool(step.source) == (name == "code")


def test_the_formulas_stand_in_the_files_that_are_named() -> None:
    for step in TOURS["code"].steps:
        named = [word.strip(",") for word in step.source.split() if word.startswith("mnist_core/")]
        assert named
        for path in named:
            assert (ROOT / path).is_file(), path
        text = "".join(Path(ROOT / path).read_text(encoding="utf-8") for path in named)
        functions = [word.strip(",").rpartition(".")[2] for word in step.source.split()]
        for function in functions:
            if "/" not in function and function not in {"and", "in", "py"}:
                assert f"def {function}(" in text, function
