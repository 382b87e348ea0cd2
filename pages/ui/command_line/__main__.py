"""The lab's command line: `python -m pages.ui.command_line train`, `evaluate`, `predict` …"""

import sys
from collections.abc import Sequence

from mnist_core import __main__ as core
from pages.ui.command_line import evaluate

COMMANDS = {**core.COMMANDS, "evaluate": (evaluate, core.COMMANDS["evaluate"][1])}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the result is the exit code."""
    return core.main(arguments, COMMANDS)


if __name__ == "__main__":
    sys.exit(main())
