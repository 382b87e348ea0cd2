"""Load test, as of a class: many visitors arrive at once, train, look around, draw, and leave.

The visitors are windows without browsers (`benchmarks/window.py`) on a server of their own. First
one visitor opens every page, and leaves, so that the data that all visitors share is in memory;
then all of them open Train within ten seconds and press Start; while their runs wait and train they
open the other pages, draw, and reload; then all leave.

    python -m benchmarks.visitors [VISITORS] [--servers N] [--seconds S] [--after S]

With N servers, which share visitors and cores evenly, it measures one first, and so tells what the
others bring; the resources of several are printed in sum.
"""

import argparse
import asyncio
import json
import os
import random
import statistics
from collections.abc import Sequence
from contextlib import ExitStack
from tempfile import TemporaryDirectory

import numpy as np
import psutil

from benchmarks.server_process import Taken, serving, taken_in_sum
from benchmarks.window import Figures, Window, open_window
from mnist_core.drawing.sketch import Mark
from mnist_core.threads import cores
from pages.ui.canvas.canvas_json import to_fabric
from pages.ui.charts.theme import LIGHT
from tests.browser.conftest import serve

ARRIVING_SECONDS = 10.0
OTHER_PAGES = ("", "explore", "step", "weights", "mistakes")
SEVEN = np.array([(150.0, 90.0), (250.0, 90.0), (215.0, 170.0), (190.0, 260.0)])


def main() -> None:
    """Print the latencies of the visitors, and the resources of the servers."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("visitors", nargs="?", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=60.0, help="how long each stays")
    parser.add_argument("--after", type=float, default=60.0, help="how long to look afterwards")
    parser.add_argument("--servers", type=int, default=1, help="how many share the visitors")
    asked = parser.parse_args()
    for servers in sorted({1, asked.servers}):
        print(f"Servers: {servers}", flush=True)
        report(measured(servers, asked.visitors, asked.seconds, asked.after))


def measured(servers: int, visitors: int, seconds: float, after: float) -> Figures:
    """Print the resources of new servers; return the measurements of their visitors' windows."""
    with ExitStack() as stack:
        shared = stack.enter_context(TemporaryDirectory())
        slots = os.environ.get("LAB_SLOTS", str(max(1, cores() // servers)))
        environment = {"LAB_COLLECTIONS": shared, "LAB_SLOTS": slots}
        addresses = [stack.enter_context(serve(**environment)) for _ in range(servers)]
        processes = [serving(address) for address in addresses]
        tell("at the start", taken_in_sum(processes))
        for address in addresses:
            asyncio.run(look_at_all(address))
        asyncio.run(visits(addresses, servers, 15.0))
        asyncio.run(asyncio.sleep(45.0))
        before = taken_in_sum(processes)
        tell("after the first visitor", before)
        figures, most = asyncio.run(watched(addresses, visitors, seconds, processes))
        tell(f"at most, with {visitors} visitors", most)
        print(f"each of them takes {(most.memory - before.memory) / visitors:.1f} MB")
        asyncio.run(asyncio.sleep(after))
        tell(f"{after:.0f} s after all have left", taken_in_sum(processes))
    return figures


async def look_at_all(address: str) -> None:
    """Open every page once."""
    async with open_window(address) as window:
        for page in (*OTHER_PAGES, "train", "draw"):
            await window.visit(page)


async def watched(
    addresses: Sequence[str],
    visitors: int,
    seconds: float,
    processes: Sequence[psutil.Process],
) -> tuple[Figures, Taken]:
    """Run the visits; return the windows' measurements and the servers' peak resources."""
    coming = asyncio.create_task(visits(addresses, visitors, seconds))
    seen = [taken_in_sum(processes)]
    while not coming.done():
        await asyncio.sleep(1.0)
        seen.append(taken_in_sum(processes))
    most = Taken(
        max(one.memory for one in seen),
        max(one.threads for one in seen),
        max(one.descriptors for one in seen),
        seen[-1].processor - seen[0].processor,
    )
    return coming.result(), most


async def visits(addresses: Sequence[str], visitors: int, seconds: float) -> Figures:
    """Let visitors arrive within ten seconds; return the measurements of all windows."""
    interval = ARRIVING_SECONDS / visitors
    coming = (
        visit(addresses[number % len(addresses)], number, number * interval, seconds)
        for number in range(visitors)
    )
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
    """Print the resources of the servers."""
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
