"""Set the cookie that holds a visit's secret, and read it; scripts in the page cannot.

Streamlit can read cookies but not set them. So the HTTP response of a page sets this one, and the
websocket that the page then opens sends it.
"""

import re
from collections.abc import Callable, Mapping

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.ui.server.routes import below
from pages.ui.visit.store import KEPT_SECONDS

FORM = re.compile(r"[\w-]{43}", re.ASCII)
"""A secret: 32 random bytes as `secrets.token_urlsafe` writes them."""

LONGEST_VISIT = 24 * 3_600
"""Seconds after which a browser forgets a visit in whose windows no page was loaded meanwhile."""


def secret() -> str:
    """Return the secret that the browser sent when its window connected; empty without one."""
    return _secret_in(st.context.cookies.to_dict(), st.context.headers.get("Host", ""))


def name(host: str) -> str:
    """Name the lab's cookie at a host, such as `localhost:8501`.

    A browser sends a host's cookies to all of its ports, and those of a path to the paths below it:
    port and path in the name tell the cookies of several labs apart.
    """
    port = host.rpartition(":")[2]
    return re.sub(r"\W", "_", f"lab_visit_{port}{below('')}", flags=re.ASCII)


class VisitCookie:
    """ASGI middleware that sets the cookie with each page, and a new one if the browser has none.

    A secret of the right form is renewed even where the server knows no visit of it, as after a
    restart: windows that were open then have connected by it already. `SameSite` is `Lax`: under
    `Strict` a link in an e-mail would come without the cookie, and a new one would replace it.
    """

    def __init__(self, app: ASGIApp, new_secret: Callable[[], str]) -> None:
        self.app = app
        self._new_secret = new_secret

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on, and add the cookie to a page."""
        if scope["type"] == "http" and _asks_for_page(request := Request(scope)):
            send = _adding(self._cookie(request), send)
        await self.app(scope, receive, send)

    def _cookie(self, request: Request) -> str:
        """Write the cookie of a response: the browser's own, renewed, or a new one."""
        host = request.headers.get("Host", "")
        value = _secret_in(request.cookies, host) or self._new_secret()
        lasting = f"Max-Age={LONGEST_VISIT + KEPT_SECONDS:.0f}; Path={below('') or '/'}"
        secure = "; Secure" if _is_encrypted(request) else ""
        return f"{name(host)}={value}; {lasting}; HttpOnly; SameSite=Lax{secure}"


def _secret_in(cookies: Mapping[str, str], host: str) -> str:
    found = cookies.get(name(host), "")
    return found if FORM.fullmatch(found) else ""


def _asks_for_page(request: Request) -> bool:
    """Return whether a browser opens a page.

    A form on another site can send a `POST`, without the cookie: the response must not replace it.
    """
    return request.method == "GET" and "text/html" in request.headers.get("Accept", "")


def _is_encrypted(request: Request) -> bool:
    """Return whether the browser has asked the lab, or a proxy before it, by HTTPS."""
    asked = request.headers.get("X-Forwarded-Proto", request.scope["scheme"])
    return asked.partition(",")[0].strip() == "https"


def _adding(cookie: str, send: Send) -> Send:
    """Add a cookie to the response, which no proxy may then store and send to others."""

    async def with_cookie(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.append("Set-Cookie", cookie)
            headers["Cache-Control"] = "no-cache, private"
        await send(message)

    return with_cookie
