"""Does a choice have the browser work out the looks of what it changes, and not of the whole page again and again?"""

import json

import pytest
from playwright.sync_api import Locator

from tests.browser.conftest import Reader

pytestmark = [pytest.mark.browser, pytest.mark.flat]

# What the browser notes each time it works out how elements look, with their number.
NOTED_AS = "UpdateLayoutTree"
# Times that a choice may go through as many elements as the page has: 1 to 2 as it is, 5 to 6 where one rule of a sheet, on
# what an element far above has in it, says how everything below it looks.
MOST_TIMES = 4
# The marks of the chart that leads the page; empty while one has been set up and not yet drawn.
MARKS = "document.querySelector('.js-plotly-plot .overplot')?.innerHTML"


@pytest.mark.parametrize("path", ["counts-over-time", "mission-timeline"])
def test_a_choice_does_not_restyle_the_page_many_times_over(reader: Reader, path: str) -> None:
    reader.open(path)
    reader.unfold_filters()
    choice = reader.page.locator(":is(.st-key-filters, .st-key-more-filters) .stButtonGroup button").last
    reader.wait_until(MARKS)
    _choose(reader, choice)  # what is drawn for the first time is drawn in parts
    restyled = _restyled_by(reader, choice)
    elements = reader.page.evaluate("document.querySelectorAll('*').length")  # with the marks that the choice drew
    assert restyled < MOST_TIMES * elements


def _choose(reader: Reader, choice: Locator) -> None:
    """Makes a choice, and waits until its chart is drawn: the address and the rest of the page are there before."""
    reader.page.evaluate(f"window.marksBefore = {MARKS}")
    choice.click()
    reader.wait_until(f"{MARKS} && {MARKS} !== window.marksBefore")
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
