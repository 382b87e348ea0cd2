"""The answers of several networks to the same drawing, side by side."""

from collections.abc import Sequence

import streamlit as st

from mnist_core.arrays import Pixels
from mnist_core.drawing.reading import read
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
    look = browser.look()
    answers: list[tuple[str, str]] = []
    with st.grid("auto", min_column_width=210, border=True):
        for reader in readers:
            predictions, title = read(reader.model.network, images), in_markdown(reader.title)
            number = "".join(str(prediction.digit) for prediction in predictions)
            likely = " ".join(percent(prediction.probability) for prediction in predictions)
            answers.append((title, number))
            with st.container():
                st.markdown(f"**{title}**  \n{models.described(reader.model.config)}")
                st.html(
                    '<div class="lab-opinion" style="font-size:3rem;font-weight:600;'
                    f"line-height:1.1;overflow-wrap:anywhere;color:{look.accent}"
                    f'">{number}</div><div style="color:{look.muted}">{likely}</div>'
                )
                st.caption(accuracy_text.reads(reader.model, widgets.data_or_stop()))
    if len(answers) == 1:
        st.markdown("Train another network to get a second opinion.")
    elif len({number for _, number in answers}) == 1:
        st.markdown("They all agree.")
    else:
        listed = ", ".join(f"**{title}** says {number}" for title, number in answers)
        st.markdown(f"They disagree: {listed}.")
