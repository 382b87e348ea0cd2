"""Load test, as of a class: many visitors arrive at once, train, look around, draw, and leave.

The visitors are windows without browsers (`benchmarks/window.py`) on a server of their own. First
one visitor opens every page, and leaves, so that the data that all visitors share is in memory;
then all of them open Train within ten seconds and press Start; while their runs wait and train they
open the other pages, draw, and reload; then all leave.

    python -m benchmarks.visitors [VISITORS] [--seconds S] [--after S]
"""

import argparse
import asyncio
import json
import random
import statistics
from collections.abc import Sequence

import numpy as np
import psutil

from benchmarks.server_process import Taken, serving, taken
from benchmarks.window import Figures, Window, open_window
from mnist_core.drawing.sketch import Mark
from pages.ui.canvas.canvas_json import to_fabric
from pages.ui.charts.theme import LIGHT
from tests.browser.conftest import serve

ARRIVING_SECONDS = 10.0
OTHER_PAGES = ("", "explore", "step", "weights", "mistakes")
SEVEN = np.array([(150.0, 90.0), (250.0, 90.0), (215.0, 170.0), (190.0, 260.0)])


def main() -> None:
    """Print the latencies of the visitors, and the resources of the server."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("visitors", nargs="?", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=60.0, help="how long each stays")
    parser.add_argument("--after", type=float, default=60.0, help="how long to look afterwards")
    asked = parser.parse_args()
    with serve() as address:
        process = serving(address)
        tell("at the start", taken(process))
        asyncio.run(look_at_all(address))
        asyncio.run(visits(address, 1, 15.0))
        asyncio.run(asyncio.sleep(45.0))
        tell("after the first visitor", taken(process))
        figures, most = asyncio.run(watched(address, asked.visitors, asked.seconds, process))
        tell(f"at most, with {asked.visitors} visitors", most)
        asyncio.run(asyncio.sleep(asked.after))
        tell(f"{asked.after:.0f} s after all have left", taken(process))
    report(figures)


async def look_at_all(address: str) -> None:
    """Open every page once."""
    async with open_window(address) as window:
        for page in (*OTHER_PAGES, "train", "draw"):
            await window.visit(page)


async def watched(
    address: str, visitors: int, seconds: float, process: psutil.Process
) -> tuple[Figures, Taken]:
    """Run the visits; return the windows' measurements and the server's peak resources."""
    coming = asyncio.create_task(visits(address, visitors, seconds))
    seen = [taken(process)]
    while not coming.done():
        await asyncio.sleep(1.0)
        seen.append(taken(process))
    most = Taken(
        max(one.memory for one in seen),
        max(one.threads for one in seen),
        max(one.descriptors for one in seen),
        seen[-1].processor - seen[0].processor,
    )
    return coming.result(), most


async def visits(address: str, visitors: int, seconds: float) -> Figures:
    """Let visitors arrive within ten seconds; return the measurements of all windows."""
    interval = ARRIVING_SECONDS / visitors
    coming = (visit(address, number, number * interval, seconds) for number in range(visitors))
    figures = Figures()
    for seen in await asyncio.gather(*coming):
        figures.add(seen)
    return figures


async def visit(address: str, number: int, delay: float, seconds: float) -> Figures:
    """Make one visit of some `seconds`, which begins after a `delay`."""
    chance = random.Random(number)
    await asyncio.sleep(delay)
    async with open_window(address) as window:
        await window.visit("train")
        await window.press("Start training")
        await asyncio.sleep(seconds * chance.uniform(0.2, 0.4))
        await look_around(window, chance, seconds * 0.3)
        query, cookie, figures = window.query, window.cookie, window.figures
    async with open_window(address, cookie) as window:
        await window.visit("train", query)
        if window.query != query or not window.has("Run again"):
            window.figures.troubles.append("the run was not found again after a reload")
        await asyncio.sleep(seconds * 0.3)
        figures.add(window.figures)
    return figures


async def look_around(window: Window, chance: random.Random, seconds: float) -> None:
    """Open two other pages, draw a digit, and come back to the run."""
    for page in (*chance.sample(OTHER_PAGES, 2), "draw"):
        await window.visit(page)
        await asyncio.sleep(seconds / 4)
    await window.report("lab_canvas", json.dumps({"drawing": drawn(chance)}))
    await asyncio.sleep(seconds / 4)
    await window.visit("train")


def drawn(chance: random.Random) -> dict[str, object]:
    """Return the canvas's report of a 7."""
    seven = Mark(SEVEN + chance.uniform(-30, 30), 20.0)
    return to_fabric((seven,), LIGHT, 0) | {"labReport": 1}


def tell(when: str, what: Taken) -> None:
    """Print the resources of the server."""
    print(f"{when:28} {what}", flush=True)


def report(figures: Figures) -> None:
    """Print the measurements of the visitors' windows."""
    print(spread("a page to open", figures.openings))
    print(spread("a refresh to come", figures.refreshes))
    print(f"troubles: {len(figures.troubles)}", *sorted(set(figures.troubles))[:5], sep="\n  ")


def spread(what: str, seconds: Sequence[float]) -> str:
    """Return the median, the 95th percentile and the maximum of some durations, as text."""
    ninety_fifth = statistics.quantiles(seconds, n=20)[-1]
    return (
        f"seconds for {what} ({len(seconds):,}): median {statistics.median(seconds):.2f}, "
        f"95 of 100 within {ninety_fifth:.2f}, slowest {max(seconds):.2f}"
    )


if __name__ == "__main__":
    main()
