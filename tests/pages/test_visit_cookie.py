"""The answer that brings a page sets the visit's cookie, by which no one else can be found."""

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from http.cookies import Morsel, SimpleCookie
from secrets import token_urlsafe

import pytest
import streamlit as st
from starlette.responses import PlainTextResponse
from starlette.types import Message, Scope

from pages.ui.visit.cookie import VisitCookie, name
from pages.ui.visit.store import KEPT_SECONDS, Visits

HOST = "localhost:8501"
PAGE = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "Host": HOST}


def answer(method: str = "GET", scheme: str = "http", **headers: str) -> dict[str, str]:
    """The headers of the answer to a request, whose own say `X_Name` for `X-Name`."""
    given = [
        (key.replace("_", "-").lower().encode(), value.encode("latin-1"))
        for key, value in headers.items()
    ]
    scope: Scope = {
        "type": "http",
        "method": method,
        "scheme": scheme,
        "path": "/train",
        "headers": given,
    }
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    house = Visits(lambda _: True)
    app = VisitCookie(PlainTextResponse("a page"), house.new_secret)
    with ThreadPoolExecutor() as thread:  # in this one, Playwright's loop may go on
        thread.submit(asyncio.run, app(scope, receive, send)).result()
    return {key.decode(): value.decode() for key, value in sent[0]["headers"]}


def set_cookie(**headers: str) -> "Morsel[str]":
    """The one cookie that the answer to a page's request sets."""
    (found,) = SimpleCookie(answer(**PAGE | headers)["set-cookie"]).values()
    return found


def test_a_browser_without_one_gets_a_cookie_that_no_script_reads() -> None:
    found = set_cookie()
    assert found["httponly"]
    assert found["samesite"] == "Lax"
    assert found["path"] == "/"
    assert not found["domain"]
    assert not found["secure"]
    assert int(found["max-age"]) > KEPT_SECONDS
    assert answer(**PAGE)["cache-control"] == "no-cache, private"


def test_secrets_have_256_bits_and_are_not_repeated() -> None:
    values = {set_cookie().value for _ in range(50)}
    assert len(values) == 50
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{43}", value) for value in values)


def test_what_the_browser_has_is_renewed() -> None:
    value = token_urlsafe(32)
    found = set_cookie(Cookie=f"other=1; {name(HOST)}={value}")
    assert found.value == value
    assert int(found["max-age"]) > KEPT_SECONDS


@pytest.mark.parametrize(
    "value", ["", "guessed", "a" * 42, "a" * 44, "a" * 42 + "ä", "a b" * 14 + "a"]
)
def test_what_is_no_secret_is_replaced(value: str) -> None:
    found = set_cookie(Cookie=f"{name(HOST)}={value}").value
    assert len(found) == 43
    assert found != value


def test_labs_at_other_ports_and_paths_do_not_disturb_each_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    value = token_urlsafe(32)
    names = {name(host) for host in (HOST, "localhost:8502", "lab.example", "[::1]:8503")}
    assert set_cookie(Cookie=f"{name('localhost:8502')}={value}").value != value
    monkeypatch.setattr(st, "get_option", {"server.baseUrlPath": "class/lab"}.__getitem__)
    below = set_cookie()
    assert below["path"] == "/class/lab"
    assert len(names | {below.key}) == 5


@pytest.mark.parametrize(
    ("request_headers", "secure"),
    [
        ({}, False),
        ({"X_Forwarded_Proto": "http"}, False),
        ({"X_Forwarded_Proto": "https"}, True),
        ({"X_Forwarded_Proto": "https, http"}, True),
        ({"scheme": "https"}, True),
    ],
)
def test_what_came_encrypted_goes_back_encrypted_only(
    request_headers: dict[str, str], secure: bool
) -> None:
    assert bool(set_cookie(**request_headers)["secure"]) is secure


@pytest.mark.parametrize(
    "request_headers", [{"Accept": "*/*"}, {"Accept": "image/png"}, PAGE | {"method": "POST"}]
)
def test_only_a_page_sets_it(request_headers: dict[str, str]) -> None:
    assert "set-cookie" not in answer(**request_headers)
