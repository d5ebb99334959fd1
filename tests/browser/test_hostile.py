"""What does a reader notice while another address is attacked in a real browser? Nothing."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import keep_a_view, reader_at
from tests.components.server.test_hostile import QUERIES, bears_up
from tests.served import running

pytestmark = pytest.mark.browser
# The page that reads a parameter; the overview for those that every page reads.
READ_BY = {
    "lane": "mission-timeline",
    "place": "recovery-map",
    "figure": "sources-and-data",
    "table": "sources-and-data",
    "disagreement": "disagreements",
    "pace": "remains-and-identifications",
    "years": "counts-over-time",
    "path": "path",
}


def test_hostile_addresses_open_as_pages_and_another_reader_loses_nothing(browser: Browser, tmp_path: Path) -> None:
    outside = tmp_path / "outside.log"
    outside.touch()
    with running(outside) as served:
        reader, attacker = reader_at(browser, served.address), reader_at(browser, served.address)
        keep_a_view(reader)
        for query in QUERIES:
            page = READ_BY.get(query.split("=")[0], "")
            attacker.page.goto(f"{served.address}/{page}?{query}")
            standing = attacker.page.locator(".st-key-footer, .st-key-stage-foot").first
            expect(standing, query[:60]).to_be_visible()
            expect(attacker.page.get_by_test_id("stStatusWidget")).to_have_count(0)
            assert attacker.page.get_by_test_id("stException").count() == 0, query[:60]
        assert attacker.outside == []
        assert attacker.errors == []
        expect(reader.page.locator(".st-key-timeline-panel")).to_contain_text("events: talks.")
        reader.page.get_by_role("link", name="Path", exact=True).click()
        expect(reader.page.locator(".st-key-step-0")).to_contain_text("The accounting in lanes")
        reader.saw_no_trouble()
        bears_up(served, outside)
        for one in (reader, attacker):
            one.page.context.close()
