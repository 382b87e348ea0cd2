"""The Train page: hyperparameters, training runs with their curves, and exports of networks."""

from pages.ui.elements import widgets
from pages.ui.frame import presentation
from pages.ui.train import address, page, session

address.adopt()
widgets.name_tab("Train")
data = widgets.data_or_stop()
for_audience = presentation.is_on(session.Key.PRESENT)
record = page.show_to_audience(data) if for_audience else page.show_to_one(data)
presentation.toggle(session.Key.PRESENT)
address.follow(session.of_window().config)
if not for_audience:
    page.lead_on(record, data)
