"""A file of many rows leaves as it is made: the same bytes as a whole one, and none is made that nobody takes."""

import asyncio
import gzip
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any

import brotli
import pytest
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect

from components.server import streams
from components.server.connections import InPieces
from components.server.routes import routes
from components.server.streams import long_file
from data.files import rows_as_text
from data.files.export import FORMATS
from data.files.extract import Extract
from data.query.select import Selection
from data.query.views import view_of_table
from data.record.load import Library
from tests.asked import asked, scope_of
from tests.conftest import in_a_loop
from tests.served import Answer

STREAMED = [chosen.extension for chosen in FORMATS.values() if chosen.pieces is not None]
UNPACK = {"identity": bytes, "gzip": gzip.decompress, "br": brotli.decompress}
FILE = "/data/v1/places.csv"
APP = Starlette(routes=routes())


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few rows count as many, and a piece holds fewer."""
    monkeypatch.setattr(streams, "MANY_ROWS", 15)
    monkeypatch.setattr(rows_as_text, "ROWS_AT_A_TIME", 7)
    streams.LENGTHS.clear()


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch, many: None) -> list[int]:
    """How many rows were made, batch by batch."""
    numbers: list[int] = []
    with_sources = Extract.with_sources

    def noted(self: Extract, rows: Any) -> Any:
        numbers.append(len(rows))
        return with_sources(self, rows)

    monkeypatch.setattr(Extract, "with_sources", noted)
    return numbers


def ask(path: str = FILE, method: str = "GET", **headers: str) -> Answer:
    """The whole answer to a request."""
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return in_a_loop(asyncio.wait_for(asked(APP, path, named, method=method), 60))


def whole_file(monkeypatch: pytest.MonkeyPatch, path: str) -> Any:
    with monkeypatch.context() as few:
        few.setattr(streams, "MANY_ROWS", 10**9)
        return ask(path)


@pytest.mark.parametrize("extension", STREAMED)
@pytest.mark.parametrize("encoding", ["identity", "gzip", "br"])
def test_a_streamed_file_has_the_bytes_of_a_whole_one(
    monkeypatch: pytest.MonkeyPatch, many: None, extension: str, encoding: str
) -> None:
    path = f"/data/v1/places.{extension}?country=North+Korea"
    streamed, whole = ask(path, accept_encoding=encoding), whole_file(monkeypatch, path)
    coding = streamed.headers["content-encoding"]
    assert UNPACK[coding](streamed.body) == whole.body and "content-length" not in streamed.headers
    assert coding == ("identity" if extension == "xlsx" else encoding)
    for name in ("content-type", "content-disposition", "last-modified", "accept-ranges", "cache-control"):
        assert streamed.headers[name] == whole.headers[name]
    assert streamed.headers.get("vary") == whole.headers.get("vary")


def test_what_the_client_holds_is_not_made_again(made: list[int]) -> None:
    for encoding in ("identity", "gzip", "br"):
        tag = ask(accept_encoding=encoding).headers["etag"]
        assert tag.startswith('"')
        made.clear()
        again = ask(accept_encoding=encoding, if_none_match=tag)
        assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
        assert sum(made) == 0


def test_a_tag_is_of_one_content(library: Library, many: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def tag(library: Library, extension: str = "CSV", base: str = "http://here", **values: Any) -> str:
        extract = Extract(view_of_table(library, "places"), library, Selection("sources-and-data", values), base)
        file = long_file(extract, FORMATS[extension])
        assert file is not None
        return file.tag

    first = tag(library)
    assert first == tag(library)
    others = [
        tag(library, "JSON"),
        tag(library, base="http://there"),
        tag(library, country=("North Korea",)),
        tag(replace(library, digest="0" * 8)),
        tag(replace(library, dictionary={**library.dictionary, "title": "Another"})),
    ]
    monkeypatch.setattr(streams, "code_digest", lambda: "of other code")
    assert len({first, *others, tag(library)}) == len(others) + 2


def test_a_part_of_a_streamed_file_is_that_part(many: None) -> None:
    whole = ask().body
    for first, last in ((0, 0), (0, 99), (1000, 2999), (len(whole) - 10, len(whole) - 1)):
        part = ask(range=f"bytes={first}-{last}", accept_encoding="gzip, br")
        assert part.status == 206 and part.body == whole[first : last + 1]
        assert part.headers["content-range"] == f"bytes {first}-{last}/{len(whole)}"
    rest = ask(range="bytes=1000-", if_range=part.headers["etag"])
    assert rest.body == whole[1000:] and rest.headers["content-length"] == str(len(whole) - 1000)
    assert ask(range="bytes=1000-", if_range='"another"').status == 200
    past = ask(range=f"bytes={len(whole)}-")
    assert past.status == 416 and past.headers["content-range"] == f"bytes */{len(whole)}"


def test_a_part_of_a_file_that_nobody_has_had_yet_has_its_length(many: None) -> None:
    part = ask(range="bytes=-5")
    streams.LENGTHS.clear()
    assert part.body == ask().body[-5:] and part.status == 206


def test_the_length_is_told_once_the_file_was_made(many: None) -> None:
    first, second = ask(), ask()
    assert "content-length" not in first.headers
    assert second.headers["content-length"] == str(len(first.body)) == ask(method="HEAD").headers["content-length"]


def test_a_head_makes_no_row(made: list[int]) -> None:
    answer = ask(method="HEAD")
    assert answer.status == 200 and answer.body == b"" and "content-length" not in answer.headers
    assert sum(made) == 0


def test_few_rows_of_a_long_table_are_a_whole_file(many: None) -> None:
    assert int(ask(f"{FILE}?country=Russia").headers["content-length"]) > 0


class Reader:
    """A reader who takes so many messages and then reads no more, or goes."""

    def __init__(self, most: int, goes: bool) -> None:
        self.most, self.goes, self.taken = most, goes, 0
        self.has_gone = asyncio.Event()
        self.is_full = asyncio.Event()

    async def receive(self) -> dict[str, Any]:
        await self.has_gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        self.taken += 1
        if self.taken >= self.most:
            self.is_full.set()
            if self.goes:
                self.has_gone.set()
            await asyncio.Event().wait()


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Notes that the making of a file has ended before its last piece."""
    notes: list[str] = []
    frames = Extract.frames

    def noted(self: Extract, most: int | None = None) -> Iterator[Any]:
        try:
            yield from frames(self, most)
        except GeneratorExit:
            notes.append("closed")
            raise

    monkeypatch.setattr(Extract, "frames", noted)
    return notes


def test_a_reader_who_goes_ends_the_making(made: list[int], closed: list[str], library: Library) -> None:
    async def read() -> None:
        reader = Reader(4, goes=True)
        with suppress(ClientDisconnect):
            await InPieces(APP)(scope_of(FILE), reader.receive, reader.send)

    in_a_loop(asyncio.wait_for(read(), 20))
    assert closed == ["closed"] and 0 < sum(made) < len(library["places"])


def test_for_a_reader_who_does_not_read_on_no_more_is_made(made: list[int], closed: list[str]) -> None:
    async def read() -> None:
        reader = Reader(4, goes=False)
        answer = asyncio.ensure_future(InPieces(APP)(scope_of(FILE), reader.receive, reader.send))
        await reader.is_full.wait()
        begun = len(made)
        for _ in range(50):
            await asyncio.sleep(0)
        assert len(made) == begun <= 4 and not closed
        answer.cancel()
        with suppress(asyncio.CancelledError):
            await answer

    in_a_loop(asyncio.wait_for(read(), 20))
    assert closed == ["closed"]


def test_the_first_piece_of_a_compressed_file_leaves_before_the_second_is_made(made: list[int]) -> None:
    async def read() -> None:
        reader = Reader(2, goes=False)
        answer = asyncio.ensure_future(APP(scope_of(FILE, {"accept-encoding": "gzip"}), reader.receive, reader.send))
        await reader.is_full.wait()
        assert sum(made) == 0
        answer.cancel()
        with suppress(asyncio.CancelledError):
            await answer

    in_a_loop(asyncio.wait_for(read(), 20))
