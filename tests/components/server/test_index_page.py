"""The page that comes before all else is Streamlit's own, with our icons, style sheet and address of the server in it and nothing else changed."""

import re

import pytest

import dashboard
from components import theme
from components.navigation import PAGES
from components.server.index_head import with_own_head
from components.server.index_page import StyleSheet, with_sheet
from tests.components.server.test_compression import UNPACK
from tests.served import spoken

INDEX = with_own_head(dashboard.INDEX.read_text(encoding="utf-8"))
LINK = re.compile(r'<link rel="(?:stylesheet|preload)" href="\./(?:assets/page|fonts/accounting)[^>]*>')


@pytest.mark.parametrize("path", [*(page.path for page in PAGES), "mission-timeline?lane=talks"])
def test_each_page_is_answered_with_streamlits_index_and_our_style_sheet(server: str, path: str) -> None:
    answer = spoken(server, "GET", f"/{path}")
    assert answer.status == 200 and answer.headers["cache-control"] == "no-cache"
    assert len(LINK.findall(answer.text)) == 2 and LINK.sub("", answer.text) == INDEX
    assert dashboard.sheet.path in answer.text


@pytest.mark.parametrize("accepts", ["br", "gzip", ""])
def test_page_and_style_sheet_are_the_same_in_every_packing(server: str, accepts: str) -> None:
    offers = {"Accept-Encoding": accepts} if accepts else {}
    page, sheet = spoken(server, "GET", "/", offers), spoken(server, "GET", dashboard.sheet.path, offers)
    for answer, kind in ((page, "text/html"), (sheet, "text/css")):
        assert answer.headers.get("content-encoding", "") == accepts and kind in answer.headers["content-type"]
    assert UNPACK[accepts](page.body).decode() == with_sheet(INDEX, dashboard.sheet)
    assert UNPACK[accepts](sheet.body).decode() == theme.page_css()
    assert "immutable" in sheet.headers["cache-control"]


def test_a_client_that_holds_streamlits_page_is_answered_with_ours(server: str) -> None:
    tag = spoken(server, "GET", "/static/index.html").headers.get("etag", "")
    answer = spoken(server, "GET", "/", {"If-None-Match": tag})
    assert answer.status == 200 and dashboard.sheet.path in answer.text
    assert spoken(server, "HEAD", "/").body == b""


def test_the_style_sheet_has_another_address_once_it_is_another() -> None:
    assert StyleSheet("a {}").path != StyleSheet("b {}").path


def test_an_index_page_without_its_one_place_for_sheet_or_icons_is_refused() -> None:
    with pytest.raises(ValueError, match="has changed"):
        with_sheet("<html></html>", dashboard.sheet)
    with pytest.raises(ValueError, match="has changed"):
        with_own_head("<html></html>")
