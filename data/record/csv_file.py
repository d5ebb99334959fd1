"""Is a file a plain CSV table? Bytes in, rows of text out, or every place at which it is not.

The one reader of the tables and of what readers bring. Nothing here knows what the columns mean: this is about files alone,
in the one dialect that is read (UTF-8, commas, quotes doubled, the header in row 1). What is refused is said by row and column
as a spreadsheet counts them. Limits are looked at first, so that a file of any size is answered at once.
"""

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator
from itertools import islice
from typing import NamedTuple

from data.record.problems import UNSEEN, Problem

KINDS = (
    (b"PK\x03\x04", "a ZIP archive, such as an Excel workbook; save the sheet as CSV UTF-8"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file; save the sheet as CSV UTF-8"),
    (b"\x1f\x8b", "a gzip archive; unpack it first"),
    (b"%PDF", "a PDF; type its figures into the template"),
    (b"PAR1", "a Parquet file; save its rows as CSV UTF-8"),
    (b"\xff\xfe", "a text in UTF-16; save it as CSV UTF-8"),
    (b"\xfe\xff", "a text in UTF-16; save it as CSV UTF-8"),
)
STARTS = {"<": "a web page or XML", "{": "JSON", "[": "JSON"}
SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "vertical bars"}
HIDDEN_KINDS = ("Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp")
# A quoted cell with something after its closing quote.
AFTER_QUOTE = re.compile(r'(?:^|[,\r\n])"(?:[^"]|"")*"(?=[^",\r\n])')
# Rows among which the header is looked for, and places of hidden signs that are named at once.
TOP, MOST_PLACES = 40, 3
# Names of columns by which a row is known as the header, and names that a message lists.
FEW, MOST_NAMES = 2, 4


class Limits(NamedTuple):
    """The largest file that is read, in bytes, rows below the header, columns, and letters of a cell."""

    bytes: int
    rows: int
    columns: int
    letters: int


class Grid(NamedTuple):
    """Cells as they are written; `rows` hold the number of each row in the file, empty ones too."""

    header: list[str]
    rows: list[tuple[int, list[str]]]


class FileBroken(Exception):
    """Raised where a file is no plain CSV table; `problems` say where, and what is wrong."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


def read_csv(content: bytes, file: str, columns: Collection[str], limits: Limits) -> Grid:
    """The cells of a CSV file, whose header is known by the names of `columns`. FileBroken where it is something else."""
    return CsvFile(file, columns, limits).read(content)


class CsvFile:
    """A file by its name in messages, the names that its header may hold, and how large it may be."""

    def __init__(self, file: str, columns: Collection[str], limits: Limits) -> None:
        self.file, self.columns, self.limits = file, columns, limits

    def read(self, content: bytes) -> Grid:
        text = self._text_of(content)
        first = text.lstrip()[:1]
        if first in STARTS:
            raise self._broken(f"the file is {STARTS[first]}, not a CSV file")
        self._refuse_other_separators(text)
        self._refuse_hidden(text)
        records = self._records_of(text)
        self._refuse_lines_above(records)
        return self._grid_of(records)

    def _broken(self, rule: str, row: object = "-", column: str = "-", value: str = "-") -> FileBroken:
        return FileBroken([self._problem(rule, row, column, value)])

    def _problem(self, rule: str, row: object = "-", column: str = "-", value: str = "-") -> Problem:
        return Problem(self.file, str(row), column, rule, value)

    def _text_of(self, content: bytes) -> str:
        if len(content) > self.limits.bytes:
            raise self._broken(f"the file is larger than {self.limits.bytes // 2**20} MB; use fewer rows")
        kind = next((kind for start, kind in KINDS if content.startswith(start)), None)
        if kind:
            raise self._broken(f"the file is {kind}")
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as fault:
            row, column = place_of(content[: fault.start].decode("utf-8-sig", "replace"))
            column = column if column.lower() in self.columns else "-"
            rule = "this is not UTF-8, as another encoding writes its accents; save the file as CSV UTF-8"
            raise self._broken(rule, row, column, f"byte {content[fault.start]:02X}") from None
        if not text.strip():
            raise self._broken("the file is empty")
        return text

    def _refuse_other_separators(self, text: str) -> None:
        for row, line in enumerate(islice(io.StringIO(text), TOP), 1):
            for sign, name in SEPARATORS.items():
                is_only_one = row == 1 and "," not in line
                if sign in line and (is_only_one or self._knows(line.strip().split(sign))):
                    raise self._broken(f"columns are separated by {name}; separate them with commas", row)

    def _knows(self, cells: list[str]) -> bool:
        """Whether these cells hold names of columns: a few of them, or as many as a small table has."""
        names = {cell.strip().strip('"').lower() for cell in cells}
        return len(names & set(self.columns)) >= min(FEW, len(self.columns))

    def _refuse_hidden(self, text: str) -> None:
        """Refuses signs that steer the direction of text or cannot be seen: what is read must be what is there."""
        kinds = {sign for sign in set(text) - set("\t\r\n") if is_hidden(sign)}
        found: dict[tuple[str, str], Problem] = {}
        for at, sign in sorted((text.find(sign), sign) for sign in kinds):
            place = place_of(text[:at])
            rule = "there is a character here that cannot be seen or that turns the direction of the text; remove it"
            found.setdefault(
                place, self._problem(rule, *place, f"U+{ord(sign):04X} {unicodedata.name(sign, '')}".strip())
            )
            if len(found) == MOST_PLACES:
                break
        if found:
            raise FileBroken(list(found.values()))

    def _records_of(self, text: str) -> list[list[str]]:
        """All rows, the header among them, as the strict reader of the standard library takes them apart."""
        # A cell's longest length is a setting of the process, which other libraries move: none that a file here can reach.
        csv.field_size_limit(max(csv.field_size_limit(), self.limits.bytes))
        records: list[list[str]] = []
        try:
            # One record more than may stand there says that there are too many, without reading them all.
            for record in islice(csv.reader(io.StringIO(text, newline=""), strict=True), self.limits.rows + 2):
                records.append(record)
                if len(record) > self.limits.columns and len(records) == 1:
                    rule = f"the header has {len(record):,} columns; no more than {self.limits.columns} are read"
                    raise self._broken(rule, 1)
        except csv.Error as fault:
            raise FileBroken([self._unreadable(text, len(records) + 1, str(fault))]) from None
        if len(records) > self.limits.rows + 1:
            raise self._broken(f"the file has more than {self.limits.rows:,} rows below its header; use fewer")
        return records

    def _unreadable(self, text: str, row: int, fault: str) -> Problem:
        """What the strict reader stumbled on, in words, with its column where that can be found."""
        if "end of data" in fault:
            opened, column = place_of(text.rstrip("\r\n"))
            return self._problem("a quote opens a cell here and is never closed", opened, column)
        stray = AFTER_QUOTE.search(text)
        place = place_of(text[: stray.end() - 1]) if stray else ("-", "-")
        rule = "there is text after the closing quote of a cell; a quote inside a quoted cell is written twice"
        return self._problem(rule, row, place[1] if place[0] == str(row) else "-")

    def _refuse_lines_above(self, records: list[list[str]]) -> None:
        """Refuses titles and notes above the header, which is looked for before any cell is counted."""
        at = next((at for at, record in enumerate(records[:TOP]) if self._knows(record)), None)
        if at:
            raise self._broken(f"the header stands in row {at + 1}; take out the lines above it")
        if at is None and (below := _widest_from(records)):
            raise self._broken(f"the header stands in row {below + 1}; take out the lines above it")

    def _grid_of(self, records: list[list[str]]) -> Grid:
        header = _without_empty_end(records[0])
        below = [(number, _fitted(record, len(header))) for number, record in enumerate(records[1:], 2)]
        foot = self._foot_of(below, len(header))
        rows = [one for one in below if one[1] and not (foot and one[0] >= int(foot.row))]
        found = [
            problem
            for number, cells in rows
            if (problem := self._ragged(header, cells, number) or self._unfit(header, cells, number))
        ]
        if found or foot:
            raise FileBroken([*found, *([foot] if foot else [])])
        return Grid(header, below)

    def _ragged(self, header: list[str], cells: list[str], row: int) -> Problem | None:
        if len(cells) == len(header):
            return None
        few = len(cells) < len(header)
        column = column_name(header, len(cells)) if few else str(len(header) + 1)
        rule = f"this row has {len(cells)} cell{'s' * (len(cells) != 1)} where the header has {len(header)}; put a number or text with a comma in quotes"
        return self._problem(rule, row, column, "-" if few else cells[len(header)] or "-")

    def _foot_of(self, below: list[tuple[int, list[str]]], width: int) -> Problem | None:
        """What is wrong with notes below the rows: lines of one cell at the end, where the header has several."""
        foot = None
        for number, cells in reversed(below):
            filled = [cell for cell in cells if cell.strip()]
            if len(filled) > 1 or width <= FEW:
                break
            if filled:
                rule = "the rows end above this line; take out the notes from here on"
                foot = self._problem(rule, number, value=filled[0])
        return foot

    def _unfit(self, header: list[str], cells: list[str], row: int) -> Problem | None:
        """The first cell of a row that is too long, or is no single line."""
        for position, cell in enumerate(cells):
            column = column_name(header, position)
            if len(cell) > self.limits.letters:
                return self._problem(f"a cell has no more than {self.limits.letters:,} letters", row, column, cell)
            if any(sign in cell for sign in "\r\n\t"):
                return self._problem("a cell is one line, without line breaks and tabs", row, column, cell)
        return None


def is_hidden(sign: str) -> bool:
    """Whether a sign cannot be seen, or turns the direction of a text."""
    return sign in UNSEEN or unicodedata.category(sign) in HIDDEN_KINDS


def place_of(before: str) -> tuple[str, str]:
    """Row and column of what follows this beginning of a file; the column by its name where the header gives one."""
    records = list(csv.reader(io.StringIO(before + "x", newline="")))
    return str(len(records)), column_name(records[0] if len(records) > 1 else [], len(records[-1]) - 1)


def column_name(header: list[str], position: int) -> str:
    """How a column is called in a message: by its name, or by its number where it has none."""
    named = header[position].strip() if position < len(header) else ""
    return named or str(position + 1)


def names_in_words(names: list[str]) -> str:
    """Names of columns in a message: the first few, and how many more there are."""
    more = len(names) - MOST_NAMES
    return ", ".join(names) if more <= 1 else f"{', '.join(names[:MOST_NAMES])} and {more} more"


def empty_rows(grid: Grid, file: str) -> Iterator[Problem]:
    """Where a file has rows without a cell that is filled: one problem for each run of them."""
    empty = [number for number, cells in grid.rows if not any(cells)]
    for number in [number for number in empty if number - 1 not in empty]:
        last = next(end for end in range(number, number + len(grid.rows) + 1) if end + 1 not in empty)
        rows = f"{number}" if last == number else f"{number} to {last}"
        yield Problem(
            file,
            rows,
            "-",
            "this row is empty; take it out" if last == number else "these rows are empty; take them out",
            "-",
        )


def _widest_from(records: list[list[str]]) -> int:
    """Place of the first row that is as wide as most rows are; 0 where that is the first one, or there are few."""
    widths = [len(record) for record in records]
    usual = Counter(width for width in widths if width > 1).most_common(1)
    return next((at for at, width in enumerate(widths[:TOP]) if width >= usual[0][0]), 0) if usual else 0


def _without_empty_end(record: list[str]) -> list[str]:
    """A row without what spreadsheets leave of columns that were emptied."""
    filled = len(record)
    while filled > 1 and not record[filled - 1].strip():
        filled -= 1
    return record[:filled]


def _fitted(record: list[str], width: int) -> list[str]:
    """A row without empty cells beyond the header; no cells at all where none is filled."""
    if not any(cell.strip() for cell in record):
        return []
    return record if any(cell.strip() for cell in record[width:]) else record[:width]
