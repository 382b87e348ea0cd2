"""The section "When does it break?": accuracy on corrupted pictures, by kind and strength."""

from collections.abc import Mapping
from functools import partial
from itertools import accumulate
from typing import TypeAlias

import numpy as np
import streamlit as st

from mnist_core.data import Data, Dataset
from mnist_core.evaluation.corruptions import CORRUPTIONS, STRENGTHS
from mnist_core.evaluation.robustness import CorruptionResult, corrupt, robustness, sampled
from mnist_core.models.stored_figures import stored_figures
from mnist_core.nn.network import Network
from pages.ui import charts
from pages.ui.components import browser
from pages.ui.components.image_grid import Pictures, image_grid
from pages.ui.elements import widgets
from pages.ui.elements.literal import in_markdown
from pages.ui.elements.shares import in_percent, share_column
from pages.ui.mistakes import session
from pages.ui.mistakes.charts import accuracy_by_strength
from pages.ui.mistakes.evaluation import Examined
from pages.ui.mistakes.session import Key
from pages.ui.visit.analysis_cache import cached
from pages.ui.visit.long_work import LongWork, Steps, in_equal_steps
from pages.ui.visit.models import NetworkChoice

SHOWN = 6

Results: TypeAlias = tuple[CorruptionResult, ...]


def show(examined: Examined) -> None:
    """Show the accuracy by kind and strength, with pictures, and the mean of all."""
    st.markdown(
        "Life spoils pictures: they are shifted, turned, faded, dirty. People can still read them. "
        "Pick what happens to them, and see how long the network can."
    )
    by_network = {
        one.title: _measured(one, examined.data).result(
            f"Spoiling pictures, and asking {in_markdown(one.title)} …"
        )
        for one in examined.ask_beside(Key.BREAK_BESIDE)
    }
    st.markdown(
        " ".join(
            f"Of all spoiled pictures together, **{in_markdown(title)}** reads "
            f"**{np.mean([one.accuracy for one in results]):.1%}** correctly."
            for title, results in by_network.items()
        )
    )
    kind: str = st.selectbox(
        "What happens to the pictures?",
        list(CORRUPTIONS),
        format_func=lambda kind: CORRUPTIONS[kind].title,
        key=Key.KIND,
        persist_state="session",
    )
    left, right = st.columns([3, 2], gap="medium")
    with left:
        corruption = CORRUPTIONS[kind]
        accuracies = {title: _of_kind(kind, results) for title, results in by_network.items()}
        figure = accuracy_by_strength(
            corruption.strengths, accuracies, corruption.title, corruption.unit, browser.look()
        )
        widgets.chart(figure)
    with right:
        _show_spoilt(kind, sampled(examined.data.test))
    _show_all_kinds(by_network)


@cached()
def _measured(choice: NetworkChoice, data: Data) -> LongWork[Results]:
    return LongWork(partial(_measure, choice.model.network, data.test))


def _measure(network: Network, test: Dataset) -> Steps[Results]:
    stored = stored_figures(network, test)
    if stored:
        yield 1.0, stored.spoilt
        return
    one_by_one = ((one,) for one in robustness(network, sampled(test)))
    yield from in_equal_steps(len(CORRUPTIONS) * STRENGTHS, accumulate(one_by_one))


def _of_kind(kind: str, results: Results) -> list[float]:
    """Return the accuracy at each strength of a kind."""
    return [one.accuracy for one in results if one.kind == kind]


def _show_spoilt(kind: str, sample: Dataset) -> None:
    """Show some pictures, a row for each strength of a kind."""
    st.markdown("**What that looks like**, a row for each strength")
    corruption = CORRUPTIONS[kind]
    some = sample.subset(np.arange(SHOWN))
    spoilt = [corrupt(some, corruption, strength).images for strength in corruption.strengths]
    pictures = Pictures(
        title=f"Pictures that are {corruption.title.lower()}, a row for each strength",
        tiles=charts.inked(np.concatenate(spoilt), browser.look()),
        names=[
            f"{corruption.title}: {strength:g} ({corruption.unit}), picture {number + 1}"
            for strength in corruption.strengths
            for number in range(SHOWN)
        ],
        columns=SHOWN,
    )
    image_grid(pictures, key=session.grid_key("spoilt"))


def _show_all_kinds(by_network: Mapping[str, Results]) -> None:
    """Show a table of the mean accuracy over all strengths of a kind, a column a network."""
    rows = [
        {"What happens": corruption.title}
        | {
            title: in_percent(float(np.mean(_of_kind(kind, results))))
            for title, results in by_network.items()
        }
        for kind, corruption in CORRUPTIONS.items()
    ]
    columns = dict.fromkeys(by_network, share_column())
    st.dataframe(rows, hide_index=True, height="content", column_config=columns)
    every = [one for results in by_network.values() for one in results]
    widest = max((one.interval.high - one.interval.low) / 2 for one in every)
    st.caption(
        f"Averages over five strengths each, on {every[0].n:,} test pictures (test set) drawn at "
        f"random; the 95% confidence interval of a point is at most ±{100 * widest:.1f} percentage "
        "points. For comparison: a typical network that reads 99.0% of clean pictures "
        "correctly still reads 75.9% of those of MNIST-C, spoiled in 15 ways at one strength each "
        "(Mu and Gilmer 2019)."
    )
