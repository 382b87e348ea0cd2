"""The parts of a data set that the page can show."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from mnist_core.arrays import Indices
from mnist_core.data import Data, Dataset, Half, dev_size_of, split
from pages.ui.elements import accuracy_text, widgets
from pages.ui.elements.mention import mention
from pages.ui.elements.vocabulary import Vocabulary, vocabulary
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
    """Some pictures of a half of a data set, by their indices in the half, `(n,)`."""

    data: Data
    half: Half
    indices: Indices

    @property
    def dataset(self) -> Dataset:
        """The whole half."""
        return self.data.half(self.half)

    @property
    def class_names(self) -> Vocabulary:
        """The names of the data set's classes."""
        return vocabulary(self.data)


def part_control(data: Data) -> Part:
    """Ask which part of the data set to show: a half, or the practice exam (split with seed 0).

    A data set that is too small to be split has no practice exam.
    """
    by_name: dict[PartName, Part] = {"train": Part(data, "train", np.arange(len(data.train)))}
    if dev_size_of(len(data.train)):
        by_name["dev"] = Part(data, "train", np.sort(split(data.train, seed=0).dev))
    by_name["test"] = Part(data, "test", np.arange(len(data.test)))
    labels = {name: f"{len(part.indices):,} {PURPOSES[name]}" for name, part in by_name.items()}
    name: PartName = widgets.choose_one(
        "Which pictures?",
        list(by_name),
        format_func=labels.__getitem__,
        key=Key.PART,
        on_change=session.show_all,
        help="A network learns from the first group; a few of these are set aside for its practice "
        "exam (the validation set, as drawn with seed 0). The last group is for the final exam "
        "(the test set), and no network learns from it. "
        + mention("training, validation and test sets", "What the three are for"),
    )
    return by_name[name]
