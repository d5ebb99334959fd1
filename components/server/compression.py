"""How do the scripts of the frontend reach a reader soon? Compressed, once for all readers, and kept in memory.

Streamlit serves them as they are and leaves compression to a proxy, which a laptop in front of a room does not have.
"""

import gzip
import mimetypes
from collections.abc import Callable, Mapping
from functools import lru_cache
from threading import Lock

import brotli
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

# Quality 5 packs all of it in a second; 9 would save 4 % and take six times as long.
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda content: bytes(brotli.compress(content, quality=5)),
    "gzip": lambda content: gzip.compress(content, 6, mtime=0),
}
# Their names change with their content.
FOR_EVER = "public, max-age=31536000, immutable"


def accepted(headers: Headers) -> str:
    """The first packing that a client takes, "" where it takes none."""
    offers = [offer.strip().partition(";") for offer in headers.get("accept-encoding", "").lower().split(",")]
    taken = {name.strip() for name, _, weight in offers if weight.strip() not in ("q=0", "q=0.0")}
    return next((name for name in PACKERS if name in taken), "")


@lru_cache(maxsize=48)
def packed(content: bytes, packing: str) -> bytes:
    """Content in a packing, kept for whoever asks next."""
    return PACKERS[packing](content)


class Copies:
    """Packed copies of files, each made once. `files` gives what is read of each by the path at which it is served.

    Only files that were there at the start are known, so that no path leads out of their folder.
    """

    def __init__(self, files: Mapping[str, Callable[[], bytes]]) -> None:
        self.files = files
        self.made: dict[tuple[str, str], bytes] = {}
        self.lock = Lock()

    def packed(self, path: str, packing: str) -> bytes:
        """The file at an address in a packing. KeyError where there is none."""
        with self.lock:
            if (path, packing) not in self.made:
                self.made[path, packing] = PACKERS[packing](self.files[path]())
            return self.made[path, packing]

    def make_all(self) -> None:
        """Makes all copies in the packing that browsers take first."""
        for path in self.files:
            self.packed(path, next(iter(PACKERS)))


class Packed:
    """Answers with a packed copy where there is one and the client takes it; all else is left to the app."""

    def __init__(self, app: ASGIApp, copies: Copies) -> None:
        self.app, self.copies = app, copies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asks = scope["type"] == "http" and scope["method"] == "GET" and scope["path"] in self.copies.files
        packing = accepted(Headers(scope=scope)) if asks else ""
        if not packing:
            await self.app(scope, receive, send)
            return
        content = await run_in_threadpool(self.copies.packed, scope["path"], packing)
        headers = {"Content-Encoding": packing, "Vary": "Accept-Encoding", "Cache-Control": FOR_EVER}
        kind = mimetypes.guess_type(scope["path"])[0]
        await Response(content, headers=headers, media_type=kind)(scope, receive, send)
