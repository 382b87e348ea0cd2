"""Routes of the server beside the pages: files and figures, below the path of the lab."""

from pathlib import Path

import streamlit as st
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from streamlit import net_util


def below(path: str) -> str:
    """Return the route of a path of the lab, which may itself be below one, behind a proxy."""
    base = str(st.get_option("server.baseUrlPath")).strip("/")
    return f"/{base}{path}" if base else path


def folder(path: str, directory: Path) -> Mount:
    """Make a route to the files of a directory."""
    return Mount(below(path), StaticFiles(directory=directory))


def ask_nobody_outside() -> None:
    """Keep Streamlit from asking a server of Amazon's for the external address of this machine.

    It would at each start (which `browser.serverAddress` in `.streamlit/config.toml` prevents), and
    whenever a page from elsewhere opens a connection, while all visitors wait for the answer.
    """
    net_util.get_external_ip = lambda: None
