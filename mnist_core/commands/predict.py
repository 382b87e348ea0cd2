"""`predict`: read digits from image files."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from mnist_core.commands.exit_codes import BAD_INPUT
from mnist_core.drawing.normalisation import to_mnist
from mnist_core.drawing.picture_files import read_image
from mnist_core.errors import LabError
from mnist_core.files.storage import Model, load_model

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
            digit, probabilities = predict(model, path)
        except LabError as error:
            print(f"mnist_core: {error}", file=sys.stderr)
            code = BAD_INPUT
            continue
        if options.json:
            found = {"path": str(path), "digit": digit, "probabilities": probabilities}
            print(json.dumps(found), flush=True)
        elif digit is None:
            print(f"{path}: no ink")
        else:
            print(f"{path}: {digit} ({probabilities[digit]:.1%})")
    return code


def predict(model: Model, path: Path) -> tuple[int | None, list[float]]:
    """The digit in an image file, or None where there is no ink, and each class's probability."""
    image = to_mnist(read_image(path))
    if image.shape != model.network.shapes[0][1:]:
        raise LabError(
            f"{model.name} reads images of {model.network.shapes[0][1:]} pixels, not drawn digits."
        )
    probabilities = model.network.probabilities(image[np.newaxis])[:, 0]
    digit = int(probabilities.argmax()) if image.any() else None
    return digit, [round(float(p), 6) for p in probabilities]


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
