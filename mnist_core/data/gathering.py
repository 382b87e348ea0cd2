"""Join the portions that were found: halves, classes and their names, one size, 0 to 255."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from mnist_core.arrays import Pixels
from mnist_core.data.class_names import ClassNames, names_by_label
from mnist_core.data.collection import Part
from mnist_core.data.common_names import differing_parts
from mnist_core.data.labels import Labelled, in_order
from mnist_core.data.pixel_values import as_bytes
from mnist_core.data.portions import Portion, Role, set_name
from mnist_core.errors import LabError


@dataclass(frozen=True)
class Gathered:
    """Hold the parts of a collection; see `Collection`."""

    class_names: tuple[str, ...]
    train: Part | None
    test: Part | None
    unlabelled: Pixels | None


class _Scaled(NamedTuple):
    """Join a portion and its pictures as bytes."""

    portion: Portion
    images: Pixels


def gathered(portions: Sequence[Portion], told: ClassNames | None) -> Gathered:
    """Join portions into a training half, a test half and pictures without labels.

    Validation pictures are among those to learn from: the lab sets its own aside. If only test
    pictures have labels, they are those to learn from.

    Raises:
        LabError: the pictures are of different sizes or their numbers of no known form; or the
            names of the classes do not fit the labels.
    """
    portions = classed_by_file(portions)
    _check_one_set(portions)
    _check_sizes(portions)
    scaled = [
        _Scaled(*pair)
        for pair in zip(
            portions,
            as_bytes([one.images for one in portions], [one.source for one in portions]),
            strict=True,
        )
    ]
    labelled = [one for one in scaled if one.portion.labels is not None]
    _check_labelled(portions)
    order, names = _classes([one.portion for one in labelled], told)
    rest = [one for one in labelled if one.portion.role != "test"]
    test = [one for one in labelled if one.portion.role == "test"]
    if not rest:
        rest, test = test, []
    rest.sort(key=lambda one: one.portion.role == "validation")
    bare = [one.images for one in scaled if one.portion.labels is None]
    return Gathered(
        names,
        _part(rest, order),
        _part(test, order),
        _joined(bare) if bare else None,
    )


def classed_by_file(portions: Sequence[Portion]) -> list[Portion]:
    """Take each file for a class of its own, as Quick, Draw! has them, where nothing has labels.

    The class is the part of the file's name in which it differs from the others.
    """
    bare = all(one.labels is None and one.role is None for one in portions)
    if not bare or len(portions) < 2:
        return list(portions)
    names = differing_parts([one.source.rpartition(".")[0] or one.source for one in portions])
    return [
        replace(one, labels=Labelled((name,), np.zeros(len(one.images), np.intp), True))
        for one, name in zip(portions, names, strict=True)
    ]


def _check_one_set(portions: Sequence[Portion]) -> None:
    """Refuse several data sets at once, as EMNIST's archive has them, each of two halves."""
    roles: dict[str, set[Role | None]] = defaultdict(set)
    for one in portions:
        roles[set_name(one.source)].add(one.role)
    whole = sorted(name for name, found in roles.items() if {"train", "test"} <= found)
    if len(whole) > 1:
        raise LabError(
            f"There are several data sets among the files, {whole[0]} and {whole[1]} for instance: "
            "bring the files of one."
        )


def _check_sizes(portions: Sequence[Portion]) -> None:
    first = portions[0]
    for one in portions:
        if one.images.shape[1:] != first.images.shape[1:]:
            (height, width), (rows, columns) = first.images.shape[1:], one.images.shape[1:]
            raise LabError(
                f"{first.source} has pictures of {width}x{height} pixels and {one.source} of "
                f"{columns}x{rows}: use the files of one data set."
            )


def _check_labelled(portions: Sequence[Portion]) -> None:
    """Refuse training pictures that lack their labels, where others have some."""
    if not any(one.labels for one in portions):
        return
    for one in portions:
        if one.labels is None and one.role in ("train", "validation"):
            raise LabError(
                f"{one.source} has pictures to learn from, but no file has their labels: bring the "
                "file with their labels as well."
            )


def _classes(
    portions: Sequence[Portion], told: ClassNames | None
) -> tuple[dict[str, int], tuple[str, ...]]:
    """Find the place of each label among the classes, and the classes' names."""
    found = in_order([name for one in portions if one.labels for name in one.labels.names])
    spelled = any(one.labels.spelled for one in portions if one.labels)
    called = (
        names_by_label(found, told, spelled)
        if told and found
        else {label: label for label in found}
    )
    return {label: place for place, label in enumerate(called)}, tuple(called.values())


def _part(scaled: Sequence[_Scaled], order: dict[str, int]) -> Part | None:
    if not scaled:
        return None
    places = []
    for one in scaled:
        assert one.portion.labels is not None
        names, labels, _ = one.portion.labels
        places.append(np.array([order[name] for name in names], np.intp)[labels])
    return Part(_joined([one.images for one in scaled]), np.concatenate(places))


def _joined(images: Sequence[Pixels]) -> Pixels:
    return images[0] if len(images) == 1 else np.concatenate(images)
