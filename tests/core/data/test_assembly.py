"""A collection becomes a data set by somebody's choices."""

from dataclasses import replace

import numpy as np
import pytest

from mnist_core.data import Choices
from mnist_core.data.assembly import as_chosen, assemble
from mnist_core.data.collection import Collection
from mnist_core.data.recognition import recognise
from mnist_core.drawing import to_mnist
from mnist_core.errors import LabError
from tests.core.data.made_files import idx, label_first, packed, pictures, table

IMAGES = pictures(60)


def collection(labels: np.ndarray) -> Collection:
    return recognise({"some.npz": packed({"images": IMAGES, "labels": labels})})


def test_labels_that_begin_at_1_and_have_gaps_leave_no_class_empty() -> None:
    labels = np.array([1, 2, 9])[np.arange(60) % 3]
    data = assemble(collection(labels), Choices(), "gaps")
    assert data.class_names == ("1", "2", "9")
    assert (np.bincount(data.train.labels) > 0).all()
    assert data.train.labels.dtype == np.uint8


def test_classes_that_are_called_by_their_labels_have_no_names() -> None:
    found = collection(np.arange(60) % 3)
    assert not assemble(found, Choices(), "some").named
    assert assemble(found, Choices(class_names={"1": "one"}), "some").named


def test_a_test_half_is_drawn_from_each_class_by_the_seed() -> None:
    labels = np.repeat([0, 1, 2], [40, 18, 2])
    found = collection(labels)
    data = assemble(found, Choices(test_share=0.25, seed=7), "some")
    assert np.bincount(data.test.labels).tolist() == [10, 4, 1]
    assert np.bincount(data.train.labels).tolist() == [30, 14, 1]
    rows = {image.tobytes() for half in (data.train, data.test) for image in half.images}
    assert rows == {image.tobytes() for image in IMAGES}
    again = assemble(found, Choices(test_share=0.25, seed=7), "some")
    np.testing.assert_array_equal(again.test.images, data.test.images)
    other = assemble(found, Choices(test_share=0.25, seed=8), "some")
    assert (other.test.images != data.test.images).any()


def test_what_is_already_two_halves_stays_so() -> None:
    found = recognise(idx())
    data = assemble(found, Choices(), "some")
    assert found.train is not None
    assert found.test is not None
    np.testing.assert_array_equal(data.train.images, found.train.images)
    np.testing.assert_array_equal(data.test.labels, found.test.labels)


def test_classes_are_named_merged_and_left_out() -> None:
    found = collection(np.arange(60) % 4)
    choices = Choices(class_names={"0": "even", "2": "even", "1": "one", "3": None})
    data = assemble(found, choices, "some")
    assert data.class_names == ("even", "one")
    whole = len(data.train) + len(data.test)
    assert whole == 45
    assert np.bincount(data.train.labels)[0] > np.bincount(data.train.labels)[1]


def test_turning_mirroring_and_inverting_are_what_they_say() -> None:
    picture = IMAGES[:1]
    clockwise = as_chosen(picture, Choices(quarter_turns=1))[0]
    np.testing.assert_array_equal(clockwise[:, -1], picture[0, 0])
    np.testing.assert_array_equal(
        as_chosen(picture, Choices(mirror=True))[0, 0], picture[0, 0, ::-1]
    )
    both = as_chosen(picture, Choices(quarter_turns=1, mirror=True))[0]
    np.testing.assert_array_equal(both, picture[0].T)
    inverted = as_chosen(picture, Choices(invert=True))[0]
    np.testing.assert_array_equal(inverted.astype(int) + picture[0], np.full((8, 8), 255))


def test_pictures_are_centred_as_drawings_or_scaled_as_a_whole() -> None:
    page = np.zeros((2, 40, 60), np.uint8)
    page[:, 2:12, 2:6] = 255
    centred = as_chosen(page, Choices(framing="centred"))
    np.testing.assert_array_equal(centred[0], to_mnist(page[0]))
    whole = as_chosen(page, Choices(framing="resized"))
    assert centred.shape == whole.shape == (2, 28, 28)
    rows = np.flatnonzero(whole[0].max(axis=1) > 127)
    assert rows[-1] < 14, "the stroke stays where it was, in the upper half"


def test_progress_is_told_for_both_halves() -> None:
    told: list[float] = []
    assemble(recognise(idx()), Choices(framing="centred"), "some", told.append)
    assert told == sorted(told)
    assert told[-1] > 0.9


@pytest.mark.parametrize(
    ("labels", "choices", "reason"),
    [
        (np.zeros(60, int), {}, "There are 1 classes"),
        (np.arange(60) % 3, {"class_names": {"0": None, "1": None}}, "There are 1 classes"),
        (np.arange(60) % 3, {"class_names": {"0": "x" * 41}}, "longer than 40"),
        (np.arange(60) % 3, {"class_names": {"0": ""}}, "is empty"),
        (np.arange(60), {}, "No class has two pictures"),
    ],
)
def test_what_is_no_data_set_is_refused(labels, choices, reason) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(LabError, match=reason):
        assemble(collection(labels), Choices(**choices), "some")


def test_more_classes_than_labels_can_name_are_refused() -> None:
    images = pictures(514)
    rows = table(label_first(images, np.arange(514) % 257))
    with pytest.raises(LabError, match="2 to 256"):
        assemble(recognise({"many.csv": rows}), Choices(), "many")
    rows = table(label_first(images, np.arange(514) % 256))
    assert assemble(recognise({"many.csv": rows}), Choices(), "many").train.classes == 256


def test_a_class_that_only_the_test_half_has_is_named() -> None:
    found = recognise(idx(y_test=np.full(9, 7, np.uint8)))
    with pytest.raises(LabError, match="the class 7, which no training picture has"):
        assemble(found, Choices(), "some")
    mended = Choices(class_names={"7": None})
    assert assemble(found, mended, "some").test.classes == 3


def test_pictures_without_labels_are_no_data_set() -> None:
    found = recognise({"test.csv": table(IMAGES.reshape(60, -1).tolist())})
    with pytest.raises(LabError, match="test has pictures without labels"):
        assemble(found, Choices(), "some")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"quarter_turns": 4}, "4 quarter turns"),
        ({"framing": "cut"}, "'cut'"),
        ({"test_share": 1.0}, "cannot be set aside"),
        ({"test_share": 0.0}, "cannot be set aside"),
    ],
)
def test_choices_out_of_range_are_refused(change, reason) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(LabError, match=reason):
        replace(Choices(), **change)
