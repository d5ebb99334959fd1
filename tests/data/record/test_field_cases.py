"""What hosts have brought as tables, each of which once passed the check and failed later, or was refused in a program's words.

Each case changes one thing in the tables, and has the lines that it is refused with.
"""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data.record.check import check_folder
from data.record.dates import DATE_RULE
from tests.data.record.test_tables import rewrite
from tests.wrong_tables import rows_of, write

HIDDEN = "there is a character here that cannot be seen or that turns the direction of the text; remove it"
WHOLE = "a number is whole, in digits, 12 of them at most"
PLAIN = "a number is written in digits, with a point before its decimals"
UTF_8 = "this is not UTF-8, as another encoding writes its accents; save the file as CSV UTF-8"
Change = Callable[[Path], object]


def cell(table: str, row: int, **cells: str) -> Change:
    return lambda folder: rewrite(folder, table, row, **cells)


def content(file: str, change: Callable[[bytes], bytes]) -> Change:
    return lambda folder: (folder / file).write_bytes(change((folder / file).read_bytes()))


def rows(table: str, change: Callable[[list[list[str]]], list[list[str]]], **dialect: object) -> Change:
    path = f"{table}.csv"
    return lambda folder: write(folder / path, change(rows_of(folder / path)), **dialect)


def edited(edit: Callable[[dict[str, Any]], object]) -> Change:
    """The dictionary with a change."""

    def change(folder: Path) -> None:
        path = folder / "datapackage.json"
        described = json.loads(path.read_text(encoding="utf-8"))
        edit(described)
        path.write_text(json.dumps(described), encoding="utf-8")

    return change


def dictionary(name: str, value: object) -> Change:
    return edited(lambda described: described.update({name: value}))


def columns_of(described: dict[str, Any], table: str) -> list[dict[str, Any]]:
    """The dictionary's entries of the columns of a table."""
    return next(one["schema"]["fields"] for one in described["resources"] if one["name"] == table)


def column_of(described: dict[str, Any], table: str, name: str) -> dict[str, Any]:
    """The dictionary's entry of a column."""
    return next(field for field in columns_of(described, table) if field["name"] == name)


def limits(table: str, name: str, **limits: Any) -> Change:
    return edited(lambda described: column_of(described, table, name)["constraints"].update(limits))


def added_column(table: str, **column: Any) -> Change:
    entry = {"title": "A column", "description": "Of a host.", "type": "string"} | column
    return edited(lambda described: columns_of(described, table).append(entry))


def added_table(*columns: str, **entry: Any) -> Change:
    """A table of one row beside those of the record, whose first column holds ids."""
    fields: list[dict[str, Any]] = [
        {"name": name, "title": name.title(), "description": "Of a host.", "type": "string"} for name in columns
    ]
    fields[0]["constraints"] = {"required": True, "unique": True}
    table = {"name": "cases", "title": "Cases", "description": "One row a case.", "path": "cases.csv"}
    described = edited(lambda whole: whole["resources"].append({**table, "schema": {"fields": fields}, **entry}))
    return lambda folder: (described(folder), write(folder / "cases.csv", [list(columns), ["x"] * len(columns)]))


OF_FIGURES = "this column of figures"
CASES: dict[str, tuple[Change, list[str]]] = (
    {
        "semicolons": (
            rows("glossary", list, delimiter=";", quoting=csv.QUOTE_ALL),
            ["glossary.csv, row 1: columns are separated by semicolons; separate them with commas"],
        ),
        "a title above the header": (
            content("glossary.csv", lambda old: b"Glossary\n" + old),
            ["glossary.csv: the header stands in row 2; take out the lines above it"],
        ),
        "a blank before the header": (
            content("figures.csv", lambda old: b" " + old),
            [
                "figures.csv, row 1, column figure_id: this column is named figure_id, in small letters and without blanks around it (found “ figure_id”)"
            ],
        ),
        "a column more": (
            rows("glossary", lambda old: [[*row, "x" if at else "comment"] for at, row in enumerate(old)]),
            ["glossary.csv, row 1, column comment: the dictionary has no column of this name"],
        ),
        "an empty row": (
            content("figures.csv", lambda old: old + b"," * 24 + b"\n"),
            ["figures.csv, row 588: this row is empty; take it out"],
        ),
        "several empty rows": (
            content("glossary.csv", lambda old: old.replace(b"\n", b"\n\n\n,,\n", 1)),
            ["glossary.csv, row 2 to 4: these rows are empty; take them out"],
        ),
        "notes below the rows": (
            content("glossary.csv", lambda old: old + b"Source: an agency\nLast updated today\n"),
            [
                "glossary.csv, row 10: the rows end above this line; take out the notes from here on (found “Source: an agency”)"
            ],
        ),
        "another encoding, late in the file": (
            content("figures.csv", lambda old: old[:-1] + b"\x93x\x94\n"),
            [f"figures.csv, row 587, column note: {UTF_8} (found “byte 93”)"],
        ),
        "signs that are not seen": (
            cell("figures", 0, note="a\u202eb\u200bc\x01"),
            [f"figures.csv, row 2, column note: {HIDDEN} (found “U+202E RIGHT-TO-LEFT OVERRIDE”)"],
        ),
        "a table without rows": (
            rows("figures", lambda old: old[:1]),
            ["figures.csv: the table has rows below its header (found “none”)"],
        ),
        "an address without a host": (
            cell("sources", 300, url="https://["),
            [
                "sources.csv, row 302, column url: an address is whole, as https://example.org/page, without blanks (found “https://[”)"
            ],
        ),
        "a folder in the place of a table": (
            lambda folder: ((folder / "glossary.csv").unlink(), (folder / "glossary.csv").mkdir()),
            ["glossary.csv: the folder has this table as a file (found “a folder”)"],
        ),
        "a version that is a number": (
            dictionary("version", 3),
            [
                "datapackage.json, column version: the dictionary says this of the tables as a whole, as text (found “3”)"
            ],
        ),
        "a name that is a path": (
            dictionary("name", "../x"),
            [
                "datapackage.json, column name: the name of the data holds small letters, digits, points, hyphens and underscores (found “../x”)"
            ],
        ),
        "no licences": (
            dictionary("licenses", []),
            [
                "datapackage.json, column licenses: the dictionary says this of the tables as a whole, as a list (found “nothing”)"
            ],
        ),
        "a column of files that is not described": (
            edited(lambda all_of_it: [part["derivedFields"].pop(0) for part in (all_of_it, all_of_it["resources"][0])]),
            [
                "datapackage.json, column source_title: the dictionary describes this column of files of all tables (found “nothing”)",
                "datapackage.json, column kind: the dictionary describes this column of files of figures (found “nothing”)",
            ],
        ),
        "columns of files that are no list": (
            dictionary("derivedFields", 3),
            [
                "datapackage.json, column derivedFields: the dictionary says this of the tables as a whole, as a list (found “3”)"
            ],
        ),
        "a column of files whose name is a list": (
            edited(lambda described: described["derivedFields"][0].update(name=["x"])),
            [
                "datapackage.json, column name: the dictionary says this of the tables as a whole, as text (found “['x']”)",
                "datapackage.json, column source_title: the dictionary describes this column of files of all tables (found “nothing”)",
            ],
        ),
        "a word more than pages can draw": (
            edited(
                lambda described: column_of(described, "figures", "language")["constraints"]["enum"].append("Russian")
            ),
            [
                f"datapackage.json, column language: the limit enum of {OF_FIGURES} is Korean (found “Korean, Russian”)",
            ],
        ),
        "a word of a list under another name": (
            edited(lambda described: column_of(described, "events", "flags").update(itemEnum=["inferred"])),
            [
                "datapackage.json, column flags: the words of this column of events are date inferred (found “inferred”)",
            ],
        ),
        "a number beyond the map": (
            limits("places", "latitude", maximum=1000),
            ["datapackage.json, column latitude: the limit maximum of this column of places is 90 (found “1000”)"],
        ),
        "an address of any form": (
            limits("sources", "url", pattern=".*"),
            [
                "datapackage.json, column url: the limit pattern of this column of sources is ^https?://[A-Za-z0-9.-]+(:[0-9]+)?([/?#]\\S*)?$ (found “.*”)"
            ],
        ),
        "a cell that is no longer needed": (
            limits("figures", "source_id", required=False),
            [f"datapackage.json, column source_id: the limit required of {OF_FIGURES} is True (found “False”)"],
        ),
        "a schema that does not say what it is": (
            edited(lambda described: described["resources"][0]["schema"].pop("$schema")),
            ["datapackage.json, column $schema: the schema of figures says this, as text (found “nothing”)"],
        ),
        "a moment in another form": (
            dictionary("created", "20261127T000000Z"),
            [
                "datapackage.json, column created: a moment is written as 2026-11-27T00:00:00Z (found “20261127T000000Z”)"
            ],
        ),
        "a column of files that none of them has": (
            edited(lambda described: described["derivedFields"].append({**described["derivedFields"][0], "name": "x"})),
            [
                "datapackage.json, column x: files of all tables have no such column; take it out of derivedFields (found “x”)"
            ],
        ),
        "a column that has the name of another": (
            added_column("places", name="language"),
            [
                "datapackage.json, column language: a column that is added to places has a name that nothing else has (found “language”)"
            ],
        ),
        "a column that has the name of one of files": (
            added_column("figures", name="source_title"),
            [
                "datapackage.json, column source_title: a column that is added to figures has a name that nothing else has (found “source_title”)"
            ],
        ),
        "a column that is a list of ids": (
            added_column("glossary", name="see", listOf="glossary"),
            ["datapackage.json, column see: a column that is added to glossary is no list of ids (found “glossary”)"],
        ),
        "a table more without a title": (
            added_table("case_id", "unit_lost", title=""),
            ["datapackage.json, column title: the dictionary says this of cases, as text (found “nothing”)"],
        ),
        "a table more whose rows look like statements": (
            added_table("case_id", "attributed_to", "published"),
            [
                f"datapackage.json, column {name}: a column that is added to cases has a name that nothing else has (found “{name}”)"
                for name in ("attributed_to", "published")
            ],
        ),
        "a table more whose rows name sources without a key": (
            added_table("case_id", "source_id"),
            [
                'datapackage.json, column foreignKeys: the keys of cases are [{"fields": ["source_id"], "reference": {"resource": "sources", "fields": ["source_id"]}}] (found “[]”)'
            ],
        ),
        "a table more of ids alone": (
            added_table("case_id"),
            ["datapackage.json, column schema: the table cases has a column beside its ids (found “none”)"],
        ),
        "a table more of which another column is the key": (
            added_table(
                "case_id",
                "unit_lost",
                schema={
                    "fields": [
                        {"name": "case_id", "title": "Case", "description": "Id.", "type": "string"},
                        {"name": "unit_lost", "title": "Unit", "description": "Unit.", "type": "string"},
                    ],
                    "primaryKey": "unit_lost",
                    "foreignKeys": [{"fields": ["case_id"], "reference": {"resource": "figures", "fields": ["x"]}}],
                },
            ),
            [
                "datapackage.json, column case_id: the first column of cases holds ids: text, required and unique (found “less”)",
                "datapackage.json, column primaryKey: the key of cases is its first column, case_id (found “unit_lost”)",
                'datapackage.json, column foreignKeys: the keys of cases are none, since it names no source (found “[{"fields": ["case_id"], "reference": {"…”)',
            ],
        ),
        "a range of five thousand digits": (
            cell("figures", 3, qualifier="range", value="", low="9" * 5000, high="9" * 5001),
            [
                f"figures.csv, row 5, column low: {WHOLE} (found “{'9' * 40}…”)",
                f"figures.csv, row 5, column high: {WHOLE} (found “{'9' * 40}…”)",
            ],
        ),
        "an id that a list would take apart": (
            lambda folder: (
                limits("cautions", "caution_id", pattern=".*")(folder),
                rewrite(folder, "cautions", 0, caution_id="CAU;1"),
            ),
            [
                "cautions.csv, row 2, column caution_id: an id holds letters, digits, hyphens and underscores (found “CAU;1”)"
            ],
        ),
        "tables that are none": (
            dictionary("resources", {"a": 1}),
            ["datapackage.json, column resources: the dictionary lists the tables (found “{'a': 1}”)"],
        ),
    }
    | {
        f"a number written {text!r}": (
            cell("figures", 3, value=text),
            [f"figures.csv, row 5, column value: {WHOLE} (found “{found}”)"],
        )
        for text, found in (
            ("867 ", "867 "),
            (" 867", " 867"),
            ("\u00a0867", "�867"),
            ("+867", "+867"),
            ("８６７", "８６７"),
            ("7,954", "7,954"),
            ("9" * 20, "9" * 20),
        )
    }
    | {
        f"a date {text}": (
            cell("figures", 0, date=text),
            [f"figures.csv, row 2, column date: {DATE_RULE} (found “{text}”)"],
        )
        for text in ("0001-01-01", "1012-06-28", "2207-06-28", "2012-02-30", "２０１２-06-28")
    }
    | {
        f"a latitude of {text}": (
            cell("places", 5, latitude=text),
            [f"places.csv, row 7, column latitude: {rule} (found “{text}”)"],
        )
        for text, rule in (
            ("95", "a number is 90 or less"),
            ("-91", "a number is -90 or more"),
            ("inf", PLAIN),
            ("NaN", PLAIN),
            ("1e1", PLAIN),
        )
    }
)


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
def test_a_table_that_cannot_be_served_is_refused_in_one_plain_line_a_cell(tables_copy: Path, name: str) -> None:
    change, lines = CASES[name]
    change(tables_copy)
    assert [str(problem) for problem in check_folder(tables_copy).problems] == lines


def test_latitude_and_longitude_in_each_others_place_are_seen_where_one_is_out_of_bounds(tables_copy: Path) -> None:
    rewrite(tables_copy, "places", 5, latitude="126.9", longitude="37.5")
    assert [(problem.column, problem.rule) for problem in check_folder(tables_copy).problems] == [
        ("latitude", "a number is 90 or less")
    ]


def test_what_a_row_lacks_is_said_once_a_cell(tables_copy: Path) -> None:
    """A wrong date is also not as precise as its row claims, and not before its publication: it is one wrong date."""
    rewrite(tables_copy, "events", 3, start="9999-12-31", date_precision="day")
    problems = check_folder(tables_copy).problems
    assert [problem.rule for problem in problems if problem.column == "start"] == [DATE_RULE]
