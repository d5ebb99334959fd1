"""How is a request for a file that takes a while answered? It waits in line, without a thread, as long as its reader does."""

import asyncio
from asyncio import FIRST_COMPLETED
from typing import Any

from starlette.requests import Request
from starlette.types import Receive

from components.exports.files import Export, File
from components.exports.waiting_line import WaitingLine


class ReaderGone(Exception):
    """Raised where nobody waits for the answer any more."""


async def made(request: Request, export: Export, line: WaitingLine) -> File:
    """The file. Refusal where it cannot be made, or too many wait; ReaderGone where the reader has left the line."""
    ticket = line.ask(export)
    file, leaving = asyncio.wrap_future(ticket.file), asyncio.create_task(_until_gone(request.receive))
    waited_for: list[asyncio.Future[Any]] = [file, leaving]
    try:
        await asyncio.wait(waited_for, return_when=FIRST_COMPLETED)
        if not file.done():
            raise ReaderGone
        return file.result()
    finally:
        leaving.cancel()
        line.leave(ticket)


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
