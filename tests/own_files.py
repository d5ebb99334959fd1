"""Which files of own figures do readers bring? A good one, ten honest variants of it, and forty that are not taken."""

import csv
import gzip
import io
import zipfile

COLUMNS = (
    "series_id",
    "date",
    "value",
    "low",
    "high",
    "qualifier",
    "as_printed",
    "attributed_to",
    "locator",
    "published",
    "note",
)
ROWS = [
    dict(
        zip(
            COLUMNS,
            (
                *("unaccounted_for_total", "2026-03-01", "7400", "", "", "exact", "7,400 remain unaccounted for"),
                *("Defense POW/MIA Accounting Agency", "Fact sheet, page 2", "2026-03-02", "Café, naïve"),
            ),
            strict=True,
        )
    ),
    dict(
        zip(
            COLUMNS,
            (
                *("pow_alive_claims", "2025", "", "700", "800", "range", "between 700 and 800"),
                *("A witness", "https://example.org/hearing", "2025-11", ""),
            ),
            strict=True,
        )
    ),
]


def written(rows: list[dict[str, str]], columns: tuple[str, ...] = COLUMNS, end: str = "\n", **look: object) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator=end, restval="", **look)  # type: ignore[arg-type]
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


TEXT = written(ROWS)
GOOD = TEXT.encode()


def changed(row: int = 0, /, **cells: str) -> bytes:
    """The good file with other cells in one of its rows."""
    return written([{**one, **cells} if at == row else one for at, one in enumerate(ROWS)]).encode()


def spliced(old: str, new: str) -> bytes:
    assert old in TEXT
    return TEXT.replace(old, new, 1).encode()


def zipped() -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as whole:
        whole.writestr("xl/workbook.xml", "<workbook/>")
    return archive.getvalue()


HONEST: dict[str, bytes] = {
    "a byte order mark": b"\xef\xbb\xbf" + GOOD,
    "lines that end with CR and LF": TEXT.replace("\n", "\r\n").encode(),
    "spaces around the cells": "\n".join(
        ",".join(f" {cell} " if '"' not in line and cell else cell for cell in line.split(","))
        if '"' not in line
        else line
        for line in TEXT.splitlines()
    ).encode(),
    "quoted thousands": changed(value="7,400"),
    "another order of the columns": written(ROWS, tuple(reversed(COLUMNS))).encode(),
    "every cell in quotes": written(ROWS, quoting=csv.QUOTE_ALL).encode(),
    "a header in capitals": TEXT.replace("series_id,date", "Series_ID,DATE", 1).encode(),
    "empty rows between and after": TEXT.replace("\npow", "\n\n,,,,,,,,,,\npow", 1).encode() + b",,,,,,,,,,\n\n",
    "empty columns at the right": TEXT.replace("note\n", "note,,\n", 1)
    .replace('naïve"\n', 'naïve",,\n')
    .replace("2025-11,\n", "2025-11,,,\n")
    .encode(),
    "no end of the last line": GOOD.rstrip(b"\n"),
}

# name -> the file, the row and the column that its sentence names ("" where the file as a whole is meant), a word of it
MALFORMED: dict[str, tuple[bytes, str, str, str]] = {
    "an empty file": (b"", "", "", "empty"),
    "nothing but spaces": (b" \n \n", "", "", "empty"),
    "the template as it was downloaded": (TEXT.splitlines()[0].encode(), "", "", "holds no rows"),
    "Latin-1": (TEXT.encode("latin-1"), "2", "note", "UTF-8"),
    "UTF-16": (TEXT.encode("utf-16"), "", "", "UTF-16"),
    "a web page": (b"<!doctype html><html><body>404</body></html>", "", "", "web page"),
    "JSON": (b'[{"series_id": "unaccounted_for_total"}]', "", "", "JSON"),
    "a workbook": (zipped(), "", "", "ZIP archive"),
    "gzip": (gzip.compress(GOOD), "", "", "gzip"),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3", "", "", "PDF"),
    "semicolons": (written(ROWS, delimiter=";").encode(), "1", "", "semicolons"),
    "tabs": (written(ROWS, delimiter="\t").encode(), "1", "", "tabs"),
    "a row with a cell too few": (spliced("2025-11,\n", "2025-11\n"), "3", "note", "10 cells where the header has 11"),
    "a row with a cell too many": (spliced("2025-11,\n", "2025-11,,x\n"), "3", "12", "12 cells"),
    "thousands without quotes": (spliced(",7400,", ",7,400,"), "2", "12", "12 cells where the header has 11"),
    "a header twice": (spliced("published,note", "published,published"), "1", "published", "appears twice"),
    "a column without a name": (spliced("low,high", ",high"), "1", "4", "no name"),
    "a column that nobody knows": (spliced("note", "notes"), "1", "notes", "is note meant?"),
    "a needed column that is missing": (
        written(ROWS, COLUMNS[:5] + COLUMNS[6:], extrasaction="ignore").encode(),
        "1",
        "qualifier",
        "the header lacks it",
    ),
    "an id twice": (
        written([{**row, "figure_id": "OWN-007"} for row in ROWS], ("figure_id", *COLUMNS)).encode(),
        "3",
        "figure_id",
        "appears twice",
    ),
    "an id of the record": (
        written([{**ROWS[0], "figure_id": "BRF-001"}], ("figure_id", *COLUMNS)).encode(),
        "2",
        "figure_id",
        "row of the record",
    ),
    "a series of its own": (changed(series_id="unaccounted_for_all"), "2", "series_id", "unaccounted_for_total"),
    "31/02/2012": (changed(date="31/02/2012"), "2", "date", "exists in the calendar"),
    "the thirty-first of February": (changed(date="2012-02-31"), "2", "date", "exists in the calendar"),
    "a date in the year 9999": (changed(1, date="9999"), "3", "date", "between 1940 and 2099"),
    "a negative count": (changed(value="-5"), "2", "value", "0 or more"),
    "an infinite count": (changed(value="inf"), "2", "value", "whole"),
    "a count that is no number": (changed(value="NaN"), "2", "value", "whole"),
    "a count beyond all counting": (changed(value="9" * 30), "2", "value", "digits"),
    "a number that was rounded by hand": (changed(value="7400.5"), "2", "value", "whole"),
    "a hedge that nobody prints": (changed(qualifier="roughly"), "2", "qualifier", "approximately"),
    "a range without its ends": (changed(1, low=""), "3", "low", "a range needs low and high"),
    "another unit than that of the series": (
        written([{**ROWS[0], "unit": "boxes"}], (*COLUMNS, "unit")).encode(),
        "2",
        "unit",
        "unit of its series",
    ),
    "no word of who says so": (changed(attributed_to=""), "2", "attributed_to", "needed"),
    "a million rows": ((",".join(COLUMNS) + "\n" + "a\n" * 10**6 + '"').encode(), "", "", "more than 500 rows"),
    "more than the limit of bytes": (GOOD + b"x" * (5 * 2**20), "", "", "larger than 5 MB"),
    "20,000 columns": (
        ",".join(f"c{number}" for number in range(20_000)).encode() + b"\n1\n",
        "1",
        "",
        "20,000 columns",
    ),
    "NUL": (spliced("A witness", "A wit\x00ness"), "3", "attributed_to", "U+0000"),
    "text that turns its direction": (spliced("A witness", "A \u202ewitness"), "3", "attributed_to", "U+202E"),
    "text that has no width": (spliced("A witness", "A wit\u200bness"), "3", "attributed_to", "U+200B"),
    "a Markdown image": (changed(1, attributed_to="![x](http://evil.example/x.png)"), "3", "attributed_to", "Markdown"),
    "a script": (changed(note="<script>alert(1)</script>"), "2", "note", "HTML"),
    "an image with a handler": (changed(1, locator="<img src=x onerror=alert(1)>"), "3", "locator", "HTML"),
    "a formula": (changed(note='=HYPERLINK("http://evil.example")'), "2", "note", "formula"),
    "a formula behind a space": (changed(note=" @SUM(A1)"), "2", "note", "formula"),
    "a quote that never ends": (spliced("A witness", '"A witness'), "3", "attributed_to", "never closed"),
    "words after a quote": (spliced("A witness", '"A" witness'), "3", "attributed_to", "after the closing quote"),
    "a line break in a cell": (changed(1, note="one\ntwo"), "3", "note", "one line"),
    "a cell of a hundred thousand letters": (changed(note="x" * 10**5), "2", "note", "1,000 letters"),
    "a cell too long for any reader": (changed(note="x" * 2 * 10**6), "2", "note", "1,000 letters"),
    "a source of the record": (
        written([{**ROWS[0], "source_id": "brief-2012"}], (*COLUMNS, "source_id")).encode(),
        "2",
        "source_id",
        "stays empty",
    ),
    "a flag kept for the record": (
        written([{**ROWS[0], "flags": "spine"}], (*COLUMNS, "flags")).encode(),
        "2",
        "flags",
        "spine",
    ),
}
