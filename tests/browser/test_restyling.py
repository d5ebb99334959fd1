"""Does a choice have the browser work out the looks of what it changes, and not of the whole page again and again?"""

import json

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Reader

pytestmark = [pytest.mark.browser, pytest.mark.flat]

# What the browser notes each time it works out how elements look, with their number.
NOTED_AS = "UpdateLayoutTree"
# Times that a choice may go through as many elements as the page has: 1 to 2 as it is, 9 where one rule of a sheet, on
# what an element far above has in it, says how everything below it looks.
MOST_TIMES = 4


@pytest.mark.parametrize("path", ["counts-over-time", "mission-timeline"])
def test_a_choice_does_not_restyle_the_page_many_times_over(reader: Reader, path: str) -> None:
    reader.open(path)
    reader.unfold_filters()
    choice = reader.page.locator(":is(.st-key-filters, .st-key-more-filters) .stButtonGroup button").last
    _choose(reader, choice)  # what is drawn for the first time is drawn in parts
    elements = reader.page.evaluate("document.querySelectorAll('*').length")
    restyled = _restyled_by(reader, choice)
    assert restyled < MOST_TIMES * elements


def _choose(reader: Reader, choice: Locator) -> None:
    address = reader.page.url
    choice.click()
    expect(reader.page).not_to_have_url(address)
    reader.settled()


def _restyled_by(reader: Reader, choice: Locator) -> int:
    """Elements whose looks were worked out for a choice, each as often as they were."""
    browser = reader.page.context.browser
    assert browser is not None
    browser.start_tracing(page=reader.page, categories=["devtools.timeline"])
    try:
        _choose(reader, choice)
    finally:
        trace = json.loads(browser.stop_tracing())
    return sum(event["args"].get("elementCount", 0) for event in trace["traceEvents"] if event["name"] == NOTED_AS)
