"""How fast did the exact counts fall, and between which two of them?"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import pandas as pd

from data.record.dates import span_of
from data.record.load import Library, cached_with_library
from data.record.tables import BRIEF
from data.record.wording import is_one_number

# The least that a look ahead starts from: its slider goes no lower.
SLOWEST = 5
DAYS_IN_A_YEAR = 365.25
Row = Mapping[Any, Any]


class Fall(NamedTuple):
    """Two exact counts, the earlier first, and the years between their days."""

    first: Row
    last: Row
    years: float

    @property
    def people(self) -> int:
        """By how many people the later count is lower; negative where it is higher."""
        return int(self.first["value"]) - int(self.last["value"])

    @property
    def per_year(self) -> float:
        """People per year, on average."""
        return self.people / self.years


@cached_with_library
def exact_counts(library: Library) -> pd.DataFrame:
    """The exact counts that are drawn as the series, in order of their days, the brief's own among them.

    One that is a range, open at an end or without a date is left out: nothing can be computed between it and another.
    """
    figures = library["figures"]
    counts = figures[(figures["mark"] == "counts") & (figures["date"] != "") & is_one_number(figures)]
    return counts.sort_values(["date", "figure_id"], kind="stable")


def fall_from(first: Row, last: Row) -> Fall | None:
    """The fall from one count to a later one; None where they are of one day. A month counts as its last day."""
    days = (span_of(str(last["date"])).last - span_of(str(first["date"])).last).days
    return Fall(first, last, days / DAYS_IN_A_YEAR) if days > 0 else None


def fall_between(library: Library, since: date, until: date) -> Fall | None:
    """The fall between the first and the last exact count of a period; None where it holds fewer than two days."""
    return fall_over(_within(library, since, until))


def fall_over(rows: Sequence[Row]) -> Fall | None:
    """The fall from the first of some counts, in order of their days, to the last; None where they are of one day."""
    return fall_from(rows[0], rows[-1]) if rows else None


def _within(library: Library, since: date, until: date) -> list[Row]:
    """The first and the last exact count of a period; none where it holds none."""
    counts = exact_counts(library)
    spans = [span_of(str(day)) for day in counts["date"].tolist()]
    inside = [at for at, span in enumerate(spans) if since <= span.first and span.last <= until]
    return [*counts.iloc[[inside[0], inside[-1]]].to_dict("records")] if inside else []


def fall_before_the_brief(library: Library) -> Fall | None:
    """The fall from the first exact count to the brief's; None where the brief's is not there."""
    brief = _day_of_the_brief(library)
    return fall_between(library, date.min, brief) if brief else None


@cached_with_library
def fall_since_the_brief(library: Library) -> Fall | None:
    """The fall from the brief's count to the newest; None where there is no newer one."""
    brief = _day_of_the_brief(library)
    return fall_between(library, brief, date.max) if brief else None


def fall_in_all(library: Library) -> Fall | None:
    """The fall from the first exact count to the newest."""
    return fall_between(library, date.min, date.max)


@cached_with_library
def pace_of_record(library: Library) -> int:
    """Whole people per year from which a look ahead starts: the average since the brief, or of all counts where the
    record has none since."""
    fall = fall_since_the_brief(library) or fall_in_all(library)
    return max(SLOWEST, round(fall.per_year)) if fall else SLOWEST


def _day_of_the_brief(library: Library) -> date | None:
    counts = exact_counts(library)
    days = counts[counts["source_id"] == BRIEF]["date"]
    return span_of(str(days.iloc[0])).last if len(days) else None
