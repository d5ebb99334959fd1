"""Which requests are answered before anything is read? Foreign hosts and origins, malformed paths, methods that write, and
the question which methods there are."""

import re
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket

from components.server.hosts import ALLOWED, Hosts
from components.server.refusals import refusal_response
from data.query.address import Refusal, is_data_path

# Control characters and backslashes, steps out of a folder, network paths, drives.
MALFORMED = re.compile(r"[\x00-\x1f\x7f\\]|^//|(^|/)\.\.(/|$)|^/[A-Za-z]:")
PORTS = {"http": 80, "https": 443}
READ_METHODS = ("GET", "HEAD")
# What a browser asks on behalf of a page of another site, before it sends a request with headers of its own.
ASKING = "OPTIONS"
ALLOWED_METHODS = ", ".join((*READ_METHODS, ASKING))
PERMISSIONS = {
    "Allow": ALLOWED_METHODS,
    "Access-Control-Allow-Methods": ", ".join(READ_METHODS),
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Max-Age": "86400",
}


class Gate:
    """Middleware that answers a refused request at once, as /data/v1 does, and what may be done with the data; everything
    else passes untouched."""

    def __init__(self, app: ASGIApp, hosts: Hosts) -> None:
        self.app, self.hosts = app, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = early_answer(scope, self.hosts) if scope["type"] in ("http", "websocket") else None
        if response is None:
            await self.app(_as_page_names_host(scope), receive, send)
        elif scope["type"] == "http":
            await response(scope, receive, send)
        else:
            await WebSocket(scope, receive, send).send_denial_response(response)


def early_answer(scope: Scope, hosts: Hosts) -> Response | None:
    """The answer to a request that is refused, or that asks what may be done with the data; None where it may pass."""
    headers = Headers(scope=scope)
    host = headers.get("host", "")
    if not hosts.is_allowed(host):
        return refusal_response(
            Refusal(421, f"This server is not “{host[:80]}”.", {"setting": f"{ALLOWED} names its hosts."}), scope
        )
    if scope["type"] == "websocket":
        return (
            None
            if _is_same_origin(headers.get("origin"), host)
            else refusal_response(Refusal(403, "The page is of another origin."), scope)
        )
    if MALFORMED.search(scope["path"]):
        return refusal_response(Refusal(400, "The path holds signs or steps that no address here has."), scope)
    if not is_data_path(scope["path"]) or scope["method"] in READ_METHODS:
        return None
    if scope["method"] == ASKING:
        return Response(status_code=204, headers=PERMISSIONS)
    response = refusal_response(
        Refusal(405, "The data can be read and nothing else.", {"methods": list(READ_METHODS)}), scope
    )
    response.headers["Allow"] = ALLOWED_METHODS
    return response


def _is_same_origin(origin: str | None, host: str) -> bool:
    """True where the page that asks was served from this host; the port that a scheme has anyway may be named or not, since
    some proxies name it."""
    if origin is None:
        return True
    scheme, _, place = origin.partition("://")
    asking = _name_and_port(place, scheme)
    return asking is not None and asking == _name_and_port(host, scheme)


def _as_page_names_host(scope: Scope) -> Scope:
    """The scope of a request with its host as the page names it: where that of a websocket differs, Streamlit looks up its
    own outside address; where a port is announced and not named, Starlette names the server's own socket."""
    if scope["type"] not in ("http", "websocket"):
        return scope
    headers = Headers(scope=scope)
    host, origin = headers["host"], headers.get("origin") if scope["type"] == "websocket" else None
    named = host.removesuffix(":") if origin is None else origin.partition("://")[2]
    if named == host:
        return scope
    changed = (b"host", named.encode("latin-1"))
    return {**scope, "headers": [changed if name == b"host" else (name, value) for name, value in scope["headers"]]}


def _name_and_port(place: str, scheme: str) -> tuple[str, int] | None:
    """The name and the port of a host as a browser asks it; None where it is no host, or the scheme is none of a page."""
    try:
        parts, usual = urlsplit(f"//{place}"), PORTS[scheme]
        port = usual if parts.port is None else parts.port
    except (ValueError, KeyError):
        return None
    is_bare = parts.netloc == place and "@" not in place
    return (parts.hostname, port) if parts.hostname and is_bare else None
