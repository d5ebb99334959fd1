"""How fast is the dashboard, beside what it could have been? Prints tables of what was measured in this run.

`python -m tests.bench [load] [pages] [paint] [lighthouse] [filter] [burst] [growth] [sessions] [first_minute] [memory] [processes] [answers] [exports]`; all of them where none is named.
"""

import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pandas as pd

from data.query.select import Selection
from data.query.views import VIEWS, rows_shown
from data.record.load import TABLES, library
from tests.bench import browser, growth
from tests.bench.answers import Answered, answered
from tests.bench.burst import HEDGES, PATH, burst, percentile
from tests.bench.exports import exports_beside_readers
from tests.bench.first_minute import READERS as FIRST_READERS
from tests.bench.first_minute import FirstMinute, first_minute
from tests.bench.first_paint import lighthouse, paints
from tests.bench.memory_after import Step, memory_after
from tests.bench.processes import PROCESSES, Served, served
from tests.bench.servers import App, serving, settle
from tests.bench.sessions import memory_of_sessions
from tests.conftest import PAGES

FILTERED = ("dashboard", "dash", "straightforward")
APPS = (*FILTERED, "floor")
READERS = (1, 10, 50, 200)
TIMES = (1, 10, 100, 1000)


def main(asked: Iterable[str]) -> None:
    """Runs the parts asked for, in their order. KeyError for a part that is none."""
    for name in asked or PARTS:
        PARTS[name]()


def load() -> None:
    rows = []
    with browser.chromium() as chromium:
        for app in _settled(*APPS):
            cold, slow = browser.cold(chromium, app, ""), browser.cold(chromium, app, "", 3, slow=True)
            warm = browser.warm(chromium, app, "")
            rows.append((app.name, cold.ms, slow.ms, warm.ms, cold.kilobytes, cold.requests, app.memory()))
    heads = ("overview", "cold ms", "cold ms, 10 Mbit/s, 40 ms", "warm ms", "cold KB", "requests", "server MB")
    _show("Load of the overview", heads, rows)


def pages() -> None:
    rows = []
    with browser.chromium() as chromium, _beside("dashboard", "straightforward") as (ours, plain):
        for path in PAGES:
            here = browser.cold(chromium, ours, path, 3)
            there = browser.cold(chromium, plain, path if path != "path" else "", 3)
            times, size = here.ms / there.ms, here.kilobytes / there.kilobytes
            rows.append((path or "overview", here.ms, there.ms, times, here.kilobytes, there.kilobytes, size))
    heads = ("page", "cold ms", "straightforward ms", "ratio", "cold KB", "straightforward KB", "ratio")
    _show("Cold load of each page (the path has no counterpart: it stands beside the overview)", heads, rows)


def paint() -> None:
    rows = []
    with browser.chromium() as chromium, _beside("dashboard", "floor") as (ours, floor):
        for app, path in [*((ours, path) for path in PAGES), (floor, "")]:
            quick, slow = paints(chromium, app, path), paints(chromium, app, path, 1, slow=True)
            name = path or "overview" if app is ours else "empty Streamlit page"
            rows.append((name, quick.first, quick.largest, slow.first, slow.largest))
    heads = ("page, cold", "first paint ms", "largest ms", "first ms at 10 Mbit/s, 40 ms", "largest ms")
    _show("First and largest paint, with a reader who only looks", heads, rows)


def lighthouse_scores() -> None:
    rows = []
    with _beside("dashboard", "floor") as (ours, floor):
        for app, path in [*((ours, path) for path in PAGES), (floor, "")]:
            desktop, phone = (lighthouse(app, path, is_desktop) for is_desktop in (True, False))
            name = path or "overview" if app is ours else "empty Streamlit page"
            rows.append(
                (
                    name,
                    *desktop[:4],
                    desktop.blocking,
                    *phone[:4],
                    phone.blocking,
                    f"{max(desktop.shift, phone.shift):.3f}",
                )
            )
    each = ("performance", "accessibility", "best practices", "SEO", "blocking ms")
    _show("Lighthouse, desktop and then mobile", ("page", *each, *each, "layout shift"), rows)


def filter_change() -> None:
    with _beside(*FILTERED) as apps:
        with browser.chromium() as chromium:
            found = browser.filter_changes(chromium, apps)
        ones = {app.name: burst(app, 1, _expected(app.name), 60) for app in apps}
    rows = [
        (name, percentile(found[name], 50), percentile(found[name], 95), ones[name].p50, ones[name].cpu_ms)
        for name in FILTERED
    ]
    heads = ("filter change", "p50 ms in a browser", "p95 ms", "p50 ms without one", "CPU ms")
    _show("A filter change, one reader", heads, rows)


def at_once() -> None:
    rows = []
    for app in _settled(*FILTERED):
        expected = _expected(app.name)
        burst(app, 1, expected, 3)
        # two hundred take the straightforward version ten minutes
        for readers in READERS[:-1] if app.name == "straightforward" else READERS:
            found = burst(app, readers, expected)
            rows.append((app.name, readers, found.p50, found.p95, found.cpu_ms, found.errors, found.wrong))
    heads = ("filter change at once", "readers", "p50 ms", "p95 ms", "CPU ms", "errors", "wrong answers")
    _show("Many readers at the same instant", heads, rows)


def grown() -> None:
    def each() -> Iterator[growth.Cost]:
        for times in TIMES:
            with tempfile.TemporaryDirectory() as folder:
                yield growth.cost(Path(folder), times, _expected("dashboard"))

    _show("Tables of more rows (synthetic)", growth.Cost._fields, each())


def sessions() -> None:
    for app in _settled("dashboard"):
        _show("Sessions that came and went", ("sessions", "server MB"), memory_of_sessions(app))


def after_start() -> None:
    heads = ("readers at once", *(f"{name} s" for name in FirstMinute._fields[1:4]), "errors")
    _show("The first minute after a start: last answer", heads, map(first_minute, FIRST_READERS))


def at_processes() -> None:
    expected = _expected("dashboard")
    found = (served(count, expected) for count in PROCESSES)
    _show("Processes behind nginx, readers staying at theirs", Served._fields, found)


def answers() -> None:
    for app in _settled("dashboard"):
        _show("The first answer to an address, and pictures", Answered._fields, answered(app))


def memory() -> None:
    for app in _settled("dashboard"):
        _show("What the server still holds", Step._fields, memory_after(app))


def exports() -> None:
    for app in _settled("dashboard"):
        found = exports_beside_readers(app)
        _show("Exports beside a reader", ("", "times", "p50 ms", "p95 ms"), found.rows())
        _show("What the server holds for them", ("", "server MB"), found.memory())


PARTS: dict[str, Callable[[], None]] = {
    "load": load,
    "pages": pages,
    "paint": paint,
    "lighthouse": lighthouse_scores,
    "filter": filter_change,
    "burst": at_once,
    "growth": grown,
    "sessions": sessions,
    "first_minute": after_start,
    "memory": memory,
    "processes": at_processes,
    "answers": answers,
    "exports": exports,
}


def _expected(name: str) -> dict[str, int]:
    """How many rows each hedge leaves: the dashboard shows two kinds of marks at first, the others all of them."""
    if name == "dashboard":
        shown = {"mark": ("counts", "before 2001")}
        asked = {hedge: Selection(PATH, {"hedge": (hedge,), **shown}) for hedge in HEDGES}
        return {hedge: len(rows_shown(VIEWS["unaccounted-for"], library(), one)) for hedge, one in asked.items()}
    figures = pd.read_csv(TABLES / "figures.csv")
    counted = figures[figures["series_id"] == "unaccounted_for_total"]
    return {hedge: int((counted["qualifier"] == hedge).sum()) for hedge in HEDGES}


def _settled(*names: str) -> Iterator[App]:
    """The servers one after the other, each alone and with nothing more to make ready."""
    for name in names:
        with serving(name) as app:
            settle(app)
            yield app


@contextmanager
def _beside(*names: str) -> Iterator[list[App]]:
    """The servers at the same time, none with anything more to make ready."""
    with ExitStack() as stack:
        apps = [stack.enter_context(serving(name)) for name in names]
        for app in apps:
            settle(app)
        yield apps


def _show(title: str, heads: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    heads = tuple(heads)
    print(f"\n{title}\n\n| {' | '.join(heads)} |\n|{' --- |' * len(heads)}")
    for row in rows:
        print(f"| {' | '.join(_cell(cell) for cell in row)} |", flush=True)


def _cell(cell: object) -> str:
    if not isinstance(cell, float):
        return str(cell)
    return f"{cell:,.2f}" if cell < 10 else f"{cell:,.0f}"


if __name__ == "__main__":
    main(sys.argv[1:])
