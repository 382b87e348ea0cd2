"""The exported program's first section: its settings, and the pictures as numbers."""

from collections.abc import Sequence
from textwrap import fill

from mnist_core.data.dataset import DEV_PART, DEV_SIZE
from mnist_core.training.config import TrainingConfig
from mnist_core.training.history import LearningRateChange, Phase
from mnist_core.training.optimizers import OPTIMIZERS

ROUNDING = (
    "The program takes the same steps with the same random numbers, but it rounds differently: its "
    "results may differ from the lab's by a tenth or two of a percentage point."
)
"""A note on the program's figures for its readers; `docs/measurements.md` has them by preset."""

TEXT = '''\
"""{title}: a training run of MNIST Lab in NumPy. python run.py FOLDER_OF_MNIST

{rounding}"""
import gzip, sys
from pathlib import Path
import numpy as np

FOLDER = {folder}
{constants}

# %% The pictures: a column is a picture, 0 is paper and 1 is ink
def read(name):
    plain, packed = FOLDER / f"{{name}}-ubyte", FOLDER / f"{{name}}-ubyte.gz"
    raw = gzip.decompress(packed.read_bytes()) if packed.exists() else plain.read_bytes()
    shape = np.frombuffer(raw, ">u4", raw[3], 4)
    return np.frombuffer(raw, np.uint8, offset=4 + 4 * raw[3]).reshape(shape)

images, labels = read("train-images-idx3"), read("train-labels-idx1")
order = np.random.default_rng(SEED).permutation(len(images))
dev, learnt = order[:(kept := min({dev_size:_}, len(order) // {dev_part}))], order[kept:][:EXAMPLES]
columns = lambda pictures: pictures.{columns}.astype(np.float32) / 255
'''


def data_section(
    config: TrainingConfig,
    rate_changes: Sequence[LearningRateChange],
    title: str,
    phases: Sequence[Phase],
    folder: str,
) -> str:
    """Return the section, given the expression for the folder of the MNIST files."""
    as_image, as_column = "transpose(1, 2, 0)[None]", "reshape(len(pictures), -1).T"
    return TEXT.format(
        title=_harmless(title),
        rounding=fill(ROUNDING, 99),
        folder=folder,
        constants=_constants(config, rate_changes, phases),
        dev_size=DEV_SIZE,
        dev_part=DEV_PART,
        columns=as_image if config.filters else as_column,
    )


def _harmless(title: str) -> str:
    """Return a title as one line that cannot end the string that it stands in."""
    return " ".join(title.split()).replace('"', "'").replace("\\", "/")


def _constants(
    config: TrainingConfig, rate_changes: Sequence[LearningRateChange], phases: Sequence[Phase]
) -> str:
    values = {
        "SEED": config.seed,
        **({} if phases else {"EPOCHS": config.epochs}),
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
    if config.augmentation:
        values["AUGMENTATION"] = config.augmentation
    lines = [f"{', '.join(values)} = {', '.join(map(repr, values.values()))}"]
    if phases:
        anew = any(phase.anew for phase in phases)
        entries = [tuple(phase) if anew else (phase.epochs, phase.steps) for phase in phases]
        restarted = ", optimizer restarted" if anew else ""
        meaning = f"epochs asked for, steps taken of them{restarted}"
        lines.append(f"LEGS = {entries!r}  # {meaning}")
    if rate_changes:
        factors = {
            change.iteration: change.learning_rate / config.learning_rate for change in rate_changes
        }
        lines.append(f"MOVES = {factors!r}  # by what the rate was moved by hand, and from when")
    return "\n".join(lines)
