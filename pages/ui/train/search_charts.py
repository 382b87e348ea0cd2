"""The charts of a search, drawn from its finished trials."""

from collections.abc import Iterator, Sequence

import numpy as np
import plotly.graph_objects as go
from optuna.trial import FrozenTrial

from mnist_core.search.space import SEARCHABLE, Span
from mnist_core.search.sweep import Sweep
from pages.ui import charts
from pages.ui.charts.searches import Scale
from pages.ui.charts.theme import Look
from pages.ui.train import words

FEWEST_FOR_IMPORTANCE = 8


def search_charts(found: Sweep, look: Look) -> Iterator[go.Figure]:
    """Each chart that the finished trials, at least one, are enough for."""
    trials = found.finished()
    numbers = [trial.number + 1 for trial in trials]
    shares = np.array([trial.value or 0.0 for trial in trials])
    told = [words.chosen(trial.params) for trial in trials]
    yield charts.search_history(numbers, shares, told, look)
    scales = [*(_setting(span, trials) for span in found.spans), _correct(shares)]
    yield charts.scales_of_trials(scales, numbers, np.argsort(shares, kind="stable"), look)
    if len(found.spans) > 1 and len(trials) >= FEWEST_FOR_IMPORTANCE:
        by_name = found.importances()
        names = [SEARCHABLE[name].title for name in by_name]
        yield charts.importance_bars(np.array([*by_name.values()]), names, look)


def _setting(span: Span, trials: Sequence[FrozenTrial]) -> Scale:
    """What the trials had of a setting, within the range that was searched."""
    searchable = SEARCHABLE[span.name]
    values = [trial.params[span.name] for trial in trials]
    return Scale(
        searchable.title,
        np.array(values, float),
        (span.low, span.high),
        searchable.logarithmic,
        [words.rounded(value) for value in values],
        (words.number(span.low), words.number(span.high)),
    )


def _correct(shares: np.ndarray) -> Scale:
    """How much the trials read correctly, from the worst to the best of them."""
    told = [f"{share:.1%}" for share in shares]
    low, high = float(shares.min()), float(shares.max())
    return Scale("Reads correctly", shares, (low, high), False, told, (f"{low:.1%}", f"{high:.1%}"))
