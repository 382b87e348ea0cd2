"""Its mistakes, the surest first: what each picture is, what was said, and which ink misled."""

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
from pages.ui.elements.confusion_panel import Exam
from pages.ui.elements.literal import in_markdown
from pages.ui.mistakes import quiz, session
from pages.ui.mistakes.session import Key
from pages.ui.visit import shared, site
from pages.ui.visit.models import Choice

A_PAGE = 40
COLUMNS = 10
NEAREST = 10


def show(exam: Exam, choice: Choice, others: Mapping[str, Choice], data: Data) -> None:
    """All pictures that a network reads wrong, and the one that is chosen, closely."""
    wrong = exam.answers.mistakes
    if not len(wrong):
        st.success("It reads every picture of this exam correctly: there are no mistakes to see.")
        return
    st.markdown(
        f"All **{len(wrong):,}** of its mistakes, surest first; below each, what it said and how "
        "sure it was. Pick one to see what misled it."
    )
    quiz.show(exam, (choice.key, exam.half))
    place = gallery(
        Key.MISTAKE,
        len(wrong),
        A_PAGE,
        lambda shown: _pictures(exam, wrong[shown.start : shown.stop]),
        reveals=Key.CLOSE_UP,
    )
    with st.container(key=Key.CLOSE_UP):
        _close_up(exam, int(wrong[place]), choice, others, data)


def _pictures(exam: Exam, numbers: Indices) -> Pictures:
    answers, places = exam.answers, exam.places[numbers]
    told = [
        f"{exam.words.name(answers.said[number])}, {percent(answers.confidences[number])}"
        for number in numbers
    ]
    names = samples.names(exam.dataset.labels, places, exam.words)
    return Pictures(
        title="Its mistakes; pick one to see what misled it",
        tiles=charts.inked(exam.dataset.images[places], browser.look()),
        names=[f"{name}, read as {what}" for name, what in zip(names, told, strict=True)],
        columns=COLUMNS,
        narrowest=64,
        gap=6,
        captions=told,
    )


def _close_up(
    exam: Exam, number: int, choice: Choice, others: Mapping[str, Choice], data: Data
) -> None:
    answers, words = exam.answers, exam.words
    true, said = int(answers.labels[number]), int(answers.said[number])
    image = exam.dataset.images[exam.places[number]]
    chances = answers.probabilities[:, number]
    look = browser.look()
    st.subheader(f"{words.one(true).capitalize()}, read as {words.one(said)}", anchor=False)
    st.markdown(
        f"How sure it was: {percent(chances[said])} for {words.one(said)}, "
        f"{percent(chances[true])} for {words.one(true)}."
    )
    picture, misled, bars = st.columns([1, 1, 2], gap="medium")
    with picture:
        widgets.picture(charts.inked(image, look), "stretch", "The picture", "the picture")
    ink = saliency(choice.model.network, image, said, true)
    with misled:
        widgets.picture(
            charts.signed(ink, look),
            "stretch",
            "The ink that misled it",
            f"orange ink made {words.name(said)} likelier, blue ink {words.name(true)}",
        )
    with bars:
        names = [words.name(label) for label in range(answers.classes)]
        widgets.chart(charts.likelihood_bars(chances, names, look))
    _other_opinions(exam, number, choice, others)
    _nearest(exam, image, data)
    if st.button("See it on Explore", icon=site.FORWARD):
        shared.explore_picture(exam.half, int(exam.places[number]))


def _nearest(exam: Exam, image: Pixels, data: Data) -> None:
    """The training pictures nearest to it, pixel by pixel: what it could have learnt from."""
    found = nearest_pictures(data.train.images, image, NEAREST)
    st.markdown("**The nearest training pictures**")
    samples.grid_to_explore(
        data.train,
        "train",
        found.indices,
        exam.words,
        "The nearest training pictures; pick one to look at it closely",
        key=session.grid_key("nearest"),
        columns=COLUMNS,
        narrowest=48,
        captions=[exam.words.name(label) for label in data.train.labels[found.indices]],
    )


def _other_opinions(exam: Exam, number: int, choice: Choice, others: Mapping[str, Choice]) -> None:
    """Show the answers of the other networks to the same picture."""
    image, words = exam.dataset.images[[exam.places[number]]], exam.words
    told = []
    for key, other in others.items():
        if key == choice.key:
            continue
        chances = other.model.network.probabilities(image)[:, 0]
        best = int(chances.argmax())
        mark = "✓" if best == exam.answers.labels[number] else "✗"
        title = in_markdown(other.title)
        told.append(f"{mark} **{title}**: {words.name(best)}, {percent(chances[best])}")
    if told:
        st.markdown("What the other networks say about it: " + " · ".join(told))
