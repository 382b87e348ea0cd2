"""What pictures suggest to choose for them, each with its reason in a sentence."""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from mnist_core.arrays import Pixels
from mnist_core.data.choices import SHARE_SET_ASIDE, Choices
from mnist_core.data.collection import Part
from mnist_core.data.framing import border_of
from mnist_core.data.gathering import Gathered
from mnist_core.data.orientation import TRANSPOSED, Orientation, better_orientation

ENOUGH = 2_000
"""Pictures that are looked at."""

MIDDLE_GREY = 127

NEARLY_ALL = 0.9
"""The share of a border's pixels that are light where it is paper; of a photograph's fewer are."""

MOST = 0.75
"""The share of pictures that must look as if they were on light paper."""

SPARSE = 0.35
"""The share of a picture that ink covers at most, where it is a drawing."""

LARGEST_KEPT = 64
"""Pixels along a side up to which pictures of one size stay as they are."""

OF_EMNIST = re.compile(r"emnist.*(ubyte|\.csv)$")
"""Files as EMNIST's makers and Kaggle hand them out, transposed."""


class Proposed(NamedTuple):
    """Hold what is proposed, and why; see `Collection`."""

    choices: Choices
    reasons: dict[str, str]


def proposed(found: Gathered, sources: Sequence[str], resampled: bool) -> Proposed:
    """Propose choices for what was found.

    Args:
        found: the parts.
        sources: the names of the files, of which EMNIST's are known.
        resampled: whether the files had pictures of several sizes.
    """
    images = _sample(found)
    changes: dict[str, Any] = {}
    reasons: dict[str, str] = {}
    if share := _on_light_paper(images):
        changes["invert"] = True
        reasons["invert"] = (
            f"{share:.0%} of the pictures are lighter at the edge than inside: dark ink on light "
            "paper."
        )
    turned = _orientation(found, sources, bool(share))
    if turned:
        orientation, reasons["quarter_turns"] = turned
        changes |= orientation._asdict()
    if resampled or max(images.shape[1:]) > LARGEST_KEPT:
        ink = 255 - images if share else images
        changes["framing"], reasons["framing"] = _framing(ink)
    if found.train and not found.test:
        reasons["test_share"] = (
            f"There are no test pictures: of each class, {SHARE_SET_ASIDE:.0%} are set aside for "
            "the final exam, drawn at random."
        )
    return Proposed(Choices(**changes), reasons)


def _sample(found: Gathered) -> Pixels:
    """Draw pictures evenly from those that there are most of."""
    images = found.train.images if found.train else found.unlabelled
    assert images is not None, "what was gathered has pictures"
    return images[np.linspace(0, len(images) - 1, min(ENOUGH, len(images))).astype(np.intp)]


def _on_light_paper(images: Pixels) -> float:
    """Measure the share of pictures on light paper; 0 where these are not most of them.

    A picture is on light paper if nearly all of its border is light, and lighter than the whole.
    """
    border = border_of(images)
    light = (border > MIDDLE_GREY).mean(axis=1) >= NEARLY_ALL
    share = float((light & (border.mean(axis=1) > images.mean(axis=(1, 2)))).mean())
    return share if share >= MOST else 0.0


def _orientation(
    found: Gathered, sources: Sequence[str], invert: bool
) -> tuple[Orientation, str] | None:
    """Propose how to turn pictures, and say why: digits themselves tell it, letters do not."""
    if found.train:
        ink = Part(255 - found.train.images, found.train.labels) if invert else found.train
        better = better_orientation(ink, found.class_names)
        if better:
            return better, (
                "These digits look much more like MNIST's once they are turned so: as they lie in "
                "the files, they are on their side or mirrored."
            )
        if set(found.class_names) <= set("0123456789"):
            return None
    if any(OF_EMNIST.search(source.lower()) for source in sources):
        return TRANSPOSED, (
            "EMNIST's own files hold every picture on its side and mirrored (transposed)."
        )
    return None


def _framing(ink: Pixels) -> tuple[str, str]:
    """Propose how pictures of any size become the lab's: drawings centred, others as a whole."""
    size = "The pictures are of other sizes than the lab's"
    if (ink > MIDDLE_GREY).mean() <= SPARSE and np.median(border_of(ink)) <= MIDDLE_GREY:
        return "centred", f"{size}, and look like drawings: each is fitted and centred as MNIST's."
    return "resized", f"{size}: each is scaled as a whole to 28 by 28 squares."
