"""Which requests are turned away before anything is read? Foreign hosts and origins, paths that are none, other methods than reading."""

import re
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket

from components.server.hosts import ALLOWED, Hosts
from components.server.routes import refused
from data.query.address import ROOT, Refusal

# Signs that no path here holds, steps out of a folder, network paths, drives.
MALFORMED = re.compile(r"[\x00-\x1f\x7f\\]|^//|(^|/)\.\.(/|$)|^/[A-Za-z]:")
READING = ("GET", "HEAD")


class Gate:
    """Answers what is refused at once, with the sentence and the shape of /data/v1; all else passes untouched."""

    def __init__(self, app: ASGIApp, hosts: Hosts) -> None:
        self.app, self.hosts = app, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = refusal_of(scope, self.hosts) if scope["type"] in ("http", "websocket") else None
        if answer is None:
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            await answer(scope, receive, send)
        else:
            await WebSocket(scope, receive, send).send_denial_response(answer)


def refusal_of(scope: Scope, hosts: Hosts) -> Response | None:
    """The answer to a request that is refused; None for any other."""
    told = Headers(scope=scope)
    host = told.get("host", "")
    if not hosts.answer_to(host):
        return refused(Refusal(421, f"This server is not “{host[:80]}”.", {"setting": f"{ALLOWED} names its hosts."}))
    if scope["type"] == "websocket":
        return None if _is_own(told.get("origin"), host) else refused(Refusal(403, "The page is of another origin."))
    if MALFORMED.search(scope["path"]):
        return refused(Refusal(400, "The path holds signs or steps that no address here has."))
    if scope["path"].startswith(f"{ROOT}/") and scope["method"] not in READING:
        answer = refused(Refusal(405, "The data can be read and nothing else.", {"methods": list(READING)}))
        answer.headers["Allow"] = ", ".join(READING)
        return answer
    return None


def _is_own(origin: str | None, host: str) -> bool:
    """True where a page of this server asks. Streamlit would look up its own outside address before it refuses another."""
    return origin is None or _place_of(origin) == host


def _place_of(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""
