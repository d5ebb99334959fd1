"""What did the brief say of each of its headline quantities, and what is said now on the same definition?"""

from typing import Any

import pandas as pd

from data.query.rows import FoundRow, as_figure, find_row
from data.record.dates import date_in_words
from data.record.load import Library, cached_with_library
from data.record.tables import COMPARED, NONE_NEWER, NOT_READ, VERDICTS
from data.record.wording import (
    OPEN_DOWN,
    OPEN_UP,
    Row,
    figure_in_words,
    hedge_of_difference,
    quoted_wording,
    when_in_words,
)

# Later versions of the brief by their columns: the row that was read, and what it says beside July 2012.
VERSIONS = {
    name: (row_id, verdict)
    for name, (row_id, verdict, _) in zip(("2015", "October 2015", "December 2018"), VERDICTS[1:], strict=True)
}
ROW_ID_COLUMNS = COMPARED["then_and_now"]
NOTHING_NEWER = "Nothing newer found on the same definition"
NOT_YET = "Published after the day chosen"


@cached_with_library
def lines_in_words(library: Library) -> pd.DataFrame:
    """The lines of the table with what the brief said, what is said now, the change and the later versions in words."""
    frame = library["then_and_now"]
    lines = frame.to_dict("records")
    words = {
        "brief": [", ".join(statement_of(library, row["brief_row_id"])) for row in lines],
        "now": [", ".join(newest_statement(library, row)) for row in lines],
        "change": [change_of(library, row) for row in lines],
        "later_versions": ["; ".join(later_versions(library, row).values()) for row in lines],
    }
    return frame.assign(**{name: pd.Series(cells, frame.index, dtype="str") for name, cells in words.items()})


def statement_of(library: Library, row_id: str) -> tuple[str, ...]:
    """A row's number with hedge and unit, and its day: "approximately 7,954 people", "as of 28 June 2012"."""
    found = find_row(library, row_id)
    if found is None:
        return ()
    row = as_figure(library, found)
    return figure_in_words(row), when_in_words(row)


def newest_statement(library: Library, line: Row) -> tuple[str, ...]:
    """The newest number and its day, with the day of print where one is known; one sentence where there is none."""
    if line["newest"] == NONE_NEWER:
        return (NOTHING_NEWER,)
    found = find_row(library, line["newest_row_id"])
    if found is None:
        return (NOT_YET,)
    number, when = statement_of(library, line["newest_row_id"])
    printed = f"; printed {date_in_words(found.row['published'])}" if found.row["published"] else ""
    return number, f"{when}{printed}"


def change_of(library: Library, line: Row) -> str:
    """By how much the newest count differs from the brief's: computed, and only between two counts of one definition.

    Empty where one of the two is an estimate, a claim, a rate, a range or open at an end, or where they differ in series,
    scope of country, or unit.
    """
    rows = [find_row(library, line[name]) for name in ("brief_row_id", "newest_row_id")]
    pair = [found.row for found in rows if found and found.table == "figures"]
    if len(pair) < 2 or not _comparable(library, *pair):
        return ""
    then, now = pair
    difference = int(now["value"]) - int(then["value"])
    if difference == 0:
        return "no change (computed)"
    word = "more" if difference > 0 else "fewer"
    return f"{hedge_of_difference(then, now)}{abs(difference):,} {word} (computed)"


def _comparable(library: Library, then: dict[str, Any], now: dict[str, Any]) -> bool:
    kind = library["series"].set_index("series_id")["kind"]
    same = all(then[name] == now[name] for name in ("series_id", "unit", "country"))
    closed = all(row["qualifier"] not in (*OPEN_UP, *OPEN_DOWN, "range") for row in (then, now))
    return bool(same and closed and kind.get(then["series_id"]) == "count")


def later_versions(library: Library, line: Row) -> dict[str, str]:
    """What each later version of the brief says, by its name: "2015: changed, “over 7,800”"."""
    return {name: f"{name}: {_version(library, line, row, verdict)}" for name, (row, verdict) in VERSIONS.items()}


def _version(library: Library, line: Row, row: str, verdict: str) -> str:
    found = find_row(library, line[row]) if line[row] else None
    if not line[row]:
        return NOT_YET if line[verdict] != NOT_READ else NOT_READ
    return f"{line[verdict]}, {_printed(library, found)}" if found else str(line[verdict])


def _printed(library: Library, found: FoundRow) -> str:
    """A number as its source prints it, in quotation marks; of an event, of which no print is held, in words."""
    row = as_figure(library, found)
    return quoted_wording(row) if row["as_printed"] else figure_in_words(row)


def lines_summary(frame: pd.DataFrame) -> str:
    """How many of the brief's headline figures have a newer one on the same definition, and how many changed."""
    newer, changed = frame["newest_row_id"] != "", frame["newest"] == "changed"
    summary = f"{len(frame)} headline figures of the brief: {int(newer.sum())} have a newer figure on the same definition, of which {int((newer & changed).sum())} changed"
    later = int((~newer & (frame["newest"] != NONE_NEWER)).sum())
    if later:
        return f"{summary}; for {later} one was published after the day chosen."
    return f"{summary}; for {int((~newer).sum())} nothing newer was found."
