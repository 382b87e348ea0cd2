"""The exported program as a Jupyter notebook: a cell for each section."""

import json
from collections.abc import Sequence
from typing import Any

from mnist_core.files.export.program import CELL, program
from mnist_core.training.config import TrainingConfig
from mnist_core.training.history import LearningRateChange, Phase

IN_A_TERMINAL = "python run.py FOLDER_OF_MNIST"
IN_A_NOTEBOOK = "Run its cells in order; the four MNIST files lie beside it."


def notebook(
    config: TrainingConfig,
    rate_changes: Sequence[LearningRateChange] = (),
    title: str = "A run",
    phases: Sequence[Phase] = (),
) -> str:
    """Export the run as a Jupyter notebook (nbformat 4.4); the MNIST files lie beside it.

    Args:
        config: the configuration of the run.
        rate_changes: the changes of its learning rate by hand.
        title: the heading of the notebook.
        phases: those of a run that was stopped or continued; none for any other.
    """
    text = program(config, rate_changes, title, phases, 'Path(".")')
    head, *rest = text.replace(IN_A_TERMINAL, IN_A_NOTEBOOK, 1).split(CELL)
    _, words, code = head.split('"""', 2)
    cells = [_cell("markdown", f"# {words}"), _cell("code", code)]
    for part in rest:
        heading, _, code = part.partition("\n")
        cells += [_cell("markdown", f"## {heading}"), _cell("code", code)]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    content = {
        "cells": cells,
        "metadata": {"kernelspec": kernel},
        "nbformat": 4,
        "nbformat_minor": 4,
    }
    return json.dumps(content, indent=1) + "\n"


def _cell(kind: str, text: str) -> dict[str, Any]:
    source = text.strip("\n").splitlines(keepends=True)
    cell = {"cell_type": kind, "metadata": {}, "source": source}
    return cell if kind == "markdown" else cell | {"execution_count": None, "outputs": []}
