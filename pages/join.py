"""Join: a pupil draws for the collection that the class makes together."""

from pages.ui.elements import widgets
from pages.ui.together import joining
from pages.ui.visit.site import JOIN

widgets.header(JOIN.title, "Draw for the collection that your class makes together.")
joining.show()
