"""Whether a picture is a digit at all: the lab's detector, and any other."""

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from mnist_core.data import Data, split
from mnist_core.drawing.detector import DIGIT, PIECE, Detector, declined, smallest_kept
from mnist_core.drawing.reading import read_number
from mnist_core.drawing.segmentation import picture_lines
from mnist_core.files.storage import load_model
from mnist_core.models.detector import DRAWN, examples
from mnist_core.models.digit_detector import FILE, digit_detector
from mnist_core.synthetic.bad_cuts import pieces
from mnist_core.synthetic.out_of_distribution import HELD_OUT, outliers
from mnist_core.synthetic.synthetic import synthetic_digits
from mnist_core.training.config import TrainingConfig

CAPITALS = ("F", "N", "R", "X")


@pytest.fixture(scope="module")
def strange() -> tuple[np.ndarray, np.ndarray]:
    """Pictures of kinds that nothing was taught, and what each shows."""
    found = outliers(600, HELD_OUT, np.random.default_rng(11))
    return found.images, np.array(found.kinds)


def test_digits_are_kept_and_capitals_that_it_has_never_seen_are_declined(
    data: Data, strange: tuple[np.ndarray, np.ndarray]
) -> None:
    detector = digit_detector()
    images, kinds = strange
    dev = data.train.images[split(data.train, 0).dev]
    drawn = synthetic_digits(300, np.random.default_rng(12)).images
    for digits in (dev, drawn):
        kept = detector.chances(digits)
        assert 1 - declined(kept, detector.threshold).mean() >= 0.98
        truth = np.r_[np.ones(len(kept)), np.zeros(len(images))]
        assert roc_auc_score(truth, np.r_[kept, detector.chances(images)]) >= 0.95
    capitals = images[np.isin(kinds, CAPITALS)]
    assert declined(detector.chances(capitals), detector.threshold).mean() >= 0.9


def test_the_threshold_is_the_smallest_chance_of_those_that_are_kept() -> None:
    chances = np.linspace(0, 1, 101)
    threshold = smallest_kept(chances, 0.9)
    assert declined(chances, threshold).sum() == 10
    assert smallest_kept(chances, 1) == 0


def test_chances_and_verdicts_are_those_of_the_network(rng_images: np.ndarray) -> None:
    network = TrainingConfig(hidden=(4,)).initial_network((28, 28), 3, np.random.default_rng(2))
    _, digit, piece = network.probabilities(rng_images)
    median = float(np.median(digit + piece))
    detector = Detector(network, median)
    np.testing.assert_allclose(detector.chances(rng_images), digit + piece, rtol=1e-5)
    found = detector.detect(rng_images)
    assert [one.chance for one in found] == pytest.approx((digit + piece).tolist(), rel=1e-5)
    assert [one.whole for one in found] == pytest.approx(digit.tolist())
    assert [one.is_digit for one in found] == (detector.chances(rng_images) >= median).tolist()
    assert detector.detect(rng_images[:0]) == ()


def test_parts_and_pairs_of_digits_are_told_from_whole_ones(data: Data) -> None:
    dev = data.train.images[split(data.train, 0).dev][:500]
    cut = pieces(300, dev, np.random.default_rng(5))
    whole, broken = (
        np.array([one.whole for one in digit_detector().detect(images)]) for images in (dev, cut)
    )
    truth = np.r_[np.ones(len(whole)), np.zeros(len(broken))]
    assert roc_auc_score(truth, np.r_[whole, broken]) >= 0.95
    assert np.median(broken) < 0.1


@pytest.fixture
def rng_images() -> np.ndarray:
    return np.random.default_rng(3).integers(0, 256, (9, 28, 28), dtype=np.uint8)


def test_each_digit_of_a_number_carries_its_own_verdict(data: Data) -> None:
    seven = data.test.images[0]
    heart = outliers(1, ("heart",), np.random.default_rng(0)).images[0]
    picture = np.hstack([np.pad(image, 6) for image in (seven, heart, seven)])
    network = load_model("conv").network
    found = read_number(network, digit_detector(), picture_lines(picture))
    assert [digit.prediction.no_digit for digit in found] == [False, True, False]
    assert read_number(network, digit_detector(), ()) == ()


def test_the_labs_detector_is_small_and_never_changes() -> None:
    assert FILE.stat().st_size < 500_000
    assert digit_detector() is digit_detector()


def test_its_examples_are_divided_and_labelled(data: Data, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, count in (("DRAWN", 20), ("OTHERS", 40), ("PIECES", 30), ("SPARE", 10)):
        monkeypatch.setattr(f"mnist_core.models.detector.{name}", count)
    parts = split(data.train, 0)
    dataset, divided = examples(data.train, parts, np.random.default_rng(0))
    assert len(divided.train) == len(parts.train) + 20 + 40 + 30
    assert len(divided.dev) == len(parts.dev) + 10 + 10
    assert not set(divided.train.tolist()) & set(divided.dev.tolist())
    assert (dataset.labels[divided.train] == DIGIT).sum() == len(parts.train) + 20
    assert (dataset.labels[divided.dev] == DIGIT).sum() == len(parts.dev)
    assert (dataset.labels[divided.train] == PIECE).sum() == 30
    assert DRAWN > 20
