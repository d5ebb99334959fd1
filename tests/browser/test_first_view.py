"""A page is there with the answer to its address, and the live page takes its place without a step that anybody sees or hears.

Each page is opened once, by a reader who does nothing: it is looked at before its scripts begin, while the live page stands
behind the first view, and once that has left.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.conftest import Reader
from tests.browser.test_axe import found_by_axe
from tests.conftest import PAGES

pytestmark = pytest.mark.browser
WIDE, PHONE = (1280, 800), (390, 844)
# What holds the first view back: it leaves once nothing of the live page is still to come.
STILL_TO_COME = '<i id="still-to-come" data-testid="stSkeleton"></i>'
# The frontend empties its root as it begins: what holds the view back is put there again.
HOLD = f"""() => {{
  const root = document.getElementById('root');
  const hold = () => window.released || document.getElementById('still-to-come') || root.insertAdjacentHTML('beforeend', '{STILL_TO_COME}');
  new MutationObserver(hold).observe(root, {{ childList: true }});
  hold();
}}"""
RELEASE = "window.released = true; document.getElementById('still-to-come').remove();"
LIVE_STANDS = """document.querySelector('#root h1') && document.querySelector('[data-test-script-state=notRunning]')
  && document.querySelectorAll('#root [data-testid=stSkeleton]').length === 1"""
STIR = "dispatchEvent(new PointerEvent('pointermove'))"
# Pixels by which a part may be elsewhere on the live page.
NEAR = 4
# The places of parts that are in the window, by their keys on the page and by what they are: of the first view, of the live page.
BOXES = """([root, key]) => {
  const found = {};
  const note = (name, one) => {
    const { left, top, right, width, height } = one.getBoundingClientRect();
    const seen = width && height && top < innerHeight && left < innerWidth && right > 0;
    if (seen && !(name in found)) found[name] = [left, top, width].map(Math.round);
  };
  const parts = document.querySelectorAll(`${root} [class*="${key}"]`);
  parts.forEach(one => note([...one.classList].find(name => name.startsWith(key)).slice(key.length), one));
  document.querySelectorAll(`${root} :is(h1, h2:not(.panel-title-unseen), .answer, .foot, .rail, .tiles, .glance, .origins, .disagreements, .event-list)`)
    .forEach((one, nth) => note(`${one.tagName} ${one.className} ${one.textContent.slice(0, 20)}`, one));
  return found;
}"""
# How many parts of the live page are in sight: behind the first view they would count as moving.
SEEN_BEHIND = (
    "[...document.querySelectorAll('#root *')].filter(one => getComputedStyle(one).visibility === 'visible').length"
)
FIRST, LIVE = ["#first-view", "first-key-"], ["#root", "st-key-"]
READ = ("heading", "link", "button", "figure", "navigation", "main")


class Change(NamedTuple):
    """A page in its three states: what is where before and after, what is read aloud and what axe finds in each."""

    path: str
    boxes: tuple[dict[str, list[int]], dict[str, list[int]]]
    heard: dict[str, list[tuple[str, str]]]
    axe: dict[str, list[str]]
    seen_behind: int
    scrolled: tuple[float, float]
    focused: tuple[str, str]
    reader: Reader


def heard_by(reader: Reader) -> list[tuple[str, str]]:
    """Role and name of what a screen reader comes to, in its order."""
    line = reader.page.context.new_cdp_session(reader.page)
    nodes: list[dict[str, Any]] = line.send("Accessibility.getFullAXTree")["nodes"]
    line.detach()
    seen = [node for node in nodes if not node["ignored"] and node.get("role", {}).get("value") in READ]
    return [(node["role"]["value"], node.get("name", {}).get("value", "")) for node in seen]


def changed(reader: Reader, path: str) -> Change:
    """Opens a page and has the live one take over, with a link in focus and, in the end, some way down the page."""
    page = reader.page
    page.add_init_script(f"addEventListener('DOMContentLoaded', {HOLD})")
    page.goto(f"{reader.address}/{path}")
    page.evaluate("document.fonts.ready.then(() => true)")
    before, heard, axe = page.evaluate(BOXES, FIRST), {"before": heard_by(reader)}, {"before": found_by_axe(reader)}
    page.evaluate(STIR)
    reader.wait_until(LIVE_STANDS)
    heard["during"], axe["during"] = heard_by(reader), found_by_axe(reader)
    behind = page.evaluate(SEEN_BEHIND)
    page.locator("#first-view main a[href]:not([data-key])").first.focus()
    focus = "document.activeElement.getAttribute('href')"
    focused = page.evaluate(focus)
    place = page.locator("#first-view main").evaluate("main => { main.scrollTo(0, 60); return main.scrollTop; }")
    page.evaluate(RELEASE)
    reader.settled()
    main = page.get_by_test_id("stMain")
    scrolled = main.evaluate("main => [main.scrollTop, main.scrollHeight - main.clientHeight]")
    focused_then = page.evaluate(focus)
    main.evaluate("main => main.scrollTo(0, 0)")
    reader.draws_whole()
    heard["after"] = heard_by(reader)
    return Change(
        path,
        (before, page.evaluate(BOXES, LIVE)),
        heard,
        axe,
        behind,
        (min(place, scrolled[1]), scrolled[0]),
        (focused, focused_then),
        reader,
    )


@pytest.fixture(scope="module")
def still_context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": WIDE[0], "height": WIDE[1]})
    yield context
    context.close()


@pytest.fixture(scope="module", params=PAGES)
def change(request: pytest.FixtureRequest, still_context: BrowserContext, server: str) -> Iterator[Change]:
    reader = Reader(still_context.new_page(), server)
    yield changed(reader, request.param)
    reader.page.close()


def moved_in(boxes: tuple[dict[str, list[int]], dict[str, list[int]]]) -> dict[str, list[list[int]]]:
    """The parts that both views have and that are not in the same place."""
    before, after = boxes
    both = {name: [before[name], after[name]] for name in before if name in after}
    assert len(both) > 5
    return {name: pair for name, pair in both.items() if max(abs(a - b) for a, b in zip(*pair, strict=True)) > NEAR}


def test_what_is_in_the_first_screen_stays_where_it_is_when_the_live_page_takes_over(change: Change) -> None:
    assert moved_in(change.boxes) == {}


def test_each_thing_is_read_aloud_once_before_during_and_after(change: Change) -> None:
    heads = {state: [name for role, name in heard if role == "heading"] for state, heard in change.heard.items()}
    assert heads["before"] == heads["during"] and len(heads["before"]) > 0
    assert heads["after"][0] == heads["before"][0]
    for state, names in heads.items():
        assert len(names) == len(set(names)), (state, names)
        assert [role for role, _ in change.heard[state]].count("main") == 1


def test_nothing_of_the_live_page_is_in_sight_before_it_takes_over(change: Change) -> None:
    assert change.seen_behind == 0


def test_axe_finds_nothing_serious_before_and_during_the_change(change: Change) -> None:
    """What it finds on the live page is in test_each_page.py."""
    assert change.axe == {"before": [], "during": []}


def test_the_focus_and_the_place_on_the_page_are_those_of_the_first_view(change: Change) -> None:
    assert change.focused[0] and change.focused[1] == change.focused[0]
    assert change.scrolled[1] == change.scrolled[0]


@pytest.mark.parametrize("path", ["counts-over-time", "recovery-map", "mission-timeline", ""])
def test_on_a_phone_too_nothing_moves_when_the_live_page_takes_over(browser: Browser, server: str, path: str) -> None:
    context = browser.new_context(viewport={"width": PHONE[0], "height": PHONE[1]})
    reader = Reader(context.new_page(), server)
    reader.page.goto(f"{server}/{path}")
    reader.page.evaluate("document.fonts.ready.then(() => true)")
    before = reader.page.evaluate(BOXES, FIRST)
    reader.page.evaluate(STIR)
    reader.settled()
    reader.draws_whole()
    assert moved_in((before, reader.page.evaluate(BOXES, LIVE))) == {}
    context.close()


def test_a_reader_who_does_nothing_is_given_the_live_page_all_the_same(browser: Browser, server: str) -> None:
    context = browser.new_context()
    reader = Reader(context.new_page(), server)
    reader.open("explore")
    context.close()


def test_what_is_pressed_before_the_scripts_are_there_is_done_once_they_are(browser: Browser, server: str) -> None:
    context = browser.new_context(viewport={"width": WIDE[0], "height": WIDE[1]})
    reader = Reader(context.new_page(), server)
    reader.page.goto(f"{server}/counts-over-time")
    reader.page.locator("#first-view").get_by_text("Since 1950").click()
    reader.settled()
    expect(reader.page).to_have_url(f"{server}/counts-over-time?period=Since+1950")
    reader.page.reload()
    reader.page.locator("#first-view").get_by_text("Share and download").first.click()
    expect(reader.page.get_by_role("dialog")).to_be_visible()
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_with_scripts_off_a_page_can_be_read_its_tables_reached_and_its_files_downloaded(
    browser: Browser, server: str, path: str
) -> None:
    context = browser.new_context(java_script_enabled=False, accept_downloads=True)
    page = context.new_page()
    page.goto(f"{server}/{path}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator(".answer")).to_be_visible()
    expect(page.locator(".first-needs")).to_be_visible()
    rows, files = (page.locator(f'a[href^="/data/v1/"][href*=".{ending}?"]') for ending in ("html", "csv"))
    if rows.count():
        with page.expect_download() as download:
            files.first.dispatch_event("click")
        assert download.value.suggested_filename.endswith(".csv")
        page.goto(f"{server}{rows.first.get_attribute('href')}")
        expect(page.get_by_role("table").first).to_be_visible()
    else:
        page.locator(".first-needs a").click()
        expect(page.get_by_role("heading", name="Tables")).to_be_visible()
    context.close()
