"""The command `mnist-lab` of an installed lab: it serves the pages, or runs a command of the core.

Installed, this file lies beside `app.py` in the folder `mnist_lab`, with the pages and with
`.streamlit`, where Streamlit looks for the settings of the script that it serves.
"""

import argparse
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from mnist_core.__main__ import COMMANDS, Command, parser, run
from mnist_core.commands import evaluate
from mnist_core.errors import LabError

APP = Path(__file__).with_name("app.py")
sys.path.insert(0, str(APP.parent))  # as Streamlit does for the script that it serves

from pages.ui.elements.report_page import report_page  # noqa: E402 (found by the line above)

HIGHEST_PORT = 2**16 - 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the command line names, by default `serve`; the result is the exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    top = parser("mnist-lab", {"serve": SERVE, **COMMANDS, "evaluate": EVALUATE})
    if given and given[0] != "serve":
        return run(top.parse_args(given))
    options, others = top.parse_known_args(given or ["serve"])
    options.for_streamlit = others
    return run(options)


def add(command: argparse.ArgumentParser) -> None:
    """Where the lab is served; everything else is Streamlit's."""
    command.add_argument("--port", type=_port, help="the port to listen at; 8501 by default")
    command.epilog = "Any option of `streamlit run` may follow, such as --server.address 127.0.0.1."


def serve(options: argparse.Namespace) -> int:
    """Serve the pages until Ctrl+C.

    Raises:
        LabError: Streamlit is not installed, or refuses an option.
    """
    try:
        from streamlit.web.cli import main_run  # noqa: PLC0415 (beside the core alone, there is none)
    except ModuleNotFoundError as error:
        raise LabError(
            f"The pages need more than the core, and {error.name} is not installed: "
            "pip install -r requirements-lab.txt, in the lab's folder."
        ) from error
    import click  # noqa: PLC0415 (comes with Streamlit)

    port = ["--server.port", str(options.port)] if options.port else []
    given = [str(APP), "--server.headless", "true", *port, *options.for_streamlit]
    try:
        context = main_run.make_context(options.program, given)
    except click.ClickException as error:
        raise LabError(error.format_message()) from error
    if words := context.params["args"]:
        raise LabError(f"{words[0]} belongs to no option: a port, for one, is --port 8600.")
    with context:
        main_run.invoke(context)
    return 0


def _port(text: str) -> int:
    port = int(text) if text.isdecimal() else 0
    if not 0 < port <= HIGHEST_PORT:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: choose 1 to {HIGHEST_PORT}")
    return port


def _add_evaluate(command: argparse.ArgumentParser) -> None:
    """Add the options of the core's command, and its figures as a page: the core never draws."""
    evaluate.add(command)
    command.add_argument("--html", metavar="FILE", help="write them as a page with charts")


SERVE = Command("serve the pages; what `mnist-lab` alone does, too", add, serve)
EVALUATE = Command(
    COMMANDS["evaluate"].purpose,
    _add_evaluate,
    partial(evaluate.measure, formats={**evaluate.FORMATS, "html": report_page}),
)


if __name__ == "__main__":
    sys.exit(main())
