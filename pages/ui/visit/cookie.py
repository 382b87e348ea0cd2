"""Lets the visitor's browser keep the secret of its visit, for as long as the lab keeps the visit.

Streamlit can read cookies but not set them.
"""

import streamlit as st

from pages.ui.visit.store import KEPT_SECONDS, Visit

JS = """
export default function ({ data }) {
  const secure = location.protocol === "https:" ? "; Secure" : ""
  document.cookie =
    `${data.name}=${data.secret}; max-age=${data.seconds}; path=/; SameSite=Strict${secure}`
}
"""
PREFIX = "lab_visit_"
LONGEST_VISIT = 24 * 3_600
"""Seconds after which a browser forgets a visit whose window was open all the time."""

_component = st.components.v2.component("lab_visit_cookie", html="<i hidden></i>", js=JS)


def secrets() -> dict[str, str]:
    """The secrets of visits that the visitor's browser has, by the names of the visits."""
    return {
        name.removeprefix(PREFIX): str(secret)
        for name, secret in st.context.cookies.items()
        if name.startswith(PREFIX)
    }


def keep(visit: Visit) -> None:
    """Give the browser the secret of the visit that it shows."""
    seconds = int(LONGEST_VISIT + KEPT_SECONDS)
    data = {"name": f"{PREFIX}{visit.name}", "secret": visit.secret, "seconds": seconds}
    _component(key="visit_cookie", data=data, height=1)
