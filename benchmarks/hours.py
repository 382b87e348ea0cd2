"""Soak test, eight hours in fast motion: visitors come and go, and memory must level off.

A few windows without browsers (`benchmarks/window.py`) are open at any time on a server of their
own. Each visit opens some pages, trains a small network, draws, comes back, and leaves; the next
visitor follows at once. A line is printed for every twentieth part of the visits.

    python -m benchmarks.hours [VISITS] [--at-once N]
"""

import argparse
import asyncio
import json
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import psutil

from benchmarks.server_process import Taken, serving, taken
from benchmarks.visitors import OTHER_PAGES, drawn, spread
from benchmarks.window import Figures, open_window
from tests.browser.conftest import serve

LINES = 20
SMALL_RUN = "epochs=1&examples=1000&hidden=16"


@dataclass
class Day:
    """The number of completed visits, and the measurements of the visitors' windows."""

    visits: int = 0
    figures: Figures = field(default_factory=Figures)


def main() -> None:
    """Print the server's resources during the visits, and their growth in the second half."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("visits", nargs="?", type=int, default=10_000)
    parser.add_argument("--at-once", type=int, default=8, help="windows open at any time")
    asked = parser.parse_args()
    with serve() as address:
        process, day = serving(address), Day()
        seen = asyncio.run(go_by(address, asked.visits, asked.at_once, process, day))
    report(seen[LINES // 2 :], day.figures)


async def go_by(
    address: str, visits: int, at_once: int, process: psutil.Process, day: Day
) -> list[tuple[int, Taken]]:
    """Run all visits, and return the server's resources after each twentieth part of them."""
    numbers = iter(range(visits))
    coming = [asyncio.create_task(visitors(address, numbers, day)) for _ in range(at_once)]
    seen, began = [], time.perf_counter()
    print(f"{'visits':>7}{'reruns':>9}{'seconds':>9}  the server takes", flush=True)
    for line in range(1, LINES + 1):
        while day.visits < visits * line // LINES and not any(task.done() for task in coming):
            await asyncio.sleep(0.5)
        seen.append((day.visits, taken(process)))
        passed = time.perf_counter() - began
        counts = f"{day.visits:7,}{day.figures.reruns:9,}{passed:9.0f}"
        print(f"{counts}  {seen[-1][1]}", flush=True)
    await asyncio.gather(*coming)
    return seen


async def visitors(address: str, numbers: Iterator[int], day: Day) -> None:
    """Run one visit after the other, until all numbers are used."""
    for number in numbers:
        try:
            day.figures.add(await visit(address, random.Random(number)))
        except TimeoutError:
            day.figures.troubles.append("a page did not come to its end")
        day.visits += 1


async def visit(address: str, chance: random.Random) -> Figures:
    """Make one short visit: four pages, a small run, a drawing, a reload."""
    async with open_window(address) as window:
        for page in chance.sample(OTHER_PAGES, 4):
            await window.visit(page)
        await window.visit("train", SMALL_RUN)
        await window.press("Start training")
        await window.visit("draw")
        await window.report("lab_canvas", json.dumps({"drawing": drawn(chance)}))
        query, cookie, figures = window.query, window.cookie, window.figures
    async with open_window(address, cookie) as window:
        await window.visit("train", query)
        await window.visit("weights")
        figures.add(window.figures)
    return figures


def report(seen: Sequence[tuple[int, Taken]], figures: Figures) -> None:
    """Print the growth in the second half of the visits, and the errors."""
    visits = [count for count, _ in seen]
    memory, descriptors = (
        1_000 * np.polyfit(visits, [getattr(took, what) for _, took in seen], 1)[0]
        for what in ("memory", "descriptors")
    )
    print(f"in the second half, per 1,000 visits: {memory:+.1f} MB, {descriptors:+.1f} descriptors")
    print(spread("a page to open", figures.openings))
    print(f"troubles: {len(figures.troubles)}", *sorted(set(figures.troubles))[:5], sep="\n  ")


if __name__ == "__main__":
    main()
