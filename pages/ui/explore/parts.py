"""The parts of a data set that the page can show."""

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
    """Some pictures of a half of the data set.

    Attributes:
        half: the half that they are in.
        dataset: the whole half.
        indices: the indices of the part's pictures in the half, `(n,)`.
    """

    half: Half
    dataset: Dataset
    indices: Indices


def parts(data: Data) -> dict[PartName, Part]:
    """Return the training half, its practice exam (split with seed 0), and the test half.

    A data set that is too small to be split has no practice exam.
    """
    train = np.arange(len(data.train))
    by_name: dict[PartName, Part] = {"train": Part("train", data.train, train)}
    if dev_size_of(len(data.train)):
        by_name["dev"] = Part("train", data.train, np.sort(split(data.train, seed=0).dev))
    by_name["test"] = Part("test", data.test, np.arange(len(data.test)))
    return by_name


def part_control(data: Data) -> Part:
    """Ask which part of the data set to show."""
    by_name = parts(data)
    labels = {name: f"{len(part.indices):,} {PURPOSES[name]}" for name, part in by_name.items()}
    name: PartName = widgets.choose_one(
        "Which pictures?",
        [name for name in get_args(PartName) if name in by_name],
        format_func=labels.__getitem__,
        default="train",
        key=Key.PART,
        on_change=session.show_all,
        help="A network learns from the first group; a few of these are set aside for its practice "
        "exam (the validation set, as drawn with seed 0). The last group is for the final exam "
        "(the test set), and no network learns from it. "
        + mention("training, validation and test sets", "What the three are for"),
    )
    return by_name[name]
