"""What does a reader read where the server is away, or no line to it is allowed? One plain sentence, and the page stays."""

import pytest
from playwright.sync_api import BrowserContext, WebSocketRoute, expect

from components.exports.first_view.document import NOT_CONNECTED
from components.server.frontend_words import AWAY
from tests.browser.conftest import Reader

pytestmark = pytest.mark.browser
LINE, HEALTH = "**/_stcore/stream", "**/_stcore/health"


def test_where_no_line_to_the_server_is_allowed_the_first_view_stays_and_says_so(
    context: BrowserContext, server: str
) -> None:
    page = context.new_page()  # a reader's would not paint the first view
    page.clock.install()
    page.route_web_socket(LINE, lambda line: line.close())
    page.goto(f"{server}/counts-over-time")
    page.mouse.move(5, 5)
    note = page.get_by_text(NOT_CONNECTED)
    expect(page.locator("#root [data-testid=stApp]")).to_be_attached()
    expect(note).to_be_hidden()
    page.clock.fast_forward(20_000)
    expect(note).to_be_visible()
    expect(page.locator("#first-view h1")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.close()


def test_a_server_that_is_away_is_told_in_a_sentence_that_goes_when_it_is_back(reader: Reader) -> None:
    page, lines = reader.page, list[WebSocketRoute]()

    def let_through(line: WebSocketRoute) -> None:
        line.connect_to_server()
        lines.append(line)

    page.route_web_socket(LINE, let_through)
    reader.open("counts-over-time")
    page.route(HEALTH, lambda route: route.abort())
    lines[0].close()
    expect(page.get_by_role("dialog")).to_contain_text(AWAY)
    page.unroute(HEALTH)
    expect(page.get_by_role("dialog")).to_have_count(0)
    reader.settled()
