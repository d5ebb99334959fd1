"""A part of a file is answered as RFC 9110 has it, so that a download that broke off goes on with the same bytes."""

import pytest

from components.server.ranges import EMPTY, ByteRange, byte_range
from tests.served import Answer, spoken

FILE = "/data/v1/places.csv"
KINDS = ("csv", "xlsx", "json", "geojson", "zip", "pptx", "html")


def asked(server: str, part: str, path: str = FILE, method: str = "GET", **more: str) -> Answer:
    headers = {name.replace("_", "-"): text for name, text in more.items()}
    return spoken(server, method, path, {"Range": part} | headers)


@pytest.mark.parametrize(
    ("first", "last", "part"),
    [
        ("0", "9", ByteRange(0, 9)),
        ("90", "", ByteRange(90, 99)),
        ("90", "4000", ByteRange(90, 99)),
        ("", "5", ByteRange(95, 99)),
        ("", "4000", ByteRange(0, 99)),
        ("99", "99", ByteRange(99, 99)),
        ("100", "", EMPTY),
        ("100", "200", EMPTY),
        ("", "0", EMPTY),
        ("9", "0", None),
        ("", "", None),
    ],
)
def test_a_range_names_its_first_and_last_byte(first: str, last: str, part: ByteRange | None) -> None:
    assert byte_range(first, last, 100) == part


def test_nothing_has_no_part() -> None:
    assert byte_range("", "5", 0) == byte_range("0", "", 0) == EMPTY


@pytest.mark.parametrize("kind", KINDS)
def test_the_parts_of_a_file_are_its_bytes_without_compression(server: str, kind: str) -> None:
    path = f"/data/v1/places.{kind}?panel=map"
    whole = spoken(server, "GET", path)
    assert whole.headers["accept-ranges"] == "bytes" and "content-encoding" not in whole.headers
    size, middle = len(whole.body), len(whole.body) // 2
    begin = asked(server, f"bytes=0-{middle - 1}", path, Accept_Encoding="br, gzip")
    rest = asked(server, f"bytes={middle}-", path, Accept_Encoding="gzip", If_Range=begin.headers["etag"])
    assert begin.status == rest.status == 206 and begin.body + rest.body == whole.body
    assert begin.headers["content-range"] == f"bytes 0-{middle - 1}/{size}"
    assert rest.headers["content-range"] == f"bytes {middle}-{size - 1}/{size}"
    assert begin.headers["etag"] == whole.headers["etag"] and "content-encoding" not in begin.headers
    assert begin.headers["content-type"] == whole.headers["content-type"]


@pytest.mark.parametrize("part", ["bytes=9999999-", "bytes=-0"])
def test_a_part_that_is_not_in_the_file_is_refused_with_its_length(server: str, part: str) -> None:
    answer = asked(server, part)
    assert answer.status == 416 and '"error"' in answer.text
    assert answer.headers["content-range"] == f"bytes */{len(spoken(server, 'GET', FILE).body)}"


@pytest.mark.parametrize(
    "part", ["bytes=5-2", "bytes=0-1,4-5", "rows=0-1", "bytes=a-b", "bytes=-", f"bytes={'9' * 50}-", "0-5"]
)
def test_several_parts_or_what_is_no_range_is_answered_with_the_whole(server: str, part: str) -> None:
    assert asked(server, part).status == 200


def test_a_part_of_other_bytes_is_answered_with_the_whole(server: str) -> None:
    compressed = spoken(server, "GET", FILE, {"Accept-Encoding": "gzip"})
    day = compressed.headers["last-modified"]
    for condition in ('"another"', f"W/{spoken(server, 'GET', FILE).headers['etag']}", compressed.headers["etag"], day):
        answer = asked(server, "bytes=0-9", If_Range=condition, Accept_Encoding="gzip")
        assert answer.status == 200 and answer.headers["content-encoding"] == "gzip", condition


def test_a_part_of_what_the_client_has_is_not_sent_and_a_head_is_asked_for_no_part(server: str) -> None:
    tag = asked(server, "bytes=0-9").headers["etag"]
    assert asked(server, "bytes=0-9", If_None_Match=tag).status == 304
    assert asked(server, "bytes=0-9", method="HEAD").status == 200


def test_a_file_that_is_compressed_already_is_not_compressed_anew(server: str) -> None:
    for kind in ("xlsx", "pptx", "parquet", "zip"):
        headers = spoken(server, "HEAD", f"/data/v1/places.{kind}", {"Accept-Encoding": "gzip, br"}).headers
        assert "content-encoding" not in headers and "vary" not in headers, kind
    text = spoken(server, "GET", FILE)
    assert text.headers["vary"] == "Accept-Encoding" and "content-encoding" not in text.headers
