"""A finger moves the page past a chart, and its first tap on a mark opens the card."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import STANDS_STILL, Reader, reader_in

pytestmark = pytest.mark.browser
CHART = ".st-key-unaccounted-for-chart .js-plotly-plot"
SCROLLED = "document.querySelector('[data-testid=stMain]').scrollTop"
# The middle of the last mark that nothing covers but the layer that listens to the pointer.
LAST_MARK = """chart => {
  const box = [...chart.querySelectorAll('.scatterlayer .point')].at(-1).getBoundingClientRect();
  return [box.x + box.width / 2, box.y + box.height / 2];
}"""


@pytest.fixture(scope="module")
def phone(browser: Browser, server: str) -> Iterator[Reader]:
    """A reader with a phone, at a page whose chart is drawn."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    reader = reader_in(context, server)
    reader.open("counts-over-time")
    chart = reader.page.locator(CHART)
    expect(chart.locator(".scatterlayer .point").first).to_be_attached()
    chart.evaluate("chart => chart.scrollIntoView({block: 'center'})")
    chart.evaluate(STANDS_STILL)
    yield reader
    context.close()


def swipe_up(reader: Reader, x: float, y: float, by: int) -> None:
    """A finger that goes up from a place, as a browser's own protocol has it."""
    line = reader.page.context.new_cdp_session(reader.page)
    steps = [("touchStart", y), *(("touchMove", y - by * step / 10) for step in range(1, 11))]
    for kind, at in steps:
        line.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": at}]})
    line.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_a_swipe_on_a_chart_moves_the_page(phone: Reader) -> None:
    box = phone.page.locator(CHART).bounding_box()
    before = phone.page.evaluate(SCROLLED)
    assert box is not None
    swipe_up(phone, box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, by=200)
    phone.wait_until(f"{SCROLLED} > {before} + 100")
    phone.saw_no_trouble()


def test_the_first_tap_on_a_mark_opens_its_card(phone: Reader) -> None:
    chart = phone.page.locator(CHART)
    chart.evaluate("chart => chart.scrollIntoView({block: 'center'})")
    chart.evaluate(STANDS_STILL)
    phone.page.touchscreen.tap(*chart.evaluate(LAST_MARK))
    expect(phone.page.get_by_role("dialog")).to_be_visible()
    phone.saw_no_trouble()
