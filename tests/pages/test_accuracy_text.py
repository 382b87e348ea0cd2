"""One word for each exam: the same figures in the same words, and none for other pictures."""

from dataclasses import replace

import pytest

from mnist_core.data import MNIST, Data
from mnist_core.training.config import TrainingConfig
from mnist_core.training.model import Model
from pages.ui.elements import accuracy_text

CONFIG = TrainingConfig(hidden=())
RESULTS = {"dev_accuracy": 0.5, "test_accuracy": 0.25}


@pytest.mark.parametrize(
    ("practice", "final", "sentence"),
    [
        (0.5, None, "It reads 50.0% correctly in the practice exam."),
        (None, 0.25, "It reads 25.0% correctly in the final exam."),
        (
            0.5,
            0.25,
            "It reads 50.0% correctly in the practice exam and 25.0% in the final exam.",
        ),
        (None, None, ""),
    ],
)
def test_each_exam_is_called_by_its_name(
    practice: float | None, final: float | None, sentence: str
) -> None:
    assert accuracy_text.exam_results(practice, final) == sentence


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"dropout": 0.9}, "while it learns, with dropout (some of its units are switched off)."),
        ({"augmentation": 0.4}, "while it learns, with augmentation ("),
        ({"dropout": 0.1, "augmentation": 0.1}, "switched off) and with augmentation ("),
    ],
)
def test_what_makes_its_training_pictures_harder_is_said(
    changes: dict[str, float], said: str
) -> None:
    assert said in accuracy_text.measured_as_it_learns(TrainingConfig(**changes))


def test_nothing_is_said_where_training_pictures_are_no_harder() -> None:
    assert accuracy_text.measured_as_it_learns(TrainingConfig(weight_decay=0.1)) == ""


def test_figures_are_told_for_the_data_set_that_they_were_measured_on(data: Data) -> None:
    model = Model("mine", CONFIG.network((28, 28), 10), CONFIG, (), RESULTS, MNIST)
    assert accuracy_text.reads(model, data) == accuracy_text.exam_results(0.5, 0.25)
    assert accuracy_text.reads(replace(model, origin=None), data) == ""
    assert accuracy_text.reads(replace(model, origin=MNIST._replace(fingerprint="0")), data) == ""
