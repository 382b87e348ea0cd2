"""What the charts of a search show is what its trials had, in words for people."""

import json
import math
from typing import Any

import optuna
import plotly.graph_objects as go
import pytest
from optuna.distributions import FloatDistribution, IntDistribution
from optuna.trial import TrialState
from streamlit.testing.v1 import AppTest

from mnist_core.search import executors
from mnist_core.search.space import SEARCHABLE, Span
from mnist_core.search.sweep import Sweep
from mnist_core.training.config import TrainingConfig
from pages.ui.charts.theme import LIGHT, LOOKS, Look
from pages.ui.train import session
from pages.ui.train.search import search_charts
from tests.pages.conftest import OpenPage, assert_calm

SPANS = (Span("learning_rate", 1e-4, 0.1), Span("units", 8, 128), Span("dropout", 0.0, 0.5))
DISTRIBUTIONS = {
    "learning_rate": FloatDistribution(1e-4, 0.1, log=True),
    "units": IntDistribution(8, 128, log=True),
    "dropout": FloatDistribution(0.0, 0.5),
}
BEST, LUCKLESS = 5, 7
TRIALS = [
    # a learning rate near 0.01 is good, and nothing else matters
    {"learning_rate": rate, "units": 8 + 7 * number, "dropout": 0.04 * number}
    for number, rate in enumerate([1e-4, 0.1, 3e-4, 0.05, 1e-3, 1e-2, 3e-3, 3e-2, 1.2e-2, 2e-4])
]


def accuracy(trial: dict[str, float]) -> float:
    return 0.97 - 0.02 * abs(math.log10(trial["learning_rate"]) + 2)


@pytest.fixture
def search() -> Sweep:
    """A search whose trials have ended; one of them was pruned."""
    found = Sweep(TrainingConfig(), SPANS, len(TRIALS), executors.opener(1), workers=1)
    for number, trial in enumerate(TRIALS):
        pruned = number == LUCKLESS
        found.study.add_trial(
            optuna.trial.create_trial(
                params=trial,
                distributions=DISTRIBUTIONS,
                value=None if pruned else accuracy(trial),
                state=TrialState.PRUNED if pruned else TrialState.COMPLETE,
            )
        )
    return found


FINISHED = [number for number in range(len(TRIALS)) if number != LUCKLESS]


def by_title(found: Sweep, look: Look = LIGHT) -> dict[str, go.Figure]:
    figures = list(search_charts(found, look))
    return {figure.layout.title.text: figure for figure in figures}


def test_how_it_went_names_its_axes_and_follows_the_best(search: Sweep) -> None:
    figure = by_title(search)["How the search went"]
    best, trials = figure.data
    assert (best.name, trials.name) == ("the best so far", "one trial")
    assert list(trials.x) == [number + 1 for number in FINISHED]
    shares = [accuracy(TRIALS[number]) for number in FINISHED]
    assert list(trials.y) == pytest.approx(shares)
    assert list(best.y) == pytest.approx([max(shares[: n + 1]) for n in range(len(shares))])
    assert figure.layout.xaxis.title.text == "trial"
    assert figure.layout.yaxis.title.text == "reads correctly"
    assert trials.text[FINISHED.index(BEST)] == (
        "learning rate 0.01, units in each hidden layer 43, dropout 0.2"
    )


def test_what_goes_together_has_a_line_a_trial_through_scales_with_names_and_ends(
    search: Sweep,
) -> None:
    figure = by_title(search)["Which settings go together"]
    assert len(figure.data) == len(FINISHED)
    names = [text.replace("<br>", " ") for text in figure.layout.yaxis.ticktext]
    titles = [SEARCHABLE[span.name].title for span in SPANS]
    assert names == [*titles, "Reads correctly"]
    *_, best = figure.data
    assert best.name == "the best trial"
    third = 2 / 3  # from 0.0001 to 0.1 by way of 0.01, in powers of ten
    units = math.log(43 / 8) / math.log(128 / 8)
    assert list(best.x) == pytest.approx([third, units, 0.2 / 0.5, 1])
    assert list(best.y) == list(figure.layout.yaxis.tickvals)
    assert sorted(best.y, reverse=True) == list(best.y), "the first on top"
    ends = [note.text for note in figure.layout.annotations]
    worst = min(accuracy(TRIALS[number]) for number in FINISHED)
    assert ends == ["0.0001", "0.1", "8", "128", "0", "0.5", f"{worst:.1%}", "97.0%"]
    assert best.text[:2] == ("Learning rate: 0.01", "Units in each hidden layer: 43")
    correct = [line.x[-1] for line in figure.data]
    assert correct == sorted(correct), "better ones lie over worse ones"


def test_what_mattered_most_are_optunas_figures_under_plain_names(search: Sweep) -> None:
    (bars,) = by_title(search)["Which setting mattered most"].data
    evaluator = optuna.importance.PedAnovaImportanceEvaluator()
    expected = optuna.importance.get_param_importances(search.study, evaluator=evaluator)
    titles = {SEARCHABLE[name].title: share for name, share in expected.items()}
    assert dict(zip(bars.y, bars.x, strict=True)) == pytest.approx(titles)
    assert bars.y[0] == "Learning rate"
    assert list(bars.x) == sorted(bars.x, reverse=True)


@pytest.mark.parametrize("look", LOOKS.values(), ids=lambda look: look.mode)
def test_charts_are_in_the_labs_colours_and_nothing_is_named_as_in_the_code(
    search: Sweep, look: Look
) -> None:
    for title, figure in by_title(search, look).items():
        assert len(title) < 36, "A telephone shows about 35 letters."
        assert figure.layout.paper_bgcolor in {None, "rgba(0,0,0,0)"}
        said = figure.to_json()
        for name in ("learning_rate", "Objective Value", "read right", "coloraxis", "colorbar"):
            assert name not in json.dumps(json.loads(said)["data"]), name
    together = by_title(search, look)["Which settings go together"]
    assert together.data[-1].line.color == look.second


def test_too_few_trials_say_nothing_of_what_mattered(search: Sweep) -> None:
    few = Sweep(TrainingConfig(), SPANS[:1], 3, executors.opener(1), workers=1)
    for trial in search.study.get_trials()[:3]:
        only = {"learning_rate": trial.params["learning_rate"]}
        few.study.add_trial(
            optuna.trial.create_trial(
                params=only,
                distributions={"learning_rate": DISTRIBUTIONS["learning_rate"]},
                value=0.5,
            )
        )
    figures = by_title(few)
    assert list(figures) == ["How the search went", "Which settings go together"]
    for line in figures["Which settings go together"].data:
        assert line.x[-1] == 0.5, "all are equally good"


def test_the_page_shows_them(
    open_page: OpenPage, search: Sweep, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "of_visit", lambda: session.TrainPageState(sweep=search))
    page = open_page("train")
    assert_calm(page)
    assert set(titles(page)) >= set(by_title(search))
    told = "\n".join(one.value for one in page.markdown)
    assert "reads **97.0%** correctly in the practice exam" in told


def titles(page: AppTest) -> list[Any]:
    figures = [json.loads(part.proto.spec) for part in page.get("plotly_chart")]
    return [figure["layout"]["title"]["text"] for figure in figures]
