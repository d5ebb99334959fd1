"""Does the server keep what readers leave behind? Hundreds of sessions come, choose and go; its memory is read on the way."""

import asyncio
import itertools

from tests.bench.burst import HEDGES, PATH, Session, open_session
from tests.bench.servers import App
from tests.conftest import PAGES

AT_ONCE = 10


def memory_of_sessions(app: App, sessions: int = 500, step: int = 50) -> list[tuple[int, float]]:
    """Megabytes of the server after every so many sessions, which read all pages in turn, ten at a time."""
    return asyncio.run(_come_and_go(app, sessions, step))


async def _come_and_go(app: App, sessions: int, step: int) -> list[tuple[int, float]]:
    pages, found = itertools.cycle(PAGES), []
    for come in range(AT_ONCE, sessions + 1, AT_ONCE):
        await asyncio.gather(*(_read(app, next(pages), come + nth) for nth in range(AT_ONCE)))
        if come % step == 0:
            found.append((come, app.memory()))
    return found


async def _read(app: App, page: str, nth: int) -> None:
    session: Session = await open_session(app, page)
    if page == PATH:
        for turn in range(len(HEDGES)):
            await session.run((HEDGES[(turn + nth) % len(HEDGES)],))
    await session.line.close()
