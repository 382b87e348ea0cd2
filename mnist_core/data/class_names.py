"""Class names that lie beside the pictures: a name a line, or EMNIST's mapping of labels."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from mnist_core.data.labels import canonical
from mnist_core.errors import LabError

CLASS_FILE = "classes.txt"
"""Beside the files of a data set, optional: the name of each class on a line of its own."""

LONGEST_NAME = 40

_MAPPING_LINE = re.compile(r"\d{1,3}([ \t]+\d{1,5})+")
_TELLING = re.compile(r"class|label|name|mapping", re.IGNORECASE)


class ClassNames(NamedTuple):
    """Hold what a file says of the names of classes.

    Attributes:
        source: the name of the file.
        names: a name for each class, in order; empty where `of` tells.
        of: by the label, its name.
    """

    source: str
    names: tuple[str, ...]
    of: dict[str, str]


def tells_class_names(name: str, text: str) -> bool:
    """Tell whether a text has class names: its own name says so, or it is a mapping as EMNIST's."""
    called = name.rsplit("/", 1)[-1]
    return bool(_TELLING.search(called)) or _is_mapping(text)


def read_class_names(name: str, content: bytes) -> ClassNames:
    """Read a name a line; or, as in EMNIST's mapping files, a label and the codes of its letters.

    A letter's two forms share a class in some of EMNIST's sets, which is then called `Aa`.

    Raises:
        LabError: it is no text.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LabError(f"{name} cannot be read: {error}. Write one name a line.") from error
    if _is_mapping(text):
        rows = [line.split() for line in text.splitlines() if line.strip()]
        return ClassNames(name, (), {str(int(row[0])): _letters(row[1:]) for row in rows})
    return ClassNames(name, tuple(line.strip() for line in text.rstrip().splitlines()), {})


def names_by_label(labels: Sequence[str], told: ClassNames, spelled: bool) -> dict[str, str]:
    """Say what the classes with these labels are called; the result is in the classes' order.

    Args:
        labels: all different ones, in order.
        told: what a file says.
        spelled: whether the labels were written as words, which may be the names themselves.

    Raises:
        LabError: the names do not fit the labels.
    """
    if told.of:
        missing = [label for label in labels if label not in told.of]
        if missing:
            raise LabError(
                f"{told.source} has no line for the label {missing[0]}, which the pictures have: "
                "bring the file that belongs to them."
            )
        return {label: told.of[label] for label in labels}
    names, known = told.names, set(labels)
    check_class_names(names, told.source, len(labels) if len(names) < len(labels) else len(names))
    by_word = {canonical(name): name for name in names}
    if spelled and known <= set(by_word):
        return {word: name for word, name in by_word.items() if word in known}
    if len(names) == len(labels):
        return dict(zip(labels, names, strict=True))
    first = 1 if str(len(names)) in known else 0
    by_label = {str(place + first): name for place, name in enumerate(names)}
    if known <= set(by_label):
        return {label: by_label[label] for label in labels}
    raise LabError(_misfit(told.source, names, len(labels)))


def parse_class_names(content: bytes, path: str, classes: int) -> tuple[str, ...]:
    """Read the names in a `classes.txt` or in a field, which an error calls `path`.

    Raises:
        LabError: it is no text, or its names do not fit the classes.
    """
    try:
        names = tuple(name.strip() for name in content.decode("utf-8").splitlines())
    except UnicodeDecodeError as error:
        raise LabError(f"{path} cannot be read: {error}. Write one name a line.") from error
    check_class_names(names, path, classes)
    return names


def check_class_names(names: Sequence[str], source: str, classes: int) -> None:
    """Refuse names that are not one for each class, or are empty, too long, or the same.

    Raises:
        LabError: they are.
    """
    if len(names) != classes or len(set(names)) != classes:
        raise LabError(_misfit(source, names, classes))
    if not all(0 < len(name) <= LONGEST_NAME for name in names):
        raise LabError(f"{source} has a name that is empty or longer than {LONGEST_NAME} letters.")


def _misfit(source: str, names: Sequence[str], classes: int) -> str:
    return (
        f"{source} contains {len(set(names))} different names for {classes} classes: write one "
        "name a line, in the order of the labels."
    )


def _is_mapping(text: str) -> bool:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return bool(lines) and all(_MAPPING_LINE.fullmatch(line) for line in lines)


def _letters(codes: Sequence[str]) -> str:
    """Join the characters of some codes, without those that cannot be seen."""
    return "".join(c for c in dict.fromkeys(map(chr, map(int, codes))) if c.isprintable())
