"""Programs find what they ask of any site: icons of our own, what may be read, a list of addresses, whom to write to."""

import struct
from datetime import UTC, datetime, timedelta
from io import BytesIO
from urllib.robotparser import RobotFileParser

import pytest
from lxml import etree, html
from PIL import Image

import dashboard
from components.navigation import PAGES
from components.server.site_files import SITEMAP_SCHEMA, addresses, security, sitemap
from data.query.rows import find_row, tables_with_ids
from data.record.load import Library
from tests.served import spoken

BASE = "http://localhost:1"
# What sitemaps.org allows of one file.
MOST_ADDRESSES, MOST_BYTES = 50_000, 50 << 20


def test_robots_may_read_pages_and_data_and_not_what_the_frontend_asks(server: str) -> None:
    answer = spoken(server, "GET", "/robots.txt")
    rules = RobotFileParser()
    rules.parse(answer.text.splitlines())
    assert answer.headers["content-type"].startswith("text/plain")
    assert rules.site_maps() == [f"{server}/sitemap.xml"]
    assert all(rules.can_fetch("any", f"{server}/{path}") for path in ("", "recovery-map", "data/v1/figures.csv"))
    assert not rules.can_fetch("any", f"{server}/_stcore/health")


def test_the_sitemap_is_valid_and_names_pages_tables_and_every_record(library: Library) -> None:
    text = sitemap(library, BASE).encode()
    root = etree.fromstring(text)
    assert root.tag == f"{{{SITEMAP_SCHEMA}}}urlset" and len(text) < MOST_BYTES
    places = [entry.findtext("{*}loc") for entry in root]
    assert len(places) == len(set(places)) < MOST_ADDRESSES
    assert all([etree.QName(part).localname for part in entry] == ["loc", "lastmod"] for entry in root)
    assert {entry.findtext("{*}lastmod") for entry in root} == {library.dictionary["created"][:10]}
    assert {f"{BASE}/{page.path}" for page in PAGES} | {
        f"{BASE}/data/v1/{table}.csv" for table in library.tables
    } <= set(places)
    rows = [row_id for table in tables_with_ids(library) for row_id in library[table].iloc[:, 0]]
    assert len([place for place in places if "?figure=" in str(place)]) == len(rows)
    assert all(find_row(library, row_id) for row_id in rows)


def test_the_first_and_the_last_address_of_the_sitemap_answer(server: str, library: Library) -> None:
    named = spoken(server, "GET", "/sitemap.xml")
    found = list(addresses(library, server))
    assert named.headers["content-type"] == "application/xml" and named.text == sitemap(library, server)
    for address in (found[0], found[len(PAGES)], found[len(PAGES) + 1], found[-1]):
        assert spoken(server, "GET", address.removeprefix(server)).status == 200


def test_the_contact_for_weaknesses_is_valid_for_less_than_a_year_and_leads_to_the_policy(server: str) -> None:
    answer = spoken(server, "GET", "/.well-known/security.txt")
    fields = dict(line.split(": ", 1) for line in answer.text.splitlines())
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert {"Contact", "Expires", "Canonical"} <= set(fields)
    assert fields["Canonical"] == f"{server}/.well-known/security.txt"
    assert spoken(server, "GET", fields["Contact"].removeprefix(server)).text == dashboard.SECURITY.read_text("utf-8")
    now = datetime(2027, 3, 1, 12, 0, 0, 5, tzinfo=UTC)
    until = security(BASE, now).split("Expires: ")[1].split("\n")[0]
    assert until.endswith("Z") and timedelta(0) < datetime.fromisoformat(until) - now < timedelta(days=365)


@pytest.mark.parametrize(
    ("path", "kind", "sizes"),
    [
        ("favicon.png", "image/png", {(48, 48)}),
        ("favicon.ico", "image/x-icon", {(16, 16), (32, 32), (48, 48)}),
        ("apple-touch-icon.png", "image/png", {(180, 180)}),
    ],
)
def test_an_icon_is_ours_in_each_form(server: str, path: str, kind: str, sizes: set[tuple[int, int]]) -> None:
    answer = spoken(server, "GET", f"/{path}")
    assert answer.headers["content-type"] == kind and answer.body != (dashboard.FRONTEND / "favicon.png").read_bytes()
    picture = Image.open(BytesIO(answer.body))
    assert picture.info.get("sizes", {picture.size}) == sizes
    if kind == "image/x-icon":
        assert struct.unpack("<HHH", answer.body[:6]) == (0, 1, len(sizes))


def test_every_page_names_our_icons_and_each_of_them_is_there(server: str) -> None:
    links = html.fromstring(spoken(server, "GET", "/").text).xpath("//link[contains(@rel, 'icon')]/@href")
    assert len(links) == 3
    for link in links:
        assert spoken(server, "GET", link.removeprefix(".")).headers["content-type"].startswith("image/")
