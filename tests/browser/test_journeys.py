"""What does a reader do, in a real browser without a network?"""

import re
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from playwright.sync_api import expect

from components.navigation import PAGES as LISTED
from data.query.select import Selection, one_row_per_event, select
from data.record.load import Library
from data.record.wording import figure_in_words, value_in_words
from tests.browser.conftest import Reader, reader_at

pytestmark = [pytest.mark.browser, pytest.mark.flat]
TITLES = {page.path: page.question for page in LISTED}


def take(reader: Reader, panel: str, what: str, folder: Path) -> Path:
    """Two clicks: the way out of a panel, then a kind of file; the file under the name that it came with."""
    reader.page.locator(f".st-key-{panel}-take button").click()
    with reader.page.expect_download() as arriving:
        reader.page.locator(".st-key-take").get_by_role("link", name=what, exact=True).click()
    path = folder / arriving.value.suggested_filename
    arriving.value.save_as(path)
    reader.page.keyboard.press("Escape")
    expect(reader.page.get_by_role("dialog")).to_have_count(0)
    return path


def test_explore_from_the_overview_to_a_place(reader: Reader, newest_count: dict[str, Any]) -> None:
    reader.open("")
    expect(reader.page.locator(".st-key-headlines")).to_contain_text(value_in_words(newest_count))
    reader.page.get_by_role("link", name="Map", exact=True).click()
    expect(reader.page.get_by_role("heading", level=1)).to_have_text(TITLES["recovery-map"])
    reader.type_into(reader.page.locator(".st-key-place input"), "Bangkok")
    card = reader.page.locator(".st-key-place-card")
    expect(card).to_contain_text("Robert Newberry meets North Koreans in Bangkok")
    expect(reader.page).to_have_url(f"{reader.address}/recovery-map?place=THA_BANGKOK")
    reader.saw_no_trouble()


def test_filter_and_share_brings_the_same_rows_to_another_reader(reader: Reader, library: Library) -> None:
    reader.open("mission-timeline")
    panel = reader.page.locator(".st-key-timeline-panel")
    expect(panel).to_contain_text(
        f"Showing {len(one_row_per_event(library['events']))} of {len(one_row_per_event(library['events']))} events."
    )
    reader.unfold_filters()
    reader.page.locator(".st-key-lane input").click()
    reader.page.get_by_role("option", name="talks").click()
    reader.page.keyboard.press("Escape")
    talks = one_row_per_event(select(library, "events", Selection("mission-timeline", {"lane": ("talks",)})))
    said = f"Showing {len(talks)} of {len(one_row_per_event(library['events']))} events: talks."
    expect(panel).to_contain_text(said)
    expect(reader.page).to_have_url(f"{reader.address}/mission-timeline?lane=talks")
    browser = reader.page.context.browser
    assert browser is not None
    other = reader_at(browser, reader.address)
    other.open("mission-timeline?lane=talks")
    expect(other.page.locator(".st-key-timeline-panel")).to_contain_text(said)
    other.page.locator(".st-key-reset button").click()
    expect(other.page.locator(".st-key-timeline-panel")).to_contain_text(
        f"Showing {len(one_row_per_event(library['events']))} of"
    )
    expect(other.page).to_have_url(f"{other.address}/mission-timeline")
    other.saw_no_trouble()
    other.page.context.close()
    reader.saw_no_trouble()


def test_a_card_opens_by_pointer_and_by_keyboard_and_the_page_is_one_step_back(
    reader: Reader, newest_count: dict[str, Any]
) -> None:
    reader.open("")
    button = reader.first_card()
    button.click()
    record = reader.record_of_address()
    expect(record).to_contain_text(figure_in_words(newest_count))
    expect(record.get_by_role("link", name="Open the source")).to_have_attribute("href", re.compile("^https?://"))
    reader.page.go_back()
    expect(button).to_be_visible()
    reader.settled()
    dialog = reader.page.get_by_role("dialog")
    reader.page.locator(".st-key-believed-to-lie-fold").get_by_role("button", name="Data").press("Enter")
    reader.type_into(reader.page.locator(".st-key-believed-to-lie-card input"), "5,500")
    expect(dialog).to_contain_text("approximately 5,500 people")
    expect(dialog).to_contain_text("Americans believed buried in North Korea")
    reader.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    reader.saw_no_trouble()


def test_the_focus_comes_back_to_the_list_after_a_search_with_several_matches(reader: Reader) -> None:
    reader.open("prisoners-of-war")
    reader.page.locator(".st-key-claims-fold button").first.click()
    field = reader.page.locator(".st-key-claims-card input")
    reader.type_into(field, "900")
    dialog = reader.page.get_by_role("dialog")
    expect(dialog).to_contain_text("more than 900 people")
    reader.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(field).to_be_focused()
    reader.saw_no_trouble()


def test_a_mark_of_the_chart_opens_the_card_of_its_row_each_time_it_is_pressed(reader: Reader) -> None:
    reader.open("disagreements?disagreement=DIS-03")
    chart = reader.chart_that_hears(".st-key-disagreement-panel .js-plotly-plot")
    box = chart.locator(".scatterlayer .trace .points path").first.bounding_box()
    assert box is not None
    for _ in ("once", "and once more when the card was closed"):
        reader.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        expect(reader.page.get_by_role("dialog")).to_contain_text("people")
        reader.page.keyboard.press("Escape")
        expect(reader.page.get_by_role("dialog")).to_have_count(0)
    reader.saw_no_trouble()


def test_the_view_of_a_day_holds_on_every_page_that_is_opened_from_it(
    reader: Reader, newest_count: dict[str, Any]
) -> None:
    reader.open("?asof=2012-07-03")
    expect(reader.page.locator(".st-key-headlines")).to_contain_text("7,954")
    reader.page.get_by_role("link", name="Counts", exact=True).click()
    expect(reader.page.get_by_role("heading", level=1)).to_have_text(TITLES["counts-over-time"])
    expect(reader.page.locator(".st-key-unaccounted-for")).to_contain_text("as published by 3 July 2012")
    expect(reader.page.locator(".st-key-unaccounted-for")).not_to_contain_text(value_in_words(newest_count))
    expect(reader.page).to_have_url(re.compile("asof=2012-07-03"))
    reader.saw_no_trouble()


def test_download_is_the_rows_on_the_screen(reader: Reader, library: Library, downloads: Path) -> None:
    reader.open("mission-timeline?lane=returns&country=North+Korea")
    chosen = Selection("mission-timeline", {"lane": ("returns",), "country": ("North Korea",)})
    expected = one_row_per_event(select(library, "events", chosen))
    expect(reader.page.locator(".st-key-timeline-panel")).to_contain_text(f"Showing {len(expected)} of")
    path = take(reader, "timeline-panel", "CSV", downloads)
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    assert list(rows["event_id"]) == list(expected["event_id"])
    assert path.name.startswith("events-timeline-panel_lane-returns_country-north-korea_v")
    expect(reader.page).to_have_url(re.compile("lane=returns&country=North"))
    reader.saw_no_trouble()


def test_a_reader_whose_file_waits_in_line_is_told_so_until_it_comes(reader: Reader) -> None:
    sentences = ["Waiting in line: 3 files are made before this one.", "The file is being made."]
    reader.page.route("**/waiting/**", lambda route: route.fulfill(body=sentences[0] if sentences else ""))
    reader.open("counts-over-time")
    reader.page.locator(".st-key-unaccounted-for-take button").click()
    dialog = reader.page.locator(".st-key-take")
    with reader.page.expect_download():
        dialog.get_by_role("link", name="Slide", exact=True).click()
    while sentences:
        expect(dialog.get_by_text(sentences[0])).to_have_attribute("role", "status")
        said = sentences.pop(0)
    expect(dialog.get_by_text(said)).to_have_count(0)


def test_a_bundle_leaves_in_two_clicks_and_opens(reader: Reader, library: Library, downloads: Path) -> None:
    reader.open("recovery-map?country=Russia")
    path = take(reader, "map", "Evidence bundle", downloads)
    with zipfile.ZipFile(path) as bundle:
        assert bundle.testzip() is None
        assert {"README.md", "SHA256SUMS", "datapackage.json", "chart.html", "data/places.kml"} <= set(
            bundle.namelist()
        )
        assert "Filters: Russia" in bundle.read("README.md").decode()
    reader.saw_no_trouble()


@pytest.mark.parametrize(
    ("page", "panel"),
    [
        ("", "believed-to-lie"),
        ("counts-over-time", "unaccounted-for"),
        ("recovery-map", "map"),
        ("mission-timeline", "timeline-panel"),
    ],
)
def test_a_picture_is_saved_with_title_source_and_day_inside(
    reader: Reader, downloads: Path, page: str, panel: str
) -> None:
    reader.open(page)
    title = reader.page.locator(f".st-key-{panel} h2").inner_text()
    drawn = take(reader, panel, "SVG", downloads).read_text(encoding="utf-8")
    words = " ".join(re.sub("<[^>]+>", " ", drawn).split())
    assert " ".join(title.split()[:4]) in words
    assert "Source" in words and "data version" in words and "Rows" in words
    picture = take(reader, panel, "PNG", downloads).read_bytes()
    wide, high = (int.from_bytes(picture[at : at + 4], "big") for at in (16, 20))
    assert picture[:4] == b"\x89PNG" and wide == 1200 and high / wide < 1.5
    reader.saw_no_trouble()


def test_the_one_file_copy_shows_the_record_of_a_mark_from_disk_without_a_request(
    reader: Reader, downloads: Path
) -> None:
    reader.open("recovery-map")
    copy = take(reader, "map", "One page", downloads)
    reader.page.goto("about:blank")  # the page that made the copy may still ask how long a file waits
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url))
    reader.page.goto(copy.as_uri())
    expect(reader.page.get_by_role("figure")).to_have_attribute("aria-label", re.compile("Places of the accounting"))
    card, mark = reader.page.locator("#card"), reader.page.locator("#chart a").first
    row = reader.page.locator(f"[id='{(mark.get_attribute('href') or '')[1:]}']")
    mark.focus()
    reader.page.keyboard.press("Enter")
    expect(card.get_by_role("button", name="Close")).to_be_focused()
    expect(card).to_contain_text(row.locator("td").first.inner_text())
    assert f"{reader.address}/sources-and-data?figure=" in (card.locator("a").last.get_attribute("href") or "")
    reader.page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(mark).to_be_focused()
    mark.hover()
    expect(card).to_be_visible()
    reader.page.mouse.move(2, 2)
    expect(card).to_be_hidden()
    before = reader.page.locator("#chart svg").first.bounding_box()
    reader.page.get_by_role("button", name="Larger").click()
    after = reader.page.locator("#chart svg").first.bounding_box()
    assert before and after and after["width"] > 1.4 * before["width"]
    assert reader.page.locator("tbody tr").count() > 60
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert reader.errors == []


def test_the_address_shown_brings_the_rows_of_the_panel(reader: Reader, library: Library) -> None:
    reader.open("prisoners-of-war?hedge=more+than")
    reader.page.locator(".st-key-claims-take button").click()
    address = reader.page.locator(".st-key-take code").first
    expect(address).to_contain_text("/data/v1/figures.csv?panel=claims&asof=&source=all&hedge=more+than")
    rows = pd.read_csv(address.inner_text())
    assert set(rows["qualifier"]) == {"more than"}
    expected = select(library, "figures", Selection("prisoners-of-war", {"hedge": ("more than",)}), panel="claims")
    assert list(rows["figure_id"]) == list(expected["figure_id"])
    reader.saw_no_trouble()


def test_the_years_play_until_they_are_paused_and_step_by_key(reader: Reader) -> None:
    reader.open("recovery-map")
    player = reader.page.locator(".st-key-year-player")
    player.get_by_role("button", name="Play").click()
    expect(player).to_contain_text(re.compile("1996 to (199[789]|200.)"))
    player.get_by_role("button", name="Pause").click()
    reader.settled()
    expect(reader.page).to_have_url(re.compile("years=1996&years=(199|200)"))
    player.get_by_role("button", name="All years").click()
    expect(reader.page).not_to_have_url(re.compile("years="))
    player.get_by_role("button", name="Later").press("Enter")
    expect(player).to_contain_text("1996 to 1996")
    expect(player.get_by_role("button", name="Earlier")).to_be_disabled()
    reader.saw_no_trouble()


def test_a_value_that_does_not_exist_is_said_and_not_obeyed(reader: Reader, library: Library) -> None:
    reader.open("mission-timeline?lane=ZZZ")
    expect(reader.page.locator(".st-key-notice-lane")).to_contain_text("“ZZZ”, which is not a choice here")
    expect(reader.page.locator(".st-key-timeline-panel")).to_contain_text(
        f"Showing {len(one_row_per_event(library['events']))} of"
    )
    reader.saw_no_trouble()


def test_without_webgl_a_flat_map_stands_in_and_its_marks_and_the_list_of_places_answer(reader: Reader) -> None:
    reader.open("recovery-map?place=THA_BANGKOK")
    expect(reader.page.locator(".st-key-place-card")).to_contain_text("Bangkok")
    expect(reader.page.locator(".st-key-map")).to_contain_text("This browser does not draw with WebGL")
    expect(reader.page.locator(".without-webgl")).to_be_visible()
    expect(reader.page.locator(".st-key-unplaced")).to_contain_text("Places without a point on the map")
    reader.page.locator('.st-key-map-map .flat-map a[href*="place=PRK_CHOSIN"]').first.focus()
    reader.page.keyboard.press("Enter")
    expect(reader.page.locator(".st-key-place-card")).to_contain_text("Chosin")
    expect(reader.page).to_have_url(f"{reader.address}/recovery-map?place=PRK_CHOSIN")
    assert reader.outside == []


# How far the chosen row stands below the head of its topic, and what else than that head shows in the head's place.
UNDER_HEAD = """() => {
  const list = document.querySelector('.disagreements'), { left, top } = list.getBoundingClientRect();
  const head = document.elementFromPoint(left + 5, top + 15).closest('h3'), end = head.getBoundingClientRect().bottom;
  const others = [];
  for (let x = left + 2; x < left + list.clientWidth; x += 20) for (let y = top + 2; y < end; y += 2)
    if (!head.contains(document.elementFromPoint(x, y))) others.push([x, y]);
  return [list.querySelector('.chosen').getBoundingClientRect().top - end, others];
}"""


def test_the_list_of_disagreements_begins_with_the_chosen_one_right_below_the_head_of_its_topic(reader: Reader) -> None:
    reader.open("disagreements?disagreement=DIS-30")
    below, others = reader.page.evaluate(UNDER_HEAD)
    assert abs(below) < 2 and others == []
    reader.saw_no_trouble()
