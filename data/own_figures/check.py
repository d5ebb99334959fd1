"""Is what a reader brings a plain CSV file? Bytes in, rows of trimmed text out, or every place at which it is not.

Nothing here knows the tables: this is about files alone. What is refused is told by row and column as a spreadsheet counts
them, the header being row 1. Limits are looked at first, so that a file of any size is answered at once.
"""

import csv
import io
import re
import unicodedata
from itertools import islice
from typing import NamedTuple

from data.files.formula_guard import OPENING
from data.record.problems import Problem

MOST_BYTES = 5 * 2**20
MOST_ROWS, MOST_COLUMNS, MOST_LETTERS = 500, 60, 10**3
# The reader's own limit on a cell is a process's, and other libraries move it: none that a file here can reach.
csv.field_size_limit(max(csv.field_size_limit(), MOST_BYTES))
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
# Signs that cannot be seen, though Unicode counts them among the letters and marks.
UNSEEN = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufe0e\ufe0f"
HIDDEN_KINDS = ("Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp")
# A quoted cell with something after its closing quote.
AFTER_QUOTE = re.compile(r'(?:^|[,\r\n])"(?:[^"]|"")*"(?=[^",\r\n])')
MARKUP = re.compile(r"<[a-z/!?]|!\[|\]\s*\(|\bjavascript:|\bdata:\s*\w+/", re.IGNORECASE)


class Grid(NamedTuple):
    """Cells as they are written, ends trimmed; `rows` hold the number of each row in the file, empty rows left out."""

    header: list[str]
    rows: list[tuple[int, list[str]]]


class OwnFileBroken(Exception):
    """Raised where a reader's file cannot be taken; `sentences` say why, one a problem, the first of them leading."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        self.sentences = [sentence_of(problem) for problem in problems]
        super().__init__("\n".join(self.sentences))


def sentence_of(problem: Problem) -> str:
    """A problem as one plain sentence: "Row 3, column value: a whole number of 0 or more is asked for (found “-5”)."."""
    place = ", ".join(
        f"{name} {harmless(at)}" for name, at in (("row", problem.row), ("column", problem.column)) if at != "-"
    )
    said = f"{place}: {problem.rule}" if place else problem.rule
    found = f" (found “{harmless(problem.value)}”)" if problem.value != "-" else ""
    return f"{said[:1].upper()}{said[1:]}{found}."


def harmless(text: str, most: int = 40) -> str:
    """A reader's text short enough for a message, signs that are not seen shown as �."""
    seen = "".join(sign if sign.isprintable() and sign not in UNSEEN else "�" for sign in text[: most + 1])
    return f"{seen[:most]}…" if len(seen) > most else seen


def read_grid(content: bytes) -> Grid:
    """The cells of a CSV file: UTF-8, commas, a header, one row a line. Raises OwnBroken where it is something else."""
    text = _text_of(content)
    first = text.lstrip()[:1]
    if first in STARTS:
        raise _broken(f"the file is {STARTS[first]}, not a CSV file")
    _refuse_hidden(text)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    records: list[list[str]] = []
    try:
        # One record more than may stand there says that there are too many, without reading them all.
        for record in islice(reader, MOST_ROWS + 2):
            records.append([cell.strip() for cell in record])
            if len(records) == 1:
                _refuse_shape(records[0])
    except csv.Error as fault:
        raise OwnFileBroken([_unreadable(text, len(records) + 1, str(fault))]) from None
    if len(records) > MOST_ROWS + 1:
        raise _broken(f"the file has more than {MOST_ROWS} rows below its header; use fewer")
    return _grid_of(records)


def _broken(rule: str, row: str = "-", column: str = "-", value: str = "-") -> OwnFileBroken:
    return OwnFileBroken([Problem("own", row, column, rule, value)])


def _text_of(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise _broken(f"the file is larger than {MOST_BYTES // 2**20} MB; use fewer rows")
    kind = next((told for start, told in KINDS if content.startswith(start)), None)
    if kind:
        raise _broken(f"the file is {kind}")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        row, column = place_of(content[: fault.start].decode("utf-8-sig", "replace"))
        rule = "this is not UTF-8, as another encoding writes its accents; save the file as CSV UTF-8"
        raise _broken(rule, row, column, f"byte {content[fault.start]:02X}") from None
    if not text.strip():
        raise _broken("the file is empty")
    return text


def place_of(before: str) -> tuple[str, str]:
    """Row and column of what follows this beginning of a file; the column by its name where the header gives one."""
    records = list(csv.reader(io.StringIO(before + "x", newline="")))
    return str(len(records)), column_name(records[0] if len(records) > 1 else [], len(records[-1]) - 1)


def column_name(header: list[str], position: int) -> str:
    """How a column is called in a message: by its name, or by its number where it has none."""
    named = header[position].strip() if position < len(header) else ""
    return named or str(position + 1)


def _refuse_hidden(text: str) -> None:
    """Refuses signs that steer the direction of text or cannot be seen: what is read must be what is there."""
    kinds = {sign for sign in set(text) - set("\t\r\n") if sign in UNSEEN or _is_hidden(sign)}
    found = []
    for at, sign in sorted((text.find(sign), sign) for sign in kinds)[:MOST_COLUMNS]:
        row, column = place_of(text[:at])
        rule = "there is a character here that cannot be seen or that turns the direction of the text; remove it"
        found.append(Problem("own", row, column, rule, f"U+{ord(sign):04X} {unicodedata.name(sign, '')}".strip()))
        if len(found) == 3:
            break
    if found:
        raise OwnFileBroken(found)


def _is_hidden(sign: str) -> bool:
    return unicodedata.category(sign) in HIDDEN_KINDS


def _refuse_shape(header: list[str]) -> None:
    other = next((name for sign, name in SEPARATORS.items() if sign in header[0]), None) if len(header) == 1 else None
    if other:
        raise _broken(f"columns are separated by {other}; separate them with commas", "1")
    if len(header) > MOST_COLUMNS:
        raise _broken(f"the header has {len(header):,} columns; no more than {MOST_COLUMNS} are read", "1")


def _unreadable(text: str, row: int, fault: str) -> Problem:
    """What the strict reader stumbled on, in words, with its column where that can be found."""
    if "end of data" in fault:
        opened, column = place_of(text.rstrip("\r\n"))
        return Problem("own", opened, column, "a quote opens a cell here and is never closed", "-")
    stray = AFTER_QUOTE.search(text)
    place = place_of(text[: stray.end() - 1]) if stray else ("-", "-")
    rule = "there is text after the closing quote of a cell; a quote inside a quoted cell is written twice"
    return Problem("own", str(row), place[1] if place[0] == str(row) else "-", rule, "-")


def _grid_of(records: list[list[str]]) -> Grid:
    header = records[0]
    while len(header) > 1 and not header[-1]:  # what spreadsheets leave of columns that were emptied
        header = header[:-1]
    rows, found = [], []
    for number, record in enumerate(records[1:], 2):
        if not any(record):
            continue
        cells = record[: len(header)] if not any(record[len(header) :]) else record
        problem = _ragged(header, cells, number) or _unfit(header, cells, number)
        found += [problem] if problem else []
        rows.append((number, cells))
    if found:
        raise OwnFileBroken(found)
    return Grid(header, rows)


def _ragged(header: list[str], cells: list[str], row: int) -> Problem | None:
    if len(cells) == len(header):
        return None
    few = len(cells) < len(header)
    column = column_name(header, len(cells)) if few else str(len(header) + 1)
    rule = f"this row has {len(cells)} cell{'s' * (len(cells) != 1)} where the header has {len(header)}; put a number or text with a comma in quotes"
    return Problem("own", str(row), column, rule, "-" if few else cells[len(header)] or "-")


def _unfit(header: list[str], cells: list[str], row: int) -> Problem | None:
    """The first cell of a row that is too long, holds a line break, or would be taken for markup."""
    for position, cell in enumerate(cells):
        for broken, rule in (
            (len(cell) > MOST_LETTERS, f"a cell has no more than {MOST_LETTERS:,} letters"),
            (any(sign in cell for sign in "\r\n\t"), "a cell is one line, without line breaks and tabs"),
            (MARKUP.search(cell), "a cell is plain text, without HTML, Markdown images and links"),
        ):
            if broken:
                return Problem("own", str(row), column_name(header, position), rule, cell)
    return None


def is_formula(cell: str) -> bool:
    """True for a text that a spreadsheet would take for a formula."""
    return bool(OPENING.match(cell))
