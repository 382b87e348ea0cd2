"""Texts of the Weights page about a network's numbers."""

from typing import NamedTuple

import numpy as np

from mnist_core.nn.activations import ACTIVATIONS
from mnist_core.nn.convolution import MaxPool2D
from mnist_core.nn.layers import Activation
from mnist_core.nn.network import Network
from pages.ui.elements.mention import mention
from pages.ui.weights.study import LayerView, View

NUMBERS_TO_A_PAGE = 500


class Words(NamedTuple):
    """The texts about a view of a layer, to be formatted.

    Attributes:
        heading: names the gallery.
        colours: of negative weights, of 0, and of positive weights.
        units, filters: explain the weights of a unit or of a filter that sees the picture.
        patches: goes on from `STACKED_UNITS` or `STACKED_FILTERS`.
        added_up: explains the templates of the classes.
        rows: defines the weights.
    """

    heading: str
    colours: tuple[str, str, str]
    units: str
    filters: str
    patches: str
    added_up: str
    rows: str


EXCITEMENT = ("ink silences it", "no effect", "ink excites it")
ADDED_UP = (
    "The pictures of all units added up, each as strongly as it votes for the {kind}. Ink on "
    "orange is a reason to say it, ink on blue a reason not to."
)
PATCHES_NOW = (
    "on the left those it responded to most before training, on the right those it responds to "
    "most now."
)
WORDS: dict[View, Words] = {
    "As it is": Words(
        "What each {noun} looks for",
        EXCITEMENT,
        "Each of these is one {unit}: the {weight} it gives to every square of a picture. "
        "It adds up the ink on orange and subtracts the ink on blue. The more is left, the more "
        "strongly it responds.",
        "Each of these is one {filter}: {size} squares that slide over the picture. It "
        "responds wherever ink lies as its orange does.",
        "those it responds to most.",
        ADDED_UP,
        "rows of W",
    ),
    "What changed": Words(
        "What each {noun} has learned to look for",
        ("lowered", "as it was", "raised"),
        "Each of these is one {unit}: how far learning has raised (orange) or lowered "
        "(blue) the {weight} it gives to every square of a picture. The shapes are what it has "
        "learned to look for.",
        "Each of these is one {filter}, {size} squares that slide over the picture: "
        "how far learning has raised (orange) or lowered (blue) each of its weights.",
        PATCHES_NOW,
        "What has changed in all units added up, each as strongly as it now votes for "
        "the {kind}. Ink on orange has become a reason to say it, ink on blue a reason not to.",
        "rows of W minus their starting weights",
    ),
    "Before and after": Words(
        "What each {noun} looked for before, and looks for now",
        EXCITEMENT,
        "Each pair is one {unit}: the {weight} it gives to every square of a "
        "picture, on the left before training, when it was random, on the right as it is now.",
        "Each pair is one {filter}, {size} squares that slide over the picture: "
        "on the left before training, when it was random, on the right as it is now.",
        PATCHES_NOW,
        ADDED_UP,
        "rows of W, with their starting weights on the left",
    ),
}

IDEAL_PICTURES = (
    "And these are the pictures it would be surest of, one for each {kind}: started from noise, "
    "and changed until the score hardly rose any more (*activation maximization*). To the network "
    "they are perfect; no one would draw them."
)

STACKED_FILTERS = (
    "Each {noun} looks at all {channels} pictures that the layer before it makes, with weights of "
    "its own for each, and so many small squares show nothing to the eye. So these are parts of "
    "real pictures: "
)

STACKED_UNITS = (
    "Each {noun} gets numbers from {channels} others and never sees the picture itself, so its "
    "weights show nothing to the eye. These are real pictures: "
)


def size(network: Network) -> str:
    """Describe the number of a network's parameters, with a comparison."""
    leaves = -(-network.size // NUMBERS_TO_A_PAGE)
    book = f"a book of {leaves:,} pages" if leaves > 1 else "a single page"
    return (
        f"This network is **{network.size:,} numbers** and nothing else: printed "
        f"{NUMBERS_TO_A_PAGE} to a page, {book}."
    )


def heading(layer_view: LayerView) -> str:
    """Name the gallery's content."""
    return WORDS[layer_view.view].heading.format(noun=layer_view.noun)


def how_to_look(layer_view: LayerView) -> str:
    """Explain a picture of the gallery."""
    words, (_, channels, height, width) = WORDS[layer_view.view], layer_view.weights.shape
    convolutional = layer_view.convolutional
    if layer_view.stacked:
        of_units = height == width == 1 and not convolutional
        template = STACKED_UNITS if of_units else STACKED_FILTERS
        field = layer_view.patches.field
        seen = f" All it sees at a time is {field.height} by {field.width} squares."
        return (
            template.format(noun=layer_view.noun, channels=channels)
            + words.patches
            + (seen if convolutional else "")
        )
    if convolutional:
        return words.filters.format(filter=mention("filter"), size=f"{height} by {width}")
    return words.units.format(unit=mention("unit"), weight=mention("weight"))


def picture_of(layer_view: LayerView, unit: int) -> str:
    """Name the picture of one unit."""
    named = f"{layer_view.noun} {unit + 1}"
    return f"What {named} responds to" if layer_view.stacked else f"The weights of {named}"


def favourites(layer_view: LayerView, unit: int) -> str:
    """Describe the commonest class among the pictures that activate a unit most."""
    pictures = len(layer_view.favourites(unit))
    asked = f"{layer_view.asked:,} test pictures"
    if not pictures:
        return f"Nothing: it did not respond to any of {asked}."
    label, count = _commonest(layer_view, unit)
    shown, kind = layer_view.vocabulary.one(label), layer_view.vocabulary.kind
    alike = f"{count} of them show {shown}." if count > 1 else f"No two show the same {kind}."
    frames = " The frames show where." if layer_view.convolutional else ""
    return (
        f"The {pictures} it responds to most, of {asked}. {alike}{frames} "
        "Pick one to see it on the Explore page."
    )


def passed_on(layer_view: LayerView) -> str:
    """Explain the feature maps of a convolution."""
    steps = ""
    for after in layer_view.network.layers[layer_view.layer + 1 :]:
        if isinstance(after, MaxPool2D):
            steps += f", the largest of every {after.size} by {after.size}"
        elif isinstance(after, Activation):
            steps += f", after {ACTIVATIONS[after.function].title}"
        else:
            break
    return (
        f"What each {layer_view.noun} passes on to the next layer, in the same order: how it "
        f"responds at every place of the picture{steps}. "
        "Orange is a strong response, paper none."
    )


def vote(layer_view: LayerView, unit: int) -> str:
    """Describe a unit's contribution to the logits."""
    votes, vocabulary = layer_view.effects[:, unit], layer_view.vocabulary
    kind = vocabulary.kind
    if not votes.any():
        return f"It has none: whatever it passes on, no {kind} becomes likelier."
    best, worst = (vocabulary.name(int(label)) for label in (votes.argmax(), votes.argmin()))
    if layer_view.scores:
        return (
            f"This unit is the score of **{best}** itself. When it responds, {best} becomes "
            f"likelier, and every other {kind} less likely to the same degree."
        )
    sentence = (
        f"When it responds, **{best}** becomes likelier and **{worst}** less likely than the rest."
    )
    if not len(layer_view.favourites(unit)) or _commonest(layer_view, unit)[0] == votes.argmax():
        return sentence
    label, _ = _commonest(layer_view, unit)
    return (
        f"{sentence} What it responds to is another matter: most often it is "
        f"{vocabulary.one(label)}. It is only one of {layer_view.units} "
        f"{layer_view.noun}s, and the answer is what all their votes add up to."
    )


def _commonest(layer_view: LayerView, unit: int) -> tuple[int, int]:
    """Return the commonest label among the pictures that activate a unit most, and its count."""
    counts = np.bincount(layer_view.dataset.labels[layer_view.favourites(unit)])
    return int(counts.argmax()), int(counts.max())
