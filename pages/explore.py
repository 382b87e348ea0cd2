"""The Explore page: the images of the data set, and statistics about them."""

from pages.ui.elements import widgets
from pages.ui.explore import (
    changes,
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

SECTIONS = {
    session.GALLERY_SECTION: gallery.show,
    session.PICTURE_SECTION: picture.show,
    session.SHAPE_SECTION: distributions.show,
    session.MAP_SECTION: map_view.show,
    session.ODD_SECTION: oddities.show,
    session.CHANGE_SECTION: changes.show,
}

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
    key=Key.SECTION,
)
SECTIONS[section](part)

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
    f"Draw {'a digit' if part.class_names.digits else 'one'} yourself: it becomes a picture like "
    "these, and a network reads it.",
)
next_steps(look_inside if shared.networks() else train, draw)
url_state.write_url("explore", session.LINKED)
