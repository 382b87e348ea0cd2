"""The core's command `evaluate`, with the option `--html` for its figures as a page."""

import argparse

from mnist_core.commands import evaluate
from pages.ui.command_line.report_page import report_page

FORMATS = {**evaluate.FORMATS, "html": report_page}


def add(command: argparse.ArgumentParser) -> None:
    """Add the options of the core's command, and `--html`."""
    evaluate.add(command)
    command.add_argument("--html", metavar="FILE", help="write them as a page with charts")


def run(options: argparse.Namespace) -> int:
    """Print a network's accuracy on one split of the data set."""
    return evaluate.measure(options, FORMATS)
