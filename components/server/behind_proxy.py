"""What changes where a proxy stands before the dashboard? The path below which it is shown, and cookies where it speaks TLS.

Streamlit's own setting server.baseUrlPath names the path: kw, or tools/kw. Everything in this process is served without it;
here it is taken off what comes in and put before what goes out, so that a proxy may strip it or leave it. Addresses in pages
are relative; those in files have it from `base_url`. That a proxy speaks TLS uvicorn's middleware reads from
X-Forwarded-Proto, of the proxies that FORWARDED_ALLOW_IPS names, and puts it into the scheme of the request.
"""

import re
from collections.abc import Mapping
from ipaddress import ip_network
from typing import Any
from urllib.parse import quote, unquote

import streamlit as st
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from components.navigation import PAGES
from components.server.connections import Server
from components.server.hosts import PREFIX, SettingBroken

SETTING = "server.baseUrlPath"
TRUSTED, LOOPBACK = "FORWARDED_ALLOW_IPS", "127.0.0.1,::1"
FORWARDED_SCHEME = b"x-forwarded-proto"
SECURE = re.compile(rb";\s*secure\b", re.IGNORECASE)
SEGMENTS = re.compile(r"(/[^/?#\\\s]+)+")
# First parts of addresses of our own: where a proxy strips a prefix of one of these names, the two could not be told apart.
OURS = {"data", "print", "assets", "fonts", "geo", "static", "media", "component", *(page.path for page in PAGES)}


def read_prefix() -> str:
    """The prefix as it is in addresses, /kw; empty where there is none. SettingBroken where it is no path, or one of ours.

    The setting is emptied: the frontend's own addresses are below it otherwise, and ours are not.
    """
    path = unquote(str(st.get_option(SETTING) or "")).strip("/")
    if not path:
        return ""
    prefix = f"/{path}"
    if not SEGMENTS.fullmatch(prefix) or path.split("/")[0] in OURS or path.startswith(("_", ".")):
        rule = "which is no path of its own. Right would be kw, or tools/kw."
        raise SettingBroken(f"{SETTING} holds “{path[:80]}”, {rule}")
    config.set_option(SETTING, "")
    return quote(prefix)


def trusted_proxies(environment: Mapping[str, str], server: Server | None = None) -> list[str]:
    """Addresses and networks whose headers are believed: those that are named to uvicorn, else this machine.

    Each IPv4 one also as a socket for both protocols sees it, which uvicorn does not know: its client is ::ffff:127.0.0.1.
    A server that is about to load the app leaves the headers to `TrustedProxies`: its own middleware would put the address
    of the reader in the place of the proxy's.
    """
    named = environment.get(TRUSTED)
    if server is not None:
        named, server.config.proxy_headers = server.config.forwarded_allow_ips, False
    names = [name.strip() for name in (named or LOOPBACK).split(",")]
    return [*names, *(mapped for name in names if (mapped := _as_ipv6(name)))]


def _as_ipv6(name: str) -> str:
    try:
        network = ip_network(name)
    except ValueError:
        return ""
    return f"::ffff:{network.network_address}/{96 + network.prefixlen}" if network.version == 4 else ""


class TrustedProxies(ProxyHeadersMiddleware):
    """uvicorn's middleware, with X-Forwarded-Proto as it reads it: one word in small letters. Of a list, to which each proxy
    on the way adds its own, that is the first: what the browser speaks."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await super().__call__(_with_one_scheme(scope), receive, send)


def _with_one_scheme(scope: Any) -> Any:
    headers = scope.get("headers", [])
    schemes = [value.partition(b",")[0].strip().lower() for name, value in headers if name == FORWARDED_SCHEME]
    if not schemes:
        return scope
    others = [(name, value) for name, value in headers if name != FORWARDED_SCHEME]
    return {**scope, "headers": [*others, (FORWARDED_SCHEME, schemes[0])]}


class BehindProxy:
    """Middleware that takes the prefix off the paths of requests, puts it before the places that redirects name, and has cookies
    sent over TLS alone where they came over TLS."""

    def __init__(self, app: ASGIApp, prefix: str) -> None:
        self.app, self.prefix, self.path = app, prefix, unquote(prefix)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope[PREFIX] = self.prefix
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        if self.prefix and scope["type"] == "http" and scope["path"] == self.path:
            query = scope["query_string"].decode("latin-1")
            await RedirectResponse(f"{self.prefix}/?{query}" if query else f"{self.prefix}/", 308)(scope, receive, send)
            return

        async def send_below(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {
                    **message,
                    "headers": [self._outside(name, value, scope) for name, value in message["headers"]],
                }
            await send(message)

        await self.app(self._without(scope), receive, send_below)

    def _without(self, scope: Scope) -> Scope:
        """The scope of a request without the prefix; as it is where a proxy has stripped it."""
        path = scope["path"]
        if not self.prefix or not path.startswith(f"{self.path}/"):
            return scope
        raw = scope.get("raw_path") or b""
        raw = (
            raw[len(self.prefix) :]
            if raw.startswith(f"{self.prefix}/".encode())
            else quote(path[len(self.path) :]).encode()
        )
        return {**scope, "path": path[len(self.path) :], "raw_path": raw}

    def _outside(self, name: bytes, value: bytes, scope: Scope) -> tuple[bytes, bytes]:
        """A header of an answer, as it is right outside of the proxy."""
        if name.lower() == b"location":
            return name, self._below(value.decode("latin-1")).encode("latin-1")
        if name.lower() == b"set-cookie" and scope["scheme"] == "https" and not SECURE.search(value):
            return name, value + b"; Secure"
        return name, value

    def _below(self, location: str) -> str:
        """A place on this server with the prefix; one elsewhere, or beside the address, as it is."""
        found = re.match(r"(?:https?://[^/]+)?(?=/(?!/))", location)
        return location[: found.end()] + self.prefix + location[found.end() :] if found else location
