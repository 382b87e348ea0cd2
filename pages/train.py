"""Train: choose how a network learns, watch it do so, compare, and keep what it has learned."""

from pages.ui import presenting, widgets
from pages.ui.train import address, audience, desk, leading_on, session

address.adopt()
widgets.name_tab("Train")
data = widgets.data_or_stop()
for_audience = address.is_presented()
record = audience.show_to_audience(data) if for_audience else desk.show_desk(data)
presenting.toggle(session.PRESENT)
address.follow(session.training_config())
if not for_audience:
    leading_on.lead_on(record, data)
