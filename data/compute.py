"""What can be computed from the figures, and from which? Everything here is labelled as computed and names its parts."""

import re
from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd

from data.dates import span_of
from data.load import Library
from data.select import newest_of, rows_of, rows_of_brief

BRIEF = "brief-2012"
Bounds = tuple[int, int | None]
AHEAD = re.compile(r"-at-(\d+)-persons-a-year-")


def bounds_of(row: Any) -> Bounds:
    """Lowest and highest whole number that the printed figure allows; None where it is open above.

    A figure printed as approximate keeps its number on both sides: how far "approximately" reaches is not printed.
    """
    qualifier = row["qualifier"]
    if qualifier == "range":
        return int(row["low"]), int(row["high"])
    value = int(row["value"])
    if qualifier in ("more_than", "at_least"):
        return value + (qualifier == "more_than"), None
    if qualifier in ("fewer_than", "up_to"):
        return 0, value - (qualifier == "fewer_than")
    return value, value


def computed_row(label: str, bounds: Bounds, parts: pd.DataFrame, note: str, template: Any) -> dict[str, Any]:
    """A row in the shape of `figures` for a computed number: it says so, and from which figures."""
    low, high = bounds
    one = high is not None and low == high
    row: dict[str, Any] = dict.fromkeys(parts.columns, "")
    row |= {
        "figure_id": f"computed-{_slug(label)}",
        "label": label,
        "scope": label,
        "kind": "computed",
        "unit": template["unit"],
        "date": "",
        "date_precision": "undated",
    }
    row |= {
        "value": low if one or high is None else pd.NA,
        "low": pd.NA if one or high is None else low,
        "high": pd.NA if one or high is None else high,
    }
    hedged = not parts["qualifier"].eq("exact").all()
    single = "approximately" if hedged else "exact"
    row |= {
        "qualifier": single if one else "at_least" if high is None else "range",
        "attributed_to": "Computed by this dashboard",
    }
    row |= {
        "note": f"{note} Computed from {', '.join(parts['figure_id'])}.",
        "flags": "computed",
        "source_id": "",  # nobody printed it: the note names what it is worked out from
    }
    return row


def _slug(label: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", label.lower()).strip("-")


def computed_by_id(library: Library, row_id: str) -> dict[str, Any] | None:
    """The computed row of an id, made anew; None where there is none, or where its parts are not in the Library."""
    if not row_id.startswith("computed-"):
        return None
    makers: tuple[Callable[[], list[dict[str, Any]]], ...] = (
        lambda: [unplaced_of(library)],
        lambda: sums_since_1982(library),
        lambda: years_of(library),
        lambda: [sum_returned(library)],
    )
    if ahead := AHEAD.search(row_id):
        found = look_ahead(library, int(ahead[1])).to_dict("records")
        return next(
            ({str(name): cell for name, cell in row.items()} for row in found if row["figure_id"] == row_id), None
        )
    rows = [row for make in makers if BRIEF in set(library["sources"]["source_id"]) for row in make()]
    return next((row for row in rows if row["figure_id"] == row_id), None)


def sum_of(parts: pd.DataFrame) -> Bounds:
    """Sum of the bounds of the rows."""
    return _add(bounds_of(row) for row in parts.to_dict("records"))


def left_over(total: pd.DataFrame, parts: pd.DataFrame) -> Bounds:
    """What the parts leave of a single total: the smallest and the largest remainder."""
    whole, known = sum_of(total), sum_of(parts)
    assert whole[1] is not None and known[1] is not None, "an open bound leaves no range"
    return whole[0] - known[1], whole[1] - known[0]


def _add(bounds: Iterable[Bounds]) -> Bounds:
    lows, highs = zip(*bounds, strict=True)
    return sum(lows), None if None in highs else sum(highs)


def unplaced_of(library: Library) -> dict[str, Any]:
    """What the brief's own places leave of the brief's own total."""
    total = rows_of_brief(library, "unaccounted_for")
    return unplaced_row(total[total["mark"] == "counts"], rows_of_brief(library, "believed_to_lie"))


def unplaced_row(total: pd.DataFrame, parts: pd.DataFrame) -> dict[str, Any]:
    """The part of the total that no figure places in a country: a range, since one part is an upper bound."""
    both = pd.concat([total, parts])
    note = (
        "A range and not one number: the parts are hedged, of different days, and some count persons and some remains."
    )
    return computed_row("Placed nowhere by the source", left_over(total, parts), both, note, total.iloc[0])


def total_row(label: str, parts: pd.DataFrame, note: str) -> dict[str, Any]:
    """The sum of the rows, labelled as computed."""
    return computed_row(label, sum_of(parts), parts, note, parts.iloc[0])


def year_row(month: pd.DataFrame) -> dict[str, Any]:
    """Twelve times a monthly rate, labelled as computed."""
    part = month.iloc[0]
    low, high = bounds_of(part)
    note = "Twelve times the monthly rate; remains identified, not persons accounted for."
    row = computed_row(
        f"{part['label']}, twelve months (computed)", (low * 12, None if high is None else high * 12), month, note, part
    )
    return row | {"unit": "remains_per_year"}


def sums_since_1982(library: Library) -> list[dict[str, Any]]:
    """The brief's parts since 1982 added up twice: with the remains estimated in the boxes, and with the boxes themselves."""
    rows = rows_of_brief(library, "by_origin")
    recovered = rows[rows["series_id"] == "remains_recovered_cumulative"]
    inside, boxes = (rows[rows["series_id"] == series] for series in ("k208_estimated_individuals", "k208_boxes"))
    return [
        total_row(
            "Sum of the parts, remains estimated in the boxes (computed)",
            pd.concat([inside, recovered]),
            "Remains and sets of remains added up.",
        )
        | {"unit": "remains"},
        total_row(
            "Sum of the parts, boxes counted as boxes (computed)",
            pd.concat([boxes, recovered]),
            "Boxes and sets of remains added up, though a box is not a set.",
        )
        | {"unit": "boxes_and_sets"},
    ]


def years_of(library: Library) -> list[dict[str, Any]]:
    """The monthly rates of identification as twelve months."""
    rows = rows_of(library, "figures", "pace_month")
    return [year_row(rows.iloc[[position]]) for position in range(len(rows))]


def sum_returned(library: Library) -> dict[str, Any]:
    """Prisoners returned in both exchanges of 1953, added up."""
    rows = rows_of_brief(library, "prisoner_totals")
    return total_row(
        "Returned in both exchanges of 1953 (computed)",
        rows[rows["series_id"] == "pows_returned"],
        "The two exchanges added up.",
    )


def sum_of_operations(operations: pd.DataFrame) -> pd.DataFrame:
    """Numbers of operations added up by year of their end and place, in the columns year, place_id, total, parts.

    ValueError where the rows are of more than one row_scope, unit or kind of number: such rows overlap, and are never
    added up. Rows without a printed number are left out.
    """
    counted = operations[operations["value"].notna()]
    for column in ("row_scope", "unit", "kind", "status"):
        if counted[column].nunique() > 1:
            raise ValueError(
                f"operations of more than one {column} are not added up: {', '.join(sorted(counted[column].unique()))}"
            )
    years = counted["end"].where(counted["end"] != "", counted["start"]).str[:4]
    groups = counted.assign(year=years).groupby(["year", "place_id"], sort=True)
    return groups.agg(total=("value", "sum"), parts=("op_id", ";".join)).reset_index()


def sums_by_place(operations: pd.DataFrame) -> pd.DataFrame:
    """The same sums over all years, in the columns place_id, total, parts."""
    sums = sum_of_operations(operations)
    return sums.groupby("place_id").agg(total=("total", "sum"), parts=("parts", ";".join)).reset_index()


def look_ahead(library: Library, pace: int, years: tuple[int, ...] = (5, 10, 25, 50)) -> pd.DataFrame:
    """What would remain at a steady pace, so many years after the newest exact count: a calculation, not data.

    Rows in the shape of `figures`, one a year (persons, never below zero); none where there is no count to start from.
    """
    newest = newest_of(library, "unaccounted_for_total")
    if newest.empty:
        return newest
    day, count = span_of(newest.iloc[0]["date"]).last, int(newest.iloc[0]["value"])
    rows = [_ahead(newest, day.year + ahead, max(0, count - pace * ahead), pace) for ahead in years]
    return with_computed(newest.iloc[:0], *rows)


def _ahead(newest: pd.DataFrame, year: int, remaining: int, pace: int) -> dict[str, Any]:
    label = f"Would remain in {year} at {pace} persons a year (computed)"
    note = "The newest exact count less so many persons a year: a calculation, not a forecast."
    row = computed_row(label, (remaining, remaining), newest, note, newest.iloc[0])
    return row | {"date": str(year), "date_precision": "year"}


def with_computed(frame: pd.DataFrame, *rows: dict[str, Any]) -> pd.DataFrame:
    """The frame with computed rows after it, types kept."""
    if not rows:
        return frame
    return pd.concat([frame, pd.DataFrame(rows, columns=frame.columns).astype(frame.dtypes)], ignore_index=True)
