"""Teaching learns the drawings, keeps what was known, and tells honest figures."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from mnist_core.data import Data, Dataset, split
from mnist_core.errors import LabError
from mnist_core.finetuning.finetuning import (
    MOST_COST,
    Drawings,
    FineTuningResult,
    Scores,
    fine_tune,
    hold_back,
)
from mnist_core.finetuning.tutor import FineTuningJob
from mnist_core.jobs.liveness import Client
from mnist_core.jobs.scheduler import Scheduler
from mnist_core.training.events import Event, Started
from mnist_core.training.loop import train
from mnist_core.training.model import Model
from mnist_core.training.presets import PRESETS
from tests.core.places import assert_free


@pytest.fixture(scope="module")
def small(data: Data) -> Data:
    return Data(
        Dataset(data.train.images[:10_000].copy(), data.train.labels[:10_000].copy()),
        Dataset(data.test.images[:2_000].copy(), data.test.labels[:2_000].copy()),
        data.name,
        data.class_names,
    )


@pytest.fixture(scope="module")
def model(small: Data) -> Model:
    config = replace(PRESETS["small_dense"].config, hidden=(64,), epochs=3, examples=5_000)
    parts = split(small.train, config.seed)
    for event in train(small.train, parts, config):
        if isinstance(event, Started):
            network = event.network
    return Model("small", network, config, origin=small.origin)


@pytest.fixture(scope="module")
def odd_hand(data: Data) -> Drawings:
    """Six digits of each kind: 1, 4 and 8 lie on their side, a 7 is upside down."""
    images, labels = [], []
    for label in range(10):
        for image in data.train.images[15_000:][data.train.labels[15_000:] == label][:6]:
            turned = {7: image[::-1], 1: image.T, 4: image.T, 8: image.T}.get(label, image)
            images.append(turned)
            labels.append(label)
    return Drawings(np.stack(images), np.array(labels, np.uint8))


@pytest.fixture(scope="module")
def taught(model: Model, odd_hand: Drawings, small: Data) -> FineTuningResult:
    *progress, last = fine_tune(model, odd_hand, small.train, seed=0)
    assert progress == sorted(progress)
    assert (progress[0], progress[-1]) == (0.0, 1.0)
    assert isinstance(last, FineTuningResult)
    return last


def test_the_last_of_each_digit_drawn_twice_is_held_back() -> None:
    learn, kept = hold_back(np.array([0, 1, 0, 2, 1, 0, 5], np.uint8))
    assert kept.tolist() == [5, 4]
    assert learn.tolist() == [0, 1, 2, 3, 6]


def test_it_learns_the_hand_and_forgets_nothing(
    taught: FineTuningResult, data: Data, model: Model
) -> None:
    assert (taught.trained_on, taught.held_back) == (50, 10)
    assert taught.after.held_back >= taught.before.held_back + 0.1
    assert taught.after.dev > taught.before.dev - 0.02
    fresh = data.train.images[20_000:][data.train.labels[20_000:] == 7][:200, ::-1]
    before = (model.network.logits(fresh).argmax(axis=0) == 7).mean()
    after = (taught.model.network.logits(fresh).argmax(axis=0) == 7).mean()
    assert after > before + 0.2, "sevens upside down that it has never seen"


def test_the_figures_are_the_networks(
    taught: FineTuningResult, model: Model, odd_hand: Drawings, small: Data
) -> None:
    _, kept = hold_back(odd_hand.labels)
    for network, scores in (
        (model.network, taught.before),
        (taught.model.network, taught.after),
    ):
        own = network.logits(odd_hand.images[kept]).argmax(axis=0)
        dev = split(small.train, model.config.seed).dev
        read = network.logits(small.train.images[dev]).argmax(axis=0)
        assert scores.held_back == (own == odd_hand.labels[kept]).mean()
        assert scores.dev == pytest.approx((read == small.train.labels[dev]).mean())
    assert taught.model.results["dev_accuracy"] == taught.after.dev
    assert "test_accuracy" not in taught.model.results, "that was the network's before the lesson"


def test_the_model_that_was_taught_is_a_copy(
    model: Model, odd_hand: Drawings, small: Data, taught: FineTuningResult
) -> None:
    weights = model.network.parameters.flat.copy()
    *_, again = fine_tune(model, odd_hand, small.train, seed=0)
    assert isinstance(again, FineTuningResult)
    assert np.array_equal(model.network.parameters.flat, weights)
    assert np.array_equal(
        again.model.network.parameters.flat, taught.model.network.parameters.flat
    ), "the same seed gives the same result"
    assert taught.model.name == "small, taught"
    assert taught.model.origin == small.origin


def test_no_lesson_shows_a_development_image(
    model: Model, odd_hand: Drawings, small: Data, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Dataset] = []

    def watched(dataset: Dataset, *others: object) -> Iterator[Event]:
        shown.append(dataset)
        return train(dataset, *others)  # type: ignore[arg-type]

    monkeypatch.setattr("mnist_core.finetuning.finetuning.train", watched)
    list(fine_tune(model, odd_hand, small.train, seed=0))
    dev = split(small.train, model.config.seed).dev
    kept_back = {image.tobytes() for image in small.train.images[dev]}
    assert not kept_back & {image.tobytes() for image in shown[0].images}


def test_a_lesson_of_wrong_labels_is_costly(
    model: Model, odd_hand: Drawings, small: Data, taught: FineTuningResult
) -> None:
    wrong = Drawings(odd_hand.images, ((odd_hand.labels + 1) % 10).astype(np.uint8))
    *_, spoilt = fine_tune(model, wrong, small.train, seed=0)
    assert isinstance(spoilt, FineTuningResult)
    assert spoilt.cost == pytest.approx(spoilt.before.dev - spoilt.after.dev, abs=1e-6)
    assert spoilt.cost > max(taught.cost, MOST_COST)
    assert spoilt.costly


@pytest.mark.parametrize(
    ("after", "costly"), [(0.99, False), (0.985, False), (0.983, False), (0.9828, True)]
)
def test_what_a_lesson_may_cost(taught: FineTuningResult, after: float, costly: bool) -> None:
    found = replace(taught, before=Scores(0.5, 0.985), after=Scores(0.9, after))
    assert found.costly == costly


def test_what_cannot_be_taught(model: Model, odd_hand: Drawings, small: Data) -> None:
    once = odd_hand[np.arange(0, 60, 6)]
    with pytest.raises(LabError, match="drawn twice"):
        list(fine_tune(model, once, small.train, 0))
    network = PRESETS["notebook"].config.network((12, 10), 3)
    with pytest.raises(LabError, match="does not read drawn digits"):
        list(
            fine_tune(Model("tiny", network, PRESETS["notebook"].config), odd_hand, small.train, 0)
        )


def test_a_tutor_teaches_on_a_thread(
    model: Model, odd_hand: Drawings, small: Data, taught: FineTuningResult
) -> None:
    job = FineTuningJob(model, odd_hand, small.train, 0, Scheduler(1))
    assert not job.over
    job.start()
    assert job.join(60)
    assert job.over
    assert job.progress == 1
    assert job.result
    assert job.result.after == taught.after


def test_a_tutor_says_why_there_is_no_result(model: Model, odd_hand: Drawings, small: Data) -> None:
    scheduler = Scheduler(1)
    job = FineTuningJob(model, odd_hand[np.array([0])], small.train, 0, scheduler)
    job.start()
    assert job.join(60)
    assert job.result is None
    assert "drawn twice" in job.message
    assert_free(scheduler)


@pytest.fixture
def owner_missed_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """An owner who has left is missed at once."""
    monkeypatch.setattr("mnist_core.jobs.scheduler.RECHECK_SECONDS", 0.02)
    monkeypatch.setattr("mnist_core.jobs.liveness.CLIENT_CHECK_SECONDS", 0.02)
    monkeypatch.setattr("mnist_core.jobs.liveness.GRACE_SECONDS", 0.01)


@pytest.mark.usefixtures("owner_missed_soon")
def test_a_tutor_whose_owner_has_left_leaves_the_queue(
    model: Model, odd_hand: Drawings, small: Data
) -> None:
    scheduler = Scheduler(1)
    assert scheduler.acquire("somebody else", lambda: False)
    job = FineTuningJob(
        model, odd_hand, small.train, 0, scheduler, client=Client("", lambda: False)
    )
    job.start()
    assert job.join(60)
    assert (job.progress, job.result, job.message) == (0, None, "")
    assert job.queue_position == 0


@pytest.mark.usefixtures("owner_missed_soon")
def test_a_tutor_whose_owner_leaves_stops_teaching_and_gives_its_place_back(
    model: Model, odd_hand: Drawings, small: Data
) -> None:
    scheduler = Scheduler(1)
    job = FineTuningJob(
        model, odd_hand, small.train, 0, scheduler, Client("", lambda: job.progress == 0)
    )
    job.start()
    assert job.join(60)
    assert 0 < job.progress < 1
    assert job.result is None
    assert_free(scheduler)
