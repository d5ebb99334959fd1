"""The tables obey their dictionary and each other, and a broken one stops the start."""

import csv
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from data.record.check import TablesBroken, check_folder
from data.record.load import TABLES, Library, load_library
from data.record.problems import Problem
from data.record.rules import NUMBER_RULE, ids_of
from data.record.wording import date_in_words
from tests.served import ROOT, free_port
from tests.wrong_tables import rows_of

SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}


def numbers_in(phrase: str) -> set[int]:
    """Numbers that a printed phrase holds, in digits or in words, thousands and millions written out."""
    text = phrase.lower().replace(",", "")
    found = [float(number) for number in re.findall(r"\d+(?:\.\d+)?", text)]
    scales = (
        [1]
        + [1_000] * ("thousand" in text)
        + [1_000_000] * bool(re.search(r"million|\dm\b", text))
        + [100] * ("-hundred" in text)
    )
    ordinals = {"first two": 2, "both": 2, "three": 3, "a u.s. soldier": 1, "an american": 1, "one": 1}
    words = {value for word, value in ordinals.items() if word in text}
    total = current = 0
    for word in re.findall(r"[a-z]+", text):
        if word in SMALL or word in TENS:
            current += SMALL.index(word) if word in SMALL else TENS[word]
            words.add(current)
        elif word == "hundred" and current:
            current *= 100
        elif word == "thousand" and current:
            total, current = total + current * 1000, 0
        else:
            current = 0 if not total else current
    words |= {total + current, current}
    return words | {round(number * scale) for number in found for scale in scales}


def rewrite(folder: Path, table: str, row: int, /, **cells: str) -> None:
    """Overwrites cells of a row of a table (first row: 0)."""
    path = folder / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[row].update(cells)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def test_every_table_of_the_dictionary_is_there_and_no_other() -> None:
    named = {r["path"] for r in json.loads((TABLES / "datapackage.json").read_text())["resources"]}
    assert named == {path.name for path in TABLES.glob("*.csv")}


def test_every_column_is_in_the_dictionary_with_a_title_and_a_meaning(library: Library) -> None:
    for name, frame in library.tables.items():
        fields = library.fields(name)
        assert [field["name"] for field in fields] == list(frame.columns), name
        assert all(len(field["description"]) > 8 and field["title"] for field in fields), name


def test_one_message_names_a_missing_source_a_bad_date_a_negative_count_and_a_duplicate_id(tables_copy: Path) -> None:
    rewrite(tables_copy, "figures", 0, source_id="")
    rewrite(tables_copy, "figures", 1, date="2011-02-31")
    rewrite(tables_copy, "figures", 3, value="-867")
    rewrite(tables_copy, "figures", 5, figure_id="BRF-001")
    rewrite(tables_copy, "events", 0, source_id="no-such-source")
    with pytest.raises(TablesBroken) as stop:
        load_library(tables_copy)
    message = str(stop.value)
    for file, row, column, value in (
        ("figures.csv", 2, "source_id", ""),
        ("figures.csv", 3, "date", "2011-02-31"),
        ("figures.csv", 5, "value", "-867"),
        ("figures.csv", 7, "figure_id", "BRF-001"),
        ("events.csv", 2, "source_id", "no-such-source"),
    ):
        line = next(line for line in message.splitlines() if f"{file}, row {row}, column {column}:" in line)
        assert value in line


# Each in a row of its own, so that all can be broken in one copy of the tables.
BROKEN: list[tuple[str, int, dict[str, str], str]] = [
    ("figures", 0, {"qualifier": "range"}, "a range needs low and high"),
    ("figures", 1, {"low": "7000"}, "low and high stand only where a range was printed"),
    ("figures", 2, {"date": "2012-06"}, "as precise as it says"),
    ("figures", 3, {"unit": "boxes"}, "has a unit of its series (“"),
    ("figures", 4, {"qualifier": "roughly"}, "only these words may stand here: exact, approx"),
    ("figures", 5, {"flags": "odd"}, "each item must be one of flags"),
    ("figures", 6, {"date": "2012-02-31"}, "exists in the calendar"),
    ("figures", 7, {"locator": ""}, "says where in the brief"),
    ("figures", 8, {"scope": "Remains known to be in China", "country": ""}, "whose scope names one country"),
    ("figures", 10, {"country": ""}, "names one country says so (“Russia”)"),
    ("figures", 15, {"country": ""}, "which country they came from"),
    ("events", 2, {"number": "", "number_qualifier": "exact"}, "has its hedge"),
    ("events", 1, {"figure_ids": "BRF-999"}, "each item must be one of figures"),
    ("events", 0, {"start": "1960"}, "must not end before it starts"),
    ("operations", 0, {"value": "1"}, "prints what its figure"),
    ("places", 0, {"latitude": "40", "longitude": "127"}, "unless it is a country or unidentified"),
    ("cautions", 0, {"row_ids": "BRF-001;nothing"}, "each item must be one of rows"),
    ("disagreements", 0, {"row_ids": "BRF-001;brief-2012"}, NUMBER_RULE),
    ("disagreements", 1, {"row_ids": "BRF-001;EV001"}, NUMBER_RULE),
    ("then_and_now", 0, {"newest_row_id": "TAN-01"}, NUMBER_RULE),
    ("then_and_now", 1, {"row_2015": "BRO-005"}, NUMBER_RULE),
    ("then_and_now", 5, {"newest_row_id": "FIG-133"}, "is empty where the column newest says “nothing newer found”"),
    ("then_and_now", 6, {"newest_row_id": ""}, "nothing newer found”, and only there"),
    ("then_and_now", 3, {"version_2015": "same"}, "where the column version_2015 says “not read”, and only there"),
]


@pytest.fixture(scope="module")
def problems(tmp_path_factory: pytest.TempPathFactory) -> list[Problem]:
    """What is told of tables in which every one of these rules is broken."""
    folder = Path(shutil.copytree(TABLES, tmp_path_factory.mktemp("broken") / "tables"))
    for table, row, cells, _ in BROKEN:
        rewrite(folder, table, row, **cells)
    with pytest.raises(TablesBroken) as stop:
        load_library(folder)
    return stop.value.problems


@pytest.mark.slow
@pytest.mark.parametrize(("table", "row", "cells", "said"), BROKEN)
def test_a_broken_rule_is_told_with_file_row_and_column(
    problems: list[Problem], table: str, row: int, cells: dict[str, str], said: str
) -> None:
    told = [problem for problem in problems if said in problem.rule]
    assert [problem for problem in told if (problem.file, problem.row) == (f"{table}.csv", str(row + 2))]


@pytest.mark.parametrize("cell", ["\u00a0867", "x" * 5_000])
def test_a_message_shows_signs_that_are_not_seen_and_is_never_long(tables_copy: Path, cell: str) -> None:
    """Also of a rule that quotes another cell than the one that breaks it: the first row's cells are all spoiled but for its id."""
    for path in sorted(tables_copy.glob("*.csv")):
        _, *columns = rows_of(path)[0]
        rewrite(tables_copy, path.stem, 0, **dict.fromkeys(columns, cell))
    lines = [str(problem) for problem in check_folder(tables_copy).problems]
    assert "sources.csv, row 2, column published" in "".join(lines) and "publication of its source (" in "".join(lines)
    assert not [line for line in lines if not line.isprintable() or len(line) > 700]


@pytest.mark.slow
def test_a_broken_table_stops_the_server_with_the_message_and_no_traceback(tables_copy: Path) -> None:
    rewrite(tables_copy, "figures", 0, source_id="", date="2012-02-31")
    project = tables_copy.parent / "project"
    shutil.copytree(ROOT, project, ignore=shutil.ignore_patterns(".git", "tables", "__pycache__", ".venv"))
    shutil.copytree(tables_copy, project / "data" / "tables")
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(free_port())]
    ended = subprocess.run(command, cwd=project, capture_output=True, text=True, timeout=60, check=False)
    said = ended.stdout + ended.stderr
    assert ended.returncode != 0
    assert "The tables cannot be used, 2 problems:" in said
    assert "figures.csv, row 2, column source_id" in said and "2012-02-31" in said
    assert "Traceback" not in said


def test_a_table_that_is_gone_is_told_and_not_a_traceback(tables_copy: Path) -> None:
    (tables_copy / "figures.csv").unlink()
    with pytest.raises(TablesBroken, match=r"figures\.csv"):
        load_library(tables_copy)


def test_the_printed_phrase_of_each_figure_holds_its_number(library: Library) -> None:
    for row in library["figures"].to_dict("records"):
        wanted = {int(row[name]) for name in ("value", "low", "high") if not pd.isna(row[name])}
        phrase = row["translation"] or row["as_printed"]
        assert wanted <= numbers_in(phrase), (row["figure_id"], phrase)


@pytest.mark.parametrize(
    ("figure_id", "qualifier", "numbers", "phrase"),
    [
        ("BRF-001", "approximately", (7954,), "approximately 7954"),
        ("BRF-003", "more than", (4000,), "over 4,000"),
        ("BRF-004", "exact", (867,), "867 remains"),
        ("BRF-006", "exact", (8100,), "8,100"),
        ("BRF-007", "exact", (3198,), "3,198"),
        ("BRF-010", "fewer than", (100,), "fewer than 100"),
        ("BRF-011", "more than", (900,), "over 900"),
        ("BRF-012", "up to", (1200,), "as many as 1200"),
        ("BRF-013", "more than", (900,), "more than 900"),
        ("BRF-014", "range", (650, 675), "650-675"),
        ("BRF-016", "range", (400, 450), "400-450"),
        ("BRF-017", "at least", (200,), "at least 200"),
        ("BRF-019", "approximately", (8,), "about eight"),
        ("BRF-020", "approximately", (950,), "approximately 950"),
        ("BRF-021", "fewer than", (20,), "fewer than 20"),
        ("BRF-026", "approximately", (220,), "approximately 220"),
    ],
)
def test_a_hedge_of_the_brief_stays_as_it_was_printed(
    library: Library, figure_id: str, qualifier: str, numbers: tuple[int, ...], phrase: str
) -> None:
    row = library["figures"].set_index("figure_id").loc[figure_id]
    held = tuple(int(row[name]) for name in ("value", "low", "high") if not pd.isna(row[name]))
    assert (row["qualifier"], held) == (qualifier, numbers)
    assert phrase in row["as_printed"]


def test_every_figure_event_and_operation_of_the_brief_is_reached_from_its_coverage(library: Library) -> None:
    reached = {row_id for cell in library["coverage"]["row_ids"] for row_id in cell.split(";")}
    for table in ("figures", "events", "operations", "places"):
        of_brief = library[table][library[table]["source_id"] == "brief-2012"]
        assert set(of_brief.iloc[:, 0]) - reached == set(), table


def test_all_33_footnotes_have_a_source_and_a_line_of_coverage(library: Library) -> None:
    footnotes = library["sources"][library["sources"]["kind"] == "footnote"]
    assert len(footnotes) == len(set(footnotes["footnote"])) == 33
    assert set(library["coverage"]["footnote"]) - {""} == set(footnotes["footnote"])
    assert footnotes.set_index("footnote").loc["xiv", "title"] == "(no text)"


def test_every_caution_rests_on_a_source_and_touches_rows_that_exist(library: Library) -> None:
    known = ids_of(library.tables, "rows")
    assert len(library["cautions"]) > 12
    for row in library["cautions"].to_dict("records"):
        assert set(row["row_ids"].split(";")) <= known
        assert set(row["source_ids"].split(";")) <= set(library["sources"]["source_id"])


def test_a_month_is_said_as_a_month_and_a_year_as_a_year() -> None:
    assert [date_in_words(text) for text in ("2012-06-28", "1953-08", "1954", "")] == [
        "28 June 2012",
        "August 1953",
        "1954",
        "no date printed",
    ]


def test_the_library_reads_the_same_from_a_copy(tables_copy: Path, library: Library) -> None:
    again = load_library(tables_copy)
    for name, frame in library.tables.items():
        pd.testing.assert_frame_equal(frame, again[name])
    shutil.rmtree(tables_copy)
