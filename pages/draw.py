"""Draw: the visitor writes a digit, and a network reads it."""

from pages.ui import presenting, widgets
from pages.ui.draw import address, other_classes, page, sharing
from pages.ui.draw.state import Key
from pages.ui.vocabulary import vocabulary

address.adopt()
widgets.name_tab("Draw")
data = widgets.data_or_stop()
sharing.follow_link()
if not vocabulary(data).digits:
    page.head()
    other_classes.show(data)
else:
    if presenting.is_on(Key.PRESENT):
        page.show_to_audience()
    else:
        page.head()
        page.show()
    presenting.toggle(Key.PRESENT)
address.follow()
