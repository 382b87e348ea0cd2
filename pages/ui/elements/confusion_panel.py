"""What a network mixes up: the confusion matrix of some pictures, with the pictures in it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import streamlit as st

from mnist_core.arrays import Indices
from mnist_core.data import Dataset, Half
from mnist_core.evaluation.predictions import Predictions
from pages.ui.charts.percent import percent
from pages.ui.components.count_matrix import count_matrix, told_of_a_cell
from pages.ui.components.english import counted
from pages.ui.elements import samples
from pages.ui.elements.literal import in_markdown
from pages.ui.elements.vocabulary import Vocabulary

MOST = 24
COLUMNS = 6

Cell = tuple[int, int]
"""A class, and the class that it is taken for."""


@dataclass(frozen=True)
class LabelledPredictions:
    """Hold a network's answers to some pictures of a half of the data set.

    Attributes:
        predictions: for the pictures at `places`, in that order.
        dataset: the half.
        half: which one it is.
        places: indices into it `(n,)`.
        class_names: what its classes are called.
    """

    predictions: Predictions
    dataset: Dataset
    half: Half
    places: Indices
    class_names: Vocabulary


class Keys(NamedTuple):
    """The keys of the matrix, of the container for the pictures of a cell, and of their grid."""

    matrix: str
    pictures: str
    grid: str


def show(
    labelled: LabelledPredictions,
    keys: Keys,
    chosen: Cell | None,
    on_choose: Callable[[Cell], None],
    order: Indices | None = None,
    written: Callable[[int, int], str] | None = None,
    columns: int = COLUMNS,
) -> None:
    """Show which classes are taken for which, and the pictures of the cell that is chosen.

    Args:
        labelled: what was said.
        keys: of what is shown.
        chosen: the cell whose pictures are shown.
        on_choose: called with the cell that a visitor chooses.
        order: in which the classes stand; by default that of their labels.
        written: what stands in a cell, by row and column; by default its count.
        columns: pictures side by side.
    """
    classes = labelled.predictions.classes
    if order is None:
        order = np.arange(classes)
    labels = [int(label) for label in order]
    known = chosen if chosen is not None and max(chosen) < classes else None
    count_matrix(
        labelled.predictions.confusion[np.ix_(order, order)],
        [labelled.class_names.name(label) for label in labels],
        labels,
        title="What it is (rows) and what it says (columns)",
        key=keys.matrix,
        written=[[written(row, column) for column in labels] for row in labels] if written else (),
        chosen=known,
        on_choose=on_choose,
        reveals=keys.pictures,
    )
    with st.container(key=keys.pictures):
        if known is not None:
            _pictures(labelled, known, keys.grid, columns)


def _pictures(labelled: LabelledPredictions, chosen: Cell, key: str, columns: int) -> None:
    """The pictures of a cell, those that the network is surest of first."""
    predictions, (true, said) = labelled.predictions, chosen
    found = np.flatnonzero((predictions.labels == true) & (predictions.predicted == said))
    told = told_of_a_cell(labelled.class_names.name(true), labelled.class_names.name(said))
    st.markdown(f"**{in_markdown(told)}**: {counted(len(found), 'picture')}")
    shown = found[np.argsort(-predictions.confidences[found], kind="stable")][:MOST]
    open_in_explore(labelled, shown, f"{told}; pick one to look at it closely", key, columns)


def open_in_explore(
    labelled: LabelledPredictions,
    shown: Indices,
    title: str,
    key: str,
    columns: int,
    captions: Sequence[str] | None = None,
) -> None:
    """A grid of pictures of an exam, by their numbers in it; a touched one opens on Explore."""
    sure = labelled.predictions.confidences[shown]
    samples.grid_to_explore(
        labelled.dataset,
        labelled.half,
        labelled.places[shown],
        labelled.class_names,
        title,
        key=key,
        columns=columns,
        narrowest=40,
        captions=[percent(chance) for chance in sure] if captions is None else captions,
    )
