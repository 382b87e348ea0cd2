"""A collection: the pictures and labels found in somebody's files, before any choice is made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np

from mnist_core.arrays import Indices, Pixels
from mnist_core.data.choices import Choices

Progress: TypeAlias = Callable[[float], None]
"""Is told the share that is done, from 0 to 1; may raise to stop the work."""


def no_progress(_: float) -> None:
    """Ignore the share that is done."""


@dataclass(frozen=True)
class Part:
    """Hold pictures `(n, height, width)` uint8 and labels `(n,)`: places in `class_names`."""

    images: Pixels
    labels: Indices

    def __len__(self) -> int:
        return len(self.labels)


@dataclass(frozen=True)
class Collection:
    """Hold what some files were found to contain, and propose what to make of it.

    All parts have pictures of one size, grey, 0 to 255, orientated and coloured as in the files.

    Attributes:
        taken_for: one sentence that says what the files were taken for.
        name: a name for the data set, from the files' own names.
        class_names: the classes as they are named in the files, in the order of their numbers or of
            the alphabet; each has a picture in `train` or `test`. Empty without labels.
        train: the pictures to learn from; None where no file has labels.
        test: the pictures for the final figure; None where the files do not tell them apart.
        unlabelled: pictures `(n, height, width)` that have no label, to be read by a network; None
            where there are none.
        proposed: what the pictures suggest: how they are turned, inverted, framed.
        reasons: by the name of a field of `Choices`, a sentence why it is proposed to change it;
            for `test_share`, that a test half is missing and what is set aside.
        passed_over: files that are no pictures, with why they were not used; for a caption.
    """

    taken_for: str
    name: str
    class_names: tuple[str, ...]
    train: Part | None
    test: Part | None
    unlabelled: Pixels | None
    proposed: Choices = field(default_factory=Choices)
    reasons: Mapping[str, str] = field(default_factory=dict)
    passed_over: tuple[str, ...] = ()

    def first_of_each_class(self, count: int) -> dict[str, Pixels]:
        """Find up to `count` pictures `(n, height, width)` of each class, for a preview.

        Those to learn from come first. Show them by `assembly.as_chosen(images, choices)`.
        """
        parts = [part for part in (self.train, self.test) if part]
        found = {}
        for place, name in enumerate(self.class_names):
            of_class = [part.images[np.flatnonzero(part.labels == place)[:count]] for part in parts]
            found[name] = np.concatenate(of_class)[:count]
        return found
