"""What is made ready while nobody waits? What every page needs and the frontend's scripts, before the server says that it is
healthy; after that the references of all sources in words.

Without this the first readers would draw what all of them need while they wait for it.
"""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from components.exports.waiting_line import LINE, WORKERS
from components.server.compression import CompressedFiles
from components.server.connections import Connections, address_of, end_in_time, running_server
from components.server.memory import collect_nothing, settle
from data.files import cite
from data.record.load import library

# Before the first reference, for the readers who come with the server's first answer; between two of them, for all others.
FIRST_SECONDS, PAUSE_SECONDS = 20, 0.02
HEALTH = "/_stcore/health"
NOT_YET = "The dashboard is getting ready. Ask again in a moment."


class Readiness:
    """Whether the server has what every page needs."""

    def __init__(self) -> None:
        self.is_ready = False


class HealthOnceReady:
    """Middleware that answers 503 to the question of health until the server is ready; pages are answered meanwhile."""

    def __init__(self, app: ASGIApp, readiness: Readiness) -> None:
        self.app, self.readiness = app, readiness

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not self.readiness.is_ready and scope["path"] == HEALTH:
            await PlainTextResponse(NOT_YET, 503, {"Retry-After": "1"})(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def lifespan(
    readiness: Readiness,
    files: CompressedFiles,
    warm_pages: Callable[[], Coroutine[Any, Any, None]],
    prefix: str,
) -> Callable[[Any], AbstractAsyncContextManager[None]]:
    """The lifespan of the ASGI app: starts to warm the caches once the server answers, and does not wait for them at the
    end. `warm_pages` makes what every page needs."""

    async def warm() -> None:
        try:
            # a file is compressed outside of Python's lock, so that pages are made meanwhile
            await asyncio.gather(warm_pages(), run_in_threadpool(files.compress_all))
        finally:
            settle()
            readiness.is_ready = True
        if (server := running_server()) and (address := address_of(server, prefix)):
            print(f"The dashboard is ready: {address}", flush=True)
        WORKERS.warm()
        threading.Thread(target=_style_all_sources, daemon=True, name="warm").start()

    @asynccontextmanager
    async def run(app: Any) -> AsyncIterator[None]:
        server = running_server()
        if server:
            settle()  # what is free at the fork would be held twice once it is used again
            WORKERS.start(settle)  # while no thread is at work; a collection in a worker leaves alone what it shares
            collect_nothing()
        tasks = [asyncio.create_task(warm())]
        if server:
            connections = Connections(server)
            connections.limit()
            tasks.append(asyncio.create_task(connections.watch()))
        yield
        for task in tasks:
            task.cancel()
        if server:
            LINE.end()
            WORKERS.end()
            end_in_time()

    return run


def _style_all_sources() -> None:
    time.sleep(FIRST_SECONDS)
    for _ in cite.style_all_sources(library()):
        time.sleep(PAUSE_SECONDS)
