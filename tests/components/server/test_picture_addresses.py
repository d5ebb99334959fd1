"""A picture is served at the address of its rows, in the size that the address names, and is told from one that has changed."""

import struct
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest

from tests.components.server.test_address import Answer, ask

PANEL = "figures.{}?panel=by-state"


def size_of(answer: Answer) -> tuple[float, float]:
    """Width and height of a served picture."""
    if answer.body.startswith(b"\x89PNG"):
        wide, high = struct.unpack(">II", answer.body[16:24])
        return wide, high
    root = ElementTree.fromstring(answer.body)
    return float(root.get("width", 0)), float(root.get("height", 0))


@pytest.mark.parametrize(("ending", "media_type"), [("svg", "image/svg+xml"), ("png", "image/png")])
def test_a_picture_is_served_as_what_it_is_to_be_shown_on_any_site(server: str, ending: str, media_type: str) -> None:
    answer = ask(server, PANEL.format(ending))
    assert answer.status == 200 and answer.headers["Content-Type"] == media_type
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Content-Disposition"].startswith('inline; filename="figures-by-state')
    assert answer.headers["Content-Disposition"].endswith(f'.{ending}"')
    assert size_of(answer)[0] == 1200


@pytest.mark.parametrize("ending", ["svg", "png"])
def test_a_picture_has_the_size_that_its_address_names(server: str, ending: str) -> None:
    assert size_of(ask(server, f"{PANEL.format(ending)}&width=1200&height=630")) == (1200, 630)
    assert size_of(ask(server, f"{PANEL.format(ending)}&width=640"))[0] == 640


def test_a_png_may_be_denser(server: str) -> None:
    assert size_of(ask(server, f"{PANEL.format('png')}&width=640&height=320&density=2")) == (1280, 640)


def test_a_picture_that_has_not_changed_is_not_sent_twice(server: str) -> None:
    first = ask(server, f"{PANEL.format('png')}&width=400")
    again = ask(server, f"{PANEL.format('png')}&width=400", If_None_Match=first.headers["ETag"])
    assert (again.status, again.body) == (304, b"")
    assert ask(server, f"{PANEL.format('png')}&width=410").headers["ETag"] != first.headers["ETag"]


def test_an_svg_is_sent_compressed_and_a_png_as_it_is(server: str) -> None:
    assert ask(server, PANEL.format("svg"), Accept_Encoding="gzip").headers["Content-Encoding"] == "gzip"
    assert ask(server, PANEL.format("png"), Accept_Encoding="gzip").headers["Content-Encoding"] is None


WRONG = [
    ("svg", "width=100", "320"),
    ("png", "width=2401", "2400"),
    ("png", "width=wide", "2400"),
    ("png", "height=200", "320"),
    ("svg", "height=-1", "320"),
    ("svg", "height=600.5", "320"),
    ("png", "density=4", "3"),
    ("png", "width=800&width=900", "320"),
    ("png", f"width={'9' * 5000}", "320"),
    ("csv", "width=800", "hedge"),
    ("svg", "asof=never", "2012-07-03"),
    ("svg", "panel=nope", "claims"),
]


@pytest.mark.parametrize(("ending", "query", "right"), WRONG, ids=[row[1][:20] for row in WRONG])
def test_a_size_that_is_none_is_refused_with_what_would_be_right(
    server: str, ending: str, query: str, right: str
) -> None:
    answer = ask(server, f"figures.{ending}?{query}")
    assert answer.status == 400 and answer.headers["Content-Type"] == "application/json"
    assert answer.json["error"].endswith(".") and right in str(answer.json)


def test_a_png_of_too_many_pixels_is_refused_before_it_is_made(server: str) -> None:
    answer = ask(server, f"{PANEL.format('png')}&width=2400&height=2400&density=3")
    assert answer.status == 400 and "too large" in answer.json["error"]


def test_the_picture_follows_the_choices_of_its_address(server: str) -> None:
    query = urlencode({"panel": "timeline-panel", "q": "nothing at all like this"})
    assert b"No rows match these choices" in ask(server, f"events.svg?{query}").body
    assert b"published by 3 July 2012" in ask(server, "figures.svg?panel=claims&asof=2012-07-03").body
    near, far = (ask(server, f"places.svg?panel=map&view={view}").body for view in ("peninsula", "whole"))
    assert near != far


def test_a_whole_table_has_a_picture_too(server: str) -> None:
    assert b"rows." in ask(server, "sources.svg").body


def test_the_one_page_of_a_panel_is_shown_and_not_saved(server: str) -> None:
    """An iframe that holds it would be empty otherwise."""
    answer = ask(server, PANEL.format("html"))
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert "sha256-" in answer.headers["Content-Security-Policy"]


def test_addresses_of_pictures_that_a_browser_made_go_on_answering(server: str) -> None:
    assert ask(server, PANEL.format("figure")).json["figure"]["data"]
    assert Answer(f"{server}/assets/plotly.min.js").status == 200
