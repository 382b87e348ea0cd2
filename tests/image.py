"""The image without Docker: what the Dockerfile says, done in a clean folder of this machine.

    python -m tests.image

does all of it: `COPY` copies the files, `RUN pip install` fills a virtual environment of its own,
and `HEALTHCHECK` and `CMD` run with the image's variables alone, as another user (where it is begun
by root) who may write nothing but below a temporary folder. What only Docker has is not tried: the
base image, the making of the user, the container's walls.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.ports import free_port

ROOT = Path(__file__).parents[1]
NOBODY = 65_534
PORT = "8501"
PYTHONS = Path(sys.executable), Path("/usr/bin/python3")


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile's instructions and what follows them, in their order."""
    text = (ROOT / "Dockerfile").read_text("utf-8")
    lines = re.sub(r"\\\n\s*", "", re.sub(r"(?m)^#.*\n", "", text)).splitlines()
    return [(name, rest) for name, _, rest in (line.partition(" ") for line in lines) if name]


def said(name: str) -> list[str]:
    """What follows each instruction of a name."""
    return [rest for found, rest in instructions() if found == name]


@dataclass(frozen=True)
class Image:
    """The image's files and its user.

    Attributes:
        app: the folder in which it works, with what was copied.
        temporary: the folder that it may write to.
        programs: the folder of its Python.
        user: the number of its user.
    """

    app: Path
    temporary: Path
    programs: Path
    user: int

    def environment(self, **more: str) -> dict[str, str]:
        """The image's variables, and what `docker run --env` adds."""
        found = dict(pair.split("=", 1) for line in said("ENV") for pair in shlex.split(line))
        places = {"HOME": "/nonexistent", "TMPDIR": str(self.temporary)}
        return {"PATH": f"{self.programs}:/usr/bin:/bin"} | places | found | more

    def start(self, command: str, **more: str) -> subprocess.Popen[str]:
        """Start a command of the Dockerfile, a list in JSON, as the image's user."""
        begun = json.loads(command)
        begun[0] = shutil.which(begun[0], path=str(self.programs)) or begun[0]
        return subprocess.Popen(
            begun,
            cwd=self.app,
            env=self.environment(**more),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            user=self.user if self.user != os.getuid() else None,
        )


def user_for(python: Path) -> int:
    """Another user than root who can run a Python; this one where there is none."""
    here = os.getuid()
    if here != 0:
        return here
    try:
        subprocess.run([python, "-c", ""], user=NOBODY, check=True)
    except PermissionError:
        return here
    return NOBODY


def copied(folder: Path) -> Image:
    """Copy what the Dockerfile copies, for this Python, readable by all and writable by nobody."""
    app, temporary = folder / "app", folder / "tmp"
    app.mkdir()
    temporary.mkdir(mode=0o777)
    for line in said("COPY"):
        *sources, target = line.split()
        for source in sources:
            _copy(ROOT / source, app / target / source if len(sources) > 1 else app / target)
    for path in (app, *app.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    folder.chmod(0o755)
    temporary.chmod(0o777)
    python = Path(sys.executable)
    return Image(app, temporary, python.parent, user_for(python))


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copyfile(source, target / source.name if target.is_dir() else target)


def with_packages(image: Image, folder: Path) -> Image:
    """Run the Dockerfile's `RUN pip …` in a new virtual environment, which another user can use."""
    python = next((each for each in PYTHONS if user_for(each) != 0), PYTHONS[0])
    subprocess.run([python, "-m", "venv", folder], check=True)
    (install,) = [line for line in said("RUN") if line.startswith("pip ")]
    arguments = shlex.split(install)[1:]
    subprocess.run([folder / "bin/python", "-m", "pip", *arguments], cwd=image.app, check=True)
    return Image(image.app, image.temporary, folder / "bin", user_for(python))


@contextmanager
def running(image: Image, **more: str) -> Iterator[str]:
    """Run `CMD` until `HEALTHCHECK` is content; yields the address, ends it afterwards."""
    port = str(free_port())
    (command,) = said("CMD")
    (check,) = said("HEALTHCHECK")
    check = check[check.index("CMD ") + 4 :].replace(PORT, port)
    server = image.start(command, STREAMLIT_SERVER_PORT=port, **more)
    try:
        late = time.monotonic() + 60
        while not healthy(image, check, **more):
            assert server.poll() is None, server.communicate()[0]
            assert time.monotonic() < late, "It is not healthy after a minute."
            time.sleep(0.2)
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        told = server.communicate(timeout=30)[0]
    assert "Traceback" not in told, told


def healthy(image: Image, check: str, **more: str) -> bool:
    """Ask by the command of `HEALTHCHECK`."""
    with image.start(check, **more) as asked:
        asked.communicate(timeout=30)
    return asked.returncode == 0


def main() -> None:
    """Build the image in a clean folder, run it, and say what was tried."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        image = with_packages(copied(folder), folder / "packages")
        before = sorted(image.app.rglob("*"))
        with running(image, STREAMLIT_SERVER_BASE_URL_PATH="lab") as address:
            print(f"Healthy at {address}/lab/, as user {image.user}, with the packages of its own.")
        assert sorted(image.app.rglob("*")) == before, "It has written into its folder."
        print("It has written nothing but below its temporary folder:")
        print(*sorted(path.name for path in image.temporary.iterdir()), sep="\n")


if __name__ == "__main__":
    main()
