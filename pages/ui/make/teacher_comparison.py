"""The comparison of a class's digits with MNIST's: each read by the other's network."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

from mnist_core.arrays import Labels, Pixels
from mnist_core.data import Data
from mnist_core.drawn.drawing_set import DrawingSet
from mnist_core.drawn.halves import as_data, check_enough
from mnist_core.errors import LabError
from mnist_core.training.model import Model
from pages.ui import charts
from pages.ui.components import browser
from pages.ui.components.english import counted
from pages.ui.components.image_grid import Pictures, image_grid
from pages.ui.elements import widgets
from pages.ui.make.class_session import Key
from pages.ui.visit import data_sets, models, shared

DIGITS = tuple(map(str, range(10)))
THE_LABS = "conv"
MOST_MISREAD = 30
AVERAGE = 112
"""Pixels."""


@dataclass(frozen=True)
class Reading:
    """Images `(n, 28, 28)` of digits, their labels, and the predictions of a network."""

    images: Pixels
    digits: Labels
    read: Labels

    @property
    def right(self) -> int:
        """The number of pictures that are read correctly."""
        return int(np.count_nonzero(self.digits == self.read))

    def of(self, digit: int) -> "Reading":
        """Select the pictures of one digit."""
        of_it = self.digits == digit
        return Reading(self.images[of_it], self.digits[of_it], self.read[of_it])


def are_digits(drawn: DrawingSet) -> bool:
    """Return whether all classes are digits."""
    return bool(drawn.classes) and all(entry.name in DIGITS for entry in drawn.classes)


def show(drawn: DrawingSet) -> None:
    """Show the comparison, if the classes are digits and have enough drawings."""
    try:
        check_enough(drawn)
    except LabError:
        return
    if not are_digits(drawn):
        return
    ours, mnist = as_data(drawn), data_sets.mnist()
    st.subheader("Our digits and MNIST's", anchor=False)
    left, right = st.columns(2, gap="medium")
    with left:
        _of(
            "MNIST's network reads your class's digits",
            of_class(models.of_the_lab(THE_LABS), ours),
            "drawing",
        )
    with right:
        network = _own(ours)
        if network is None:
            st.markdown("**Your class's network reads MNIST's digits**")
            st.caption("Train on the class's hand, then come back: it is shown here.")
        else:
            _of(
                "Your class's network reads MNIST's digits",
                of_mnist(network, ours, mnist),
                "picture",
            )
    _averages(ours, mnist)


def of_class(model: Model, ours: Data) -> Reading:
    """Read all drawings of a class by a network that learned MNIST."""
    images = np.concatenate([ours.train.images, ours.test.images])
    labels = np.concatenate([ours.train.labels, ours.test.labels])
    return Reading(images, _digits(ours)[labels], model.predict(images))


def of_mnist(model: Model, ours: Data, mnist: Data) -> Reading:
    """Read MNIST's test set by a class's network, as far as that knows the digits."""
    digits = _digits(ours)
    known = np.flatnonzero(np.isin(mnist.test.labels, digits))
    images = mnist.test.images[known]
    return Reading(images, mnist.test.labels[known], digits[model.predict(images)])


def _digits(ours: Data) -> Labels:
    """Return the digit of each label of the class's data set."""
    return np.array([int(name) for name in ours.class_names], np.uint8)


def _own(ours: Data) -> Model | None:
    """Return the visit's newest network that learned from these drawings."""
    fitting = [
        model
        for model in shared.networks().values()
        if model.origin is not None and model.origin.is_same(ours.origin)
    ]
    return fitting[-1] if fitting else None


def _of(title: str, found: Reading, noun: str) -> None:
    """Show how many pictures a network reads, of each digit too, and some that it misreads."""
    st.markdown(f"**{title}**")
    st.markdown(f"It reads {found.right:,} of {counted(len(found.digits), noun)} correctly.")
    by_digit = [(digit, found.of(digit)) for digit in np.unique(found.digits).tolist()]
    st.caption(" · ".join(f"{d}: {one.right:,} of {len(one.digits):,}" for d, one in by_digit))
    wrong = np.flatnonzero(found.digits != found.read)[:MOST_MISREAD]
    if not len(wrong):
        return
    image_grid(
        Pictures(
            title=f"Misread: {title}",
            tiles=charts.inked(found.images[wrong], browser.look()),
            names=[f"{found.digits[i]} read as {found.read[i]}" for i in wrong],
            captions=[f"{found.digits[i]} as {found.read[i]}" for i in wrong],
            columns=10,
            narrowest=48,
        ),
        key=Key.DIGIT.of(noun),
    )


def _averages(ours: Data, mnist: Data) -> None:
    """Show the average image of a digit, the class's and MNIST's, and their difference."""
    digits = sorted(_digits(ours).tolist())
    digit = widgets.choose_one(
        "Where do our digits differ?",
        digits,
        default=digits[-1] if 7 not in digits else 7,
        key=Key.DIGIT,
        format_func=str,
    )
    label = _digits(ours).tolist().index(digit)
    drawn = ours.train.images[ours.train.labels == label].mean(axis=0)
    theirs = mnist.train.images[mnist.train.labels == digit].mean(axis=0)
    look = browser.look()
    rounded = np.rint(np.stack([drawn, theirs])).astype(np.uint8)
    difference = charts.signed((drawn - theirs)[np.newaxis], look)[0]
    one, other = charts.inked(rounded, look)
    widgets.picture_row(
        (
            (one, f"Our average {digit}"),
            (other, f"MNIST's average {digit}"),
            (difference, "Orange: more ink in ours; blue: more in MNIST's"),
        ),
        AVERAGE,
    )
