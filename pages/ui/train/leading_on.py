"""Where the Train page leads: with the network that it shows, or to what it learns from."""

from functools import partial

from mnist_core.data import Data
from pages.ui import models, visit
from pages.ui.literal import in_markdown
from pages.ui.next_steps import NextStep, next_steps
from pages.ui.records import Record
from pages.ui.site import room
from pages.ui.vocabulary import vocabulary


def lead_on(record: Record | None, data: Data) -> None:
    """End the page: after a run with its network, which is then chosen there."""
    if record is None or record.model() is None or not record.is_of(data):
        next_steps(*_meanwhile(data))
        return
    drawn = "a digit" if vocabulary(data).digits else "something"
    choose = partial(visit.use_everywhere, visit.run_key(record))
    next_steps(
        NextStep(
            room("weights"),
            f"See what the numbers inside **{in_markdown(record.name)}** have learned to look for.",
            prepare=choose,
        ),
        NextStep(
            room("draw"),
            f"Draw {drawn} yourself, and let **{in_markdown(record.name)}** read it.",
            action="Let it read my drawing",
            prepare=choose,
        ),
    )


def _meanwhile(data: Data) -> list[NextStep]:
    """Where to go before a run, or while it goes on: it goes on elsewhere too."""
    steps = [NextStep(room("explore"), "See the pictures that a network learns from.")]
    if models.offered(data):
        reason = "Look inside a network that has already learned."
        steps.append(NextStep(room("weights"), reason))
    return steps
