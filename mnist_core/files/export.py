"""A run as a program of its own: plain NumPy in a script or a notebook, formulas in the open.

The program draws the same random numbers in the same order as the lab does, so it repeats the run
up to the rounding of float32.
"""

import json
from collections.abc import Sequence
from typing import Any

from mnist_core.data import DEV_SIZE
from mnist_core.errors import LabError
from mnist_core.files import export_parts as parts
from mnist_core.nn.activations import ACTIVATIONS
from mnist_core.nn.initializers import INITIALIZERS
from mnist_core.nn.network import DENSE_PASS
from mnist_core.runs.snapshot import RateMove
from mnist_core.training.config import FILTER_SIZE, POOL_SIZE, TrainingConfig
from mnist_core.training.optimizers import OPTIMIZERS
from mnist_core.training.schedules import SCHEDULES

CELL = "# %% "
_NO_DROP = {"drop": "", "mask": ""}


def script(config: TrainingConfig, moves: Sequence[RateMove] = (), title: str = "A run") -> str:
    """The run as a Python program that takes the folder of the MNIST files.

    Raises:
        LabError: the run used something that the program cannot repeat.
    """
    folder = 'Path(sys.argv[1] if len(sys.argv) > 1 else ".")'
    return _program(config, moves, title, folder)


def notebook(config: TrainingConfig, moves: Sequence[RateMove] = (), title: str = "A run") -> str:
    """The run as a Jupyter notebook; the MNIST files lie beside it.

    Raises:
        LabError: the run used something that the program cannot repeat.
    """
    head, *rest = _program(config, moves, title, 'Path(".")').split(CELL)
    _, words, code = head.split('"""', 2)
    cells = [_cell("markdown", f"# {words.splitlines()[0]}\n"), _cell("code", code)]
    for part in rest:
        heading, _, code = part.partition("\n")
        cells += [_cell("markdown", f"## {heading}"), _cell("code", code)]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    content = {
        "cells": cells,
        "metadata": {"kernelspec": kernel},
        "nbformat": 4,
        "nbformat_minor": 4,
    }
    return json.dumps(content, indent=1) + "\n"


def _cell(kind: str, text: str) -> dict[str, Any]:
    source = text.strip("\n").splitlines(keepends=True)
    cell = {"cell_type": kind, "metadata": {}, "source": source}
    return cell if kind == "markdown" else cell | {"execution_count": None, "outputs": []}


def _program(config: TrainingConfig, moves: Sequence[RateMove], title: str, folder: str) -> str:
    _check(config)
    return "".join(
        [
            _data(config, moves, title, folder),
            _network(config),
            parts.ACCURACY,
            _schedule(config),
            _training(config, moves),
        ]
    )


def _data(config: TrainingConfig, moves: Sequence[RateMove], title: str, folder: str) -> str:
    as_image, as_column = "transpose(1, 2, 0)[None]", "reshape(len(pictures), -1).T"
    return parts.DATA.format(
        title=_harmless(title),
        folder=folder,
        constants=_constants(config, moves),
        dev_size=f"{DEV_SIZE:_}",
        columns=as_column if config.convolution == "none" else as_image,
    )


def _harmless(title: str) -> str:
    """A title as one line that cannot end the string that it stands in."""
    return " ".join(title.split()).replace('"', "'").replace("\\", "/")


def _network(config: TrainingConfig) -> str:
    activation = ACTIVATIONS[config.activation]
    network = parts.NETWORK.format(
        before=_sides(config) + (parts.MASKS if config.dropout else ""),
        sizes=_sizes(config),
        initial="\n    ".join(INITIALIZERS[config.initializer].numpy_draw),
        function=activation.numpy_forward,
        slope=activation.numpy_slope,
    )
    filters = len(config.filters)
    if filters:
        return network + parts.FORWARD_CONVOLUTION.format(filters=filters)
    drop = {"drop": ", drop=0.0", "mask": parts.MASK} if config.dropout else _NO_DROP
    return network + parts.FORWARD_DENSE.format(**drop)


def _schedule(config: TrainingConfig) -> str:
    factor = SCHEDULES[config.schedule].numpy_factor
    written = parts.SCHEDULE.format(warmup=repr(config.warmup), factor=factor)
    return written if _scheduled(config) else ""


def _training(config: TrainingConfig, moves: Sequence[RateMove]) -> str:
    return parts.TRAINING.format(
        drop=", DROPOUT" if config.dropout else "",
        rate=_rate(config, moves),
        update=f"\n{' ' * 12}".join(_update(config)),
    )


def _scheduled(config: TrainingConfig) -> bool:
    return config.schedule != "constant" or config.warmup > 0


def _check(config: TrainingConfig) -> None:
    batch = config.batch_size or config.examples
    if config.augmentation:
        reason = "varies its pictures (augmentation)"
    elif config.dropout and (config.convolution != "none" or batch > DENSE_PASS):
        reason = f"uses dropout with filters or with batches of more than {DENSE_PASS}"
    else:
        return
    raise LabError(f"This run {reason}: a program of 100 lines cannot repeat it. The rest can be.")


def _constants(config: TrainingConfig, moves: Sequence[RateMove]) -> str:
    values = {
        "SEED": config.seed,
        "EPOCHS": config.epochs,
        "EXAMPLES": config.examples,
        "BATCH": config.batch_size or config.examples,
        "RATE": config.learning_rate,
    }
    if "momentum" in OPTIMIZERS[config.optimizer].uses:
        values["MOMENTUM"] = config.momentum
    if config.weight_decay:
        values["DECAY"] = config.weight_decay
    if config.dropout:
        values["DROPOUT"] = config.dropout
    lines = [f"{', '.join(values)} = {', '.join(map(repr, values.values()))}"]
    if moves:
        factors = {move.iteration: move.learning_rate / config.learning_rate for move in moves}
        lines.append(f"MOVES = {factors!r}  # by what the rate was moved by hand, and from when")
    return "\n".join(lines)


def _rate(config: TrainingConfig, moves: Sequence[RateMove]) -> str:
    """The line that sets the learning rate of a step."""
    moved = " * (factor := MOVES.get(step, factor))" if moves else ""
    scheduled = " * schedule((step + 0.5) / steps)" if _scheduled(config) else ""
    return f"rate = RATE{moved}{scheduled}"


def _sizes(config: TrainingConfig) -> str:
    """An expression for (units, inputs of a unit) of every layer, first to last."""
    filters = config.filters
    before = "images[0].size"
    sizes = []
    for out, channels in zip(filters, (1, *filters), strict=False):
        sizes.append(f"({out}, {channels * FILTER_SIZE**2})")
        before = f"{out} * h * w"
    for units in (*map(str, config.hidden), "labels.max() + 1"):
        sizes.append(f"({units}, {before})")
        before = units
    return f"[{', '.join(sizes)}]"


def _sides(config: TrainingConfig) -> str:
    """A line that works out the height and width that the filters leave of an image."""
    side = "n"
    for _ in config.filters:
        side = f"({side} - {FILTER_SIZE - 1}) // {POOL_SIZE}"
    return f"h, w = ({side} for n in images.shape[1:])\n" if side != "n" else ""


def _update(config: TrainingConfig) -> list[str]:
    """The lines that change weights w, given their gradient g."""
    optimizer = OPTIMIZERS[config.optimizer]
    coupled = config.weight_decay and not optimizer.decays_weights
    return [*([parts.L2] if coupled else []), *optimizer.numpy_update(config)]
