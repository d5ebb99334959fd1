"""Where do charts stand that share a figure? In rows and columns of cells, each with an axis of time and one of numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from components.theme import room_for_numbers

# A figure as it is on most screens, in pixels, by its number of rows: parts of it are taken from this.
WIDTH, HEIGHTS = 860, (480, 480, 540)
# The same on a narrow screen, where charts are below each other: the width, and the height of each.
NARROW, HEIGHT_OF_EACH = 300, 240
# Pixels above a cell for its title, below it for its years where there is another, and beside it; margins of the figure.
TITLE, YEARS, AIR = 26, 44, 18
ABOVE, BELOW = 8, 36
# The least height in pixels of a cell: with more rows than have room for it, the figure is higher.
LEAST_HIGH = 60
# Columns by the number of charts; more than these have as many as the last.
COLUMNS = (1, 2, 3, 2, 3, 3, 3, 3, 3, 4)
# The part of a cell that figures without a date have at its right.
UNDATED_PART, UNDATED_AIR = 0.16, 0.02
# A year of no calendar's: figures without a date are spread over it.
NO_YEAR = 1904
Part = tuple[float, float]


@dataclass(frozen=True)
class Cell:
    """One chart among several: its number from 0, its parts of the width and the height, and what of it dates take.

    `dated` is None where none of its figures has a date, `undated` where all have one.
    """

    number: int
    across: Part
    up: Part
    dated: Part | None
    undated: Part | None
    size: tuple[float, float]

    @property
    def x(self) -> str:
        return _name("x", self.number)

    @property
    def y(self) -> str:
        return _name("y", self.number)


def cells_of(
    highest: Sequence[float], has_dated: Sequence[bool], has_undated: Sequence[bool], is_narrow: bool
) -> list[Cell]:
    """The cells of charts whose axes of numbers reach so high, row by row; in one column where the screen is narrow."""
    count = len(highest)
    columns = _columns_of(count, is_narrow)
    rooms = [max(room_for_numbers(cell) for cell in highest[column::columns]) for column in range(columns)]
    spans = _columns(rooms)
    high, width = height_of_cell(count, is_narrow), NARROW if is_narrow else WIDTH
    plot = height_of(count, is_narrow) - ABOVE - BELOW
    cells = []
    for number in range(count):
        row, column = divmod(number, columns)
        top = 1 - (TITLE + row * (high + TITLE + YEARS)) / plot
        across, up = spans[column], (max(0.0, top - high / plot), top)
        parts = _parts(across, has_dated[number], has_undated[number])
        cells.append(Cell(number, across, up, *parts, ((across[1] - across[0]) * width, high)))
    return cells


def _columns_of(count: int, is_narrow: bool) -> int:
    return 1 if is_narrow else COLUMNS[min(count, len(COLUMNS)) - 1]


def height_of(count: int, is_narrow: bool) -> int:
    """The height in pixels of a figure of so many charts."""
    rows = ceil(count / _columns_of(count, is_narrow))
    if is_narrow:
        return rows * HEIGHT_OF_EACH
    return max(HEIGHTS[min(rows, len(HEIGHTS)) - 1], _around_cells(rows) + rows * LEAST_HIGH)


def height_of_cell(count: int, is_narrow: bool) -> float:
    """The height in pixels of each of so many charts, without its title and its years."""
    rows = ceil(count / _columns_of(count, is_narrow))
    return (height_of(count, is_narrow) - _around_cells(rows)) / rows


def _around_cells(rows: int) -> int:
    """Pixels of the height that so many rows of cells do not take: margins, titles and years."""
    return ABOVE + BELOW + rows * TITLE + (rows - 1) * YEARS


def _columns(rooms: Sequence[int]) -> list[Part]:
    """From where to where each column reaches: the labels of the first are in the margin, those of others beside them."""
    gaps = [0.0, *((room + AIR) / WIDTH for room in rooms[1:])]
    wide = (1 - sum(gaps)) / len(rooms)
    spans, left = [], 0.0
    for gap in gaps:
        spans.append((left + gap, min(1.0, left + gap + wide)))
        left += gap + wide
    return spans


def _parts(across: Part, has_dated: bool, has_undated: bool) -> tuple[Part | None, Part | None]:
    if not has_undated:
        return across, None
    if not has_dated:
        return None, across
    left, right = across
    return (left, right - (right - left) * (UNDATED_PART + UNDATED_AIR)), (
        right - (right - left) * UNDATED_PART,
        right,
    )


def day_among_undated(position: int, count: int) -> str:
    """Where the figure at a position among so many without a date is spread to, as a day of the year that is none."""
    return date.fromordinal(date(NO_YEAR, 1, 1).toordinal() + round((position + 0.5) / count * 365)).isoformat()


def day_of_year(year: int, position: int, count: int) -> str:
    """Where a series, at a position among so many, has its place within a year."""
    return date.fromordinal(date(year, 1, 1).toordinal() + round((position + 0.5) / count * 364)).isoformat()


def _name(letter: str, number: int) -> str:
    return letter if number == 0 else f"{letter}{number + 1}"
