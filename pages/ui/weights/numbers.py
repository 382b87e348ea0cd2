"""The section "All its numbers": distributions by layer and stage; dead and saturated units."""

from functools import partial
from typing import Literal, TypeAlias, get_args

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from mnist_core.arrays import Indices
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
from pages.ui.weights.through_time import StageView, name

Kind: TypeAlias = Literal["weights", "biases", "activations", "gradients"]
Units: TypeAlias = dict[int, NDArray[np.bool_]]

ASKED = 200
"""Pictures from which activations and gradients are computed."""

AWAKE = 1_000
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
    kind = widgets.choose_one(
        "Which kind of numbers?",
        get_args(Kind),
        default="weights",
        key=Key.KIND,
    )
    st.markdown(EXPLAINED[kind] + " Each hill is one snapshot, the earliest on top.")
    _distributions(stage_view, kind)
    _idle(stage_view)


def _distributions(stage_view: StageView, kind: Kind) -> None:
    stages = stage_view.a_few()
    by_stage = one_after_another(
        "Counting all the numbers …",
        [partial(_numbers, stage_view.choice, stage.network, stage_view.data) for stage in stages],
    )
    chosen = stages.index(stage_view.stage)
    names = layer_names(stage_view.network)
    layers = weighted_layers(stage_view.network)
    for number, column in enumerate(widgets.in_pairs(len(layers))):
        layer = layers[number]
        numbers: list[Numbers] = [getattr(one[number], kind) for one in by_stage]
        edges, counted = shares([one.sample for one in numbers])
        now = numbers[chosen]
        subtitle = f"{now.total:,} {kind}, on average {now.mean:+.3g}, spread {now.deviation:.3g}"
        with column:
            widgets.chart(
                charts.ridges(
                    names[layer],
                    subtitle,
                    edges,
                    counted,
                    [name(stage).removeprefix("after ") for stage in stages],
                    chosen,
                    browser.look(),
                ),
                key=f"weights_ridges_{layer}",
            )


@cached()
def _numbers(_choice: NetworkChoice, network: Network, data: Data) -> list[LayerNumbers]:
    asked = data.test.subset(data.test.sample(ASKED))
    return layer_numbers(network, asked.images, asked.labels)


@cached()
def _stuck(_choice: NetworkChoice, network: Network, data: Data) -> tuple[Units, Units]:
    """Find the silent and the saturated units of each activation, by its layer."""
    images = data.test.images[data.test.sample(AWAKE)]
    return dead_units(network, images), saturated_units(network, images)


def _idle(stage_view: StageView) -> None:
    """List the dead and the saturated units of each layer."""
    silent, saturated = _stuck(stage_view.choice, stage_view.network, stage_view.data)
    tried = min(AWAKE, len(stage_view.data.test))
    st.subheader("Units that no longer learn", anchor=False)
    st.markdown(
        f"Tried on {tried:,} test pictures (test set). A *silent* unit passes on 0 whatever "
        "it sees (a dead ReLU); a *saturated* one always responds as strongly as it can, or not "
        "at all. Neither learns from mistakes any more."
    )
    names = layer_names(stage_view.network)
    for layer in weighted_layers(stage_view.network)[:-1]:
        behind = activation_behind(stage_view.network, layer)
        if behind in silent:
            counts = [
                _counted(np.flatnonzero(units), how)
                for units, how in ((silent[behind], "silent"), (saturated[behind], "saturated"))
                if units.any()
            ]
            listed = " and ".join(counts) or "none"
            st.markdown(f"- **{names[layer]}**: of {len(silent[behind])}, {listed}.")


def _counted(units: Indices, how: str) -> str:
    named = ", ".join(f"{unit + 1}" for unit in units[:MOST_NAMED])
    more = f" and {len(units) - MOST_NAMED} more" if len(units) > MOST_NAMED else ""
    number = "number" if len(units) == 1 else "numbers"
    return f"**{len(units)}** {how} ({number} {named}{more})"
