"""The page that comes before all else is Streamlit's own, with our icons, style sheets, head and the page's first view in it."""

import re

import pytest

import dashboard
from components import assets, theme
from components.exports.first_view.sheet import first_view_css
from components.navigation import PAGES
from components.server.index_head import with_own_head
from components.server.index_page import MARKS, MODULE, IndexDocument, StyleSheet
from tests.components.server.test_compression import UNPACK
from tests.served import spoken

STREAMLITS = dashboard.INDEX.read_text(encoding="utf-8")
PAGE, FIRST = dashboard.sheets


@pytest.mark.parametrize("path", [*(page.path for page in PAGES), "mission-timeline?lane=talks"])
def test_each_page_is_answered_with_its_first_view_and_the_style_sheets_before_it(server: str, path: str) -> None:
    answer = spoken(server, "GET", f"/{path}")
    assert answer.status == 200 and answer.headers["cache-control"] == "no-cache"
    order = [PAGE.path, FIRST.path, '<div id="first-view">', '<div id="root" inert></div>', '<template id="live-page">']
    places = [answer.text.index(part) for part in order]
    assert places == sorted(places)


def test_all_scripts_of_streamlits_index_page_are_in_the_template_and_none_of_them_runs_by_itself(server: str) -> None:
    answer = spoken(server, "GET", "/").text
    before, template = answer.split('<template id="live-page">')
    assert MODULE.findall(template.split("</template>")[0]) == MODULE.findall(STREAMLITS)
    assert not MODULE.findall(before)


def test_what_we_rely_on_of_streamlits_index_page_is_there() -> None:
    assert [mark for mark in MARKS if STREAMLITS.count(mark) != 1] == []
    assert len(MODULE.findall(STREAMLITS)) > 1


@pytest.mark.parametrize("accepts", ["br", "gzip", ""])
def test_page_and_style_sheets_are_the_same_in_every_packing(server: str, accepts: str) -> None:
    offers = {"Accept-Encoding": accepts} if accepts else {}
    for path, kind in (("/", "text/html"), (PAGE.path, "text/css"), (FIRST.path, "text/css")):
        answer = spoken(server, "GET", path, offers)
        assert answer.headers.get("content-encoding", "") == accepts and kind in answer.headers["content-type"]
        text = UNPACK[accepts](answer.body).decode()
        assert (
            text
            == {"/": spoken(server, "GET", "/").text, PAGE.path: theme.page_css(), FIRST.path: first_view_css()}[path]
        )


def test_a_client_that_holds_streamlits_page_is_answered_with_ours_and_one_that_holds_ours_with_nothing(
    server: str,
) -> None:
    streamlits = spoken(server, "GET", "/static/index.html").headers.get("etag", "")
    answer = spoken(server, "GET", "/", {"If-None-Match": streamlits})
    assert answer.status == 200 and PAGE.path in answer.text
    again = spoken(server, "GET", "/", {"If-None-Match": answer.headers["etag"]})
    assert again.status == 304 and again.body == b""
    assert spoken(server, "HEAD", "/").body == b""


def test_the_style_sheet_has_another_address_once_it_is_another() -> None:
    assert StyleSheet("page", "a {}").path != StyleSheet("page", "b {}").path


def test_an_index_page_without_its_one_place_for_what_we_add_is_refused() -> None:
    with pytest.raises(ValueError, match="has changed"):
        IndexDocument("<html></html>", PAGE, FIRST, assets.text("first_view.js"))


def test_where_no_first_view_can_be_made_the_page_is_streamlits_with_our_style_sheet() -> None:
    plain = IndexDocument(with_own_head(STREAMLITS), PAGE, FIRST, "").html()
    assert MODULE.findall(plain) == MODULE.findall(STREAMLITS) and PAGE.path in plain and 'id="first-view"' not in plain
    assert not re.search("agent|run this app", plain.split("<body>")[1])
