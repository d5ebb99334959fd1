"""Is what a reader brings a plain CSV file of text? Bytes in, rows of trimmed text out, or every place at which it is not."""

import re

from data.files.formula_guard import OPENING
from data.record.csv_file import FileBroken, Grid, Limits, column_name, read_csv
from data.record.problems import Problem

MOST_BYTES, MOST_ROWS = 5 * 2**20, 500
LIMITS = Limits(bytes=MOST_BYTES, rows=MOST_ROWS, columns=60, letters=10**3)
# What the file is called among problems; the reader knows which one it is.
FILE = "own"
MARKUP = re.compile(r"<[a-z/!?]|!\[|\]\s*\(|\bjavascript:|\bdata:\s*\w+/", re.IGNORECASE)


class OwnFileBroken(Exception):
    """Raised where a reader's file cannot be taken; `sentences` say why, one a problem, the first of them leading."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        self.sentences = [sentence_of(problem) for problem in problems]
        super().__init__("\n".join(self.sentences))


def sentence_of(problem: Problem) -> str:
    """A problem as one plain sentence: "Row 3, column value: a whole number of 0 or more is asked for (found “-5”)."."""
    text = str(problem).removeprefix(FILE).removeprefix(", ").removeprefix(": ")
    return f"{text[:1].upper()}{text[1:]}."


def read_grid(content: bytes, columns: list[str]) -> Grid:
    """The cells of a reader's file, ends trimmed, empty rows left out. Raises OwnFileBroken where it is no plain CSV file.

    `columns` are the names by which its header is known.
    """
    try:
        grid = read_csv(content, FILE, columns, LIMITS)
    except FileBroken as broken:
        raise OwnFileBroken(broken.problems) from None
    rows = [(number, [cell.strip() for cell in cells]) for number, cells in grid.rows if cells]
    header = [cell.strip().lower() for cell in grid.header]
    marked = [problem for number, cells in rows if (problem := _markup_in(header, cells, number))]
    if marked:
        raise OwnFileBroken(marked)
    return Grid(header, rows)


def _markup_in(header: list[str], cells: list[str], row: int) -> Problem | None:
    """The first cell of a row that would be taken for markup."""
    rule = "a cell is plain text, without HTML, Markdown images and links"
    for position, cell in enumerate(cells):
        if MARKUP.search(cell):
            return Problem(FILE, str(row), column_name(header, position), rule, cell)
    return None


def is_formula(cell: str) -> bool:
    """True for a text that a spreadsheet would take for a formula."""
    return bool(OPENING.match(cell))
