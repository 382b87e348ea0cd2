"""The Explore page: the images of the data set, and statistics about them."""

import streamlit as st

from pages.ui import charts
from pages.ui.components import browser
from pages.ui.components.image_grid import Pictures, image_grid
from pages.ui.elements import samples, widgets
from pages.ui.elements.vocabulary import Vocabulary, vocabulary
from pages.ui.explore import (
    changes,
    computed,
    data_choice,
    distributions,
    gallery,
    map_view,
    oddities,
    picture,
    session,
)
from pages.ui.explore.parts import part_control
from pages.ui.explore.session import Key
from pages.ui.frame.next_steps import NextStep, next_steps
from pages.ui.visit import shared, url_state
from pages.ui.visit.site import room


def averages(summary: samples.Summary, class_names: Vocabulary) -> None:
    """Show the average image of each class; the gallery shows the class of a chosen one."""
    st.subheader(f"The average of each {class_names.kind}", anchor=False)
    st.markdown(
        f"All pictures of a {class_names.kind} laid on top of each other: strong where most "
        f"people put "
        "ink, blurred where they disagree. Pick one to see its pictures."
    )
    image_grid(
        Pictures(
            title=f"The average picture of each {class_names.kind}; pick one to see its pictures",
            tiles=charts.inked(summary.means, browser.look()),
            names=[f"the average {class_names.name(label)}" for label in range(len(summary.means))],
            columns=5,
            narrowest=56,
        ),
        key=Key.AVERAGES,
        on_choose=session.choose_class,
        reveals=Key.GALLERY,
    )


def balance_and_averages(summary: samples.Summary, class_names: Vocabulary) -> None:
    """Show the number of images of each class, and their averages."""
    st.space("small")
    left, right = st.columns(2, gap="medium")
    with left:
        names = [class_names.name(label) for label in range(len(summary.means))]
        widgets.chart(charts.class_balance(summary.counts, names, browser.look()))
    with right:
        averages(summary, class_names)


widgets.header(
    "Explore",
    "These are the pictures everything here learns from: leaf through them, and look closely.",
)
data_choice.show()
data = widgets.data_or_stop()
session.keep_to(data)
url_state.read_url("explore", session.LINKED)
session.adopt_picture()
part = part_control(data)
section = widgets.choose_one(
    "What do you want to see?",
    session.SECTIONS,
    format_func=session.section_title,
    default=session.GALLERY_SECTION,
    key=Key.SECTION,
)
summary, class_names = computed.summary(data, part.half), vocabulary(data)
if section == session.GALLERY_SECTION:
    with st.container(key=Key.GALLERY):
        st.subheader("The gallery", anchor=False)
    gallery.show(part, class_names, summary.ink)
    balance_and_averages(summary, class_names)
elif section == session.PICTURE_SECTION:
    picture.show(data, part, class_names, summary.ink)
elif section == session.SHAPE_SECTION:
    distributions.show(data, part.half, class_names)
elif section == session.MAP_SECTION:
    map_view.show(data, part, class_names)
elif section == session.ODD_SECTION:
    oddities.show(data, part, class_names)
else:
    changes.show(data, part, class_names)

train = NextStep(
    room("train"),
    "You have seen what a network learns from. Let one learn from these pictures, and watch it get "
    "better.",
)
look_inside = NextStep(
    room("weights"),
    "You have trained a network. See what it has made of these pictures.",
)
draw = NextStep(
    room("draw"),
    f"Draw {'a digit' if class_names.digits else 'one'} yourself: it becomes a picture like "
    f"these, and a "
    "network reads it.",
)
next_steps(look_inside if shared.networks() else train, draw)
url_state.write_url("explore", session.LINKED)
