"""The section "All its numbers": distributions by layer and stage; dead and saturated units."""

from functools import partial
from typing import Literal, TypeAlias, get_args

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from mnist_core.data import Data
from mnist_core.insight.dead_units import dead_units, saturated_units
from mnist_core.insight.distributions import LayerNumbers, Numbers, layer_numbers, shares
from mnist_core.insight.subnetworks import weighted_layers
from mnist_core.insight.units import activation_behind
from mnist_core.nn.network import Network
from pages.ui import charts
from pages.ui.components import browser
from pages.ui.elements import widgets
from pages.ui.elements.mention import mention
from pages.ui.visit.analysis_cache import cached
from pages.ui.visit.long_work import one_after_another
from pages.ui.visit.models import NetworkChoice
from pages.ui.weights.session import Key
from pages.ui.weights.study import layer_names
from pages.ui.weights.through_time import StageView, stage_name

Kind: TypeAlias = Literal["weights", "biases", "activations", "gradients"]
Units: TypeAlias = dict[int, NDArray[np.bool_]]

ASKED = 200
"""Pictures from which activations and gradients are computed."""

TRIED = 1_000
"""Pictures on which dead and saturated units are sought."""

MOST_NAMED = 60

EXPLAINED: dict[Kind, str] = {
    "weights": "What each input of a unit is multiplied by. They start near 0; those that matter "
    "move away from it.",
    "biases": "What each unit adds, whatever it sees: how easily it responds.",
    "activations": "What the units pass on to the next layer, for all pictures together. A peak at "
    "0 means units that do not respond.",
    "gradients": f"How hard mistakes in the answer pull on each weight ({mention('gradient')}). "
    "Where all are close to 0, nothing is learned any more.",
}


def show(stage_view: StageView) -> None:
    """Show the distributions of a kind of numbers, and the units that no longer learn."""
    kind = widgets.choose_one("Which kind of numbers?", get_args(Kind), key=Key.KIND)
    st.markdown(EXPLAINED[kind] + " Each hill is one snapshot, the earliest on top.")
    _distributions(stage_view, kind)
    _idle_units(stage_view)


def _distributions(stage_view: StageView, kind: Kind) -> None:
    stages = stage_view.a_few()
    by_stage = one_after_another(
        "Counting all the numbers …",
        [partial(_numbers, stage_view.choice, stage.network, stage_view.data) for stage in stages],
    )
    chosen = stages.index(stage_view.stage)
    moments = [stage_name(stage).removeprefix("after ") for stage in stages]
    titles = layer_names(stage_view.network)
    for index, (column, layer) in enumerate(
        zip(widgets.in_pairs(len(titles)), titles, strict=True)
    ):
        numbers: list[Numbers] = [getattr(one[index], kind) for one in by_stage]
        edges, counts = shares([one.sample for one in numbers])
        now = numbers[chosen]
        subtitle = f"{now.total:,} {kind}, on average {now.mean:+.3g}, spread {now.deviation:.3g}"
        ridges = charts.ridges(
            titles[layer], subtitle, edges, counts, moments, chosen, browser.look()
        )
        with column:
            widgets.chart(ridges, key=f"weights_ridges_{layer}")


@cached()
def _numbers(_choice: NetworkChoice, network: Network, data: Data) -> list[LayerNumbers]:
    asked = data.test.subset(data.test.sample(ASKED))
    return layer_numbers(network, asked.images, asked.labels)


@cached()
def _dead_and_saturated(
    _choice: NetworkChoice, network: Network, data: Data
) -> tuple[Units, Units]:
    """Find the dead and the saturated units of each activation, by its layer."""
    images = data.test.images[data.test.sample(TRIED)]
    return dead_units(network, images), saturated_units(network, images)


def _idle_units(stage_view: StageView) -> None:
    """List the dead and the saturated units of each layer."""
    network, data = stage_view.network, stage_view.data
    dead, saturated = _dead_and_saturated(stage_view.choice, network, data)
    st.subheader("Units that no longer learn", anchor=False)
    st.markdown(
        f"Tried on {min(TRIED, len(data.test)):,} test pictures (test set). A *silent* unit passes "
        "on 0 whatever it sees (a dead ReLU); a *saturated* one always responds as strongly as it "
        "can, or not at all. Neither learns from mistakes any more."
    )
    names = layer_names(network)
    for layer in weighted_layers(network)[:-1]:
        behind = activation_behind(network, layer)
        if behind in dead:
            both = (_listed(dead[behind], "silent"), _listed(saturated[behind], "saturated"))
            listed = " and ".join(filter(None, both)) or "none"
            st.markdown(f"- **{names[layer]}**: of {len(dead[behind])}, {listed}.")


def _listed(are_idle: NDArray[np.bool_], how: str) -> str:
    """Count and list the units that are idle in a way; "" if none is."""
    units = np.flatnonzero(are_idle)
    if not len(units):
        return ""
    listed = ", ".join(f"{unit + 1}" for unit in units[:MOST_NAMED])
    more = f" and {len(units) - MOST_NAMED} more" if len(units) > MOST_NAMED else ""
    number = "number" if len(units) == 1 else "numbers"
    return f"**{len(units)}** {how} ({number} {listed}{more})"
