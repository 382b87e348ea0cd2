"""The charts of a search: Optuna's own, in the lab's colours."""

from collections.abc import Iterator

import optuna
import plotly.graph_objects as go

from mnist_core.search.sweep import Sweep
from mnist_core.training.config import SETTINGS
from pages.ui.charts.theme import Look

FEWEST_FOR_IMPORTANCE = 8
HEIGHT = 320
"""Pixels."""


def charts(found: Sweep, look: Look) -> Iterator[tuple[str, go.Figure]]:
    """Title and figure of each chart that the finished trials, at least one, are enough for."""
    for title, figure in _bare(found):
        yield title, _dressed(figure, title, look)


def _bare(found: Sweep) -> Iterator[tuple[str, go.Figure]]:
    draw = optuna.visualization
    yield "How the search went", draw.plot_optimization_history(found.study)
    yield "Which settings go together", draw.plot_parallel_coordinate(found.study)
    if len(found.spans) > 1 and len(found.finished()) >= FEWEST_FOR_IMPORTANCE:
        evaluator = optuna.importance.PedAnovaImportanceEvaluator()
        importance = draw.plot_param_importances(found.study, evaluator=evaluator)
        yield "Which setting mattered most", importance


LEGEND = {"Objective Value": "one trial", "Best Value": "the best so far"}
READ_RIGHT = "read right"


def _in_plain_words(figure: go.Figure) -> None:
    """Optuna's own words, and the names of hyperparameters, as the page calls them."""
    figure.for_each_trace(lambda trace: trace.update(name=LEGEND.get(trace.name, trace.name)))
    for trace in figure.select_traces({"type": "parcoords"}):
        for dimension in trace.dimensions:
            dimension.label = _title(dimension.label)
    for trace in figure.select_traces({"type": "bar"}):
        trace.y = [_title(name) for name in trace.y]


def _title(name: str) -> str:
    return SETTINGS[name].title if name in SETTINGS else READ_RIGHT


def _dressed(figure: go.Figure, title: str, look: Look) -> go.Figure:
    figure.update_layout(
        template=look.template(),
        title={"text": title, "y": 1, "yanchor": "top", "pad": {"t": 8}},
        height=HEIGHT,
        margin={"l": 48, "t": 84, "b": 48, "r": 24},
        paper_bgcolor=look.background,  # parallel coordinates paint over what is transparent
        legend={"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0},
    )
    _in_plain_words(figure)
    figure.update_yaxes(title={"text": ""})
    figure.update_xaxes(title={"standoff": 8})
    figure.update_traces(line={"color": look.accent}, selector={"mode": "lines"})
    figure.update_traces(marker={"color": look.second}, selector={"type": "bar"})
    figure.update_traces(
        line={"showscale": False, "colorscale": [(0, look.line), (1, look.accent)]},
        tickfont={"color": look.muted},
        labelfont={"color": look.text},
        selector={"type": "parcoords"},
    )
    return figure
