"""Draw: the visitor writes a digit, and a network reads it."""

from pages.ui import widgets
from pages.ui.draw import page, sharing

widgets.header(
    "Draw",
    "Write or draw on the paper, and a network reads it: after every stroke, without a button.",
)
sharing.follow_link()
page.show()
