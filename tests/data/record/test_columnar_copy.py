"""Tables that were checked once load from the copy of their columns, and from nothing else once anything has changed."""

from pathlib import Path

import pandas as pd
import pytest

from data.record import load
from data.record.check import TablesBroken
from data.record.columnar_copy import CACHE_DIR, MOST_COPIES
from data.record.load import Library, load_library


@pytest.fixture
def copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(CACHE_DIR, str(tmp_path / "copies"))
    return tmp_path / "copies"


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders that were checked, one entry for each time."""
    checked: list[Path] = []
    check = load.check_folder
    monkeypatch.setattr(load, "check_folder", lambda folder: checked.append(folder) or check(folder))
    return checked


def assert_same(first: Library, second: Library) -> None:
    assert list(first.tables) == list(second.tables)
    for name in first.tables:
        pd.testing.assert_frame_equal(first[name], second[name])
    assert (first.dictionary, first.years, first.version) == (second.dictionary, second.years, second.version)


def test_the_second_start_reads_the_copy_and_holds_the_same_tables(
    copies: Path, tables_copy: Path, checks: list[Path]
) -> None:
    assert_same(load_library(tables_copy), load_library(tables_copy))
    assert checks == [tables_copy]


def test_a_text_that_many_cells_hold_is_made_once_whether_it_was_checked_or_copied(
    copies: Path, tables_copy: Path, checks: list[Path]
) -> None:
    for tables in (load_library(tables_copy), load_library(tables_copy)):
        for name, frame in tables.tables.items():
            for column in [column for column in frame if frame[column].dtype == "str"]:
                cells = list(frame[column])
                assert len(set(map(id, cells))) == len(set(cells)), (name, column)
    assert checks == [tables_copy]


def test_a_table_that_was_changed_is_checked_again(copies: Path, tables_copy: Path, checks: list[Path]) -> None:
    load_library(tables_copy)
    glossary = tables_copy / "glossary.csv"
    glossary.write_bytes(glossary.read_bytes() + b"only one cell\n")
    with pytest.raises(TablesBroken):
        load_library(tables_copy)
    assert checks == [tables_copy, tables_copy]


@pytest.mark.parametrize("damage", [b"", b"no table", None])
def test_a_damaged_copy_is_passed_over(
    copies: Path, tables_copy: Path, checks: list[Path], damage: bytes | None, caplog: pytest.LogCaptureFixture
) -> None:
    first = load_library(tables_copy)
    (figures,) = copies.glob("*/figures.arrow")
    if damage is None:
        figures.unlink()
    else:
        figures.write_bytes(damage)
    assert_same(first, load_library(tables_copy))
    assert checks == [tables_copy, tables_copy]
    assert "checked again" in caplog.text


def test_where_no_copy_can_be_written_the_tables_are_served_all_the_same(
    tmp_path: Path, tables_copy: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "a file").write_text("")
    monkeypatch.setenv(CACHE_DIR, str(tmp_path / "a file" / "copies"))
    assert len(load_library(tables_copy)["figures"])
    assert "No copy of the tables could be written" in caplog.text


def test_without_a_folder_for_copies_none_is_made(
    tmp_path: Path, tables_copy: Path, monkeypatch: pytest.MonkeyPatch, checks: list[Path]
) -> None:
    monkeypatch.delenv(CACHE_DIR, raising=False)
    monkeypatch.chdir(tmp_path)
    before = set(tmp_path.rglob("*"))
    load_library(tables_copy)
    load_library(tables_copy)
    assert checks == [tables_copy, tables_copy] and set(tmp_path.rglob("*")) == before


def test_of_many_copies_the_newest_stay(copies: Path, tables_copy: Path) -> None:
    refused = tables_copy / "refused.csv"
    text = refused.read_text("utf-8")
    for number in range(MOST_COPIES + 2):
        refused.write_text(f"{text}T2-X-{number},figures,Copy {number}.\n", "utf-8")
        load_library(tables_copy)
    assert len(list(copies.iterdir())) == MOST_COPIES
