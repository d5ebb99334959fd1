"""When does the server say that it is healthy? Once what every page needs is there, and not before."""

import asyncio
from collections.abc import Iterator

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from components.server import startup
from components.server.compression import CompressedFiles
from components.server.startup import HEALTH, HealthOnceReady, Readiness, lifespan
from tests.asked import asked
from tests.conftest import in_a_loop

FILES = CompressedFiles({"/app.js": lambda: b"let a;"})


async def all_is_well(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse("ok")(scope, receive, send)


@pytest.fixture(autouse=True)
def _no_references(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(startup, "_style_all_sources", lambda: None)
    yield


def test_the_server_is_healthy_once_its_pages_are_drawn_and_answers_pages_before() -> None:
    async def start() -> list[int]:
        readiness, drawn = Readiness(), asyncio.Event()
        app = HealthOnceReady(all_is_well, readiness)
        async with lifespan(readiness, FILES, drawn.wait, "")(None):  # type: ignore[arg-type]
            before = [(await asked(app, path)).status for path in (HEALTH, "/")]
            drawn.set()
            while not readiness.is_ready:
                await asyncio.sleep(0)
            return [*before, (await asked(app, HEALTH)).status]

    assert in_a_loop(start()) == [503, 200, 200]
    assert FILES.cache.values, "the frontend's files are compressed by then"


def test_a_page_that_cannot_be_drawn_does_not_keep_the_others_from_readers() -> None:
    async def start() -> bool:
        async def fail() -> None:
            raise RuntimeError("a page failed")

        readiness = Readiness()
        async with lifespan(readiness, FILES, fail, "")(None):
            while not readiness.is_ready:
                await asyncio.sleep(0)
        return readiness.is_ready

    assert in_a_loop(start())
