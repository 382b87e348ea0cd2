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
"""The exceptions of `zipfile` for an archive that is broken, encrypted or of an unknown kind."""


def parcels(sizes: Sequence[int]) -> list[range]:
    """Group networks, by the sizes of their own files, for as few archives as `unpack` can open.

    Returns:
        The indices of the networks in each archive; their order is kept.
    """
    groups: list[range] = []
    together = 0
    for index, size in enumerate(sizes):
        together += size
        if not groups or together > LARGEST_FILE or len(groups[-1]) == MOST_NETWORKS:
            groups.append(range(index, index))
            together = size
        groups[-1] = range(groups[-1].start, index + 1)
    return groups


def pack(models: Sequence[Model]) -> bytes:
    """Return the content of an archive of these networks, in their order, for `unpack`.

    `unpack` opens networks that `parcels` puts together.

    Raises:
        LabError: `to_bytes` refuses one of them.
    """
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, model in enumerate(models, start=1):
            archive.writestr(f"{number}/{file_stem(model.name)}{SUFFIX}", to_bytes(model))
    return content.getvalue()


def unpack(content: bytes, name: str, largest: int = LARGEST_FILE) -> list[Model]:
    """Return the networks in the content of an archive; errors call it `name`.

    Raises:
        LabError: the content is not a sound archive of networks, or of more than `largest` bytes.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [member for member in archive.infolist() if member.filename.endswith(SUFFIX)]
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
    """Refuse networks that would take too much memory before any of them is unpacked."""
    if not 0 < len(members) <= MOST_NETWORKS:
        raise LabError(
            f"{name} contains {len(members)} networks: choose a file with 1 to {MOST_NETWORKS}."
        )
    check_size(sum(member.file_size for member in members), name, largest)
