"""What does the server still hold a minute after many sessions, downloads that nobody reads, and files made anew?"""

import asyncio
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import NamedTuple
from urllib.parse import urlsplit

from tests.bench.burst import open_session
from tests.bench.servers import App
from tests.conftest import PAGES

SESSIONS, STALLED, EXPORTS, AT_ONCE = 200, 100, 60, 20
MINUTE = 60.0
# Each of these is made for its address; the days make 60 different ones.
FORMATS = ("pptx", "xlsx", "zip", "png", "html", "csv")
LARGE = ("/assets/plotly.min.js", "/data/v1/figures.html", "/data/v1/figures.zip")


class Step(NamedTuple):
    """Megabytes of the server after a step."""

    after: str
    megabytes: float


def memory_after(app: App) -> Iterator[Step]:
    """The steps one after the other, and the end, a minute later."""
    yield Step("idle", app.memory())
    for begun in range(0, SESSIONS, AT_ONCE):
        asyncio.run(_come_and_go(app, begun))
    yield Step(f"{SESSIONS} sessions", app.memory())
    lines = [_stalled(app, LARGE[nth % len(LARGE)]) for nth in range(STALLED)]
    time.sleep(5)
    yield Step(f"{STALLED} stalled downloads, in them", app.memory())
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(_fetched, (f"{app.address}{path}" for path in _exports())))
    yield Step(f"{EXPORTS} exports", app.memory())
    time.sleep(MINUTE + 10)
    yield Step("a minute without readers", app.memory())
    yield Step("of the stalled downloads were cut off", sum(map(_is_cut, lines)))


async def _come_and_go(app: App, begun: int) -> None:
    pages = list(PAGES)
    sessions = await asyncio.gather(*(open_session(app, pages[(begun + nth) % len(pages)]) for nth in range(AT_ONCE)))
    await asyncio.gather(*(session.line.close() for session in sessions))


def _stalled(app: App, path: str) -> socket.socket:
    """A download of which nothing is read."""
    where = urlsplit(app.address)
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    line.connect(("127.0.0.1", where.port))
    line.sendall(f"GET {path} HTTP/1.1\r\nHost: {where.netloc}\r\nAccept-Encoding: identity\r\n\r\n".encode())
    return line


def _is_cut(line: socket.socket) -> bool:
    with closing(line):
        line.settimeout(5)
        try:
            while line.recv(1 << 16):
                pass
        except ConnectionError:
            return True
        except TimeoutError:
            return False
    return True


def _exports() -> Iterator[str]:
    for nth in range(EXPORTS):
        yield f"/data/v1/figures.{FORMATS[nth % len(FORMATS)]}?asof={2010 + nth // 6}-06-01"


def _fetched(address: str) -> None:
    try:
        with urllib.request.urlopen(address, timeout=600) as answer:
            answer.read()
    except urllib.error.HTTPError as refused:
        raise RuntimeError(f"{address}: {refused.read()[:200]!r}") from None
