"""What stands beside each other in some columns of a table? Each combination of cells once, and where it stands.

What depends on single rows alone is worked out once for each combination, not once for each row: large tables repeat
themselves, and columns are taken apart faster than rows.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

import pandas as pd

T = TypeVar("T")


class Combinations:
    """The combinations of cells in some columns of a table, in the order in which they appear first."""

    def __init__(self, frame: pd.DataFrame, columns: list[str]) -> None:
        self.frame, self.columns = frame, columns
        self.numbers, self._of_first = pd.factorize(frame[columns[0]], use_na_sentinel=False)
        for name in columns[1:]:
            cells, different = pd.factorize(frame[name], use_na_sentinel=False)
            self.numbers = pd.factorize(self.numbers * len(different) + cells)[0]

    def __iter__(self) -> Iterator[tuple["Rows", dict[str, Any]]]:
        for number, row in enumerate(zip(*self.cells(), strict=True)):
            yield Rows(self, number), dict(zip(self.columns, row, strict=True))

    def cells(self) -> list[list[Any]]:
        """The cells of each column in the order of the combinations."""
        if len(self.columns) == 1:
            return [self._of_first.tolist()]
        is_first = ~pd.Index(self.numbers).duplicated()
        return [self.frame[name][is_first].tolist() for name in self.columns]

    def beside(self, place: int) -> pd.DataFrame:
        """The rows of the table that hold the same combination as the row in a place."""
        rows: pd.DataFrame = self.frame.iloc[self.places[self.numbers[place]]]
        return rows

    @cached_property
    def places(self) -> Any:
        """In which places of the table each combination stands; looked up once somebody asks."""
        return pd.Series(self.numbers).groupby(self.numbers).indices


class Rows(NamedTuple):
    """The rows that hold one combination of cells."""

    combinations: Combinations
    number: int

    @property
    def indices(self) -> list[Any]:
        return list(self.combinations.frame.index[self.combinations.places[self.number]])


def rows_by_cells(frame: pd.DataFrame | None, *columns: str) -> Iterable[tuple[Rows, dict[str, Any]]]:
    """Each combination of cells in those of the columns that a table has, and the rows that hold it; none of no table."""
    named = [] if frame is None else [name for name in dict.fromkeys(columns) if name in frame]
    return () if frame is None or not named or frame.empty else Combinations(frame, named)


def rows_by_cell(frame: pd.DataFrame, column: str) -> Iterator[tuple[Rows, str]]:
    """Each cell that stands in a column, and the rows that hold it."""
    combinations = Combinations(frame, [column])
    return ((Rows(combinations, number), cell) for number, cell in enumerate(combinations.cells()[0]))


def for_each_row(frame: pd.DataFrame, columns: Iterable[str], compute: Callable[[dict[str, Any]], T]) -> list[T]:
    """What a function makes of the cells of each row in those of the columns that a table has."""
    named = [name for name in columns if name in frame]
    if frame.empty:
        return []
    combinations = Combinations(frame, named)
    made = [compute(cells) for _, cells in combinations]
    return [made[number] for number in combinations.numbers.tolist()]
