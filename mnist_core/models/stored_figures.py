"""Figures of the lab's networks that take long to measure: measured on MNIST, stored with them.

`python -m mnist_core.models.stored_figures` measures them anew; `make models` does so at its end.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnist_core.data import BUNDLED as MNIST
from mnist_core.data import Dataset, load
from mnist_core.evaluation.attack import STRENGTHS, survivors
from mnist_core.evaluation.corruptions import CORRUPTIONS
from mnist_core.evaluation.robustness import CorruptionResult, robustness, sampled
from mnist_core.files.storage import BUNDLED, load_model
from mnist_core.nn.network import Network

NAME = "figures.json"


@dataclass(frozen=True)
class StoredFigures:
    """The figures of a network on a data set.

    Attributes:
        survivors: the number of test pictures in each block that are still read right under attack,
            by the strength, `(blocks, strengths)`; see `attack.survivors`.
        spoilt: the results of `robustness`.
    """

    survivors: NDArray[np.int64]
    spoilt: tuple[CorruptionResult, ...]


def stored_figures(network: Network, dataset: Dataset) -> StoredFigures | None:
    """Return the figures of exactly this network on these pictures; None where none are stored."""
    entries = json.loads((BUNDLED / NAME).read_text("utf-8")).values()
    identity = _identity(network, dataset)
    figures = next((entry for entry in entries if entry["identity"] == identity), None)
    if figures is None or not _is_current(figures):
        return None
    return StoredFigures(
        np.array(figures["survivors"], np.int64),
        tuple(CorruptionResult(*one) for one in figures["spoilt"]),
    )


def measure(network: Network, dataset: Dataset) -> dict[str, Any]:
    """Measure the figures, in the form in which JSON stores them."""
    return {
        "identity": _identity(network, dataset),
        "strengths": list(STRENGTHS),
        "survivors": [count.tolist() for count in survivors(network, dataset, STRENGTHS)],
        "spoilt": list(robustness(network, sampled(dataset))),
    }


def write_figures(folder: Path = BUNDLED) -> str:
    """Measure every network of a folder and store the figures there; return a line about them."""
    dataset = load(MNIST).test
    figures = {
        path.stem: measure(load_model(path).network, dataset)
        for path in sorted(folder.glob("*.safetensors"))
    }
    path = folder / NAME
    path.write_text(json.dumps(figures, separators=(",", ":")) + "\n", "utf-8")
    return f"{path.name}: {', '.join(figures)}, {path.stat().st_size:,} bytes"


def _identity(network: Network, dataset: Dataset) -> list[str]:
    """Return hashes that identify a network and some pictures with labels."""
    arrays = (network.parameters.flat, dataset.images, dataset.labels)
    return [sha256(np.ascontiguousarray(array).data).hexdigest()[:16] for array in arrays]


def _is_current(figures: Mapping[str, Any]) -> bool:
    """Return whether the lab still attacks and spoils at the strengths that are stored."""
    spoilt = [(kind, strength) for kind, strength, *_ in figures["spoilt"]]
    return figures["strengths"] == list(STRENGTHS) and spoilt == [
        (kind, strength)
        for kind, corruption in CORRUPTIONS.items()
        for strength in corruption.strengths
    ]


if __name__ == "__main__":
    print(write_figures())
