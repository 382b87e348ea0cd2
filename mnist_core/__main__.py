"""The lab's main jobs without a browser: `python -m mnist_core train`, `evaluate`, `predict` …"""

import argparse
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from mnist_core.commands import evaluate, predict, suspects, train
from mnist_core.commands.exit_codes import BAD_INPUT, BROKEN_PIPE, INTERRUPTED
from mnist_core.errors import LabError
from mnist_core.threads import limit_blas_threads

COMMANDS = {
    "train": (train, "train a network and save it"),
    "evaluate": (evaluate, "measure a network on a data set"),
    "predict": (predict, "read digits from image files"),
    "suspects": (suspects, "list labels that may be wrong"),
}


class Parser(argparse.ArgumentParser):
    """An argument parser that says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        """Print the message and exit with 2."""
        self.exit(BAD_INPUT, f"{self.prog}: {message}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the result is the exit code."""
    options = parser().parse_args(arguments)
    limit_blas_threads()
    try:
        code: int = options.run(options)
    except BrokenPipeError:
        # Whoever read our output has seen enough; Python would write the rest once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except (LabError, OSError) as error:
        print(f"mnist_core: {error}", file=sys.stderr)
        return BAD_INPUT
    except KeyboardInterrupt:
        return INTERRUPTED
    return code


def parser() -> argparse.ArgumentParser:
    """The command line."""
    top = Parser(prog="python -m mnist_core", description=__doc__)
    parsers = top.add_subparsers(required=True, metavar="command")
    for name, (module, purpose) in COMMANDS.items():
        command = parsers.add_parser(name, help=purpose)
        module.add(command)
        command.set_defaults(run=module.run)
    return top


if __name__ == "__main__":
    sys.exit(main())
