"""Prints the figures of a command: JSON objects for programs, or lines for people."""

import json
from typing import Any

from tqdm import tqdm


def tell_json(event: str, **figures: Any) -> None:
    """Print an event as one line with a JSON object."""
    print(json.dumps({"event": event, **figures}), flush=True)


def tell_plain(event: str, **figures: Any) -> None:
    """Print an event as one line for people."""
    texts = (f"{name.replace('_', ' ')} {plain(name, v)}" for name, v in figures.items())
    tqdm.write(f"{event}: {', '.join(texts)}")


def plain(name: str, value: Any) -> str:
    if name.endswith("accuracy"):
        return f"{value:.2%}"
    return f"{value:.4g}" if isinstance(value, float) else f"{value}"
