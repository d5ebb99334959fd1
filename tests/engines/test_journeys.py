"""Does what a reader does hold in Firefox and in WebKit? Each journey is written once and walked in both.

What a page holds and how it looks is asked in Chromium (tests/browser); here it is whether another engine does the same.
"""

import csv
import urllib.request
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from urllib.parse import urljoin

import pytest

from components.navigation import PAGES, Page
from data.query.views import views_of
from tests.engines.windows import ESCAPE, LEFT, RIGHT, Window

pytestmark = pytest.mark.browser
# What Firefox without a screen says of the map: it has no WebGL, and the flat map stands in.
WITHOUT_WEBGL = "Failed to create WebGL context"
SEEN = ".some(one => one.checkVisibility() && one.getBoundingClientRect().height > 100)"
DRAWING = (
    f"[...document.querySelectorAll('.js-plotly-plot .main-svg, .static-chart svg, #root .at-a-glance svg')]{SEEN}"
)
# Where a browser has no WebGL a canvas is there, and empty.
MAP = f"""[...document.querySelectorAll('.st-key-map-map .flat-map svg, html[data-webgl=yes] .st-key-map-map canvas')]{SEEN}"""
FIRST_DRAWING = "[...document.querySelectorAll('#first-view svg')].some(one => one.checkVisibility() && one.getBoundingClientRect().height > 100)"
# A face that has no weight as bold as is asked for is drawn twice, beside itself.
WEIGHTS_OF_HEADINGS = (
    "[...document.fonts].filter(one => one.family.includes('Accounting Serif')).map(one => one.weight)"
)
# Fields that a dark browser would paint dark below our dark words.
SCHEME = "getComputedStyle(document.documentElement).colorScheme"
CHOSEN_IN_SIGHT = """(() => {
  const list = document.querySelector(`${place} .disagreements`), row = list?.querySelector('.chosen')?.getBoundingClientRect();
  const box = list?.getBoundingClientRect();
  return Boolean(row) && row.top >= box.top && row.bottom <= box.bottom;
})()"""


def heading(window: Window, inside: str = "#root") -> str:
    return window.text(f"{inside} h1").strip()


def saw_no_trouble(window: Window) -> None:
    assert window.evaluate("document.querySelectorAll('[data-testid=stException]').length") == 0
    assert [said for said in window.errors() if WITHOUT_WEBGL not in said] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path or "overview")
def test_a_page_is_read_at_once_and_the_live_page_takes_over_with_its_drawing(
    window: Window, server: str, page: Page
) -> None:
    window.go(f"{server}/{page.path}")
    assert heading(window, "#first-view") == page.question
    assert not views_of(page.path) or window.evaluate(FIRST_DRAWING)
    assert page.path != "disagreements" or window.evaluate(CHOSEN_IN_SIGHT.replace("${place}", "#first-view"))
    window.stir()
    window.settled()
    assert heading(window) == page.question
    assert not views_of(page.path) or window.wait_until(MAP if page.path == "recovery-map" else DRAWING)
    assert page.path != "disagreements" or window.wait_until(CHOSEN_IN_SIGHT.replace("${place}", "#root"))
    assert window.evaluate(WEIGHTS_OF_HEADINGS) == ["600"]
    saw_no_trouble(window)


def test_a_mark_opens_its_card_and_the_address_of_the_card_opens_the_record(window: Window, server: str) -> None:
    window.open(f"{server}/disagreements?disagreement=DIS-03")
    window.press(".st-key-disagreement-panel .js-plotly-plot .scatterlayer .trace .points path")
    window.shows("[role=dialog]", "people")
    address = window.text("[role=dialog] [data-testid=stCode] code").strip()
    assert "figure=" in address
    words = window.text("[role=dialog] .card-number")
    window.type(ESCAPE)
    window.is_gone("[role=dialog]")
    window.open(address)
    window.shows(".st-key-figure-card", words)
    saw_no_trouble(window)


def test_a_download_has_its_name_and_the_bytes_of_its_address(
    window: Window, server: str, downloads_of: Callable[[str], Path]
) -> None:
    window.open(f"{server}/mission-timeline?lane=returns&country=North+Korea")
    window.press(".st-key-timeline-panel-take button")
    csv_link = "[...document.querySelectorAll('.st-key-take a')].find(one => one.innerText.trim() === 'CSV')"
    address = window.wait_until(f"({csv_link})?.getAttribute('href')")
    window.evaluate(f"{csv_link}.id = 'the-csv'")
    window.press("#the-csv")
    with urllib.request.urlopen(urljoin(server, address)) as answer:
        content, disposition = answer.read(), answer.headers["Content-Disposition"]
    name = disposition.split('filename="')[1].split('"')[0]
    assert name.startswith("events-timeline-panel_lane-returns_country-north-korea_v")
    assert window.arrived(downloads_of(window.name) / name) == content
    assert len(list(csv.reader(StringIO(content.decode("utf-8-sig"))))) > 2
    saw_no_trouble(window)


def test_a_page_is_presented_by_keys_and_left(window: Window, server: str) -> None:
    window.open(f"{server}/prisoners-of-war?hedge=more+than")
    window.press(".st-key-present-begin button")
    window.shows(".stage-position", "1 of 3")
    window.wait_until("Boolean(document.querySelector('.st-key-stage-leave button:enabled'))")
    for key, place in ((RIGHT, "2 of 3"), (LEFT, "1 of 3")):
        window.type(key)
        window.shows(".stage-position", place)
        window.is_gone("[data-stale=true], [data-testid=stStatusWidget]")
    window.press(".st-key-stage-leave button")
    window.is_gone(".stage-position")
    window.settled()
    assert window.evaluate("location.pathname + location.search") == "/prisoners-of-war?hedge=more+than"
    saw_no_trouble(window)


def test_back_from_another_page_shows_the_choice_that_was_left(window: Window, server: str) -> None:
    window.open(f"{server}/mission-timeline")
    window.press(".filter-toggle summary")
    window.press(".st-key-lane input")
    window.type("talks")
    window.shows("[role=option]", "talks")
    window.press("[role=option]")
    window.shows(".st-key-timeline-panel", "events: talks.")
    window.wait_until("location.search === '?lane=talks'")
    window.press("[data-testid=stTopNavLink][href*='recovery-map'], a[href*='recovery-map']")
    window.wait_until("document.querySelector('h1')?.innerText === 'Where did it happen?'")
    window.settled()
    window.back()
    window.shows(".st-key-timeline-panel", "events: talks.")
    assert window.evaluate("location.pathname + location.search") == "/mission-timeline?lane=talks"
    saw_no_trouble(window)


def test_on_paper_a_copy_stands_in_the_place_of_the_page_and_leaves_it_as_it_was(window: Window, server: str) -> None:
    window.open(f"{server}/counts-over-time")
    window.wait_until("window.printWatched")
    window.evaluate("dispatchEvent(new Event('beforeprint'))")
    paper = "document.querySelector('#paper').shadowRoot"
    assert window.evaluate(f"{paper}.querySelector('h1').innerText") == heading(window)
    assert window.evaluate(f"{paper}.querySelectorAll('figure > svg').length") > 0
    window.evaluate("dispatchEvent(new Event('afterprint'))")
    window.is_gone("#paper")
    saw_no_trouble(window)
