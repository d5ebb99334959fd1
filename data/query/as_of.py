"""What did the record say on a day, and what did the brief alone say? Library -> a Library of fewer rows.

A row counts as published on the last day of the date that its source prints. A figure whose source prints none counts as
published on its as-of day, and is said to be placed by inference, unless it tells of an earlier date; other rows without
a day of publication have none, and are left out of every view that asks for a day: a page without a date that tells of
1954 was not written in 1954.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

import pandas as pd

from data.query.then_and_now import ROW_ID_COLUMNS
from data.record.combinations import for_each_row
from data.record.dates import span_of
from data.record.load import Library, cached_with_library, library
from data.record.problems import Frames
from data.record.single_flight import computed_once
from data.record.tables import BRIEF, statement_tables
from data.record.wording import Row, number_with_noun

# Libraries of other days than today that are cached, with all that was computed from them.
CACHED_LIBRARIES = 16
# The choice of sources that shows the brief alone.
BRIEF_ONLY = "brief only"


class PublicationDay(NamedTuple):
    """When a row counts as published; None where no day is known. `inferred` where the as-of day stands in."""

    day: date | None
    inferred: bool = False


class LeftOut(NamedTuple):
    """How many rows a view leaves out, and why, and how many it places by inference."""

    later: int
    without_day: int
    inferred: int

    @property
    def rows_in_words(self) -> str:
        """What is left out: "476 rows published later and 105 without a publication date"."""
        return (
            f"{number_with_noun(self.later, 'row')} published later and {self.without_day:,} without a publication date"
        )

    @property
    def figures_in_words(self) -> str:
        """What is placed by inference: "25 figures"."""
        return number_with_noun(self.inferred, "figure")


def published_day(row: Row) -> PublicationDay:
    """Day of publication of a figure, an event, an operation, an estimate or a source."""
    if row["published"]:
        return PublicationDay(span_of(row["published"]).last)
    if "series_id" in row and row["date"] and "later statement" not in row["flags"].split(";"):
        return PublicationDay(span_of(row["date"]).last, inferred=True)
    return PublicationDay(None)


@computed_once(CACHED_LIBRARIES)
def as_published(day: date | None, brief_only: bool) -> tuple[Library, LeftOut]:
    """The process's Library as it stood on a day, or as the brief alone tells it, and what that leaves out."""
    return library_as_of(library(), day, brief_only)


def library_of(values: Mapping[str, Any]) -> tuple[Library, LeftOut]:
    """The process's Library under these choices of day (`asof`) and sources (`source`), and what they leave out."""
    day = span_of(values["asof"]).last if values.get("asof") else None
    return as_published(day, values.get("source") == BRIEF_ONLY)


def library_as_of(whole: Library, day: date | None, brief_only: bool) -> tuple[Library, LeftOut]:
    """A Library of the rows published by `day` (None: all) and, where asked for, of the brief alone."""
    if day is None and not brief_only:
        return whole, LeftOut(0, 0, 0)
    tables, dated = dict(whole.tables), statement_tables(whole.tables)
    later = without = inferred = 0
    for name in (*dated, "sources"):
        frame = tables[name]
        days = for_each_row(frame, ("published", "series_id", "date", "flags"), published_day)
        if name == "sources":
            days = [
                PublicationDay(_brief_day(frame)) if kind in ("footnote", "coordinates") else found
                for kind, found in zip(frame["kind"], days, strict=True)
            ]
        keep = [day is None or (found.day is not None and found.day <= day) for found in days]
        if day is not None and name != "sources":
            later += sum(1 for found in days if found.day and found.day > day)
            without += sum(1 for found in days if found.day is None)
            inferred += sum(1 for found, shown in zip(days, keep, strict=True) if shown and found.inferred)
        tables[name] = frame[pd.Series(keep, index=frame.index, dtype=bool) & _of_brief(frame, name, brief_only)]
    by_then = set(tables["sources"]["source_id"])
    tables |= _dependent_tables(whole, tables, day, brief_only)
    tables["sources"] = whole["sources"][whole["sources"]["source_id"].isin(by_then | _sources_named(tables))]
    if day is not None:
        noted = (*dated, "places", "sources", "then_and_now")
        tables |= {name: _without_later_notes(tables[name], day) for name in noted}
    return replace(whole, tables=tables, as_of=day), LeftOut(later, without, inferred)


@cached_with_library
def sources_by_then(library: Library) -> frozenset[str]:
    """Ids of the sources in a Library that were published by its day, or that print no day."""
    rows = library["sources"].to_dict("records")
    days = {row["source_id"]: published_day(row).day for row in rows}
    return frozenset(name for name, day in days.items() if not (day and library.as_of and day > library.as_of))


def _brief_day(sources: pd.DataFrame) -> date:
    return span_of(str(sources.set_index("source_id").at[BRIEF, "published"])).last


def _of_brief(frame: pd.DataFrame, name: str, brief_only: bool) -> "pd.Series[bool]":
    if not brief_only:
        return pd.Series(True, index=frame.index)
    if name == "sources":
        return frame["kind"].isin(["brief", "footnote", "coordinates"])
    return frame["source_id"] == BRIEF


def _dependent_tables(whole: Library, tables: Frames, day: date | None, brief_only: bool) -> Frames:
    """Tables without a day of their own, each with the rows that rest on the rows and sources in `tables`."""
    sources = set(tables["sources"]["source_id"])
    rows = set().union(*(tables[name].iloc[:, 0].tolist() for name in statement_tables(tables)))
    named, drawn = _places_named(tables), set(tables["figures"]["series_id"])
    tests: dict[str, Callable[[Any], bool]] = {
        "cautions": lambda row: day is None or set(row["source_ids"].split(";")) <= sources,
        "glossary": lambda row: day is None or row["source_id"] in sources,
        "coverage": lambda row: BRIEF in sources,
        "series": lambda row: row["series_id"] in drawn,
        "routes": lambda row: bool(set(row["row_ids"].split(";")) & rows),
        "disagreements": lambda row: len(set(row["row_ids"].split(";")) & rows) > 1,
        "places": lambda row: row["source_id"] in sources or row["place_id"] in named,
        "refused": lambda row: False,
        "former_ids": lambda row: True,
        "then_and_now": lambda row: row["brief_row_id"] in rows,
    }
    passed = {name: _rows_that_pass(whole[name], test) for name, test in tests.items()}
    lines = passed["then_and_now"]
    lists = {name: lines[name].where(lines[name].isin(rows), "") for name in ROW_ID_COLUMNS}
    return passed | {
        "disagreements": _without_hidden_rows(passed["disagreements"], rows),
        "then_and_now": lines.assign(**lists),
    }


def _rows_that_pass(frame: pd.DataFrame, test: Callable[[Any], bool]) -> pd.DataFrame:
    """The rows that pass; of a table without rows its columns stay."""
    return frame[pd.Series([test(row) for row in frame.to_dict("records")], index=frame.index, dtype=bool)]


def _without_hidden_rows(disagreements: pd.DataFrame, rows: set[str]) -> pd.DataFrame:
    """Disagreements with the rows that are kept; an explanation goes where what it rests on is not kept."""
    ids = [";".join(part for part in cell.split(";") if part in rows) for cell in disagreements["row_ids"]]
    pairs = zip(disagreements["why"], disagreements["why_ids"], strict=True)
    reasons = [why if set(grounds.split(";")) <= rows else "" for why, grounds in pairs]
    return disagreements.assign(row_ids=ids, why=reasons)


def _without_later_notes(frame: pd.DataFrame, day: date) -> pd.DataFrame:
    """The rows without those notes, added when they were collected, that speak of a year after the day."""
    later = for_each_row(
        frame,
        ["note"],
        lambda row: any(int(year) > day.year for year in re.findall(r"\b(?:19|20)\d\d\b", row["note"])),
    )
    return frame.assign(note=frame["note"].mask(pd.Series(later, index=frame.index, dtype=bool), ""))


def _sources_named(tables: Frames) -> set[str]:
    """Sources of rows that are kept, those without a day of their own among them."""
    return set().union(
        *(tables[table]["source_id"].unique() for table in (*statement_tables(tables), "places", "glossary"))
    )


def _places_named(tables: Frames) -> set[str]:
    columns = (("events", "place_ids"), ("operations", "place_id"), ("burial_estimates", "place_id"))
    return {part for table, column in columns for cell in tables[table][column].unique() for part in cell.split(";")}
