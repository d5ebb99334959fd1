"""What does one look at each page show? A page is opened once in a browser, and looked at in many ways.

Each look leaves the page as it found it, but the last three: one walks through it by the keys, one makes room for wider
spacing, one unfolds all that is folded.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import BrowserContext, expect

from components.navigation import PAGES as LISTED
from data.query.views import views_of
from tests.browser.conftest import Reader, reader_in
from tests.browser.test_axe import axe_at_both_sizes
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
SIZE = {"width": 1280, "height": 900}
# Of a long list of things that unfold the first are opened: the others are made like them.
MOST_UNFOLDED = 12


class Visit(NamedTuple):
    """A page, and the reader who has it open."""

    path: str
    reader: Reader


@pytest.fixture(scope="module", params=PAGES)
def opened(request: pytest.FixtureRequest, context: BrowserContext, server: str) -> Iterator[Visit]:
    reader = reader_in(context, server)
    reader.note_violations()
    reader.open(request.param)
    yield Visit(request.param, reader)
    reader.page.close()


@pytest.fixture
def visit(opened: Visit) -> Visit:
    opened.reader.page.set_viewport_size(SIZE)  # type: ignore[arg-type]
    return opened


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
