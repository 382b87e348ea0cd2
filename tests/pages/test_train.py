"""Train sets hyperparameters, starts runs, and shows them."""

import json
import time
from dataclasses import fields
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from mnist_core.config import PRESETS, TrainingConfig
from pages.ui import state
from pages.ui.training import controls
from tests.pages.conftest import OpenPage, assert_calm

QUICK = {"epochs": 2, "examples": 500, "batch_size": 64, "record_every": 5}


@pytest.fixture
def page(open_page: OpenPage) -> AppTest:
    """The Train page as a visitor first sees it."""
    return open_page("train")


def set_sliders(page: AppTest, values: dict[str, int]) -> None:
    """Move the sliders of hyperparameters, by their names."""
    for name, value in values.items():
        page.select_slider(key=state.setting_key(name)).set_value(value).run()


def press(page: AppTest, label: str) -> None:
    """Press the button that is called `label`."""
    next(button for button in page.button if button.label == label).click().run()


def wait_until_over(page: AppTest) -> None:
    """Let the page follow its run to the end."""
    for _ in range(600):
        page.run()
        if not any(button.label == "Stop" for button in page.button):
            return
        time.sleep(0.05)
    pytest.fail("The run did not end within half a minute.")


def curve(page: AppTest) -> dict[str, Any]:
    """The figure that the live chart shows."""
    chart = page.get("bidi_component")[0].proto
    return json.loads(json.loads(chart.json)["figure"])


def test_before_the_first_run_it_says_what_to_do(page: AppTest) -> None:
    assert_calm(page)
    assert "Start training" in page.info[0].value
    assert not page.get("bidi_component")


def test_every_hyperparameter_has_its_control(page: AppTest) -> None:
    shown = [name for names in controls.GROUPS.values() for name in names]
    assert sorted(shown) == sorted(setting.name for setting in fields(TrainingConfig))
    assert page.session_state[state.setting_key("learning_rate")] == 1e-3


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_fills_all_controls(page: AppTest, preset: str) -> None:
    page.segmented_control(key=state.TRAIN_PRESET).set_value(preset).run()
    assert_calm(page)
    assert page.session_state["train_config"] == PRESETS[preset]


def test_a_run_reaches_its_end_and_says_how_good_it_is(page: AppTest) -> None:
    set_sliders(page, QUICK)
    press(page, "Start training")
    wait_until_over(page)
    assert_calm(page)
    (record,) = page.session_state["train_records"]
    history = record.snapshot().history
    assert f"{history[-1].dev_accuracy * 100:.1f} of 100" in page.success[0].value
    assert [point.iteration for point in history] == [0, 5, 10, 15, 16]
    assert len(curve(page)["data"]) == 2


def test_a_run_can_be_stopped(page: AppTest) -> None:
    press(page, "Start training")
    press(page, "Stop")
    wait_until_over(page)
    (record,) = page.session_state["train_records"]
    assert record.snapshot().status == "stopped"


@pytest.mark.usefixtures("other_data")
def test_too_few_pictures_are_reported_in_one_sentence(open_page: OpenPage) -> None:
    page = open_page("train")
    assert_calm(page)
    press(page, "Start training")
    assert not page.exception
    assert "dev set" in page.error[0].value
