"""Which tables does a host spoil, and what is served of those that the check lets pass? Made at random, the same for a seed.

A spoiled folder is refused by `data.check` in plain lines, or every page, address and format is served.
`python -m tests.wrong_tables 2000` spoils so many, one for each seed, and says what became of them; `2000 500` begins with seed 500.
"""

import csv
import functools
import gc
import hashlib
import io
import json
import os
import random
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from components.navigation import PAGES as PAGES_IN_MENU
from data.files.described import extensions
from data.record.check import Checked, check_folder
from data.record.load import DATA_DIR, TABLES
from data.record.single_flight import CachedFunction
from tests.conftest import run_page
from tests.what_shows import answer

Rows = list[list[str]]
# Cells that have broken readers of tables before.
CELLS = (
    ["", " ", "0", "-1", "+5", " 867", "\u00a0867", "８６７", "1,234", "1.5", "1e9", "9" * 20, "inf", "NaN", "None"]
    + ["0001-01-01", "9999", "2012-02-30", "2012-6-1", "2099-12-31", "1940", "31/02/2012", "2012-06-28T10:00", "today"]
    + ["a\u202eb", "a\u200bb", "a\x01b", "a\nb", "a\tb", "x" * 400, "x" * 40_000, "ok", "=1+1", "<b>x</b>", "[x](y)"]
    + ["95", "-90", "180", "190", "range", "exact", "spine", "happened", "North Korea", "brief-2012", "BRF-001", "PRK"]
    + [
        "javascript:alert(1)",
        "http://",
        "https://example.org/a b",
        "../../etc/passwd",
        "a;b",
        ";",
        "전쟁",
        "é",
        "😀",
        '"',
        "'",
    ]
)
COUNTED_EVERY = 50
# Of the rows that were spoiled so many are followed: by the cell of a column to a page, as the value of a parameter.
MOST_FOLLOWED = 1
FOLLOWED = {
    "place_id": ("recovery-map", "place"),
    "qualifier": ("counts-over-time", "hedge"),
    "series_id": ("explore", "series"),
    "origin": ("remains-and-identifications", "origin"),
    "disagreement_id": ("disagreements", "disagreement"),
}
LEAVES = (None, 3, "", [], {}, "x", True, ["x"], {"a": 1}, -1.5)
CACHES = (CachedFunction, functools._lru_cache_wrapper)
# Modules whose caches hold what is the same of any tables: words in a style, widths, shapes of land, compressed bytes.
SAME_OF_ANY_TABLES = (
    "data.files.cite",
    "data.record.dates",
    "data.record.dictionary",
    "data.record.dictionary_shape",
    "data.record.shapes",
    "components.assets",
    "components.exports.first_view.sheet",
    "components.map.label_boxes",
    "components.map.label_spots",
    "components.panels.grids",
    "components.server.compression",
    "components.static.icon",
)
# Words of libraries and programs that no line for a host holds.
NOT_PLAIN = re.compile(
    r"Traceback|\bNone\b|constraint|codec|frictionless|dtype|KeyError|TypeError|ValueError|<class|object at 0x"
)


class Outcome(NamedTuple):
    """What became of a spoiled folder: what was done to it, how many lines refuse it, and every fault that was seen; whether
    the same cells were served before, so that nothing was asked."""

    done: str
    lines: int
    faults: list[str]
    is_known: bool = False


def rows_of(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def write(path: Path, rows: Rows, **dialect: Any) -> None:
    text = io.StringIO()
    csv.writer(text, **{"lineterminator": "\n"} | dialect).writerows(rows)
    path.write_bytes(text.getvalue().encode("utf-8", "surrogatepass"))


def spoil_cell(path: Path, dice: random.Random) -> None:
    rows = rows_of(path)
    row, column = dice.randrange(1, len(rows)), dice.randrange(len(rows[0]))
    other = dice.choice(rows[1:])[dice.choice([column, dice.randrange(len(rows[0]))])]
    rows[row][column] = dice.choice([dice.choice(CELLS), other, rows[row][column] * 2, rows[row][column][:-1]])
    write(path, rows)


def spoil_rows(path: Path, dice: random.Random) -> None:
    head, *rows = rows_of(path)
    at, column = dice.randrange(len(rows)), dice.randrange(len(head))
    word = rows[at][column]
    changes: list[Callable[[], Rows]] = [
        lambda: rows[:at] + rows[at + 1 :],
        lambda: [*rows, rows[at]],
        lambda: rows[at:] + rows[:at],
        lambda: rows[:at],
        lambda: rows[:1],
        list,
        lambda: [row for row in rows if row[column] != word],
        lambda: [row for row in rows if row[column] == word],
        lambda: [*rows[:at], [""] * len(head), *rows[at:]],
        lambda: [*rows[:at], rows[at][:-1], *rows[at + 1 :]],
        lambda: [*rows[:at], [*rows[at], "more"], *rows[at + 1 :]],
    ]
    write(path, [head, *dice.choice(changes)()])


def spoil_columns(path: Path, dice: random.Random) -> None:
    rows = rows_of(path)
    first, second = dice.randrange(len(rows[0])), dice.randrange(len(rows[0]))
    changes: list[Callable[[list[str]], list[str]]] = [
        lambda row: [cell for at, cell in enumerate(row) if at != first],
        lambda row: [*row, row[first]],
        lambda row: [*row[first:], *row[:first]],
        lambda row: ["" if at == first and row is not rows[0] else cell for at, cell in enumerate(row)],
        lambda row: [row[second] if at == first and row is not rows[0] else cell for at, cell in enumerate(row)],
        lambda row: [cell.upper() if row is rows[0] else cell for cell in row],
        lambda row: [f" {cell}" if row is rows[0] and at == first else cell for at, cell in enumerate(row)],
    ]
    change = dice.choice(changes)
    write(path, [change(row) for row in rows])


def spoil_file(path: Path, dice: random.Random) -> None:
    content, at = path.read_bytes(), dice.randrange(path.stat().st_size)
    text = content.decode()
    changes: list[Callable[[], bytes]] = [
        lambda: b"\xef\xbb\xbf" + content,
        lambda: content.replace(b"\n", b"\r\n"),
        lambda: content.replace(b"\n", b"\r"),
        lambda: text.encode("utf-16"),
        lambda: text.encode("cp1252", "replace"),
        lambda: f"A title\n{text}".encode(),
        lambda: f"sep=,\n{text}".encode(),
        lambda: f"\n\n{text}".encode(),
        lambda: f"{text}Source: an agency\nLast updated today\n".encode(),
        lambda: b"",
        lambda: content[:at],
        lambda: content[:at] + b'"' + content[at:],
        lambda: content[:at] + b"\x00" + content[at:],
        lambda: content[:at] + bytes([dice.randrange(256)]) + content[at + 1 :],
        lambda: b"<!doctype html><p>404</p>",
        lambda: b"[1, 2]",
        lambda: content.split(b"\n", 1)[1],
    ]
    path.write_bytes(dice.choice(changes)())
    if dice.random() < 0.1:
        path.unlink()


def spoil_dialect(path: Path, dice: random.Random) -> None:
    write(path, rows_of(path), delimiter=dice.choice(";\t|"), quoting=dice.choice([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]))


def spoil_dictionary(path: Path, dice: random.Random) -> None:
    """Takes a part of the dictionary out, or puts something else in its place, at any depth."""
    dictionary = json.loads((path.parent / "datapackage.json").read_text(encoding="utf-8"))
    part: Any = dictionary
    while True:
        key = dice.choice(list(part)) if isinstance(part, dict) else dice.randrange(len(part))
        if not isinstance(part[key], dict | list) or not part[key] or dice.random() < 0.25:
            break
        part = part[key]
    if dice.random() < 0.5:
        del part[key]
    else:
        part[key] = dice.choice(LEAVES)
    (path.parent / "datapackage.json").write_text(json.dumps(dictionary), encoding="utf-8")


SPOIL = (spoil_cell, spoil_cell, spoil_cell, spoil_rows, spoil_columns, spoil_file, spoil_dialect, spoil_dictionary)


def spoiled(seed: int, folder: Path) -> tuple[str, str]:
    """Makes the tables of a folder anew and spoils one of them; what was done, in words, and to which table."""
    dice = random.Random(seed)
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(TABLES, folder)
    path, spoil = dice.choice(sorted(folder.glob("*.csv"))), dice.choice(SPOIL)
    spoil(path, dice)
    return f"seed {seed}: {spoil.__name__.replace('_', ' ')} of {path.stem}", path.stem


def outcome(seed: int, folder: Path, served: set[str] | None = None) -> Outcome:
    """What becomes of the folder that a seed makes. Of the same cells in another dress, which `served` holds the digests
    of, nothing is asked a second time."""
    done, table = spoiled(seed, folder)
    checked = check_folder(folder)
    if checked.problems:
        return Outcome(done, len(checked.problems), list(faults_of_lines(list(map(str, checked.problems)))))
    digest = digest_of_cells(checked) + table
    if served is not None and digest in served:
        return Outcome(done, 0, [], is_known=True)
    faults = list(faults_of_serving(folder, table))
    if served is not None:
        served.add(digest)
    return Outcome(done, 0, faults)


def digest_of_cells(checked: Checked) -> str:
    """Digits of all cells and of the dictionary, however the files hold them."""
    whole = hashlib.sha256(json.dumps(checked.dictionary).encode())
    for name, frame in checked.written.items():
        whole.update(f"{name}\n{frame.to_csv(index=False)}".encode())
    return whole.hexdigest()


def faults_of_lines(lines: list[str]) -> Iterator[str]:
    for line in lines:
        if NOT_PLAIN.search(re.sub("“.*”", "", line)) or not line.isprintable() or len(line) > 700:
            yield f"not plain: {line}"
    places = [line.split(": ", 1)[0] for line in lines]
    yield from (
        f"said more than once: {place}"
        for place in {place for place in places if places.count(place) > 1 and "row" in place}
    )


def faults_of_serving(folder: Path, spoiled_table: str) -> Iterator[str]:
    """Pages that fail and addresses that are no answer, of the tables of a folder, in this process.

    Asked for are all pages, what leads to rows that were spoiled, print copies, the spoiled table in every format, and the
    others in one.
    """
    with served_here(folder):
        choices = [(page.path, {}) for page in PAGES_IN_MENU] + list(choices_of(folder, spoiled_table))
        for path, chosen in choices:
            failed = run_page(path, **chosen).exception
            yield from (f"page {path or 'overview'} {chosen or ''}: {error.message}" for error in failed)
        for address in addresses(spoiled_table):
            yield from fault_of(address)


@contextmanager
def served_here(folder: Path) -> Iterator[None]:
    """Has this process read the tables of a folder, and forget them afterwards."""
    before = os.environ.get(DATA_DIR)
    os.environ[DATA_DIR] = str(folder)
    try:
        forget_all()
        yield
    finally:
        os.environ.pop(DATA_DIR) if before is None else os.environ.update({DATA_DIR: before})
        forget_all()


def choices_of(folder: Path, table: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Pages with the choices that lead to the rows of a table which are not those of the record."""
    kept = {tuple(row) for row in rows_of(TABLES / f"{table}.csv")}
    head, *rows = rows_of(folder / f"{table}.csv") if (folder / f"{table}.csv").is_file() else [[]]
    for row in [dict(zip(head, row, strict=False)) for row in rows if row and tuple(row) not in kept][:MOST_FOLLOWED]:
        yield "sources-and-data", {"figure": row[head[0]]}
        for column, (page, parameter) in FOLLOWED.items():
            if row.get(column):
                yield page, {parameter: row[column]}


def addresses(spoiled_table: str) -> Iterator[str]:
    for path in sorted(TABLES.glob("*.csv")):
        formats = extensions() if path.stem == spoiled_table else ["json"]
        yield from (f"/data/v1/{path.stem}.{extension}" for extension in formats)
    yield from (f"/data/v1/{name}" for name in ("", "datapackage.json", "catalog.jsonld", "openapi.json"))
    yield from (f"/print/{page.path or 'overview'}" for page in PAGES_IN_MENU)
    yield from (f"/print/{page}?asof=2015-06-01" for page in ("overview", "counts-over-time", "recovery-map"))


def fault_of(address: str) -> Iterator[str]:
    try:
        status, text = answer(address)
    except Exception as error:
        yield f"{address}: {type(error).__name__}: {error}"
        return
    if status >= 500 or (status == 200 and address.endswith("json") and not is_json(text)):
        yield f"{address}: {status}"


def is_json(text: str) -> bool:
    """Whether a text is JSON as the standard has it, which knows no NaN and no Infinity."""
    constants: list[str] = []
    try:
        json.loads(text, parse_constant=constants.append)
    except ValueError:
        return False
    return not constants


def forget_all() -> None:
    """Empties the caches of this process that hold something of the tables, so that others can take their place."""
    gc.unfreeze()  # what was frozen for workers is not among the objects otherwise
    for thing in [thing for thing in gc.get_objects() if type(thing) in CACHES]:
        if is_ours(thing.__module__) and thing.__module__ not in SAME_OF_ANY_TABLES:
            thing.cache_clear()


def is_ours(module: str) -> bool:
    return module.split(".")[0] in ("data", "components")


def main(count: int, first: int = 0) -> None:
    """Spoils so many folders; prints each fault as it is found, and now and then how many were refused and served."""
    outcomes: list[Outcome] = []
    digests: set[str] = set()
    with tempfile.TemporaryDirectory() as place:
        for seed in range(first, first + count):
            try:
                outcomes.append(outcome(seed, Path(place) / "tables", digests))
            except Exception as error:
                outcomes.append(Outcome(f"seed {seed}", 0, [f"{type(error).__name__}: {error}"]))
            for fault in outcomes[-1].faults:
                print(f"{outcomes[-1].done}: {fault}", flush=True)
            if len(outcomes) % COUNTED_EVERY == 0 or len(outcomes) == count:
                print(in_numbers(outcomes), flush=True)


def in_numbers(outcomes: list[Outcome]) -> str:
    refused = [found.lines for found in outcomes if found.lines]
    known, faulty = (
        sum(map(bool, marks)) for marks in zip(*((one.is_known, one.faults) for one in outcomes), strict=True)
    )
    return (
        f"{len(outcomes)} folders: {len(refused)} refused in {sum(refused)} lines, {len(outcomes) - len(refused)} served "
        f"({known} with the cells of one before); {faulty} with a fault"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
