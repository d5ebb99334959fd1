"""A host may keep the tables outside the code, and a command says all that is wrong with them."""

import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from data.record.check import TablesMissing, check_folder, main
from data.record.load import TABLES, digest_of, folder_of_tables, load_library
from tests.conftest import program
from tests.data.record.test_tables import rewrite
from tests.served import ROOT, free_port


def run(*command: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def check(folder: Path) -> "subprocess.CompletedProcess[str]":
    return run("-m", "data.record.check", str(folder))


@pytest.mark.slow
def test_the_check_command_prints_every_problem_by_file_row_column_and_rule(tables_copy: Path) -> None:
    rewrite(tables_copy, "figures", 0, source_id="", date="2012-02-31")
    rewrite(tables_copy, "figures", 3, value="-867")
    rewrite(tables_copy, "events", 0, source_id="no-such-source")
    ended = check(tables_copy)
    lines = ended.stdout.splitlines()
    for start, value in (
        ("figures.csv, row 2, column source_id: ", ""),
        ("figures.csv, row 2, column date: a date exists in the calendar", "2012-02-31"),
        ("figures.csv, row 5, column value: ", "-867"),
        ("events.csv, row 2, column source_id: ", "no-such-source"),
    ):
        assert any(line.startswith(start) and value in line for line in lines), start
    assert ended.returncode == 1 and ended.stderr == ""


@pytest.mark.slow
def test_the_check_command_says_what_it_checked_where_nothing_is_wrong() -> None:
    ended = check(TABLES)
    rows = 0
    for path in TABLES.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            rows += len(list(csv.reader(file))) - 1
    assert ended.returncode == 0
    checked = f"{len(list(TABLES.glob('*.csv')))} tables with {rows} rows checked: no problem found."
    digits = digest_of(TABLES, json.loads((TABLES / "datapackage.json").read_text(encoding="utf-8")))
    assert ended.stdout == f"{checked} Digits of the tables: {digits}\n"


def test_the_check_command_says_where_there_is_nothing_to_check(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ended = check(tmp_path / "gone")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == f"No tables to use: the folder {tmp_path / 'gone'} is not there.\n"
    assert main([str(tmp_path)]) == 2 and "holds no datapackage.json" in capsys.readouterr().err
    assert main([]) == 2 and "python -m data.check PATH" in capsys.readouterr().err


def test_a_checkout_that_turns_the_ends_of_lines_leaves_the_version_of_the_tables(tmp_path: Path) -> None:
    tables = Path(shutil.copytree(TABLES, tmp_path / "data" / "tables"))
    shutil.copy(ROOT / ".gitattributes", tmp_path)
    version = load_library(tables).version
    git = (program("git", why="it checks the tables out"), "-C", str(tmp_path))
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "-A"], check=True)
    shutil.rmtree(tables)
    subprocess.run([*git, "-c", "core.autocrlf=true", "checkout-index", "-f", "-a"], check=True)
    assert load_library(tables).version == version


def why_missing(folder: Path) -> str:
    with pytest.raises(TablesMissing) as missing:
        load_library(folder)
    return str(missing.value).removeprefix("No tables to use: the ")


def test_a_data_dir_that_cannot_be_read_is_told_by_its_place_and_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "tables").mkdir()
    monkeypatch.chdir(tmp_path)
    file, tables = tmp_path / "file", tmp_path / "tables"
    assert why_missing(file) == f"file {file} is no folder; name the folder that holds datapackage.json."
    assert why_missing(file / "in it") == f"folder {file / 'in it'} is not there."
    assert why_missing(Path("tables/")) == f"folder {tables} holds no datapackage.json."
    for name in ("datapackage.json", "figures.csv"):
        (tables / name).touch()
    for closed, fault in ((tables, "may"), (tables / "figures.csv", "holds figures.csv, which may")):
        monkeypatch.setattr("os.access", lambda path, mode, closed=closed: Path(path) != closed)
        assert why_missing(tables) == f"folder {tables} {fault} not be read by the user who runs this."


def spoil(name: str, change: Callable[[bytes], bytes]) -> Callable[[Path], str]:
    def spoiled(folder: Path) -> str:
        path = folder / name
        path.write_bytes(change(path.read_bytes()))
        return name

    return spoiled


SPOILED = {
    "a table that is gone": lambda folder: (folder / "figures.csv").unlink() or "figures.csv",
    "an empty table": spoil("figures.csv", lambda old: b""),
    "a table in another encoding": spoil("figures.csv", lambda old: old[:3000].decode().encode("utf-16")),
    "a row with a cell too many": spoil("events.csv", lambda old: old + b"," * 40 + b"\n"),
    "a quote that never ends": spoil("places.csv", lambda old: old + b'"'),
    "a web page": spoil("series.csv", lambda old: b"<!doctype html><p>404</p>"),
    "a column that is gone": spoil("series.csv", lambda old: old.replace(b"series_id", b"series", 1)),
    "digits that are no number": spoil("figures.csv", lambda old: old.replace(b"650,675", "²,³".encode(), 1)),
    "a dictionary that is no JSON": spoil("datapackage.json", lambda old: old[:200]),
    "a dictionary of something else": spoil("datapackage.json", lambda old: b'{"resources": [1, null]}'),
    "a dictionary that lacks a table": spoil(
        "datapackage.json", lambda old: old.replace(b'"figures"', b'"numbers"', 1)
    ),
    "a dictionary with another kind of column": spoil(
        "datapackage.json", lambda old: old.replace(b'"integer"', b'"duration"', 1)
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", SPOILED)
def test_the_check_command_tells_a_spoiled_folder_in_plain_lines(tables_copy: Path, name: str) -> None:
    file = SPOILED[name](tables_copy)
    problems = check_folder(tables_copy).problems
    assert problems and any(problem.file == file for problem in problems)
    assert all(str(problem).startswith(file) and problem.rule and str(problem).isprintable() for problem in problems)


@pytest.mark.slow
def test_the_tables_are_read_from_where_data_dir_says(tables_copy: Path) -> None:
    rewrite(tables_copy, "glossary", 0, meaning="A word of the host's own")
    told = run("-c", "from data.record.load import library; print(library().version)", DATA_DIR=str(tables_copy)).stdout
    assert told.strip() == load_library(tables_copy).version != load_library(TABLES).version


def test_without_data_dir_the_tables_beside_the_code_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATA_DIR", raising=False)
    assert folder_of_tables() == TABLES
    monkeypatch.setenv("DATA_DIR", "")
    assert folder_of_tables() == TABLES


@pytest.mark.slow
def test_a_server_whose_data_dir_holds_no_tables_stops_with_a_sentence(tmp_path: Path) -> None:
    command = ("-m", "streamlit", "run", "dashboard.py", "--server.port", str(free_port()))
    ended = run(*command, DATA_DIR=str(tmp_path / "gone"))
    said = ended.stdout + ended.stderr
    assert ended.returncode != 0
    assert f"No tables to use: the folder {tmp_path / 'gone'} is not there." in said and "Traceback" not in said
    assert "view" not in said, "a server that refuses to start has no page to be viewed"
    with pytest.raises(TablesMissing):
        load_library(tmp_path)
