"""What takes long to measure of the lab's networks: it was measured on MNIST, and comes with them.

`python -m mnist_core.models.stored_figures` measures it anew; `make models` does so at its end.
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
    """What was measured of a network on a data set.

    Attributes:
        survivors: of each block of the test pictures how many are still read right under attack,
            by the strength, `(blocks, strengths)`; see `attack.survivors`.
        spoilt: the results of `robustness`.
    """

    survivors: NDArray[np.int64]
    spoilt: tuple[CorruptionResult, ...]


def stored_figures(network: Network, dataset: Dataset) -> StoredFigures | None:
    """What is stored of just this network on just these pictures; None where nothing is."""
    entries = json.loads((BUNDLED / NAME).read_text("utf-8")).values()
    wanted = _identity(network, dataset)
    found = next((entry for entry in entries if entry["identity"] == wanted), None)
    if found is None or not _is_what_is_measured(found):
        return None
    return StoredFigures(
        np.array(found["survivors"], np.int64),
        tuple(CorruptionResult(*one) for one in found["spoilt"]),
    )


def measure(network: Network, dataset: Dataset) -> dict[str, Any]:
    """The same as JSON holds it, measured now."""
    return {
        "identity": _identity(network, dataset),
        "strengths": list(STRENGTHS),
        "survivors": [count.tolist() for count in survivors(network, dataset, STRENGTHS)],
        "spoilt": list(robustness(network, sampled(dataset))),
    }


def write_figures(folder: Path = BUNDLED) -> str:
    """Measure every network of a folder and store what was found there; tell so in a line."""
    dataset = load(MNIST).test
    found = {
        path.stem: measure(load_model(path).network, dataset)
        for path in sorted(folder.glob("*.safetensors"))
    }
    path = folder / NAME
    path.write_text(json.dumps(found, separators=(",", ":")) + "\n", "utf-8")
    return f"{path.name}: {', '.join(found)}, {path.stat().st_size:,} bytes"


def _identity(network: Network, dataset: Dataset) -> list[str]:
    """What tells a network and some pictures with labels from all others."""
    arrays = (network.parameters.flat, dataset.images, dataset.labels)
    return [sha256(np.ascontiguousarray(array).data).hexdigest()[:16] for array in arrays]


def _is_what_is_measured(found: Mapping[str, Any]) -> bool:
    """Whether the lab still attacks and spoils at the strengths that are stored."""
    spoilt = [(kind, strength) for kind, strength, *_ in found["spoilt"]]
    return found["strengths"] == list(STRENGTHS) and spoilt == [
        (kind, strength)
        for kind, corruption in CORRUPTIONS.items()
        for strength in corruption.strengths
    ]


if __name__ == "__main__":
    print(write_figures())
