"""Processes that this one begins: from scratch, and without running its main program again.

A copy of a process that has threads may stand still for ever, so a new process imports what it
needs. By default Python runs the main program in it too, in case that defines something it needs;
here it never does, and on a Streamlit server the main program is whatever page was shown last.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.machinery import ModuleSpec
from multiprocessing.context import SpawnContext, SpawnProcess
from threading import Lock

NOT_RUN_AGAIN = ModuleSpec("mnist_core.__main__", None)
"""A main program whose name ends so is left out (`multiprocessing.spawn._fixup_main_from_name`)."""

_STARTING = Lock()


@contextmanager
def without_main_program() -> Iterator[None]:
    """Let a process that is started inside the `with` not run the main program."""
    with _STARTING:
        main = sys.modules["__main__"]
        spec, main.__spec__ = main.__spec__, NOT_RUN_AGAIN
        try:
            yield
        finally:
            main.__spec__ = spec


class LabProcess(SpawnProcess):
    """A process that does not run the main program."""

    def start(self) -> None:
        """Begin."""
        with without_main_program():
            super().start()


class LabContext(SpawnContext):
    """What `multiprocessing` and `ProcessPoolExecutor` take to begin such processes."""

    Process = LabProcess


PROCESSES = LabContext()
