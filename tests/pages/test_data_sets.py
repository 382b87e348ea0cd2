"""A visit works on another data set: all its pages do, and no other visit's."""

import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from mnist_core.data import Dataset, make_data
from pages.ui.explore import computed, session
from pages.ui.visit import data_sets
from tests.core.data.made_files import npz
from tests.pages.conftest import CLOTHES, OpenPage, assert_calm, button, memory, write_clothes


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two folders of the lab: `clothes`, and one that holds no data set."""
    (tmp_path / "clothes").mkdir()
    (tmp_path / "empty").mkdir()
    write_clothes(tmp_path / "clothes")
    monkeypatch.setenv("LAB_DATA_DIR", str(tmp_path))
    return tmp_path


def choose(page: AppTest, title: str) -> None:
    """Choose a data set in the box that lists them."""
    box = next(box for box in page.selectbox if box.label == "Which collection?")
    box.select_index(box.options.index(title)).run()


@pytest.mark.usefixtures("folders")
def test_a_folder_of_the_lab_is_chosen_and_left_again(open_page: OpenPage) -> None:
    page = open_page("explore")
    page.segmented_control(key="explore_part").set_value("dev").run()
    page.pills(key="explore_class").set_value(9).run()
    choose(page, "clothes")
    assert_calm(page)
    assert "Picture 1 of 60." in page.caption[0].value
    assert page.pills(key="explore_class").options == ["all", *CLOTHES]
    for section in ("One picture", "Shape of the data", "Look-alikes and oddities"):
        page.segmented_control(key="explore_section").set_value(section).run()
        assert_calm(page)
    page.segmented_control(key="explore_section").set_value("Gallery").run()
    choose(page, "MNIST")
    assert_calm(page)
    assert "Picture 1 of 60,000." in page.caption[0].value


@pytest.mark.usefixtures("folders")
def test_pictures_chosen_in_one_data_set_are_not_looked_for_in_another(open_page: OpenPage) -> None:
    page = open_page("explore")
    page.session_state["explore_state"].selection = session.Selection("by hand", "train", (59_999,))
    page.run()
    assert "Picture 60,000 of" in page.caption[0].value
    memory(page)["data_set"] = "folder:clothes"  # as the frame does, above every page
    page.run()
    assert_calm(page)
    assert "Picture 1 of 60." in page.caption[0].value


@pytest.mark.usefixtures("folders")
def test_a_folder_without_a_data_set_is_one_sentence_and_can_be_left(open_page: OpenPage) -> None:
    page = open_page("explore")
    choose(page, "empty")
    assert not page.exception
    assert ["contains no files" in error.value for error in page.error] == [True]
    choose(page, "MNIST")
    assert_calm(page)


def brought(**changes: object) -> AppTest:
    """A page on which a visitor has brought a small data set in an `.npz`."""
    return bringing(**changes).run()


def bringing(**changes: object) -> AppTest:
    """A page on which a visitor brings it as soon as it runs."""

    def script() -> None:
        import streamlit as st

        from mnist_core.data.assembly import assemble
        from mnist_core.errors import LabError
        from pages.ui.frame import data_in_use
        from pages.ui.visit import data_sets

        data_in_use.tell()
        name = st.session_state.get("name", "small")
        try:
            if "files" in st.session_state:
                found = data_sets.read(st.session_state.pop("files"))
                data_sets.take(assemble(found, found.proposed, name))
        except LabError as error:
            st.error(str(error))
        st.write(data_sets.current().name, data_sets.current_folder())

    page = AppTest.from_function(script)
    page.session_state["files"] = npz(**changes)
    return page


def test_the_name_of_a_data_set_is_no_markup() -> None:
    page = bringing()
    page.session_state["name"] = "![Room](//there)"
    page.run().run()
    assert_calm(page)
    assert r"**!\[Room\](//there) (yours)**" in page.markdown[0].value


def test_a_data_set_that_is_brought_is_seen_by_its_visit_alone() -> None:
    page, other = brought(), AppTest.from_function(lambda: None)
    assert_calm(page)
    name, folder = page.markdown[-1].value.split()
    assert name == "small"
    assert Path(folder, "classes.txt").is_file()
    page.run()
    assert page.markdown[0].value == "All pages now use **small (yours)**, for this visit only."
    page.button[0].click().run()
    assert page.markdown[-1].value.split()[0] == "MNIST"
    assert not other.run().markdown


def test_what_is_refused_leaves_the_data_set_as_it_was() -> None:
    page = brought(y_train=np.zeros(3, np.uint8))
    assert "30 images but 3 labels" in page.error[0].value
    assert page.markdown[-1].value.split()[0] == "MNIST"


def test_visitors_together_bring_no_more_than_there_is_room_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = brought()
    monkeypatch.setattr(data_sets, "MOST_BROUGHT", 1_000)
    second = brought()
    assert "has room for 1,000 bytes" in second.error[0].value
    assert_calm(first.run())


def test_what_the_memory_or_the_disk_has_no_room_for_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = bringing()
    with monkeypatch.context() as patch:
        patch.setattr(tempfile, "tempdir", "/nowhere")
        page.run()
    assert "small cannot be kept on the lab's disk" in page.error[0].value
    assert page.markdown[-1].value.split()[0] == "MNIST"
    monkeypatch.setattr(data_sets, "free_memory", lambda: 1_000)
    page = brought()
    assert "the lab has 500 bytes of room left" in page.error[0].value
    assert page.markdown[-1].value.split()[0] == "MNIST"


def test_what_a_forgotten_visit_brought_is_gone() -> None:
    page = brought()
    folder = Path(page.markdown[-1].value.split()[1])
    assert folder.is_dir()
    memory(page).clear()
    assert not folder.exists()


def classes(page: AppTest) -> list[str]:
    """What the gallery's choice calls the classes."""
    return page.pills(key=session.Key.CLASS).options[1:]


def test_the_classes_of_ones_own_pictures_are_named_afterwards_as_well(
    open_page: OpenPage,
) -> None:
    page = open_page("explore")
    memory(page).update(memory(brought()))
    page.run()
    assert_calm(page)
    assert classes(page) == ["class 0", "class 1", "class 2"]
    assert any("no names yet" in one.value for one in page.caption)
    assert page.text_area[0].value == "0\n1\n2"
    page.text_area[0].set_value("cat\ncat\nhen")
    button(page, "Use these names").click().run()
    assert "2 different names for 3 classes" in page.error[0].value
    page.text_area[0].set_value("cat\ndog\nhen")
    button(page, "Use these names").click().run()
    assert_calm(page)
    assert classes(page) == ["cat", "dog", "hen"]
    assert not any("no names yet" in one.value for one in page.caption)
    assert memory(page)["data_set_brought"].data.class_names == ("cat", "dog", "hen")


@pytest.mark.usefixtures("folders")
def test_a_run_of_one_data_set_is_no_run_of_another(open_page: OpenPage) -> None:
    page = open_page("train")
    page.query_params["examples"] = "300"
    page.query_params["epochs"] = "1"
    page.run()
    next(one for one in page.button if one.label == "Start training").click().run()
    assert_calm(page)
    number = next(record.run for record in memory(page)["train_records"])
    assert number.join(timeout=60)
    memory(page)["data_set"] = "folder:clothes"
    page.run()
    assert_calm(page)
    assert any("This run learns from MNIST" in caption.value for caption in page.caption)
    assert not any(one.label == "Use on the other pages" for one in page.button)
    memory(page)["data_set"] = "lab"
    page.run()
    assert_calm(page)
    assert any(one.label == "Use on the other pages" for one in page.button)


def test_one_of_the_labs_halves_beside_a_visitors_own_is_another_data_set() -> None:
    rng = np.random.default_rng(0)
    images, labels = rng.integers(0, 256, (20, 4, 4), np.uint8), np.arange(20, dtype=np.uint8) % 2
    labs = make_data(Dataset(images, labels), Dataset(images[:10], labels[:10]), "everybody's")
    brought = replace(labs, test=Dataset(images[5:], labels[5:]))
    assert brought.origin.is_same(labs.origin)
    for data in (labs, brought, labs):
        assert computed.summary(data, "test").counts.sum() == len(data.test)
