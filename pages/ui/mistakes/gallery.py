"""The section "Its mistakes": misread pictures, most confident first, and one close up."""

from collections.abc import Mapping

import streamlit as st

from mnist_core.arrays import Indices, Pixels
from mnist_core.data import Data
from mnist_core.exploration.neighbours import nearest_pictures
from mnist_core.insight.explanation import saliency
from pages.ui import charts
from pages.ui.charts.percent import percent
from pages.ui.components import browser
from pages.ui.components.gallery import gallery
from pages.ui.components.image_grid import Pictures
from pages.ui.elements import samples, widgets
from pages.ui.elements.confusion_panel import LabelledPredictions
from pages.ui.elements.literal import in_markdown
from pages.ui.mistakes import quiz, session
from pages.ui.mistakes.session import Key
from pages.ui.visit import shared, site
from pages.ui.visit.models import NetworkChoice

A_PAGE = 40
COLUMNS = 10
NEAREST = 10


def show(
    labelled: LabelledPredictions,
    choice: NetworkChoice,
    others: Mapping[str, NetworkChoice],
    data: Data,
) -> None:
    """Show all misread pictures, and the chosen one close up."""
    wrong = labelled.predictions.mistakes
    if not len(wrong):
        st.success("It reads every picture of this exam correctly: there are no mistakes to see.")
        return
    st.markdown(
        f"All **{len(wrong):,}** of its mistakes, surest first; below each, what it said and how "
        "sure it was. Pick one to see what misled it."
    )
    quiz.show(labelled, (choice.key, labelled.half))
    place = gallery(
        Key.MISTAKE,
        len(wrong),
        A_PAGE,
        lambda shown: _pictures(labelled, wrong[shown.start : shown.stop]),
        reveals=Key.CLOSE_UP,
    )
    with st.container(key=Key.CLOSE_UP):
        _close_up(labelled, int(wrong[place]), choice, others, data)


def _pictures(labelled: LabelledPredictions, numbers: Indices) -> Pictures:
    predictions, places = labelled.predictions, labelled.places[numbers]
    answers = [
        f"{labelled.class_names.name(predictions.predicted[number])}, "
        f"{percent(predictions.confidences[number])}"
        for number in numbers
    ]
    names = samples.names(labelled.dataset.labels, places, labelled.class_names)
    return Pictures(
        title="Its mistakes; pick one to see what misled it",
        tiles=charts.inked(labelled.dataset.images[places], browser.look()),
        names=[f"{name}, read as {what}" for name, what in zip(names, answers, strict=True)],
        columns=COLUMNS,
        narrowest=64,
        gap=6,
        captions=answers,
    )


def _close_up(
    labelled: LabelledPredictions,
    number: int,
    choice: NetworkChoice,
    others: Mapping[str, NetworkChoice],
    data: Data,
) -> None:
    predictions, class_names = labelled.predictions, labelled.class_names
    true, predicted = int(predictions.labels[number]), int(predictions.predicted[number])
    image = labelled.dataset.images[labelled.places[number]]
    chances = predictions.probabilities[:, number]
    look = browser.look()
    st.subheader(
        f"{class_names.one(true).capitalize()}, read as {class_names.one(predicted)}", anchor=False
    )
    st.markdown(
        f"How sure it was: {percent(chances[predicted])} for {class_names.one(predicted)}, "
        f"{percent(chances[true])} for {class_names.one(true)}."
    )
    picture, misled, bars = st.columns([1, 1, 2], gap="medium")
    with picture:
        widgets.picture(charts.inked(image, look), "stretch", "The picture", "the picture")
    ink = saliency(choice.model.network, image, predicted, true)
    with misled:
        widgets.picture(
            charts.signed(ink, look),
            "stretch",
            "The ink that misled it",
            f"orange ink made {class_names.name(predicted)} likelier, blue ink "
            f"{class_names.name(true)}",
        )
    with bars:
        names = [class_names.name(label) for label in range(predictions.classes)]
        widgets.chart(charts.likelihood_bars(chances, names, look))
    _other_opinions(labelled, number, choice, others)
    _nearest(labelled, image, data)
    if st.button("See it on Explore", icon=site.FORWARD):
        shared.explore_picture(labelled.half, int(labelled.places[number]))


def _nearest(labelled: LabelledPredictions, image: Pixels, data: Data) -> None:
    """Show the training pictures nearest to it, pixel by pixel."""
    nearest = nearest_pictures(data.train.images, image, NEAREST)
    st.markdown("**The nearest training pictures**")
    samples.grid_to_explore(
        data.train,
        "train",
        nearest.indices,
        labelled.class_names,
        "The nearest training pictures; pick one to look at it closely",
        key=session.grid_key("nearest"),
        columns=COLUMNS,
        narrowest=48,
        captions=[labelled.class_names.name(label) for label in data.train.labels[nearest.indices]],
    )


def _other_opinions(
    labelled: LabelledPredictions,
    number: int,
    choice: NetworkChoice,
    others: Mapping[str, NetworkChoice],
) -> None:
    """Show the answers of the other networks to the same picture."""
    image, class_names = labelled.dataset.images[[labelled.places[number]]], labelled.class_names
    opinions = []
    for key, other in others.items():
        if key == choice.key:
            continue
        chances = other.model.network.probabilities(image)[:, 0]
        best = int(chances.argmax())
        mark = "✓" if best == labelled.predictions.labels[number] else "✗"
        title = in_markdown(other.title)
        opinions.append(f"{mark} **{title}**: {class_names.name(best)}, {percent(chances[best])}")
    if opinions:
        st.markdown("What the other networks say about it: " + " · ".join(opinions))
