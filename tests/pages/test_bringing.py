"""Bringing pictures of one's own: the form tells what it found, and asks what it cannot know."""

import gc
import io
import weakref
import zipfile

import numpy as np
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from mnist_core.data import Choices, Data
from mnist_core.files.storage import load_model
from pages.ui.explore.bringing_choices import chosen_names
from pages.ui.explore.unlabelled import predictions
from tests.core.data.made_files import npy, npz
from tests.pages.conftest import assert_calm, button, memory


@pytest.fixture
def form() -> AppTest:
    """The form of the dialog, which AppTest cannot keep open."""

    def script() -> None:
        import streamlit as st

        from pages.ui.explore import bringing

        bringing.form(st.session_state.setdefault("dialog", bringing.Dialog()))

    return AppTest.from_function(script, default_timeout=60).run()


def give(page: AppTest, *files: tuple[str, bytes]) -> None:
    """Give files to the form."""
    whole = [(name, content, "application/octet-stream") for name, content in files]
    page.file_uploader[0].set_value(whole).run()


def table(data: Data, count: int, *, labelled: bool) -> bytes:
    """The first test pictures as a table of text."""
    rows = data.test.images[:count].reshape(count, -1)
    if labelled:
        rows = np.column_stack([data.test.labels[:count], rows])
    return "\n".join(",".join(map(str, row)) for row in rows.tolist()).encode()


def zipped(data: Data, count: int) -> bytes:
    """The first test pictures in dark ink on light paper, in folders by class."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for place in range(count):
            file = io.BytesIO()
            Image.fromarray(255 - data.test.images[place]).resize((60, 60)).save(file, "PNG")
            archive.writestr(f"class {data.test.labels[place]}/{place}.png", file.getvalue())
    return stream.getvalue()


def told(page: AppTest) -> str:
    return " ".join(one.value for one in (*page.markdown, *page.caption, *page.info))


def test_a_table_is_shown_and_taken(form: AppTest, data: Data) -> None:
    give(form, ("mine.csv", table(data, 120, labelled=True)))
    assert_calm(form)
    assert "784 pixels a row" in told(form)
    assert form.text_input[0].value == "mine"
    form.text_input[0].set_value("Our digits").run()
    form.slider[0].set_value(50).run()
    button(form, "Use these pictures").click().run()
    assert not form.exception
    taken = memory(form)["data_set_brought"].data
    assert taken.name == "Our digits"
    assert len(taken.train) + len(taken.test) == 120
    assert abs(len(taken.test) - 60) <= 10 / 2
    assert {picture.tobytes() for picture in taken.train.images} < {
        picture.tobytes() for picture in data.test.images[:120]
    }


def test_dark_ink_is_noticed_and_may_be_left(form: AppTest, data: Data) -> None:
    give(form, ("class.zip", zipped(data, 40)))
    assert_calm(form)
    invert = next(one for one in form.toggle if one.label == "Dark ink on light paper")
    assert invert.value
    assert "dark ink on light paper" in told(form)
    size = form.segmented_control[0]
    assert size.options == [
        "As they are, 60 × 60",
        "Scaled to 28 × 28",
        "Centred as drawings are, 28 × 28",
    ]
    size.set_value("resized").run()
    button(form, "Use these pictures").click().run()
    taken = memory(form)["data_set_brought"].data
    assert taken.train.images.shape[1:] == (28, 28)
    assert taken.class_names[0] == "class 0"
    assert taken.train.images[:, 0].mean() < 10, "paper is 0"


def test_pictures_without_labels_are_read_by_a_network(form: AppTest, data: Data) -> None:
    give(form, ("test.csv", table(data, 25, labelled=False)))
    assert_calm(form)
    assert "25 pictures have no labels. A network can read them:" in told(form)
    assert not any(button.label == "Use these pictures" for button in form.button)
    (offered,) = form.get("download_button")
    assert offered.proto.label == "Predictions (.csv)"


def test_predictions_name_the_class_of_each_picture_in_order(data: Data) -> None:
    model = load_model("conv")
    written = predictions(model, data, data.test.images[:200].transpose(0, 2, 1), Choices(1, True))
    header, *rows = written.split()
    assert header == "ImageId,Label"
    assert [row.split(",")[0] for row in rows] == [str(place) for place in range(1, 201)]
    read = [int(row.split(",")[1]) for row in rows]
    assert np.mean(read == data.test.labels[:200]) > 0.97


def test_what_a_network_cannot_read_at_that_size_is_said(form: AppTest) -> None:
    rows = np.random.default_rng(0).integers(0, 256, (20, 256))
    give(form, ("small.csv", "\n".join(",".join(map(str, row)) for row in rows.tolist()).encode()))
    assert_calm(form)
    form.segmented_control[0].set_value("as found").run()
    assert "It reads 28 × 28 pixels: choose another size above." in told(form)
    assert not form.get("download_button")


def test_files_that_hold_no_pictures_are_refused_in_a_sentence(form: AppTest) -> None:
    give(form, ("letter.txt", b"Dear lab,\n"))
    assert "letter.txt" in form.error[0].value
    assert not form.exception
    for name, content in npz().items():
        give(form, (name, content))
    assert_calm(form)
    assert not form.error


def test_files_of_the_same_name_from_two_folders_are_all_used(form: AppTest, data: Data) -> None:
    images, labels = data.test.images[:80], data.test.labels[:80]
    halves = [
        (name, npy(array[half]))
        for half in (slice(50), slice(50, 80))
        for name, array in (("images.npy", images), ("labels.npy", labels))
    ]
    give(form, *halves)
    assert_calm(form)
    button(form, "Use these pictures").click().run()
    taken = memory(form)["data_set_brought"].data
    assert len(taken.train) + len(taken.test) == 80


def test_what_was_found_goes_with_the_dialog(form: AppTest, data: Data) -> None:
    give(form, ("class.zip", zipped(data, 20)))
    assert_calm(form)
    found = weakref.ref(form.session_state["dialog"].collection)
    del form.session_state["dialog"]
    gc.collect()
    assert found() is None


def test_names_are_changed_merged_and_left_out() -> None:
    rows = [
        {"Class": "1", "Name": "one", "Use": True},
        {"Class": "7", "Name": " one ", "Use": True},
        {"Class": "8", "Name": "8", "Use": True},
        {"Class": "9", "Name": "", "Use": True},
        {"Class": "x", "Name": "x", "Use": False},
    ]
    assert chosen_names(rows) == {"1": "one", "7": "one", "x": None}
