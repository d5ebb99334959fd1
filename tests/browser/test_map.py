"""A place is chosen on the map that moves by a press and by keys, and the map stays in sight as it was.

Drawn by the processor, this map takes seconds to open: it is opened once for
the tests that can go on where the one before has left it.
"""

import contextlib
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, expect

from components.map.window import ROOMS, window_in
from components.panels.catalogue import panel_of
from data.record.load import Library
from tests.browser.conftest import Reader, reader_in
from tests.browser.test_presenting import shows_whole_on_every_screen
from tests.components.exports.test_paper import with_defaults

pytestmark = pytest.mark.browser
MAP, CARD = ".st-key-map-map canvas", ".st-key-place-card h3"
MAP_OF_PHONE = ".st-key-map-phone canvas"


def pixel_of(reader: Reader, library: Library, place_id: str, room: str = "page") -> tuple[float, float]:
    """Where the mark of a place is drawn in the first view of the page."""
    canvas = reader.page.locator(MAP if room == "page" else MAP_OF_PHONE).first
    expect(canvas).to_be_visible()
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    deck_for = panel_of("map", library, with_defaults("recovery-map", library)).drawn.deck_for
    assert deck_for is not None
    deck, fit = deck_for(room), box["width"] / canvas.evaluate("one => one.offsetWidth") * ROOMS[room].enlargement
    records = [row for layer in deck.layers if isinstance(layer.data, list) for row in layer.data]
    mark = next(row for row in records if row.get("place_id") == place_id and "radius" in row)
    window = window_in("peninsula", room)
    x, y = window.pixel(*mark["position"])
    across, down = fit * (x - window.size[0] / 2), fit * (y - window.size[1] / 2)
    return box["x"] + box["width"] / 2 + across, box["y"] + box["height"] / 2 + down


def waits_for_land(reader: Reader) -> None:
    reader.wait_until("performance.getEntriesByType('resource').some(one => one.name.includes('/geo/countries'))")
    reader.settled()


def hears_pointer(reader: Reader, x: float, y: float, name: str) -> None:
    """Waits until the map answers the pointer at a place with what is there: before, it hears no press."""
    tooltip = reader.page.locator(".deck-tooltip", has_text=name)
    for _ in range(20):
        reader.page.mouse.move(x - 40, y - 40)
        reader.page.mouse.move(x, y, steps=4)
        with contextlib.suppress(AssertionError):
            expect(tooltip).to_be_visible(timeout=1_000)
            return
    pytest.fail(f"the map does not answer with {name} at {x:.0f}, {y:.0f}")


def press(reader: Reader, library: Library, place_id: str, name: str) -> None:
    """Presses the mark of a place."""
    x, y = pixel_of(reader, library, place_id)
    hears_pointer(reader, x, y, name)
    reader.page.mouse.click(x, y)


@pytest.fixture(scope="module")
def at_map(context: BrowserContext, server: str) -> Iterator[Reader]:
    """A reader at the map, which has come with its land."""
    reader = reader_in(context, server)
    reader.page.on("response", lambda answer: reader.fetched.append(f"{answer.status} {answer.url}"))
    reader.open("recovery-map")
    waits_for_land(reader)
    yield reader
    reader.page.close()


def test_the_map_paints_its_own_land_with_the_network_cut(at_map: Reader) -> None:
    expect(at_map.page.locator(".st-key-map canvas").first).to_be_visible()
    expect(at_map.page.locator(".without-webgl")).to_be_hidden()
    fetched = [line for line in at_map.fetched if "/geo/" in line]
    assert any("countries.geojson" in line for line in fetched)
    assert all(line.startswith(("200", "304")) for line in fetched)
    at_map.saw_no_trouble()


def test_a_forced_palette_leaves_the_ground_of_the_map_white(at_map: Reader) -> None:
    at_map.page.emulate_media(forced_colors="active")
    ground = at_map.page.get_by_test_id("stDeckGlJsonChart").first
    assert ground.evaluate("one => getComputedStyle(one).backgroundColor") == "rgb(255, 255, 255)"
    at_map.page.emulate_media(forced_colors="none")


def test_a_place_is_chosen_by_keys(at_map: Reader) -> None:
    at_map.type_into(at_map.page.locator(".st-key-place input"), "Chosin")
    expect(at_map.page.locator(CARD)).to_contain_text("Chosin")
    expect(at_map.page).to_have_url(re.compile("place=PRK_CHOSIN"))
    at_map.saw_no_trouble()


def test_a_press_on_a_circle_chooses_its_place_and_a_second_one_keeps_it(at_map: Reader, library: Library) -> None:
    card = at_map.page.locator(CARD)
    for place_id, name in (  # each another one than is chosen, so that the card tells when the press was heard
        ("PRK_UNSAN_KUJANG", "Unsan and Kujang"),
        ("PRK_CHOSIN", "Chosin"),
        ("KOR_DAEJEON", "Daejeon"),
    ):
        press(at_map, library, place_id, name)
        expect(card).to_contain_text(name)
        expect(at_map.page).to_have_url(re.compile(f"place={place_id}"))
        at_map.settled()
    press(at_map, library, "KOR_DAEJEON", "Daejeon")
    at_map.settled()
    expect(card).to_contain_text("Daejeon")
    expect(at_map.page.locator(MAP).first).to_be_in_viewport()
    at_map.saw_no_trouble()


LOSE = """() => {
  window.getContext = HTMLCanvasElement.prototype.getContext;
  for (const canvas of document.querySelectorAll('.st-key-map-map canvas')) {
    (canvas.getContext('webgl2') || canvas.getContext('webgl')).getExtension('WEBGL_lose_context').loseContext();
    canvas.dataset.lost = 'yes';
  }
  HTMLCanvasElement.prototype.getContext = () => null;
}"""


def test_where_the_drawing_is_lost_the_flat_map_stands_in_until_it_comes_back(at_map: Reader, library: Library) -> None:
    at_map.page.evaluate(LOSE)
    expect(at_map.page.locator(".st-key-map-map .flat-map")).to_be_visible()
    expect(at_map.page.locator(".without-webgl")).to_be_visible()
    at_map.page.evaluate("void (HTMLCanvasElement.prototype.getContext = window.getContext)")
    expect(at_map.page.locator(".flat-map")).to_have_count(0)
    expect(at_map.page.locator(".without-webgl")).to_be_hidden()
    expect(at_map.page.locator(f"{MAP}[data-lost]")).to_have_count(0)
    for place_id, name in (("PRK_CHOSIN", "Chosin"), ("KOR_DAEJEON", "Daejeon")):
        press(at_map, library, place_id, name)
        expect(at_map.page.locator(CARD)).to_contain_text(name)
        at_map.settled()


def test_the_map_that_moves_is_whole_on_every_screen_when_presented(reader: Reader) -> None:
    shows_whole_on_every_screen(reader, "map")
    expect(reader.page.get_by_test_id("stDeckGlJsonChart").locator("canvas").first).to_be_visible()
