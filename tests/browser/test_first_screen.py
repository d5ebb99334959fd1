"""What a reader sees first stays where it is while the rest of a page comes, measured on the live page."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import STANDS_STILL, reader_at

pytestmark = pytest.mark.browser
PAGES = ("", "counts-over-time", "recovery-map", "mission-timeline")
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
# What shifted, by how much, and from where to where.
Shifts = list[dict[str, Any]]
WATCHED = ((1280, 800), (390, 844))


@pytest.fixture(scope="module")
def look_at(browser: Browser, server: str) -> Iterator[Callable[[str, tuple[int, int]], Shifts]]:
    """Opens a page in a window of a size and says what has shifted once its drawings stand."""

    def look(page: str, size: tuple[int, int]) -> Shifts:
        reader = reader_at(browser, server, *size)
        reader.page.add_init_script(WATCH_SHIFTS)
        reader.open(page)
        reader.draws_whole()
        reader.page.locator("h1").first.evaluate(STANDS_STILL)
        found: Shifts = reader.page.evaluate("window.layoutShifts")
        reader.page.context.close()
        return found

    yield look


@pytest.mark.parametrize("size", WATCHED, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page or "overview")
def test_what_is_seen_stays_where_it_is_while_a_page_loads(
    look_at: Callable[..., Shifts], page: str, size: tuple[int, int]
) -> None:
    shifts = look_at(page, size)
    total = sum(shift["value"] for shift in shifts)
    lines = [f"{shift['value']:.4f}: {'; '.join(shift['moved'])}" for shift in shifts]
    assert total <= MOST_SHIFT, "\n".join([f"the layout shifts by {total:.3f}", *lines])
