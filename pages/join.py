"""Join: the page of a pupil who draws for the collection of a class."""

from pages.ui.elements import widgets
from pages.ui.make import joining
from pages.ui.visit.site import JOIN

widgets.header(JOIN.title, "Draw for the collection that your class makes together.")
joining.show()
