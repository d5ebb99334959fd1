"""How is a request answered for a file that takes a while? In its turn; refused with a time to come again where too many wait."""

import asyncio
import json
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request

from components.exports import waiting_line
from components.exports.files import Export, File, OnSlide
from components.exports.waiting_line import BEING_MADE, FULL, RETRY_SECONDS, WaitingLine
from components.server import routes
from components.server.export_queue import ReaderGone, made
from data.files.openapi import interface
from data.record.load import library
from tests.asked import asked
from tests.components.exports.test_workers import is_gone, until
from tests.conftest import in_a_loop
from tests.served import Answer, running, spoken

NEVER_MADE = "figures.pptx?asof=2013-03-03"
ENDS_WITHIN = 10


def answer_of(path: str) -> Coroutine[Any, Any, Answer]:
    """The answer of the routes alone to a GET."""
    return asked(Starlette(routes=routes.routes()), path)


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[waiting_line.Make], WaitingLine]]:
    """Puts a line in the place of that of the server."""
    begun: list[WaitingLine] = []

    def put(make: waiting_line.Make) -> WaitingLine:
        begun.append(WaitingLine(make))
        monkeypatch.setattr(routes, "LINE", begun[-1])
        return begun[-1]

    yield put
    for one in begun:
        one.end()


def make_a_slide(export: Export, on_slide: OnSlide) -> File:
    return b"slide", "text/plain", "slide.pptx"


def test_a_line_that_is_full_is_answered_with_503_a_sentence_and_the_time_to_come_again(
    line: Callable[[waiting_line.Make], WaitingLine], monkeypatch: pytest.MonkeyPatch
) -> None:
    line(make_a_slide)
    monkeypatch.setattr(waiting_line, "MOST_WAITING", 0)
    answer = in_a_loop(answer_of(f"/data/v1/{NEVER_MADE}"))
    assert (answer.status, answer.headers["retry-after"]) == (503, str(RETRY_SECONDS))
    assert json.loads(answer.body)["error"] == FULL
    described = interface(library(), "")["paths"]["/path.pptx"]["get"]["responses"]
    assert str(answer.status) in described
    assert in_a_loop(answer_of(f"/waiting/{NEVER_MADE}")).text == FULL


def test_a_file_in_the_making_says_so_at_its_address_and_then_comes(
    line: Callable[[waiting_line.Make], WaitingLine],
) -> None:
    is_begun, may = Event(), Event()

    def make(export: Export, on_slide: OnSlide) -> File:
        is_begun.set()
        assert may.wait(20)
        return make_a_slide(export, on_slide)

    line(make)

    async def ask() -> tuple[str, str, str]:
        file = asyncio.create_task(answer_of(f"/data/v1/{NEVER_MADE}"))
        await asyncio.to_thread(is_begun.wait, 20)
        meanwhile = await answer_of(f"/waiting/{NEVER_MADE}")
        may.set()
        arrived = await file
        return meanwhile.text, arrived.text, (await answer_of(f"/waiting/{NEVER_MADE}")).text

    assert in_a_loop(ask()) == (BEING_MADE, "slide", "")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("figures.pptx?asof=never", 400),
        ("nothing.zip", 404),
        ("figures.png?width=1", 400),
        ("path.pptx?path=broken", 400),
    ],
)
def test_an_address_that_names_nothing_is_refused_at_once_and_takes_no_place_in_the_line(
    line: Callable[[waiting_line.Make], WaitingLine], path: str, status: int
) -> None:
    begun: list[Export] = []
    line(lambda export, on_slide: begun.append(export) or make_a_slide(export, on_slide))  # type: ignore[func-returns-value]
    assert in_a_loop(answer_of(f"/data/v1/{path}")).status == status
    assert begun == []


def test_a_reader_who_goes_away_leaves_the_line() -> None:
    may = Event()

    def make(export: Export, on_slide: OnSlide) -> File:
        assert may.wait(20)
        return make_a_slide(export, on_slide)

    async def gone() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    busy = WaitingLine(make)
    for name in ("first", "second", "third"):
        busy.ask(Export(name, "zip", (), ""))
    left = Export("left", "zip", (), "")

    async def ask() -> None:
        await made(Request({"type": "http"}, gone), left, busy)

    with pytest.raises(ReaderGone):
        in_a_loop(ask())
    assert left not in busy.waiting and Export("third", "zip", (), "") in busy.waiting
    may.set()
    busy.end()


def children_of(process: int) -> list[int]:
    """Processes that another has begun and that are there."""
    return [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text(encoding="utf-8").split()]


@pytest.mark.slow
def test_a_server_that_is_told_to_end_with_files_in_the_making_leaves_no_process(tmp_path: Path) -> None:
    with running(tmp_path / "outside.log") as served, ThreadPoolExecutor(4) as readers:
        [stem] = children_of(served.process.pid)
        for day in range(1, 5):
            readers.submit(spoken, served.address, "GET", f"/data/v1/figures.zip?asof=2014-04-0{day}")
        until(lambda: len(children_of(stem)) == waiting_line.AT_ONCE)
        workers = children_of(stem)
        served.process.terminate()
        served.process.wait(ENDS_WITHIN)
        until(lambda: all(map(is_gone, [stem, *workers])))
