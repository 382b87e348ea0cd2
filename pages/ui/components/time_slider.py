"""A slider through the stages of a network, which can also play them in order.

The browser sets the pace of playing: it asks for the next stage after the last one has arrived and
has been shown for a while. So a slow page plays more slowly, and no timer runs on the server after
the visitor has left.
"""

from collections.abc import Callable, Sequence
from functools import partial

from pages.ui.components import browser, registry

_component = registry.load(
    "lab_time_slider",
    __file__,
    html="""<div class="time">
  <button type="button" class="play"></button>
  <label class="track"><span class="told"></span><input type="range" min="0" step="1"></label>
</div>""",
)


def time_slider(
    title: str,
    of: str,
    stages: Sequence[int],
    names: Sequence[str],
    chosen: int,
    *,
    key: str,
    on_move: Callable[[int], None],
) -> None:
    """Show a slider with a button that plays.

    Args:
        of: the identity of the network; another one ends the playing.
        stages: an identifier for each stage, first to last. A move is reported by it.
        names: the name of each stage.
        chosen: the index of the shown stage.
        on_move: called with the stage that the visitor moves to, before the rerun.
    """
    data = {
        "title": title,
        "of": of,
        "stages": list(stages),
        "names": list(names),
        "chosen": chosen,
        "colours": browser.look().colours,
    }
    move = browser.when_reported(key, "moved", partial(browser.one_of, stages), on_move)
    _component(key=key, data=data, on_moved_change=move)


def when(iteration: int, epoch: float) -> str:
    """Name a stage by its time: "before training", "after 0.3 epochs"."""
    if not iteration:
        return "before training"
    epochs = f"{epoch:.2g}" if epoch < 10 else f"{epoch:.0f}"
    return f"after {epochs} epoch{'' if epochs == '1' else 's'}"
