"""The Draw page: the visitor writes a digit, and a network reads it."""

from pages.ui.draw import other_classes, page, sharing
from pages.ui.draw.state import Key
from pages.ui.elements import widgets
from pages.ui.elements.vocabulary import vocabulary
from pages.ui.frame import presentation
from pages.ui.visit import url_state

url_state.read_url("draw", sharing.LINKED)
widgets.name_tab("Draw")
data = widgets.data_or_stop()
sharing.follow_link()
digits = vocabulary(data).digits
if digits and presentation.is_on(Key.PRESENT):
    page.show_to_audience()
else:
    widgets.header("Draw", "Write or draw on the paper, and a network reads it, stroke by stroke.")
    if digits:
        page.show()
    else:
        other_classes.show(data)
if digits:
    presentation.toggle(Key.PRESENT)
sharing.write_url()
