"""Picture files: the class of each is its folder's name, or the word before the number in its own.

`train/7/12.png`, `7/12.png` and `7_12.png` all say that the picture is a 7.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from math import isqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mnist_core.arrays import Pixels
from mnist_core.data.framing import fitted
from mnist_core.data.labels import labels_of_words, natural
from mnist_core.data.pixel_values import LARGEST_SIDE
from mnist_core.data.portions import Portion, Role, names_no_class, role_of
from mnist_core.data.sources import Source
from mnist_core.drawing.picture_files import LARGEST_FILE, read_grey
from mnist_core.errors import LabError

FORBIDDEN = '%/\\:*?"<>|'
"""Characters that a class's name may have and a file's may not: they are written as in addresses.
"""

_NUMBERED = re.compile(r"(.*?)[\s_.\-]*\(?\d+\)?")
_ESCAPED = re.compile(r"%([0-9A-F]{2})")


class Labelling(NamedTuple):
    """Hold what the paths of picture files tell.

    Attributes:
        classes: the class of each file, or None.
        roles: what each file is for, or None.
        by: where the class is said, for a sentence.
    """

    classes: list[str | None]
    roles: list[Role | None]
    by: str


def read_pictures(sources: Sequence[Source], largest: int) -> tuple[list[Portion], str]:
    """Read picture files of any size as grey pictures of one size.

    If they differ in size or are large, each is scaled into a square, at most 128 pixels a side
    and smaller where there are many. They come in the order of the files' own names, whatever
    folder they are in, which mixes the classes.

    Args:
        sources: the files, in any order.
        largest: bytes that all pictures may take.

    Returns:
        A portion for each role, one for what has a label and one for what has none; and what the
        files were taken for.

    Raises:
        LabError: a file is broken or too large, or there are too many.
    """
    sources = sorted(sources, key=lambda source: (natural(source.path.name), source.name))
    side = min(LARGEST_SIDE, isqrt(largest // len(sources)))
    if not side:
        raise LabError(
            f"{len(sources):,} pictures are more than the lab has room for: bring fewer."
        )
    pictures = [read_grey(source.content(LARGEST_FILE), side, source.name) for source in sources]
    resampled = len({picture.shape for picture in pictures}) > 1
    images, size = _of_one_size(pictures)
    labelling = labelling_of([source.name for source in sources])
    groups: dict[tuple[Role | None, bool], list[int]] = defaultdict(list)
    for place, (name, role) in enumerate(zip(labelling.classes, labelling.roles, strict=True)):
        groups[role, name is not None].append(place)
    portions = [
        replace(
            _portion(sources[places[0]].name, role, images, labelling.classes, places),
            resampled=resampled,
        )
        for (role, _), places in groups.items()
    ]
    return portions, f"{len(sources):,} pictures, {size}: {labelling.by}."


def labelling_of(names: Sequence[str]) -> Labelling:
    """Find the class of each file by its folders, or else by its own name.

    Folders that all files share, and `train`, `test` and the like, are no classes.
    """
    paths = [name.split("/") for name in names]
    shared = _shared(paths)
    of_class = [_class_folder(path[:-1], shared) for path in paths]
    folders = [
        [folder for depth, folder in enumerate(path[:-1]) if depth != of_one]
        for path, of_one in zip(paths, of_class, strict=True)
    ]
    by_folder = [
        None if depth is None else unescaped(path[depth])
        for path, depth in zip(paths, of_class, strict=True)
    ]
    if len(set(by_folder) - {None}) > 1:
        roles = [role_of("/".join(path)) for path in folders]
        return Labelling(by_folder, roles, "a folder for each class")
    roles = [role_of("/".join(path[:-1])) for path in paths]
    by_name = [_name_class(path[-1]) for path in paths]
    if len(set(by_name) - {None}) > 1:
        return Labelling(by_name, roles, "the class stands before the number in each file's name")
    return Labelling([None] * len(paths), roles, "nothing tells their classes")


def _shared(paths: Sequence[Sequence[str]]) -> int:
    """Count the folders at the start that are the same for all files."""
    folders = [path[:-1] for path in paths]
    shortest = min(map(len, folders))
    same = (len({path[depth] for path in folders}) == 1 for depth in range(shortest))
    return next((depth for depth, alike in enumerate(same) if not alike), shortest)


def _class_folder(folders: Sequence[str], shared: int) -> int | None:
    """Find the folder that names the class: the last one that is more than a role."""
    naming = [depth for depth in range(shared, len(folders)) if not names_no_class(folders[depth])]
    return naming[-1] if naming else None


def _name_class(file: str) -> str | None:
    found = _NUMBERED.fullmatch(file.rpartition(".")[0] or file)
    return unescaped(found[1]) if found and found[1] else None


def escaped(name: str) -> str:
    """Write a class's name so that it can be a folder's on every system, and is no role's."""
    written = "".join(f"%{ord(one):02X}" if one in FORBIDDEN else one for one in name)
    if written.startswith(".") or names_no_class(written):
        return f"%{ord(written[0]):02X}{written[1:]}"
    return written


def unescaped(folder: str) -> str:
    """Read a class's name that `escaped` has written; other names stay what they are."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), folder)


def _of_one_size(pictures: list[Pixels]) -> tuple[NDArray[np.uint8], str]:
    """Stack all pictures `(n, h, w)`, and say their sizes; the list is emptied to save memory."""
    sizes = Counter(picture.shape for picture in pictures)
    height, width = next(iter(sizes)) if len(sizes) == 1 else (max(map(max, sizes)),) * 2
    images = np.empty((len(pictures), height, width), np.uint8)
    for place in reversed(range(len(pictures))):
        picture = pictures.pop()
        images[place] = picture if len(sizes) == 1 else fitted(picture, height)
    if len(sizes) == 1:
        return images, f"{width}x{height} pixels"
    return images, f"of {len(sizes)} sizes, made {width}x{height} pixels"


def _portion(
    source: str,
    role: Role | None,
    images: NDArray[np.uint8],
    classes: Sequence[str | None],
    places: Sequence[int],
) -> Portion:
    words = [name for place in places if (name := classes[place]) is not None]
    labels = labels_of_words(words, source) if words else None
    chosen = images if len(places) == len(images) else images[list(places)]
    return Portion(source, role, chosen, labels)
