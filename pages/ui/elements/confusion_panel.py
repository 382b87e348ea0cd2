"""A confusion matrix, with the pictures of the chosen cell."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import streamlit as st

from mnist_core.arrays import Indices
from mnist_core.data import Dataset, Half
from mnist_core.evaluation.predictions import Predictions
from pages.ui.charts.percent import percent
from pages.ui.components.count_matrix import cell_title, count_matrix
from pages.ui.components.english import counted
from pages.ui.elements import samples
from pages.ui.elements.literal import in_markdown
from pages.ui.elements.vocabulary import Vocabulary

MOST = 24
COLUMNS = 6

Cell = tuple[int, int]
"""A class, and the class that it is predicted as."""


@dataclass(frozen=True)
class LabelledPredictions:
    """A network's predictions for some pictures of a half of the data set.

    Attributes:
        predictions: for the pictures at `indices`, in that order.
        dataset: the half.
        indices: into it `(n,)`.
    """

    predictions: Predictions
    dataset: Dataset
    half: Half
    indices: Indices
    class_names: Vocabulary

    def names(self, numbers: Indices) -> list[tuple[str, str]]:
        """Name the label and the predicted class of pictures, by their numbers among `indices`."""
        name, predictions = self.class_names.name, self.predictions
        return [(name(predictions.labels[n]), name(predictions.predicted[n])) for n in numbers]


def show(
    labelled: LabelledPredictions,
    key: str,
    chosen: Cell | None,
    on_choose: Callable[[Cell], None],
    order: Indices | None = None,
    written: Callable[[int, int], str] | None = None,
    columns: int = COLUMNS,
) -> None:
    """Show the confusion matrix, and the pictures of the chosen cell, the surest answers first.

    Args:
        key: of the matrix; the keys of the pictures and of their container begin with it.
        chosen: the chosen cell, if any.
        on_choose: called with the cell that a visitor chooses.
        order: the order of the classes; by default that of their labels.
        written: the text of a cell, by row and column; by default its count.
        columns: pictures side by side.
    """
    predictions, name = labelled.predictions, labelled.class_names.name
    order = np.arange(predictions.classes) if order is None else order
    labels = [int(label) for label in order]
    known = chosen if chosen is not None and max(chosen) < predictions.classes else None
    count_matrix(
        predictions.confusion[np.ix_(order, order)],
        [name(label) for label in labels],
        labels,
        key=key,
        written=[[written(row, column) for column in labels] for row in labels] if written else (),
        chosen=known,
        on_choose=on_choose,
        reveals=f"{key}_pictures",
    )
    with st.container(key=f"{key}_pictures"):
        if known is None:
            return
        true, predicted = known
        members = np.flatnonzero(
            (predictions.labels == true) & (predictions.predicted == predicted)
        )
        surest = members[np.argsort(-predictions.confidences[members], kind="stable")][:MOST]
        title = cell_title(name(true), name(predicted))
        st.markdown(f"**{in_markdown(title)}**: {counted(len(members), 'picture')}")
        called = f"{title}; pick one to look at it closely"
        open_in_explore(labelled, surest, called, f"{key}_grid", columns)


def open_in_explore(
    labelled: LabelledPredictions,
    shown: Indices,
    title: str,
    key: str,
    columns: int,
    captions: Sequence[str] | None = None,
) -> None:
    """Show pictures of an exam, by their numbers in it; a chosen one opens on Explore."""
    sure = labelled.predictions.confidences[shown]
    samples.grid_to_explore(
        labelled.dataset,
        labelled.half,
        labelled.indices[shown],
        labelled.class_names,
        title,
        key=key,
        columns=columns,
        narrowest=40,
        captions=[percent(chance) for chance in sure] if captions is None else captions,
    )
