"""Tables made wrong at random: `python -m tests.wrong_tables 2000` makes as many as one likes, these are the first of them."""

from pathlib import Path

import pytest

from data.record.check import check_folder
from tests.wrong_tables import faults_of_lines, faults_of_serving, rows_of, spoiled, write

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


def test_a_seed_makes_the_same_folder_each_time(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("first", "again")]
    assert spoiled(3, folders[0]) == spoiled(3, folders[1])
    first, again = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in folders)
    assert first == again
