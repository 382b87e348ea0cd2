"""The answers of several networks to the same drawing, side by side."""

from collections.abc import Sequence

import streamlit as st

from mnist_core.arrays import Pixels
from mnist_core.drawing.reading import Prediction, read
from pages.ui.charts.percent import percent
from pages.ui.components import browser
from pages.ui.elements import accuracy_text, widgets
from pages.ui.elements.literal import in_markdown
from pages.ui.visit import models
from pages.ui.visit.models import NetworkChoice


def show(images: Pixels, readers: Sequence[NetworkChoice]) -> None:
    """Show the answer of each network, and say whether they agree.

    `images` are the digits of the drawing, `(n, 28, 28)`.
    """
    answers = [read(reader.model.network, images) for reader in readers]
    with st.grid("auto", min_column_width=210, border=True):
        for reader, predictions in zip(readers, answers, strict=True):
            with st.container():
                _opinion(reader, predictions)
    st.markdown(
        _agreement([in_markdown(reader.title) for reader in readers], list(map(_joined, answers)))
    )


def _joined(predictions: tuple[Prediction, ...]) -> str:
    return "".join(str(prediction.digit) for prediction in predictions)


def _opinion(reader: NetworkChoice, predictions: tuple[Prediction, ...]) -> None:
    model = reader.model
    st.markdown(f"**{in_markdown(reader.title)}**  \n{models.described(model.config)}")
    look = browser.look()
    likely = " ".join(percent(prediction.probability) for prediction in predictions)
    st.html(
        f'<div class="lab-opinion" style="font-size:3rem;font-weight:600;line-height:1.1;'
        f"overflow-wrap:anywhere;"
        f'color:{look.accent}">{_joined(predictions)}</div>'
        f'<div style="color:{look.muted}">{likely}</div>'
    )
    st.caption(accuracy_text.reads(model, widgets.data_or_stop()))


def _agreement(titles: Sequence[str], numbers: Sequence[str]) -> str:
    if len(set(numbers)) == 1:
        alone = "Train another network to get a second opinion."
        return "They all agree." if len(numbers) > 1 else alone
    answers = ", ".join(
        f"**{title}** says {number}" for title, number in zip(titles, numbers, strict=True)
    )
    return f"They disagree: {answers}."
