"""The comparison of a class's digits with MNIST's: each read by the other's network."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from weakref import WeakKeyDictionary

import numpy as np
import streamlit as st

from mnist_core.arrays import Indices, Labels, Pixels
from mnist_core.data import Data, Dataset
from mnist_core.drawn.drawing_set import Drawing, DrawingSet
from mnist_core.drawn.halves import as_data, check_enough
from mnist_core.errors import LabError
from mnist_core.evaluation.predictions import Predictions, predictions_step_by_step
from pages.ui import charts
from pages.ui.components import browser
from pages.ui.components.english import counted
from pages.ui.components.image_grid import Pictures, image_grid
from pages.ui.elements import widgets
from pages.ui.elements.literal import in_markdown
from pages.ui.make.class_session import Key
from pages.ui.visit import data_sets, models
from pages.ui.visit.analysis_cache import cached
from pages.ui.visit.long_work import LateBar, LongWork
from pages.ui.visit.models import NetworkChoice

DIGITS = tuple(map(str, range(10)))
THE_LABS = "conv"
AT_ONCE = 250
"""Drawings between two steps of the bar."""

MOST_MISREAD = 30
AVERAGE = 112
"""Pixels."""

_answers: WeakKeyDictionary[Drawing, int] = WeakKeyDictionary()
"""The prediction of MNIST's network for each drawing. It goes with the drawing: nothing of a
collection is kept for longer than the collection."""


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


def show(drawn: DrawingSet) -> None:
    """Show the comparison, if the classes are digits and have enough drawings."""
    try:
        check_enough(drawn)
    except LabError:
        return
    if any(entry.name not in DIGITS for entry in drawn.classes):
        return
    ours = as_data(drawn)
    st.subheader("Our digits and MNIST's", anchor=False)
    left, right = st.columns(2, gap="medium")
    with left:
        _of("MNIST's network reads your class's digits", of_class(drawn), "drawing")
    with right:
        network = _own(ours)
        if network is None:
            st.markdown("**Your class's network reads MNIST's digits**")
            st.caption("Train on the class's hand, then come back: it is shown here.")
        else:
            found = of_mnist(network, ours)
            _of("Your class's network reads MNIST's digits", found, "picture")
    _averages(ours)


def of_class(drawn: DrawingSet) -> Reading:
    """Read all drawings of a class by the lab's network; of those read before it is not asked."""
    unread = [one for one in drawn.drawings if one not in _answers]
    network = models.of_the_lab(THE_LABS)
    bar = LateBar("Asking MNIST's network about the drawings …")
    for start in range(0, len(unread), AT_ONCE):
        bar.tell(start / len(unread))
        some = unread[start : start + AT_ONCE]
        _answers.update(zip(some, network.predict(_images(some)).tolist(), strict=True))
    bar.leave()
    digits = {entry.key: int(entry.name) for entry in drawn.classes}
    return Reading(
        _images(drawn.drawings),
        np.array([digits[one.key] for one in drawn.drawings], np.uint8),
        np.array([_answers[one] for one in drawn.drawings], np.uint8),
    )


def _images(drawings: Sequence[Drawing]) -> Pixels:
    return np.stack([one.image for one in drawings])


def of_mnist(choice: NetworkChoice, ours: Data) -> Reading:
    """Read MNIST's test set by a class's network, as far as that knows the digits."""
    digits, test = _digits(ours), data_sets.mnist().test
    known = np.flatnonzero(np.isin(test.labels, digits))
    work = _asking(choice, tuple(digits.tolist()), known)
    read = work.result(f"Asking {in_markdown(choice.title)} about MNIST's pictures …").predicted
    return Reading(test.images[known], test.labels[known], digits[read])


@cached()
def _asking(
    choice: NetworkChoice, digits: tuple[int, ...], places: Indices
) -> LongWork[Predictions]:
    """Ask a network whose labels stand for `digits` about some of MNIST's test pictures."""
    test, label_of = data_sets.mnist().test, np.zeros(len(DIGITS), np.uint8)
    label_of[list(digits)] = np.arange(len(digits))
    as_ours = Dataset(test.images, label_of[test.labels])
    return LongWork(partial(predictions_step_by_step, choice.model.network, as_ours, places))


def _digits(ours: Data) -> Labels:
    """Return the digit of each label of the class's data set."""
    return np.array([int(name) for name in ours.class_names], np.uint8)


def _own(ours: Data) -> NetworkChoice | None:
    """Return the visit's newest network that learned from these drawings."""
    networks = models.offered(ours).values()
    fitting = [choice for choice in networks if choice.model.origin is not None]
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


def _averages(ours: Data) -> None:
    """Show the average image of a digit, the class's and MNIST's, and their difference."""
    train = data_sets.mnist().train
    labels = _digits(ours).tolist()
    digit = widgets.choose_one(
        "Where do our digits differ?",
        sorted(labels),
        default=7 if 7 in labels else max(labels),
        key=Key.DIGIT,
        format_func=str,
    )
    drawn = ours.train.images[ours.train.labels == labels.index(digit)].mean(axis=0)
    theirs = train.images[train.labels == digit].mean(axis=0)
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
