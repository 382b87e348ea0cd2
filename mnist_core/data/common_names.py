"""What the names of some files have in common."""

import re
from collections.abc import Sequence
from itertools import takewhile


def shared_start(names: Sequence[str]) -> str:
    """Find the longest beginning that all names share, letter by letter."""
    first, last = min(names), max(names)
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False))
    return "".join(one for one, _ in alike)


def shared_words(names: Sequence[str]) -> str:
    """Find the words that all names begin with; `train` and `test` share none."""
    start = shared_start(names)
    within = any(one[len(start) : len(start) + 1].isalnum() for one in names)
    return (re.sub(r"[^\W_]*\Z", "", start) if within else start).strip(" -_.")


def differing_parts(names: Sequence[str]) -> list[str]:
    """Cut off what all names share at their start and at their end, unless nothing is left."""
    start = len(shared_start(names))
    end = len(shared_start([name[start:][::-1] for name in names]))
    return [name[start : len(name) - end].strip(" _-./") or name for name in names]
