"""Draw: the visitor writes a digit, and a network reads it."""

from pages.ui import widgets
from pages.ui.draw import page

widgets.header(
    "Draw",
    "Write or draw on the paper, and a network reads it: after every stroke, without a button.",
)
page.show()
