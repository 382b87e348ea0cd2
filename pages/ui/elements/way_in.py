"""The URL of a page for other devices on the same Wi-Fi, and its QR code."""

import io
import socket
from urllib.parse import urlsplit, urlunsplit

import segno
import streamlit as st

THIS_MACHINE = {"localhost", "127.0.0.1", "::1", "0.0.0.0"}
ELSEWHERE = "192.0.2.1", 9
"""An address that stands for any other machine (RFC 5737); nothing is sent there."""


def address_for_others(url: str, own: str | None) -> str | None:
    """Return the URL of a page for other machines, given the one that is open here.

    A loopback address is replaced by `own`. Returns None if that, or the URL's host, is unknown.
    """
    parts = urlsplit(url)
    if not parts.hostname:
        return None
    if parts.hostname not in THIS_MACHINE:
        return urlunsplit((parts.scheme, parts.netloc, parts.path, "", ""))
    if own is None:
        return None
    port = f":{parts.port}" if parts.port else ""
    return urlunsplit((parts.scheme, f"{own}{port}", parts.path, "", ""))


def own_address() -> str | None:
    """Return this machine's address in its network, or None without a network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(ELSEWHERE)
        except OSError:
            return None
        return str(probe.getsockname()[0])


@st.cache_data(max_entries=20, show_spinner=False)
def qr_code(address: str) -> bytes:
    """Encode an address as a QR code, in a PNG."""
    picture = io.BytesIO()
    segno.make(address, error="m").save(picture, kind="png", scale=8, border=3)
    return picture.getvalue()
