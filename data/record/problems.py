"""What is a broken rule, and how is the cell found that breaks it? Shared by all rules of the tables."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from data.record.combinations import Rows

Frames = dict[str, pd.DataFrame]
# What a problem has in the place of a row, a column or a value where it is of none.
NOWHERE = "-"
# How many letters of a rule a message holds at most: a rule may quote other cells.
MOST_OF_A_RULE = 500
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
        found = f" (found {quoted(self.value)})" if self.value != NOWHERE else ""
        return f"{place}: {harmless(self.rule, MOST_OF_A_RULE)}{found}"


def harmless(text: str, most: int = 40) -> str:
    """A text short enough for a message, signs that are not seen shown as �."""
    seen = "".join(sign if sign.isprintable() and sign not in UNSEEN else "�" for sign in text[: most + 1])
    return f"{seen[:most]}…" if len(seen) > most else seen


def quoted(text: str, most: int = 40) -> str:
    """What a cell holds in a message that speaks of it, in quotation marks: a cell may hold any word."""
    return f"“{harmless(text, most)}”"


def first_of_each_cell(problems: Iterable[Problem]) -> list[Problem]:
    """The first problem of each cell, in the order of files and rows: one fault is said once."""
    first: dict[tuple[str, str, str], Problem] = {}
    for problem in problems:
        first.setdefault((problem.file, problem.row, problem.column), problem)
    files = list(dict.fromkeys(problem.file for problem in first.values()))
    return sorted(first.values(), key=lambda problem: (files.index(problem.file), _number_of(problem.row)))


def _number_of(row: str) -> int:
    return int(row.split()[0]) if row != NOWHERE else 0


def problem_at(table: str, index: Any, column: str, rule: str, value: object) -> Problem:
    """A broken rule in the row of this index, which is the row's number in the file less two."""
    return Problem(f"{table}.csv", str(int(index) + 2), column, rule, str(value))


def problems_in(table: str, rows: Rows, column: str, rule: str, value: object) -> Iterator[Problem]:
    """A rule that is broken alike in each of these rows."""
    return (problem_at(table, index, column, rule, value) for index in rows.indices)
