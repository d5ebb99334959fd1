"""Journeys with figures of one's own: seen on the charts of one session, in no address and no file, and gone on Remove."""

import urllib.request

import pytest
from playwright.sync_api import FilePayload, expect

from tests.browser.conftest import Reader, reader_at
from tests.own_files import GOOD, MALFORMED

pytestmark = [pytest.mark.browser, pytest.mark.flat]
LEGEND = "your own figures, not of the record"
# Those in which a browser could see more than text; the sentence of every other is read in tests/data/own_figures/test_own.py.
HOSTILE = (
    "a Markdown image",
    "a script",
    "an image with a handler",
    "text that turns its direction",
    "a million rows",
)


# The file whose range is of a series that has a chart of rows.
WITH_CHART = GOOD.replace(b"pow_alive_claims", b"pows_returned")


def open_own(reader: Reader) -> None:
    """The tab of the page of the data in which own figures are brought."""
    reader.page.get_by_role("tab", name="Your own figures").click()


def bring(reader: Reader, content: bytes, name: str = "own.csv") -> None:
    open_own(reader)
    field = reader.page.locator(".st-key-own input[type=file]")
    expect(field).to_have_count(1)  # the uploader of the file before is gone
    field.set_input_files(FilePayload(name=name, mimeType="text/csv", buffer=content))


def rows_at(server: str, query: str) -> bytes:
    with urllib.request.urlopen(f"{server}/data/v1/figures.csv?{query}", timeout=20) as answer:
        return bytes(answer.read())


def test_own_figures_stand_on_a_chart_in_this_session_alone_until_they_are_removed(reader: Reader, server: str) -> None:
    before = rows_at(server, "panel=unaccounted-for")
    reader.open("sources-and-data?table=events&q=Korea")
    address = reader.page.url
    bring(reader, GOOD)
    told = reader.page.locator(".st-key-own-told")
    expect(told).to_contain_text("2 figures of your own are checked and shown, from own.csv")
    assert reader.page.url == address
    reader.page.get_by_role("link", name="Counts", exact=True).click()
    panel = reader.page.locator(".st-key-unaccounted-for")
    expect(panel.locator(".legendtext", has_text=LEGEND)).to_be_visible()
    expect(panel).to_contain_text("7,400 (your own)")
    note = reader.page.locator(".st-key-unaccounted-for-own")
    expect(note).to_contain_text("1 figure of your own is shown on this chart: large hollow diamonds")
    expect(note).to_contain_text("They are not part of the record")
    expect(reader.page).to_have_url(f"{reader.address}/counts-over-time")
    assert rows_at(server, "panel=unaccounted-for") == before
    browser = reader.page.context.browser
    assert browser is not None
    other = reader_at(browser, reader.address)
    other.open("counts-over-time")
    expect(other.page.locator(".st-key-unaccounted-for .js-plotly-plot")).to_be_visible()
    expect(other.page.locator(".st-key-unaccounted-for-own")).to_have_count(0)
    expect(other.page.locator(".legendtext", has_text=LEGEND)).to_have_count(0)
    other.saw_no_trouble()
    other.page.context.close()
    reader.page.get_by_role("link", name="Data", exact=True).click()
    open_own(reader)
    reader.page.get_by_role("button", name="Remove your own figures").click()
    expect(told).to_contain_text("have been removed")
    reader.page.get_by_role("link", name="Counts", exact=True).click()
    expect(reader.page.locator(".st-key-unaccounted-for .js-plotly-plot")).to_be_visible()
    reader.settled()
    expect(note).to_have_count(0)
    expect(panel.locator(".legendtext", has_text=LEGEND)).to_have_count(0)
    reader.saw_no_trouble()


def test_own_figures_stand_on_the_presenters_screen_and_in_no_file_or_print(reader: Reader) -> None:
    reader.open("sources-and-data")
    bring(reader, WITH_CHART)
    expect(reader.page.locator(".st-key-own-told")).to_contain_text("checked and shown")
    reader.page.get_by_role("link", name="Prisoners", exact=True).click()
    expect(reader.page.locator(".st-key-prisoner-totals-own")).to_contain_text(
        "1 figure of your own is shown on this chart"
    )
    reader.page.locator(".st-key-prisoner-totals-take button").click()
    way_out = reader.page.locator(".st-key-take")
    expect(way_out.locator("code").first).to_contain_text("/data/v1/figures.csv?panel=prisoner-totals")
    expect(way_out).not_to_contain_text("OWN-002")
    for href in way_out.locator("a.file").evaluate_all("links => links.map(link => link.href)"):
        answer = reader.page.request.get(href)
        assert answer.ok and b"OWN-002" not in answer.body(), href
    way_out.get_by_role("button", name="Present it").click()
    stage = reader.page.locator(".st-key-stage-drawing")
    expect(stage).to_contain_text("your own")
    expect(stage).to_contain_text("700 to 800")
    assert b"700 to 800" not in reader.page.request.get(f"{reader.address}/print/prisoners-of-war").body()
    reader.saw_no_trouble()


def test_a_hostile_file_is_told_in_plain_text_and_asks_nothing_of_another_host(reader: Reader) -> None:
    reader.open("sources-and-data?table=events&q=Korea")
    address = reader.page.url
    bring(reader, GOOD)
    told = reader.page.locator(".st-key-own-told")
    expect(told).to_contain_text("checked and shown")
    for number, name in enumerate(HOSTILE):
        content, _, _, word = MALFORMED[name]
        bring(reader, content, f"![x](http://evil.example/{number}.png)<img src=x>.csv")
        expect(told.get_by_role("alert")).to_contain_text(f"evil.example/{number}.png")
        expect(told.get_by_role("alert")).to_contain_text(word)
        reader.settled()
        assert told.locator("img, script, a").count() == 0
    assert reader.page.url == address
    expect(reader.page.locator(".st-key-q input")).to_have_value("Korea")
    expect(reader.page.get_by_role("button", name="Remove your own figures")).to_be_visible()
    reader.saw_no_trouble()


def test_a_word_that_looks_like_an_image_is_plain_text_in_a_table_and_on_a_chart(reader: Reader) -> None:
    text = (
        WITH_CHART.decode()
        .replace("A witness", "A ![x] witness < %{y}")
        .replace("https://example.org/hearing", "http://evil.example/x.png")
    )
    refused = text.encode()
    bring_taken = text.replace("![x]", "[x]").encode()
    reader.open("sources-and-data")
    bring(reader, refused)
    expect(reader.page.locator(".st-key-own-told").get_by_role("alert")).to_contain_text("Markdown")
    bring(reader, bring_taken)
    expect(reader.page.locator(".st-key-own-told")).to_contain_text("checked and shown")
    reader.page.get_by_role("link", name="Prisoners", exact=True).click()
    panel = reader.page.locator(".st-key-lead-drawing-prisoner-totals")
    expect(reader.page.locator(".st-key-prisoner-totals-own")).to_contain_text("1 figure of your own")
    panel.locator(".scatterlayer .trace").last.locator(".points path").first.hover(force=True)
    expect(panel.locator(".hoverlayer")).to_contain_text("[x] witness < %{y}")
    assert panel.locator(".hoverlayer a, .hoverlayer image").count() == 0
    reader.saw_no_trouble()
