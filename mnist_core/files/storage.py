"""Stores networks in safetensors files, with the configuration and the history as JSON metadata.

Nothing in a file is ever executed, and everything in it is checked before memory is allocated.
A layer's tensors are named as PyTorch's `Sequential` would: `3.weight`, `3.bias`.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save

from mnist_core.arrays import Floats, Shape
from mnist_core.data import Origin
from mnist_core.errors import LabError
from mnist_core.files.checkpoints import (
    BITS,
    bytes_of,
    checkpoints_from,
    described,
    shapes_of,
    tensors_of,
)
from mnist_core.files.figures import is_figure
from mnist_core.nn.network import FlatParameters, trace_shapes
from mnist_core.training.config import TrainingConfig
from mnist_core.training.events import Measured
from mnist_core.training.history import LearningRateChange, Phase
from mnist_core.training.model import Model

FORMAT = "mnist-lab 1"
BUNDLED = Path(__file__).parents[1] / "models"
LARGEST_FILE = 256 << 20
"""The most bytes of a file, written or opened: a network for MNIST has 124 MB at most."""

LARGEST_HEADER = 100_000_000
"""The most bytes of metadata with which safetensors opens a file."""

LINE_BYTES, OTHER_BYTES = 220, 16_384
"""Bytes in a file for a point of the curve or a change of the rate, and for all fixed parts."""

LARGEST_SIDE = 1_024
MOST_CLASSES = 256
LONGEST_ORIGIN = 255
"""The most letters of a data set's name or fingerprint, as many as of a folder's name."""

LONGEST_NAME = 100
"""The letters of a network's name in a file that are kept."""


def bundled() -> list[str]:
    """Return the names of the networks that come with the lab."""
    return sorted(path.stem for path in BUNDLED.glob("*.safetensors"))


def load_model(name_or_path: str | Path) -> Model:
    """Load a bundled network by its name, or one from a file.

    Raises:
        LabError: the file does not exist, or is not a sound network of this lab.
    """
    if str(name_or_path) in bundled():
        return _load(BUNDLED / f"{name_or_path}.safetensors", str(name_or_path))
    path = Path(name_or_path)
    if not _is_file(path):
        raise LabError(
            f"{name_or_path} is neither a file nor one of the lab's own networks "
            f"({', '.join(bundled())})."
        )
    return replace(_load(path, path.stem), name=path.stem)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # such a name is impossible on this system
        return False


def from_bytes(content: bytes, name: str, largest: int = LARGEST_FILE) -> Model:
    """Return the network in the content of a file of at most `largest` bytes.

    It has the name that it was saved under, or `name` where its file has none. It is read from the
    disk, since only there the library reads a file's parts one by one.

    Raises:
        LabError: as `load_model`; or the content is too large, or the disk is full.
    """
    check_size(len(content), name, largest)
    try:
        with TemporaryDirectory(prefix="mnist-lab-", ignore_cleanup_errors=True) as folder:
            path = Path(folder, "network.safetensors")
            path.write_bytes(content)
            return _load(path, name)
    except OSError as error:
        raise LabError(
            f"{name} cannot be written to the lab's disk ({error.strerror}): make room there."
        ) from error


def check_size(size: int, name: str, largest: int) -> None:
    """Refuse a file of `size` bytes if there is no memory for it.

    Raises:
        LabError: the file has more than `largest` bytes.
    """
    if size > largest:
        raise LabError(
            f"{name} is {-(-size >> 20)} MB, and the lab can open {largest >> 20} MB at once now: "
            "choose a smaller file, or try again later."
        )


def file_size(model: Model, checkpoint_bits: int = BITS[0]) -> int:
    """Return the bytes of the file that `to_bytes` makes, or a few more."""
    lines = (
        len(model.history) + len(model.rate_changes) + len(model.phases) + len(model.checkpoints)
    )
    arrays = 4 * model.network.size + bytes_of(model.checkpoints, checkpoint_bits)
    return arrays + LINE_BYTES * (lines + 3 * len(model.checkpoints)) + OTHER_BYTES


def to_bytes(model: Model, checkpoint_bits: int = BITS[0]) -> bytes:
    """Return the content of a file with the network, for `from_bytes` and `load_model`.

    Its checkpoints keep `checkpoint_bits` of each weight: 8, or 4 for a smaller file.

    Raises:
        LabError: the network is not the one that its configuration describes, so that `load_model`
            could not make it again, or the file would be larger than any that the lab opens.
    """
    _check_described(model)
    if file_size(model, checkpoint_bits) > LARGEST_FILE:
        raise _too_large(model.name)
    metadata = {
        "format": FORMAT,
        "name": model.name,
        "config": model.config.to_json(),
        "image_shape": json.dumps(model.network.shapes[0][1:]),
        "classes": json.dumps(model.network.classes),
        "history": json.dumps(model.history),
        "results": json.dumps(dict(model.results)),
        "moves": json.dumps(model.rate_changes),
        "legs": json.dumps(model.phases),
        "moments": described(model.checkpoints, checkpoint_bits),
        **({"origin": json.dumps(model.origin)} if model.origin else {}),
        **({"altered": "after its training"} if model.altered else {}),
    }
    named = _named(model.network.parameters)
    tensors = {key: np.asarray(tensor, np.float32) for key, tensor in named}
    content = save(tensors | tensors_of(model.checkpoints, checkpoint_bits), metadata)
    if int.from_bytes(content[:8], "little") > LARGEST_HEADER:
        raise _too_large(model.name)
    return content


def _too_large(name: str) -> LabError:
    return LabError(
        f"The file of {name} would be larger than {LARGEST_FILE >> 20} MB, or its curve too long, "
        "and could not be opened again: save a smaller network, or measure it less often."
    )


def save_model(model: Model, path: str | Path, checkpoint_bits: int = BITS[0]) -> None:
    """Write the network to a file; `checkpoint_bits` as for `to_bytes`.

    Raises:
        LabError: the file cannot be written, or `load_model` could not read it.
    """
    try:
        Path(path).write_bytes(to_bytes(model, checkpoint_bits))
    except OSError as error:
        raise LabError(f"{path} cannot be written: {error.strerror}.") from error


def _check_described(model: Model) -> None:
    network, config = model.network, model.config
    channels, *sides = network.shapes[0]
    if network.layers != config.layers(network.classes) or channels != 1 or len(sides) != 2:
        raise LabError(
            f"{model.name} has other layers than its settings describe, and a file contains the "
            "settings: save a network of layers of your own with np.save(network.parameters.flat)."
        )


def _named(parameters: FlatParameters) -> Iterator[tuple[str, Floats]]:
    for i, layer in enumerate(parameters.by_layer):
        if layer:
            weights, biases = layer
            yield f"{i}.weight", weights
            yield f"{i}.bias", biases


def _load(path: Path, name: str) -> Model:
    if path.stat().st_size > LARGEST_FILE:
        raise LabError(
            f"{name} is larger than {LARGEST_FILE >> 20} MB: it is not a network of the lab."
        )
    try:
        with safe_open(path, framework="numpy") as file:
            return _read(file, name)
    except (SafetensorError, OSError) as error:
        raise LabError(f"{name} is not a safetensors file: choose one saved by the lab.") from error
    except LabError:
        raise
    except (KeyError, TypeError, ValueError, OverflowError, RecursionError) as error:
        raise LabError(
            f"{name} does not say what kind of network it contains: choose one saved by the lab."
        ) from error


def _read(file: Any, name: str) -> Model:
    metadata = file.metadata() or {}
    if metadata.get("format") != FORMAT:
        raise LabError(f"{name} was not saved by this lab: choose a file that was.")
    config = TrainingConfig.from_mapping(json.loads(metadata["config"]))
    image_shape = _image_shape(json.loads(metadata["image_shape"]), name)
    classes = _whole(json.loads(metadata["classes"]), MOST_CLASSES, "classes", name)
    _, parameter_shapes = trace_shapes(config.layers(classes), (1, *image_shape))
    described_checkpoints = metadata.get("moments", described((), BITS[0]))
    _check_tensors(file, parameter_shapes, described_checkpoints, name)
    network = config.network(image_shape, classes)
    for key, tensor in _named(network.parameters):
        tensor[...] = file.get_tensor(key)
    if not np.isfinite(network.parameters.flat).all():
        raise LabError(f"{name} contains numbers that are not finite: it cannot be used.")
    history = tuple(Measured(*point) for point in json.loads(metadata["history"]))
    results = dict(json.loads(metadata["results"]))
    figures = [*results.values(), *(figure for point in history for figure in point)]
    if not all(map(is_figure, figures)):
        raise LabError(f"{name} has a curve that is not made of numbers: it cannot be used.")
    origin = _origin(json.loads(metadata["origin"]), name) if "origin" in metadata else None
    rate_changes = _rate_changes(json.loads(metadata.get("moves", "[]")), name)
    phases = _phases(json.loads(metadata.get("legs", "[]")), name)
    tensors = {key: file.get_tensor(key) for key in file.keys() if key.startswith("moment.")}  # noqa: SIM118
    checkpoints = checkpoints_from(described_checkpoints, tensors, network, name)
    named, altered = _printable(metadata.get("name", "")) or name, "altered" in metadata
    return Model(
        named, network, config, history, results, origin, rate_changes, phases, checkpoints, altered
    )


def _printable(name: str) -> str:
    """Reduce a name to one short line."""
    return "".join(filter(str.isprintable, name))[:LONGEST_NAME].strip()


def _are_pairs(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(v, list) and len(v) == 2 for v in value)


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_phase(value: Any) -> bool:
    """Return whether a value is a phase: epochs, steps and, not in older files, a fresh start."""
    if not isinstance(value, list) or not 2 <= len(value) <= 3:
        return False
    return all(map(_is_count, value[:2])) and all(isinstance(v, bool) for v in value[2:])


def _phases(value: Any, name: str) -> tuple[Phase, ...]:
    if not isinstance(value, list) or not all(map(_is_phase, value)):
        raise LabError(
            f"{name} does not say how many steps its training took: choose a file saved by the lab."
        )
    return tuple(Phase(*phase) for phase in value)


def _rate_changes(value: Any, name: str) -> tuple[LearningRateChange, ...]:
    if not _are_pairs(value) or not all(
        _is_count(iteration) and is_figure(rate) for iteration, rate in value
    ):
        raise LabError(
            f"{name} does not say when its learning rate was moved: choose a file saved by the lab."
        )
    return tuple(LearningRateChange(*change) for change in value)


def _origin(value: Any, name: str) -> Origin:
    if (
        not isinstance(value, list)
        or len(value) != len(Origin._fields)
        or not all(isinstance(text, str) and len(text) <= LONGEST_ORIGIN for text in value)
        or not all(text.isprintable() for text in value)
    ):
        raise LabError(
            f"{name} does not say which data set it was trained on: choose a file saved by the lab."
        )
    return Origin(*value)


def _image_shape(value: Any, name: str) -> Shape:
    if not isinstance(value, list) or len(value) != 2:
        raise LabError(f"{name} reads images of shape {value}; the lab's have height and width.")
    return tuple(_whole(side, LARGEST_SIDE, "pixels a side", name) for side in value)


def _whole(value: Any, most: int, unit: str, name: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= most:
        raise LabError(f"{name} has {value!r} {unit}; the lab's networks have 1 to {most}.")
    return value


def _check_tensors(
    file: Any, parameter_shapes: Sequence[tuple[Shape, ...]], checkpoints: str, name: str
) -> None:
    """Check the shapes and dtypes of a file's arrays, before memory is allocated for them."""
    weights = {
        f"{i}.{kind}": (shape, "F32")
        for i, shapes in enumerate(parameter_shapes)
        for kind, shape in zip(("weight", "bias"), shapes, strict=False)
    }
    expected = weights | shapes_of(checkpoints, parameter_shapes, name)
    parts = {key: file.get_slice(key) for key in file.keys()}  # noqa: SIM118 (not a dict)
    if {key: tuple(part.get_shape()) for key, part in parts.items()} != {
        key: shape for key, (shape, _) in expected.items()
    }:
        raise LabError(f"{name} does not contain the weights that its settings describe.")
    for key, (_, kind) in expected.items():
        if parts[key].get_dtype() != kind:
            raise LabError(f"{name} contains numbers of type {parts[key].get_dtype()}, not {kind}.")
