"""Make a data set of a collection by the choices of a person."""

from collections.abc import Mapping, Sequence

import numpy as np

from mnist_core.arrays import Indices, Pixels
from mnist_core.data.choices import Choices
from mnist_core.data.class_names import LONGEST_NAME
from mnist_core.data.collection import Collection, Part, Progress, no_progress
from mnist_core.data.dataset import Data, Dataset, make_data
from mnist_core.data.framing import framed
from mnist_core.data.orientation import Orientation, oriented
from mnist_core.errors import LabError

MOST_CLASSES = 256
"""Labels are kept as uint8."""


def as_chosen(images: Pixels, choices: Choices, report_progress: Progress = no_progress) -> Pixels:
    """Turn, mirror, invert and frame pictures.

    Args:
        images: `(n, height, width)` uint8, as a collection holds them; also its unlabelled ones.
        choices: of which the classes and the test half do not matter here.
        report_progress: is told the share of the pictures that is done.

    Returns:
        `(n, height, width)` uint8, or `(n, 28, 28)` unless the framing is "as found".
    """
    turned = oriented(images, Orientation(choices.quarter_turns, choices.mirror))
    ink = 255 - turned if choices.invert else turned
    if choices.framing == "as found":
        report_progress(1.0)
        return np.ascontiguousarray(ink)
    frame, step = framed(choices.framing), max(len(ink) // 100, 1)
    found = []
    for place, picture in enumerate(ink):
        found.append(frame(np.ascontiguousarray(picture)))
        if place % step == 0:
            report_progress(place / len(ink))
    return np.stack(found)


def assemble(
    collection: Collection,
    choices: Choices,
    name: str,
    report_progress: Progress = no_progress,
) -> Data:
    """Make a data set of a collection: its pictures as chosen, its classes numbered from 0.

    A missing test half is drawn from the training half, class by class, by the seed; both keep
    the files' order.

    Raises:
        LabError: the collection has no labels; fewer than two classes, or more than 256, are left;
            the test half has a class that the training half lacks; a class name is too long.
    """
    if collection.train is None:
        raise LabError(
            f"{collection.name} has pictures without labels, from which nothing can be learned: "
            "bring a file with their labels as well."
        )
    names, place_of = _classes(collection.class_names, choices.class_names)
    train = _kept(collection.train, place_of)
    test = _kept(collection.test, place_of) if collection.test else None
    names, train, test = _with_pictures(names, train, test)
    if test is None or not len(test):
        train, test = _set_aside(train, choices)
    pictures = len(train) + len(test)
    first = len(train) / pictures
    return make_data(
        _dataset(train, choices, lambda share: report_progress(share * first)),
        _dataset(test, choices, lambda share: report_progress(first + share * (1 - first))),
        name,
        _given(names),
    )


def _given(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the class names, or none if they are the labels from 0 upwards."""
    return () if names == tuple(map(str, range(len(names)))) else names


def _classes(
    found: Sequence[str], chosen: Mapping[str, str | None]
) -> tuple[tuple[str, ...], Indices]:
    """List the names of the classes that are left, and the place of each found one, or -1."""
    called = [chosen.get(name, name) for name in found]
    names = tuple(dict.fromkeys(name for name in called if name is not None))
    for name in names:
        if not 0 < len(name) <= LONGEST_NAME:
            raise LabError(
                f'The class name "{name[:LONGEST_NAME]}" is empty or longer than {LONGEST_NAME} '
                "letters: give it another one."
            )
    places = [-1 if name is None else names.index(name) for name in called]
    return names, np.array(places, np.intp)


def _kept(part: Part, place_of: Indices) -> Part:
    """Keep the pictures whose class is not left out, under their new labels."""
    labels = place_of[part.labels]
    kept = labels >= 0
    return Part(part.images if kept.all() else part.images[kept], labels[kept])


def _with_pictures(
    names: tuple[str, ...], train: Part, test: Part | None
) -> tuple[tuple[str, ...], Part, Part | None]:
    """Keep only the classes that have a picture to learn from, and number them anew."""
    there_are = np.unique(train.labels)
    lacking = np.setdiff1d(test.labels, there_are) if test else there_are[:0]
    if lacking.size:
        raise LabError(
            f"The test pictures have the class {names[lacking[0]]}, which no training picture has: "
            "use files of one data set, or leave this class out."
        )
    if not 2 <= len(there_are) <= MOST_CLASSES:
        raise LabError(
            f"There are {len(there_are)} classes: the lab tells 2 to {MOST_CLASSES} apart. Look "
            "whether the labels were found where they are."
        )
    renumbered = np.full(len(names), -1, np.intp)
    renumbered[there_are] = np.arange(len(there_are))
    return (
        tuple(names[place] for place in there_are),
        Part(train.images, renumbered[train.labels]),
        test and Part(test.images, renumbered[test.labels]),
    )


def _set_aside(part: Part, choices: Choices) -> tuple[Part, Part]:
    """Draw a test half, the chosen share of each class but at least one, and leave at least one."""
    rng = np.random.default_rng(choices.seed)
    aside = np.zeros(len(part), bool)
    for label in range(int(part.labels.max()) + 1):
        places = np.flatnonzero(part.labels == label)
        count = min(max(round(choices.test_share * len(places)), 1), len(places) - 1)
        aside[rng.choice(places, count, replace=False)] = True
    if not aside.any():
        raise LabError(
            "No class has two pictures, so none can be set aside for the final exam: bring more."
        )
    return (
        Part(part.images[~aside], part.labels[~aside]),
        Part(part.images[aside], part.labels[aside]),
    )


def _dataset(part: Part, choices: Choices, report_progress: Progress) -> Dataset:
    images = as_chosen(part.images, choices, report_progress)
    return Dataset(images, part.labels.astype(np.uint8))
