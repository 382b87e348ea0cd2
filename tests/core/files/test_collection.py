"""Several networks in one file come back as they were; nothing else gets in."""

import io
import zipfile
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_core.errors import LabError
from mnist_core.files import collection
from mnist_core.files.collection import pack, parcels, unpack
from mnist_core.files.storage import to_bytes
from mnist_core.training.config import TrainingConfig
from mnist_core.training.model import Model


def network(name: str, units: int) -> Model:
    config = TrainingConfig(hidden=(units,))
    found = config.network((6, 6), 3)
    found.initialize("uniform", np.random.default_rng(units))
    return Model(name, found, config)


def archive(**files: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as found:
        for name, file in files.items():
            found.writestr(name, file)
    return content.getvalue()


def test_networks_come_back_in_their_order_under_their_names() -> None:
    kept = [network("Run 2", 4), network("a/b\\c", 5), network("Run 2", 3), network("v1.5", 2)]
    found = unpack(pack(kept), "runs.zip")
    assert [model.name for model in found] == ["Run 2", "a/b\\c", "Run 2", "v1.5"]
    for one, other in zip(kept, found, strict=True):
        assert one.config == other.config
        np.testing.assert_array_equal(one.network.parameters.flat, other.network.parameters.flat)


GOOD = pack([network("Run 1", 4)])


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "ZIP"),
        (b"PK rubbish", "ZIP"),
        (GOOD[: len(GOOD) // 2], "ZIP"),
        (GOOD[:60] + bytes(8) + GOOD[68:], "ZIP"),
        (archive(), "0 networks"),
        (archive(readme=b"no network"), "0 networks"),
        (archive(**{"a.safetensors": b"rubbish"}), "a is not a safetensors file"),
    ],
)
def test_what_is_no_archive_of_networks_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(LabError, match=reason):
        unpack(content, "runs.zip")


@given(st.lists(st.integers(0, 120), max_size=30))
def test_networks_are_packed_into_as_few_files_as_can_be_opened_again(sizes: list[int]) -> None:
    """100 bytes and four networks at most; what is larger by itself has a file of its own."""
    with pytest.MonkeyPatch.context() as limits:
        limits.setattr(collection, "LARGEST_FILE", 100)
        limits.setattr(collection, "MOST_NETWORKS", 4)
        found = parcels(sizes)
    assert [place for places in found for place in places] == list(range(len(sizes)))

    def fits(places: list[int]) -> bool:
        return len(places) <= 4 and sum(sizes[place] for place in places) <= 100

    assert all(len(places) == 1 or fits([*places]) for places in found)
    for places, after in pairwise(found):
        assert not fits([*places, after[0]]), "it would have had room"


def test_an_archive_that_would_fill_the_memory_is_refused_before_it_is_unpacked() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as found:
        found.writestr("bomb.safetensors", bytes(3 << 20))
    assert len(bomb.getvalue()) < 10_000
    with pytest.raises(LabError, match="is 3 MB, and the lab can open"):
        unpack(bomb.getvalue(), "runs.zip", largest=1 << 20)


def test_as_many_networks_as_nobody_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collection, "MOST_NETWORKS", 1)
    two = archive(**{f"{n}.safetensors": to_bytes(network("n", 2)) for n in range(2)})
    with pytest.raises(LabError, match="2 networks"):
        unpack(two, "runs.zip")
