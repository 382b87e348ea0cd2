"""Looks after a server while it runs: frees memory of visitors who have left, notes figures."""

import ctypes
import logging
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from threading import Event, Thread

import streamlit as st

from pages.ui.visit import class_collections, current, shared, status

SWEEP_SECONDS = 5.0
"""The time between two sweeps."""

REST_SECONDS = 40.0
"""Time after a visitor has left until their runs are put away: a little after the runs end."""

M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8
"""Settings of glibc's allocator, mallopt(3)."""

ALLOCATION = {M_MMAP_THRESHOLD: 128 << 10, M_TRIM_THRESHOLD: 256 << 10, M_ARENA_MAX: 2}
"""The least bytes of an array that has pages of its own, and that is freed with them; the least
free bytes at the end of the heap that are given back; and the heaps of all threads together.

By itself glibc raises the first two to 32 and 64 MB, and has up to eight heaps a core: small things
that stay then keep large ones from being given back."""

_log = logging.getLogger(__name__)


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Free memory while the server runs, on a thread of its own."""
    for option, value in ALLOCATION.items():
        _tell_allocator("mallopt", option, value)
    over = Event()
    Thread(target=_sweep_until, args=(over,), name="housekeeping", daemon=True).start()
    yield
    over.set()


def sweep() -> None:
    """Forget visits that were left too long ago, put the runs of the others away, delete
    collections that are a day old, and note the figures of the server."""
    class_collections.collections().forget_old()
    status.note_figures()
    for visit in current.VISITS.left_for(REST_SECONDS):
        shared.spill(visit.memory)
    _tell_allocator("malloc_trim", 0)  # free what lies between things that stay


def _sweep_until(over: Event) -> None:
    while not over.wait(SWEEP_SECONDS):
        try:
            sweep()
        except Exception:
            _log.exception("The visits could not be looked through.")


def _tell_allocator(function: str, *arguments: int) -> None:
    """Call a function of the allocator, if that is glibc's."""
    if sys.platform == "linux" and (found := getattr(ctypes.CDLL(None), function, None)):
        found(*arguments)
