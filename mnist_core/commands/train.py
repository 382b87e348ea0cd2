"""`train`: train a network and save it."""

import argparse
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tqdm import tqdm

from mnist_core.cluster.remote import train_at
from mnist_core.commands import data_option
from mnist_core.commands.exit_codes import DIVERGED
from mnist_core.commands.printing import tell_json, tell_plain
from mnist_core.data import Data, split
from mnist_core.errors import LabError
from mnist_core.files.storage import save_model
from mnist_core.training.config import SETTINGS, TrainingConfig
from mnist_core.training.events import Diverged, Event, Finished, Measured, Started, Step
from mnist_core.training.fit import trained_model
from mnist_core.training.loop import Controls, train
from mnist_core.training.presets import FIRST_PRESET, PRESETS
from mnist_core.training.settings import Kind, OneOf, Sizes, Switch, WholeNumberOrAll
from mnist_core.training.unused import unused_in_words


def add(command: argparse.ArgumentParser) -> None:
    """Add the options: the preset, the output, and one option for each hyperparameter."""
    command.add_argument(
        "--preset", choices=PRESETS, default=FIRST_PRESET, help="the preset to start from"
    )
    data_option.add(command)
    command.add_argument("--out", type=Path, help="the .safetensors file to write")
    command.add_argument("--threads", type=_threads, default=1, help="cores that share a batch")
    command.add_argument(
        "--scheduler", metavar="ADDRESS", help="train at this Dask scheduler's, as tcp://host:8786"
    )
    command.add_argument("--json", action="store_true", help="print one JSON object a line")
    for name, setting in SETTINGS.items():
        command.add_argument(
            "--" + name.replace("_", "-"),
            default=argparse.SUPPRESS,
            help=setting.help.replace("%", "%%"),
            **_option(setting.kind),
        )


def run(options: argparse.Namespace) -> int:
    """Train, print each event, save the network with its figures."""
    config = _config(options)
    if options.out:
        _check_out(options.out)
    if unused := unused_in_words(config):
        print(f"{options.program}: {unused}", file=sys.stderr)
    tell = tell_json if options.json else tell_plain
    data = data_option.chosen_data(options)
    history: list[Measured] = []
    for event in _with_bar(_events(options, config, data), hidden=options.json):
        match event:
            case Started(network=network, iterations=iterations):
                tell("started", iterations=iterations, parameters=network.size)
            case Measured():
                history.append(event)
                tell("measured", **event._asdict())
            case Diverged(iteration, loss, rate):
                tell("diverged", iteration=iteration, loss=str(loss), learning_rate=rate)
                return DIVERGED
            case Finished():
                name = options.out.stem if options.out else "network"
                model = trained_model(name, config, data, history, event)
                if options.out:
                    save_model(model, options.out)
                tell("finished", **model.results)
    return 0


def _events(options: argparse.Namespace, config: TrainingConfig, data: Data) -> Iterator[Event]:
    """Train on a cluster if one is named, else in this process."""
    parts = split(data.train, config.seed)
    if options.scheduler:
        return train_at(options.scheduler, data.train, parts, config)
    controls = Controls(threads=options.threads)
    return train(data.train, parts, config, controls=controls)


def _check_out(path: Path) -> None:
    """Check before the training that its result can be saved."""
    if not path.parent.is_dir():
        raise LabError(f"{path.parent} is not a folder: create it or choose another --out.")
    if path.is_dir():
        raise LabError(f"{path} is a folder: add the name of a file to --out.")


def _with_bar(events: Iterator[Any], hidden: bool) -> Iterator[Any]:
    """Yield the events, with a progress bar on a terminal that moves with each step."""
    bar = tqdm(unit=" steps", disable=True if hidden else None, leave=False)
    for event in events:
        if isinstance(event, Started):
            bar.reset(total=event.iterations)
        if isinstance(event, Measured):
            bar.update(event.iteration - bar.n)
        if isinstance(event, Step):
            bar.update()
        else:
            yield event
    bar.close()


def _option(kind: Kind) -> dict[str, Any]:
    """Return argparse's arguments for a hyperparameter of this kind."""
    match kind:
        case Switch():
            return {"action": argparse.BooleanOptionalAction}
        case OneOf():
            return {"choices": kind.names}
        case Sizes():
            return {"type": _reader(kind.size), "nargs": "*", "metavar": "UNITS"}
        case WholeNumberOrAll():
            return {"type": _reader(kind), "metavar": "N|full"}
        case _:
            return {"type": _reader(kind), "metavar": "N"}


def _reader(kind: Kind) -> Callable[[str], Any]:
    """Return a parser of this kind of value for argparse, with an error that names the fault."""

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
