"""The section "Its mistakes": misread pictures, most confident first, and one close up."""

import streamlit as st

from mnist_core.arrays import Indices
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
from pages.ui.mistakes.evaluation import Examined
from pages.ui.mistakes.session import Key
from pages.ui.visit import shared, site

A_PAGE = 40
COLUMNS = 10
NEAREST = 10


def show(examined: Examined) -> None:
    """Show all misread pictures, and the chosen one close up."""
    labelled = examined.labelled
    wrong = labelled.predictions.mistakes
    if not len(wrong):
        st.success("It reads every picture of this exam correctly: there are no mistakes to see.")
        return
    st.markdown(
        f"All **{len(wrong):,}** of its mistakes, surest first; below each, what it said and how "
        "sure it was. Pick one to see what misled it."
    )
    quiz.show(labelled, (examined.choice.key, labelled.half))
    place = gallery(
        Key.MISTAKE,
        len(wrong),
        A_PAGE,
        lambda shown: _pictures(labelled, wrong[shown.start : shown.stop]),
        reveals=Key.CLOSE_UP,
    )
    with st.container(key=Key.CLOSE_UP):
        _show_close_up(examined, int(wrong[place]))


def _pictures(labelled: LabelledPredictions, numbers: Indices) -> Pictures:
    predictions, indices = labelled.predictions, labelled.indices[numbers]
    answers = [
        f"{labelled.class_names.name(predictions.predicted[number])}, "
        f"{percent(predictions.confidences[number])}"
        for number in numbers
    ]
    names = samples.names(labelled.dataset.labels, indices, labelled.class_names)
    return Pictures(
        title="Its mistakes; pick one to see what misled it",
        tiles=charts.inked(labelled.dataset.images[indices], browser.look()),
        names=[f"{name}, read as {what}" for name, what in zip(names, answers, strict=True)],
        columns=COLUMNS,
        narrowest=64,
        gap=6,
        captions=answers,
    )


def _show_close_up(examined: Examined, number: int) -> None:
    """Show a misread picture, the ink that misled the network, and other networks' answers."""
    labelled, class_names, look = examined.labelled, examined.class_names, browser.look()
    predictions, index = labelled.predictions, int(labelled.indices[number])
    true, predicted = int(predictions.labels[number]), int(predictions.predicted[number])
    image = labelled.dataset.images[index]
    chances = predictions.probabilities[:, number]
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
    with misled:
        ink = saliency(examined.choice.model.network, image, predicted, true)
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
    opinions = []
    for other in examined.others.values():
        chances = other.model.network.probabilities(image[None])[:, 0]
        best = int(chances.argmax())
        opinions.append(
            f"{'✓' if best == true else '✗'} **{in_markdown(other.title)}**: "
            f"{class_names.name(best)}, {percent(chances[best])}"
        )
    if opinions:
        st.markdown("What the other networks say about it: " + " · ".join(opinions))
    train = examined.data.train
    nearest = nearest_pictures(train.images, image, NEAREST).indices
    st.markdown("**The nearest training pictures**")
    samples.grid_to_explore(
        train,
        "train",
        nearest,
        class_names,
        "The nearest training pictures; pick one to look at it closely",
        key=session.grid_key("nearest"),
        columns=COLUMNS,
        narrowest=48,
        captions=[class_names.name(label) for label in train.labels[nearest]],
    )
    if st.button("See it on Explore", icon=site.FORWARD):
        shared.explore_picture(labelled.half, index)
