"""Tables made wrong at random: `python -m tests.wrong_tables 2000` makes as many as one likes, these are the first of them."""

import json
import random
from pathlib import Path
from typing import Any

import frictionless
import pandas as pd
import pytest

from data.files.described import extensions
from data.record.check import LIMITS, check_folder, read_closely
from data.record.csv_columns import columns_of
from data.record.csv_file import FileBroken
from data.record.dictionary import cell_problems
from data.record.load import TABLES
from data.record.tables import FORMER_IDS
from tests.data.record.test_field_cases import added_column, added_table
from tests.what_shows import answer
from tests.wrong_tables import (
    fault_of,
    faults_of_lines,
    faults_of_serving,
    is_json,
    rows_of,
    served_here,
    spoil_file,
    spoil_rows,
    spoiled,
    write,
)

pytestmark = pytest.mark.slow
SEEDS = range(24)
# Tables that a host may have no rows for.
MAY_BE_EMPTY = ("refused", "routes", "then_and_now", "former_ids", "cautions", "disagreements", "coverage")


@pytest.mark.parametrize("seed", SEEDS)
def test_what_the_check_refuses_is_said_in_plain_lines(tmp_path: Path, seed: int) -> None:
    spoiled(seed, tmp_path / "tables")
    assert list(faults_of_lines([str(problem) for problem in check_folder(tmp_path / "tables").problems])) == []


def test_tables_that_the_check_lets_pass_are_served_on_every_page_and_in_every_format(tables_copy: Path) -> None:
    """Tables without rows, and a cell as long as any that is read."""
    for table in MAY_BE_EMPTY:
        write(tables_copy / f"{table}.csv", rows_of(tables_copy / f"{table}.csv")[:1])
    head, first, *rows = rows_of(tables_copy / "glossary.csv")
    first[head.index("meaning")] = "Long " * 1999 + "x"
    write(tables_copy / "glossary.csv", [head, first, *rows])
    assert check_folder(tables_copy).problems == []
    assert list(faults_of_serving(tables_copy, "glossary")) == []


def test_lists_of_rows_may_name_a_row_of_any_table(tables_copy: Path) -> None:
    names = [path.stem for path in TABLES.glob("*.csv") if path.stem != FORMER_IDS]
    of_each_table = ";".join(rows_of(TABLES / f"{name}.csv")[1][0] for name in names)
    for table, column in (
        ("disagreements", "why_ids"),
        ("routes", "row_ids"),
        ("cautions", "row_ids"),
        ("coverage", "row_ids"),
    ):
        head, *rows = rows_of(tables_copy / f"{table}.csv")
        for row in rows[:2]:
            row[head.index(column)] = of_each_table
        write(tables_copy / f"{table}.csv", [head, *rows])
    assert check_folder(tables_copy).problems == []
    assert list(faults_of_serving(tables_copy, "routes")) == []


def test_a_table_and_a_column_that_a_host_adds_are_in_every_format(tables_copy: Path) -> None:
    added_table("case_id", "unit_lost", "title", "country", "note")(tables_copy)
    added_column("operations", name="of_host")(tables_copy)
    head, *rows = rows_of(tables_copy / "operations.csv")
    write(tables_copy / "operations.csv", [[*head, "of_host"], *([*row, "word"] for row in rows)])
    assert check_folder(tables_copy).problems == []
    with served_here(tables_copy):
        for table in ("cases", "operations"):
            for extension in [*extensions(), "json?asof=2015-06-01"]:
                assert list(fault_of(f"/data/v1/{table}.{extension}")) == []
        assert '"of_host": "word"' in answer("/data/v1/operations.json")[1]
        assert answer("/print/sources-and-data?table=cases")[0] == 200


def test_a_number_that_json_does_not_know_is_found_and_a_text_of_its_name_is_not() -> None:
    assert is_json('{"note": "NaN"\n}') and not is_json('{"value": NaN}') and not is_json("{")


def test_a_seed_makes_the_same_folder_each_time(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("first", "again")]
    assert spoiled(3, folders[0]) == spoiled(3, folders[1])
    first, again = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in folders)
    assert first == again


def schema_of(table: str) -> dict[str, Any]:
    dictionary = json.loads((TABLES / "datapackage.json").read_text(encoding="utf-8"))
    return {entry["name"]: entry["schema"] for entry in dictionary["resources"]}[table]


@pytest.mark.parametrize("spoil", [spoil_file, spoil_rows])
@pytest.mark.parametrize("seed", SEEDS)
def test_a_file_read_in_pieces_has_the_cells_of_the_close_reader_or_is_left_to_it(
    tables_copy: Path, spoil: Any, seed: int
) -> None:
    path = tables_copy / "operations.csv"
    columns = [field["name"] for field in schema_of("operations")["fields"]]
    spoil(path, random.Random(seed))
    if not path.exists():
        return
    in_pieces = columns_of(path, columns, LIMITS)
    try:
        closely = read_closely(path, "operations", columns)
    except FileBroken:
        assert in_pieces is None
        return
    if in_pieces is not None:
        pd.testing.assert_frame_equal(in_pieces, closely, check_index_type=False)


# Cells as a file has them: most are in order, of the others each has broken a reader somewhere.
IN_ORDER = ["", "a", "b c", "é", '"x"', '"x,y"', '"x""y"', '""', '"""q"""']
ODD_IN_A_FILE = ['x"y', '"x"y', 'y"x"', '"a\nb"', "\t", '"', " ", '""x', '"x""', '"x,"y', "\x00", "\u200b"]


@pytest.mark.parametrize("seed", range(10))
def test_quotes_and_ends_of_lines_are_read_as_by_the_close_reader_or_left_to_it(tmp_path: Path, seed: int) -> None:
    dice, path, columns, as_one = random.Random(seed), tmp_path / "small.csv", ["a", "b", "c"], 0
    for _ in range(100):
        cells = [dice.choice(ODD_IN_A_FILE if dice.random() < 0.03 else IN_ORDER[at % 3 == 0 :]) for at in range(9)]
        cells.insert(dice.randrange(9), "more") if dice.random() < 0.03 else None
        rows, end = [",".join(cells[at : at + 3]) for at in (0, 3, 6)], dice.choice(["\n", "\n", "\r\n", "\r"])
        mark = dice.choice([b"", b"\xef\xbb\xbf"])
        path.write_bytes(mark + end.join(["a,b,c", *rows, dice.choice(["", "", end])]).encode())
        in_pieces = columns_of(path, columns, LIMITS)
        if in_pieces is not None:
            as_one += 1
            pd.testing.assert_frame_equal(in_pieces, read_closely(path, "small", columns), check_index_type=False)
    assert as_one > 10  # of the files some are in order


def test_the_tables_of_the_record_are_read_in_pieces() -> None:
    for path in TABLES.glob("*.csv"):
        assert columns_of(path, [field["name"] for field in schema_of(path.stem)["fields"]], LIMITS) is not None, path


ODD_CELLS = [
    "",
    " ",
    "-1",
    "1.5",
    "1e3",
    "+5",
    "12345678901234",
    "exact",
    "2012-13",
    "2012-06-31",
    "x",
    "BRF-001",
    "y" * 99,
]


@pytest.mark.parametrize("table", sorted(path.stem for path in TABLES.glob("*.csv")))
def test_cells_are_refused_where_frictionless_refuses_them_row_by_row(table: str) -> None:
    """Each column in turn holds odd cells, in the first rows of its table."""
    schema = {name: part for name, part in schema_of(table).items() if name != "foreignKeys"}
    judge = frictionless.Schema.from_descriptor(schema)
    whole = pd.read_csv(TABLES / f"{table}.csv", dtype=str, keep_default_na=False).head(len(ODD_CELLS))
    for column in whole:
        frame = whole.assign(**{column: ODD_CELLS[: len(whole)]})
        resource = frictionless.Resource(data=[list(frame.columns), *frame.to_numpy().tolist()], schema=judge)
        errors = [error for task in resource.validate().tasks for error in task.errors]
        theirs = {(error.row_number, getattr(error, "field_name", frame.columns[0])) for error in errors}
        found = {(int(problem.row), problem.column) for problem in cell_problems(table, frame, schema)}
        numbers_refused_here_alone = {
            (row, name) for row, name in found - theirs if "digits" in rule_at(table, frame, schema, row, name)
        }
        assert found - numbers_refused_here_alone == theirs, column


def rule_at(table: str, frame: pd.DataFrame, schema: dict[str, Any], row: int, column: str) -> str:
    return next(
        problem.rule
        for problem in cell_problems(table, frame, schema)
        if (int(problem.row), problem.column) == (row, column)
    )
