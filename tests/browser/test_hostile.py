"""What does a reader notice while another address is attacked in a real browser? Nothing."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import keep_a_view, reader_at
from tests.components.server.test_hostile import QUERIES as EVERY_QUERY
from tests.components.server.test_hostile import page_that_reads
from tests.served import spoken

pytestmark = [pytest.mark.browser, pytest.mark.flat]
# Those that the frontend itself reads, or that may break the way of an address through it; each of the others opens a page
# in tests/components/server/test_hostile.py, where the server's log is read, too.
QUERIES = [
    query
    for query in EVERY_QUERY
    if re.search(r"^(figure=(!|%E2)|lane=(talks|%ED)|present|path|panel|embed|hedge=&)", query)
]


def test_hostile_addresses_open_as_pages_and_another_reader_loses_nothing(
    browser: Browser, server: str, outside_log: Path
) -> None:
    assert len(QUERIES) > 10
    reader, attacker = reader_at(browser, server), reader_at(browser, server)
    keep_a_view(reader)
    for query in QUERIES:
        attacker.page.goto(f"{server}/{page_that_reads(query)}?{query}")
        standing = attacker.page.locator(".st-key-footer, .st-key-stage-foot").first
        expect(standing, query[:60]).to_be_visible()
        expect(attacker.page.get_by_test_id("stStatusWidget")).to_have_count(0)
        assert attacker.page.get_by_test_id("stException").count() == 0, query[:60]
    assert attacker.outside == []
    assert attacker.errors == []
    expect(reader.page.locator(".st-key-timeline-panel")).to_contain_text("events: talks.")
    reader.page.get_by_role("link", name="Presentation", exact=True).click()
    expect(reader.page.locator(".st-key-step-0")).to_contain_text("Events of the accounting by topic")
    reader.saw_no_trouble()
    assert spoken(server, "GET", "/_stcore/health").text == "ok"
    assert outside_log.read_text() == ""
    for one in (reader, attacker):
        one.page.context.close()
