"""A confusion matrix in which a visitor can choose a count.

The counts are text, for screen readers too; the colour behind one shows its size relative to the
most frequent mistake. Mouse, finger and arrow keys choose, as in the image grid.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pages.ui.components import browser, registry
from pages.ui.components.english import counted

_component = registry.load(
    "lab_count_matrix",
    __file__,
    html='<div class="matrix" role="grid" tabindex="0"></div>',
    shared=("reveal.js",),
)

STRONGEST = 50
"""Percent of the colour behind the most frequent mistake: its number stays legible."""


def count_matrix(
    counts: NDArray[np.int64],
    names: Sequence[str],
    labels: Sequence[int],
    *,
    key: str,
    written: Sequence[Sequence[str]],
    chosen: tuple[int, int] | None,
    on_choose: Callable[[tuple[int, int]], None],
    reveals: str,
) -> None:
    """Show how often each class (row) was taken for each class (column).

    Args:
        counts: `(classes, classes)`, a row for each true class.
        names: the classes' names, in the order of the rows and columns.
        labels: the classes' labels, in the same order. A choice is reported by them, so that a
            click means what the visitor saw, even if the order has changed meanwhile.
        key: the component's key; other counts under the same key replace these in place.
        written: the text of each cell; if empty, the counts, and nothing for 0.
        chosen: the labels of the framed cell.
        on_choose: called with the labels of a chosen cell.
        reveals: the key of a container that shows the choice; it is scrolled into view.
    """
    classes = len(names)
    mistakes = counts * (1 - np.eye(classes, dtype=np.int64))
    shares = STRONGEST * mistakes / max(1, int(mistakes.max()))
    data = {
        "title": "What it is (rows) and what it says (columns)",
        "names": list(names),
        "written": written or [[f"{count or ''}" for count in row] for row in counts.tolist()],
        "shares": shares.round().astype(int).tolist(),
        "labels": [
            [
                f"{cell_title(names[row], names[column])}: "
                f"{counted(counts[row, column], 'picture')}"
                for column in range(classes)
            ]
            for row in range(classes)
        ],
        "classes": list(labels),
        "chosen": [labels.index(label) for label in chosen] if chosen else None,
        "reveals": reveals,
        "colours": browser.look().colours,
    }

    def cell(reported: Any) -> tuple[int, int]:
        true, predicted = (browser.one_of(labels, label) for label in reported)
        return true, predicted

    choose = browser.when_reported(key, "touched", cell, on_choose)
    _component(key=key, data=data, on_touched_change=choose)


def cell_title(true: str, predicted: str) -> str:
    """Describe the pictures of a cell by the names of its two classes."""
    return f"{true} read correctly" if true == predicted else f"{true} mistaken for {predicted}"
