"""Pictures without labels among those that were brought: a network reads them, as a table."""

from functools import partial

import streamlit as st

from mnist_core.arrays import Pixels
from mnist_core.data import Choices, Data
from mnist_core.data.assembly import as_chosen
from mnist_core.data.exports import predictions_csv
from mnist_core.training.model import Model
from pages.ui.explore.bringing_choices import preview, size_in_words
from pages.ui.explore.session import Key
from pages.ui.visit import data_sets, models


def offer_predictions(images: Pixels, choices: Choices) -> None:
    """Show the first pictures, and offer the predictions of a network for all of them."""
    st.image(preview(images, choices), alt="The first pictures")
    data = data_sets.current()
    networks = models.offered(data)
    if not networks:
        models.say_none_fits(data)
        return
    choice = models.choose("Which network reads them?", networks, Key.READER, "conv")
    read = data.train.images
    if as_chosen(images[:1], choices).shape[1:] != read.shape[1:]:
        st.info(f"It reads {size_in_words(read)} pixels: choose another size above.")
        return
    st.download_button(
        "Predictions (.csv)",
        partial(predictions, choice.model, data, images, choices),
        "predictions.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
    )


def predictions(model: Model, data: Data, images: Pixels, choices: Choices) -> str:
    """Write the class that a network reads in each picture."""
    answers = model.predict(as_chosen(images, choices))
    return predictions_csv([data.class_names[answer] for answer in answers])
