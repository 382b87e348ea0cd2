"""Recognise what files contain by their content: tables, folders of pictures, arrays, IDX.

Nothing in them is trusted: sizes are checked before content is read, and no pickle is ever opened.
"""

from collections.abc import Mapping
from pathlib import Path

from mnist_core.data.collection import Collection, Progress, no_progress

LARGEST = 256 << 20
"""Bytes of all pictures together beyond which a collection is refused: 256 MiB."""


def recognise(
    files: Mapping[str, bytes] | Path,
    largest: int = LARGEST,
    report_progress: Progress = no_progress,
) -> Collection:
    """Find the pictures, labels and class names in some files.

    Args:
        files: their contents by their names, or the path of a file or a folder.
        largest: bytes of all pictures together beyond which they are refused before they are read.
        report_progress: is told the share of the bytes that has been read.

    Raises:
        LabError: a file is of no known kind, broken or too large, or the files do not fit together.
            The sentence names the file, says what was found in it, and what would do.
    """
    raise NotImplementedError
