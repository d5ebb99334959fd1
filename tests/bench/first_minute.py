"""How long do readers wait who all come in the first minute after a start? Beside how long they wait later."""

import asyncio
import time
from typing import NamedTuple

from tests.bench.burst import open_session
from tests.bench.servers import App, serving
from tests.conftest import PAGES

READERS = (50, 200)


class FirstMinute(NamedTuple):
    """Seconds until a started server says that it is healthy, and until the last of so many readers has his page: right
    then, and later."""

    readers: int
    healthy: float
    fresh: float
    warm: float
    errors: int


def first_minute(readers: int) -> FirstMinute:
    """Readers of all pages in turn, at the same instant, on a server that has just said it is healthy; and again."""
    with serving("dashboard") as app:
        fresh, errors = asyncio.run(_last_answer(app, readers))
        warm = [asyncio.run(_last_answer(app, readers)) for _ in range(3)]
        return FirstMinute(
            readers, app.healthy_s, fresh, min(took for took, _ in warm), errors + sum(bad for _, bad in warm)
        )


async def _last_answer(app: App, readers: int) -> tuple[float, int]:
    """Seconds until the last reader has his page, and how many have none."""
    pages = list(PAGES)
    begun = time.perf_counter()
    opened = [open_session(app, pages[nth % len(pages)]) for nth in range(readers)]
    sessions = await asyncio.gather(*opened, return_exceptions=True)
    took = time.perf_counter() - begun
    good = [session for session in sessions if not isinstance(session, BaseException)]
    await asyncio.gather(*(session.line.close() for session in good))
    return took, readers - len(good)
