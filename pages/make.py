"""Make a data set: drawings of one person or of a class, for a network to learn from."""

from pages.ui.elements import widgets
from pages.ui.make import page, session, teacher
from pages.ui.visit import url_state

widgets.header(
    "Make",
    "Make a data set: draw a few pictures of things you choose, and train a network that tells "
    "them apart.",
)
url_state.read_url("make", session.LINKED)
who = widgets.choose_one("Who draws?", session.WHO, default=session.ALONE, key=session.Key.WHO)
if who == session.ALONE:
    page.show()
else:
    teacher.show()
url_state.write_url("make", session.LINKED)
