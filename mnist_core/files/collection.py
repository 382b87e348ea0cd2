"""Several networks in one file: a ZIP archive with a safetensors file for each."""

import io
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import PurePosixPath

from mnist_core.errors import LabError
from mnist_core.files.names import file_stem
from mnist_core.files.storage import LARGEST_FILE, check_size, from_bytes, to_bytes
from mnist_core.training.model import Model

SUFFIX = ".safetensors"
MOST_NETWORKS = 100

UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
"""What `zipfile` raises for an archive that is broken, encrypted or of an unknown kind."""


def parcels(sizes: Sequence[int]) -> list[range]:
    """Which networks, whose own files have these sizes, are packed together: in their order, in as
    few files as `unpack` opens again."""
    found: list[range] = []
    together = 0
    for place, size in enumerate(sizes):
        together += size
        if not found or together > LARGEST_FILE or len(found[-1]) == MOST_NETWORKS:
            found.append(range(place, place))
            together = size
        found[-1] = range(found[-1].start, place + 1)
    return found


def pack(models: Sequence[Model]) -> bytes:
    """The content of a file that holds these networks, in their order, for `unpack`.

    It opens what `parcels` says may be packed together.

    Raises:
        LabError: `to_bytes` refuses one of them.
    """
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, model in enumerate(models, start=1):
            archive.writestr(f"{number}/{file_stem(model.name)}{SUFFIX}", to_bytes(model))
    return content.getvalue()


def unpack(content: bytes, name: str, largest: int = LARGEST_FILE) -> list[Model]:
    """The networks in the content of a file; `name` is what the file is called.

    Raises:
        LabError: it is not a sound archive of networks, or it holds more than `largest` bytes.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [found for found in archive.infolist() if found.filename.endswith(SUFFIX)]
            _check(members, name, largest)
            files = [(PurePosixPath(one.filename).stem, archive.read(one)) for one in members]
    except LabError:
        raise
    except UNREADABLE as error:
        raise LabError(
            f"{name} is not a ZIP file, or is damaged: choose one saved by the lab."
        ) from error
    return [from_bytes(file, stem) for stem, file in files]


def _check(members: Sequence[zipfile.ZipInfo], name: str, largest: int) -> None:
    """Refuse what would take too much memory before any of it is unpacked."""
    if not 0 < len(members) <= MOST_NETWORKS:
        raise LabError(
            f"{name} contains {len(members)} networks: choose a file with 1 to {MOST_NETWORKS}."
        )
    check_size(sum(member.file_size for member in members), name, largest)
