"""The first screen is the picture: what a reader sees without scrolling, and that it stays where it is, measured on the live page.

Here on a phone, which is another page than that of wide screens: those are looked at in test_each_page.py, by the same measures.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, expect

from data.query.views import views_of
from tests.browser.conftest import STANDS_STILL, Reader, reader_at
from tests.conftest import PAGES

pytestmark = pytest.mark.browser
# Pages whose main drawing is held to the budgets: all but that of presentations, which has none.
MEASURED = [path for path in PAGES if views_of(path)]
# On a phone the list of events comes before the drawing, which needs width.
DRAWING_FIRST = [path for path in MEASURED if path != "mission-timeline"]
# A table may be as long as its rows, and the page of the data is mostly tables.
HIGHER_PAGES = {"sources-and-data": 4500}
MOST_SHIFT = 0.05
# Notes each shift of the layout, with what moved from where to where.
WATCH_SHIFTS = """
window.layoutShifts = [];
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) {
    if (entry.hadRecentInput) continue;
    const moved = entry.sources.map(({ node, previousRect, currentRect }) => {
      const element = node && (node.nodeType === 1 ? node : node.parentElement);
      const keyed = element && element.closest('[class*="st-key-"]');
      const name = element ? `${element.dataset.testid || element.tagName} in ${keyed ? keyed.className.match(/st-key-[\\w-]+/)[0] : 'the page'}` : 'gone';
      return `${name} ${previousRect.x},${previousRect.y} to ${currentRect.x},${currentRect.y}`;
    });
    window.layoutShifts.push({ value: entry.value, moved });
  }
}).observe({ type: 'layout-shift', buffered: true });
"""
# The first drawing of some size, and the page around it; null where there is none. `fills` is the share of the screen that
# it fills together with a second drawing at its right: the map of Korea, the series of an origin, the chosen disagreement; the
# two have no place in common.
MEASURE = """() => {
  const main = document.querySelector('[data-testid=stMain]'), block = document.querySelector('.stMainBlockContainer');
  const kinds = ['[role=figure]', '.js-plotly-plot', '.disagreements', '[data-testid=stDataFrame]', '[data-testid=stDeckGlJsonChart]', 'svg'];
  const boxes = [...main.querySelectorAll(kinds.join(', '))].filter(element => element.checkVisibility())
    .map(element => element.getBoundingClientRect()).filter(box => box.width > 200 && box.height > 150);
  const first = document.querySelector('.tile .figure b, .rail-facts b');
  const box = boxes[0], style = getComputedStyle(block);
  const area = box => Math.max(0, Math.min(innerHeight, box.bottom) - Math.max(0, box.top)) * Math.min(box.width, innerWidth);
  const beside = [...main.querySelectorAll('.glance-korea svg, .st-key-lead-rail-origins .js-plotly-plot, .st-key-disagreement-panel .js-plotly-plot')].filter(element => element.checkVisibility())
    .map(element => element.getBoundingClientRect()).filter(other => box && other.left >= box.right);
  const filled = box ? [box, ...beside].reduce((sum, one) => sum + area(one), 0) : 0;
  return {
    top: box ? box.top : null, bottom: box ? box.bottom : null,
    fills: filled / (innerWidth * innerHeight), number: first ? first.getBoundingClientRect().bottom : null,
    used: block.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight),
    page: main.scrollHeight, sideways: main.scrollWidth - main.clientWidth,
  };
}"""


# The countries of the overview, where the last of them ends, and the smallest words of the first screen.
COUNTRIES_SEEN = """() => {
  const countries = [...document.querySelectorAll('.country')].filter(element => element.checkVisibility());
  const words = [...document.querySelectorAll('.tile, .tile *, .glance :is(p, li, li *, span, b)')];
  const sizes = words.filter(element => element.checkVisibility() && !element.closest('svg'))
    .map(element => parseFloat(getComputedStyle(element).fontSize));
  return {
    names: countries.map(element => element.querySelector('b').textContent), smallest: Math.min(...sizes),
    bottom: Math.max(...countries.map(element => element.getBoundingClientRect().bottom)),
  };
}"""


class Budget(NamedTuple):
    """What a window allows: where the drawing begins at the latest, whether all of it is seen, the least share of the
    screen that it fills, the least width that the page uses, the most height of the whole page."""

    begins: int
    is_whole: bool
    fills: float
    used: int
    page: int | None


BUDGETS = {
    (1280, 800): Budget(260, True, 0.40, 1280 - 48, 3200),
    (1920, 1080): Budget(260, True, 0.45, 1680, 2600),
    (390, 844): Budget(420, False, 0.45, 390 - 32, None),
}
PHONE = (390, 844)


def watch_shifts(reader: Reader) -> None:
    """Notes each shift of the layout of what the reader opens from now on."""
    reader.page.add_init_script(WATCH_SHIFTS)


def shifts_of(reader: Reader) -> str:
    """The shifts of the layout so far where they are more than MOST_SHIFT in all, each with what moved; else nothing."""
    shifts = reader.page.evaluate("window.layoutShifts")
    total = sum(shift["value"] for shift in shifts)
    lines = [f"{shift['value']:.4f}: {'; '.join(shift['moved'])}" for shift in shifts]
    return "\n".join([f"the layout shifts by {total:.3f}", *lines]) if total > MOST_SHIFT else ""


def stands(reader: Reader) -> None:
    """Waits for the drawings of the page that is open, and until it moves no more."""
    reader.draws_whole()
    reader.page.locator("h1").first.evaluate(STANDS_STILL)


def broken_budgets(page: str, size: tuple[int, int], found: dict[str, Any]) -> list[str]:
    """What a page measured by MEASURE in a window of a size uses more or less of than it may."""
    budget = BUDGETS[size]
    if found["top"] is None:
        return out_of_place(size, found)
    broken = {
        f"fills {found['fills']:.0%} of the screen": found["fills"] < budget.fills,
        f"the page uses {found['used']:.0f} px of {size[0]}": found["used"] < budget.used,
        f"the page is {found['page']} px high": budget.page is not None
        and found["page"] > HIGHER_PAGES.get(page, budget.page),
    }
    return [*out_of_place(size, found), *(line for line, is_broken in broken.items() if is_broken)]


def out_of_place(size: tuple[int, int], found: dict[str, Any]) -> list[str]:
    """Where the first drawing leaves the first screen of a window of a size, or the page its width."""
    budget = BUDGETS[size]
    if found["top"] is None:
        return ["the page shows no drawing"]
    broken = {
        f"begins at {found['top']:.0f} px": found["top"] > budget.begins,
        f"ends at {found['bottom']:.0f} px of {size[1]}": budget.is_whole and found["bottom"] > size[1],
        f"{found['sideways']} px are off to the side": found["sideways"] > 1,
    }
    return [line for line, is_broken in broken.items() if is_broken]


def goes_back_to_the_brief(reader: Reader) -> None:
    """Sees the page that is open as of the day of the brief."""
    reader.page.locator(".view-toggle summary").click()
    reader.page.locator(".st-key-brief-view button").click()
    expect(reader.page.locator(".view-toggle.earlier")).to_have_text(re.compile("3 July 2012"))
    stands(reader)


class Look(NamedTuple):
    """What one look at a page measured: its shifts, its first drawing, and that drawing as of the brief."""

    shifts: str
    drawing: dict[str, Any]
    as_of_brief: dict[str, Any]


@pytest.fixture(scope="module")
def look_at(browser: Browser, server: str) -> Iterator[Callable[[str], Look]]:
    """Opens a page on a phone, once for all tests, and measures it when its drawings stand."""

    @cache
    def look(page: str) -> Look:
        reader = reader_at(browser, server, *PHONE)
        watch_shifts(reader)
        reader.open(page)
        stands(reader)
        shifts, drawing = shifts_of(reader), reader.page.evaluate(MEASURE)
        goes_back_to_the_brief(reader)
        as_of_brief = reader.page.evaluate(MEASURE)
        reader.page.context.close()
        return Look(shifts, drawing, as_of_brief)

    yield look


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page or "overview")
def test_what_is_seen_on_a_phone_stays_where_it_is_while_a_page_loads(look_at: Callable[..., Look], page: str) -> None:
    assert not look_at(page).shifts, look_at(page).shifts


@pytest.mark.parametrize("page", DRAWING_FIRST, ids=lambda page: page or "overview")
def test_the_main_drawing_is_in_the_first_screen_of_a_phone_and_fills_it(
    look_at: Callable[..., Look], page: str
) -> None:
    assert broken_budgets(page, PHONE, look_at(page).drawing) == []


@pytest.mark.parametrize("page", DRAWING_FIRST, ids=lambda page: page or "overview")
def test_a_view_of_an_earlier_day_pushes_no_drawing_down_on_a_phone(look_at: Callable[..., Look], page: str) -> None:
    assert out_of_place(PHONE, look_at(page).as_of_brief) == []


def test_the_first_number_of_the_overview_is_within_300_px_on_a_phone(look_at: Callable[..., Look]) -> None:
    assert look_at("").drawing["number"] <= 300
