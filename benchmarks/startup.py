"""Measures the time until a fresh server answers, and until its first visitor sees a page.

    python -m benchmarks.startup [--rounds R]

Each page is the first one of a server of its own. "Cold" is the first start after installation:
Python compiles every module that it imports.
"""

import argparse
import asyncio
import tempfile
import time
from statistics import median

from benchmarks.window import open_window
from pages.ui.visit.site import ROOMS
from tests.browser.conftest import serve

PAGES = ("", *(room.name for room in ROOMS))


def main() -> None:
    """Print a line a page: medians of some rounds, in seconds."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    print(f"{'first page':14}{'server answers':>15}{'page is there':>14}{'and again':>11}")
    for page in PAGES:
        tell(page or "home", [start(page) for _ in range(rounds)])
    tell("home, cold", [start_cold() for _ in range(rounds)])


def start(page: str, **environment: str) -> tuple[float, float, float]:
    """Measure the seconds until a fresh server answers, and until its page is complete, twice."""
    began = time.perf_counter()
    with serve(**environment) as address:
        answers = time.perf_counter() - began
        first, again = asyncio.run(open_twice(address, page))
    return answers, first, again


def start_cold() -> tuple[float, float, float]:
    """Measure the same for the home page, without any compiled module."""
    with tempfile.TemporaryDirectory() as nothing:
        return start("", PYTHONPYCACHEPREFIX=nothing)


async def open_twice(address: str, page: str) -> tuple[float, float]:
    """Measure the seconds to open a page, and to open it again."""
    async with open_window(address) as window:
        await window.visit(page)
        await window.visit(page)
        first, again = window.figures.openings
        return first, again


def tell(what: str, rounds: list[tuple[float, float, float]]) -> None:
    """Print the medians."""
    answers, first, again = map(median, zip(*rounds, strict=True))
    print(f"{what:14}{answers:13.2f} s{first:12.2f} s{again:9.2f} s", flush=True)


if __name__ == "__main__":
    main()
