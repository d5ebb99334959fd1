"""The first screen is the picture: what a reader sees without scrolling, and that it stays where it is, measured on the live page."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, expect

from data.query.at_a_glance import COUNTRIES
from tests.browser.conftest import STANDS_STILL, Reader, reader_at

pytestmark = pytest.mark.browser
FIRST_PAGES = ("", "counts-over-time", "recovery-map", "mission-timeline", "explore")
PAGES = (*FIRST_PAGES, "remains-and-identifications", "prisoners-of-war", "disagreements", "sources-and-data")
# Pages whose main drawing is held to the budgets.
MEASURED = PAGES
# On a phone the list of events comes before the drawing, which needs width.
LIST_FIRST = ("mission-timeline", (390, 844))
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
WATCHED = ((1280, 800), (390, 844))


class Look(NamedTuple):
    """What one look at a page measured: its shifts, its first drawing, and that drawing as of the brief."""

    shifts: list[dict[str, Any]]
    drawing: dict[str, Any]
    as_of_brief: dict[str, Any] | None


@pytest.fixture(scope="module")
def look_at(browser: Browser, server: str) -> Iterator[Callable[[str, tuple[int, int]], Look]]:
    """Opens a page in a window of a size, once for all tests, and measures it when its drawings stand."""

    @cache
    def look(page: str, size: tuple[int, int]) -> Look:
        reader = reader_at(browser, server, *size)
        reader.page.add_init_script(WATCH_SHIFTS)
        reader.open(page)
        reader.draws_whole()
        reader.page.locator("h1").first.evaluate(STANDS_STILL)
        shifts, drawing = reader.page.evaluate("window.layoutShifts"), reader.page.evaluate(MEASURE)
        earlier = as_of_brief(reader) if size in WATCHED and (page, size) != LIST_FIRST else None
        reader.page.context.close()
        return Look(shifts, drawing, earlier)

    yield look


def as_of_brief(reader: Reader) -> dict[str, Any]:
    """The first drawing of the page that is open once the view is that of the day of the brief."""
    reader.page.locator(".view-toggle summary").click()
    reader.page.locator(".st-key-brief-view button").click()
    expect(reader.page.locator(".view-toggle.earlier")).to_have_text(re.compile("3 July 2012"))
    reader.draws_whole()
    reader.page.locator("h1").first.evaluate(STANDS_STILL)
    found: dict[str, Any] = reader.page.evaluate(MEASURE)
    return found


@pytest.mark.parametrize("size", WATCHED, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page or "overview")
def test_what_is_seen_stays_where_it_is_while_a_page_loads(
    look_at: Callable[..., Look], page: str, size: tuple[int, int]
) -> None:
    shifts = look_at(page, size).shifts
    total = sum(shift["value"] for shift in shifts)
    lines = [f"{shift['value']:.4f}: {'; '.join(shift['moved'])}" for shift in shifts]
    assert total <= MOST_SHIFT, "\n".join([f"the layout shifts by {total:.3f}", *lines])


@pytest.mark.parametrize(
    ("page", "size"),
    [(page, size) for page in MEASURED for size in BUDGETS if (page, size) != LIST_FIRST],
    ids=lambda one: one if isinstance(one, str) else f"{one[0]}x{one[1]}",
)
def test_the_main_drawing_is_in_the_first_screen_and_fills_it_on_the_overview_with_the_map_beside_it(
    look_at: Callable[..., Look], page: str, size: tuple[int, int]
) -> None:
    """The chart of the overview begins by the budget alone; what is filled is the union of chart and map."""
    found, budget = look_at(page, size).drawing, BUDGETS[size]
    assert found["top"] is not None, "the page shows no drawing"
    broken = {
        f"begins at {found['top']:.0f} px": found["top"] > budget.begins,
        f"ends at {found['bottom']:.0f} px of {size[1]}": budget.is_whole and found["bottom"] > size[1],
        f"fills {found['fills']:.0%} of the screen": found["fills"] < budget.fills,
        f"the page uses {found['used']:.0f} px of {size[0]}": found["used"] < budget.used,
        f"the page is {found['page']} px high": budget.page is not None
        and found["page"] > HIGHER_PAGES.get(page, budget.page),
        f"{found['sideways']} px are off to the side": found["sideways"] > 1,
    }
    assert [line for line, is_broken in broken.items() if is_broken] == []


@pytest.mark.parametrize(
    ("page", "size"),
    [(page, size) for page in MEASURED for size in WATCHED if (page, size) != LIST_FIRST],
    ids=lambda one: one if isinstance(one, str) else f"{one[0]}x{one[1]}",
)
def test_a_view_of_an_earlier_day_pushes_no_drawing_down(
    look_at: Callable[..., Look], page: str, size: tuple[int, int]
) -> None:
    found, budget = look_at(page, size).as_of_brief, BUDGETS[size]
    assert found is not None and found["top"] is not None, "the page shows no drawing"
    assert found["top"] <= budget.begins and found["sideways"] <= 1
    assert found["bottom"] <= size[1] or not budget.is_whole


@pytest.mark.parametrize("size", BUDGETS, ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_first_number_of_the_overview_is_within_300_px(look_at: Callable[..., Look], size: tuple[int, int]) -> None:
    number = look_at("", size).drawing["number"]
    assert number is not None and number <= 300


@pytest.mark.parametrize("size", [size for size in BUDGETS if size[0] > 700], ids=lambda size: f"{size[0]}x{size[1]}")
def test_what_is_asked_of_the_four_countries_is_in_the_first_screen_of_the_overview_in_words_of_13_px(
    browser: Browser, server: str, size: tuple[int, int]
) -> None:
    reader = reader_at(browser, server, *size)
    reader.open("")
    found = reader.page.evaluate(COUNTRIES_SEEN)
    reader.page.context.close()
    assert found["names"] == list(COUNTRIES)
    assert found["bottom"] <= size[1]
    assert found["smallest"] >= 13
