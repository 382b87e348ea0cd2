"""Makes a Python that finds this folder on its path lack the modules that Windows has not.

psutil may import them: on Windows, it is another build of it that runs.
"""

import builtins
from typing import Any

POSIX = {"fcntl", "grp", "pwd", "resource", "termios"}
MAY = {"psutil"}

_import = builtins.__import__


def import_as_on_windows(name: str, globals: Any = None, *arguments: Any, **named: Any) -> Any:
    """`import`, which does not find what only POSIX systems have."""
    importer = str((globals or {}).get("__name__", "")).partition(".")[0]
    if name.partition(".")[0] in POSIX and importer not in MAY:
        raise ModuleNotFoundError(f"No module named {name!r}: Windows has none.", name=name)
    return _import(name, globals, *arguments, **named)


builtins.__import__ = import_as_on_windows
