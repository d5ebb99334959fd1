"""How do the scripts of the frontend reach a reader soon? Compressed once for all readers, and kept in memory.

Streamlit serves them uncompressed and leaves compression to a proxy, which a laptop in front of a room does not have.
Starlette's GZipMiddleware and brotli-asgi compress every answer anew: the largest script would cost each reader 0.1 to
0.2 s of processor time, brotli-asgi's on the event loop, and "br;q=0" would be read as an offer.
"""

import gzip
import mimetypes
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

import brotli
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from data.record.single_flight import SingleFlight, computed_once

# In order of preference. Brotli at quality 5 compresses all files in a second; 9 would save 4 % and take six times as long.
ENCODERS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda content: bytes(brotli.compress(content, quality=5)),
    "gzip": lambda content: gzip.compress(content, 6, mtime=0),
}
# The names of these files change with their content.
CACHE_FOREVER = "public, max-age=31536000, immutable"


def accepted_encoding(headers: Headers) -> str:
    """The encoding to answer with: the best that the client accepts, "" where it accepts none."""
    offers = [offer.strip().partition(";") for offer in headers.get("accept-encoding", "").lower().split(",")]
    accepted = {name.strip() for name, _, weight in offers if weight.strip() not in ("q=0", "q=0.0")}
    return next((name for name in ENCODERS if name in accepted), "")


def holds_tag(if_none_match: str, etag: str) -> bool:
    """Whether a client's header says that it holds the content of a tag."""
    tags = [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
    return tags == ["*"] or etag in tags


@computed_once(48)
def compress(content: bytes, encoding: str) -> bytes:
    """Content in an encoding; the last few results are cached."""
    return ENCODERS[encoding](content)


def compressed_pieces(pieces: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """Content in an encoding as it comes; what the first piece is compressed to leaves before the second is there."""
    press, flush, end = STREAM_ENCODERS[encoding]()
    for number, piece in enumerate(pieces):
        yield press(piece) + (b"" if number else flush())
    yield end()


def _gzip_stream() -> tuple[Callable[[bytes], bytes], Callable[[], bytes], Callable[[], bytes]]:
    gzipped = zlib.compressobj(3, wbits=31)
    return gzipped.compress, partial(gzipped.flush, zlib.Z_SYNC_FLUSH), gzipped.flush


def _brotli_stream() -> tuple[Callable[[bytes], bytes], Callable[[], bytes], Callable[[], bytes]]:
    pressed = brotli.Compressor(quality=5)
    return pressed.process, pressed.flush, pressed.finish


# What compresses a file as it comes, for each reader anew: faster than what is compressed once.
STREAM_ENCODERS = {"br": _brotli_stream, "gzip": _gzip_stream}


class CompressedFiles:
    """Files in their compressed encodings, each compressed once. `readers` maps the path of a file in the address to a
    function that reads it.

    Only files that were there at the start are known, so that no path leads out of their folder.
    """

    def __init__(self, readers: Mapping[str, Callable[[], bytes]]) -> None:
        self.readers = readers
        self.cache = SingleFlight()

    def get(self, path: str, encoding: str) -> bytes:
        """The file at a path in an encoding, "" for none. KeyError where there is no such file."""
        if not encoding:
            return self.readers[path]()
        return self.cache.get((path, encoding), lambda: ENCODERS[encoding](self.readers[path]()))

    def compress_all(self) -> None:
        """Compresses all files in the encoding that browsers prefer."""
        for path in self.readers:
            self.get(path, next(iter(ENCODERS)))


class CompressionMiddleware:
    """Answers with a file of these, compressed where the client accepts that; leaves everything else to the app."""

    def __init__(self, app: ASGIApp, files: CompressedFiles) -> None:
        self.app, self.files = app, files

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_file = scope["type"] == "http" and scope["method"] == "GET" and scope["path"] in self.files.readers
        if not is_file:
            await self.app(scope, receive, send)
            return
        encoding = accepted_encoding(Headers(scope=scope))
        content = await run_in_threadpool(self.files.get, scope["path"], encoding)
        headers = {"Vary": "Accept-Encoding", "Cache-Control": CACHE_FOREVER}
        headers |= {"Content-Encoding": encoding} if encoding else {}
        media_type = mimetypes.guess_type(scope["path"])[0]
        await Response(content, headers=headers, media_type=media_type)(scope, receive, send)
