"""What stands around a number is held to its source: each rule is broken once and named by file, row and column."""

import csv
import shutil
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from data.record import provenance, rules
from data.record.check import check_folder, main
from data.record.load import TABLES, Library
from data.record.problems import Frames, Problem
from data.record.provenance import document_at
from tests.data.record import test_tables
from tests.data.record.test_tables import rewrite

Cells = dict[str, str]


def row_where(folder: Path, table: str, **cells: str) -> int:
    """Position of the first row with these cells (first row: 0)."""
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return next(
            position
            for position, row in enumerate(csv.DictReader(file))
            if all(row[name] == cell for name, cell in cells.items())
        )


def problems_after(folder: Path, changes: list[tuple[str, Cells, Cells]]) -> tuple[list[int], list[Problem]]:
    """Lines of the first rows that have the cells of a change, and every problem once other cells stand in them."""
    lines = []
    for table, row, cells in changes:
        position = row_where(folder, table, **row)
        rewrite(folder, table, position, **cells)
        lines.append(position + 2)
    return lines, check_folder(folder).problems


BROKEN: list[tuple[str, str, Cells, Cells, str, str]] = [
    ("as of after publication", "figures", {"figure_id": "FIG-431"}, {"date": "2021-10-18"}, "date", "as-of day"),
    (
        "an estimate dated after its document",
        "burial_estimates",
        {"est_id": "EST-001"},
        {"date": "2015-01-19"},
        "date",
        "as-of day",
    ),
    (
        "an event that its source could not know",
        "events",
        {"event_id": "EV076"},
        {"status": "happened"},
        "status",
        "older",
    ),
    (
        "an operation that its source could not know",
        "operations",
        {"op_id": "JFA-2002-01"},
        {"status": "happened"},
        "status",
        "older",
    ),
    (
        "a hedge that was not printed",
        "figures",
        {"figure_id": "FIG-443"},
        {"qualifier": "nearly"},
        "as_printed",
        "is in as_printed",
    ),
    (
        "a hedge that is not in the translation",
        "figures",
        {"figure_id": "T2-FIG-001"},
        {"qualifier": "more than"},
        "as_printed",
        "is in as_printed",
    ),
    (
        "an estimate that is coded exact",
        "figures",
        {"figure_id": "FIG-105"},
        {"qualifier": "exact"},
        "qualifier",
        "not exact",
    ),
    (
        "“Some” that is coded exact",
        "figures",
        {"figure_id": "FIG-372"},
        {"qualifier": "exact"},
        "qualifier",
        "not exact",
    ),
    (
        "missing without the flag",
        "figures",
        {"figure_id": "FIG-365"},
        {"flags": ""},
        "flags",
        "printed as missing",
    ),
    ("spine that is no count", "figures", {"figure_id": "FIG-443"}, {"mark": "other exact numbers"}, "mark", "spine"),
    (
        "a stale number among the others",
        "figures",
        {"figure_id": "FIG-436"},
        {"mark": "other exact numbers"},
        "mark",
        "outdated or conflicting",
    ),
    (
        "a second id for one document",
        "sources",
        {"source_id": "dpaa-progress-on-korean-war-2017"},
        {"published": "2018-06-18"},
        "url",
        "one source id",
    ),
    (
        "a row on another day than its source",
        "figures",
        {"figure_id": "FIG-443"},
        {"published": "2024-08-20"},
        "published",
        "its source",
    ),
    (
        "a count since a year without its start",
        "figures",
        {"figure_id": "FIG-282"},
        {"period_start": ""},
        "period_start",
        "start of its period",
    ),
    (
        "a Korean phrase without its language",
        "figures",
        {"figure_id": "T2-FIG-001"},
        {"language": "", "translation": ""},
        "language",
        "says its language",
    ),
    (
        "a Korean phrase without its translation",
        "figures",
        {"figure_id": "T2-FIG-001"},
        {"translation": ""},
        "translation",
        "goes with a translation",
    ),
    ("a blank at an end", "events", {"event_id": "EV129"}, {"note": "A note. "}, "note", "no blanks"),
    (
        "a telling of another weight than its event",
        "events",
        {"event_id": "EV012"},
        {"importance": "3"},
        "importance",
        "importance of its event",
    ),
    (
        "an older figure beside the brief than the newest",
        "then_and_now",
        {"line_id": "TAN-01"},
        {"newest_row_id": "FIG-443"},
        "newest_row_id",
        "newest of its series",
    ),
    (
        "a count without a class of mark",
        "figures",
        {"figure_id": "BRF-001"},
        {"mark": ""},
        "mark",
        "as which class of mark",
    ),
    (
        "a number accounted for among the drawn counts",
        "figures",
        {"figure_id": "FIG-027"},
        {"mark": "counts", "flags": "spine"},
        "mark",
        "have a class of mark",
    ),
    (
        "a drawn count without a day",
        "figures",
        {"figure_id": "FIG-340"},
        {"date": "", "date_precision": "undated"},
        "date",
        "drawn series has a date",
    ),
    (
        "half a point",
        "places",
        {"place_id": "PRK_CHOSIN"},
        {"longitude": ""},
        "longitude",
        "a latitude and a longitude",
    ),
    (
        "half a point of a country",
        "places",
        {"place_id": "KOR"},
        {"latitude": "37"},
        "longitude",
        "a latitude and a longitude",
    ),
    (
        "an event with the id of a figure",
        "events",
        {"event_id": "EV005"},
        {"event_id": "FIG-340"},
        "event_id",
        "is in one table alone",
    ),
    (
        "a number without its hedge",
        "operations",
        {"op_id": "JFA-1996-01"},
        {"qualifier": ""},
        "qualifier",
        "how it was printed",
    ),
]


def apart() -> list[list[int]]:
    """The cases in as few groups as there may be: in each no rule is broken twice and no row is changed twice."""
    groups: list[list[int]] = []
    for number in range(len(BROKEN)):
        fit = [group for group in groups if not any(marks_of(number) & marks_of(other) for other in group)]
        if fit:
            fit[0].append(number)
        else:
            groups.append([number])
    return groups


def marks_of(number: int) -> set[str]:
    _, table, row, _, _, said = BROKEN[number]
    return {said, f"{table} {row}"}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[int, tuple[int, list[Problem]]]:
    """For each case the line that it changes, and every problem of the tables in which it is broken."""
    found = {}
    for group in apart():
        folder = Path(shutil.copytree(TABLES, tmp_path_factory.mktemp("broken") / "tables"))
        lines, problems = problems_after(folder, [BROKEN[number][1:4] for number in group])
        found |= {number: (line, problems) for number, line in zip(group, lines, strict=True)}
    return found


@pytest.mark.parametrize("number", range(len(BROKEN)), ids=[case[0] for case in BROKEN])
def test_a_rule_that_is_broken_once_is_named_by_file_row_and_column(
    told: dict[int, tuple[int, list[Problem]]], number: int
) -> None:
    (line, problems), (_, table, _, _, column, said) = told[number], BROKEN[number]
    assert [problem for problem in problems if said in problem.rule] == [
        problem
        for problem in problems
        if (problem.file, problem.row, problem.column) == (f"{table}.csv", str(line), column)
    ]
    assert any(said in problem.rule for problem in problems)


def broken_frames() -> Iterator[Frames]:
    """The tables in which every case of this file and of test_tables is broken, as few as there may be."""
    by_position = [(table, row, cells) for table, row, cells, _ in test_tables.BROKEN]
    groups = [[BROKEN[number][1:4] for number in group] for group in apart()]
    for changes in (by_position, *groups):
        frames = {path.stem: pd.read_csv(path, dtype=str, keep_default_na=False) for path in TABLES.glob("*.csv")}
        for table, row, cells in changes:
            position = row if isinstance(row, int) else row_where(TABLES, table, **row)
            frames[table].loc[position, list(cells)] = list(cells.values())
        yield frames


def test_every_rule_is_broken_by_a_case_here_or_in_test_tables() -> None:
    of_whole_tables = {provenance.no_empty_column, provenance.years_are_known, provenance.brief_is_there}
    left = {*rules.RULES, *provenance.RULES, *provenance.OF_THE_RECORD} - of_whole_tables
    for frames in broken_frames():
        left = {rule for rule in left if not any(rule(frames))}
    assert {rule.__name__ for rule in left} == set()


def test_a_column_that_is_empty_throughout_is_named(tables_copy: Path) -> None:
    path = tables_copy / "series.csv"
    with path.open(encoding="utf-8", newline="") as file:
        count = sum(1 for _ in csv.DictReader(file))
    for position in range(count):
        rewrite(tables_copy, "series", position, note="")
    assert [str(problem) for problem in check_folder(tables_copy).problems] == [
        "series.csv, column note: a column is not empty throughout (found “no cell is filled”)"
    ]


def test_tables_are_refused_without_the_brief_and_its_day(library: Library) -> None:
    sources = library["sources"].astype(str)
    days = sources["published"].mask(sources["source_id"] == "brief-2012", "")
    assert list(provenance.brief_is_there({"sources": sources})) == []
    changed = (sources.replace({"source_id": {"brief-2012": "brief"}}), sources.assign(published=days))
    found = [str(problem) for frame in changed for problem in provenance.brief_is_there({"sources": frame})]
    rule = "the record is held against the source brief-2012, with the day of its publication"
    assert found == [f"sources.csv, column source_id: {rule} (found “{value}”)" for value in ("none", "no day")]


def test_tables_without_any_date_are_refused_since_pages_need_first_and_last_year(library: Library) -> None:
    frames = {name: frame.astype(str) for name, frame in library.tables.items()}
    assert list(provenance.years_are_known(frames)) == []
    undated = {
        name: frame.assign(**{column: "" for column in ("start", "end", "date", "period_start") if column in frame})
        for name, frame in frames.items()
    }
    (problem,) = provenance.years_are_known(undated)
    assert str(problem) == "figures.csv, column date: some row of some table has a date (found “none”)"


def test_the_tables_have_no_problem_and_the_command_says_so_with_their_digits(
    capsys: pytest.CaptureFixture[str], library: Library
) -> None:
    assert main([str(TABLES)]) == 0
    assert capsys.readouterr().out.endswith(f"no problem found. Digits of the tables: {library.digest}\n")


def test_no_address_has_two_ids_without_two_days(library: Library) -> None:
    sources = library["sources"]
    documents = sources[(sources["url"] != "") & sources["kind"].isin(["brief", "evidence"])]
    for _, versions in documents.groupby(documents["url"].map(document_at)):
        days = list(versions["published"])
        assert len(set(days)) == len(days) and (len(days) == 1 or "" not in days), list(versions["source_id"])


@pytest.mark.parametrize(
    ("table", "row_id", "cells"),
    [
        ("figures", "FIG-105", {"qualifier": "approximately"}),
        ("figures", "FIG-209", {"qualifier": "approximately"}),
        ("figures", "FIG-372", {"qualifier": "approximately"}),
        ("figures", "FIG-150", {"series_id": "remains_transferred_to_rok", "date": "2024-08-14"}),
        ("figures", "FIG-151", {"date": "2024-08-14"}),
        ("figures", "FIG-431", {"date": "2021-09-16"}),
        ("figures", "FIG-216", {"unit": "caskets"}),
        ("figures", "FIG-082", {"series_id": "estimated_at_site"}),
        ("figures", "FIG-085", {"series_id": "estimated_at_site"}),
        ("events", "EV076", {"status": "planned"}),
        ("events", "EV080", {"status": "planned"}),
        ("events", "EV084", {"published": "2000-12-13"}),
        ("operations", "JFA-2001-06", {"status": "planned"}),
        ("operations", "JFA-2002-01", {"status": "planned"}),
        ("operations", "ISO-2009-01", {"status": "planned"}),
    ],
)
def test_what_the_audit_found_is_mended(library: Library, table: str, row_id: str, cells: Cells) -> None:
    frame = library[table]
    row = frame[frame.iloc[:, 0] == row_id].iloc[0]
    assert {name: row[name] for name in cells} == cells


@pytest.mark.parametrize("pair", [("EV155", "EV156"), ("EV172", "EV173")])
def test_one_event_that_two_sources_report_is_one_event(library: Library, pair: tuple[str, str]) -> None:
    groups = library["events"].set_index("event_id")["event_group"]
    assert groups[pair[0]] == groups[pair[1]]


def test_two_versions_of_one_fact_sheet_are_two_sources_told_apart_by_day(library: Library) -> None:
    sources = library["sources"]
    sheet = sources[sources["url"].str.contains("569610", regex=False)]
    assert sorted(sheet["published"]) == ["2017-07-27", "2018-06-18"]
    for source_id, day in zip(sheet["source_id"], sheet["published"], strict=True):
        rows = library["figures"][library["figures"]["source_id"] == source_id]
        assert len(rows) and set(rows["published"]) == {day}


def test_no_place_of_the_record_takes_its_name_for_the_wording_of_its_source(library: Library) -> None:
    places = library["places"].set_index("place_id")
    assert places.at["PRK_PUKCHONG", "as_printed"] == "Pukchong"
    repeated = places[(places["as_printed"] == places["name"]) & (places["source_id"] != "brief-2012")]
    assert len(repeated) < len(places) / 2
