"""Several networks read the same drawing, side by side."""

from collections.abc import Mapping

import streamlit as st

from mnist_core.arrays import Pixels
from mnist_core.drawing.reading import Answer, read
from mnist_core.files.storage import Model
from pages.ui import models, widgets
from pages.ui.draw import answer


def show(images: Pixels, choices: Mapping[str, Model]) -> None:
    """What each says, and whether they agree."""
    said = {name: read(model.network, images) for name, model in choices.items()}
    numbers = {name: _joined(answers) for name, answers in said.items()}
    with st.grid("auto", min_column_width=210, border=True):
        for name, answers in said.items():
            with st.container():
                _opinion(name, choices[name], answers)
    st.markdown(_agreement(numbers))


def _joined(answers: tuple[Answer, ...]) -> str:
    return "".join(str(found.digit) for found in answers)


def _opinion(name: str, model: Model, answers: tuple[Answer, ...]) -> None:
    st.markdown(f"**{name}**  \n{models.described(model.config)}")
    look = widgets.look()
    likely = " ".join(answer.percent(found.probability) for found in answers)
    st.html(
        f'<div class="lab-opinion" style="font-size:3rem;font-weight:600;line-height:1.1;'
        f'color:{look.accent}">{_joined(answers)}</div>'
        f'<div style="color:{look.muted}">{likely}</div>'
    )
    measured = model.results.get("test_accuracy", model.results.get("dev_accuracy"))
    if measured is not None:
        kind = "MNIST's test pictures" if "test_accuracy" in model.results else "pictures kept back"
        st.caption(f"reads {measured:.1%} of {kind}")


def _agreement(numbers: Mapping[str, str]) -> str:
    if len(set(numbers.values())) == 1:
        return "They all agree." if len(numbers) > 1 else "Train another to get a second opinion."
    told = ", ".join(f"{name} says {number}" for name, number in numbers.items())
    return f"They do not agree: {told}."
