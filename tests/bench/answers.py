"""How soon does an address answer? Each page with its content, and pictures: with choices that nobody had before, and again."""

import statistics
import time
import urllib.request
from typing import NamedTuple

from data.files.extract import Extract
from data.query.select import Selection
from data.query.views import VIEWS
from data.record.load import library
from tests.bench.servers import App
from tests.conftest import PAGES

# Days of the view that nobody had before, one for each question.
DAYS = tuple(f"2015-03-{day:02}" for day in range(1, 8))
PICTURES = ("unaccounted-for", "by-origin", "map", "timeline-panel")


class Answered(NamedTuple):
    """Milliseconds of an answer to new choices and to known ones, each in the middle of several, and its kilobytes."""

    answer: str
    new_ms: float
    known_ms: float
    kilobytes: float


def answered(app: App) -> list[Answered]:
    """The answers to the addresses of pages, and the pictures of some panels."""
    pages = {path or "overview": [f"/{path}?asof={day}" for day in DAYS] for path in PAGES}
    pictures = {
        f"{key}.{kind}": [_picture(key, kind, day) for day in DAYS] for key in PICTURES for kind in ("png", "svg")
    }
    return [_answered(app, name, addresses) for name, addresses in {**pages, **pictures}.items()]


def _picture(key: str, kind: str, day: str) -> str:
    view = VIEWS[key]
    return Extract(view, library(), Selection(view.page, {"asof": day}), "").short_address(kind)


def _answered(app: App, name: str, addresses: list[str]) -> Answered:
    new, sizes = zip(*(_asked(f"{app.address}{address}") for address in addresses), strict=True)
    known, _ = zip(*(_asked(f"{app.address}{address}") for address in addresses), strict=True)
    return Answered(name, statistics.median(new), statistics.median(known), statistics.median(sizes))


def _asked(address: str) -> tuple[float, float]:
    begun = time.perf_counter()
    with urllib.request.urlopen(address, timeout=120) as answer:
        size = len(answer.read())
    return (time.perf_counter() - begun) * 1e3, size / 1e3
