"""What may a browser do with what is served here? The security headers of every answer: content, frames, referrers."""

import logging
import re
from base64 import b64encode
from collections.abc import Iterable, Sequence
from hashlib import sha256

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from data.query.address import is_data_path

INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
# Each directive of the policy, and what needs it; a tour of the whole dashboard in a browser holds it to no violation.
# Scripts: files of this server, and those inline ones whose hash is in the policy. Streamlit's frontend compiles
# WebAssembly on every page, which 'wasm-unsafe-eval' allows; nothing needs 'unsafe-eval' or 'unsafe-inline'.
DIRECTIVES = {
    "default-src": "'self'",
    "style-src": "'self' 'unsafe-inline'",  # Streamlit's frontend, Plotly and the copies for paper write style elements
    "img-src": "'self' data: blob:",  # Plotly makes its pictures of data: and blob: addresses
    "font-src": "'self' data:",
    "connect-src": "'self' data:",  # the map's empty ground is a data: address; 'self' covers the websocket
    "worker-src": "'self' blob:",  # the map library starts its workers from blobs
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
}
# Keeps Streamlit's compression from an answer, which takes each coding that is named for one; no reader is sent the word.
IDENTITY = {"Content-Encoding": "identity"}
# The data are public: pages of any site may read them, what is refused too, and these headers with them.
SHARING = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Accept-Ranges, Content-Disposition, Content-Range, ETag",
}
DENIED_FEATURES = ("camera", "display-capture", "geolocation", "microphone", "midi", "payment", "usb")


def inline_scripts(html: str) -> list[str]:
    """The inline scripts of a piece of HTML."""
    return INLINE_SCRIPT.findall(html)


def content_security_policy(scripts: Iterable[str], embed: Sequence[str] = ()) -> str:
    """The Content-Security-Policy that allows these inline scripts alone, and these hosts to show the page in a frame."""
    hashes = [f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts]
    directives = DIRECTIVES | {
        "script-src": " ".join(["'self'", "'wasm-unsafe-eval'", *dict.fromkeys(hashes)]),
        "frame-ancestors": " ".join(["'self'", *embed]),
    }
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def response_headers(scripts: Iterable[str], embed: Sequence[str] = ()) -> dict[str, str]:
    """The headers of every answer. X-Frame-Options knows no list of hosts, so that it is sent only without one."""
    headers = {
        "Content-Security-Policy": content_security_policy(scripts, embed),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": ", ".join(f"{feature}=()" for feature in DENIED_FEATURES),
    }
    return headers if embed else headers | {"X-Frame-Options": "SAMEORIGIN"}


class HeadersMiddleware:
    """Sets headers on every HTTP answer, errors included, and those of sharing on the data; an accepted websocket passes
    untouched."""

    def __init__(self, app: ASGIApp, headers: dict[str, str]) -> None:
        self.app, self.headers = app, headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False
        wanted = self.headers | (SHARING if is_data_path(scope.get("path", "")) else {})

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] in ("http.response.start", "websocket.http.response.start"):
                started = True
                headers = MutableHeaders(scope=message)
                headers.update(wanted)
                if headers.get("content-encoding") == IDENTITY["Content-Encoding"]:
                    del headers["content-encoding"]
            await send(message)

        try:
            await self.app(scope, receive, send_with_headers)
        except Exception:
            # Starlette answers an error outside of all middleware, where no header is set any more.
            if scope["type"] != "http" or started:
                raise
            logging.getLogger(__name__).exception("an answer failed")
            await PlainTextResponse("The server failed to answer.", 500)(scope, receive, send_with_headers)
