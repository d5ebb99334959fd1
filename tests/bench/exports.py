"""What do readers notice of thirty files that are made at the same time? A filter change and a CSV file of new choices, beside
them and without them; how long the files take; what the server holds before, meanwhile and a minute later."""

import asyncio
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from typing import NamedTuple

from tests.bench.burst import HEDGES, Session, open_session, percentile
from tests.bench.servers import App

EXPORTS, MINUTE = 30, 60.0
FORMATS = ("pptx", "zip", "xlsx", "png", "html", "svg")
# Looks of the reader at an idle server, and between them and those beside exports.
LOOKS, PAUSE = 60, 0.1
# Each address of a run is of another day, so that nothing is there already.
DAYS = (date(2004, 1, 1) + timedelta(days=5 * nth) for nth in count())


class Waited(NamedTuple):
    """Milliseconds that a reader waited, half of the times and 95 of 100 times."""

    what: str
    times: int
    p50: float
    p95: float


@dataclass
class Reader:
    """What one reader waited for, in milliseconds."""

    filter_ms: list[float] = field(default_factory=list)
    csv_ms: list[float] = field(default_factory=list)

    def rows(self, when: str) -> Iterator[Waited]:
        yield _waited(f"filter change, {when}", self.filter_ms)
        yield _waited(f"CSV of a new choice, {when}", self.csv_ms)


@dataclass
class Beside:
    """All that was measured."""

    idle: Reader
    beside: Reader
    exports: dict[str, list[float]]
    errors: int
    megabytes: list[tuple[str, float]]

    def rows(self) -> Iterator[Waited]:
        yield from self.idle.rows("nothing beside it")
        yield from self.beside.rows(f"{EXPORTS} exports beside it")
        yield from (_waited(f"{ending}, {EXPORTS} exports at once", took) for ending, took in self.exports.items())

    def memory(self) -> Iterator[tuple[str, float]]:
        yield from self.megabytes
        yield "exports that failed", float(self.errors)


def exports_beside_readers(app: App) -> Beside:
    """An idle server, thirty exports at the same instant with a reader beside them, and a minute without either."""
    _fetch_ms(app, "figures.csv")
    for ending in FORMATS:
        _fetch_ms(app, _new_address(ending))
    idle = asyncio.run(_look(app, lambda nth: nth < LOOKS))
    before = app.memory()
    with ThreadPoolExecutor(EXPORTS) as pool, _highest_memory(app) as during:
        together = threading.Barrier(EXPORTS)
        endings = [FORMATS[nth % len(FORMATS)] for nth in range(EXPORTS)]
        waiting = [pool.submit(_export_ms, app, together, ending) for ending in endings]
        beside = asyncio.run(_look(app, lambda nth: not all(one.done() for one in waiting)))
    exports: dict[str, list[float]] = {ending: [] for ending in FORMATS}
    for ending, one in zip(endings, waiting, strict=True):
        exports[ending] += [one.result()] if one.exception() is None else []
    time.sleep(MINUTE + 10)
    megabytes = [("before", before), ("meanwhile, at most", max(during)), ("a minute later", app.memory())]
    return Beside(idle, beside, exports, sum(map(_has_failed, waiting)), megabytes)


async def _look(app: App, goes_on: Callable[[int], bool]) -> Reader:
    """A reader who changes a filter and fetches a CSV file, in turn."""
    session, found, nth = await open_session(app), Reader(), 0
    await _change(session, HEDGES[-1])
    while goes_on(nth):
        found.filter_ms.append(await _change(session, HEDGES[nth % len(HEDGES)]))
        await asyncio.sleep(PAUSE)
        found.csv_ms.append(await asyncio.to_thread(_fetch_ms, app, _new_address("csv")))
        await asyncio.sleep(PAUSE)
        nth += 1
    await session.line.close()
    return found


async def _change(session: Session, hedge: str) -> float:
    begun = time.perf_counter()
    await session.run((hedge,))
    return (time.perf_counter() - begun) * 1e3


def _export_ms(app: App, together: threading.Barrier, ending: str) -> float:
    path = _new_address(ending)
    together.wait()
    return _fetch_ms(app, path)


def _new_address(ending: str) -> str:
    return f"figures.{ending}?panel=unaccounted-for&asof={next(DAYS)}"


def _fetch_ms(app: App, path: str) -> float:
    begun = time.perf_counter()
    with urllib.request.urlopen(f"{app.address}/data/v1/{path}", timeout=600) as answer:
        answer.read()
    return (time.perf_counter() - begun) * 1e3


@contextmanager
def _highest_memory(app: App) -> Iterator[list[float]]:
    """Megabytes of the server, looked at twice a second while the block runs."""
    found, is_over = [app.memory()], threading.Event()

    def watch() -> None:
        while not is_over.wait(0.5):
            found.append(app.memory())

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        yield found
    finally:
        is_over.set()
        watching.join()


def _has_failed(one: Future[float]) -> bool:
    return one.exception() is not None


def _waited(what: str, ms: list[float]) -> Waited:
    return Waited(what, len(ms), percentile(ms, 50), percentile(ms, 95)) if ms else Waited(what, 0, 0.0, 0.0)
