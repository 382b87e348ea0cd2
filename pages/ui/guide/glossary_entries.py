"""The terms of the glossary, in the order in which a newcomer meets them."""

from functools import partial

from pages.ui.guide import evidence
from pages.ui.guide.glossary_entry import Entry

ENTRIES = (
    Entry(
        "pixel",
        "one square of a picture",
        "To a computer a picture is a table of numbers, one for each square: how dark it is.",
        evidence.pixels,
    ),
    Entry(
        "label",
        "what people say a picture shows",
        "Someone looked at each picture and wrote down what it shows; a network learns from "
        "pictures and labels together.",
        evidence.labels,
    ),
    Entry(
        "training, validation and test sets",
        "the pictures to learn from, and those for two exams",
        "Like a student, a network is tested on pictures it has not studied: the practice exam "
        "(validation set) compares settings, the final exam (test set) comes at the very end.",
        evidence.parts,
    ),
    Entry(
        "weight",
        "a number that says how much something counts",
        "Each unit multiplies each of its inputs by a weight and adds them up; learning is nothing "
        "but changing these numbers.",
        evidence.parameters,
    ),
    Entry(
        "unit",
        "a small calculation inside a network",
        "It multiplies each input by a weight, adds them all up and passes the result on, often "
        "only if it is above zero (an artificial neuron).",
        evidence.with_network("notebook", partial(evidence.weights, parts="units")),
    ),
    Entry(
        "layer",
        "units side by side",
        "What one layer passes on is what the next one gets; layers between the picture and the "
        "answer are called hidden.",
        evidence.layers,
    ),
    Entry(
        "filter",
        "a few weights that slide over a picture together",
        "It looks for the same little pattern, such as a slanted edge, everywhere (a convolution).",
        evidence.with_network("conv", partial(evidence.weights, parts="filters")),
    ),
    Entry(
        "probability",
        "how sure the network is of an answer",
        "It shares out 100% among the classes (by the softmax function); the class with the "
        "largest share is its answer.",
        evidence.with_network("dense", evidence.probabilities),
    ),
    Entry(
        "loss",
        "how wrong an answer is, as one number",
        "It is small where the right answer was given a high probability, and large where it was "
        "given a low one (cross-entropy).",
        evidence.with_network("dense", evidence.losses),
    ),
    Entry(
        "gradient",
        "the direction in which the loss grows fastest",
        "For every weight it says how much the loss would change if that weight grew a little; a "
        "step goes the other way (gradient descent).",
        evidence.parameters,
    ),
    Entry(
        "learning rate",
        "how far a step goes",
        "Too small, and learning takes forever; too large, and it leaps over what it is looking "
        "for.",
        evidence.learning_rates,
    ),
    Entry(
        "batch",
        "the pictures looked at before a step",
        "The gradients of all its pictures are averaged, then every weight moves once.",
        evidence.steps,
    ),
    Entry(
        "epoch",
        "one pass through the training pictures",
        "In each epoch the network sees every one of them once, in a new order each time.",
        evidence.steps,
    ),
    Entry(
        "accuracy",
        "the share of pictures read correctly",
        "It is an exam's score; it says nothing about how sure the network was.",
        evidence.with_network("dense", evidence.accuracies),
    ),
    Entry(
        "overfitting",
        "learning by heart",
        "A network gets ever better at its training pictures, and no better at new ones.",
        evidence.overfitted,
    ),
)

TERMS: dict[str, Entry] = {entry.term: entry for entry in ENTRIES}

ON_PAGES = {
    "Explore": ("pixel", "label", "training, validation and test sets"),
    "Make": ("label", "training, validation and test sets"),
    "Train": (
        "loss",
        "learning rate",
        "batch",
        "epoch",
        "accuracy",
        "overfitting",
        "layer",
        "filter",
        "training, validation and test sets",
    ),
    "One step": ("weight", "unit", "loss", "gradient", "learning rate", "probability", "batch"),
    "Weights": ("weight", "unit", "layer", "filter", "epoch"),
    "Mistakes": ("accuracy", "probability", "label", "training, validation and test sets"),
    "Draw": ("pixel", "probability", "filter", "unit"),
}
"""The terms on each page, by its title."""
