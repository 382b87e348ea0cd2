"""`predict`: read digits from image files."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from mnist_core.commands.exit_codes import BAD_INPUT
from mnist_core.data import MNIST
from mnist_core.drawing.normalisation import to_mnist
from mnist_core.drawing.picture_files import read_image
from mnist_core.errors import LabError
from mnist_core.files.storage import Model, load_model
from mnist_core.handwriting.digit_detector import digit_detector

IMAGE_SUFFIXES = {".png", ".jpg", ".jpeg", ".webp"}


def add(command: argparse.ArgumentParser) -> None:
    """Which network, and which files."""
    command.add_argument("model", help="a .safetensors file, or the name of a bundled network")
    command.add_argument("paths", type=Path, nargs="+", metavar="PATH", help="images or folders")
    command.add_argument("--json", action="store_true", help="print one JSON object a line")


def run(options: argparse.Namespace) -> int:
    """Read each image; one that cannot be read gets its own line, and the exit code 2."""
    model = load_model(options.model)
    code = 0
    for path in _image_files(options.paths):
        try:
            found = predict(model, path)
        except LabError as error:
            print(f"mnist_core: {error}", file=sys.stderr)
            code = BAD_INPUT
            continue
        print(as_json(path, found) if options.json else in_words(path, found), flush=True)
    return code


class Prediction(NamedTuple):
    """What a network says to an image file.

    `nearest` is the likeliest class, `why` what speaks against naming it: "no ink", "no digit", or
    nothing.
    """

    nearest: int
    why: str
    probabilities: list[float]


def predict(model: Model, path: Path) -> Prediction:
    """Read an image file.

    Whether it is a digit at all is asked where the network has learnt MNIST, or nobody knows what.
    """
    image = to_mnist(read_image(path))
    if image.shape != model.network.shapes[0][1:]:
        raise LabError(
            f"{model.name} reads images of {model.network.shapes[0][1:]} pixels, not drawn digits."
        )
    probabilities = model.network.probabilities(image[np.newaxis])[:, 0]
    why = "" if image.any() else "no ink"
    reads_digits = model.origin is None or model.origin.is_same(MNIST)
    if not why and reads_digits and not digit_detector().detect(image[np.newaxis])[0].is_digit:
        why = "no digit"
    return Prediction(int(probabilities.argmax()), why, [round(float(p), 6) for p in probabilities])


def as_json(path: Path, found: Prediction) -> str:
    """A prediction as one JSON object."""
    told: dict[str, object] = {"path": str(path), "digit": None if found.why else found.nearest}
    if found.why:
        told["why"] = found.why
    if found.why == "no digit":
        told["nearest"] = found.nearest
    return json.dumps(told | {"probabilities": found.probabilities})


def in_words(path: Path, found: Prediction) -> str:
    """The same as a line for people."""
    if found.why == "no ink":
        return f"{path}: no ink"
    sure = f"{found.nearest} ({found.probabilities[found.nearest]:.1%})"
    return f"{path}: no digit; if it must be one, {sure}" if found.why else f"{path}: {sure}"


def _image_files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            found = sorted(p for p in path.rglob("*") if _is_image(p))
            if not found:
                raise LabError(f"{path} holds no PNG, JPEG or WebP file: choose another folder.")
            yield from found
        elif path.is_file():
            yield path
        else:
            raise LabError(f"{path} is neither a file nor a folder.")


def _is_image(path: Path) -> bool:
    return path.suffix.lower() in IMAGE_SUFFIXES and path.is_file()
