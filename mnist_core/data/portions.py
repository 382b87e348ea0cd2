"""A portion: the pictures of one file or folder with their labels, as the file holds them."""

import re
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from numpy.typing import NDArray

from mnist_core.data.labels import Labelled

Role: TypeAlias = Literal["train", "validation", "test"]
"""What a name says that pictures are for."""

ROLES: dict[str, Role] = {
    **dict.fromkeys(("train", "training"), "train"),
    **dict.fromkeys(("val", "valid", "validation"), "validation"),
    **dict.fromkeys(("test", "testing", "t10k"), "test"),
}

_BESIDE = {"image", "images", "img", "imgs", "pictures", "set", "data"}
"""Words that may stand in a folder's name, and tell neither a role nor a class."""

_WORD = re.compile(rf"(?<![a-z])[xy]?({'|'.join(sorted(ROLES, key=len, reverse=True))})(?![a-z])")


@dataclass(frozen=True)
class Portion:
    """Hold pictures `(n, height, width)` of any numbers, and their labels.

    Attributes:
        source: the name of the file or folder.
        role: what the names say that they are for; None where they do not tell.
        labels: None where there are none.
        resampled: whether their files had pictures of several sizes, so that this one says nothing.
    """

    source: str
    role: Role | None
    images: NDArray[Any]
    labels: Labelled | None
    resampled: bool = False


def role_of(name: str) -> Role | None:
    """Find what a path says that pictures are for; the last word counts."""
    words = _WORD.findall(name.lower())
    return ROLES[words[-1]] if words else None


def set_name(source: str) -> str:
    """Find the name of the data set that a file belongs to: what is left without its role."""
    words = re.findall(r"[a-z]+", _WORD.sub(" ", source.lower()))
    return "-".join(word for word in words if word not in _BESIDE | {"idx", "ubyte"})


def names_no_class(folder: str) -> bool:
    """Tell whether a folder has the name of no class: `train`, `test_images`, `set 2`."""
    words = set(re.findall(r"[a-z]+\d*[a-z]*", folder.lower()))
    return bool(words) and words <= ROLES.keys() | _BESIDE
