"""What is a broken rule, and how is the cell found that breaks it? Shared by all rules of the tables."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import pandas as pd

Frames = dict[str, pd.DataFrame]
# What a problem has in the place of a row, a column or a value where it is of none.
NOWHERE = "-"
# Signs that cannot be seen, though Unicode counts them among the letters and marks.
UNSEEN = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufe0e\ufe0f"


@dataclass(frozen=True)
class Problem:
    """One broken rule: where it is, what the rule asks for and what stands there instead."""

    file: str
    row: str
    column: str
    rule: str
    value: str

    def __str__(self) -> str:
        places = (("row", self.row), ("column", self.column))
        place = ", ".join([self.file, *(f"{name} {harmless(at)}" for name, at in places if at != NOWHERE)])
        found = f" (found “{harmless(self.value)}”)" if self.value != NOWHERE else ""
        return f"{place}: {self.rule}{found}"


def harmless(text: str, most: int = 40) -> str:
    """A text short enough for a message, signs that are not seen shown as �."""
    seen = "".join(sign if sign.isprintable() and sign not in UNSEEN else "�" for sign in text[: most + 1])
    return f"{seen[:most]}…" if len(seen) > most else seen


def first_of_each_cell(problems: Iterable[Problem]) -> list[Problem]:
    """The first problem of each cell, in the order of files and rows: one fault is said once."""
    first: dict[tuple[str, str, str], Problem] = {}
    for problem in problems:
        first.setdefault((problem.file, problem.row, problem.column), problem)
    files = list(dict.fromkeys(problem.file for problem in first.values()))
    return sorted(first.values(), key=lambda problem: (files.index(problem.file), _number_of(problem.row)))


def _number_of(row: str) -> int:
    return int(row.split()[0]) if row != NOWHERE else 0


class Combinations:
    """Which cells stand beside each other in some columns of a table, and in which rows does each combination stand?

    A rule that looks at single rows is asked once for each combination, not once for each row: large tables repeat
    themselves, and columns are taken apart faster than rows. Cells are text, none of them missing.
    """

    def __init__(self, frame: pd.DataFrame, columns: list[str]) -> None:
        self.frame, self.columns = frame, columns
        self.numbers = pd.factorize(frame[columns[0]])[0]
        for name in columns[1:]:
            cells, different = pd.factorize(frame[name])
            self.numbers = pd.factorize(self.numbers * len(different) + cells)[0]

    def __iter__(self) -> Iterator[tuple["Rows", dict[str, Any]]]:
        is_first = ~pd.Index(self.numbers).duplicated()
        cells = [frame_column[is_first].tolist() for frame_column in (self.frame[name] for name in self.columns)]
        for number, row in enumerate(zip(*cells, strict=True)):
            yield Rows(self, number), dict(zip(self.columns, row, strict=True))

    @cached_property
    def places(self) -> Any:
        """In which places of the table each combination stands; looked up once a rule is broken."""
        return pd.Series(self.numbers).groupby(self.numbers).indices


class Rows(NamedTuple):
    """The rows that hold one combination of cells."""

    combinations: Combinations
    number: int

    @property
    def indices(self) -> list[Any]:
        return list(self.combinations.frame.index[self.combinations.places[self.number]])


def problem_at(table: str, index: Any, column: str, rule: str, value: object) -> Problem:
    """A broken rule in the row of this index, which is the row's number in the file less two."""
    return Problem(f"{table}.csv", str(int(index) + 2), column, rule, str(value))


def problems_in(table: str, rows: Rows, column: str, rule: str, value: object) -> Iterator[Problem]:
    """A rule that is broken alike in each of these rows."""
    return (problem_at(table, index, column, rule, value) for index in rows.indices)


def rows_by_cells(frame: pd.DataFrame | None, *columns: str) -> Iterable[tuple[Rows, dict[str, Any]]]:
    """Each combination of cells in those of the columns that a table has, and the rows that hold it; none of no table."""
    named = [] if frame is None else [name for name in dict.fromkeys(columns) if name in frame]
    return () if frame is None or not named or frame.empty else Combinations(frame, named)


def rows_by_cell(frame: pd.DataFrame, column: str) -> Iterator[tuple[Rows, str]]:
    """Each cell that stands in a column, and the rows that hold it."""
    return ((rows, cells[column]) for rows, cells in rows_by_cells(frame, column))
