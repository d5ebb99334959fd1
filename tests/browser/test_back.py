"""Back shows what the reader left: choice by choice, page by page, with what stands in the widgets. Forward goes on again."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Reader

pytestmark = [pytest.mark.browser, pytest.mark.flat]


def is_at(reader: Reader, address: str) -> None:
    """Waits until the page of this address, without what is before its path, stands."""
    expect(reader.page).to_have_url(f"{reader.address}/{address}")
    reader.settled()


def preset(reader: Reader, words: str) -> Locator:
    return reader.page.locator(".st-key-preset").get_by_role("radio", name=words)


def test_back_from_another_page_shows_the_choices_that_were_left(reader: Reader) -> None:
    reader.open("mission-timeline?status=planned&asof=2012-07-03")
    entries = reader.page.evaluate("history.length")
    reader.page.get_by_role("link", name="Map", exact=True).first.click()
    is_at(reader, "recovery-map?asof=2012-07-03")
    assert reader.page.evaluate("history.length") == entries + 1
    reader.page.go_back()
    is_at(reader, "mission-timeline?status=planned&asof=2012-07-03")
    expect(reader.page.locator(".st-key-filters .key")).to_have_text("1 set")
    reader.page.go_forward()
    is_at(reader, "recovery-map?asof=2012-07-03")
    reader.saw_no_trouble()


def test_back_goes_choice_by_choice_and_a_slider_that_is_moved_is_one(reader: Reader) -> None:
    reader.open("mission-timeline")
    entries = reader.page.evaluate("history.length")
    preset(reader, "since 2018").click()
    preset(reader, "prisoners").click()  # at once, before the page has answered
    is_at(reader, "mission-timeline?preset=prisoners")
    years = reader.page.locator(".st-key-years input").first
    years.focus()
    for year in (1951, 1952, 1953):
        reader.page.keyboard.press("ArrowRight")
        expect(reader.page).to_have_url(re.compile(f"years={year}"))
    assert reader.page.evaluate("history.length") == entries + 3
    reader.page.go_back()
    is_at(reader, "mission-timeline?preset=prisoners")
    expect(years).to_have_value("1950")
    expect(reader.page.locator(".showing").first).not_to_contain_text("1953")
    reader.page.go_back()
    is_at(reader, "mission-timeline?preset=since+2018")
    expect(preset(reader, "since 2018")).to_be_checked()
    reader.page.go_back()
    is_at(reader, "mission-timeline")
    expect(preset(reader, "all")).to_be_checked()
    reader.page.go_forward()
    expect(preset(reader, "since 2018")).to_be_checked()
    reader.saw_no_trouble()


def test_back_follows_rows_that_were_chosen_and_steps_that_were_shown(reader: Reader) -> None:
    reader.open("recovery-map")
    place = reader.page.locator(".st-key-place input")
    reader.type_into(place, "Chosin")
    is_at(reader, "recovery-map?place=PRK_CHOSIN")
    reader.page.keyboard.press("Alt+p")
    reader.presents(1, 3)
    reader.page.keyboard.press("ArrowRight")
    reader.presents(2, 3)
    reader.page.go_back()
    reader.presents(1, 3)
    reader.page.go_back()
    is_at(reader, "recovery-map?place=PRK_CHOSIN")
    expect(place).to_have_value(re.compile("Chosin"))
    reader.page.go_back()
    is_at(reader, "recovery-map")
    expect(place).not_to_have_value(re.compile("Chosin"))
    reader.saw_no_trouble()


def test_a_menu_entry_that_is_opened_in_another_window_keeps_the_day(reader: Reader) -> None:
    reader.open("mission-timeline?status=planned&asof=2012-07-03")
    entry = reader.page.get_by_role("link", name="Map", exact=True).first
    with reader.page.context.expect_page() as opened:
        entry.click(button="middle")
    expect(opened.value).to_have_url(f"{reader.address}/recovery-map?asof=2012-07-03")
    opened.value.close()
