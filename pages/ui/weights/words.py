"""How the page speaks of a network's numbers."""

from math import prod

from mnist_core.files.storage import Model
from mnist_core.nn.convolution import Conv2D
from mnist_core.nn.network import Network
from pages.ui.weights.study import Study

NUMBERS_TO_A_PAGE = 500
COLOURS = "ink silences it", "no matter", "ink excites it"
GUESSING = "Drawn at random as they are here, they can only guess."


def size(network: Network) -> str:
    """How many numbers a network has, with a comparison."""
    leaves = -(-network.size // NUMBERS_TO_A_PAGE)
    book = f"a book of {leaves:,} pages" if leaves > 1 else "a single page"
    return (
        f"This network is **{network.size:,} numbers** and nothing else: printed "
        f"{NUMBERS_TO_A_PAGE} to a page, {book}."
    )


def skill(model: Model) -> str:
    """How well a model reads, if its training has said."""
    for figure in ("test_accuracy", "dev_accuracy"):
        if figure in model.results:
            return f"It reads {100 * model.results[figure]:.1f} of 100 digits it has never seen."
    return ""


def how_to_look(study: Study) -> str:
    """What a picture of weights shows."""
    _, stacked, height, width = study.pictures.shape
    several = f", for each of the {stacked} pictures that the layer before it makes"
    if study.convolutional:
        return (
            f"Each picture is one filter: a window of {height} by {width} squares that slides "
            "over the image and answers wherever ink lies as its orange does"
            f"{several if stacked > 1 else ''}."
        )
    return (
        "Each picture is one unit: the weight that it gives to every square of the image"
        f"{several if stacked > 1 else ''}. It adds up the ink under the orange and takes off "
        "the ink under the blue. The more is left, the louder it speaks."
    )


def layer_table(network: Network) -> str:
    """Every layer with what leaves it and what it has learnt, as a Markdown table."""
    rows = ["| layer | its output, a sample | weights and biases |", "|---|---|---:|"]
    for layer, after, parameters in zip(
        network.layers, network.shapes[1:], network.parameter_shapes, strict=True
    ):
        count = sum(prod(shape) for shape in parameters)
        shape = " × ".join(map(str, after))
        rows.append(f"| {layer_title(layer)} | {shape} | {count:,} |")
    return "\n".join(rows)


def layer_title(layer: object) -> str:
    """The layer as its class is called, with the size of a filter."""
    name = type(layer).__name__
    return f"{name} {layer.size} × {layer.size}" if isinstance(layer, Conv2D) else name


def definitions(study: Study) -> str:
    """What exactly the pictures and the votes are."""
    weights = study.pictures
    return (
        f"The pictures are rows of W, `{' × '.join(map(str, weights.shape))}` (units, channels, "
        f"height, width), without the bias; mean {weights.mean():+.4f}, standard deviation "
        f"{weights.std():.4f}. Full colour is reached at ±{study.limit:.3f}, the 99.5th percentile "
        "of |W|. A vote is ∂(logit of the digit)/∂(what the unit passes on), over all positions of "
        "a filter, averaged over 100 test images, less the mean of all digits, because softmax "
        "sees differences only; behind a single hidden layer that is the outgoing weight. "
        "Squares that hold no ink in any training image never learn: what one sees there is "
        "left from the random start."
    )
