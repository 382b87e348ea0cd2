"""Numbers and pictures from the lab that show what a term of the glossary means."""

from collections.abc import Callable

import numpy as np

from mnist_core.data import dev_size_of, split
from mnist_core.insight.weight_images import colour_limit, picture_layers, weight_images
from mnist_core.nn.losses import softmax_cross_entropy
from mnist_core.training.batches import Batches
from pages.ui import charts
from pages.ui.charts.percent import percent
from pages.ui.components import browser
from pages.ui.elements.literal import in_markdown
from pages.ui.elements.vocabulary import vocabulary
from pages.ui.guide.glossary_entry import GlossaryContext, Illustration
from pages.ui.visit import models, shared
from pages.ui.visit.models import NetworkChoice

SHOWN = 5


def with_network(
    preferred: str, show: Callable[[GlossaryContext, NetworkChoice], Illustration | None]
) -> Callable[[GlossaryContext], Illustration | None]:
    """Make the illustration of a network of the lab, or of another one that fits the data set."""

    def illustration(context: GlossaryContext) -> Illustration | None:
        choices = models.offered(context.data)
        choice = choices.get(models.lab_key(preferred)) or next(iter(choices.values()), None)
        return None if choice is None else show(context, choice)

    return illustration


def pixels(context: GlossaryContext) -> Illustration:
    """Show one picture and its number of pixels."""
    image = context.data.train.images[:1]
    height, width = image.shape[1:]
    return Illustration(
        f"This picture is {height} rows of {width}: {height * width} numbers, the darkest of them "
        f"{image.max()}.",
        charts.inked(image, browser.look()),
    )


def labels(context: GlossaryContext) -> Illustration:
    """Show one picture and its label."""
    label = int(context.data.train.labels[0])
    return Illustration(
        f"The people who made the collection say this is {vocabulary(context.data).one(label)}.",
        charts.inked(context.data.train.images[:1], browser.look()),
    )


def parts(context: GlossaryContext) -> Illustration:
    """Count the pictures of each part."""
    total, dev = len(context.data.train), dev_size_of(len(context.data.train))
    return Illustration(
        f"Here: {total - dev:,} training pictures, {dev:,} practice pictures, "
        f"{len(context.data.test):,} test pictures."
    )


def parameters(context: GlossaryContext) -> Illustration:
    """Count the parameters of the network on the Train page."""
    train = context.data.train
    network = context.config.network(train.images.shape[1:], train.classes)
    return Illustration(
        f"The network the Train page is set to has {network.size:,} parameters: "
        f"{network.weight_count:,} weights and {network.size - network.weight_count:,} biases."
    )


def layers(context: GlossaryContext) -> Illustration:
    """Describe the network of the Train page."""
    return Illustration(f"The Train page is set to: {models.described(context.config)}.")


def probabilities(context: GlossaryContext, choice: NetworkChoice) -> Illustration:
    """Show a network's answer to a picture."""
    image = context.data.test.images[:1]
    chances = choice.model.network.probabilities(image)[:, 0]
    best = np.argsort(-chances)[:2]
    class_names = vocabulary(context.data)
    answer = " and ".join(
        f"{percent(float(chances[one]))} to {class_names.name(int(one))}" for one in best
    )
    return Illustration(
        f"For this picture {_the(choice)} gives {answer}.", charts.inked(image, browser.look())
    )


def losses(context: GlossaryContext, choice: NetworkChoice) -> Illustration:
    """Show the loss of a network on a picture."""
    network, test = choice.model.network, context.data.test
    loss = softmax_cross_entropy(network.logits(test.images[:1]), test.labels[:1])[0].total
    return Illustration(
        f"On this picture the loss of {_the(choice)} is {loss:.3f}; pure guessing gives "
        f"{np.log(network.classes):.2f}.",
        charts.inked(test.images[:1], browser.look()),
    )


def steps(context: GlossaryContext) -> Illustration:
    """Count the steps that the settings of the Train page ask for."""
    train, config = context.data.train, context.config
    has_dev = dev_size_of(len(train)) > 0
    examples = split(train, config.seed).train if has_dev else range(len(train))
    batches = Batches(examples[: config.examples], config.batch_size, config.epochs)
    size = "all pictures" if batches.per_epoch == 1 else f"{batches.size} pictures"
    return Illustration(
        f"The Train page is set to a step after {size}: {batches.per_epoch:,} steps an epoch, "
        f"{batches.iterations:,} in all."
    )


def learning_rates(context: GlossaryContext) -> Illustration:
    """Show the learning rate of the Train page."""
    return Illustration(f"The Train page is set to {context.config.learning_rate:g}.")


def accuracies(context: GlossaryContext, choice: NetworkChoice) -> Illustration | None:
    """Show the accuracy of a network."""
    share = choice.model.accuracy_on(context.data, "test_accuracy")
    if share is None:
        return None
    sentence = f"{_the(choice)} reads {percent(share)} of the test pictures correctly."
    return Illustration(sentence[0].upper() + sentence[1:])


def overfitted(context: GlossaryContext) -> Illustration:
    """Compare the newest run's two curves."""
    runs = [record for record in shared.records() if record.is_of(context.data)]
    curves = [curve for run in runs if (curve := run.snapshot().history)]
    points = [point for curve in curves[-1:] for point in curve if point.iteration]
    if not points:
        return Illustration(
            "Train a network, then look here again: its two curves are compared here."
        )
    last = points[-1]
    return Illustration(
        f"At the last point of your newest run, the network read {percent(last.accuracy)} of its "
        f"training pictures correctly, as it learned, and {percent(last.dev_accuracy)} of the "
        "practice pictures."
    )


def _the(choice: NetworkChoice) -> str:
    """Name a network within a sentence."""
    return f"the network {in_markdown(choice.title)}"


def weights(_: GlossaryContext, choice: NetworkChoice, parts: str) -> Illustration:
    """Show the weights of the first units, or filters, of a network."""
    network = choice.model.network
    images = weight_images(network, picture_layers(network)[0])[:SHOWN, 0]
    tiles = charts.signed(images, browser.look(), colour_limit(images))
    caption = f"The first {len(images)} {parts} of {_the(choice)}: orange adds, blue subtracts."
    return Illustration(caption, tiles)
