"""Networks as files: they come back as they were, and nothing else gets in."""

import hashlib
import io
import json
import pickle
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from dataclasses import replace
from math import isfinite
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.numpy import load as safetensors_load
from safetensors.numpy import save as safetensors_save

from mnist_core.data import MNIST, Data, Dataset, Origin
from mnist_core.errors import LabError
from mnist_core.files import storage
from mnist_core.files.storage import bundled, from_bytes, load_model, save_model, to_bytes
from mnist_core.nn.layers import Activation, Dense, Flatten
from mnist_core.nn.network import Network
from mnist_core.training.config import TrainingConfig
from mnist_core.training.events import Measured
from mnist_core.training.history import LearningRateChange
from mnist_core.training.model import Model
from tests.full_disk import full_disk

Tensors = dict[str, np.ndarray]
DENSE = TrainingConfig(hidden=(3, 2), activation="gelu", seed=7)
CONV = TrainingConfig(convolution="small", hidden=(4,), dropout=0.25)
POINTS = (
    Measured(0, 0.0, 2.3, 0.1, 2.31, 0.09, 0.001, 0.5),
    Measured(100, 1.5, 0.3, 0.9, 0.35, 0.88, 0.001, 2.5),
)
MOVES = (LearningRateChange(0, 0.5), LearningRateChange(70, 0.01))


def model(config: TrainingConfig = DENSE, side: int = 6, classes: int = 3) -> Model:
    network = config.network((side, side), classes)
    network.initialize("uniform", np.random.default_rng(0))
    results = {"test_accuracy": 0.87, "seconds": 3}
    return Model("mine", network, config, POINTS, results, Origin("boots", "0123abcd"), MOVES)


GOOD = to_bytes(model())


def parts_of(content: bytes) -> tuple[Tensors, dict[str, str]]:
    """The tensors and the metadata of a file, read with the library and with struct."""
    (length,) = struct.unpack("<Q", content[:8])
    return safetensors_load(content), json.loads(content[8 : 8 + length])["__metadata__"]


def same(found: Model, right: Model) -> None:
    assert found.config == right.config
    assert found.history == right.history
    assert found.results == right.results
    assert found.origin == right.origin
    assert found.rate_changes == right.rate_changes
    assert found.phases == right.phases
    assert found.network.shapes == right.network.shapes
    assert found.network.layers == right.network.layers
    np.testing.assert_array_equal(found.network.parameters.flat, right.network.parameters.flat)
    assert found.network.parameters.flat.dtype == np.float32


@pytest.mark.parametrize(
    "right", [model(), model(CONV, 17, 12), model(TrainingConfig(hidden=()), 1, 1)]
)
def test_a_network_comes_back_as_it_was(right: Model, tmp_path: Path) -> None:
    path = tmp_path / "mine.safetensors"
    save_model(right, path)
    same(load_model(path), right)
    same(load_model(str(path)), right)
    found = from_bytes(path.read_bytes(), "another")
    same(found, right)
    side = right.network.shapes[0][1]
    images = np.random.default_rng(1).integers(0, 256, (4, side, side), dtype=np.uint8)
    np.testing.assert_array_equal(found.network.logits(images), right.network.logits(images))


def test_a_network_that_is_opened_again_has_its_name_and_a_file_that_is_named_the_files(
    tmp_path: Path,
) -> None:
    right = replace(model(), name="Run 4: Sprint / 2")
    path = tmp_path / "run-4-sprint (1).safetensors"
    save_model(right, path)
    assert from_bytes(path.read_bytes(), path.stem).name == "Run 4: Sprint / 2"
    assert load_model(path).name == "run-4-sprint (1)"


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("  ", "file"),
        ("\n\0", "file"),
        ("two\nlines\x1b", "twolines"),
        ("x" * 1_000, "x" * storage.LONGEST_NAME),
    ],
)
def test_a_name_in_a_file_is_one_short_line(told: str, name: str) -> None:
    tensors, metadata = parts_of(GOOD)
    assert from_bytes(safetensors_save(tensors, metadata | {"name": told}), "file").name == name


def test_a_file_that_does_not_say_its_name_is_called_as_the_file_is() -> None:
    tensors, metadata = parts_of(GOOD)
    del metadata["name"]
    assert from_bytes(safetensors_save(tensors, metadata), "file").name == "file"


def test_a_loaded_network_can_go_on_learning() -> None:
    from_bytes(GOOD, "mine").network.parameters.flat += 1


def test_the_library_alone_can_read_it() -> None:
    tensors, metadata = parts_of(GOOD)
    assert {key: tensor.shape for key, tensor in tensors.items()} == {
        "1.weight": (3, 36),
        "1.bias": (3, 1),
        "3.weight": (2, 3),
        "3.bias": (2, 1),
        "5.weight": (3, 2),
        "5.bias": (3, 1),
    }
    assert json.loads(metadata["config"])["hidden"] == [3, 2]
    assert len(json.loads(metadata["history"])) == 2


def test_what_comes_with_the_lab_is_listed_and_loads_by_name() -> None:
    for name in bundled():
        found = load_model(name)
        assert found.name == name
        assert found.network.classes == 10


WEIGHTS = {
    "conv": "cb97508790a647a3ab1d38a81998f4d0",
    "dense": "401e2c498f657de4cac8e0f22758dea7",
    "notebook": "e638c8b14becdcc2f228a1bd2204f301",
}
"""The SHA-256, its first half, of the parameters as they were made."""


def test_the_labs_networks_know_their_data_and_have_the_weights_that_they_were_made_with() -> None:
    assert set(bundled()) == set(WEIGHTS)
    for name, digest in WEIGHTS.items():
        found = load_model(name)
        assert hashlib.sha256(found.network.parameters.flat.tobytes()).hexdigest()[:32] == digest
        assert found.origin == MNIST


def boots(seed: int, name: str = "boots") -> Data:
    """A data set that `model()` can read."""
    rng = np.random.default_rng(seed)
    half = Dataset(
        rng.integers(0, 256, (9, 6, 6), dtype=np.uint8), np.arange(9, dtype=np.uint8) % 3
    )
    return Data(half, half, name, ("sandal", "boot", "clog"))


def test_a_network_fits_the_data_set_that_it_has_learnt_from_whatever_its_name() -> None:
    learnt = replace(model(), origin=boots(0).origin)
    for data, expected in ((boots(0), 0.87), (boots(0, "shoes"), 0.87), (boots(1), None)):
        assert learnt.fits(data) == (expected is not None)
        assert learnt.accuracy_on(data, "test_accuracy") == expected
    assert learnt.accuracy_on(boots(0), "dev_accuracy") is None


def test_a_file_without_an_origin_fits_every_data_set_of_its_shape_and_claims_nothing() -> None:
    old = from_bytes(changed(origin=None), "old")
    assert old.origin is None
    assert old.fits(boots(0))
    assert old.fits(boots(1))
    assert old.accuracy_on(boots(0), "test_accuracy") is None
    for other in (model(side=7), model(classes=2)):
        assert not replace(other, origin=None).fits(boots(0))


def refused(content: bytes, reason: str = "") -> None:
    with pytest.raises(LabError) as caught:
        from_bytes(content, "thing")
    message = str(caught.value)
    assert type(caught.value) is LabError
    assert reason in message
    assert "\n" not in message


def changed(**metadata: str | None) -> bytes:
    """The good file with other metadata; None takes an entry out."""
    tensors, found = parts_of(GOOD)
    mixed: dict[str, str | None] = {**found, **metadata}
    return safetensors_save(tensors, {k: v for k, v in mixed.items() if v is not None})


def with_tensors(change: Callable[[Tensors], Tensors]) -> bytes:
    tensors, metadata = parts_of(GOOD)
    return safetensors_save(change(tensors), metadata)


def zipped() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("1.weight", GOOD)
    return file.getvalue()


def npz() -> bytes:
    file = io.BytesIO()
    np.savez(file, **parts_of(GOOD)[0])
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 7,
        b"rubbish" * 50,
        struct.pack("<Q", 1 << 62) + b"{}",
        struct.pack("<Q", 200) + b"{}",
        GOOD[:7],
        GOOD[:100],
        GOOD[:-1],
        GOOD + b"\0",
        zipped(),
        npz(),
        pickle.dumps(parts_of(GOOD)[0]),
    ],
    ids=[
        "empty",
        "shorter than a header's length",
        "rubbish",
        "endless header",
        "header past the end",
        "cut in the length",
        "cut in the header",
        "cut at the end",
        "over-long",
        "zip",
        "npz",
        "pickle",
    ],
)
def test_what_is_no_safetensors_file_is_refused(content: bytes) -> None:
    refused(content, "thing is not a safetensors file")


def test_a_pickle_is_never_run() -> None:
    class Bomb:
        def __reduce__(self) -> tuple[Callable[[str], object], tuple[str]]:
            return pytest.fail, ("it was run",)

    refused(pickle.dumps(Bomb()), "not a safetensors file")


@pytest.mark.parametrize(
    "content",
    [
        safetensors_save({"w": np.zeros(3, np.float32)}),
        safetensors_save(parts_of(GOOD)[0]),
        safetensors_save(parts_of(GOOD)[0], {"format": "pt"}),
        safetensors_save({}, {"a": "b"}),
        changed(format=None),
        changed(format="mnist-lab 2"),
        changed(format=""),
    ],
)
def test_another_programs_safetensors_file_is_refused(content: bytes) -> None:
    refused(content, "thing was not saved by this lab")


MANY_DIGITS = "9" * 5_000
HUGE = "9" * 400
RUBBISH = ["", "{", "null", "5", "true", "[[]]", '"abc"', "[" * 100_000, MANY_DIGITS, "\ud7ff\x00"]


@pytest.mark.parametrize("entry", ["config", "image_shape", "classes", "history", "results"])
def test_metadata_that_is_missing_or_rubbish_is_refused(entry: str) -> None:
    refused(changed(**{entry: None}), "thing")
    for text in RUBBISH:
        refused(changed(**{entry: text}))


@pytest.mark.parametrize("text", [*RUBBISH, '["boots"]', '["boots", 5]', '["a\\nb", "c"]'])
def test_an_origin_that_is_rubbish_is_refused(text: str) -> None:
    refused(changed(origin=text), "thing")


@pytest.mark.parametrize(
    ("entries", "reason"),
    [
        ({"config": "[]"}, ""),
        ({"config": '""'}, ""),
        ({"config": '{"hidden": [3, 2], "learning_rate": 11}'}, "learning_rate is 11"),
        ({"config": '{"hidden": [3, 2], "learning_rate": NaN}'}, "learning_rate is nan"),
        ({"config": f'{{"hidden": [3, 2], "seed": {HUGE}}}'}, "seed is 999"),
        ({"config": f'{{"hidden": [3, 2], "seed": {MANY_DIGITS}}}'}, ""),
        ({"config": '{"hidden": [3, 2], "colour": "red"}'}, "'colour'"),
        ({"config": '{"hidden": [3, 2], "activation": "os.system"}'}, "activation is"),
        ({"config": '{"hidden": "32"}'}, "hidden is"),
        ({"config": "{}"}, "does not contain the weights"),
        ({"config": '{"hidden": [3, 4]}'}, "does not contain the weights"),
        ({"config": '{"hidden": [3]}'}, "does not contain the weights"),
        ({"config": '{"hidden": [3, 2], "dropout": 0.5}'}, "does not contain the weights"),
        ({"config": '{"hidden": [3, 2], "convolution": "small"}'}, ""),
        ({"config": '{"hidden": [2048, 2048, 2048, 2048]}'}, "does not contain the weights"),
        ({"image_shape": "[6]"}, "height and width"),
        ({"image_shape": "[6, 6, 1]"}, "height and width"),
        ({"image_shape": "[6, -6]"}, "-6 pixels"),
        ({"image_shape": "[6, 0]"}, "0 pixels"),
        ({"image_shape": "[6.0, 6]"}, "6.0 pixels"),
        ({"image_shape": "[6, true]"}, "True pixels"),
        ({"image_shape": "[1024, 1024]"}, "does not contain the weights"),
        ({"image_shape": "[100000, 100000]"}, "100000 pixels"),
        ({"classes": "4"}, "does not contain the weights"),
        ({"classes": "0"}, "0 classes"),
        ({"classes": "3.0"}, "3.0 classes"),
        ({"classes": "1000000"}, "1000000 classes"),
        ({"history": "[[1, 2, 3]]"}, ""),
        ({"history": "[[1, 2, 3, 4, 5, 6, 7, 8, 9]]"}, ""),
        ({"history": '["12345678"]'}, "made of numbers"),
        ({"history": "[[1, 2, 3, 4, 5, 6, 7, NaN]]"}, "made of numbers"),
        ({"history": "[[1, 2, 3, 4, 5, 6, 7, -Infinity]]"}, "made of numbers"),
        ({"history": "[[1, 2, 3, 4, 5, 6, 7, 1e999]]"}, "made of numbers"),
        ({"history": "[[1, 2, 3, 4, 5, 6, 7, null]]"}, "made of numbers"),
        ({"history": "[[1, 2, 3, 4, 5, 6, 7, true]]"}, "made of numbers"),
        ({"history": "[[1, 2, 3, 4, 5, 6, 7, [8]]]"}, "made of numbers"),
        ({"history": f"[[1, 2, 3, 4, 5, 6, 7, {HUGE}]]"}, ""),
        ({"moves": "[[1, 2, 3]]"}, "learning rate was moved"),
        ({"moves": "[[1.5, 0.1]]"}, "learning rate was moved"),
        ({"moves": "[[-1, 0.1]]"}, "learning rate was moved"),
        ({"moves": '[[1, "import os"]]'}, "learning rate was moved"),
        ({"moves": "[[1, NaN]]"}, "learning rate was moved"),
        ({"moves": "{}"}, "learning rate was moved"),
        ({"legs": "[[1, 2, 3]]"}, "how many steps"),
        ({"legs": "[[1, -2]]"}, "how many steps"),
        ({"legs": "[[1, 2.5]]"}, "how many steps"),
        ({"legs": "[[true, 2]]"}, "how many steps"),
        ({"legs": "[[1]]"}, "how many steps"),
        ({"legs": "[[1, 2, true, true]]"}, "how many steps"),
        ({"legs": "5"}, "how many steps"),
        ({"results": '{"test_accuracy": "<script>"}'}, "made of numbers"),
        ({"results": '{"test_accuracy": Infinity}'}, "made of numbers"),
        ({"results": '{"test_accuracy": {}}'}, "made of numbers"),
        ({"results": '{"test_accuracy": true}'}, "made of numbers"),
        ({"results": f'{{"test_accuracy": {HUGE}}}'}, ""),
    ],
)
def test_metadata_that_lies_is_refused(entries: dict[str, str], reason: str) -> None:
    refused(changed(**entries), reason)


def set_to(value: float) -> Callable[[Tensors], Tensors]:
    def change(tensors: Tensors) -> Tensors:
        tensors["3.bias"] = tensors["3.bias"].copy()
        tensors["3.bias"][1, 0] = value
        return tensors

    return change


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda t: {k: v.astype(np.float64) for k, v in t.items()}, "F64"),
        (lambda t: {k: v.astype(np.float16) for k, v in t.items()}, "F16"),
        (lambda t: {k: v.astype(np.int32) for k, v in t.items()}, "I32"),
        (lambda t: t | {"3.bias": t["3.bias"].astype(np.float64)}, "F64"),
        (lambda t: t | {"extra": np.zeros(1, np.float32)}, "does not contain the weights"),
        (lambda t: t | {"extra": np.zeros((), np.float32)}, "does not contain the weights"),
        (lambda t: {k: v for k, v in t.items() if k != "3.bias"}, "does not contain the weights"),
        (lambda _: {}, "does not contain the weights"),
        (lambda t: t | {"1.weight": t["1.weight"].T.copy()}, "does not contain the weights"),
        (lambda t: t | {"1.weight": t["1.weight"].ravel()}, "does not contain the weights"),
        (lambda t: t | {"1.weight": t["1.weight"][:2]}, "does not contain the weights"),
        (lambda t: {k.upper(): v for k, v in t.items()}, "does not contain the weights"),
        (set_to(np.nan), "not finite"),
        (set_to(np.inf), "not finite"),
        (set_to(-np.inf), "not finite"),
    ],
)
def test_tensors_that_do_not_fit_are_refused(
    change: Callable[[Tensors], Tensors], reason: str
) -> None:
    refused(with_tensors(change), reason)


def raw(header: dict[str, Any], data: bytes = b"") -> bytes:
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + data


@pytest.mark.parametrize(("dtype", "size"), [("BF16", 2), ("F8_E4M3", 1), ("BOOL", 1), ("C64", 8)])
def test_types_that_numpy_does_not_know_are_refused(dtype: str, size: int) -> None:
    tensors, metadata = parts_of(GOOD)
    header: dict[str, Any] = {"__metadata__": metadata}
    end = 0
    for key, tensor in tensors.items():
        start, end = end, end + tensor.size * size
        header[key] = {"dtype": dtype, "shape": tensor.shape, "data_offsets": [start, end]}
    refused(raw(header, bytes(end)), dtype)


@pytest.mark.parametrize(
    ("shape", "length"),
    [([2**40, 2**40], 4), ([2**62, 4], 0), ([2**40, 0], 0), ([2**70], 0), ([-1], 4), ([2**31], 4)],
)
def test_giant_shapes_are_refused_before_memory_is_set_aside(shape: list[int], length: int) -> None:
    tensor = {"dtype": "F32", "shape": shape, "data_offsets": [0, length]}
    content = raw({"__metadata__": parts_of(GOOD)[1], "1.weight": tensor}, bytes(length))
    assert peak_of(content) < 2_000_000


def test_a_giant_configuration_is_refused_before_memory_is_set_aside() -> None:
    """The network that it describes would take 8 gigabytes."""
    content = changed(
        config='{"hidden": [2048, 2048, 2048, 2048]}', image_shape="[1024, 1024]", classes="256"
    )
    assert peak_of(content) < 2_000_000


def peak_of(content: bytes) -> int:
    """Bytes set aside by Python and NumPy while the file is refused."""
    tracemalloc.start()
    try:
        refused(content)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_file_larger_than_any_of_ours_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "LARGEST_FILE", len(GOOD) - 1)
    refused(GOOD, "larger than")


@pytest.mark.parametrize(("limit", "value"), [("LARGEST_FILE", 1_000), ("LARGEST_HEADER", 100)])
def test_what_could_not_be_opened_again_is_not_written(
    limit: str, value: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, limit, value)
    with pytest.raises(LabError, match="mine would be larger than"):
        to_bytes(model())


def test_what_there_is_no_room_for_is_not_opened() -> None:
    with pytest.raises(LabError, match=r"mine is 1 MB, and the lab can open 0 MB at once now"):
        from_bytes(GOOD, "mine", largest=len(GOOD) - 1)
    same(from_bytes(GOOD, "mine", largest=len(GOOD)), model())


@pytest.mark.parametrize("name", ["", "nothing", "no/such/file", "x" * 5_000, "\0", ".", "/"])
def test_a_name_of_nothing_is_refused_with_the_names_there_are(name: str) -> None:
    with pytest.raises(LabError, match="neither a file nor one of the lab's own") as caught:
        load_model(name)
    for known in bundled():
        assert known in str(caught.value)


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "no" / "folder"):
        with pytest.raises(LabError, match="cannot be written"):
            save_model(model(), path)


def outcome(content: bytes) -> tuple[type, Model | None]:
    try:
        return Model, from_bytes(content, "thing")
    except Exception as error:
        return type(error), None


@given(
    positions=st.lists(st.integers(0, len(GOOD) - 1), min_size=1, max_size=3),
    bits=st.integers(1, 255),
)
@settings(max_examples=300)
def test_a_damaged_file_gives_a_sound_network_of_the_same_shape_or_the_labs_error(
    positions: list[int], bits: int
) -> None:
    damaged = bytearray(GOOD)
    for position in positions:
        damaged[position] ^= bits
    sound(bytes(damaged))


@given(cut=st.integers(0, len(GOOD)), junk=st.binary(max_size=30), rest=st.integers(0, 200))
@settings(max_examples=300)
def test_so_does_a_file_with_a_piece_exchanged(cut: int, junk: bytes, rest: int) -> None:
    sound(GOOD[:cut] + junk + GOOD[cut + rest :])


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=8) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=10,
)


@given(
    entry=st.sampled_from(
        ["config", "image_shape", "classes", "history", "results", "origin", "moves", "legs"]
    ),
    value=json_values,
)
@settings(max_examples=200)
def test_so_does_any_json_in_its_metadata(entry: str, value: Any) -> None:
    sound(changed(**{entry: json.dumps(value)}))


def sound(content: bytes) -> None:
    kind, found = outcome(content)
    assert kind in {LabError, Model}
    if found:
        right = model().network
        assert found.network.shapes == right.shapes
        assert np.isfinite(found.network.parameters.flat).all()
        assert np.isfinite([figure for point in found.history for figure in point]).all()
        assert all(map(isfinite, found.results.values()))


def test_a_network_in_float64_is_saved_in_float32() -> None:
    """What is saved must load again, whatever the caller computed with."""
    right = model()
    precise = DENSE.network((6, 6), 3, "float64")
    precise.parameters.flat[:] = right.network.parameters.flat
    same(from_bytes(to_bytes(replace(right, network=precise)), "mine"), right)


@pytest.mark.parametrize(
    "network",
    [
        Network((Flatten(), Dense(3), Activation("tanh"), Dense(2)), (1, 6, 6)),
        Network((Flatten(), Dense(3)), (1, 6, 6)),
        Network(DENSE.layers(3), (3, 6, 6)),
    ],
)
def test_a_network_of_other_layers_than_its_configuration_is_not_saved(
    network: Network, tmp_path: Path
) -> None:
    """The file would not open again."""
    with pytest.raises(LabError, match=r"other layers than its settings.*np\.save"):
        save_model(replace(model(), network=network), tmp_path / "mine.safetensors")
    assert not (tmp_path / "mine.safetensors").exists()


def test_a_full_disk_is_a_sentence() -> None:
    with full_disk(), pytest.raises(LabError, match="mine cannot be written to the lab's disk"):
        from_bytes(GOOD, "mine")
