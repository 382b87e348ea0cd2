"""What networks say of pictures that they have not learned from."""

import numpy as np

from mnist_core.data import Data, Dataset
from mnist_core.evaluation.held_out import cross_validate, learned_quickly
from mnist_core.exploration.label_errors import label_errors


def last(dataset: Dataset) -> np.ndarray:
    *_, judging = cross_validate(dataset)
    assert judging.share == 1
    return judging.probabilities


def test_nobody_is_asked_about_a_label_that_it_has_learned() -> None:
    rng = np.random.default_rng(0)
    images = rng.integers(0, 256, (200, 20, 20)).astype(np.uint8)
    by_chance = Dataset(images, rng.integers(0, 2, 200).astype(np.uint8))
    knows_by_heart = learned_quickly(by_chance, np.arange(200)).probabilities(images)
    by_heart, held_out = (
        np.count_nonzero(said.argmax(axis=0) == by_chance.labels)
        for said in (knows_by_heart, last(by_chance))
    )
    assert by_heart > 190
    assert 60 < held_out < 140, "five standard deviations about the half that chance gives"


def test_labels_that_were_changed_are_found_among_those_that_were_learned(data: Data) -> None:
    images, labels = data.train.images[:2_000], data.train.labels[:2_000].copy()
    changed = np.random.default_rng(1).choice(2_000, 40, replace=False)
    labels[changed] = (labels[changed] + 3) % 10
    train = Dataset(images, labels)
    found = label_errors(train, train, [last(train)], 60, own=np.arange(2_000))
    assert len(set(changed) & {suspect.index for suspect in found}) >= 28, "by chance one or two"
    told = {suspect.index: suspect.instead for suspect in found}
    right = [told[i] == data.train.labels[i] for i in changed if i in told]
    assert sum(right) >= 24


def test_of_one_picture_nothing_is_said() -> None:
    one = Dataset(np.zeros((1, 8, 8), np.uint8), np.zeros(1, np.uint8))
    assert not list(cross_validate(one))


def test_a_few_pictures_are_judged_as_well() -> None:
    few = Dataset(np.eye(3, dtype=np.uint8).reshape(3, 1, 3) * 255, np.arange(3, dtype=np.uint8))
    np.testing.assert_allclose(last(few).sum(axis=0), 1, rtol=1e-5)
