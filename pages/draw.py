"""Draw: the visitor writes a digit, and a network reads it."""

from pages.ui import widgets
from pages.ui.draw import other_classes, page, sharing
from pages.ui.vocabulary import vocabulary

widgets.header(
    "Draw",
    "Write or draw on the paper, and a network reads it: after every stroke, without a button.",
)
data = widgets.data_or_stop()
if vocabulary(data).digits:
    sharing.follow_link()
    page.show()
else:
    other_classes.show(data)
