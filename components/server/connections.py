"""What is done about those who stop reading, or never finish asking? They are cut off; what is sent to them meanwhile waits here
in small pieces.

uvicorn has a time limit for an idle connection after an answer, and for none before or within one: a client that opens a
connection and says nothing, or takes a large file and does not read it, would hold its memory for ever, and an end of the
server with it.
"""

import asyncio
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any
from weakref import WeakKeyDictionary

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from components.server.memory import give_back

if sys.platform != "win32":
    import fcntl
    import termios

# What is handed to a connection at a time, in bytes; uvicorn waits with the next until most of it has been sent.
PIECE = 1 << 16
# Seconds until a download, or a live page, of which no byte is taken is cut off.
UNREAD_SECONDS = 60
# Seconds for the head of a request, and without a byte of its body; for the whole body.
HEAD_SECONDS, SILENT_SECONDS, BODY_SECONDS = 20, 20, 120
# Seconds that downloads under way have when the server is to end, and those of which no byte is taken.
END_SECONDS, END_UNREAD_SECONDS = 6, 2
LOOK_SECONDS = 0.5
# Connections from which on many are there at a time, and seconds after them until their memory is given back.
MANY, REST_SECONDS = 10, 20
# uvicorn's; Streamlit brings it along.
Server = Any
LOG = logging.getLogger(__name__)


class InPieces:
    """Middleware that sends large bodies in pieces, so that a slow reader's connection holds one of them and not the whole."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_in_pieces(message: Message) -> None:
            body = message.get("body", b"")
            if message["type"] != "http.response.body" or len(body) <= PIECE:
                await send(message)
                return
            for at in range(0, len(body), PIECE):
                is_last = at + PIECE >= len(body)
                more = message.get("more_body", False) or not is_last
                await send({**message, "body": body[at : at + PIECE], "more_body": more})

        await self.app(scope, receive, send_in_pieces if scope["type"] == "http" else send)


class Heard:
    """What a protocol of uvicorn's is given beside its own: when a byte last came."""

    heard = 0.0

    def data_received(self, data: bytes) -> None:
        self.heard = time.monotonic()
        super().data_received(data)  # type: ignore[misc]


class Seen:
    """What was last seen of a connection: bytes that wait for its reader, and since when nothing has changed."""

    def __init__(self, now: float) -> None:
        self.unread, self.unread_since = 0, now
        self.request: object = None
        self.asking_since = now

    def fault(self, connection: Any, now: float, unread_seconds: float) -> str:
        """Why a connection is to be cut off; empty where it is not."""
        waiting = unread_bytes(connection.transport)
        if not waiting or waiting != self.unread:
            self.unread, self.unread_since = waiting, now
        if waiting:
            return "nothing of an answer was taken" if now - self.unread_since >= unread_seconds else ""
        return self._fault_of_request(connection, now) if hasattr(connection, "cycle") else ""

    def _fault_of_request(self, connection: Any, now: float) -> str:
        """The same of a connection of HTTP that is waited for."""
        request = connection.cycle
        is_awaited = request is None or request.response_complete
        if (request, is_awaited) != self.request:
            self.request, self.asking_since = (request, is_awaited), now
        if is_awaited:
            # between two requests uvicorn has a limit of its own
            longest = max(HEAD_SECONDS, connection.config.timeout_keep_alive)
            return "no request came" if now - self.asking_since >= longest else ""
        if not request.more_body or connection.flow.read_paused:
            return ""
        is_late = now - connection.heard >= SILENT_SECONDS or now - self.asking_since >= BODY_SECONDS
        return "a request was not finished" if is_late else ""


def unread_bytes(transport: Any) -> int:
    """Bytes of an answer that its reader has not taken: those that wait here, and where any do, those that wait in the
    system, which holds megabytes of them and asks for more only when a good part has gone."""
    waiting = int(transport.get_write_buffer_size())
    if not waiting or sys.platform == "win32":
        return waiting
    try:
        in_system = fcntl.ioctl(transport.get_extra_info("socket").fileno(), termios.TIOCOUTQ, bytes(4))
    except OSError:
        return waiting  # a system that does not say
    return waiting + int.from_bytes(in_system, sys.byteorder)


class Connections:
    """The connections of a server, each looked at every half second."""

    def __init__(self, server: Server) -> None:
        self.server, self.busy_at = server, 0.0
        self.seen: WeakKeyDictionary[Any, Seen] = WeakKeyDictionary()

    def limit(self) -> None:
        """Gives connections from now on a clock, and the server's end a limit where its host has set none."""
        config = self.server.config
        config.http_protocol_class = type("HeardProtocol", (Heard, config.http_protocol_class), {})
        if config.timeout_graceful_shutdown is None:
            config.timeout_graceful_shutdown = END_SECONDS

    async def watch(self) -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            now = time.monotonic()
            self.cut_off(now)
            if self.have_rested(now):
                await run_in_threadpool(give_back)

    def have_rested(self, now: float) -> bool:
        """Whether many readers were there, and have been gone for a while; true once for each time."""
        if len(self.server.server_state.connections) >= MANY:
            self.busy_at = now
        if not self.busy_at or now - self.busy_at < REST_SECONDS:
            return False
        self.busy_at = 0.0
        return True

    def cut_off(self, now: float) -> None:
        """Cuts off whoever has had all of his time."""
        unread_seconds = END_UNREAD_SECONDS if self.server.should_exit else UNREAD_SECONDS
        for connection in list(self.server.server_state.connections):
            seen = self.seen.setdefault(connection, Seen(now))
            fault = seen.fault(connection, now, unread_seconds)
            if fault:
                LOG.info("A connection was cut off: %s.", fault)
                connection.transport.abort()


def running_server() -> Server | None:
    """uvicorn's server in this process, whoever has started it: the one that is told to end by a signal; None in a test."""
    server = getattr(signal.getsignal(signal.SIGTERM), "__self__", None)
    return server if hasattr(server, "server_state") else None


@contextmanager
def ended_at_once() -> Iterator[None]:
    """While the server starts and has no reader yet, a signal ends it at once: uvicorn would have it start first."""
    server = running_server()
    if server is None:
        yield
        return
    # the first process of a container feels no signal that it has not asked for
    signal.signal(signal.SIGTERM, end_first_process if os.getpid() == 1 else signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, server.handle_exit)


def end_first_process(number: int, frame: FrameType | None) -> None:
    """Ends with the code that a process has which a signal ended."""
    os._exit(128 + number)


def address_of(server: Server, prefix: str) -> str:
    """Where a browser on this machine finds the server; empty where it listens on no port."""
    config = server.config
    if config.uds is not None or config.fd is not None:
        return ""
    return f"{'https' if config.is_ssl else 'http'}://localhost:{config.port}{prefix}"


def end_in_time() -> None:
    """Ends the process where threads that make a file, or run a page, would hold it longer than their readers are waited for."""

    def end() -> None:
        time.sleep(END_UNREAD_SECONDS)
        os._exit(0)

    threading.Thread(target=end, daemon=True, name="end").start()
