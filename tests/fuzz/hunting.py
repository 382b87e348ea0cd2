"""Reading damaged files until something other than a plain refusal comes of one."""

import hashlib
import resource
import signal
import sys
import warnings
from pathlib import Path
from random import Random
from time import monotonic, process_time

from mnist_core.errors import LabError
from tests.fuzz.targets import TARGETS, Target

LONGEST = 2.0
"""Seconds of the processor that one input may take."""

STUCK = 20.0
"""Seconds after which it is given up."""

CORPUS = Path(__file__).with_name("corpus")
"""What was found, a folder a kind: `tests/core/test_fuzz.py` reads all of it."""


def trouble(target: Target, content: bytes) -> str | None:
    """What is wrong with how an input is read; None if it is accepted or refused as it should."""
    before = process_time()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            target.read(content)
    except LabError as error:
        said = str(error)
        if "\n" in said or not said:
            return f"is refused with {said!r}, which is no sentence"
    except Exception as error:  # whatever it is, it is what is looked for
        return f"raises {type(error).__name__}: {str(error)[:200]}"
    taken = process_time() - before
    return f"takes {taken:.1f} s" if taken > LONGEST else None


def hunt(kind: str, inputs: int, seconds: float, seed: int) -> int:
    """Damage and read files of a kind until `inputs` or `seconds` are used up; count troubles."""
    target, random = TARGETS[kind], Random(f"{kind} {seed}")
    examples = target.examples()
    as_they_are = *examples, *target.bombs()
    _limit_room(target.room)
    signal.signal(signal.SIGALRM, _give_up)
    end, tried, found = monotonic() + seconds, 0, set()
    while tried < inputs and monotonic() < end:
        whole = tried < len(as_they_are)
        content = as_they_are[tried] if whole else target.damage(random.choice(examples), random)
        signal.setitimer(signal.ITIMER_REAL, STUCK)
        said = trouble(target, content)
        signal.setitimer(signal.ITIMER_REAL, 0)
        tried += 1
        if said and said not in found:
            found.add(said)
            print(f"{kind}: an input {said}; kept as {_keep(kind, content)}", flush=True)
    print(f"{kind}: {tried:,} inputs, {len(found)} troubles", flush=True)
    return len(found)


def _limit_room(room: int) -> None:
    size = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (size + room, resource.RLIM_INFINITY))


def _give_up(*_: object) -> None:
    raise TimeoutError(f"not read after {STUCK:g} s")


def _keep(kind: str, content: bytes) -> Path:
    path = CORPUS / kind / f"{hashlib.sha256(content).hexdigest()[:16]}.input"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def hunt_alone(kind: str, inputs: int, seconds: float, seed: int) -> None:
    """The same as all that a process does; its exit code is 1 if anything was found."""
    sys.exit(hunt(kind, inputs, seconds, seed) > 0)
