"""What can be computed from the figures, and from which? Everything here is labelled as computed and names its parts."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from data.load import Library
from data.select import rows_of

Bounds = tuple[int, int | None]


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
        "figure_id": "computed",
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
        "source_id": template["source_id"],
    }
    return row


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
    rows = rows_of(library, "figures", "since_1982")
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
    rows = rows_of(library, "figures", "prisoners")
    return total_row(
        "Returned in both exchanges of 1953 (computed)",
        rows[rows["series_id"] == "pows_returned"],
        "The two exchanges added up.",
    )


def with_computed(frame: pd.DataFrame, *rows: dict[str, Any]) -> pd.DataFrame:
    """The frame with computed rows after it, types kept."""
    if not rows:
        return frame
    return pd.concat([frame, pd.DataFrame(rows, columns=frame.columns).astype(frame.dtypes)], ignore_index=True)
