"""Child processes that start from scratch and do not run this process's main program.

Forking a process that has threads may deadlock, so a child process is spawned and imports what it
needs. By default Python also runs the main program in it, in case that defines something it needs.
Here it never does, and on a Streamlit server the main program is the page that was shown last.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.machinery import ModuleSpec
from multiprocessing.context import SpawnContext, SpawnProcess
from threading import Lock

NOT_RUN_AGAIN = ModuleSpec("mnist_core.__main__", None)
"""`multiprocessing.spawn._fixup_main_from_name` skips a main program whose name ends like this."""

_STARTING = Lock()


@contextmanager
def without_main_program() -> Iterator[None]:
    """Keep a process that is started inside the `with` from running the main program."""
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
        """Start the process."""
        with without_main_program():
            super().start()


class LabContext(SpawnContext):
    """The start method that `multiprocessing` and `ProcessPoolExecutor` take for such processes."""

    Process = LabProcess


PROCESSES = LabContext()
