"""What becomes of those who stop reading or never finish asking? They are cut off, and hold little until then."""

import asyncio
import os
import signal
import socket
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from uvicorn import Config, Server

from components.server import connections
from components.server.connections import (
    BODY_SECONDS,
    END_SECONDS,
    END_UNREAD_SECONDS,
    HEAD_SECONDS,
    MANY,
    PIECE,
    REST_SECONDS,
    SILENT_SECONDS,
    UNREAD_SECONDS,
    Connections,
    InPieces,
    address_of,
    ended_at_once,
    running_server,
    unread_bytes,
)
from tests.conftest import in_a_loop
from tests.served import free_port

READ_BETWEEN_LOOKS = 8 << 20
LARGE = b"x" * (32 << 20)


async def large_file(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers a POST once it has been read, and all else at once."""
    if scope["method"] == "POST":
        await Request(scope, receive).body()
    await Response(LARGE if scope["path"] == "/large" else b"small")(scope, receive, send)


@asynccontextmanager
async def serving() -> AsyncIterator[tuple[Server, Connections]]:
    config = Config(InPieces(large_file), port=free_port(), log_level="critical", lifespan="off")
    config.load()
    server = Server(config)
    server.lifespan = config.lifespan_class(config)
    watched = Connections(server)
    watched.limit()
    await server.startup()
    try:
        yield server, watched
    finally:
        for connection in list(server.server_state.connections):
            connection.transport.abort()
        await server.shutdown()


def speaking(server: Server, words: bytes) -> socket.socket:
    """A client that says these words and no more, and reads nothing."""
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.connect(("127.0.0.1", server.config.port))
    client.sendall(words)
    return client


async def until(what: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not what():
            await asyncio.sleep(0.01)


def is_cut_after(seconds: float, words: bytes, ready: Callable[[Any], bool], ending: bool = False) -> tuple[bool, bool]:
    """Whether a client that says these words has been cut off a second before, and after, so many seconds."""

    async def run() -> tuple[bool, bool]:
        async with serving() as (server, watched):
            client = speaking(server, words)
            found = server.server_state.connections
            await until(lambda: len(found) == 1 and ready(next(iter(found))))
            connection = next(iter(found))
            server.should_exit, now = ending, time.monotonic()
            watched.cut_off(now)
            watched.cut_off(now + seconds - 1)
            before = connection.transport.is_closing()
            # the system may still have moved some bytes: the time runs from then
            for turn in range(1, 9):
                watched.cut_off(now + turn * (seconds + 1))
                await asyncio.sleep(0.05)
            client.close()
            return before, not found

    return in_a_loop(run())


def is_full(connection: Any) -> bool:
    """Whether all buffers between the server and a client that does not read are full, and nothing moves any more."""
    before, connection.unread = getattr(connection, "unread", 0), unread_bytes(connection.transport)
    return connection.flow.write_paused and connection.unread == before


def is_asked(connection: Any) -> bool:
    return connection.cycle is not None


@pytest.mark.parametrize(
    ("seconds", "words", "ready"),
    [
        (HEAD_SECONDS, b"", lambda connection: True),
        (HEAD_SECONDS, b"GET / HTTP/1.1\r\nHost: loc", lambda connection: connection.heard),
        (SILENT_SECONDS, b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nfour", is_asked),
        (UNREAD_SECONDS, b"GET /large HTTP/1.1\r\nHost: a\r\n\r\n", is_full),
    ],
    ids=["says nothing", "head never finished", "body never finished", "download not read"],
)
def test_who_makes_no_progress_is_cut_off_after_his_time_and_not_before(
    seconds: float, words: bytes, ready: Callable[[Any], bool]
) -> None:
    assert is_cut_after(seconds, words, ready) == (False, True)


def test_a_body_that_comes_byte_by_byte_has_its_time_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "SILENT_SECONDS", 10 * BODY_SECONDS)  # as if a byte had just come
    words = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nfour"
    assert is_cut_after(BODY_SECONDS, words, is_asked) == (False, True)


def test_an_end_waits_for_no_download_that_is_not_read() -> None:
    words = b"GET /large HTTP/1.1\r\nHost: a\r\n\r\n"
    assert is_cut_after(END_UNREAD_SECONDS, words, is_full, ending=True) == (False, True)


def test_a_download_that_is_not_read_holds_little_and_one_that_is_read_comes_whole() -> None:
    async def run() -> tuple[int, int]:
        async with serving() as (server, watched):
            reader, writer = await asyncio.open_connection("127.0.0.1", server.config.port, limit=1024)
            writer.write(b"GET /large HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            await until(lambda: any(map(is_full, server.server_state.connections)))
            held = next(iter(server.server_state.connections)).transport.get_write_buffer_size()
            now, received = time.monotonic(), 0
            while part := await reader.read(1 << 20):
                received += len(part)
                if received // READ_BETWEEN_LOOKS > (received - len(part)) // READ_BETWEEN_LOOKS:
                    watched.cut_off(now := now + UNREAD_SECONDS)
            writer.close()
            return held, received

    held, received = in_a_loop(run())
    assert held <= 3 * PIECE
    assert received > len(LARGE)


def test_a_server_ends_within_its_time_unless_its_host_says_otherwise() -> None:
    own, hosts = (
        Server(Config(large_file, timeout_graceful_shutdown=seconds, log_level="critical")) for seconds in (None, 30)
    )
    for server in (own, hosts):
        server.config.load()
        Connections(server).limit()
    assert own.config.timeout_graceful_shutdown == END_SECONDS
    assert hosts.config.timeout_graceful_shutdown == 30


def test_a_signal_ends_a_server_at_once_while_it_reads_its_tables() -> None:
    server = Server(Config(large_file, log_level="critical"))
    with server.capture_signals():
        with ended_at_once():
            assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL
        assert running_server() is server and signal.getsignal(signal.SIGINT) == server.handle_exit
    with ended_at_once():
        assert signal.getsignal(signal.SIGTERM) != server.handle_exit


def test_a_signal_ends_a_server_that_is_the_first_process_of_a_container_too(monkeypatch: pytest.MonkeyPatch) -> None:
    codes: list[int] = []
    monkeypatch.setattr(os, "getpid", lambda: 1)
    monkeypatch.setattr(os, "_exit", codes.append)
    with Server(Config(large_file, log_level="critical")).capture_signals(), ended_at_once():
        assert signal.getsignal(signal.SIGTERM) != signal.SIG_DFL
        signal.raise_signal(signal.SIGTERM)
    assert codes == [128 + signal.SIGTERM]


def test_memory_is_given_back_once_after_many_readers_have_left() -> None:
    server = Server(Config(large_file, log_level="critical"))
    watched = Connections(server)
    assert not watched.have_rested(1.0)
    server.server_state.connections = set(range(MANY))
    assert not watched.have_rested(2.0) and not watched.have_rested(2.0 + REST_SECONDS)
    server.server_state.connections = set()
    later = 2.0 + 2 * REST_SECONDS
    assert [watched.have_rested(now) for now in (later - 1, later, later + 1)] == [False, True, False]


def test_the_server_is_found_by_the_signal_that_ends_it() -> None:
    server = Server(Config(large_file, port=8123, log_level="critical"))
    assert running_server() is None
    before = signal.getsignal(signal.SIGTERM)
    with server.capture_signals():
        assert running_server() is server
    assert signal.getsignal(signal.SIGTERM) == before
    assert address_of(server, "") == "http://localhost:8123"
