"""The parts of a data set that can be looked at."""

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

import numpy as np

from mnist_core.arrays import Indices
from mnist_core.data import Data, Dataset, Half, dev_size_of, split
from pages.ui.elements import accuracy_text, widgets
from pages.ui.elements.mention import mention
from pages.ui.explore import session
from pages.ui.explore.session import Key

PartName: TypeAlias = Literal["train", "dev", "test"]

PURPOSES: dict[PartName, str] = {
    "train": "training pictures",
    "dev": f"of them for the {accuracy_text.PRACTICE}",
    "test": "test pictures",
}


@dataclass(frozen=True)
class Part:
    """Some examples of a half of the data set.

    Attributes:
        half: which half they are in.
        dataset: the whole half.
        indices: which of its examples belong to the part.
    """

    half: Half
    dataset: Dataset
    indices: Indices


def parts(data: Data) -> dict[PartName, Part]:
    """The training half, its development part (of seed 0), and the test half.

    A data set that is too small to be split has no development part.
    """
    train = np.arange(len(data.train))
    found: dict[PartName, Part] = {"train": Part("train", data.train, train)}
    if dev_size_of(len(data.train)):
        found["dev"] = Part("train", data.train, np.sort(split(data.train, seed=0).dev))
    found["test"] = Part("test", data.test, np.arange(len(data.test)))
    return found


def part_control(data: Data) -> Part:
    """Ask which part of the data set to look at."""
    there_are = parts(data)
    labels = {name: f"{len(part.indices):,} {PURPOSES[name]}" for name, part in there_are.items()}
    name: PartName = widgets.choose_one(
        "Which pictures?",
        [name for name in get_args(PartName) if name in there_are],
        format_func=labels.__getitem__,
        default="train",
        key=Key.PART,
        on_change=session.show_all,
        help="A network learns from the first group; a few of these are set aside for its practice "
        "exam (the validation set, as drawn with seed 0). The last group is for the final exam "
        "(the test set), and no network learns from it. "
        + mention("training, validation and test sets", "What the three are for"),
    )
    return there_are[name]
