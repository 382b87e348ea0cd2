"""Draw: the visitor writes a digit, and a network reads it."""

import numpy as np
import streamlit as st

from mnist_core.errors import LabError
from mnist_core.reading import prepare_digits, read
from mnist_core.storage import Model
from pages.ui import charts, state, widgets
from pages.ui.drawing import answer, pad, readers
from pages.ui.drawing.table import WIDTH, Table


@st.fragment
def desk(choices: dict[str, Model]) -> None:
    """The paper and the answer; a stroke runs this again and nothing else."""
    table = state.table()
    left, right = st.columns([WIDTH, 560], gap="large")
    with left:
        pad.paper(table)
        pad.tools(table)
    with right:
        place = st.empty()
        model, threshold = readers.choose(choices)
        with place.container():
            reading(table, model, threshold)


def reading(table: Table, model: Model, threshold: float) -> None:
    """What the network says, or an invitation where there is nothing to read."""
    try:
        prepared = prepare_digits(table.pixels())
    except LabError as error:
        st.info(str(error), icon=":material/edit_off:")
        return
    if not prepared:
        st.subheader("Draw a digit", anchor=False)
        st.markdown("Large and in the middle, or small in a corner. Or a number, such as your age.")
        return
    look = widgets.look()
    images = np.stack([step.image for step in prepared])
    answers = read(model.network, images)
    said, seen = st.columns([2, 1])
    said.html(answer.verdict(answers, threshold, len(table.sketch), look))
    seen.image(
        charts.montage(charts.inked(images, look), 4, zoom=5),
        width=150 if len(images) == 1 else "stretch",
        caption="What the network sees",
        alt="The drawing as 28 by 28 grey values",
    )
    if len(answers) == 1:
        st.html(answer.bars(answers[0].probabilities, look))


widgets.header(
    "Draw",
    "Write a digit on the paper, and a network reads it: after every stroke, without a button.",
)
desk(readers.readers())
