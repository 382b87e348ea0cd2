"""A grid of pictures, one of which is chosen with the mouse, a finger or the keyboard.

All pictures reach the browser as one image, a sheet, and each cell of the grid shows its part of
it: one PNG for 400 pictures. The browser draws the frame around the chosen cell, so a choice needs
no new image. To a screen reader the grid is a listbox whose options carry the pictures' names.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from pages.ui import charts
from pages.ui.charts.images import GAP, Tiles
from pages.ui.components import browser, registry

SHEET_WIDTH = 1400
"""About the width of a sheet in pixels: sharp on a wide screen, and still quick to send."""

LARGEST_ZOOM = 4

USUAL_WIDTH = 64
"""About the width of a picture in CSS pixels, so that a saved sheet looks like the grid."""

_component = registry.load(
    "lab_image_grid",
    __file__,
    html='<style class="sheet"></style><div class="grid" role="listbox" tabindex="0"></div>'
    '<a class="keep" hidden>Save picture</a>',
    shared=("reveal.js",),
)


@dataclass(frozen=True)
class Pictures:
    """The content of a grid.

    Args:
        title: the name of all pictures together, for screen readers.
        tiles: `(n, height, width, 3)` uint8, at least one.
        names: the name of each, for screen readers and as a tooltip: "a 5, picture 12".
        columns: the number of pictures side by side if there is room for them.
        narrowest: a cell's smallest width in CSS pixels; with less room there are fewer columns.
        gap: CSS pixels between two cells.
        captions: a word or two below each picture; none for pictures alone.
        file_name: the name of the PNG in which a visitor can save them; none for no such link.
    """

    title: str
    tiles: Tiles
    names: Sequence[str]
    columns: int
    narrowest: int = 32
    gap: int = 3
    captions: Sequence[str] = ()
    file_name: str = ""


def image_grid(
    pictures: Pictures,
    *,
    key: str,
    chosen: int | None = None,
    on_choose: Callable[[int], None] = lambda _: None,
    reveals: str = "",
) -> int | None:
    """Show pictures as a grid.

    Args:
        key: the component's key; other pictures under the same key replace these in place.
        chosen: the index of the framed picture; None in a grid that only reports choices. The grid
            itself keeps no state.
        on_choose: called with the index of a chosen picture, before the rerun.
        reveals: the key of a container that shows the choice; it is scrolled into view.

    Returns:
        The index of the picture that was chosen just now; None in every other run.
    """

    places = range(len(pictures.tiles))
    choose = browser.when_reported(key, "touched", partial(browser.one_of, places), on_choose)
    look = browser.look()
    height, width = pictures.tiles.shape[1:3]
    gap = max(GAP, pictures.gap * width // USUAL_WIDTH)
    zoom = min(max(1, SHEET_WIDTH // (pictures.columns * (width + gap))), LARGEST_ZOOM)
    sheet = charts.montage(pictures.tiles, pictures.columns, zoom=zoom, gap=gap)
    data = {
        "sheet": charts.data_url(sheet),
        "title": pictures.title,
        "names": list(pictures.names),
        "captions": list(pictures.captions),
        "columns": pictures.columns,
        "narrowest": pictures.narrowest,
        "width": width,
        "height": height,
        "file_name": pictures.file_name,
        "sheet_gap": gap,
        "gap": pictures.gap,
        "chosen": chosen,
        "reveals": reveals,
        "accent": look.accent,
        "text": look.text,
        "muted": look.muted,
        "line": look.line,
    }
    result = _component(key=key, data=data, on_touched_change=choose)
    touched = result["touched"]
    return places.index(touched) if touched in places else None
