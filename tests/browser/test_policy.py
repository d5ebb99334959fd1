"""Does the policy of content let the whole dashboard work? A tour of it with every violation noted."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Reader

pytestmark = pytest.mark.browser


def test_the_listener_hears_a_violation(reader: Reader, violations: list[str]) -> None:
    reader.open("")
    with reader.page.expect_console_message(lambda said: "Content Security Policy" in said.text):
        reader.page.evaluate(
            "document.body.append(Object.assign(document.createElement('script'), {textContent: '1'}))"
        )
    assert any("script-src" in said for said in violations)


def test_a_card_opens_and_its_scripts_run_under_the_policy(reader: Reader, violations: list[str]) -> None:
    reader.open("")
    expect(reader.open_a_card()).to_contain_text("Source")
    reader.page.keyboard.press("Escape")
    expect(reader.page.get_by_role("dialog")).to_have_count(0)
    assert violations == []
    reader.saw_no_trouble()


def test_every_way_to_take_a_panel_away_works_under_the_policy(
    reader: Reader, violations: list[str], downloads: Path
) -> None:
    reader.open("counts-over-time")
    reader.page.locator(".st-key-unaccounted-for-take button").click()
    files = reader.page.locator(".st-key-take a.file")
    expect(files.first).to_be_visible()
    for link in files.all():
        with reader.page.expect_download() as arriving:
            link.click()
        arriving.value.save_as(downloads / arriving.value.suggested_filename)
    names = {path.name.rsplit(".", 1)[-1] for path in downloads.iterdir()}
    assert {"csv", "xlsx", "json", "parquet", "zip", "html", "pptx", "png", "svg"} <= names
    copy = next(downloads.glob("*.html"))
    reader.page.goto(copy.as_uri())
    expect(reader.page.locator("#chart svg").first).to_be_visible()
    assert violations == []
    assert reader.errors == []


def test_the_copy_for_paper_and_the_page_of_addresses_break_no_line(reader: Reader, violations: list[str]) -> None:
    reader.open("counts-over-time")
    reader.wait_until("window.printWatched")
    reader.page.emulate_media(media="print")
    expect(reader.page.locator("#paper")).to_be_attached()
    expect(reader.page.locator("#paper main figure").first).to_be_visible()
    for path in ("print/counts-over-time", "print/recovery-map", "data/v1/"):
        reader.page.goto(f"{reader.address}/{path}")
        expect(reader.page.locator("main h1, h1").first).to_be_visible()
    assert violations == []
    reader.saw_no_trouble()
