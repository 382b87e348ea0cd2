"""Train sets hyperparameters, starts runs, and shows them."""

import base64
import csv
import io
import json
import re
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest
from sklearn.metrics import confusion_matrix as sklearn_confusion
from streamlit.testing.v1 import AppTest

from mnist_core.data import Data, load, split
from mnist_core.diagnosis.scenarios import SCENARIOS
from mnist_core.files import collection, export, plain_text
from mnist_core.files.links import to_query
from mnist_core.files.storage import file_size, from_bytes, to_bytes
from mnist_core.runs import run
from mnist_core.training.config import TrainingConfig
from mnist_core.training.history import Phase
from mnist_core.training.metrics import evaluate
from mnist_core.training.model import Model
from mnist_core.training.presets import PRESETS
from pages.ui.elements.accuracy_text import PRACTICE
from pages.ui.elements.literal import in_markdown
from pages.ui.train import controls, downloads, messages, session, starting
from pages.ui.train.curve_lines import BEST
from pages.ui.train.session import Key
from pages.ui.visit import records
from tests.core.watched_runs import until
from tests.pages.conftest import OpenPage, assert_calm, button, memory
from tests.pages.grids import components, grids

QUICK = {"epochs": 2, "examples": 500, "batch_size": 64, "record_every": 5}


@pytest.fixture
def page(open_page: OpenPage) -> AppTest:
    """The Train page as a visitor first sees it."""
    return open_page("train")


def set_sliders(page: AppTest, values: Mapping[str, float]) -> None:
    """Move the sliders of hyperparameters, by their names."""
    for name, value in values.items():
        page.select_slider(key=Key.SETTING.of(name)).set_value(value)
    page.run()


def window(page: AppTest) -> session.WindowState:
    """What the window of a visitor keeps of the page."""
    found: session.WindowState = page.session_state[session._WINDOW]
    return found


def settings(page: AppTest) -> TrainingConfig:
    """The hyperparameters as the controls say them."""
    return window(page).config


def labelled(widgets: Sequence[Any], label: str) -> Any:
    """The one of the widgets that is called `label`."""
    return next(widget for widget in widgets if widget.label == label)


def wait_until_over(page: AppTest) -> None:
    """Wait for the ends of all runs, and let the page show them."""
    for record in memory(page)["train_records"]:
        if isinstance(record, records.LiveRun):
            assert record.run.join(30), "The run did not end within half a minute."
    page.run()


def wait_until_it_reads(page: AppTest, share: float) -> None:
    """Wait until the latest run reads this share of the development pictures."""
    record = memory(page)["train_records"][-1]
    for _ in range(1_200):
        if any(point.dev_accuracy > share for point in record.snapshot().history):
            return
        time.sleep(0.05)
    pytest.fail("The run did not get as far within a minute.")


def curve(page: AppTest) -> dict[str, Any]:
    """The figure that the live chart shows."""
    chart = page.get("bidi_component")[0].proto
    return json.loads(json.loads(chart.json)["figure"])


def test_before_the_first_run_it_says_what_to_do(page: AppTest) -> None:
    assert_calm(page)
    assert "Start training" in page.info[0].value
    assert [part.key for part in page.get("bidi_component")] == [Key.FETCHED]


def test_every_hyperparameter_has_its_control(page: AppTest) -> None:
    shown = [name for names in controls.GROUPS.values() for name in names]
    assert sorted(shown) == sorted(setting.name for setting in fields(TrainingConfig))
    assert (
        page.session_state[Key.SETTING.of("learning_rate")]
        == PRESETS["small_dense"].config.learning_rate
    )


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_fills_all_controls(page: AppTest, preset: str) -> None:
    page.segmented_control(key=Key.PRESET).set_value(preset).run()
    assert_calm(page)
    assert settings(page) == PRESETS[preset].config


def test_a_run_reaches_its_end_and_says_how_good_it_is(page: AppTest) -> None:
    set_sliders(page, QUICK | {"dropout": 0.5})
    button(page, "Start training").click().run()
    wait_until_over(page)
    assert_calm(page)
    (record,) = memory(page)["train_records"]
    history = record.snapshot().history
    reads = f"{history[-1].dev_accuracy * 100:.1f}% correct in the practice exam"
    assert page.subheader[0].value.endswith(f" · {reads}")
    final = record.snapshot().test_accuracy
    told = f"In the final exam (test set): {final * 100:.1f}% correct."
    assert any(said.value.endswith(told) for said in page.caption)
    (row,) = page.dataframe[0].value.to_dict("records")
    assert row["Practice exam"] == 100 * history[-1].dev_accuracy
    assert row["Final exam"] == 100 * final
    assert row["Training pictures, as it learns"] == 100 * history[-1].accuracy
    assert any("while it learns, with dropout" in said.value for said in page.caption)
    assert [point.iteration for point in history] == [0, 5, 10, 15, 16]
    names = [line["name"] for line in curve(page)["data"]]
    assert names.count("practice exam") == names.count("training pictures, as it learns") == 2


def test_figures_in_the_table_have_as_many_decimals_as_those_beside_them_or_none(
    page: AppTest,
) -> None:
    button(page, "Start training").click().run()
    table = page.dataframe[0]
    assert table.value["Final exam"][0] is None
    assert table.proto.placeholder == "–"
    columns = json.loads(table.proto.columns)
    exams = ("Final exam", "Practice exam", "Training pictures, as it learns")
    assert {columns[name]["type_config"]["format"] for name in exams} == {"%.2f%%"}
    button(page, "Stop").click().run()


def test_the_table_shows_the_practice_exam_first_and_the_final_exam_last(page: AppTest) -> None:
    """Whoever picks a run by the first column that tells how good it is picks by the right one."""
    run_quickly(page)
    run_quickly(page, epochs=3, examples=200)
    columns = list(page.dataframe[0].value)
    assert columns[1:3] == ["Run", "Practice exam"]
    assert columns[-1] == "Final exam"
    assert {"Status", "Training pictures", "Training pictures, as it learns"} < set(columns)
    told = " ".join(caption.value for caption in page.caption)
    assert told.count("Choose by the practice exam; look at the final one last.") == 1


def test_it_leads_on_with_the_network_of_the_run(page: AppTest) -> None:
    assert [link.page for link in page.get("page_link")] == ["explore", "weights"]
    set_sliders(page, QUICK)
    button(page, "Start training").click().run()
    wait_until_over(page)
    page.run()
    assert not page.get("page_link")
    assert {button.label for button in page.button} >= {"Look inside", "Let it read my drawing"}


def kept_as(page: AppTest) -> str:
    """What the button that keeps all runs as a file is called."""
    return next(one.label for one in page.get("download_button") if one.key == Key.KEEP.of(1))


def accuracies(page: AppTest, name: str = PRACTICE) -> np.ndarray:
    """The accuracies of a line of the curve."""
    (line,) = [
        one for one in curve(page)["data"] if one["name"] == name and one.get("yaxis", "y") == "y"
    ]
    return np.frombuffer(base64.b64decode(line["y"]["bdata"]), line["y"]["dtype"])


def test_a_run_can_be_stopped_and_is_then_in_the_file_of_all(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured = threading.Event()
    monkeypatch.setattr(run, "evaluate", lambda *of: measured.wait(30) and evaluate(*of))
    button(page, "Start training").click().run()
    assert kept_as(page) == "Export 0 of 1 runs"
    button(page, "Stop").click().run()
    (told,) = page.get("progress")
    assert "sits its exams" in told.proto.text
    measured.set()
    wait_until_over(page)
    (record,) = memory(page)["train_records"]
    assert record.snapshot().status == "stopped"
    assert kept_as(page) == "Export all runs"


@pytest.fixture
def places_taken() -> Iterator[None]:
    """All places of the machine are taken by others."""
    others = [object() for _ in range(records.SCHEDULER.capacity)]
    for other in others:
        assert records.SCHEDULER.acquire(other, lambda: False)
    yield
    for other in others:
        records.SCHEDULER.release(other)


@pytest.mark.usefixtures("places_taken")
def test_what_is_said_of_a_run_in_the_queue_follows_its_buttons(page: AppTest) -> None:
    button(page, "Start training").click().run()
    (record,) = memory(page)["train_records"]
    for label, told in (
        (None, "is number 1 in the queue and starts by itself"),
        ("Pause", "Paused before its first step"),
        ("One step", "takes the step you asked for when its turn comes"),
        ("One step", "takes the 2 steps you asked for when its turn comes"),
        ("Resume", "starts by itself"),
    ):
        if label:
            button(page, label).click().run()
        until(record.run, lambda now, told=told: told in messages.progress(now))  # type: ignore[misc]
        page.run()
        assert told in page.get("progress")[0].proto.text
    button(page, "Stop").click().run()


@pytest.mark.usefixtures("other_data")
def test_too_few_pictures_are_reported_in_one_sentence(open_page: OpenPage) -> None:
    page = open_page("train")
    assert_calm(page)
    button(page, "Start training").click().run()
    assert not page.exception
    assert "cannot be set aside for a practice exam (validation set)" in page.error[0].value


@pytest.mark.usefixtures("other_data")
def test_a_network_cannot_go_on_with_too_few_pictures(open_page: OpenPage) -> None:
    page = open_page("train")
    config = TrainingConfig(hidden=(4,))
    model = Model("from elsewhere", config.network((12, 10), 3), config)
    memory(page)["train_records"].append(records.record_of(1, model))
    page.run()
    button(page, "Continue training").click().run()
    assert not page.exception
    assert "cannot be set aside for a practice exam (validation set)" in page.error[0].value
    assert memory(page)["train_records"][0].model() is not None


@pytest.mark.usefixtures("other_data")
def test_filters_that_do_not_fit_the_pictures_are_refused_before_the_start(
    open_page: OpenPage,
) -> None:
    page = open_page("train")
    page.selectbox(key=Key.SETTING.of("convolution")).set_value("small").run()
    assert_calm(page)
    assert any("at least 16 pixels" in caption.value for caption in page.caption)


@pytest.mark.usefixtures("other_data")
def test_a_lesson_of_two_runs_says_once_that_there_are_too_few_pictures(
    open_page: OpenPage,
) -> None:
    page = open_page("train")
    page.selectbox(key=Key.SCENARIO).set_value("one_knob").run()
    button(page, "Start training").click().run()
    assert not page.exception
    assert len(page.error) == 1
    assert "cannot be set aside for a practice exam (validation set)" in page.error[0].value
    assert "Nothing has been trained yet" in page.info[0].value


def test_an_export_that_fails_leaves_the_page_whole(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> str:
        raise KeyError("an activation that the export has never heard of")

    monkeypatch.setattr(export, "script", broken)
    run_quickly(page)
    page.session_state["train_downloads_1"] = True
    page.run()
    assert not page.exception
    assert any("cannot be written" in caption.value for caption in page.caption)
    assert "Settings (.json)" in [button.label for button in page.get("download_button")]


def test_a_network_is_exported_with_its_moments_or_without(page: AppTest) -> None:
    run_quickly(page)
    page.session_state["train_downloads_1"] = True
    page.run()
    assert not page.exception
    labels = [button.label for button in page.get("download_button")]
    moments = len(memory(page)["train_records"][0].snapshot().checkpoints)
    assert moments > 1
    alone, together = labels[:2]
    assert alone == "Network (.safetensors)"
    assert any(caption.value.endswith(export.ROUNDING) for caption in page.caption)
    assert re.fullmatch(rf"Network with {moments} snapshots \(\d+\.\d MB\)", together)


def test_a_link_sets_every_control(page: AppTest) -> None:
    config = TrainingConfig(hidden=(33, 7), learning_rate=0.0123, batch_size=None, nesterov=True)
    page.query_params.update(to_query(config))
    page.run()
    assert_calm(page)
    assert settings(page) == config
    assert page.select_slider(key=Key.UNITS.of(1)).value == 7
    rate = Key.EXACT.of(Key.SETTING.of("learning_rate"))
    assert page.number_input(key=rate).value == 0.0123
    assert page.query_params["learning_rate"] in ("0.0123", ["0.0123"])


def test_a_link_of_before_the_presets_had_other_titles_chooses_the_same_one(page: AppTest) -> None:
    page.query_params.update(
        {
            "hidden": "10",
            "initializer": "uniform",
            "optimizer": "sgd",
            "learning_rate": "0.1",
            "schedule": "constant",
            "batch_size": "all",
            "epochs": "500",
            "record_every": "10",
        }
    )
    page.run()
    assert_calm(page)
    assert page.segmented_control(key=Key.PRESET).value == "notebook"
    titles = page.segmented_control(key=Key.PRESET).options
    assert titles == ["Ten units", "128 units", "Filters", "Fast filters"]


def test_a_link_of_before_full_speed_was_called_so_still_asks_for_it(page: AppTest) -> None:
    page.query_params.update({"lesson": "too_fast", "pace": "as fast as it can"})
    page.run()
    assert_calm(page)
    control = page.segmented_control(key=Key.PACE)
    assert control.value == starting.FULL
    assert control.options[-1] == "full speed"


def test_a_number_can_be_typed_beside_its_slider(page: AppTest) -> None:
    """Also one between two stops, or beyond the last where the lab takes it; both then agree."""
    for name, typed in (("learning_rate", 0.0456), ("batch_size", 77), ("epochs", 4_321)):
        slider = Key.SETTING.of(name)
        page.number_input(key=Key.EXACT.of(slider)).set_value(typed).run()
        assert_calm(page)
        assert page.select_slider(key=slider).value == typed
        assert getattr(settings(page), name) == typed
        assert page.query_params[name] in (str(typed), [str(typed)])
    page.number_input(key=Key.EXACT.of(Key.UNITS.of(0))).set_value(33).run()
    assert settings(page).hidden == (33,)


def test_the_field_beside_a_slider_follows_it(page: AppTest) -> None:
    rate, batch = (Key.SETTING.of(name) for name in ("learning_rate", "batch_size"))
    page.select_slider(key=rate).set_value(0.02).run()
    assert page.number_input(key=Key.EXACT.of(rate)).value == 0.02
    page.segmented_control(key=Key.PRESET).set_value("notebook").run()
    assert page.number_input(key=Key.EXACT.of(rate)).value == 0.1
    field = page.number_input(key=Key.EXACT.of(batch))
    assert (field.value, field.placeholder) == (None, "all at once")
    field.set_value(64).run()
    page.number_input(key=Key.EXACT.of(batch)).set_value(None).run()
    assert_calm(page)
    assert settings(page).batch_size is None


def test_every_slider_of_a_hyperparameter_has_its_field(page: AppTest) -> None:
    sliders = [slider.key for slider in page.select_slider if slider.key.startswith("train_")]
    assert len(sliders) > 9
    fields = {field.key: field.label for field in page.number_input}
    for slider in page.select_slider:
        if slider.key in sliders:
            assert fields[Key.EXACT.of(slider.key)] == f"{slider.label}, exact value"


def test_a_link_that_makes_no_sense_is_refused_and_changes_nothing(page: AppTest) -> None:
    page.query_params["learning_rate"] = "fast"
    page.run()
    assert_calm(page)
    assert "'fast'" in page.warning[0].value
    assert settings(page) == PRESETS["small_dense"].config


@pytest.mark.parametrize("present", [False, True])
def test_a_link_to_a_lesson_brings_its_settings(page: AppTest, present: bool) -> None:
    page.query_params.update({"lesson": "vanishing"} | ({"present": "yes"} if present else {}))
    page.run()
    assert_calm(page)
    assert settings(page) == SCENARIOS["vanishing"].config
    button(page, "Start training").click().run()
    (record,) = memory(page)["train_records"]
    assert record.scenario == "vanishing"
    button(page, "Stop").click().run()


def test_a_link_to_a_lesson_that_there_is_not_is_refused(page: AppTest) -> None:
    page.query_params["lesson"] = "magic"
    page.run()
    assert_calm(page)
    assert "'magic'" in page.warning[0].value


def test_the_address_of_a_changed_lesson_is_that_of_its_settings(page: AppTest) -> None:
    page.selectbox(key=Key.SCENARIO).set_value("vanishing").run()
    assert page.query_params["lesson"] in ("vanishing", ["vanishing"])
    set_sliders(page, {"epochs": 7})
    assert "lesson" not in page.query_params
    assert page.query_params["activation"] in ("sigmoid", ["sigmoid"])


def test_the_address_follows_the_controls(page: AppTest) -> None:
    set_sliders(page, {"epochs": 7})
    assert page.query_params["epochs"] in ("7", ["7"])


def test_layers_are_added_and_removed_and_counted(page: AppTest) -> None:
    button(page, "Add a layer").click().run()
    page.select_slider(key=Key.UNITS.of(1)).set_value(10).run()
    assert settings(page).hidden == (128, 10)
    count = 784 * 128 + 128 + 128 * 10 + 10 + 10 * 10 + 10
    assert any(f"{count:,}" in caption.value for caption in page.caption)
    button(page, "Remove the last").click().run()
    assert settings(page).hidden == (128,)


def test_about_how_long_it_takes_is_said_beforehand(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a machine that takes a second for each layer of a step and nothing for all else."""
    monkeypatch.setattr(starting, "machine_speed", lambda: np.eye(6)[0])
    page.number_input(key=Key.EXACT.of(Key.SETTING.of("epochs"))).set_value(1).run()
    hours = 2 * -(-55_000 // 128) / 3_600
    assert hours < 1
    told = f"about {60 * hours:.0f} min"
    assert any(f"numbers to learn, in {told}." in one.value for one in page.caption)
    assert any(f"As set, this takes {told}." in one.value for one in page.caption)
    set_sliders(page, {"examples": 300})
    assert any("numbers to learn, in about 6 s." in one.value for one in page.caption)
    assert not any("As set" in one.value for one in page.caption)


def test_momentum_rests_unless_gradient_descent_uses_it(page: AppTest) -> None:
    assert page.select_slider(key=Key.SETTING.of("momentum")).disabled
    page.selectbox(key=Key.SETTING.of("optimizer")).set_value("sgd").run()
    assert not page.select_slider(key=Key.SETTING.of("momentum")).disabled


def in_full(page: AppTest) -> None:
    """Let a run go at full speed, also where it is a lesson's."""
    page.segmented_control(key=Key.PACE).set_value(starting.FULL).run()


def test_a_lesson_fills_the_controls_and_says_afterwards_what_was_to_be_seen(
    page: AppTest,
) -> None:
    page.selectbox(key=Key.SCENARIO).set_value("too_fast").run()
    scenario = SCENARIOS["too_fast"]
    assert scenario.before in [text.value for text in page.markdown]
    in_full(page)
    button(page, "Start training").click().run()
    wait_until_over(page)
    assert_calm(page)
    assert scenario.after in page.info[0].value
    assert "no longer a number" in page.warning[0].value
    assert page.subheader[0].value.endswith(" · blew up")
    assert list(page.dataframe[0].value["Status"]) == ["blew up"]


def test_a_broken_run_is_mended_with_one_button(page: AppTest) -> None:
    page.selectbox(key=Key.SCENARIO).set_value("too_fast").run()
    in_full(page)
    button(page, "Start training").click().run()
    wait_until_over(page)
    button(page, "Try: Learning rate 0.1").click().run()
    assert settings(page).learning_rate == 0.1
    wait_until_it_reads(page, 0.8)
    button(page, "Stop").click().run()


def test_a_link_to_a_lesson_that_compares_starts_both_of_its_runs(page: AppTest) -> None:
    scenario = SCENARIOS["one_knob"]
    page.query_params["lesson"] = "one_knob"
    page.run()
    assert scenario.before in [text.value for text in page.markdown]
    assert page.segmented_control(key=Key.PACE).value == "100"
    in_full(page)
    button(page, "Start training").click().run()
    assert page.segmented_control(key=Key.PACE).value == starting.FULL
    assert [record.config.batch_size for record in memory(page)["train_records"]] == [
        1024,
        32,
    ]
    assert labelled(page.multiselect, "Compare with").value == [1]
    assert in_markdown(f"{scenario.title} (2)") in page.subheader[0].value
    button(page, "Stop").click().run()
    wait_until_over(page)
    assert scenario.after in page.info[0].value
    page.session_state["train_downloads_2"] = True
    page.run()
    assert page.code[0].value.endswith("lesson=one_knob")


def run_quickly(page: AppTest, **values: int) -> None:
    """Start a run that is over in a moment, and wait for it."""
    set_sliders(page, QUICK | values)
    button(page, "Start training").click().run()
    wait_until_over(page)


def test_runs_are_listed_with_what_differs_and_laid_over_one_another(page: AppTest) -> None:
    run_quickly(page)
    run_quickly(page, epochs=3)
    table = page.dataframe[0].value
    assert table["Run"][0].startswith("Run 1: 128 units, ")
    assert table["Run"][1].startswith("Run 2: 128 units, Epochs 3, …")
    assert list(table["Epochs"]) == [2, 3]
    assert "Learning rate" not in table, "they do not differ in it"
    dev = table["Practice exam"]
    assert list(table["Difference"]) == pytest.approx(list(dev - dev.max()))
    labelled(page.selectbox, "Compare scores with").set_value(1).run()
    assert_calm(page)
    assert page.dataframe[0].value["Difference"][0] == 0
    before = len(curve(page)["data"])
    labelled(page.multiselect, "Compare with").set_value([1]).run()
    assert len(curve(page)["data"]) == before + 4
    labelled(page.selectbox, "Run").set_value(1).run()
    assert_calm(page)
    memory(page)[session._STATE].shown = 2  # chosen in another window of the visit
    page.run()
    assert labelled(page.selectbox, "Run").value == 2


def test_a_run_that_is_over_is_looked_back_at(page: AppTest) -> None:
    run_quickly(page)
    (slider,) = components(page, "lab_time_slider")
    steps = slider["stages"]
    assert slider["chosen"] == len(steps) - 1
    assert slider["names"][0] == "before training"
    assert slider["names"][-1] == "after 2 epochs"
    whole = curve(page)
    page.segmented_control(key="train_panel").set_value("Pictures").run()
    look_back(page, steps[0])
    assert components(page, "lab_time_slider")[0]["chosen"] == 0
    assert any("Now it gets 0 of them right" in one.value for one in page.caption)
    early = curve(page)
    kept = [len(line["x"]["bdata"]) for line in early["data"] if "learnt" in line["uid"]]
    assert kept == [len(base64.b64encode(bytes(4)))] * 2, "one point of each line"
    assert early["layout"]["xaxis"] == whole["layout"]["xaxis"]
    look_back(page, steps[-1])
    assert curve(page)["data"] == whole["data"]


def look_back(page: AppTest, step: int) -> None:
    """Move the slider through time to a step of the run, as the component's report does."""
    window(page).replayed = 1, step
    page.run()
    assert_calm(page)


def test_a_run_goes_on_for_more_epochs(page: AppTest) -> None:
    run_quickly(page)
    record = memory(page)["train_records"][0]
    first = record.snapshot()
    labelled(page.number_input, "For how many more epochs?").set_value(3).run()
    button(page, "Continue training").click().run()
    wait_until_over(page)
    assert_calm(page)
    now = record.snapshot()
    assert now.history[: len(first.history)] == first.history
    assert [leg.epochs for leg in now.phases] == [2, 3]
    assert page.dataframe[0].value["Epochs"][0] == 5
    assert memory(page)["train_records"] == [record]


def test_a_run_can_be_renamed_repeated_and_deleted(page: AppTest) -> None:
    run_quickly(page)
    set_sliders(page, {"epochs": 7})
    page.text_input(key="train_name_1").set_value("My best").run()
    assert page.dataframe[0].value["Run"][0] == "My best"
    button(page, "Reuse these settings").click().run()
    assert settings(page).epochs == QUICK["epochs"]
    assert any("The settings are now those of My best." in one.value for one in page.markdown)
    button(page, "Use on the other pages").click().run()
    assert any("now open with My best" in one.value for one in page.markdown)
    page.run()
    assert not any("now open with" in one.value for one in page.markdown), "said once"
    button(page, "Delete").click().run()
    assert len(memory(page)["train_records"]) == 1
    button(page, "Delete it").click().run()
    assert not memory(page)["train_records"]


def test_a_run_goes_back_to_its_best_and_is_told_by_that(page: AppTest) -> None:
    set_sliders(page, QUICK | {"epochs": 50})
    button(page, "Start training").click().run()
    wait_until_over(page)
    (record,) = memory(page)["train_records"]
    best, ended = record.snapshot().best, record.snapshot().history[-1]
    assert best.iteration < ended.iteration
    assert Key.TAKE_ADVICE in [button.key for button in page.button]
    as_it_was = accuracies(page)
    button(page, "Restore the best").click().run()
    assert_calm(page)
    np.testing.assert_array_equal(accuracies(page), as_it_was)
    assert accuracies(page, BEST).tolist() == [as_it_was.max()]
    assert Key.TAKE_ADVICE not in [button.key for button in page.button]
    assert "Restore the best" not in [button.label for button in page.button]
    assert f"{best.dev_accuracy * 100:.1f}% correct" in page.subheader[0].value
    marks = [line for line in curve(page)["data"] if line["name"] == BEST]
    assert len(marks) == 2
    assert record.model().results["dev_accuracy"] == best.dev_accuracy
    assert any(
        "It continues with its best network, the one after" in one.value for one in page.caption
    )
    labelled(page.number_input, "For how many more epochs?").set_value(1).run()
    button(page, "Continue training").click().run()
    wait_until_over(page)
    assert_calm(page)
    legs = record.snapshot().phases
    assert legs == (Phase(50, best.iteration), Phase(1, 8, anew=True))
    page.session_state["train_downloads_1"] = True
    page.run()
    told = "its optimizer starting again in part 2): so does the program"
    assert any(told in caption.value for caption in page.caption)


def test_a_network_from_a_file_goes_on_in_the_place_of_its_run(page: AppTest) -> None:
    run_quickly(page)
    (record,) = memory(page)["train_records"]
    model = from_bytes(to_bytes(record.model()), "again")
    memory(page)["train_records"][:] = [records.record_of(2, model)]
    page.run()
    assert any("It continues with the network of its file" in one.value for one in page.caption)
    labelled(page.number_input, "For how many more epochs?").set_value(1).run()
    button(page, "Continue training").click().run()
    wait_until_over(page)
    assert_calm(page)
    (going,) = memory(page)["train_records"]
    assert going.snapshot().phases == (Phase(2, 16), Phase(1, 8, anew=True))
    assert (going.number, going.name) == (2, record.name)
    assert page.dataframe[0].value["Epochs"][0] == 3


def test_a_network_that_learned_elsewhere_has_no_program(page: AppTest) -> None:
    run_quickly(page)
    (record,) = memory(page)["train_records"]
    model = replace(record.model(), history=(), phases=())
    memory(page)["train_records"][:] = [records.record_of(1, model)]
    page.session_state["train_downloads_1"] = True
    page.run()
    assert_calm(page)
    assert any("There is no program for this run" in caption.value for caption in page.caption)
    assert "Network (.safetensors)" in [button.label for button in page.get("download_button")]


def test_a_run_stops_at_its_best(page: AppTest) -> None:
    button(page, "Start training").click().run()
    button(page, "Stop and keep the best").click().run()
    wait_until_over(page)
    assert_calm(page)
    (record,) = memory(page)["train_records"]
    now = record.snapshot()
    assert now.status == "stopped"
    assert now.kept == now.best


def test_a_run_is_started_over_with_the_same_seed(page: AppTest) -> None:
    run_quickly(page)
    as_it_was = accuracies(page)
    button(page, "Run again").click().run()
    wait_until_over(page)
    assert_calm(page)
    first, again = (record.snapshot() for record in memory(page)["train_records"])
    assert again.network is not first.network
    np.testing.assert_array_equal(again.network.parameters.flat, first.network.parameters.flat)
    assert page.subheader[0].value.startswith("Run 2")
    np.testing.assert_array_equal(accuracies(page), as_it_was)


def test_what_is_exported_can_be_imported(page: AppTest) -> None:
    run_quickly(page)
    (record,) = memory(page)["train_records"]
    model = record.model()
    assert model is not None
    assert model.results["test_accuracy"] == evaluate(model.network, load().test).accuracy
    now = record.snapshot()
    rows = list(csv.DictReader(io.StringIO(plain_text.history_csv(now.history))))
    assert [float(row["dev_accuracy"]) for row in rows] == [p.dev_accuracy for p in now.history]
    content = plain_text.config_json(record.config).encode()
    assert plain_text.read_config(content, "settings.json") == record.config
    again = records.record_of(2, from_bytes(to_bytes(model), "again")).model()
    assert again is not None
    assert again.history == model.history
    np.testing.assert_array_equal(again.network.parameters.flat, model.network.parameters.flat)


def test_only_what_can_be_opened_again_is_offered_as_a_file(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three networks, of which two have room in a file; then one that alone is too large."""
    run_quickly(page)
    (record,) = memory(page)["train_records"]
    size = file_size(record.model())
    for number in (2, 3):
        memory(page)["train_records"].append(records.record_of(number, record.model()))
    for module in (collection, downloads):
        monkeypatch.setattr(module, "LARGEST_FILE", 2 * size)
    page.run()
    kept = [button for button in page.get("download_button") if "Export all" in button.label]
    assert [one.label for one in kept] == ["Export all: file 1 of 2", "Export all: file 2 of 2"]
    for module in (collection, downloads):
        monkeypatch.setattr(module, "LARGEST_FILE", 1_000)
    page.session_state["train_downloads_3"] = True
    page.run()
    assert_calm(page)
    assert any("larger than the 0 MB that the lab can open" in one.value for one in page.caption)
    labels = [button.label for button in page.get("download_button")]
    assert "Network (.safetensors)" not in labels
    assert "Export 0 of 3 runs" in labels


def test_an_audience_sees_charts_and_no_controls(page: AppTest) -> None:
    page.toggle(key=Key.PRESENT).set_value(True).run()
    assert_calm(page)
    assert not page.select_slider
    run = next(button for button in page.button if button.label == "Start training")
    assert run
    assert page.query_params["present"] in ("yes", ["yes"])


def test_more_examples_than_there_are_are_called_all_of_them(page: AppTest) -> None:
    page.query_params["examples"] = "10000000"
    page.run()
    assert_calm(page)
    slider = page.select_slider(key=Key.SETTING.of("examples"))
    assert slider.options[-1] == "all 55,000"
    assert slider.value == 10_000_000
    assert settings(page).examples == 10_000_000


def test_pictures_go_from_wrong_to_right(page: AppTest, data: Data) -> None:
    run_quickly(page, epochs=20)
    page.segmented_control(key=Key.PANEL).set_value("Pictures").run()
    assert_calm(page)
    told = next(one.value for one in page.caption if "Before training" in one.value)
    assert told.startswith("Before training, it got all of these 12 wrong.")
    (record,) = memory(page)["train_records"]
    network = record.snapshot().network
    (grid,) = grids(page)
    assert len(grid["names"]) == 12
    places = [
        int(name.split("picture ")[1].split(":")[0].replace(",", "")) - 1 for name in grid["names"]
    ]
    right = network.logits(data.train.images[places]).argmax(axis=0) == data.train.labels[places]
    assert told.endswith(f"Now it gets {right.sum()} of them right.")
    assert [caption[0] == "✓" for caption in grid["captions"]] == right.tolist()


def test_what_is_mixed_up_opens_its_pictures(page: AppTest, data: Data) -> None:
    run_quickly(page)
    page.segmented_control(key=Key.PANEL).set_value("Mistakes").run()
    assert not grids(page), "no cell is chosen yet"
    (record,) = memory(page)["train_records"]
    dev = split(data.train, record.config.seed).dev[:1_000]
    said = record.snapshot().network.logits(data.train.images[dev]).argmax(axis=0)
    labels = data.train.labels[dev]
    (matrix,) = components(page, "lab_count_matrix")
    np.testing.assert_array_equal(
        [[int(text or 0) for text in row] for row in matrix["written"]],
        sklearn_confusion(labels, said, labels=range(10)),
    )
    told = f"{(said != labels).sum():,} mistakes in 1,000 of the 5,000 practice pictures"
    assert any(told in one.value for one in page.caption)
    true, taken_for = np.argwhere(np.array(matrix["shares"]) > 0)[0]
    window(page).confusion_cell = (int(true), int(taken_for))
    page.run()
    assert_calm(page)
    (grid,) = grids(page)
    found = {int(name.split("picture ")[1].replace(",", "")) - 1 for name in grid["names"]}
    assert found <= set(dev[(labels == true) & (said == taken_for)])
    assert len(found) == min(24, int(matrix["written"][true][taken_for]))
