"""A link shows what its page says: title, answer with its hedges, the one address of the view, and the same for programs."""

import json
import re
from typing import Any
from urllib.parse import parse_qsl

import pytest
from lxml import html

from components.exports.link_preview import (
    LONGEST_DESCRIPTION,
    SENTENCE_END,
    choices_that_count,
    head_of,
    preview_of,
)
from components.navigation import BY_PATH, PAGES, SITE_NAME, Page
from components.panels.answers import answer_of
from data.files.described import dataset
from data.query.address import address_of_card, read_page
from data.query.rows import find_row, tables_with_ids
from data.query.select import Selection
from data.query.views import VIEWS, rows_shown
from data.record.load import Library
from tests.served import spoken

BASE, PICTURE = "https://example.org", "https://example.org/data/v1/figures.png?panel=claims&width=1200&height=630"
DATA = BY_PATH["sources-and-data"]
HOSTILE = (("q", '</script><script>alert(1)</script>"><img src=x>'), ("figure", "</title><script>"), ("asof", "<b>"))
PATHS = [page.path for page in PAGES]


def head(page: Page, *pairs: tuple[str, str], picture: str = PICTURE) -> Any:
    return html.document_fromstring(f"<html><head>{head_of(page, pairs, BASE, picture)}</head><body></body></html>")


def tags(document: Any) -> dict[str, str]:
    found = document.xpath("//meta")
    names = [str(one.get("property") or one.get("name")) for one in found]
    assert len(names) == len(set(names))
    return dict(zip(names, (one.get("content") for one in found), strict=True))


def graph(document: Any) -> dict[str, Any]:
    """The entries of the block of data, by their type."""
    (block,) = document.xpath("//script")
    assert block.get("type") == "application/ld+json"
    whole = json.loads(block.text)
    assert whole["@context"] == "https://schema.org/"
    return {entry["@type"]: entry for entry in whole["@graph"]}


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_shown_with_its_title_its_question_its_answer_and_its_picture(path: str) -> None:
    page = BY_PATH[path]
    document = head(page)
    told = tags(document)
    library, selection = read_page(path, ())
    answer = answer_of(path, library, selection)
    assert document.findtext(".//title") == page.title and page.title.endswith(SITE_NAME)
    assert told["og:title"] == page.question and told["og:site_name"] == SITE_NAME
    assert told["description"] == told["og:description"] and answer.startswith(told["description"])
    assert told["description"].endswith((".", "?")) and len(told["description"]) <= LONGEST_DESCRIPTION
    assert (told["og:image"], told["og:image:width"], told["og:image:height"]) == (PICTURE, "1200", "630")
    assert page.question in told["og:image:alt"] and told["twitter:card"] == "summary_large_image"
    assert told["og:url"] == document.xpath("//link[@rel='canonical']/@href")[0] == f"{BASE}/{path}"
    assert (told["og:type"], told["og:locale"]) == ("website", "en_US")


def test_without_a_picture_no_tag_names_one() -> None:
    told = tags(head(BY_PATH[""], picture=""))
    assert not [name for name in told if name.startswith("og:image")] and told["twitter:card"] == "summary"
    assert "primaryImageOfPage" not in graph(head(BY_PATH[""], picture=""))["WebPage"]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Others differ. 4 claims are apart.", 2),
        ("The U.S. Army counted 7,954. More follow.", 2),
        ("Gen. Clark said so in No. 5. He did.", 2),
        ("About 1.5 million (as of 3 July 2012; fn. 2) were held.", 1),
        ("It says “missing.” That is all.", 1),
    ],
)
def test_a_description_is_cut_between_sentences_alone(text: str, sentences: int) -> None:
    assert len(SENTENCE_END.split(text)) == sentences


CANONICAL = [
    ("mission-timeline", "nope=1&present=1&lane=talks&utm_source=x&asof=2012-07-03", "asof=2012-07-03&lane=talks"),
    ("mission-timeline", "lane=talks&lane=nothing&q=", "lane=talks"),
    ("mission-timeline", "years=2005&years=1990", "years=1990&years=2005"),
    ("counts-over-time", "mark=counts&mark=before+2001&period=Since+2001&source=all", ""),
    ("counts-over-time", "mark=&source=brief+only", "source=brief+only&mark="),
    ("counts-over-time", "hedge=more_than", "hedge=more+than"),
    ("counts-over-time", "asof=never", ""),
    ("disagreements", "disagreement=none", ""),
    ("disagreements", "disagreement=DIS-03", "disagreement=DIS-03"),
    ("path", "path=ten-minutes&step=3", "path=ten-minutes"),
    ("path", "path=broken", ""),
    ("sources-and-data", "figure=NOPE", ""),
    ("sources-and-data", "table=events&figure=BRF-001&q=box", "figure=BRF-001"),
    ("", "figure=BRF-001", ""),
]


@pytest.mark.parametrize(("path", "query", "kept"), CANONICAL)
def test_the_one_address_of_a_view_holds_the_choices_that_count_in_one_order(path: str, query: str, kept: str) -> None:
    pairs = tuple(parse_qsl(query, keep_blank_values=True))
    for order in (pairs, pairs[::-1]):
        assert preview_of(BY_PATH[path], order, BASE).address == f"{BASE}/{path}" + (f"?{kept}" if kept else "")


def test_the_one_address_names_the_same_view() -> None:
    pairs = (("lane", "talks"), ("asof", "2012-07-03"), ("years", "1990"), ("years", "2005"))
    kept = choices_that_count(BY_PATH["mission-timeline"], pairs)
    assert read_page("mission-timeline", kept)[1] == read_page("mission-timeline", pairs)[1]


def test_a_view_of_a_day_says_so_and_answers_as_of_that_day() -> None:
    told = tags(head(BY_PATH[""], ("asof", "2012-07-03")))["description"]
    assert told.startswith("As published by 3 July 2012. Approximately 7,954 people were unaccounted for")
    assert tags(head(BY_PATH[""], ("source", "brief only")))["description"].startswith("The brief alone. ")


@pytest.mark.parametrize("path", PATHS)
def test_programs_find_the_record_and_the_page_that_is_about_it(library: Library, path: str) -> None:
    entries = graph(head(BY_PATH[path]))
    record, page = entries["Dataset"], entries["WebPage"]
    assert set(entries) == {"Dataset", "WebPage"}
    assert page["about"] == {"@id": record["@id"]} and page["headline"] == BY_PATH[path].question
    assert page["abstract"] == tags(head(BY_PATH[path]))["description"] and page["url"] == f"{BASE}/{path}"
    assert {name: cell for name, cell in record.items() if name != "distribution"} == dataset(library, BASE)
    assert bool(record.get("distribution")) == bool(path != "path")


def test_the_files_of_a_page_hold_the_choices_of_its_address(server: str) -> None:
    pairs = (("lane", "talks"), ("asof", "2012-07-03"))
    document = html.fromstring(head_of(BY_PATH["mission-timeline"], pairs, server, ""))
    for file in graph(document)["Dataset"]["distribution"]:
        answer = spoken(server, "GET", file["contentUrl"].removeprefix(server))
        assert answer.status == 200 and answer.headers["content-type"].startswith(file["encodingFormat"])
        assert "asof=2012-07-03" in file["contentUrl"] and "lane=talks" in file["contentUrl"]


def test_the_page_of_a_figure_is_a_claim_of_its_source_with_its_hedge(library: Library) -> None:
    document = head(DATA, ("figure", "BRF-001"), ("utm", "x"))
    told, entries = tags(document), graph(document)
    claim, row = entries["Claim"], find_row(library, "BRF-001").row  # type: ignore[union-attr]
    assert document.findtext(".//title").startswith("Approximately 7,954 people: Unaccounted for")
    assert told["og:url"] == address_of_card(BASE, "BRF-001")
    assert told["description"].startswith("Approximately 7,954 people") and "28 June 2012" in told["description"]
    assert claim["text"].startswith("Approximately 7,954 people") and claim["identifier"] == "BRF-001"
    assert claim["author"]["name"] == row["attributed_to"] and claim["temporalCoverage"] == row["date"]
    assert claim["datePublished"] == row["published"]
    source = find_row(library, row["source_id"]).row  # type: ignore[union-attr]
    assert (claim["appearance"]["name"], claim["appearance"]["url"]) == (source["title"], source["url"])
    assert claim["isPartOf"] == {"@id": entries["Dataset"]["@id"]}
    assert entries["WebPage"]["mainEntity"] == {"@id": claim["@id"]}


@pytest.mark.slow
def test_every_record_has_a_title_of_its_own_and_every_number_its_hedge(library: Library) -> None:
    for table in tables_with_ids(library):
        for row in library[table].to_dict("records"):
            row_id = str(next(iter(row.values())))
            shown = preview_of(DATA, (("figure", row_id),), BASE)
            assert shown.address == address_of_card(BASE, row_id) and shown.description.endswith((".", "…”.", ")."))
            if row.get("qualifier") and row["qualifier"] not in ("exact", "range"):
                assert shown.headline.lower().startswith(f"{row['qualifier']} "), row_id
            assert len(re.split(r"\.\.(?!\.)", shown.description)) == 1, shown.description


def test_a_computed_record_is_said_to_be_computed(library: Library) -> None:
    row_id = str(
        rows_shown(VIEWS["look-ahead"], library, Selection("remains-and-identifications", {"pace": 50})).iloc[0, 0]
    )
    document = head(DATA, ("figure", row_id))
    assert "Computed by this dashboard" in tags(document)["description"]
    assert graph(document)["Claim"]["author"] == dataset(library, BASE)["creator"]


def test_a_record_that_claims_nothing_is_no_claim() -> None:
    for row_id in ("JPN", "recovered", "brief-2012", "DIS-01"):
        assert "Claim" not in graph(head(DATA, ("figure", row_id)))


def test_a_record_that_was_not_yet_published_is_not_shown() -> None:
    newest = head(DATA, ("figure", "BRF-001"), ("asof", "2001-01-01"))
    assert tags(newest)["og:title"] == DATA.question


@pytest.mark.parametrize("path", PATHS)
def test_nothing_of_an_address_ends_a_tag(path: str) -> None:
    text = head_of(BY_PATH[path], HOSTILE, BASE, f'{PICTURE}"><script>')
    assert text.count("<script") == text.count("</script") == 1 and "<img" not in text and "<b>" not in text
    assert set(graph(html.document_fromstring(text))) == {"Dataset", "WebPage"}
