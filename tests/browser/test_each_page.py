"""What does one look at each page show? A page is opened once in a browser, and looked at in many ways.

Each look leaves the page as it found it, but the last ones: one walks through it by the keys, one goes to an earlier day and
back, one makes room for wider spacing, one unfolds all that is folded. What a first screen may use is in test_first_screen.py.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import BrowserContext, expect

from components.navigation import PAGES as LISTED
from data.query.at_a_glance import COUNTRIES
from data.query.views import views_of
from tests.browser.conftest import Reader, reader_in
from tests.browser.test_axe import axe_at_both_sizes
from tests.browser.test_first_screen import (
    BUDGETS,
    COUNTRIES_SEEN,
    MEASURE,
    PHONE,
    broken_budgets,
    goes_back_to_the_brief,
    out_of_place,
    shifts_of,
    stands,
    watch_shifts,
)
from tests.browser.test_keyboard import tab_to
from tests.browser.test_reach import SMALL, WIDER, levels_of_heads
from tests.conftest import PAGES

pytestmark = pytest.mark.browser
OF_PATH = {page.path: page for page in LISTED}
WITHOUT_DRAWING = [path for path in PAGES if not views_of(path)]
DRAWINGS = ".js-plotly-plot, .static-chart svg, [data-testid=stDeckGlJsonChart] canvas"
SPACING = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; } p { margin-bottom: 2em !important; }"
# Text that its own box cuts off, which nothing but a wider box would show again.
CUT = """() => [...document.querySelectorAll('[data-testid=stMain] :is(p, h1, h2, h3, dd, dt, li, button, label)')]
  .filter(one => one.checkVisibility() && one.childElementCount === 0 && !one.matches('.panel-title-unseen'))
  .filter(one => ['hidden', 'clip'].includes(getComputedStyle(one).overflowX) && one.scrollWidth > one.clientWidth + 1)
  .map(one => one.outerHTML.slice(0, 120))"""
# What is drawn, and the name of the figure that it stands in.
DRAWN = """() => [...document.querySelectorAll('.js-plotly-plot, .static-chart svg, [data-testid=stDeckGlJsonChart] canvas')]
  .filter(one => one.checkVisibility())
  .map(one => one.closest('[role=figure]')?.getAttribute('aria-label') || 'none')"""
SIZE = (1280, 800)
WIDE_SIZES = [size for size in BUDGETS if size != PHONE]
# Of a long list of things that unfold the first are opened: the others are made like them.
MOST_UNFOLDED = 12


class Visit(NamedTuple):
    """A page, the reader who has it open, and what moved while it loaded."""

    path: str
    reader: Reader
    shifts: str

    def at(self, size: tuple[int, int]) -> Reader:
        """The reader with a window of a size, in which the page stands."""
        width, height = size
        self.reader.page.set_viewport_size({"width": width, "height": height})
        stands(self.reader)
        return self.reader


@pytest.fixture(scope="module", params=PAGES)
def opened(request: pytest.FixtureRequest, context: BrowserContext, server: str) -> Iterator[Visit]:
    reader = reader_in(context, server)
    reader.page.set_viewport_size({"width": SIZE[0], "height": SIZE[1]})
    reader.note_violations()
    watch_shifts(reader)
    reader.open(request.param)
    stands(reader)
    yield Visit(request.param, reader, shifts_of(reader))
    reader.page.close()


@pytest.fixture
def visit(opened: Visit) -> Visit:
    opened.reader.page.set_viewport_size({"width": SIZE[0], "height": SIZE[1]})
    return opened


def test_what_is_seen_stays_where_it_is_while_a_page_loads(visit: Visit) -> None:
    assert not visit.shifts, visit.shifts


@pytest.mark.parametrize("size", WIDE_SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_main_drawing_is_in_the_first_screen_and_fills_it_on_the_overview_with_the_map_beside_it(
    visit: Visit, size: tuple[int, int]
) -> None:
    """The chart of the overview begins by the budget alone; what is filled is the union of chart and map."""
    found = visit.at(size).page.evaluate(MEASURE)
    assert visit.path in WITHOUT_DRAWING or broken_budgets(visit.path, size, found) == []
    assert visit.path or found["number"] <= 300, "the first number of the overview"


@pytest.mark.parametrize("size", WIDE_SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_what_is_asked_of_the_four_countries_is_in_the_first_screen_of_the_overview_in_words_of_13_px(
    visit: Visit, size: tuple[int, int]
) -> None:
    found = visit.at(size).page.evaluate(COUNTRIES_SEEN)
    assert found["names"] == ([] if visit.path else list(COUNTRIES))
    assert visit.path or (found["bottom"] <= size[1] and found["smallest"] >= 13)


def test_an_inner_address_opened_first_shows_its_page_in_the_frame(visit: Visit) -> None:
    page = visit.reader.page
    expect(page.get_by_role("heading", level=1)).to_have_text(OF_PATH[visit.path].question)
    expect(page.get_by_role("link", name="Data").first).to_be_visible()
    expect(page).to_have_title(f"{OF_PATH[visit.path].name} – Korean War accounting")
    assert page.evaluate("document.documentElement.lang") == "en"


def test_a_page_has_one_head_above_the_others_and_no_small_control(visit: Visit) -> None:
    levels = levels_of_heads(visit.reader)
    assert levels.count(1) == 1 and levels[0] == 1
    assert visit.reader.page.evaluate(SMALL) == []


def test_a_link_to_another_page_of_the_dashboard_opens_in_this_tab(visit: Visit) -> None:
    links = "[...document.querySelectorAll('[data-testid=stMain] a[target=_blank]')].map(link => link.href)"
    assert [href for href in visit.reader.page.evaluate(links) if href.startswith(visit.reader.address)] == []


def test_a_drawing_on_a_page_has_a_name(visit: Visit) -> None:
    page = visit.reader.page
    if visit.path not in WITHOUT_DRAWING:
        expect(page.locator(DRAWINGS).locator("visible=true").first).to_be_visible()
    names = page.evaluate(DRAWN)
    assert bool(names) == (visit.path not in WITHOUT_DRAWING)
    assert all(40 <= len(name) <= 300 for name in names), names


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1920, 1080), (390, 844)])
def test_no_page_scrolls_sideways(visit: Visit, width: int, height: int) -> None:
    visit.reader.page.set_viewport_size({"width": width, "height": height})
    visit.reader.wait_until(f"({WIDER})().length === 0")


def test_axe_finds_nothing_on_a_page_as_it_opens(visit: Visit) -> None:
    assert axe_at_both_sizes(visit.reader) == []


def test_every_stop_of_a_page_is_in_sight_and_ringed_and_none_holds_the_reader(visit: Visit) -> None:
    tab_to(visit.reader, visit.reader.page.locator(".st-key-footer a"))
    tab_to(visit.reader, visit.reader.page.locator(".st-key-present-begin button"), "Shift+Tab")


def test_a_view_of_an_earlier_day_pushes_no_drawing_down(visit: Visit) -> None:
    goes_back_to_the_brief(visit.reader)
    found = visit.reader.page.evaluate(MEASURE)
    assert visit.path in WITHOUT_DRAWING or out_of_place(SIZE, found) == []
    visit.reader.page.locator(".view-toggle summary").click()
    visit.reader.page.locator(".st-key-reset-view button").click()
    expect(visit.reader.page.locator(".view-toggle.earlier")).to_have_count(0)
    stands(visit.reader)


def test_a_page_has_room_for_wider_spacing(visit: Visit) -> None:
    visit.reader.page.add_style_tag(content=SPACING)
    assert visit.reader.page.evaluate(CUT) == []
    assert visit.reader.page.evaluate(WIDER) == []


def test_a_page_draws_whole_breaks_no_line_of_the_policy_and_asks_nothing_of_another_host(
    visit: Visit, outside_log: Path
) -> None:
    for closed in visit.reader.page.locator("details:not(.view-toggle) > summary").all()[:MOST_UNFOLDED]:
        if closed.is_visible():
            closed.click()
    visit.reader.draws_whole()
    assert visit.reader.violations == []
    visit.reader.saw_no_trouble()
    assert outside_log.read_text() == ""
