"""What does a briefer do, in a real browser? One panel at a time, forward and back, and the same page after."""

import re

import pytest
from playwright.sync_api import Browser, expect

from data.query.path import READY, decode_path, encode_path
from data.query.views import VIEWS, views_of
from tests.browser.conftest import Reader, keep_a_view, reader_at

pytestmark = [pytest.mark.browser, pytest.mark.flat]
IN_SIGHT = """() => {
  const source = document.querySelector('.stage-source').getBoundingClientRect();
  const main = document.querySelector('[data-testid=stMain]');
  return source.height > 0 && source.top >= 0 && source.bottom <= innerHeight && main.scrollWidth <= main.clientWidth + 1;
}"""
SCREENS = ((1280, 720), (1280, 800), (1366, 768), (1920, 1080), (2560, 1440))
# What of a presented panel is off the screen, scrolls, touches another label or is written too small: 18 pixels on a screen
# of 1080 lines, in proportion below, and never under 14. The box of a label has air above and below its letters.
NOT_WHOLE = """() => {
  const stage = document.querySelector('.st-key-stage-drawing'), frame = stage.parentElement.getBoundingClientRect();
  const kinds = '.js-plotly-plot .main-svg:first-of-type, [data-testid=stDeckGlJsonChart], .stage-tiles > div, .then-and-now table';
  const drawn = [...stage.querySelectorAll(kinds)].filter(one => one.checkVisibility());
  const words = [...stage.querySelectorAll('.js-plotly-plot text, .stage-tiles p, .then-and-now :is(th, td, .key)')]
    .filter(one => one.checkVisibility() && one.textContent.trim());
  const name = one => `${one.textContent.trim().slice(0, 40) || one.className.baseVal || one.className}`;
  const off = one => { const box = one.getBoundingClientRect();
    return box.width < 1 || box.left < -1 || box.right > innerWidth + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1; };
  const size = one => parseFloat(getComputedStyle(one).fontSize) * (one.getScreenCTM ? Math.hypot(one.getScreenCTM().a, one.getScreenCTM().b) : 1);
  const least = Math.max(14, Math.min(innerHeight, 1080) / 60) - 0.01;
  const labels = [...stage.querySelectorAll('.js-plotly-plot text')].filter(one => one.checkVisibility() && one.textContent.trim())
    .map(one => [one.textContent.slice(0, 40), one.getBoundingClientRect()]);
  const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4.5;
  const touching = labels.flatMap(([name, box], at) => labels.slice(at + 1).filter(([, other]) => meet(box, other)).map(([other]) => `${name} touches ${other}`));
  const around = [document.querySelector('[data-testid=stMain]'), stage.parentElement, stage, document.querySelector('.stage-source'), ...stage.querySelectorAll('.stage-tiles')];
  return [
    ...(drawn.length ? [] : ['nothing is drawn']),
    ...drawn.filter(off).map(one => `off the screen: ${name(one)}`),
    ...words.filter(off).map(one => `words off the screen: ${name(one)}`),
    ...words.filter(one => size(one) < least).map(one => `${size(one).toFixed(1)} px: ${name(one)}`),
    ...touching,
    ...around.filter(one => one && (one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1))
      .map(one => `scrolls: ${one.className} ${one.scrollWidth}x${one.scrollHeight} in ${one.clientWidth}x${one.clientHeight}`),
  ];
}"""

# A window of 1280 by 720 pixels whose browser enlarges four fold, three, two and one and a half.
ENLARGED = ((320, 180), (426, 240), (640, 360), (853, 480))
# What of a presented panel, or of its buttons, no scrolling of the page brings into sight, or is pressed together.
OUT_OF_REACH = """() => {
  const main = document.querySelector('[data-testid=stMain]'), problems = [], place = main.getBoundingClientRect();
  const drawn = [...document.querySelectorAll('.st-key-stage-drawing :is(.js-plotly-plot, .stage-tiles, table)')].filter(one => one.checkVisibility());
  for (const one of [...drawn, ...document.querySelectorAll('.st-key-stage-foot button')]) {
    const box = one.getBoundingClientRect(), name = one.className || one.tagName;
    if (one.matches('.js-plotly-plot') && box.height < 300) problems.push(`${name} is ${box.height} high`);
    if (box.top + main.scrollTop < place.top || box.bottom + main.scrollTop > place.top + main.scrollHeight + 1) problems.push(`${name} is out of reach`);
    for (let around = one.parentElement; around !== main; around = around.parentElement) {
      const frame = around.getBoundingClientRect(), cuts = getComputedStyle(around).overflowY !== 'visible';
      if (cuts && (box.top < frame.top - 1 || box.bottom > frame.bottom + 1)) problems.push(`${name} is cut`);
    }
  }
  return drawn.length ? problems : ['nothing is drawn'];
}"""


def test_the_ready_path_runs_by_arrow_keys_alone_under_the_policy_and_each_address_opens_its_step(
    reader: Reader, violations: list[str], browser: Browser, server: str
) -> None:
    steps = len(READY.steps)
    reader.page.set_viewport_size({"width": 1920, "height": 1080})
    reader.page.goto(f"{server}/path?path={encode_path(READY)}&present=1&step=1")
    seen = []
    for number in range(1, steps + 1):
        reader.presents(number, steps)
        seen.append((reader.page.locator("#root .stage-title").inner_text(), reader.page.url))
        if number < steps:
            reader.page.keyboard.press("ArrowRight")
    for number in range(steps - 1, 0, -1):
        reader.page.keyboard.press("ArrowLeft")
        reader.presents(number, steps)
        assert reader.page.locator("#root .stage-title").inner_text() == seen[number - 1][0]
    assert len({url for _, url in seen}) == steps
    for title, url in seen[1::4]:
        other = reader_at(browser, server)
        other.page.goto(url)
        expect(other.page.locator("#root .stage-title")).to_have_text(title)
        other.saw_no_trouble()
        other.page.context.close()
    assert violations == []
    reader.saw_no_trouble()


def test_presenting_keeps_filters_and_choice_before_during_and_after(reader: Reader) -> None:
    reader.open("recovery-map?country=Thailand&place=THA_BANGKOK")
    expect(reader.page.locator(".st-key-place-card")).to_contain_text("Bangkok")
    reader.page.locator(".st-key-present-begin button").click()
    reader.presents(1, 3)
    expect(reader.page.locator(".stage-summary")).to_contain_text("Chosen: Thailand")
    reader.page.keyboard.press("ArrowRight")
    reader.presents(2, 3)
    expect(reader.page).to_have_url(re.compile("country=Thailand"))
    expect(reader.page).to_have_url(re.compile("place=THA_BANGKOK"))
    reader.page.locator(".st-key-stage-leave button").click()
    reader.settled()
    expect(reader.page.locator(".st-key-place-card")).to_contain_text("Bangkok")
    expect(reader.page.locator(".st-key-map")).to_contain_text(": Thailand.")
    assert "present" not in reader.page.url and "country=Thailand" in reader.page.url
    reader.saw_no_trouble()


def test_a_key_turns_the_presenter_view_on_and_off(reader: Reader) -> None:
    reader.open("prisoners-of-war?hedge=more+than")
    expect(reader.page.locator(".st-key-claims table")).to_be_visible()
    reader.page.get_by_role("heading", level=1).click()
    reader.page.keyboard.press("Alt+p")
    reader.presents(1, 3)
    reader.page.keyboard.press("Alt+p")
    reader.settled()
    assert reader.page.url.endswith("prisoners-of-war?hedge=more+than")
    reader.saw_no_trouble()


def test_a_panel_is_kept_presented_without_its_note_and_the_path_opens_for_another_reader(
    reader: Reader, browser: Browser, server: str
) -> None:
    keep_a_view(reader)
    reader.page.get_by_role("link", name="Presentation", exact=True).click()
    expect(reader.page.locator(".st-key-step-0")).to_contain_text("Events of the accounting by topic")
    code = reader.page.locator(".st-key-path-ways code")
    expect(code).to_contain_text("/path?path=")
    before = code.inner_text()
    note = reader.page.get_by_label("Note for the speaker")
    note.fill("say <b>this</b> first")
    note.press("Enter")
    expect(code).not_to_have_text(before)
    expect(reader.page).to_have_url(re.compile(r"path\?path=[\w-]+$"))
    reader.settled()
    address = code.inner_text()
    assert decode_path(address.split("path=", 1)[1]).steps[0].note == "say <b>this</b> first"
    other = reader_at(browser, server)
    other.page.goto(address)
    expect(other.page.locator(".st-key-step-0")).to_contain_text("talks")
    expect(other.page.get_by_label("Note for the speaker")).to_have_value("say <b>this</b> first")
    other.page.get_by_role("button", name="Present from here").click()
    other.presents(1, 1)
    expect(other.page.locator("body")).not_to_contain_text("say <b>this</b> first")
    other.saw_no_trouble()
    other.page.context.close()
    reader.saw_no_trouble()


@pytest.mark.parametrize("number", [1, 2, 8, 10])
def test_the_source_and_the_day_are_always_in_sight(reader: Reader, number: int) -> None:
    reader.page.goto(f"{reader.address}/path?path={encode_path(READY)}&present=1&step={number}")
    reader.presents(number, len(READY.steps))
    for width, height in ((1920, 1080), (1280, 720), (390, 844)):
        reader.page.set_viewport_size({"width": width, "height": height})
        reader.wait_until(f"({IN_SIGHT})()")
    reader.saw_no_trouble()


def test_presented_and_enlarged_up_to_four_times_every_drawing_can_be_reached_and_the_next_begins_at_its_title(
    reader: Reader,
) -> None:
    reader.page.goto(f"{reader.address}/path?path={encode_path(READY)}&present=1&step=1")
    for number in range(1, len(READY.steps) + 1):
        reader.presents(number, len(READY.steps))
        assert reader.page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") == 0
        for width, height in ENLARGED:
            reader.page.set_viewport_size({"width": width, "height": height})
            reader.wait_until(f"({OUT_OF_REACH})().length === 0", 5, f"({OUT_OF_REACH})().join('; ')")
        reader.page.locator(".st-key-stage-next button").scroll_into_view_if_needed()
        reader.page.keyboard.press("ArrowRight")
    reader.saw_no_trouble()


def test_on_a_page_the_ways_on_are_whole_at_the_foot_of_the_screen(reader: Reader) -> None:
    reader.page.set_viewport_size({"width": 1920, "height": 1080})
    reader.page.goto(f"{reader.address}/?present=1")
    reader.presents(1, len(views_of("")))
    ways = reader.page.locator(".st-key-stage-ways").bounding_box()
    assert ways is not None and ways["y"] + ways["height"] <= 1080 - 8
    reader.saw_no_trouble()


PRESENTED = [view.key for page in ("", "counts-over-time", "mission-timeline", "explore") for view in views_of(page)]
# Four series of the page Explore, on six charts side by side, two of them with figures without a date.
SIDE_BY_SIDE = "".join(
    f"&series={name}"
    for name in ("punchbowl_unknowns", "pow_transfer_claims", "k208_identified_cumulative", "accounted_for_fiscal_year")
)


def shows_whole_on_every_screen(reader: Reader, key: str, choices: str = "") -> None:
    """Presents a panel of a page, and waits at each size of screen until all of it is there, large enough to be read."""
    page = VIEWS[key].page
    reader.page.goto(f"{reader.address}/{page}?present=1&panel={key}{choices}")
    keys = [view.key for view in views_of(page)]
    reader.presents(keys.index(key) + 1, len(keys))
    for width, height in SCREENS:
        reader.page.set_viewport_size({"width": width, "height": height})
        reader.wait_until(f"({NOT_WHOLE})().length === 0", otherwise=f"({NOT_WHOLE})().join('; ')")
    reader.saw_no_trouble()


@pytest.mark.parametrize("key", PRESENTED)
def test_a_presented_panel_is_whole_on_every_screen_and_its_words_can_be_read(reader: Reader, key: str) -> None:
    shows_whole_on_every_screen(reader, key)


def test_series_that_are_presented_side_by_side_are_whole_on_every_screen(reader: Reader) -> None:
    shows_whole_on_every_screen(reader, "explore", SIDE_BY_SIDE)


def test_without_webgl_the_flat_map_is_presented_whole(reader: Reader) -> None:
    reader.page.goto(f"{reader.address}/recovery-map?present=1&panel=map")
    reader.presents(1, len(views_of("recovery-map")))
    drawing = reader.page.locator(".st-key-stage-map .main-svg").first
    for width, height in SCREENS:
        reader.page.set_viewport_size({"width": width, "height": height})
        expect(drawing).to_be_in_viewport(ratio=0.99)
    reader.saw_no_trouble()
