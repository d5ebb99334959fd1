"""Are the pages that no script makes whole? Tables with heads and captions, no sign that HTML cannot hold, a way on from nothing."""

import re
import urllib.error
import urllib.request
from collections.abc import Iterator

import lxml.html
import pytest

from components.exports.one_page import document, one_file
from components.server.data_page import data_page
from data.files.described import extensions
from data.files.export import FORMATS
from data.files.extract import Extract
from data.query.select import Selection
from data.query.views import VIEWS, view_of_table
from data.record.load import Library
from tests.served import ROOT

BASE = "http://localhost:8501"
# Where the clock may be read: in the module that is for it, and where no server runs.
CLOCK, BUILT_BY_HAND = "data/record/clock.py", "data/geo/"


def tables_of(page: bytes) -> Iterator[lxml.html.HtmlElement]:
    yield from lxml.html.fromstring(page).iter("table")


def pages(library: Library) -> Iterator[bytes]:
    yield data_page(library, BASE)
    for view in (VIEWS["unaccounted-for"], view_of_table(library, "routes")):
        yield one_file(Extract(view, library, Selection(view.page, {}), BASE))


def test_every_table_of_the_data_addresses_has_a_caption_and_heads_that_say_what_they_are_the_head_of(
    library: Library,
) -> None:
    for page in pages(library):
        for table in tables_of(page):
            [caption] = table.iter("caption")
            assert caption is table[0] and caption.text_content().strip()
            assert {head.get("scope") for head in table.iter("th")} <= {"col", "row"}
            columns = len(table.findall("thead/tr/th"))
            assert columns and all(len(row) == columns for row in table.iterfind("tbody/tr"))


def test_every_format_is_named_and_no_name_is_an_ending_alone(library: Library) -> None:
    [tables, _] = tables_of(data_page(library, BASE))
    for row in tables.iterfind("tbody/tr"):
        links = {link.get("href").partition(".")[2]: link.text for link in row.iter("a")}
        held = {chosen.extension for chosen in FORMATS.values() if chosen.holds(row[0].text)}
        assert set(links) == {
            one for one in extensions() if one in held or one not in {f.extension for f in FORMATS.values()}
        }
        assert all(name[0].isupper() and len(set(links.values())) == len(links) for name in links.values())


def test_no_sign_that_html_cannot_hold_is_in_a_page_that_stands_alone() -> None:
    page = document(
        "a\x00title", ["<p>one\x08 two\x1f three\x7f four\x9b five\ufffe</p>", "<p>kept:\ttab\nline é 한</p>"]
    )
    text = page.decode("utf-8")
    assert not re.search("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffe\uffff]", text)
    assert "one\ufffd two" in text and "kept:\ttab\nline é 한" in text


def answer(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address, timeout=30) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()


@pytest.mark.parametrize(
    ("path", "status", "why"),
    [
        ("path", 200, "This address names no presentation."),
        ("path?path=", 200, "This address names no presentation."),
        ("path?path=zzz", 400, "This presentation cannot be read from its address."),
        ("nowhere", 404, "There is no page “nowhere” to print."),
    ],
)
def test_a_print_address_without_anything_to_print_is_a_page_with_a_way_on(
    server: str, path: str, status: int, why: str
) -> None:
    code, text = answer(f"{server}/print/{path}")
    assert code == status and why in text and text.startswith("<!doctype html>")
    links = [link for _, _, link, _ in lxml.html.fromstring(text).iterlinks()]
    assert any("/print/path?path=" in link for link in links) and any(link.endswith("/path") for link in links)
    printed = next(link for link in links if "/print/path?path=" in link)
    assert answer(f"{server}/{printed.lstrip('/')}")[0] == 200


def test_the_clock_is_read_in_one_place() -> None:
    reads = re.compile(r"\b(?:date|datetime|Timestamp)\.(?:today|now|utcnow)\(")
    readers = {
        name
        for folder in ("components", "data", "pages")
        for path in (ROOT / folder).rglob("*.py")
        if reads.search(path.read_text(encoding="utf-8"))
        and not (name := path.relative_to(ROOT).as_posix()).startswith(BUILT_BY_HAND)
    }
    assert readers == {CLOCK}
