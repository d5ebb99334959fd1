"""Does a page keep all it says on a small or much enlarged screen, without motion, in a palette of the reader's own?"""

import io
import itertools
from typing import Any

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser, expect

from data.record.wording import figure_in_words
from tests.browser.conftest import Reader, reader_at
from tests.conftest import PAGES

pytestmark = [pytest.mark.browser, pytest.mark.flat]
# What 1280 by 1024 pixels come to when everything is four times as large.
ZOOMED = (320, 256)
LEVELS = """() => [...document.querySelectorAll('h1, h2, h3, h4, h5, h6, [role=heading]')]
  .filter(one => one.checkVisibility())
  .map(one => Number(one.getAttribute('aria-level') || one.tagName[1]))"""
# Things to press that are smaller than 24 by 24 pixels. The field of a list with tags is pressed anywhere in its frame; what
# lies outside the window or is clipped away is there for screen readers alone.
SMALL = """() => [...document.querySelectorAll(
    'a[href]:not(svg a[tabindex="-1"]), button, input, select, textarea, summary, [role=button], [role=tab], [role=radio], [role=option], [role=slider]')]
  .filter(one => one.checkVisibility({ opacityProperty: false }))
  .map(one => [one, (one.closest('.react-aria-ComboBox [role=group]') && one.matches('input') ? one.closest('[role=group]') : one).getBoundingClientRect()])
  .filter(([one, box]) => box.width > 1 && box.height > 1 && box.right > 0 && box.left < innerWidth)
  .filter(([one]) => { for (let up = one; up; up = up.parentElement) { const style = getComputedStyle(up);
    if (style.clip !== 'auto' || style.clipPath.startsWith('inset(50%')) return false; } return true; })
  .filter(([one, box]) => box.width < 24 || box.height < 24)
  .map(([one, box]) => `${one.outerHTML.slice(0, 120)} ${box.width}x${box.height}`)"""
WIDER = """() => [document.documentElement, document.querySelector('[data-testid=stMain]'), document.querySelector('[role=dialog]')]
  .filter(one => one && one.scrollWidth > one.clientWidth + 1).map(one => one.outerHTML.slice(0, 80))"""


@pytest.fixture
def zoomed(reader: Reader) -> Reader:
    width, height = ZOOMED
    reader.page.set_viewport_size({"width": width, "height": height})
    return reader


def reader_with(browser: Browser, server: str, **media: Any) -> Reader:
    reader = reader_at(browser, server)
    reader.page.emulate_media(**media)
    return reader


def levels_of_heads(reader: Reader) -> list[int]:
    """Levels of the heads in sight, in their order; none is skipped on the way down."""
    levels = [int(level) for level in reader.page.evaluate(LEVELS)]
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), levels
    return levels


@pytest.mark.parametrize("path", ["sources-and-data?figure=FIG-109", "recovery-map?place=THA_BANGKOK"])
def test_a_card_on_a_page_skips_no_level_of_heads(reader: Reader, path: str) -> None:
    reader.open(path)
    assert levels_of_heads(reader)
    assert reader.page.evaluate(SMALL) == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_enlarged_four_times_needs_no_scrolling_to_the_side(zoomed: Reader, path: str) -> None:
    zoomed.open(path)
    assert zoomed.page.evaluate(WIDER) == []
    assert zoomed.page.evaluate(SMALL) == []
    zoomed.saw_no_trouble()


def test_records_cards_and_dialogs_enlarged_four_times_need_none_either(
    zoomed: Reader, newest_count: dict[str, Any]
) -> None:
    zoomed.open("")
    zoomed.first_card().press("Enter")
    expect(zoomed.record_of_address()).to_contain_text(figure_in_words(newest_count))
    zoomed.settled()  # the parts of a record are wider until the last has come
    zoomed.wait_until(f"({WIDER})().length === 0")
    assert zoomed.page.evaluate(SMALL) == []
    zoomed.open("")
    expect(zoomed.open_a_card()).to_contain_text("approximately 5,500 people")
    assert zoomed.page.evaluate(WIDER) == [] and zoomed.page.evaluate(SMALL) == []
    zoomed.open("")
    zoomed.page.locator(".st-key-believed-to-lie-take button").press("Enter")
    expect(zoomed.page.locator(".st-key-take")).to_contain_text("How to cite this")
    assert zoomed.page.evaluate(WIDER) == [] and zoomed.page.evaluate(SMALL) == []
    zoomed.saw_no_trouble()


def test_where_no_motion_is_wanted_nothing_moves_and_nothing_is_lost(browser: Browser, server: str) -> None:
    still, moved = reader_with(browser, server, reduced_motion="reduce"), reader_at(browser, server)
    said = []
    for reader in (still, moved):
        reader.open("mission-timeline")
        expect(reader.page.locator(".st-key-timeline-panel .js-plotly-plot").first).to_be_visible()
        said.append(reader.page.locator("h1, h2, h3, .lead, .summary, .key, .source").all_inner_texts())
    assert said[0] == said[1] and len(said[0]) > 5
    still.page.locator(".st-key-timeline-panel-take button").click()
    lasting = "document.getAnimations().filter(one => one.effect.getComputedTiming().duration > 1).length"
    assert still.page.evaluate(lasting) == 0
    for reader in (still, moved):
        reader.saw_no_trouble()
        reader.page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_forced_palette_leaves_drawings_sliders_and_choices_in_sight(
    browser: Browser, server: str, scheme: Any
) -> None:
    forced = reader_with(browser, server, forced_colors="active", color_scheme=scheme)
    forced.open("prisoners-of-war")
    chart = forced.page.locator(".st-key-lead-drawing-prisoner-totals .js-plotly-plot .main-svg").first
    expect(chart).to_be_visible()
    drawn = [Image.open(io.BytesIO(chart.screenshot())).convert("L").resize((400, 400))]
    forced.page.emulate_media(forced_colors="none", color_scheme="light")
    drawn.append(Image.open(io.BytesIO(chart.screenshot())).convert("L").resize((400, 400)))
    forced.page.emulate_media(forced_colors="active", color_scheme=scheme)
    apart = ImageChops.difference(*drawn).point(lambda value: 255 if value > 64 else 0)
    assert apart.histogram()[255] < 400 * 400 * 0.01
    forced.open("mission-timeline")
    thumb = forced.page.locator(".stSlider div:has(> div > input[type='range'])").first
    assert thumb.evaluate("one => parseFloat(getComputedStyle(one).borderTopWidth)") >= 4
    chosen, other = (
        forced.page.locator(f".st-key-source [role=radio][aria-checked={said}]") for said in ("true", "false")
    )
    width = "one => parseFloat(getComputedStyle(one).borderTopWidth)"
    assert chosen.evaluate(width) > other.evaluate(width)
    forced.saw_no_trouble()
    forced.page.context.close()
