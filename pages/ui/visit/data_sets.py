"""The data set of a visit: the lab's own, one of its folders, or one that the visitor brought.

The operator of the lab may lay data sets into folders below `LAB_DATA_DIR`, each as
`mnist_core.data.load` reads it. What a visitor brings is seen by that visit alone.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from threading import Lock
from typing import Any
from weakref import WeakSet, finalize

import streamlit as st

from mnist_core.data import BUNDLED, Data, load, parse_class_names
from mnist_core.data.collection import Collection, Progress, no_progress
from mnist_core.data.idx_folder import save_folder, unwritable
from mnist_core.data.recognition import LARGEST, recognise
from mnist_core.errors import LabError
from pages.ui.server.memory import free_memory
from pages.ui.visit import class_collections
from pages.ui.visit.current import memory

LABS_OWN = "lab"
BROUGHT = "brought"
_FOLDER = "folder:"
_OF_A_CLASS = "class:"
_CHOSEN = "data_set"
_BROUGHT = "data_set_brought"

MOST_BROUGHT = 1 << 30
"""Bytes that the data sets of all visits may hold together: 1 GiB."""

BY_FINGERPRINT: dict[str | type[Any], Callable[[Any], Any]] = {
    Data: lambda data: (data.train.fingerprint, data.test.fingerprint)
}
"""`hash_funcs` of what is worked out once for a data set: by both halves, since a visitor may bring
one of the lab's with another of their own."""


@dataclass(eq=False)
class Brought:
    """A data set that a visitor brought; its folder is there for as long as it is.

    `data` is replaced where its classes get other names, which its folder does not tell.
    """

    data: Data
    folder: str

    def __post_init__(self) -> None:
        finalize(self, rmtree, self.folder, ignore_errors=True)

    @property
    def size(self) -> int:
        """The bytes of its arrays."""
        halves = (self.data.train, self.data.test)
        return sum(half.images.nbytes + half.labels.nbytes for half in halves)


_taking_in = Lock()
_all_brought: WeakSet[Brought] = WeakSet()
"""The data sets of all visits, which `_taking_in` guards."""


def current() -> Data:
    """Return the data set that the visit works on.

    Raises:
        LabError: it cannot be read.
    """
    return own() or _load(current_folder())


def mnist() -> Data:
    """Return the MNIST that comes with the lab, whatever data set is chosen."""
    return _load(str(BUNDLED) if os.environ.get("MNIST_DATA_DIR") else None)


def own() -> Data | None:
    """Return the data set in use, where it is one that the visitor brought."""
    brought = _brought_in_use()
    return brought.data if brought else None


def current_folder() -> str | None:
    """Return the folder where other processes read it; None for the MNIST of the lab."""
    if brought := _brought_in_use():
        return brought.folder
    if (key := chosen_key()).startswith(_FOLDER):
        return str(_folders()[key.removeprefix(_FOLDER)])
    return os.environ.get("MNIST_DATA_DIR") or None


def titles() -> dict[str, str]:
    """Return the titles of the data sets that can be chosen, by key, the lab's own first."""
    folder = os.environ.get("MNIST_DATA_DIR")
    found = {LABS_OWN: Path(folder).resolve().name if folder else "MNIST"}
    found |= {f"{_FOLDER}{name}": name for name in _folders()}
    found |= {
        f"{_OF_A_CLASS}{code}": f"{name} (your class's)"
        for code, name in class_collections.ready().items()
    }
    if brought := _brought():
        found[BROUGHT] = f"{brought.data.name} (yours)"
    return found


def chosen_key() -> str:
    """Return the key of the visit's choice among `titles`; the lab's own where that is gone."""
    chosen: str = memory().get(_CHOSEN, LABS_OWN)
    if chosen == BROUGHT:
        return BROUGHT if _brought() else LABS_OWN
    return chosen if chosen == LABS_OWN or chosen in titles() else LABS_OWN


def choose(key: str) -> None:
    """Choose another data set for the visit; that of a class becomes the visitor's own.

    Raises:
        LabError: the collection of the class has been deleted, or the lab has no room for it.
    """
    if key.startswith(_OF_A_CLASS):
        take(class_collections.data(key.removeprefix(_OF_A_CLASS)))
    else:
        memory()[_CHOSEN] = key


def read(files: Mapping[str, bytes], report_progress: Progress = no_progress) -> Collection:
    """Find the pictures in a visitor's files, as far as there is memory for them.

    Raises:
        LabError: see `recognise`.
    """
    return recognise(files, min(LARGEST, free_memory() // 2), report_progress)


def take(data: Data) -> None:
    """Take a data set in place of one brought earlier, and choose it.

    Raises:
        LabError: the lab has no room for another one, in memory or on the disk.
    """
    try:
        found = Brought(data, mkdtemp(prefix="mnist-lab-"))
    except OSError as error:
        raise unwritable(data.name, error) from error
    with _taking_in:
        others = sum(other.size for other in _all_brought if other is not _brought())
        if found.size + others > MOST_BROUGHT:
            raise LabError(
                f"The lab has room for {MOST_BROUGHT:,} bytes of visitors' pictures, and others "
                "are using it now: try again later."
            )
        _all_brought.add(found)
    save_folder(data, Path(found.folder))
    memory().update({_BROUGHT: found, _CHOSEN: BROUGHT})


def name_classes(names: str) -> None:
    """Call the classes of the visitor's own data set by these names, one a line, on all pages.

    Raises:
        LabError: they do not fit its classes.
    """
    if brought := _brought_in_use():
        content, classes = names.strip().encode(), brought.data.train.classes
        found = parse_class_names(content, "Your list", classes)
        brought.data = replace(brought.data, class_names=found, named=True)


def _brought() -> Brought | None:
    found: Brought | None = memory().get(_BROUGHT)
    return found


def _brought_in_use() -> Brought | None:
    return _brought() if chosen_key() == BROUGHT else None


def _folders() -> dict[str, Path]:
    """Return the folders below `LAB_DATA_DIR`, by their names."""
    above = os.environ.get("LAB_DATA_DIR")
    if not above or not Path(above).is_dir():
        return {}
    return {path.name: path for path in sorted(Path(above).iterdir()) if path.is_dir()}


@st.cache_resource(show_spinner="Loading the pictures …", max_entries=8)
def _load(folder: str | None) -> Data:
    return load(Path(folder) if folder else None)
