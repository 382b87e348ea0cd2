"""Draw: the visitor writes a digit, and a network reads it."""

from pages.ui import presenting, widgets
from pages.ui.draw import address, audience, other_classes, page, session, sharing
from pages.ui.vocabulary import vocabulary

address.adopt()
widgets.name_tab("Draw")
data = widgets.data_or_stop()
sharing.follow_link()
if not vocabulary(data).digits:
    page.head()
    other_classes.show(data)
else:
    if session.is_presented():
        audience.show()
    else:
        page.head()
        page.show()
    presenting.toggle(session.PRESENT)
address.follow()
