"""What takes seconds to find out of a network is found out once, with its progress shown.

Of the lab's networks it is kept for all visitors, of a visitor's own in the visit.
"""

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import streamlit as st

from mnist_core.data import Data
from pages.ui.mistakes import session
from pages.ui.models import Choice

Found = TypeVar("Found")


@st.cache_resource
def _of_all_visitors() -> dict[tuple[str, str, str], tuple[Any, ...]]:
    return {}


def found_out(
    choice: Choice,
    data: Data,
    what: str,
    count: int,
    find: Callable[[], Iterator[Found]],
) -> tuple[Found, ...]:
    """What `find` yields, `count` things, of a network on a data set.

    Args:
        choice: the network.
        data: what it is tried on.
        what: tells it from other things that are found out of the same network.
        count: how many there will be, for the progress.
        find: finds them out one after the other.
    """
    kept = _of_all_visitors() if choice.is_the_labs else session.kept_findings()
    key = (choice.key, f"{data.origin.fingerprint} {id(choice.model.network)}", what)
    if key not in kept:
        bar = st.progress(0.0, f"Trying {choice.title} …")
        found = []
        for one in find():
            found.append(one)
            bar.progress(len(found) / count, f"Trying {choice.title} …")
        bar.empty()
        kept[key] = tuple(found)
    return kept[key]
