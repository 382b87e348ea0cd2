"""What takes long to find out of a network is found out once.

Of the lab's networks it is kept for all visitors, of a visitor's own in the visit.
"""

from collections.abc import Callable, MutableMapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeAlias, TypeVar

import streamlit as st

from mnist_core.data import Data
from mnist_core.nn.network import Network
from pages.ui.visit.current import memory
from pages.ui.visit.long_work import LongWork, Steps
from pages.ui.visit.models import NetworkChoice

Found = TypeVar("Found")
Key: TypeAlias = tuple[int, str, str]

MOST = 48
"""Findings kept of a visitor's networks: the largest are the answers to an exam, less than 1 MB."""

MOST_OF_THE_LAB = 512
"""The same of the lab's networks, at all their stages, for all visitors together."""

_CACHE = "found_out"


@dataclass
class _CachedResult:
    """One thing that is found out of a network; the network stays here, so that its id is its own.

    Who comes while somebody is finding it out waits for `lock`.
    """

    network: Network
    lock: Lock = field(default_factory=Lock)
    value: Any = None


class _AnalysisCache:
    """Findings by network, data set and kind; the oldest of too many is forgotten."""

    def __init__(self, most: int) -> None:
        self._lock = Lock()
        self._most = most
        self._findings: dict[Key, _CachedResult] = {}

    def get(
        self, network: Network, fingerprint: str, analysis: str, compute: Callable[[], Found]
    ) -> Found:
        """What `compute` has found, or finds now."""
        key = (id(network), fingerprint, analysis)
        with self._lock:
            finding = self._findings.setdefault(key, _CachedResult(network))
            if len(self._findings) > self._most:
                del self._findings[next(iter(self._findings))]
        with finding.lock:
            if finding.value is None:
                finding.value = compute()
            found: Found = finding.value
            return found


@st.cache_resource
def _of_all_visitors() -> _AnalysisCache:
    return _AnalysisCache(MOST_OF_THE_LAB)


def _of_this_visit() -> _AnalysisCache:
    shelf: _AnalysisCache = memory().setdefault(_CACHE, _AnalysisCache(MOST))
    return shelf


def cached(
    choice: NetworkChoice, network: Network, data: Data, analysis: str, compute: Callable[[], Found]
) -> Found:
    """What `compute` returns of a network on a data set.

    Args:
        choice: what the network belongs to: its own, or one of its earlier stages.
        network: that is asked.
        data: that it is asked about.
        analysis: tells this finding from others.
        compute: called where nobody has found it out yet.
    """
    shelf = _of_all_visitors() if choice.is_the_labs else _of_this_visit()
    return shelf.get(network, data.origin.fingerprint, analysis, compute)


def clear(left: MutableMapping[str, Any]) -> None:
    """Let go of what was found out in a visit that was left; it can be found out again."""
    left.pop(_CACHE, None)


def cached_step_by_step(
    choice: NetworkChoice,
    network: Network,
    data: Data,
    analysis: str,
    label: str,
    begin: Callable[[], Steps[Found]],
) -> Found:
    """The same for what takes long: `label` is said with the share that is done; see `LongWork`."""
    work = cached(choice, network, data, analysis, lambda: LongWork(begin))
    return work.result(label)
