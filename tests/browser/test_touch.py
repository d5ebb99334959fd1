"""A finger moves the page past a chart and past the map, its first tap on a mark opens the card, two of them zoom the map."""

import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, expect

from data.record.load import Library
from tests.browser.conftest import STANDS_STILL, Reader, reader_in
from tests.browser.test_map import CARD, MAP_OF_PHONE, hears_pointer, pixel_of, waits_for_land

pytestmark = pytest.mark.browser
CHART = ".st-key-unaccounted-for-chart .js-plotly-plot"
TIMELINE = ".st-key-timeline-panel-narrow .js-plotly-plot"
SCROLLED = "document.querySelector('[data-testid=stMain]').scrollTop"
SECONDS_OF_STEP = 0.2
# What scrolls by itself and leaves less than a fifth of the screen to whoever wants to go past it.
TOO_HIGH = """[...document.querySelectorAll('[data-testid=stMain] *')].filter(one => one.scrollHeight > one.clientHeight + 2
  && one.clientHeight > .8 * innerHeight && ['auto', 'scroll'].includes(getComputedStyle(one).overflowY)
  && one.checkVisibility()).map(one => one.className)"""
# The middle of the last mark that nothing covers but the layer that listens to the pointer.
LAST_MARK = """chart => {
  const box = [...chart.querySelectorAll('.scatterlayer .point')].at(-1).getBoundingClientRect();
  return [box.x + box.width / 2, box.y + box.height / 2];
}"""


@contextmanager
def phone_at_page(browser: Browser, server: str, page: str) -> Iterator[Reader]:
    """A reader with a phone, at a page."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    reader = reader_in(context, server)
    reader.open(page)
    yield reader
    context.close()


@pytest.fixture(scope="module")
def phone(browser: Browser, server: str) -> Iterator[Reader]:
    """A reader with a phone, at a page whose chart is drawn."""
    with phone_at_page(browser, server, "counts-over-time") as reader:
        reader.chart_that_hears(CHART)
        yield reader


@pytest.fixture(scope="module")
def phone_at_map(browser: Browser, server: str) -> Iterator[Reader]:
    """A reader with a phone, at a map that each test leaves as the next one may find it."""
    with phone_at_page(browser, server, "recovery-map") as reader:
        waits_for_land(reader)
        yield reader


@pytest.fixture(scope="module")
def phone_at_events(browser: Browser, server: str) -> Iterator[Reader]:
    """A reader with a phone, at the page of the timeline, whose narrow drawing is drawn."""
    with phone_at_page(browser, server, "mission-timeline") as reader:
        reader.chart_that_hears(TIMELINE)
        yield reader


def touch(reader: Reader, steps: Sequence[Sequence[tuple[float, float]]]) -> None:
    """Fingers that go through these places, a fifth of a second for each by the clock of the events, and rest on the last.

    Fingers that leave as they move would have the page roll on, beneath whatever is touched next.
    """
    line = reader.page.context.new_cdp_session(reader.page)
    kinds = ["touchStart", *["touchMove"] * len(steps), "touchEnd"]
    start = time.time() - SECONDS_OF_STEP * len(kinds)
    for number, (kind, places) in enumerate(zip(kinds, [*steps, steps[-1], ()], strict=True)):
        points = [{"x": x, "y": y, "id": finger} for finger, (x, y) in enumerate(places)]
        event = {"type": kind, "touchPoints": points, "timestamp": start + number * SECONDS_OF_STEP}
        line.send("Input.dispatchTouchEvent", event)


def swipe_up(reader: Reader, x: float, y: float, by: int) -> None:
    """A finger that goes up from a place."""
    touch(reader, [[(x, y - by * step / 10)] for step in range(11)])


def a_swipe_moves_the_page(reader: Reader, selector: str) -> None:
    box = reader.chart_that_hears(selector).bounding_box()
    before = reader.page.evaluate(SCROLLED)
    assert box is not None
    swipe_up(reader, box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, by=200)
    reader.wait_until(f"{SCROLLED} > {before} + 100")
    reader.saw_no_trouble()


def a_tap_opens_the_card_of_the_last_mark(reader: Reader, selector: str) -> None:
    reader.page.touchscreen.tap(*reader.chart_that_hears(selector).evaluate(LAST_MARK))
    expect(reader.page.get_by_role("dialog")).to_be_visible()
    reader.saw_no_trouble()


def test_a_swipe_on_a_chart_moves_the_page(phone: Reader) -> None:
    a_swipe_moves_the_page(phone, CHART)


def test_the_first_tap_on_a_mark_opens_its_card(phone: Reader) -> None:
    a_tap_opens_the_card_of_the_last_mark(phone, CHART)


def test_a_swipe_up_on_the_map_moves_the_page(phone_at_map: Reader, library: Library) -> None:
    x, y = pixel_of(phone_at_map, library, "PRK_CHOSIN", "phone")
    before = phone_at_map.page.evaluate(SCROLLED)
    swipe_up(phone_at_map, x, y + 100, by=200)
    phone_at_map.wait_until(f"{SCROLLED} > {before} + 100")
    phone_at_map.saw_no_trouble()


def test_the_first_tap_on_a_circle_of_the_map_shows_its_place_beside_the_map(
    phone_at_map: Reader, library: Library
) -> None:
    phone_at_map.page.touchscreen.tap(*pixel_of(phone_at_map, library, "PRK_CHOSIN", "phone"))
    card = phone_at_map.page.locator(CARD)
    expect(card).to_contain_text("Chosin")
    expect(card).to_be_in_viewport(ratio=1)
    expect(phone_at_map.page.locator(MAP_OF_PHONE).first).to_be_in_viewport(ratio=0.5)
    expect(phone_at_map.page).to_have_url(re.compile("place=PRK_CHOSIN"))
    phone_at_map.page.get_by_role("button", name="Back to the countries").tap()
    expect(card).to_have_count(0)
    phone_at_map.saw_no_trouble()


def test_two_fingers_zoom_the_map(phone_at_map: Reader, library: Library) -> None:
    x, y = pixel_of(phone_at_map, library, "PRK_CHOSIN", "phone")
    other_x, other_y = pixel_of(phone_at_map, library, "PRK_UNSAN_KUJANG", "phone")
    hears_pointer(phone_at_map, x, y, "Chosin")
    scrolled = phone_at_map.page.evaluate(SCROLLED)
    apart = [[(x - half, y), (x + half, y)] for half in range(40, 81, 4)]
    touch(phone_at_map, apart)
    expected = x + 2 * (other_x - x), y + 2 * (other_y - y)
    hears_pointer(phone_at_map, *expected, "Unsan and Kujang")
    assert phone_at_map.page.evaluate(SCROLLED) == scrolled
    phone_at_map.saw_no_trouble()


def test_a_swipe_on_the_timeline_moves_the_page(phone_at_events: Reader) -> None:
    a_swipe_moves_the_page(phone_at_events, TIMELINE)


def test_a_swipe_that_begins_on_a_slider_moves_the_page_and_chooses_nothing(phone_at_events: Reader) -> None:
    line = phone_at_events.page.locator(".st-key-years .stSlider [data-rac] [data-rac]").first
    line.evaluate("line => line.scrollIntoView({block: 'center', inline: 'center'})")
    line.evaluate(STANDS_STILL)
    box, before = line.bounding_box(), phone_at_events.page.evaluate(SCROLLED)
    assert box is not None
    swipe_up(phone_at_events, box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, by=200)
    phone_at_events.wait_until(f"{SCROLLED} > {before} + 100")
    assert "years" not in phone_at_events.page.url
    phone_at_events.saw_no_trouble()


def test_a_tap_on_a_mark_of_the_timeline_opens_its_card(phone_at_events: Reader) -> None:
    a_tap_opens_the_card_of_the_last_mark(phone_at_events, TIMELINE)


@pytest.mark.parametrize("page", ["", "sources-and-data", "disagreements"])
def test_no_list_that_scrolls_by_itself_fills_a_phone_that_lies_on_its_side(
    browser: Browser, server: str, page: str
) -> None:
    with phone_at_page(browser, server, page) as reader:
        reader.page.set_viewport_size({"width": 844, "height": 390})
        reader.wait_until(f"({TOO_HIGH}).length === 0", otherwise=f"JSON.stringify({TOO_HIGH})")
