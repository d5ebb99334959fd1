"""Is a document counted once, however many sources were read of it?"""

import re
from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from data.record.documents import count_documents, documents_of
from data.record.load import Library
from data.record.wording import source_line
from tests.conftest import PAGES
from tests.served import ROOT


def with_addresses(library: Library, *urls: str) -> Library:
    """The record with sources at these addresses alone, named S0, S1 …"""
    first = library["sources"].iloc[[0]]
    rows = [first.assign(source_id=f"S{at}", url=url, title="A page", note="") for at, url in enumerate(urls)]
    return replace(library, tables={**library.tables, "sources": pd.concat(rows, ignore_index=True)})


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ("https://example.org/a", "https://example.org/a", 1),
        ("http://www.example.org/a/", "https://Example.org/a", 1),
        ("https://example.org:443/a", "https://example.org/a#part", 1),
        ("https://example.org/a?page=1", "https://example.org/a?page=2", 2),
        ("https://example.org/a", "https://example.org/A", 2),
        ("", "", 2),
    ],
)
def test_two_sources_at_one_address_are_one_document(library: Library, one: str, other: str, count: int) -> None:
    assert count_documents(with_addresses(library, one, other), ["S0", "S1"]) == count


def test_a_footnote_that_points_back_is_the_document_it_points_to_and_what_names_none_is_none(library: Library) -> None:
    footnotes = [f"brief-2012-fn{number}" for number in ("17", "18", "19", "13", "15", "24", "09", "10")]
    assert documents_of(library, footnotes) == [footnotes[:3], footnotes[3:6], footnotes[6:]]
    assert documents_of(library, ["general-knowledge", "brief-2012-fn14", "not there"]) == []


def test_versions_of_a_page_are_one_document_and_no_document_is_counted_twice(library: Library) -> None:
    versions = ["dpaa-progress-on-korean-war-2018", "dpaa-progress-on-korean-war-2017"]
    assert documents_of(library, versions) == [versions]
    addresses = library["sources"].loc[library["sources"]["url"] != "", "url"].str.replace("://www.", "://")
    assert count_documents(library, library["sources"]["source_id"]) < len(library["sources"])
    first = [named[0] for named in documents_of(library, library["sources"]["source_id"])]
    assert not addresses[library["sources"]["source_id"].isin(first)].duplicated().any()


def test_the_readme_counts_the_documents_beside_the_brief_once(library: Library) -> None:
    sources = library["sources"]
    ids = ["brief-2012", *sources.loc[sources["kind"] == "evidence", "source_id"]]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"{count_documents(library, ids) - 1} other documents" in readme


def test_a_line_of_sources_counts_documents(library: Library) -> None:
    frame = library["figures"]
    number, tiers = re.match(r"Sources: (\d+) documents \((.+?)\);", source_line(library, frame)).groups()  # type: ignore[union-attr]
    assert int(number) == count_documents(library, frame["source_id"]) < frame["source_id"].nunique()
    assert sum(map(int, re.findall(r"\d+", tiers))) == int(number)


@pytest.mark.parametrize("path", PAGES)
def test_what_a_page_calls_its_sources_is_as_many_as_it_lists(
    opened_page: Callable[..., AppTest], library: Library, path: str
) -> None:
    lists = [one.proto.body for one in opened_page(path).get("html") if '<ul class="documents">' in one.proto.body]
    for body in lists:
        counted = re.search(r"Sources: (\d+) documents", body)
        assert counted is None or int(counted[1]) == body.count("<li>")
