"""The Draw page: the visitor writes a digit, and a network reads it."""

from pages.ui.draw import address, other_classes, page, sharing
from pages.ui.draw.state import Key
from pages.ui.elements import widgets
from pages.ui.elements.vocabulary import vocabulary
from pages.ui.frame import presentation
from pages.ui.visit import url_state

url_state.read_url("draw", address.LINKED)
widgets.name_tab("Draw")
data = widgets.data_or_stop()
sharing.follow_link()
if not vocabulary(data).digits:
    page.head()
    other_classes.show(data)
else:
    if presentation.is_on(Key.PRESENT):
        page.show_to_audience()
    else:
        page.head()
        page.show()
    presentation.toggle(Key.PRESENT)
address.write_url()
