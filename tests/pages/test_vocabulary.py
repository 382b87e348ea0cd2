"""Words follow the data set: its names with a proper article, and digits only where they are."""

import pytest

from mnist_core.data import Data, Dataset
from pages.ui.components.english import with_article
from pages.ui.elements.vocabulary import vocabulary


def renamed(data: Data, *names: str) -> Data:
    """A data set that is not MNIST, with these classes."""
    half = Dataset(data.train.images[:100], data.train.labels[:100] % len(names))
    return Data(half, half, "clothes", names)


@pytest.mark.parametrize(
    "spoken",
    [
        *("a 0", "a 1", "a 7", "an 8", "an 11", "a 12", "an 18", "a 21", "an 80", "a 108"),
        *("an Ankle boot", "a Bag", "an umbrella", "a uniform", "a T-shirt/top", "an eel"),
        *("an A", "a B", "an F", "a U", "an X", "a one-piece", "a European robin"),
    ],
)
def test_the_article_is_the_spoken_one(spoken: str) -> None:
    assert with_article(spoken.split(" ", 1)[1]) == spoken


def test_digits_are_called_by_their_number(data: Data) -> None:
    class_names = vocabulary(data)
    assert class_names.digits
    assert [class_names.name(label) for label in range(10)] == list("0123456789")
    assert (class_names.one(7), class_names.one(8)) == ("a 7", "an 8")


def test_classes_are_called_by_their_names(data: Data) -> None:
    class_names = vocabulary(renamed(data, "Bag", "Ankle boot"))
    assert not class_names.digits
    assert (class_names.name(1), class_names.one(1), class_names.one(0)) == (
        "Ankle boot",
        "an Ankle boot",
        "a Bag",
    )
    assert class_names.one(2) == class_names.name(2) == "class 2", "one that only the network knows"
    assert class_names.named


def test_a_number_that_is_no_digit_is_called_a_class(data: Data) -> None:
    class_names = vocabulary(renamed(data, "0", "1"))
    assert (class_names.name(1), class_names.one(1)) == ("class 1", "class 1")
    assert not class_names.named
