"""Ways to damage a file."""

import io
import json
import random
import zipfile
from collections.abc import Callable
from typing import Any

MOST_EDITS = 4
INTERESTING = (0, 1, 127, 128, 255)
NUMBERS: tuple[Any, ...] = (
    *(0, -1, 1, 2**31, 2**63, -(2**63), 10**30, 1e308, -1e308, 1e-320),
    *(float("nan"), float("inf"), float("-inf")),
)
DEEP = "deep"
BRACKETS = 3_000
"""Brackets within brackets, for which `DEEP` stands until the JSON is written."""

OTHERS: tuple[Any, ...] = (None, True, False, "", "NaN", "\ud800", [], {}, [[]], "9" * 5_000, DEEP)
MANY = 60_000
"""Characters of JSON that the copies of an element fill, at most."""


def damaged(content: bytes, random: random.Random) -> bytes:
    """The content after a few random edits."""
    for _ in range(random.randint(1, MOST_EDITS)):
        content = random.choice(EDITS)(content, random)
    return content


def damaged_json(content: bytes, random: random.Random) -> bytes:
    """JSON with some of its values replaced by others; now and then damaged as bytes are."""
    if random.random() < 0.2:
        return damaged(content, random)
    root = json.loads(content)
    for _ in range(random.randint(1, MOST_EDITS)):
        root = _changed(root, random)
    deep = random.randint(1, BRACKETS)
    return json.dumps(root).replace(f'"{DEEP}"', "[" * deep + "]" * deep).encode()


def _changed(value: Any, random: random.Random) -> Any:
    """A value somewhere in which something has changed."""
    if isinstance(value, dict) and value and random.random() < 0.9:
        key = random.choice(list(value))
        if random.random() < 0.1:
            return {other: value[other] for other in value if other != key}
        return {**value, key: _changed(value[key], random)}
    if isinstance(value, list) and value and random.random() < 0.9:
        place = random.randrange(len(value))
        kind = random.random()
        if kind < 0.1:
            return value[:place] + value[place + 1 :]
        if kind < 0.15:
            room = MANY // len(json.dumps(value[place]))
            return value + [value[place]] * random.randint(1, max(1, room))
        return [*value[:place], _changed(value[place], random), *value[place + 1 :]]
    return random.choice((*NUMBERS, *OTHERS))


def _flipped(content: bytes, random: random.Random) -> bytes:
    """One bit is another."""
    changed = bytearray(content)
    if changed:
        changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def _set(content: bytes, random: random.Random) -> bytes:
    """Up to eight bytes in a row have an unlikely value: a huge, a negative number, or zero."""
    changed = bytearray(content)
    if changed:
        place = random.randrange(len(changed))
        for offset in range(place, min(place + random.choice((1, 2, 4, 8)), len(changed))):
            changed[offset] = random.choice(INTERESTING)
    return bytes(changed)


def _cut(content: bytes, random: random.Random) -> bytes:
    """It ends too soon."""
    return content[: random.randrange(len(content) + 1)]


def _removed(content: bytes, random: random.Random) -> bytes:
    """A piece is missing."""
    start = random.randrange(len(content) + 1)
    return content[:start] + content[start + random.randint(1, 64) :]


def _repeated(content: bytes, random: random.Random) -> bytes:
    """A piece stands there many times."""
    start = random.randrange(len(content) + 1)
    piece = content[start : start + random.randint(1, 64)]
    return content[:start] + piece * random.randint(1, 200) + content[start:]


def _inserted(content: bytes, random: random.Random) -> bytes:
    """Random bytes stand between."""
    start = random.randrange(len(content) + 1)
    return content[:start] + random.randbytes(random.randint(1, 32)) + content[start:]


def _swapped(content: bytes, random: random.Random) -> bytes:
    """A piece stands in the place of another."""
    start, end = (random.randrange(len(content) + 1) for _ in range(2))
    size = random.randint(1, 64)
    return content[:end] + content[start : start + size] + content[end + size :]


EDITS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    *(_flipped, _set, _cut, _removed, _repeated, _inserted, _swapped),
)


def damaged_zip(content: bytes, random: random.Random) -> bytes:
    """A zip archive of which one file is damaged or called otherwise; now and then the archive is.

    Damage to a compressed file would nearly always be found by its checksum alone.
    """
    if random.random() < 0.2:
        return damaged(content, random)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    changed = random.choice(list(files))
    if random.random() < 0.2:
        called = damaged(changed.encode(), random).decode("latin-1")
        files = {called if name == changed else name: files[name] for name in files}
    else:
        files[changed] = damaged(files[changed], random)
    with zipfile.ZipFile(file := io.BytesIO(), "w") as archive:
        for name, inside in files.items():
            archive.writestr(name.replace("\0", "") or "-", inside)
    return file.getvalue()
