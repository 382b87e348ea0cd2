"""The terms of the glossary, in the order in which a newcomer meets them."""

from pages.ui.words import evidence
from pages.ui.words.entry import Entry

ENTRIES = (
    Entry(
        "pixel",
        "one square of a picture",
        "To a computer a picture is a table of numbers, one for each square: how dark it is.",
        evidence.pixels,
    ),
    Entry(
        "label",
        "what a picture is said to be",
        "A person has looked at each picture and written down what it shows; a network learns from "
        "both together.",
        evidence.labels,
    ),
    Entry(
        "training, development and test set",
        "the pictures to learn from, and those of two exams",
        "A network is asked about pictures that it has not learnt from, as a pupil is; with the "
        "practice exam (development set) settings are compared, the final exam (test set) comes "
        "last.",
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
        "a small calculator inside a network",
        "It adds up all its inputs, each as much as its weight says, and passes the sum on where "
        "it is above zero (an artificial neuron).",
        evidence.units,
    ),
    Entry(
        "layer",
        "units side by side",
        "What all units of a layer say is what those of the next one listen to; those between the "
        "picture and the answer are called hidden.",
        evidence.layers,
    ),
    Entry(
        "filter",
        "a small window that slides over a picture",
        "It looks for the same little pattern, such as a slanted edge, everywhere (a convolution).",
        evidence.filters,
    ),
    Entry(
        "probability",
        "how likely the network finds an answer",
        "It gives a share of 100 % to each class (by the softmax function); the largest is its "
        "answer.",
        evidence.probabilities,
    ),
    Entry(
        "loss",
        "how wrong an answer is, as one number",
        "It is small where the right answer was given a high probability, and large where it was "
        "given a low one (cross-entropy).",
        evidence.losses,
    ),
    Entry(
        "gradient",
        "the direction in which the loss grows fastest",
        "It says of every weight how much the loss would change with it; a step goes the opposite "
        "way (gradient descent).",
        evidence.parameters,
    ),
    Entry(
        "learning rate",
        "how far a step goes",
        "Too small, and learning takes for ever; too large, and it leaps over what it is looking "
        "for.",
        evidence.learning_rates,
    ),
    Entry(
        "batch",
        "the pictures looked at before a step",
        "The gradients of all its pictures are averaged, then every weight is moved once.",
        evidence.steps,
    ),
    Entry(
        "epoch",
        "once through all pictures",
        "After an epoch the network has seen each picture to learn from once, in a new order each "
        "time.",
        evidence.steps,
    ),
    Entry(
        "accuracy",
        "the share of pictures read right",
        "It is what an exam tells; it says nothing of how sure the network was.",
        evidence.accuracies,
    ),
    Entry(
        "overfitting",
        "learning by heart",
        "A network gets ever better at the pictures that it learns from, and no better at others.",
        evidence.overfitted,
    ),
)

TERMS: dict[str, Entry] = {entry.term: entry for entry in ENTRIES}

ON_PAGES = {
    "Explore": ("pixel", "label", "training, development and test set"),
    "Train": (
        "loss",
        "learning rate",
        "batch",
        "epoch",
        "accuracy",
        "overfitting",
        "layer",
        "filter",
        "training, development and test set",
    ),
    "One step": ("weight", "unit", "loss", "gradient", "learning rate", "probability", "batch"),
    "Weights": ("weight", "unit", "layer", "filter", "epoch"),
    "Mistakes": ("accuracy", "probability", "label", "training, development and test set"),
    "Draw": ("pixel", "probability", "filter", "unit"),
}
"""The terms that stand on a page, by its title."""
