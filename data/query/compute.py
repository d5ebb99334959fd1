"""What can be computed from the figures, and from which? Everything here is labelled as computed and names its parts."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

import pandas as pd

from data.query.pace import (
    Fall,
    exact_counts,
    fall_before_the_brief,
    fall_between,
    fall_from,
    fall_in_all,
    fall_since_the_brief,
)
from data.query.params import PACE, parameter_named, unaccepted
from data.query.select import newest_number_of, rows_of, rows_of_brief
from data.record.dates import PRECISIONS, period_in_words, span_of
from data.record.load import Library, cached_with_library
from data.record.tables import BRIEF, SERIES_OF_COUNTS
from data.record.wording import OPEN_DOWN, OPEN_UP

# What the ids of monthly rates times twelve end in, by the rate.
TWELVE_MONTHS = {
    "BRF-018": "before-the-new-techniques-twelve-months-computed",
    "BRF-019": "with-the-new-techniques-twelve-months-computed",
}
# Sums of the brief's parts since 1982 by the series of what is added to the recoveries: id, label, note and unit of each.
SUMS_SINCE_1982 = {
    "k208_estimated_individuals": (
        "sum-of-the-parts-remains-estimated-in-the-boxes-computed",
        "Sum of the parts, with the remains estimated in the boxes (computed)",
        "Remains and sets of remains added up.",
        "remains",
    ),
    "k208_boxes": (
        "sum-of-the-parts-boxes-counted-as-boxes-computed",
        "Sum of the parts, with boxes counted as boxes (computed)",
        "Boxes and sets of remains added up, though a box is not a set.",
        "boxes and sets of remains",
    ),
}
# Exchanges of prisoners in 1953: the sick and wounded in spring, the others from August on.
EXCHANGES = 2
FALL_ID = re.compile(r"computed-fall-from-(.+)-to-(.+)")
Bounds = tuple[int, int | None]
LOOK_AHEAD_ID = re.compile(r"-at-([0-9]+)-persons-a-year-")


def bounds_of(row: Any) -> Bounds:
    """Lowest and highest whole number that the printed figure allows; None where it is open above.

    A figure printed as approximate keeps its number on both sides: how far "approximately" reaches is not printed.
    """
    qualifier = row["qualifier"]
    if qualifier == "range":
        return int(row["low"]), int(row["high"])
    value = int(row["value"])
    if qualifier in OPEN_UP:
        return value + (qualifier == "more than"), None
    if qualifier in OPEN_DOWN:
        return 0, value - (qualifier == "fewer than")
    return value, value


def computed_row(
    name: str, label: str, bounds: Bounds, parts: pd.DataFrame, note: str, template: Any
) -> dict[str, Any]:
    """A row in the shape of `figures` for a computed number: it says so, and from which figures.

    `name` is the permanent end of its id, which stays when the label is reworded.
    """
    low, high = bounds
    is_single = high is not None and low == high
    row: dict[str, Any] = dict.fromkeys(parts.columns, "")
    row |= {
        "figure_id": f"computed-{name}",
        "label": label,
        "scope": label,
        "kind": "computed",
        "unit": template["unit"],
        "date": "",
        "date_precision": "undated",
    }
    row |= {
        "value": low if is_single or high is None else pd.NA,
        "low": pd.NA if is_single or high is None else low,
        "high": pd.NA if is_single or high is None else high,
    }
    hedged = not parts["qualifier"].eq("exact").all()
    hedge = "approximately" if hedged else "exact"
    row |= {
        "qualifier": hedge if is_single else "at least" if high is None else "range",
        "attributed_to": "Computed by this dashboard",
    }
    row |= {
        "note": f"{note} Computed from {', '.join(parts['figure_id'])}.",
        "flags": "computed",
        "source_id": "",  # nobody printed it: the note names what it is worked out from
    }
    return row


def computed_by_id(library: Library, row_id: str) -> dict[str, Any] | None:
    """The row that is computed under this id; None where there is none, or where its parts are not in the Library."""
    if not row_id.startswith("computed-"):
        return None
    if ends := FALL_ID.fullmatch(row_id):
        return _fall_by_ids(library, *ends.groups())
    if ahead := LOOK_AHEAD_ID.search(row_id):
        if unaccepted(parameter_named(PACE), [ahead[1]], library):
            return None
        computed = look_ahead(library, int(ahead[1])).to_dict("records")
        return next(
            ({str(name): cell for name, cell in row.items()} for row in computed if row["figure_id"] == row_id), None
        )
    row = _sums_and_rates(library).get(row_id)
    return dict(row) if row else None


@cached_with_library
def _sums_and_rates(library: Library) -> dict[str, dict[str, Any]]:
    """The rows that are computed from the figures of the brief, by their id; none where it is not in the Library."""
    if BRIEF not in set(library["sources"]["source_id"]):
        return {}
    rows = [*unplaced_of(library), *sums_since_1982(library), *years_of(library), *sum_returned(library)]
    return {row["figure_id"]: row for row in reversed(rows)}


def sum_of_bounds(parts: pd.DataFrame) -> Bounds:
    """Sum of the bounds of the rows."""
    return _add(bounds_of(row) for row in parts.to_dict("records"))


def remainder_of(total: pd.DataFrame, parts: pd.DataFrame) -> Bounds | None:
    """What the parts leave of a single total: the smallest and the largest remainder.

    None where that cannot be said: a number is open above, or the parts may come to more than the total.
    """
    whole, known = sum_of_bounds(total), sum_of_bounds(parts)
    if whole[1] is None or known[1] is None or whole[0] < known[1]:
        return None
    return whole[0] - known[1], whole[1] - known[0]


def _add(bounds: Iterable[Bounds]) -> Bounds:
    lows, highs = zip(*bounds, strict=True)
    return sum(lows), None if None in highs else sum(highs)


def unplaced_of(library: Library) -> list[dict[str, Any]]:
    """What the brief's own places leave of the brief's own total, as one row; none where that cannot be said."""
    total = rows_of_brief(library, "unaccounted for")
    total, parts = total[total["mark"] == "counts"], rows_of_brief(library, "believed to lie")
    remainder = remainder_of(total, parts) if len(total) == 1 and len(parts) else None
    return [unplaced_row(total, parts, remainder)] if remainder else []


def unplaced_row(total: pd.DataFrame, parts: pd.DataFrame, remainder: Bounds) -> dict[str, Any]:
    """The part of the total that no figure places in a country: a range, since one part is an upper bound."""
    both = pd.concat([total, parts])
    note = (
        "A range and not one number: the parts are hedged, of different days, and some count people and some remains."
    )
    name = "placed-nowhere-by-the-source"
    return computed_row(name, "Location not given", remainder, both, note, total.iloc[0])


def total_row(name: str, label: str, parts: pd.DataFrame, note: str) -> dict[str, Any]:
    """The sum of the rows, labeled as computed."""
    return computed_row(name, label, sum_of_bounds(parts), parts, note, parts.iloc[0])


def year_row(month: pd.DataFrame) -> dict[str, Any]:
    """Twelve times a monthly rate, labeled as computed."""
    part = month.iloc[0]
    low, high = bounds_of(part)
    note = "Twelve times the monthly rate; remains identified, not people accounted for."
    name = TWELVE_MONTHS.get(part["figure_id"], f"twelve-months-of-{part['figure_id'].lower()}")
    label = f"{part['label']}, twelve months (computed)"
    row = computed_row(name, label, (low * 12, None if high is None else high * 12), month, note, part)
    return row | {"unit": "remains per year"}


def sums_since_1982(library: Library) -> list[dict[str, Any]]:
    """The brief's parts since 1982 added up twice: with the remains estimated in the boxes, and with the boxes themselves.

    A sum that lacks one of its two parts is left out.
    """
    rows = rows_of_brief(library, "by origin")
    recovered = rows[rows["series_id"] == "remains_recovered_cumulative"]
    sums = []
    for series, (name, label, note, unit) in SUMS_SINCE_1982.items():
        part = rows[rows["series_id"] == series]
        if len(part) and len(recovered):
            sums.append(total_row(name, label, pd.concat([part, recovered]), note) | {"unit": unit})
    return sums


def years_of(library: Library) -> list[dict[str, Any]]:
    """The monthly rates of identification as twelve months."""
    rows = rows_of(library, "figures", "pace month")
    return [year_row(rows.iloc[[position]]) for position in range(len(rows))]


def sum_returned(library: Library) -> list[dict[str, Any]]:
    """Prisoners returned in both exchanges of 1953, added up, as one row; none where the brief has not one number for each."""
    rows = rows_of_brief(library, "prisoner totals")
    exchanges = rows[rows["series_id"] == "pows_returned"]
    if len(exchanges) != EXCHANGES:
        return []
    name, label = "returned-in-both-exchanges-of-1953-computed", "Returned in both exchanges of 1953 (computed)"
    return [total_row(name, label, exchanges, "The two exchanges added up.")]


def sum_of_operations(operations: pd.DataFrame) -> pd.DataFrame:
    """Numbers of operations added up by year of their end and place, in the columns year, place_id, total, parts.

    ValueError where the rows are of more than one row_scope, unit, kind, status or hedge: such rows overlap, or their sum
    would say too much, and are never added up. Rows without a printed number are left out.
    """
    counted = operations[operations["value"].notna()]
    for column in ("row_scope", "unit", "kind", "status", "qualifier"):
        if counted[column].nunique() > 1:
            raise ValueError(
                f"operations of more than one {column} are not added up: {', '.join(sorted(counted[column].unique()))}"
            )
    years = counted["end"].where(counted["end"] != "", counted["start"]).str[:4]
    groups = counted.assign(year=years).groupby(["year", "place_id"], sort=True)
    return groups.agg(total=("value", "sum"), parts=("op_id", ";".join)).reset_index()


def sums_by_year(operations: pd.DataFrame) -> pd.DataFrame:
    """The same sums without those of operations that have no date: they are of no year."""
    sums = sum_of_operations(operations)
    return sums[sums["year"] != ""]


def sums_by_place(operations: pd.DataFrame) -> pd.DataFrame:
    """The same sums over all years, in the columns place_id, total, parts, of the places where anything was recovered: no
    circle stands for zero."""
    sums = sum_of_operations(operations)
    by_place = sums.groupby("place_id").agg(total=("total", "sum"), parts=("parts", ";".join)).reset_index()
    return by_place[by_place["total"] > 0]


def look_ahead(library: Library, pace: int, years: tuple[int, ...] = (5, 10, 25, 50)) -> pd.DataFrame:
    """What would remain at a steady pace, so many years after the newest exact count: a calculation, not data.

    Rows in the shape of `figures`, one a year (people, never below zero); none where there is no count to start from.
    """
    newest = newest_number_of(library, SERIES_OF_COUNTS)
    if newest.empty:
        return newest
    day, count = span_of(newest.iloc[0]["date"]).last, int(newest.iloc[0]["value"])
    rows = [_ahead(newest, day.year + ahead, max(0, count - pace * ahead), pace) for ahead in years]
    return with_computed(newest.iloc[:0], *rows)


def _ahead(newest: pd.DataFrame, year: int, remaining: int, pace: int) -> dict[str, Any]:
    name = f"would-remain-in-{year}-at-{pace}-persons-a-year-computed"
    label = f"Would remain in {year} at {pace} people per year (computed)"
    note = "The newest exact count less this many people per year: a calculation, not a forecast."
    row = computed_row(name, label, (remaining, remaining), newest, note, newest.iloc[0])
    return row | {"date": str(year), "date_precision": "year"}


def falls_of(library: Library, years: tuple[int, int] | None = None) -> pd.DataFrame:
    """Average fall per year of the exact counts: before the brief, since, in all and, where asked for, over some years.

    Rows in the shape of `figures` (people per year, rounded to whole people), each naming its two counts.
    """
    of_years = fall_between(library, date(years[0], 1, 1), date(years[1], 12, 31)) if years else None
    falls = [of_years, fall_before_the_brief(library), fall_since_the_brief(library), fall_in_all(library)]
    rows = {row["figure_id"]: row for fall in falls if fall for row in [fall_row(library, fall)]}
    return with_computed(rows_of(library, "figures").iloc[:0], *rows.values())


def fall_row(library: Library, fall: Fall) -> dict[str, Any]:
    """The average fall per year between two exact counts, labeled as computed."""
    ids = [fall.first["figure_id"], fall.last["figure_id"]]
    figures = rows_of(library, "figures")
    parts = figures[figures["figure_id"].isin(ids)].set_index("figure_id", drop=False).loc[ids]
    label = f"Average fall per year, {period_in_words(fall.first['date'], fall.last['date'])}"
    note = f"{int(fall.first['value']):,} less {int(fall.last['value']):,} is {fall.people:,} people in {fall.years:.1f} years; rounded to whole people."
    whole = round(fall.per_year)
    row = computed_row(f"fall-from-{ids[0]}-to-{ids[1]}", label, (whole, whole), parts, note, parts.iloc[-1])
    dated = {"period_start": fall.first["date"], "date": fall.last["date"]}
    return row | dated | {"unit": "people per year", "date_precision": _coarser(fall)}


def _coarser(fall: Fall) -> str:
    return PRECISIONS[min(len(fall.first["date"]), len(fall.last["date"]))]


def _fall_by_ids(library: Library, first: str, last: str) -> dict[str, Any] | None:
    counts = {row["figure_id"]: row for row in exact_counts(library).to_dict("records")}
    fall = fall_from(counts[first], counts[last]) if first in counts and last in counts else None
    return fall_row(library, fall) if fall else None


def with_computed(frame: pd.DataFrame, *rows: dict[str, Any]) -> pd.DataFrame:
    """The frame with computed rows after it, types kept."""
    if not rows:
        return frame
    return pd.concat([frame, pd.DataFrame(rows, columns=frame.columns).astype(frame.dtypes)], ignore_index=True)
