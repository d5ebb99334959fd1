"""An address is a page, or it is answered as not found, with links back to the pages."""

from urllib.parse import quote

import pytest
from lxml import html

from components.navigation import BY_PATH, PAGES, SITE_NAME
from components.server.pages import not_found_page, page_at
from tests.served import spoken

NOWHERE = [
    "/no-such-page",
    "/counts-over-time/more",
    "/Counts-over-time",
    "/wp-login.php",
    "/static/js/none.js",
    "/_stcore/none",
    "/app/static/none.png",
    f"/{quote('<script>alert(1)</script>')}",
]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)
def test_a_page_is_found_with_and_without_a_slash_at_its_end(page: object) -> None:
    path = page.path  # type: ignore[attr-defined]
    assert page_at(f"/{path}") is page and page_at(f"/{path}/".replace("//", "/")) is page


@pytest.mark.parametrize("path", ["/nothing", "/overview", "/path/of", "/recovery-map/_stcore/health", "/data/v1/"])
def test_no_page_is_found_where_none_is(path: str) -> None:
    assert page_at(path) is None


@pytest.mark.parametrize("path", NOWHERE)
def test_an_address_without_a_page_is_not_found_and_leads_back_without_scripts(server: str, path: str) -> None:
    answer = spoken(server, "GET", path)
    assert answer.status == 404 and answer.headers["content-type"].startswith("text/html")
    assert "<script" not in answer.text and 'id="root"' not in answer.text
    document = html.fromstring(answer.body)
    assert SITE_NAME in document.text_content() and "There is no page at" in document.text_content()
    links = [link.get("href") for link in document.iterfind(".//nav//a")]
    assert links == [f"/{page.path}" for page in PAGES]
    head = spoken(server, "HEAD", path)
    assert (head.status, head.body) == (404, b"")


def test_a_client_that_holds_streamlits_page_is_told_that_there_is_none(server: str) -> None:
    assert spoken(server, "GET", "/no-such-page", {"If-None-Match": "*"}).status == 404


@pytest.mark.parametrize("home", ["/overview", "/index.html"])
def test_other_addresses_of_the_overview_lead_to_it_with_their_choices(server: str, home: str) -> None:
    answer = spoken(server, "GET", f"{home}?asof=2012-07-03")
    assert (answer.status, answer.headers["location"]) == (308, "/?asof=2012-07-03")


def test_the_server_goes_on_answering_what_is_no_page(server: str) -> None:
    for path, status in (
        ("/_stcore/health", 200),
        ("/counts-over-time/", 301),
        ("/print/none", 404),
        ("/geo/none", 404),
    ):
        assert spoken(server, "GET", path).status == status


def test_the_page_for_what_is_not_found_names_the_address_in_short() -> None:
    text = not_found_page("/" + "a" * 500 + "<b>", "").decode()
    assert "a" * 79 + "”" in text and "<b>" not in text
    assert BY_PATH["path"].name in text
