"""Does a page keep all it says on a small or much enlarged screen, without motion, in a palette of the reader's own?"""

import io
import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser, expect

from components.navigation import PAGES as PAGES_OF_FRAME
from tests.browser.conftest import Reader, reader_at
from tests.conftest import PAGES

pytestmark = pytest.mark.browser
NAMES = {page.path: page.name for page in PAGES_OF_FRAME}
# What 1280 by 1024 pixels come to when everything is four times as large.
ZOOMED = (320, 256)
LEVELS = """() => [...document.querySelectorAll('h1, h2, h3, h4, h5, h6, [role=heading]')]
  .filter(one => one.checkVisibility())
  .map(one => Number(one.getAttribute('aria-level') || one.tagName[1]))"""
# Things to press that are smaller than 24 by 24 pixels. The field of a list with tags is pressed anywhere in its frame; what
# lies outside the window or is clipped away is there for screen readers alone.
SMALL = """() => [...document.querySelectorAll(
    'a[href], button, input, select, textarea, summary, [role=button], [role=tab], [role=radio], [role=option], [role=slider]')]
  .filter(one => one.checkVisibility({ opacityProperty: false }))
  .map(one => [one, (one.closest('.react-aria-ComboBox [role=group]') && one.matches('input') ? one.closest('[role=group]') : one).getBoundingClientRect()])
  .filter(([one, box]) => box.width > 1 && box.height > 1 && box.right > 0 && box.left < innerWidth)
  .filter(([one]) => { for (let up = one; up; up = up.parentElement) { const style = getComputedStyle(up);
    if (style.clip !== 'auto' || style.clipPath.startsWith('inset(50%')) return false; } return true; })
  .filter(([one, box]) => box.width < 24 || box.height < 24)
  .map(([one, box]) => `${one.outerHTML.slice(0, 120)} ${box.width}x${box.height}`)"""
WIDER = """() => [document.documentElement, document.querySelector('[data-testid=stMain]'), document.querySelector('[role=dialog]')]
  .filter(one => one && one.scrollWidth > one.clientWidth + 1).map(one => one.outerHTML.slice(0, 80))"""
SPACING = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; } p { margin-bottom: 2em !important; }"
# Text that its own box cuts off, which nothing but a wider box would show again.
CUT = """() => [...document.querySelectorAll('[data-testid=stMain] :is(p, h1, h2, h3, dd, dt, li, button, label)')]
  .filter(one => one.checkVisibility() && one.childElementCount === 0)
  .filter(one => ['hidden', 'clip'].includes(getComputedStyle(one).overflowX) && one.scrollWidth > one.clientWidth + 1)
  .map(one => one.outerHTML.slice(0, 120))"""

# What is drawn, and the name of the figure that it stands in.
DRAWN = """() => [...document.querySelectorAll('.js-plotly-plot, .static-chart svg, [data-testid=stDeckGlJsonChart] canvas')]
  .filter(one => one.checkVisibility())
  .map(one => one.closest('[role=figure]')?.getAttribute('aria-label') || 'none')"""


@pytest.fixture
def zoomed(browser: Browser, server: str) -> Iterator[Reader]:
    reader = reader_at(browser, server, *ZOOMED)
    yield reader
    reader.page.context.close()


def reader_with(browser: Browser, server: str, **media: Any) -> Reader:
    reader = reader_at(browser, server)
    reader.page.emulate_media(**media)
    return reader


def levels_of_heads(reader: Reader) -> list[int]:
    """Levels of the heads in sight, in their order; none is skipped on the way down."""
    levels = [int(level) for level in reader.page.evaluate(LEVELS)]
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), levels
    return levels


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_title_language_one_head_named_figures_no_small_control_and_room_for_wider_spacing(
    reader: Reader, path: str
) -> None:
    reader.open(path)
    expect(reader.page).to_have_title(f"{NAMES[path]} – Korean War accounting")
    assert reader.page.evaluate("document.documentElement.lang") == "en"
    if path not in ("sources-and-data", "path"):
        expect(
            reader.page.locator(".js-plotly-plot, .static-chart svg, [data-testid=stDeckGlJsonChart] canvas").first
        ).to_be_visible()
    levels = levels_of_heads(reader)
    assert levels.count(1) == 1 and levels[0] == 1
    assert reader.page.evaluate(SMALL) == []
    names = reader.page.evaluate(DRAWN)
    assert bool(names) == (path not in ("sources-and-data", "path"))
    assert all(40 <= len(name) <= 300 for name in names), names
    reader.page.add_style_tag(content=SPACING)
    assert reader.page.evaluate(CUT) == []
    assert reader.page.evaluate(WIDER) == []


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


def test_cards_dialogs_and_the_presenter_view_enlarged_four_times_need_none_either(zoomed: Reader) -> None:
    zoomed.open("")
    zoomed.first_card().press("Enter")
    expect(zoomed.page.get_by_role("dialog")).to_contain_text("7,456 people")
    assert zoomed.page.evaluate(WIDER) == [] and zoomed.page.evaluate(SMALL) == []
    zoomed.page.keyboard.press("Escape")
    zoomed.page.locator(".st-key-believed-to-lie-take button").press("Enter")
    expect(zoomed.page.locator(".st-key-take")).to_contain_text("How to cite this")
    assert zoomed.page.evaluate(WIDER) == [] and zoomed.page.evaluate(SMALL) == []
    for path in [path for path in PAGES if path != "path"]:
        zoomed.page.goto(f"{zoomed.address}/{path}?present=1")
        expect(zoomed.page.locator(".st-key-stage-foot")).to_be_visible()
        assert zoomed.page.evaluate(WIDER) == []
        zoomed.page.locator(".st-key-stage-next button").scroll_into_view_if_needed()
        expect(zoomed.page.locator(".st-key-stage-next button")).to_be_in_viewport()
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
    forced, plain = (
        reader_with(browser, server, forced_colors="active", color_scheme=scheme),
        reader_at(browser, server),
    )
    drawn = []
    for reader in (forced, plain):
        reader.open("prisoners-of-war")
        chart = reader.page.locator(".st-key-claims .js-plotly-plot .main-svg").first
        expect(chart).to_be_visible()
        drawn.append(Image.open(io.BytesIO(chart.screenshot())).convert("L").resize((400, 400)))
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
    forced.open("recovery-map")
    ground = forced.page.get_by_test_id("stDeckGlJsonChart")
    assert ground.evaluate("one => getComputedStyle(one).backgroundColor") == "rgb(255, 255, 255)"
    for reader in (forced, plain):
        reader.saw_no_trouble()
        reader.page.context.close()
