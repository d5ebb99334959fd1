"""Which rows does a choice leave? Library + Selection -> new frames; the Library itself is never changed."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from data.dates import span_between
from data.load import Library
from data.params import PARAMETERS, Parameter, Value, default_of, parameter


@dataclass(frozen=True)
class Selection:
    """What a reader chose on a page: parameter name -> value. A parameter that is not named stands at its default."""

    page: str
    values: Mapping[str, Value] = field(default_factory=dict)

    def get(self, name: str, library: Library) -> Value:
        return self.values.get(name, default_of(parameter(name), library))

    def active(self, library: Library) -> dict[str, Value]:
        """Those choices that differ from the default, in the order of the parameter table."""
        named = [chosen for chosen in PARAMETERS if chosen.name in self.values]
        return {
            chosen.name: self.values[chosen.name]
            for chosen in named
            if self.values[chosen.name] != default_of(chosen, library)
        }


def rows_of(library: Library, table: str, panel: str = "") -> pd.DataFrame:
    """All rows of a table; figures carry the kind and panel of their series, and `panel` narrows to those drawn there."""
    frame = library[table]
    if table != "figures":
        return frame
    series = library["series"].set_index("series_id")
    frame = frame.assign(kind=frame["series_id"].map(series["kind"]), panel=frame["series_id"].map(series["panel"]))
    return frame[frame["panel"] == panel] if panel else frame


def select(library: Library, table: str, selection: Selection, panel: str = "") -> pd.DataFrame:
    """Rows of a table that pass every choice of the selection which applies to it, in the table's order."""
    frame = rows_of(library, table, panel)
    for name, value in selection.active(library).items():
        frame = frame[_passes(frame, table, parameter(name), value)]
    return frame


def newest_of(library: Library, series_id: str) -> pd.DataFrame:
    """The row of a series with the latest as-of day, as a frame of one row."""
    frame = rows_of(library, "figures")
    return frame[frame["series_id"] == series_id].sort_values("date", kind="stable").tail(1)


def headlines(library: Library) -> pd.DataFrame:
    """The newest figure of each series that has a place among the headline figures, in their order."""
    series = library["series"].dropna(subset=["headline"]).sort_values("headline")
    return pd.concat([newest_of(library, series_id) for series_id in series["series_id"]])


def events_laid_over(library: Library, selection: Selection) -> pd.DataFrame:
    """Events of the lane that is laid over a chart, within the years chosen; none where none is."""
    lane = str(selection.get("overlay", library))
    kept = {name: value for name, value in selection.values.items() if name == "years"}
    return select(library, "events", Selection(selection.page, {**kept, "lane": (lane,)}))


def figures_of_countries(library: Library, places: pd.DataFrame, series_ids: tuple[str, ...]) -> pd.DataFrame:
    """Figures of these series about countries that have a country-level row among the places."""
    countries = set(places[places["coordinate_precision"] == "country"]["country"])
    frame = rows_of(library, "figures")
    return frame[frame["series_id"].isin(series_ids) & frame["country"].isin(countries)]


def touching(library: Library, row_id: str) -> dict[str, pd.DataFrame]:
    """Rows of other tables that name this row in a list of ids, table by table; empty tables are left out."""
    found = {}
    for table in ("events", "operations", "coverage"):
        frame = library[table]
        lists = [name for name in ("place_ids", "figure_ids", "row_ids", "place_id", "figure_id") if name in frame]
        hits = frame[lists].map(lambda cell: row_id in cell.split(";")).any(axis=1)
        if hits.any():
            found[table] = frame[hits]
    return found


def rows_named(library: Library, table: str, ids: str) -> pd.DataFrame:
    """Rows of a table whose ids stand in a list of ids separated by semicolons."""
    frame = rows_of(library, table)
    return frame[frame.iloc[:, 0].isin(ids.split(";"))]


def _passes(frame: pd.DataFrame, table: str, chosen: Parameter, value: Value) -> "pd.Series[bool]":
    if chosen.kind == "words":
        return _holds_words(frame, str(value))
    if table not in chosen.columns:
        return pd.Series(True, index=frame.index)
    return FILTERS[chosen.kind](frame, chosen.columns[table], value)


def _in_list(frame: pd.DataFrame, column: str, value: Value) -> "pd.Series[bool]":
    wanted = set(value)
    return frame[column].map(lambda cell: bool(wanted & set(cell.split(";")))).astype(bool)


def _in_years(frame: pd.DataFrame, column: str, value: Value) -> "pd.Series[bool]":
    first, last = (int(year) for year in value)
    start, end = ("period_start", "date") if column == "date" else ("start", "end")
    spans = [span_between(a, b) for a, b in zip(frame[start], frame[end], strict=True)]
    return pd.Series(
        [bool(span and span.first.year <= last and span.last.year >= first) for span in spans],
        index=frame.index,
        dtype=bool,
    )


def searchable(text: object) -> str:
    """Text as it is compared in a search: lower case, thousands separators taken out of numbers."""
    return re.sub(r"(?<=\d),(?=\d{3})", "", str(text)).casefold()


def _holds_words(frame: pd.DataFrame, words: str) -> "pd.Series[bool]":
    wanted = searchable(words).split()
    whole = [searchable(" ".join(str(cell) for cell in row)) for row in frame.itertuples(index=False)]
    return pd.Series([all(word in text for word in wanted) for text in whole], index=frame.index, dtype=bool)


FILTERS: dict[str, Callable[[pd.DataFrame, str, Value], "pd.Series[bool]"]] = {
    "choices": _in_list,
    "choice": _in_list,
    "years": _in_years,
}


def describe(selection: Selection, library: Library, table: str = "") -> str:
    """The active choices that filter `table` (or any) in words: "talks; 1990 to 2012". Empty where nothing is chosen."""
    said = []
    for name, value in selection.active(library).items():
        chosen = parameter(name)
        if not chosen.columns and chosen.kind != "words":
            continue
        if chosen.kind == "words":
            said.append(f'"{value}"')
        elif table in chosen.columns or not table:
            said.append(
                f"{value[0]} to {value[1]}" if chosen.kind == "years" else ", ".join(str(item) for item in value)
            )
    return "; ".join(said)


def showing(shown: int, total: int, noun: str, selection: Selection, library: Library, table: str = "") -> str:
    """One line on what is shown: "Showing 12 of 54 events: talks; 1990 to 2012"."""
    chosen = describe(selection, library, table)
    return f"Showing {shown} of {total} {noun}" + (f": {chosen}" if chosen else "")
