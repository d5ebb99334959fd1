"""What is a broken rule, and how is the cell found that breaks it? Shared by all rules of the tables."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

Frames = dict[str, pd.DataFrame]


@dataclass(frozen=True)
class Problem:
    """One broken rule: where it is, what the rule asks for and what stands there instead."""

    file: str
    row: str
    column: str
    rule: str
    value: str

    def __str__(self) -> str:
        return f"{self.file}, row {self.row}, column {self.column}: {self.rule} (found: {self.value})"


def problem_at(table: str, index: Any, column: str, rule: str, value: object) -> Problem:
    return Problem(f"{table}.csv", str(int(index) + 2), column, rule, str(value))


def rows_of_table(frame: pd.DataFrame | None) -> Iterator[tuple[Any, dict[Any, Any]]]:
    """The rows of a table with their index; none where the table is not there."""
    return iter(()) if frame is None else zip(frame.index, frame.to_dict("records"), strict=True)
