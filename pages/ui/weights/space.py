"""The section "Where pictures land": test pictures in the hidden space of each layer."""

from functools import partial
from itertools import accumulate

import numpy as np
import streamlit as st

from mnist_core.data import Data, Dataset
from mnist_core.insight.hidden_space import PIXELS, Space, spaces, turned_like
from mnist_core.insight.subnetworks import weighted_layers
from mnist_core.nn.network import Network
from pages.ui import charts
from pages.ui.charts.maps import PointGroup
from pages.ui.charts.theme import class_colour
from pages.ui.components import browser
from pages.ui.elements import samples, widgets
from pages.ui.visit.analysis_cache import cached
from pages.ui.visit.long_work import LongWork, Steps, in_equal_steps
from pages.ui.visit.models import NetworkChoice
from pages.ui.weights.study import layer_names
from pages.ui.weights.through_time import StageView

ASKED = 600
HEIGHT = 380


def show(stage_view: StageView) -> None:
    """Show a map of the pictures by their pixels, and one by each layer's output."""
    st.markdown(
        f"Each point is one of {min(ASKED, len(stage_view.data.test)):,} test pictures (test set). "
        "Those that land close together are alike: on the first map square by square, on the "
        "others in what a layer of the network makes of them. **Drag the Training replay slider, "
        f"and watch the {'digits' if stage_view.vocabulary.digits else 'classes'} come apart.**"
    )
    st.caption(
        "Across and up: the two directions in which they differ most (*principal components*) in "
        "what each layer passes on, turned so that a map stays in place while the slider moves."
    )
    names = {PIXELS: "The picture itself (pixels)"} | layer_names(stage_view.network)
    last, now = (
        _laying_out(stage_view.choice, stage.network, stage_view.data).result(
            "Laying out the pictures …"
        )
        for stage in (stage_view.stages[-1], stage_view.stage)
    )
    for column, space, at_last in zip(widgets.in_pairs(len(now)), now, last, strict=True):
        with column:
            _map(stage_view, space, at_last, names[space.layer])


@cached()
def _laying_out(
    _choice: NetworkChoice, network: Network, data: Data
) -> LongWork[tuple[Space, ...]]:
    return LongWork(partial(_find, network, data.test))


def _find(network: Network, test: Dataset) -> Steps[tuple[Space, ...]]:
    asked = test.subset(test.sample(ASKED))
    layer_by_layer = ((one,) for one in spaces(network, asked.images, asked.labels))
    return in_equal_steps(1 + len(weighted_layers(network)), accumulate(layer_by_layer))


def _map(stage_view: StageView, space: Space, at_last: Space, name: str) -> None:
    test, class_names = stage_view.data.test, stage_view.vocabulary
    asked = test.sample(ASKED)
    labels = test.labels[asked]
    groups = [
        PointGroup(class_names.name(label), class_colour(label), np.flatnonzero(labels == label))
        for label in np.unique(labels).tolist()
    ]
    figure = charts.picture_map(
        name,
        f"{space.told_apart:.0%} lie nearest to the average of their own {class_names.kind}",
        turned_like(space.places, at_last.places),
        samples.names(test.labels, asked, class_names),
        groups,
        browser.look(),
        HEIGHT,
    )
    figure.update_layout(dragmode=False, margin={"t": 64})
    widgets.chart(figure, key=f"weights_space_{space.layer}")
