"""Remembers what takes long to find out of a network.

Analyses of the lab's networks on the lab's pictures are shared by all visitors. Those of a
visitor's own networks or pictures are kept for that visitor's window alone, in a cache of
Streamlit's that is emptied when the window closes; after a reload they are computed again.
"""

from collections.abc import Callable
from functools import wraps
from itertools import count
from typing import Any, Concatenate, ParamSpec, TypeAlias, TypeVar
from weakref import WeakKeyDictionary

import streamlit as st

from mnist_core.nn.network import Network
from pages.ui.visit import data_sets
from pages.ui.visit.models import NetworkChoice

P = ParamSpec("P")
Found = TypeVar("Found")
Analysis: TypeAlias = Callable[Concatenate[NetworkChoice, P], Found]
"""A function of a network that takes long; first comes the choice that the network belongs to."""

MOST = 24
"""Results of one analysis that are kept for a window; the largest, answers to an exam, have about
1 MB each."""

MOST_SHARED = 512
"""Results of one analysis of the lab's networks, at all their stages, for all visitors together."""

_numbers: WeakKeyDictionary[Network, int] = WeakKeyDictionary()
_next_number = count()


def _number(network: Network) -> int:
    """Give a network a number, for good: the `id` of one that is gone may become another's."""
    return _numbers.setdefault(network, next(_next_number))


_HASH_FUNCS: dict[str | type[Any], Callable[[Any], Any]] = {
    **data_sets.BY_FINGERPRINT,
    Network: _number,
    NetworkChoice: lambda choice: _number(choice.model.network),
}


def cached(
    spinner: str | bool = False, most: int = MOST
) -> Callable[[Analysis[P, Found]], Analysis[P, Found]]:
    """Decorate an analysis so that its results are remembered by its arguments.

    Where the network is an argument of its own, as an earlier stage is, the choice is called
    `_choice`: Streamlit leaves what begins so out of the key. An analysis that takes seconds
    returns a `LongWork`, which is then remembered.

    Args:
        spinner: what a visitor reads meanwhile; False for nothing.
        most: results that are kept for a window.
    """

    def decorate(analyse: Analysis[P, Found]) -> Analysis[P, Found]:
        shared = st.cache_resource(
            show_spinner=spinner, hash_funcs=_HASH_FUNCS, max_entries=MOST_SHARED
        )(analyse)
        of_window = st.cache_resource(
            show_spinner=spinner, hash_funcs=_HASH_FUNCS, max_entries=most, scope="session"
        )(analyse)

        @wraps(analyse)
        def find(choice: NetworkChoice, /, *args: P.args, **kwargs: P.kwargs) -> Found:
            of_the_lab = choice.is_the_labs and data_sets.own() is None
            return (shared if of_the_lab else of_window)(choice, *args, **kwargs)

        return find

    return decorate
