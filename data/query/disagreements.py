"""Which quantities do sources disagree on, under which topic, and how far apart are they?"""

from collections.abc import Sequence, Set
from typing import NamedTuple

import pandas as pd

from data.query.rows import SIDE_BY_SIDE, find_row, side_by_side, statements_of
from data.query.select import rows_of
from data.record.dates import span_of
from data.record.load import Library, cached_with_library
from data.record.tables import SERIES_OF_COUNTS
from data.record.wording import OPEN_DOWN, OPEN_UP, Row

# Topics in their order, each with what of its rows decides it: panels of figures, or other tables.
TOPICS = {
    "Unaccounted for": {"unaccounted for"},
    "Where the missing are": {"believed to lie", "burial_estimates"},
    "Remains returned and identified": {"by origin", "returned 1950s", "joint operations", "operations"},
    "Accounted for by year": {"by year"},
    "Prisoners": {"prisoner totals", "claims"},
}
OTHER = "Other"


class Disagreement(NamedTuple):
    """A quantity on which sources differ: its row, its statements, and how far apart they are beside the largest."""

    row: Row
    statements: pd.DataFrame
    spread: float


@cached_with_library
def _by_spread(library: Library) -> list[tuple[float, Row]]:
    """The disagreements with how far apart their numbers are, the widest first. Their statements, which take long, are not made."""
    rows = library["disagreements"].to_dict("records")
    printed = _numbers_by_id(library, {row_id for row in rows for row_id in row["row_ids"].split(";")})
    spreads = [
        spread_of([end for row_id in row["row_ids"].split(";") for end in printed.get(row_id, ())]) for row in rows
    ]
    return sorted(zip(spreads, rows, strict=True), key=lambda pair: -pair[0])


def all_disagreements(library: Library) -> list[Disagreement]:
    """All disagreements, those first whose statements are furthest apart, beside the largest of them."""
    statements = statements_of(library)
    return [Disagreement(row, statements[row["disagreement_id"]], spread) for spread, row in _by_spread(library)]


@cached_with_library
def widest_disagreements(library: Library, most: int = 3) -> list[Disagreement]:
    """The disagreements whose statements are furthest apart, of those whose numbers differ at all."""
    widest = [(spread, row) for spread, row in _by_spread(library) if spread > 0][:most]
    return [Disagreement(row, side_by_side(library, row["row_ids"]), spread) for spread, row in widest]


@cached_with_library
def by_topic(library: Library) -> dict[str, list[Disagreement]]:
    """All disagreements under their topics, those that are furthest apart first; topics without one are left out."""
    topics: dict[str, list[Disagreement]] = {topic: [] for topic in (*TOPICS, OTHER)}
    for found in all_disagreements(library):
        topics[topic_of(library, found.row)].append(found)
    return {topic: group for topic, group in topics.items() if group}


def topic_of(library: Library, row: Row) -> str:
    """The first topic that any row of a disagreement belongs to."""
    kinds = {_kind_of(library, row_id) for row_id in row["row_ids"].split(";")}
    return next((topic for topic, decisive in TOPICS.items() if kinds & decisive), OTHER)


def _kind_of(library: Library, row_id: str) -> str:
    """The panel of a figure; of another row its table."""
    panels = _panels(library)
    found = None if row_id in panels else find_row(library, row_id)
    return panels.get(row_id) or (found.table if found else "")


@cached_with_library
def _panels(library: Library) -> dict[str, str]:
    figures = rows_of(library, "figures")
    return dict(zip(figures["figure_id"], figures["panel"], strict=True))


@cached_with_library
def newest_disagreement(library: Library) -> str:
    """The disagreement on the newest count of the unaccounted for; "none" where there is no disagreement at all."""
    frame = library["disagreements"]
    figures = library["figures"].set_index("figure_id")
    counts = figures[(figures["series_id"] == SERIES_OF_COUNTS) & (figures["date"] != "")]["date"]
    days = {
        row["disagreement_id"]: max(
            (str(span_of(counts[one]).last) for one in row["row_ids"].split(";") if one in counts), default=""
        )
        for row in frame.to_dict("records")
    }
    return max(days, key=lambda row_id: days[row_id]) if days else "none"


def _numbers_by_id(library: Library, ids: Set[str]) -> dict[str, list[int]]:
    """The numbers that each of these rows prints: one, or both ends of a range. Read at once, since looking up each row takes
    long."""
    found: dict[str, list[int]] = {}
    for table in SIDE_BY_SIDE:
        frame = library[table]
        frame = frame[frame.iloc[:, 0].isin(ids)]
        names = [name for name in ("value", "low", "high", "number") if name in frame]
        for row_id, *cells in frame[[frame.columns[0], *names]].itertuples(index=False):
            found[row_id] = [int(cell) for cell in cells if pd.notna(cell)]
    return found


def spread_of(numbers: list[int]) -> float:
    """How far apart numbers are, as a part of the largest; 0 for fewer than two."""
    return (max(numbers) - min(numbers)) / max(numbers) if len(numbers) > 1 and max(numbers) > 0 else 0.0


def furthest_apart(rows: Sequence[Row]) -> tuple[Row, Row]:
    """The statement with the lowest number, and that with the highest; of the same numbers those whose hedges are furthest
    apart."""
    lowest = min(rows, key=lambda row: (ends_of(row)[0], _side_of_hedge(row)))
    return lowest, max(rows, key=lambda row: (ends_of(row)[1], _side_of_hedge(row)))


def _side_of_hedge(row: Row) -> int:
    """Whether what a row counts is below the number that it prints (-1), above it (1), or neither (0)."""
    return (row["qualifier"] in OPEN_UP) - (row["qualifier"] in (*OPEN_DOWN, "nearly"))


def ends_of(row: Row) -> tuple[int, int]:
    """The lowest and the highest number that a row prints."""
    if row["qualifier"] == "range":
        return int(row["low"]), int(row["high"])
    return int(row["value"]), int(row["value"])
