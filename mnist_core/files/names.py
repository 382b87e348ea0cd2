"""What the file of a run is called."""

import re


def file_stem(name: str) -> str:
    """The name of a run as that of a file, such as `run-4-sprint` for "Run 4: Sprint"."""
    return re.sub(r"\W+", "-", name.lower()).strip("-") or "run"
