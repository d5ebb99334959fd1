"""An address gives the rows that it names, says what would be right where it names none, and tells what has changed."""

import io
import json
import re
import urllib.error
import urllib.request
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urljoin

import frictionless
import pandas as pd
import pytest
from pptx import Presentation

from components.panels.download_dialog import in_pandas
from data.files.export import FORMATS, to_csv
from data.files.extract import Extract
from data.query.address import ROOT as DATA
from data.query.address import query_of
from data.query.params import PARAMETERS
from data.query.path import READY, Path, Step, encode_path
from data.query.rows import find_row
from data.query.select import Selection
from data.query.views import LIST, VIEWS, view_of_table
from data.record.load import TABLES, Library, digest_of
from tests.choices import random_choices
from tests.served import ROOT


class Answer:
    """What a server answers: status, headers and body."""

    def __init__(self, url: str, headers: Mapping[str, str] | None = None) -> None:
        try:
            with urllib.request.urlopen(urllib.request.Request(url, headers=dict(headers or {})), timeout=30) as found:
                self.status, self.headers, self.body = found.status, found.headers, found.read()
        except urllib.error.HTTPError as refused:
            self.status, self.headers, self.body = refused.code, refused.headers, refused.read()

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def ask(server: str, path: str, **headers: str) -> Answer:
    return Answer(f"{server}{DATA}/{path}", {name.replace("_", "-"): cell for name, cell in headers.items()})


@pytest.mark.parametrize("name", list(FORMATS))
def test_each_format_is_served_with_its_media_type_and_its_name(server: str, library: Library, name: str) -> None:
    chosen = FORMATS[name]
    answer = ask(server, f"places.{chosen.extension}?country=Russia")
    assert answer.status == 200 and answer.headers["Content-Type"] == chosen.media_type
    assert f'filename="places_country-russia_v{library.version}' in answer.headers["Content-Disposition"]
    asked = Selection("sources-and-data", {"country": ("Russia",)})
    extract = Extract(view_of_table(library, "places"), library, asked, server)
    if name != "Evidence bundle":
        assert answer.body == chosen.to_bytes(extract)


WRONG = [
    ("nothing.csv", 404, "tables", "figures"),
    ("figures.docx", 404, "formats", "csv"),
    ("figures", 404, "formats", "xlsx"),
    ("figures.kml", 404, "formats", "csv"),
    ("figures/NOPE.json", 404, "rows", "figures.csv"),
    ("nothing/BRF-001.json", 404, "tables", "figures"),
    ("figures/1/2/3", 404, "see", DATA),
    ("figures.csv?nope=1", 400, "parameters", "hedge"),
    ("figures.csv?value=1", 400, "parameters", "hedge"),
    ("figures.csv?hedge=about", 400, "values", "approximately"),
    ("figures.csv?lane=talks", 400, "parameters", "hedge"),
    ("figures.csv?panel=nope", 400, "values", "claims"),
    ("figures.csv?panel=map", 400, "table", "places"),
    ("figures.csv?panel=claims&panel=map", 400, "values", "claims"),
    ("figures.csv?panel=look-ahead", 400, "values", "whole number"),
    ("figures.csv?panel=look-ahead&pace=9999", 400, "values", "whole number"),
    ("figures.csv?panel=disagreement-panel", 400, "values", "DIS-01"),
    ("figures.csv?panel=disagreement-panel&disagreement=DIS-99", 400, "values", "DIS-01"),
    ("figures.csv?asof=2012-02-31", 400, "values", "2012-07-03"),
    ("figures.csv?asof=2012", 400, "values", "2012-07-03"),
    ("figures.csv?asof=2012-07-03&asof=2013-01-01", 400, "values", "2012-07-03"),
    ("figures.csv?source=mine", 400, "values", "brief only"),
    ("events.csv?years=1990", 400, "values", "two years"),
    ("events.csv?years=1990&years=abc", 400, "values", "two years"),
    ("events.csv?years=1990&years=3000", 400, "values", "two years"),
    ("figures.csv?q=a&q=b", 400, "values", "once"),
    ("figures.png?q=a%01", 400, "values", "control characters"),
    (f"events.xlsx?q={'a' * 33_000}", 400, "values", "letters"),
    ("events.csv?years=%C2%B2&years=2000", 400, "values", "two years"),
    (f"events.csv?years={'9' * 5_000}&years=2000", 400, "values", "two years"),
    (f"figures.csv?panel=look-ahead&pace={'9' * 5_000}", 400, "values", "whole number"),
    ("figures.csv?panel=look-ahead&pace=%C2%B2", 400, "values", "whole number"),
    ("figures.csv?asof=%EF%BC%92%EF%BC%90%EF%BC%91%EF%BC%92-07-03", 400, "values", "2012-07-03"),
]


@pytest.mark.parametrize(("path", "status", "right", "holds"), WRONG, ids=[row[0][:40] for row in WRONG])
def test_an_address_that_names_nothing_says_what_would_be_right(
    server: str, path: str, status: int, right: str, holds: str
) -> None:
    answer = ask(server, path)
    assert answer.status == status and answer.headers["Content-Type"] == "application/json"
    assert len(answer.json["error"]) > 15 and answer.json["error"].endswith(".")
    assert holds in str(answer.json[right])


def test_what_a_page_says_of_its_look_alone_is_ignored(server: str) -> None:
    plain = ask(server, "places.csv?panel=map")
    looks = "present=1&view=peninsula&layer=routes&place=THA_BANGKOK&table=events&figure=BRF-001&overlay=talks"
    assert ask(server, f"places.csv?panel=map&{looks}").body == plain.body


def test_the_page_of_addresses_is_found_without_its_last_stroke(server: str) -> None:
    assert Answer(f"{server}{DATA}").body == ask(server, "").body


def test_a_period_is_told_from_its_first_year_to_its_last(server: str) -> None:
    told = ask(server, "operations/BRO-001.json").json["in_words"]
    assert told.startswith("more than 4,000 sets of remains, 1950 to 1959")


def test_a_computed_row_is_served_with_what_it_is_worked_out_from(server: str, newest_count: dict[str, Any]) -> None:
    row_id = ask(server, "figures.json?panel=look-ahead&pace=50").json["data"][0]["figure_id"]
    told = ask(server, f"figures/{row_id}.json").json
    assert told["computed_from"] == [f"{server}{DATA}/figures/{newest_count['figure_id']}.json"]
    assert told["row"]["source_id"] == ""


def test_a_look_decides_the_picture_and_not_its_rows(server: str) -> None:
    near, far = (ask(server, f"places.figure?panel=map&view={view}").json for view in ("peninsula", "whole"))
    assert near["figure"] != far["figure"]
    assert ask(server, "figures.figure").json["figure"] is None


@pytest.mark.parametrize("view", LIST, ids=lambda view: view.key)
def test_a_copied_address_writes_every_choice_of_its_panel_out(library: Library, view: Any) -> None:
    written = [name for name, _ in query_of(view, Selection(view.page), library)]
    assert written[0] == "panel"
    assert set(written[1:]) == {"asof", "source", *view.choices, *view.subject}


def test_every_choice_of_a_view_is_one_of_its_page_and_filters_its_table() -> None:
    for view in LIST:
        for name in (*view.choices, *view.subject, *view.looks):
            chosen = next(one for one in PARAMETERS if one.name == name)
            assert view.page in chosen.pages, (view.key, name)
            if name in view.choices:
                by_column = view.table in chosen.columns or chosen.kind == "words" or name == "years"
                assert by_column or (view.key, name) == ("timeline-panel", "preset"), (view.key, name)


def test_an_unchanged_answer_is_not_sent_twice(server: str) -> None:
    first = ask(server, "figures.csv?panel=claims")
    assert first.headers["ETag"] and first.headers["Last-Modified"].endswith("GMT")
    again = ask(server, "figures.csv?panel=claims", If_None_Match=first.headers["ETag"])
    assert (again.status, again.body) == (304, b"")
    assert ask(server, "figures.csv?panel=claims", If_None_Match='"another"').status == 200
    assert ask(server, "figures.csv?panel=claims", If_Modified_Since=first.headers["Last-Modified"]).status == 304
    assert ask(server, "figures.csv?panel=claims", If_Modified_Since="Mon, 01 Jan 2001 00:00:00 GMT").status == 200
    assert ask(server, "figures.csv?panel=claims", If_Modified_Since="no day").status == 200
    assert ask(server, "figures.csv?panel=prisoners").headers["ETag"] != first.headers["ETag"]


def test_one_figure_is_served_whole(server: str, library: Library) -> None:
    told = ask(server, "figures/BRF-001.json").json
    assert told["row"]["value"] == 7954 and told["row"]["qualifier"] == "approximately" and told["row"]["low"] is None
    assert told["in_words"].startswith("approximately 7,954 people, as of 28 June 2012")
    assert told["source"]["source_id"] == "brief-2012" and told["cautions"]
    assert "approximately 7,954 people" in told["citation"]["APA"] and library.version in told["citation"]["Chicago"]
    disputed = library["disagreements"]["row_ids"].iloc[0].split(";")[0]
    table = find_row(library, disputed).table  # type: ignore[union-attr]
    assert ask(server, f"{table}/{disputed}.json").json["disagreements"]
    assert told["card"] == f"{server}/sources-and-data?figure=BRF-001"


@pytest.mark.parametrize(
    "table",
    [
        "figures",
        "events",
        "places",
        "operations",
        "burial_estimates",
        "sources",
        "cautions",
        "series",
        "routes",
        "refused",
    ],
)
def test_every_row_has_an_address_of_its_own(server: str, library: Library, table: str) -> None:
    row_id = str(library[table].iloc[-1, 0])
    assert next(iter(ask(server, f"{table}/{row_id}.json").json["row"].values())) == row_id


def test_the_data_package_fits_what_is_served(server: str, library: Library) -> None:
    package = frictionless.Package(f"{server}{DATA}/datapackage.json")
    assert package.custom.get("version", package.version) == library.version
    report = package.validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "note"])[:5]
    assert {task.name for task in report.tasks} == set(library.tables)


def test_the_catalogue_names_every_table_in_every_format(server: str, library: Library) -> None:
    told = ask(server, "catalog.jsonld").json
    assert told["@type"] == "Dataset" and told["version"] == library.version and told["license"].startswith("https://")
    wanted = {f"{table}.{one.extension}" for table in library.tables for one in FORMATS.values() if one.holds(table)}
    assert {one["contentUrl"].rsplit("/", 1)[1] for one in told["distribution"]} == wanted


def test_the_page_of_addresses_links_to_what_exists(server: str, library: Library) -> None:
    page = ask(server, "").body.decode("utf-8")
    links = {urljoin(f"{server}{DATA}/", link) for link in re.findall(r"""href=["']([^"']+)["']""", page)}
    assert {f"{server}{DATA}/{table}.csv" for table in library.tables} <= links
    pictures = {link for link in links if link.endswith((".svg", ".png"))}
    assert len(pictures) == 2 * len(library.tables)  # a test of their own looks at each (test_drawing.py)
    for link in [*(links - pictures), *sorted(pictures)[:2]]:
        assert Answer(link).status == 200, link


def test_a_panel_and_a_path_are_served_as_slides(server: str) -> None:
    one = ask(server, "figures.pptx?panel=claims")
    assert one.status == 200 and len(Presentation(io.BytesIO(one.body)).slides) == 1
    short = Path("short", READY.steps[2:5])
    deck = ask(server, f"path.pptx?path={encode_path(short)}")
    first, *steps, last = [slide.shapes.title.text for slide in Presentation(io.BytesIO(deck.body)).slides]
    assert (first, len(steps), last) == ("short", 3, "Sources and license")
    for broken in ("", "x", encode_path(READY)[:-5]):
        assert ask(server, f"path.pptx?path={broken}").status == 400
    gone = ask(server, f"path.pptx?path={encode_path(Path('t', (Step('panel=nope'),)))}")
    assert gone.status in (400, 404) and gone.json["error"]


def test_code_to_go_brings_the_rows_on_the_screen(server: str, library: Library) -> None:
    for key, values in (("timeline-panel", {"lane": ("talks",)}), ("by-origin", {"origin": "208 boxes"}), ("map", {})):
        extract = Extract(VIEWS[key], library, Selection(VIEWS[key].page, values), server)
        code = in_pandas(extract)
        assert len(code.splitlines()) == 3
        names: dict[str, Any] = {}
        exec(code, names)
        rows, expected = names["rows"], extract.frame
        assert list(rows.columns) == list(expected.columns)
        for name in expected:
            if pd.api.types.is_numeric_dtype(expected[name]):
                assert rows[name].astype("Float64").tolist() == expected[name].astype("Float64").tolist()
            else:
                assert rows[name].astype(str).tolist() == expected[name].astype(str).tolist(), name


def test_fifty_clients_at_once_get_the_rows_of_their_own_address(server: str, library: Library) -> None:
    settings = [
        one
        for one in random_choices(library, 150, seed=3)
        if "asof" not in one[1].values and one[1].values.get("source") != "brief only"
    ][:50]
    extracts = [Extract(view, library, selection, server) for view, selection in settings]
    assert len(extracts) == 50

    def read(extract: Extract) -> bytes:
        return Answer(extract.address("csv")).body

    with ThreadPoolExecutor(50) as clients:
        for _ in range(3):
            assert list(clients.map(read, extracts)) == [to_csv(extract) for extract in extracts]


def test_pandas_reads_a_copied_address(server: str, library: Library) -> None:
    extract = Extract(VIEWS["claims"], library, Selection("prisoners-of-war"), server)
    rows = pd.read_csv(extract.address("csv"))
    assert list(rows["figure_id"]) == list(extract.rows["figure_id"])
    assert list(pd.read_csv(io.BytesIO(to_csv(extract)))["value"]) == list(rows["value"])


def test_the_version_changes_when_the_data_do(library: Library, tables_copy: Any) -> None:
    path = tables_copy / "glossary.csv"
    assert digest_of(tables_copy, library.dictionary) == library.digest
    path.write_text(path.read_text(encoding="utf-8").replace("e", "ë", 1), encoding="utf-8")
    assert digest_of(tables_copy, library.dictionary) != library.digest
    assert library.version == f"{library.dictionary['version']}+{library.digest}"


def test_the_newest_entry_of_the_changelog_is_of_the_tables_as_they_are(library: Library) -> None:
    rows = re.findall(
        r"^\| (\d+\.\d+\.\d+) \| (\S+) \| `?(\w*)`? \|", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M
    )
    version, day, digest = rows[0]
    said = f"the tables changed: enter version, day and digits {library.digest} into CHANGELOG.md and the data package"
    assert digest == library.digest, said
    assert (version, day) == (library.dictionary["version"], library.dictionary["created"][:10]), said
    assert TABLES.exists() and len({row[0] for row in rows}) == len(rows)
