"""The file name of a run."""

import re


def file_stem(name: str) -> str:
    """Convert the name of a run to that of a file: `run-4-sprint` for "Run 4: Sprint"."""
    return re.sub(r"\W+", "-", name.lower()).strip("-") or "run"
