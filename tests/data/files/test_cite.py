"""A citation says what the tables say, in every format, and no text breaks out of its field."""

import json
import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from html import escape
from typing import Any

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware

from components.exports.one_page import one_file
from data.files import cite
from data.files.bundle import read_me
from data.files.cite import (
    CITATIONS,
    STYLES,
    Reference,
    bibtex,
    csl_json,
    plain,
    reference_of_row,
    reference_of_source,
    reference_of_view,
    ris,
    styled,
)
from data.files.extract import Extract
from data.query.rows import find_row, tables_with_ids
from data.query.select import Selection
from data.query.views import view_of_table
from data.record.load import Library, load_library
from data.record.wording import figure_in_words
from tests.served import ROOT

ADDRESS = "https://example.org/sources-and-data?figure=BRF-001&q=a%20b"
SIGNS = "Q&A: 100% of A_B #1, {braces}, $5, “quoted” \"twice\" 'once', -- café ~ \\ 한국 전쟁"
HOSTILE = (
    "one\nTY  - BOOK\nTI  - two",
    "one\r\nER  - \r\n\r\nTY  - BOOK",
    "one\u2028ER  - \u2029two\x0bthree\x0cfour\x85five\x1dsix\x00seven",
    "one}, title = {two",
    "one}}\n\n@book{evil, title = {two}}",
    "one {{{ two",
    "\n@comment{one} @misc(evil, title = two)",
    "one \\} two \\{ \\",
    'one", title = "two',
    "=cmd|' /C calc'!A0",
    '"]}, {"id": "evil"}',
    '<span class="nocase">one</span> <i>two</i></span>',
    "%PDF $one_{two}^2$ % three",
    "\u202eone\u2066 two\u200b",
)


@pytest.fixture(scope="session")
def references(library: Library) -> list[Reference]:
    """References of all sources."""
    return [reference_of_source(source) for source in library["sources"].to_dict("records")]


def source(**cells: str) -> dict[str, str]:
    """A row of `sources` with these cells, the others empty."""
    names = ("author", "publisher", "published", "accessed", "url", "pages", "note", "kind", "footnote")
    return dict.fromkeys(names, "") | {"source_id": "a-source", "title": "A title", "tier": "official"} | cells


def read_bibtex(text: str) -> dict[str, dict[str, str]]:
    """Fields of each entry as readers of BibTeX see them: LaTeX decoded, except in an address, which is taken as it is.

    Nothing beside entries may be there.
    """
    raw = bibtexparser.parse_string(text)
    read = bibtexparser.parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    assert read.blocks == read.entries and len(read.entries) == len(raw.entries)
    fields = {entry.key: {field.key: str(field.value) for field in entry.fields} for entry in read.entries}
    for entry in raw.entries:
        fields[entry.key] |= {"url": entry["url"]} if "url" in entry else {}
    return fields


def read_ris(text: str) -> list[dict[str, Any]]:
    """References of a RIS file; every line must be a field of one, or empty."""
    assert all(re.match(r"[A-Z][A-Z0-9]  - |$", line) for line in text.split("\n"))
    return list(rispy.loads(text))


def on_one_line(text: str) -> str:
    """A text as it must come back: nothing but its white space and its signs without a shape may differ."""
    return " ".join("".join(sign for sign in text if sign.isprintable() or sign.isspace()).split())


DATES = {
    "2012": ([2012], "(2012)", "2012. ", None, "2012///"),
    "2012-06": ([2012, 6], "(2012, June)", "June. ", "jun", "2012/06//"),
    "2012-06-28": ([2012, 6, 28], "(2012, June 28)", "June 28. ", "jun", "2012/06/28/"),
}


@pytest.mark.parametrize("kind", ["A book.", "A fact sheet.", "Hearings before", "plain"])
@pytest.mark.parametrize("written", DATES)
def test_a_date_that_is_partial_stays_partial_in_every_citation(written: str, kind: str) -> None:
    parts, apa, chicago, month, in_ris = DATES[written]
    title, note = (kind, "") if kind.startswith("Hearings") else ("A title", kind)
    one = reference_of_source(source(published=written, title=title, note=note, url="https://example.org/"))
    assert one["issued"] == {"date-parts": [parts]}
    if kind != "A book.":  # of a book both styles print the year alone
        assert apa in styled([one], "APA")[0]
        assert chicago in styled([one], "Chicago")[0]
    fields = read_bibtex(bibtex([one]))["a-source"]
    assert (fields["year"], fields["date"], fields.get("month")) == ("2012", written, month)
    assert month is None or f"\tmonth = {month},\n" in bibtex([one])
    [back] = read_ris(ris([one]))
    assert (back["year"], back["date"]) == ("2012", in_ris)


def test_without_a_day_of_publication_no_date_is_made_up() -> None:
    one = reference_of_source(source(accessed="2026-11-23", url="https://example.org/"))
    assert "issued" not in one
    assert "(n.d.)" in styled([one], "APA")[0]
    assert " n.d. " in styled([one], "Chicago")[0]
    assert not {"year", "month", "date"} & set(read_bibtex(bibtex([one]))["a-source"])
    assert not {"year", "date"} & set(read_ris(ris([one]))[0])


def test_a_source_is_cited_with_what_its_row_says_and_nothing_else(library: Library) -> None:
    for row in library["sources"].to_dict("records"):
        one = reference_of_source(row)
        publisher = one.get("publisher", one.get("container-title", ""))
        said = (one["id"], one["title"], publisher, one.get("URL", ""), one.get("page", ""), one.get("annote", ""))
        cells = ("source_id", "title", "publisher", "url", "pages", "note")
        assert said == tuple(row[name].strip() for name in cells)
        for name, cell in (("issued", "published"), ("accessed", "accessed")):
            assert "-".join(f"{part:02}" for part in one.get(name, {"date-parts": [[]]})["date-parts"][0]) == row[cell]
        names = [name.get("literal", f"{name.get('given')} {name.get('family')}") for name in one.get("author", [])]
        assert " and ".join(names) in (row["author"], row["publisher"] if not row["author"] else "")
        assert one.get("genre", "").lower() in f"{row['publisher']} {row['note']}".lower()


def test_a_kind_of_document_is_named_only_where_the_row_gives_grounds(library: Library) -> None:
    kinds = {row["source_id"]: reference_of_source(row)["type"] for row in library["sources"].to_dict("records")}
    assert kinds["brief-2012-fn06"] == "book"
    assert kinds["brief-2012-fn09"] == "hearing"
    assert kinds["brief-2012-fn03"] == "article-newspaper"
    assert kinds["brief-2012-fn20"] == kinds["brief-2012"] == "report"
    assert kinds["brief-2012-fn04"] == "document"
    assert kinds["geonames"] == "dataset"
    assert set(kinds.values()) <= set(cite.TYPES)
    assert (
        reference_of_source(source(title="A title", tier="secondary", url="https://example.org/"))["type"] == "webpage"
    )


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("William Wan", ("Wan", "William")),
        ("Burton I. Kaufman", ("Kaufman", "Burton I.")),
        ("C. Kenneth Quinones", ("Quinones", "C. Kenneth")),
        ("Choe Sang-Hun", None),
        ("Sen. John Kerry", None),
        ("Dr. Paul Cole, RAND (questions and answers)", None),
        ("Central Intelligence Agency", None),
        ("Washington Post", None),
        ("DPMO", None),
    ],
)
def test_a_name_is_parted_only_where_it_is_plainly_a_person(written: str, parts: tuple[str, str] | None) -> None:
    [name] = reference_of_source(source(author=written))["author"]
    assert name == ({"family": parts[0], "given": parts[1]} if parts else {"literal": written})


def test_an_institution_is_never_parted_at_a_comma_or_an_and() -> None:
    body = "Department of Defense, Prisoners of War and Missing Personnel"
    one = reference_of_source(source(author=body))
    assert f"author = {{{{{body}}}}}" in bibtex([one])
    assert read_ris(ris([one]))[0]["authors"] == [body.replace(",", ";")]
    assert all(line.startswith(f"{body}. ") for style in STYLES for line in styled([one], style))


def test_every_source_survives_bibtex_and_ris_read_back(references: list[Reference]) -> None:
    in_bibtex = read_bibtex(bibtex(references))
    in_ris = read_ris(ris(references))
    assert len(in_bibtex) == len(in_ris) == len(references) == len(json.loads(csl_json(references)))
    for one, fields, back in zip(references, in_bibtex.values(), in_ris, strict=True):
        assert fields["title"] == back["title"] == one["title"]
        assert fields.get("url", "") == "".join(back.get("urls", [])) == one.get("URL", "")
        assert fields.get("date", "") == back.get("date", "").rstrip("/").replace("/", "-")
        assert fields.get("urldate", "") == back.get("access_date", "").rstrip("/").replace("/", "-")
        publishers = {"institution", "publisher", "howpublished"} & set(fields)
        assert [fields[name] for name in publishers] == ([one["publisher"]] if "publisher" in one else [])
        assert back.get("publisher") == one.get("publisher")
        assert back.get("secondary_title") == one.get("container-title") == fields.get("journal")
    assert [back["id"] for back in in_ris] == list(in_bibtex) == [one["id"] for one in references]
    assert json.loads(csl_json(references)) == references


@pytest.mark.slow
@pytest.mark.parametrize("style", STYLES)
def test_every_source_is_cited_with_its_title_once_its_publisher_and_its_address(
    references: list[Reference], style: str
) -> None:
    for one, line in zip(references, styled(references, style), strict=True):
        rest = line.replace(one["title"], "", 1)
        assert line.count(one["title"]) == 1, line
        assert one.get("publisher", one.get("container-title", "")) in line
        assert one.get("URL", "") in line
        assert "\n" not in line and "Edition" not in rest and ".." not in line.replace("...", "")
        assert ("n.d." in line) == ("issued" not in one), line


def test_given_names_are_initials_in_one_style_and_spelled_out_in_the_other(references: list[Reference]) -> None:
    one = next(one for one in references if one["id"] == "brief-2012-fn06")
    assert styled([one], "APA")[0].startswith("Kaufman, B. I. (1999)")
    assert styled([one], "Chicago")[0].startswith("Kaufman, Burton I. 1999.")


def test_a_full_stop_stands_inside_american_quotation_marks_once() -> None:
    for title, said in (("A title", "“A title.”"), ("A title?", "“A title?”"), ("A title.", "“A title.”")):
        [line] = styled([reference_of_source(source(title=title, author="DPMO"))], "Chicago")
        assert line == f"DPMO. n.d. {said}"


def test_special_signs_come_back_as_they_were() -> None:
    one = reference_of_source(source(title=SIGNS, author=SIGNS, publisher=SIGNS))
    fields = read_bibtex(bibtex([one]))["a-source"]
    [back] = read_ris(ris([one]))
    assert fields["title"] == fields["author"] == fields["howpublished"] == SIGNS
    assert back["title"] == back["publisher"] == SIGNS
    assert json.loads(csl_json([one]))[0]["title"] == SIGNS
    assert all(SIGNS in line for style in STYLES for line in styled([one], style))


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_stays_inside_its_field(hostile: str) -> None:
    first = reference_of_source(source(title=hostile, author=hostile, publisher=hostile, note=hostile, pages=hostile))
    both = [first, reference_of_source(source(source_id="another", title="Another title"))]
    said = on_one_line(hostile)
    in_bibtex, in_ris = read_bibtex(bibtex(both)), read_ris(ris(both))
    shown = {name: value.replace("ˆ", "^") for name, value in in_bibtex["a-source"].items()}
    assert list(in_bibtex) == [one["id"] for one in in_ris] == ["a-source", "another"]
    assert shown == dict.fromkeys(("author", "title", "howpublished", "pages", "annote"), said)
    assert in_ris[0] == {
        "type_of_reference": "GEN",
        "id": "a-source",
        "authors": [said.replace(",", ";")],
        "title": said,
        "publisher": said,
        "start_page": said,
        "notes": [said],
    }
    assert json.loads(csl_json(both)) == both
    assert len(plain(both).strip().split("\n")) == 3
    assert all(said.rstrip(".") in line for style in STYLES for line in styled([first], style))


@pytest.mark.parametrize("hostile", HOSTILE)
def test_braces_are_balanced_whatever_is_written(hostile: str) -> None:
    """BibTeX itself counts braces that are escaped, which the reader used above does not."""
    depth = 0
    for sign in bibtex([reference_of_source(source(title=hostile, author=hostile, note=hostile))]):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
    assert depth == 0


def test_an_address_stays_usable() -> None:
    usable = "https://example.org/a_b%20c/~d?e=1&f=(g)#h"
    one = reference_of_source(source(url=usable))
    assert f"url = {{{usable}}}" in bibtex([one])
    assert f"UR  - {usable}\n" in ris([one])
    assert all(usable in line for style in STYLES for line in styled([one], style))
    odd = reference_of_source(source(url="https://example.org/a b}{\\\nER  - ;한"))
    assert (
        read_bibtex(bibtex([odd]))["a-source"]["url"] == "https://example.org/a%20b%7D%7B%5C%0AER%20%20-%20;%ED%95%9C"
    )
    assert read_ris(ris([odd]))[0]["urls"] == ["https://example.org/a%20b%7D%7B%5C%0AER%20%20-%20%3B%ED%95%9C"]


def test_a_view_is_cited_with_its_filters_version_day_and_address(library: Library) -> None:
    one = reference_of_view(library, "Unaccounted for", "hedge exact; years 1990 to 2005", ADDRESS)
    assert one["type"] == "dataset"
    assert one["issued"]["date-parts"] == [[int(part) for part in library.dictionary["created"][:10].split("-")]]
    parts = (
        "Unaccounted for",
        "hedge exact; years 1990 to 2005",
        library.version,
        library.dictionary["title"],
        ADDRESS,
    )
    for line in (text for style in STYLES for text in styled([one], style)):
        assert all(line.count(part) == 1 for part in parts), line
        assert "ersions" not in line
    for write in (bibtex, ris, csl_json):
        assert all(part in write([one]) for part in parts)


def test_a_view_without_filters_names_none_and_two_addresses_are_two_references(library: Library) -> None:
    one, other = (reference_of_view(library, "Unaccounted for", "", f"{ADDRESS}{end}") for end in ("", "&asof=2012"))
    assert one["title"] == "Unaccounted for"
    assert one["id"] != other["id"]
    assert len(read_bibtex(bibtex([one, other, one]))) == 2


def test_whoever_made_the_data_is_its_author_once_the_dictionary_says_so(library: Library) -> None:
    contributors = [{"givenName": "Ada", "familyName": "Maker"}, {"title": "An Office, Abroad"}, {"path": "nobody"}]
    named = replace(library, dictionary=library.dictionary | {"contributors": contributors})
    one = reference_of_view(named, "Unaccounted for", "", ADDRESS)
    assert one["author"] == [{"family": "Maker", "given": "Ada"}, {"literal": "An Office, Abroad"}]
    assert one["publisher"] == library.dictionary["title"]
    assert styled([one], "APA")[0].startswith("Maker, A., & An Office, Abroad. (")


def test_a_row_is_cited_with_its_number_day_speaker_source_and_place(library: Library) -> None:
    row = find_row(library, "BRF-001").row  # type: ignore[union-attr]
    brief = find_row(library, "brief-2012").row  # type: ignore[union-attr]
    one = reference_of_row(library, "BRF-001", ADDRESS)
    said = (figure_in_words(row), "as of 28 June 2012", row["attributed_to"], brief["title"], brief["publisher"])
    whole = (*said, "3 July 2012", row["locator"], library.version, library.dictionary["title"], ADDRESS)
    for line in (text for style in STYLES for text in styled([one], style)):
        assert all(part in line for part in whole), line
    for write in (bibtex, ris, csl_json, plain):
        assert all(part in write([one]) for part in whole)


@pytest.mark.parametrize("table", ["figures", "operations", "burial_estimates"])
def test_the_hedge_of_a_row_is_in_every_citation_of_it(library: Library, table: str) -> None:
    frame = library[table]
    for row in frame[frame["qualifier"] != ""].drop_duplicates("qualifier").to_dict("records"):
        one = reference_of_row(library, row[frame.columns[0]], ADDRESS)
        lines = [line for style in STYLES for line in styled([one], style)]
        for text in (*lines, *(write([one]) for _, _, write in CITATIONS.values())):
            assert figure_in_words(row) in text
            assert {"exact": "", "range": " to "}.get(row["qualifier"], row["qualifier"]) in text


def test_what_was_planned_claimed_or_inferred_is_cited_as_that(library: Library) -> None:
    for table in ("events", "operations"):
        frame = library[table]
        for row in frame[frame["status"] != "happened"].to_dict("records"):
            assert f"; {row['status']}; " in reference_of_row(library, row[frame.columns[0]], ADDRESS)["title"]
    for table in ("events", "figures"):
        inferred = library[table][library[table]["flags"].str.contains("date inferred")].iloc[0]
        assert "date inferred; " in reference_of_row(library, inferred.iloc[0], ADDRESS)["title"]


@pytest.mark.parametrize("table", tables_with_ids(load_library()))
def test_a_row_of_any_table_can_be_cited(library: Library, table: str) -> None:
    for row_id in library[table].iloc[::25, 0]:
        one = reference_of_row(library, row_id, ADDRESS)
        if table == "sources":
            assert one == reference_of_source(find_row(library, row_id).row)  # type: ignore[union-attr]
        else:
            assert re.fullmatch(rf"{row_id}: \S.*\S", one["title"])
            assert (one["URL"], one["version"], one["type"]) == (ADDRESS, library.version, "entry")


def test_a_row_that_is_not_there_is_refused_in_a_sentence(library: Library) -> None:
    with pytest.raises(KeyError, match="No row of the tables has the id 'BRF-999'"):
        reference_of_row(library, "BRF-999", ADDRESS)


def test_a_style_that_is_not_there_is_refused(references: list[Reference]) -> None:
    with pytest.raises(KeyError):
        styled(references[:1], "MLA")


@pytest.mark.parametrize("write", [write for _, _, write in CITATIONS.values()], ids=list(CITATIONS))
def test_the_same_references_are_the_same_bytes(
    references: list[Reference], write: Callable[[Sequence[Reference]], str]
) -> None:
    some = references[::20]
    first = write(some)
    cite._in_style.cache_clear()
    cite._style.cache_clear()
    assert write([dict(reversed(list(one.items()))) for one in some]) == first


def test_the_order_of_the_references_is_kept(references: list[Reference]) -> None:
    some = references[:40]
    assert styled(some[::-1], "APA") == styled(some, "APA")[::-1]


def test_a_list_of_references_is_in_alphabetical_order_and_tells_alike_ones_apart_by_letters() -> None:
    def one(name: str, **cells: str) -> Reference:
        return reference_of_source(source(source_id=name, publisher="The Office", note="A report.", **cells))

    some = [
        one("d", title="Zeal", published="2018-06-18"),
        one("b", title="A view", published="2018"),
        one("c", title="Years", published="2018-01"),
        one("e", title="Later", published="2019"),
        one("f", title="Undated"),
        one("g", title="Also undated"),
        reference_of_source(source(source_id="h", title="“Able” without an author", tier="press", published="2018")),
        reference_of_source(source(source_id="i", title="T", author="Ada Ölberg", published="2018")),
    ]
    expected = [
        "“Able” without an author. (2018).",
        "The Office. (2018a). A view.",
        "The Office. (2018b, January). Years.",
        "The Office. (2018c, June 18). Zeal.",
        "The Office. (2019). Later.",
        "The Office. (n.d.-a). Also undated.",
        "The Office. (n.d.-b). Undated.",
        "Ada Ölberg. (2018). T.",
    ]
    assert sorted(plain(some).strip().split("\n\n")) == sorted(expected)
    lines = plain([*some, some[0]]).strip().split("\n\n")
    assert lines == [expected[0], expected[-1], *expected[1:-1]]


def test_every_list_of_references_is_in_this_order(library: Library) -> None:
    extract = Extract(view_of_table(library, "places"), library, Selection("sources-and-data", {}))
    references = [reference_of_source(row) for row in extract.sources.to_dict("records")]
    listed = cite.reference_list(references)
    assert listed != styled(references, "APA") and "\n\n".join(listed) in read_me(extract, {})
    page = one_file(extract).decode()
    places = [page.index(f"<li>{escape(line)}</li>") for line in listed]
    assert places == sorted(places)


# What a row of each shape is in BibTeX, RIS, CSL-JSON and at the beginning of its lines in APA and Chicago.
AUTHORS = {
    "one person": ("Barbara Demick", [("Demick", "Barbara")], "Demick, B. ", "Demick, Barbara. "),
    "two persons": (
        "Pat Meid and James M. Yingling",
        [("Meid", "Pat"), ("Yingling", "James M.")],
        "Meid, P., & Yingling, J. M. ",
        "Meid, Pat, and James M. Yingling. ",
    ),
    "three persons": (
        "Ada Maker, Ben Writer, and Carl Teller",
        [("Maker", "Ada"), ("Writer", "Ben"), ("Teller", "Carl")],
        "Maker, A., Writer, B., & Teller, C. ",
        "Maker, Ada, Ben Writer, and Carl Teller. ",
    ),
    "a particle": ("Charles de Gaulle", [("de Gaulle", "Charles")], "de Gaulle, C. ", "de Gaulle, Charles. "),
    "a body of two words": (
        "Department Defense",
        ["Department Defense"],
        "Department Defense. ",
        "Department Defense. ",
    ),
    "another": ("American Legion", ["American Legion"], "American Legion. ", "American Legion. "),
    "a body with an and": (
        "Defense Prisoner of War and Missing Personnel Office",
        ["Defense Prisoner of War and Missing Personnel Office"],
        "Defense Prisoner of War and Missing Personnel Office. ",
        "Defense Prisoner of War and Missing Personnel Office. ",
    ),
    "a Korean name": ("Choe Sang-Hun", ["Choe Sang-Hun"], "Choe Sang-Hun. ", "Choe Sang-Hun. "),
    "a Korean name in one word": ("Kim Taewoo", ["Kim Taewoo"], "Kim Taewoo. ", "Kim Taewoo. "),
    "in Korean": ("김철수", ["김철수"], "김철수. ", "김철수. "),
}


@pytest.mark.parametrize("shape", AUTHORS)
def test_an_author_of_each_shape_is_the_same_in_every_format(shape: str) -> None:
    written, names, apa, chicago = AUTHORS[shape]
    one = reference_of_source(source(author=written, published="2018"))
    parts = [
        tuple(name[part] for part in ("family", "given")) if "family" in name else name["literal"]
        for name in one["author"]
    ]
    assert parts == names
    assert styled([one], "APA")[0].startswith(apa) and styled([one], "Chicago")[0].startswith(chicago)
    assert read_ris(ris([one]))[0]["authors"] == [name if isinstance(name, str) else ", ".join(name) for name in names]
    in_bibtex = [
        f"{{{name}}}" if isinstance(name, str) else ", ".join(f"{{{part}}}" for part in name) for name in names
    ]
    assert f"author = {{{' and '.join(in_bibtex)}}}" in bibtex([one])


@pytest.mark.parametrize(("note", "title"), [("A fact sheet.", "A title"), ("A report.", "A title"), ("", "A page")])
def test_a_report_without_an_author_has_the_body_that_published_it_as_its_author_in_every_format(
    note: str, title: str
) -> None:
    body = "Department of Defense"
    one = reference_of_source(source(note=note, title=title, publisher=body, url="https://example.org/"))
    assert one["author"] == [{"literal": body}] and one["publisher"] == body
    assert f"author = {{{{{body}}}}}" in bibtex([one])
    [back] = read_ris(ris([one]))
    assert (back["authors"], back["publisher"]) == ([body], body)
    assert all(
        line.startswith(f"{body}. ") and line.count(body) == 1 for style in STYLES for line in styled([one], style)
    )


def test_an_article_of_a_newspaper_is_one_for_biblatex_and_has_no_author_that_nobody_named() -> None:
    one = reference_of_source(source(tier="press", publisher="The Herald", published="2018-06-18"))
    fields = read_bibtex(bibtex([one]))["a-source"]
    assert (fields["journal"], fields["entrysubtype"]) == ("The Herald", "newspaper") and "author" not in fields
    assert "entrysubtype" not in read_bibtex(bibtex([reference_of_source(source(note="A report."))]))["a-source"]


@pytest.mark.parametrize(
    ("written", "in_bibtex", "first", "last"),
    [
        ("59-68", "59--68", "59", "68"),
        ("59–68", "59--68", "59", "68"),
        ("xi-xiv", "xi--xiv", "xi", "xiv"),
        ("101", "101", "101", None),
        ("3, 11", "3, 11", "3, 11", None),
    ],
)
def test_a_range_of_pages_has_a_first_and_a_last_page_and_a_dash_of_latex(
    written: str, in_bibtex: str, first: str, last: str | None
) -> None:
    one = reference_of_source(source(pages=written, note="A book."))
    assert f"pages = {{{in_bibtex}}}" in bibtex([one])
    [back] = read_ris(ris([one]))
    assert (back["start_page"], back.get("end_page")) == (first, last)
    assert one["page"] == written


def test_an_undated_page_says_when_it_was_read_or_only_where_it_is(references: list[Reference]) -> None:
    page = source(url="https://example.org/", publisher="An Office")
    read = reference_of_source(page | {"accessed": "2026-11-23"})
    assert "Retrieved November 23, 2026, from https://example.org/" in styled([read], "APA")[0]
    assert styled([reference_of_source(page)], "APA") == ["An Office. (n.d.). A title. https://example.org/"]
    assert not [line for line in styled(references, "APA") if re.search(r"Retrieved (from )?http", line)]


def test_readers_at_the_same_time_get_the_same_citations_one_after_the_other(
    references: list[Reference], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = [(one, style) for one in references[:30] for style in STYLES]
    alone = [styled([one], style) for one, style in asked]
    render = cite.CitationStylesBibliography.bibliography

    def watched(bibliography: Any) -> Any:
        assert cite.STYLING.locked()
        return render(bibliography)

    monkeypatch.setattr(cite.CitationStylesBibliography, "bibliography", watched)
    cite._in_style.cache_clear()
    with ThreadPoolExecutor(8) as readers:
        assert list(readers.map(lambda pair: styled([pair[0]], pair[1]), asked)) == alone


def test_citing_asks_nothing_of_a_network(references: list[Reference], monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*given: object, **named: object) -> None:
        raise AssertionError("a connection was asked for")

    monkeypatch.setattr("socket.socket.connect", refuse)
    monkeypatch.setattr("socket.getaddrinfo", refuse)
    cite._in_style.cache_clear()
    cite._style.cache_clear()
    assert all(write(references[:3]) for _, _, write in CITATIONS.values())


def test_the_styles_keep_their_licence_and_their_authors() -> None:
    folder = ROOT / "data" / "styles"
    readme = (folder / "README.md").read_text(encoding="utf-8")
    assert {path.name for path in folder.glob("*.csl")} == set(cite.STYLE_FILES.values())
    for path in folder.glob("*.csl"):
        text = path.read_text(encoding="utf-8")
        assert "Creative Commons Attribution-ShareAlike 3.0 License" in text and path.name in readme
        info = text.split("</info>")[0]
        assert all(name in readme for name in re.findall(r"<name>(.+?)</name>", info))
