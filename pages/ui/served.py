"""What the server serves beside the pages: files and figures, below the path that the lab is at."""

from pathlib import Path

from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from streamlit import config


def below(path: str) -> str:
    """The route of a path of the lab; behind a proxy the lab may itself be below one."""
    base = str(config.get_option("server.baseUrlPath")).strip("/")
    return f"/{base}{path}" if base else path


def folder(path: str, directory: Path) -> Mount:
    """A route to the files of a directory."""
    return Mount(below(path), StaticFiles(directory=directory))
