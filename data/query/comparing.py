"""Which series can share one axis, and which are side by side? Only figures of one unit, counted in one way."""

from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from data.query.joins import joined_pairs
from data.query.select import Selection, rows_of, select
from data.record.load import Library, allowed_in, cached_with_library
from data.record.load import library as whole_library
from data.record.wording import number_with_noun

# What a series counts up, as the dictionary says it: all up to a day, or what fell into one period.
IN_ALL, IN_ONE_PERIOD = "in all", "in one period"
# Kinds of series by what their figures are beside each other: what offices count and estimate shares an axis; a claim, a
# goal and a rate each have one of their own, and no claim is drawn as a count.
MANNERS = {"count": "", "estimate": "", "claim": "claimed", "goal": "planned", "rate": "as a rate"}


class Measure(NamedTuple):
    """What the figures of one axis have in common: their unit, all up to a day or one period, and the manner."""

    unit: str
    counted: str
    manner: str


class Entry(NamedTuple):
    """A series as a list of them names it: its name, its subject, how many figures it has, and of which years."""

    series_id: str
    title: str
    subject: str
    figures: int
    years: str


def rows_of_series(library: Library, selection: Selection) -> pd.DataFrame:
    """The figures of the series chosen, within the other choices; none where no series is chosen."""
    chosen = selection.get("series", library)
    if not chosen:
        return rows_of(library, "figures").iloc[:0]
    return select(library, "figures", Selection(selection.page, {**selection.values, "series": chosen}))


def series_chosen(library: Library, selection: Selection) -> list[str]:
    """Ids of the series chosen, in their order."""
    return list(selection.get("series", library))


def series_in(figures: pd.DataFrame) -> list[str]:
    """Ids of the series that have a figure among these, in the order of the record, which is that of the choices."""
    present = set(figures["series_id"])
    return [series_id for series_id in _series().index if series_id in present]


def by_measure(figures: pd.DataFrame) -> dict[Measure, pd.DataFrame]:
    """The figures of each axis, those with most of them first."""
    of_series = {
        row["series_id"]: (row["counted"], MANNERS.get(row["kind"], ""))
        for row in whole_library()["series"].to_dict("records")
    }
    pairs = zip(figures["series_id"], figures["unit"], strict=True)
    measures = [Measure(unit, *of_series[series_id]) for series_id, unit in pairs]
    found = {key: figures[[measure == key for measure in measures]] for key in dict.fromkeys(measures)}
    return dict(sorted(found.items(), key=lambda item: -len(item[1])))


def pairs_of_series(library: Library, figures: pd.DataFrame) -> list[tuple[str, str]]:
    """Pairs of ids that a line may join: counts of all up to a day, never those of one period."""
    series = _series()
    of_all = figures[figures["series_id"].map(series["counted"]) == IN_ALL]
    return joined_pairs(of_all, library["sources"])


def definitions_of(ids: Iterable[str]) -> dict[str, str]:
    """Title of each of these series, with its definition."""
    series = _series()
    return {str(series.at[name, "title"]): str(series.at[name, "definition"]) for name in ids}


@cached_with_library
def entries(library: Library) -> tuple[Entry, ...]:
    """The series with a figure in this Library, by subject, in the order of the dictionary."""
    subjects = allowed_in(whole_library(), "series", "subject")
    days: dict[str, list[str]] = {}
    for series_id, day in zip(library["figures"]["series_id"], library["figures"]["date"], strict=True):
        days.setdefault(series_id, []).append(day)
    found = [
        Entry(row["series_id"], row["title"], row["subject"], len(of), _years_of(of))
        for row in whole_library()["series"].to_dict("records")
        if (of := days.get(row["series_id"], []))
    ]
    return tuple(sorted(found, key=lambda entry: subjects.index(entry.subject)))


@cached_with_library
def labels_of_series(library: Library) -> dict[str, str]:
    """What a list of series offers, by their ids: name, subject, how many figures of which years."""
    return {
        entry.series_id: f"{entry.title} · {entry.subject} · {number_with_noun(entry.figures, 'figure')}, {entry.years}"
        for entry in entries(library)
    }


def _years_of(days: list[str]) -> str:
    years = sorted(day[:4] for day in days if day)
    if not years:
        return "no date"
    return years[0] if years[0] == years[-1] else f"{years[0]}-{years[-1]}"


def _series() -> pd.DataFrame:
    """All series of the record, by id: a day on which one had no figure knows it too."""
    return _series_by_id(whole_library())


@cached_with_library
def _series_by_id(library: Library) -> pd.DataFrame:
    return library["series"].set_index("series_id")
