"""Measures how the bundled models read digits that were drawn with a pen.

    python -m benchmarks.pen FILE [--model NAME ...] [--brush PIXELS] [--numbers N]
                             [--photographs N] [--seed N]

FILE holds pen strokes in UNIPEN text, gzip-compressed or not, as in "Pen-Based Recognition of
Handwritten Digits" (Alpaydin and Alimoglu 1998, UCI data set 81). Each digit is drawn on the lab's
canvas at a size and place of its own, prepared as the Draw page does, and read by each model. Then
come the calibration of the models; the detection of letters, shapes and scribbles of kinds that no
network was trained on; and the accuracy on numbers (`benchmarks.pen_numbers`) and on photographs of
them (`benchmarks.photographs`).
"""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from sklearn.metrics import roc_auc_score

from benchmarks import pen_numbers, photographs
from benchmarks.unipen import Digit, on_canvas, read_unipen
from mnist_core.arrays import Floats, Labels, Pixels
from mnist_core.drawing.detector import declined
from mnist_core.drawing.normalisation import to_mnist
from mnist_core.drawing.strokes import BRUSH, CANVAS, Stroke, draw
from mnist_core.errors import LabError
from mnist_core.evaluation.calibration import (
    expected_calibration_error,
    fitted_temperature,
    reliability,
)
from mnist_core.evaluation.predictions import Predictions
from mnist_core.files.storage import bundled, load_model
from mnist_core.models.digit_detector import digit_detector
from mnist_core.nn.network import Network
from mnist_core.synthetic.out_of_distribution import HELD_OUT, outliers
from pages.ui.draw.answer import SURENESS

SMALLEST, LARGEST = 110, 220
"""Pixels along a digit's longer side: with the canvas's brush, thick ink to thin."""

OUTLIERS = 6_000
"""Pictures of kinds that no network was trained on."""

BINS = 10
"""The bins of the reliability diagram."""


def anywhere(strokes: Sequence[Stroke], rng: np.random.Generator) -> list[Stroke]:
    """Place strokes on the canvas as a visitor might: any size, any place, not over the edge."""
    side = rng.uniform(SMALLEST, LARGEST)
    return on_canvas(strokes, side, rng.uniform(BRUSH, CANVAS - BRUSH - side, size=2))


def prepare_digits(
    digits: Sequence[Digit], rng: np.random.Generator, brush: float = BRUSH
) -> tuple[Pixels, Labels]:
    """Draw digits and prepare them: images `(n, 28, 28)` uint8 and labels `(n,)` uint8."""
    drawings = (draw(anywhere(strokes, rng), CANVAS, brush) for strokes, _ in digits)
    images = np.stack([to_mnist(drawing) for drawing in drawings])
    return images, np.array([label for _, label in digits], np.uint8)


def accuracy_by_digit(read: Labels, labels: Labels) -> list[float]:
    """Return the accuracy for each of the digits 0 to 9, NaN for one that never occurs."""
    right = np.bincount(labels[read == labels], minlength=10)
    occurs = np.bincount(labels, minlength=10)
    return [float(r / n) if n else float("nan") for r, n in zip(right, occurs, strict=True)]


def report_confidence(said: Mapping[str, Predictions], digits: int) -> None:
    """Print the accuracy of each network, by its confidence in the steps of the page.

    `said` are the predictions for the digits that the detector accepts: the others get no answer.
    """
    print(f"\nright, of those that it is so sure of, {digits:,} digits that are called digits")
    edges = [least for least, _ in SURENESS]
    print(f"{'':12}" + "".join(f"{f'from {least:.0%}':>20}" for least in edges))
    for name, predictions in said.items():
        sure, right, cells = predictions.confidences, predictions.right, []
        for least, upper in zip(edges, [np.inf, *edges], strict=False):
            so = (sure >= least) & (sure < upper)
            share = f"{np.mean(right[so]):.1%}" if so.any() else "–"
            cells.append(f"{f'{share} of {so.sum():,}':>20}")
        print(f"{Path(name).stem:12}" + "".join(cells))


def report_detector(
    networks: Mapping[str, Network], said: Mapping[str, Predictions], chances: Floats, seed: int
) -> None:
    """Print the separation of digits from outliers, by the detector and by confidence alone.

    `said` are the predictions for the digits, `chances` `(n,)` the detector's probabilities.
    """
    unseen = outliers(OUTLIERS, HELD_OUT, np.random.default_rng(seed))
    others = digit_detector().chances(unseen.images)
    threshold = digit_detector().threshold
    print(f"\n{len(unseen.images):,} pictures of {len(HELD_OUT)} kinds that nothing was taught")
    print(
        f"the detector   AUROC {auroc(chances, others):.3f}, "
        f"keeps {np.mean(~declined(chances, threshold)):.1%} of the digits, "
        f"declines {np.mean(declined(others, threshold)):.1%} of the others"
    )
    kinds = np.array(unseen.kinds)
    shares = (
        f"{kind} {np.mean(declined(others[kinds == kind], threshold)):.0%}" for kind in HELD_OUT
    )
    print(f"by kind: {', '.join(shares)}")
    for name, network in networks.items():
        sure, wrong = said[name].confidences, network.probabilities(unseen.images).max(axis=0)
        print(
            f"{Path(name).stem:12}   AUROC {auroc(sure, wrong):.3f} by its highest probability, "
            f"over 90 % sure of {np.mean(wrong > 0.9):.0%} of the others"
        )


def auroc(digits: Floats, others: Floats) -> float:
    """Return the area under the ROC curve: how often a digit scores higher than another picture."""
    truth = np.concatenate([np.ones(len(digits)), np.zeros(len(others))])
    return float(roc_auc_score(truth, np.concatenate([digits, others])))


def report_reliability(said: Mapping[str, Predictions]) -> None:
    """Print the reliability diagram of each network, and its best temperature."""
    print("\nhow often an answer is right, of those that say so (mean of what they say)")
    for name, predictions in said.items():
        bins = "  ".join(
            f"{one.accuracy:.0%} ({one.confidence:.0%}, {one.n:,})"
            for one in reliability(predictions, BINS)
        )
        print(
            f"{Path(name).stem:12}{bins}; expected error "
            f"{expected_calibration_error(predictions):.2%}, best temperature "
            f"{fitted_temperature(predictions.logits, predictions.labels):.2f}"
        )


def main() -> None:
    """Read the file with each model and print all tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("file", type=Path, help="pen strokes in UNIPEN text, .gz or not")
    parser.add_argument(
        "--model", nargs="+", default=bundled(), metavar="NAME", help="names or files; default all"
    )
    parser.add_argument("--brush", type=float, default=BRUSH, metavar="PIXELS", help="of 280")
    parser.add_argument("--numbers", type=int, default=500, metavar="N", help="of each kind")
    parser.add_argument("--photographs", type=int, default=60, metavar="N", help="of each fault")
    parser.add_argument("--seed", type=int, default=0, help="of all that is random")
    options = parser.parse_args()
    try:
        networks = {name: load_model(name).network for name in options.model}
        digits = read_unipen(options.file)
        print(f"{len(digits):,} digits of {options.file.name}, brush of {options.brush:g} pixels")
        report_digits(digits, networks, options.brush, options.seed)
        print()
        pen_numbers.report(digits, networks, options.numbers, options.seed)
        print()
        photographs.report(digits, networks, options.photographs, options.seed)
    except LabError as error:
        parser.error(str(error))


def report_digits(
    digits: Sequence[Digit], networks: Mapping[str, Network], brush: float, seed: int
) -> None:
    """Print the tables for single digits."""
    images, labels = prepare_digits(digits, np.random.default_rng(seed), brush)
    said = {name: Predictions(network.logits(images), labels) for name, network in networks.items()}
    print(f"{'':12}{'all':>8}" + "".join(f"{digit:>7}" for digit in range(10)))
    for name, predictions in said.items():
        shares = "".join(
            f"{share:7.1%}" for share in accuracy_by_digit(predictions.predicted, labels)
        )
        print(f"{Path(name).stem:12}{predictions.accuracy:8.2%}{shares}")
    detector = digit_detector()
    chances = detector.chances(images)
    kept = np.flatnonzero(~declined(chances, detector.threshold))
    of_kept = {name: Predictions(each.logits[:, kept], labels[kept]) for name, each in said.items()}
    report_confidence(of_kept, len(kept))
    report_reliability(of_kept)
    report_detector(networks, said, chances, seed)


if __name__ == "__main__":
    main()
