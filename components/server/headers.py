"""What may a browser do with what is served here? The headers of every answer: policy of content, of frames, of referrers."""

import logging
import re
from base64 import b64encode
from collections.abc import Iterable, Sequence
from hashlib import sha256

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
# Each line of the policy, and what needs it; a tour of the whole dashboard in a browser holds it to no violation.
# Scripts: files of this server, and those inline ones whose hash is in the policy. Streamlit's frontend compiles
# WebAssembly on every page, which 'wasm-unsafe-eval' allows; nothing needs 'unsafe-eval' or 'unsafe-inline'.
POLICY = {
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
REFUSED_FEATURES = ("camera", "display-capture", "geolocation", "microphone", "midi", "payment", "usb")


def inline_scripts(html: str) -> list[str]:
    """The scripts that stand inside a text of HTML."""
    return INLINE.findall(html)


def policy(scripts: Iterable[str], embed: Sequence[str] = ()) -> str:
    """The Content-Security-Policy that lets just these inline scripts run, and these hosts show the page in a frame."""
    hashes = [f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts]
    lines = POLICY | {
        "script-src": " ".join(["'self'", "'wasm-unsafe-eval'", *dict.fromkeys(hashes)]),
        "frame-ancestors": " ".join(["'self'", *embed]),
    }
    return "; ".join(f"{name} {value}" for name, value in lines.items())


def headers(scripts: Iterable[str], embed: Sequence[str] = ()) -> dict[str, str]:
    """The headers of every answer. The older frame header knows no list of hosts, so that it stands only without one."""
    told = {
        "Content-Security-Policy": policy(scripts, embed),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": ", ".join(f"{feature}=()" for feature in REFUSED_FEATURES),
    }
    return told if embed else told | {"X-Frame-Options": "SAMEORIGIN"}


class Headers:
    """Sets headers on every HTTP answer, errors too; an accepted websocket passes untouched."""

    def __init__(self, app: ASGIApp, told: dict[str, str]) -> None:
        self.app, self.told = app, told

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def with_headers(message: Message) -> None:
            nonlocal begun
            if message["type"] in ("http.response.start", "websocket.http.response.start"):
                begun = True
                MutableHeaders(scope=message).update(self.told)
            await send(message)

        try:
            await self.app(scope, receive, with_headers)
        except Exception:
            # Starlette answers an error outside of all middleware, where no header is set any more.
            if scope["type"] != "http" or begun:
                raise
            logging.getLogger(__name__).exception("an answer failed")
            await PlainTextResponse("The server failed to answer.", 500)(scope, receive, with_headers)
