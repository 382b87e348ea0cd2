"""The lab's main job without a browser: `python -m mnist_core train`, `evaluate`, `predict`."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
from tqdm import tqdm

from mnist_core.data import Data, load, split
from mnist_core.drawing.normalisation import to_mnist
from mnist_core.drawing.picture_files import read_image
from mnist_core.errors import LabError
from mnist_core.files.storage import Model, load_model, save_model
from mnist_core.threads import limit_blas_threads
from mnist_core.training.config import SETTINGS, TrainingConfig
from mnist_core.training.events import Diverged, Finished, Measured, Started, Step
from mnist_core.training.loop import train
from mnist_core.training.metrics import evaluate
from mnist_core.training.presets import FIRST_PRESET, PRESETS
from mnist_core.training.settings import Choice, Kind, Sizes, Switch, WholeNumberOrAll

BAD_INPUT = 2
DIVERGED = 1
INTERRUPTED = 128 + 2
BROKEN_PIPE = 128 + 13
"""Exit codes; the last two as a shell gives them for the signals SIGINT and SIGPIPE."""

IMAGE_SUFFIXES = {".png", ".jpg", ".jpeg", ".webp"}


class Parser(argparse.ArgumentParser):
    """An argument parser that says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        """Print the message and exit with 2."""
        self.exit(BAD_INPUT, f"{self.prog}: {message}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the result is the exit code."""
    options = parser().parse_args(arguments)
    limit_blas_threads()
    try:
        code: int = options.run(options)
    except BrokenPipeError:
        # Whoever read our output has seen enough; Python would write the rest once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except (LabError, OSError) as error:
        print(f"mnist_core: {error}", file=sys.stderr)
        return BAD_INPUT
    except KeyboardInterrupt:
        return INTERRUPTED
    return code


def parser() -> argparse.ArgumentParser:
    """The command line; each hyperparameter is an option of its own name."""
    top = Parser(prog="python -m mnist_core", description=__doc__)
    commands = top.add_subparsers(required=True, metavar="command")

    command = commands.add_parser("train", help="train a network and save it")
    command.add_argument("--preset", choices=PRESETS, default=FIRST_PRESET, help="where to begin")
    command.add_argument("--out", type=Path, help="the .safetensors file to write")
    command.add_argument("--threads", type=_threads, default=1, help="threads that share a batch")
    command.add_argument("--json", action="store_true", help="print one JSON object a line")
    for name, setting in SETTINGS.items():
        command.add_argument(
            "--" + name.replace("_", "-"),
            default=argparse.SUPPRESS,
            help=setting.help.replace("%", "%%"),
            **_option(setting.kind),
        )
    command.set_defaults(run=run_train)

    command = commands.add_parser("evaluate", help="measure a network on a data set")
    command.add_argument("model", help="a .safetensors file, or the name of a bundled network")
    command.add_argument("--split", choices=["train", "dev", "test"], default="test")
    command.add_argument("--json", action="store_true", help="print one JSON object")
    command.set_defaults(run=run_evaluate)

    command = commands.add_parser("predict", help="read digits from image files")
    command.add_argument("model", help="a .safetensors file, or the name of a bundled network")
    command.add_argument("paths", type=Path, nargs="+", metavar="PATH", help="images or folders")
    command.add_argument("--json", action="store_true", help="print one JSON object a line")
    command.set_defaults(run=run_predict)
    return top


def _option(kind: Kind) -> dict[str, Any]:
    """How argparse takes a hyperparameter of this kind."""
    match kind:
        case Switch():
            return {"action": argparse.BooleanOptionalAction}
        case Choice():
            return {"choices": kind.names}
        case Sizes():
            return {"type": _reader(kind.size), "nargs": "*", "metavar": "UNITS"}
        case WholeNumberOrAll():
            return {"type": _reader(kind), "metavar": "N|full"}
        case _:
            return {"type": _reader(kind), "metavar": "N"}


def _reader(kind: Kind) -> Callable[[str], Any]:
    """What reads a value of this kind from the command line, or says what is wrong with it."""

    def read(text: str) -> Any:
        try:
            return kind.parse(text)
        except ValueError as error:
            message = f"{text!r} is not {kind.description}"
            raise argparse.ArgumentTypeError(message) from error

    return read


def _threads(text: str) -> int:
    threads = int(text)
    if not 1 <= threads <= 64:
        raise argparse.ArgumentTypeError(f"{threads} threads; choose 1 to 64")
    return threads


def _config(options: argparse.Namespace) -> TrainingConfig:
    given = {name: value for name, value in vars(options).items() if name in SETTINGS}
    return TrainingConfig.from_mapping(asdict(PRESETS[options.preset].config) | given)


def run_train(options: argparse.Namespace) -> int:
    """Train, tell each event, save the network with its figures."""
    config = _config(options)
    if options.out:
        _check_out(options.out)
    tell = tell_json if options.json else tell_plain
    data = load()
    history: list[Measured] = []
    events = train(data.train, split(data.train, config.seed), config, threads=options.threads)
    for event in _with_bar(events, hidden=options.json):
        match event:
            case Started(network=network, iterations=iterations):
                tell("started", iterations=iterations, parameters=network.size)
            case Measured():
                history.append(event)
                tell("measured", **event._asdict())
            case Diverged(iteration, loss, rate):
                tell("diverged", iteration=iteration, loss=str(loss), learning_rate=rate)
                return DIVERGED
            case Finished(last):
                history.append(last)
                results = {
                    "dev_accuracy": last.dev_accuracy,
                    "test_accuracy": evaluate(network, data.test).accuracy,
                    "seconds": round(last.seconds, 3),
                    "iterations": last.iteration,
                }
                if options.out:
                    name = options.out.stem
                    model = Model(name, network, config, tuple(history), results, data.origin)
                    save_model(model, options.out)
                tell("finished", **results)
    return 0


def _check_out(path: Path) -> None:
    """Find out before the training whether its result can be saved."""
    if not path.parent.is_dir():
        raise LabError(f"{path.parent} is not a folder: create it or choose another --out.")
    if path.is_dir():
        raise LabError(f"{path} is a folder: add the name of a file to --out.")


def _with_bar(events: Iterator[Any], hidden: bool) -> Iterator[Any]:
    """The events, with a progress bar on a terminal that moves with each step."""
    bar = tqdm(unit=" steps", disable=True if hidden else None, leave=False)
    for event in events:
        if isinstance(event, Started):
            bar.reset(total=event.iterations)
        if isinstance(event, Step):
            bar.update()
        else:
            yield event
    bar.close()


def tell_json(event: str, **figures: Any) -> None:
    """One JSON object a line."""
    print(json.dumps({"event": event, **figures}), flush=True)


def tell_plain(event: str, **figures: Any) -> None:
    """One line for people."""
    told = ", ".join(f"{name.replace('_', ' ')} {_plain(name, v)}" for name, v in figures.items())
    tqdm.write(f"{event}: {told}")


def _plain(name: str, value: Any) -> str:
    if name.endswith("accuracy"):
        return f"{value:.2%}"
    return f"{value:.4g}" if isinstance(value, float) else f"{value}"


def run_evaluate(options: argparse.Namespace) -> int:
    """Print a network's accuracy on one split of the data set."""
    model = load_model(options.model)
    data = load()
    _check_fit(model, data)
    if options.split == "test":
        result = evaluate(model.network, data.test)
    else:
        parts = split(data.train, model.config.seed)
        result = evaluate(model.network, data.train, getattr(parts, options.split))
    figures = {"accuracy": result.accuracy, "n": result.n, "loss": result.loss}
    told = {**figures, "model": model.name, "split": options.split}
    if options.json:
        print(json.dumps(told))
    else:
        print(", ".join(f"{name} {_plain(name, value)}" for name, value in told.items()))
    return 0


def _check_fit(model: Model, data: Data) -> None:
    shape, classes = model.network.shapes[0][1:], model.network.classes
    if shape != data.test.images.shape[1:] or classes < data.test.classes:
        raise LabError(
            f"{model.name} reads images of {shape} pixels in {classes} classes; the data set has "
            f"{data.test.images.shape[1:]} in {data.test.classes}. Choose a network trained on it."
        )


def run_predict(options: argparse.Namespace) -> int:
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


if __name__ == "__main__":
    sys.exit(main())
