"""`predict`: read digits and numbers from image files."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from mnist_core.commands.exit_codes import BAD_INPUT
from mnist_core.commands.predictions import predict_digit, predict_number
from mnist_core.drawing.picture_formats import IN_WORDS, SUFFIXES
from mnist_core.errors import LabError
from mnist_core.files.storage import load_model


def add(command: argparse.ArgumentParser) -> None:
    """Add the options: the network, the files, and the kind of their contents."""
    command.add_argument("model", help="a .safetensors file, or the name of a bundled network")
    command.add_argument(
        "paths",
        type=Path,
        nargs="+",
        metavar="PATH",
        help=f"{IN_WORDS} files, or folders of them, in which other files are skipped",
    )
    command.add_argument(
        "--number",
        action="store_true",
        help="read each image as a number of one or more digits, as the Draw page does; "
        "without it, as one digit",
    )
    command.add_argument("--json", action="store_true", help="print one JSON object a line")


def run(options: argparse.Namespace) -> int:
    """Read each image; one that cannot be read gets its own line, and the exit code 2."""
    model = load_model(options.model)
    predict = predict_number if options.number else predict_digit
    code = 0
    for path in _image_files(options.paths, options.program):
        try:
            prediction = predict(model, path)
        except LabError as error:
            print(f"{options.program}: {error}", file=sys.stderr)
            code = BAD_INPUT
            continue
        as_json = json.dumps({"path": str(path), **prediction.as_json()})
        print(as_json if options.json else f"{path}: {prediction.in_words()}", flush=True)
    return code


def _image_files(paths: Sequence[Path], program: str) -> Iterator[Path]:
    """Yield the files, and those in the folders; report the skipped ones as `program`."""
    for path in paths:
        if path.is_dir():
            yield from _in_folder(path, program)
        elif path.is_file():
            yield path
        else:
            raise LabError(f"{path} is neither a file nor a folder.")


def _in_folder(folder: Path, program: str) -> list[Path]:
    """Return the images in a folder and those below it."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    images = [path for path in files if path.suffix.lower() in SUFFIXES]
    others = Counter(path.suffix.lower() or "without an ending" for path in files)
    for suffix in SUFFIXES:
        del others[suffix]
    counts = ", ".join(f"{count} {suffix}" for suffix, count in others.most_common())
    if not images:
        only = f", only {counts}" if others else ""
        raise LabError(f"{folder} contains no {IN_WORDS} file{only}: choose another folder.")
    if others:
        skipped = len(files) - len(images)
        print(
            f"{program}: {folder}: skipped {skipped} of {len(files)} files, whose names are not "
            f"those of {IN_WORDS} files: {counts}",
            file=sys.stderr,
        )
    return images
