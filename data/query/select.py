"""Which rows does a choice leave? Library + Selection -> new frames; the Library itself is never changed."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import MAXYEAR

import pandas as pd

from data.query.params import (
    PARAMETERS,
    Parameter,
    Value,
    default_of,
    names_of_options,
    neutral_of,
    parameter_named,
)
from data.record.combinations import for_each_row
from data.record.dates import date_in_words, span_between, year_in_words
from data.record.load import Library, allowed_in, cached_with_library
from data.record.tables import BRIEF, is_passed_over, period_columns
from data.record.wording import is_one_number, value_in_words

# Series whose newest figures about a whole country stand on the map.
MAP_SERIES = ("estimated_in_country", "remains_located_in_country", "remains_recovered_cumulative", "k208_boxes")
# The measure of a place that counts men who came home too: no place on the map shows it.
NOT_OF_THE_DEAD = "held there"
# Ready choices of events: what the brief itself names, and what begins in a year; any other is a lane.
OF_BRIEF, FIRST_YEARS = "the brief's own", {"since 2018": 2018}
# The measure that the map of burial estimates shows.
BURIED = "buried there"


@dataclass(frozen=True)
class Selection:
    """What a reader chose on a page: parameter name -> value. A parameter that is not named stands at its default."""

    page: str
    values: Mapping[str, Value] = field(default_factory=dict)

    def get(self, name: str, library: Library) -> Value:
        return self.values.get(name, default_of(parameter_named(name), library))

    def active(self, library: Library) -> dict[str, Value]:
        """Those choices that filter something, in the order of the parameter table."""
        named = [chosen for chosen in PARAMETERS if chosen.name in self.values]
        return {
            chosen.name: self.values[chosen.name]
            for chosen in named
            if self.values[chosen.name] != neutral_of(chosen, library)
        }


def rows_of(library: Library, table: str, panel: str = "") -> pd.DataFrame:
    """All rows of a table; figures carry the kind and panel of their series, and `panel` narrows to those drawn there."""
    if table != "figures":
        return library[table]
    return _figures_of(library, panel) if panel else _figures(library)


@cached_with_library
def _figures_of(library: Library, panel: str) -> pd.DataFrame:
    frame = _figures(library)
    return frame[frame["panel"] == panel]


@cached_with_library
def _figures(library: Library) -> pd.DataFrame:
    frame = library["figures"]
    series = library["series"].set_index("series_id")
    return frame.assign(
        **{name: frame["series_id"].map(series[name]) for name in ("kind", "panel", "stage")},
        series_title=frame["series_id"].map(series["title"]),
    )


def rows_of_brief(library: Library, panel: str) -> pd.DataFrame:
    """Figures of a panel that the brief itself prints."""
    frame = rows_of(library, "figures", panel)
    return frame[frame["source_id"] == BRIEF]


def select(library: Library, table: str, selection: Selection, panel: str = "") -> pd.DataFrame:
    """Rows of a table that pass every choice of the selection which applies to it, in the table's order."""
    frame = rows_of(library, table, panel)
    for name, value in selection.active(library).items():
        frame = frame[_passes(library, frame, table, parameter_named(name), value)]
    return frame


@cached_with_library
def newest_of(library: Library, series_id: str) -> pd.DataFrame:
    """The figure of a series with the latest as-of day, as a frame of one row; empty where there is none.

    Stale, outlying and conflicting figures are passed over, and for the number unaccounted for all but the exact counts.
    """
    return _in_order_of_days(library, series_id).tail(1)


@cached_with_library
def newest_number_of(library: Library, series_id: str) -> pd.DataFrame:
    """The same of those that print a day and one number, from which others can be computed."""
    frame = _in_order_of_days(library, series_id)
    return frame[is_one_number(frame) & (frame["date"] != "")].tail(1)


def _in_order_of_days(library: Library, series_id: str) -> pd.DataFrame:
    """The figures of a series that may be its newest, in order of their as-of days."""
    frame = rows_of(library, "figures")
    frame = frame[frame["series_id"] == series_id]
    frame = frame[~passed_over(frame)]
    frame = frame[~frame["flags"].str.contains("date inferred") | (frame["source_id"] == BRIEF)]
    if (frame["mark"] == "counts").any():
        frame = frame[frame["mark"] == "counts"]
    return frame.sort_values("date", kind="stable")


def passed_over(figures: pd.DataFrame) -> "pd.Series[bool]":
    """Whether each figure is stale, outlying, in conflict or second-hand; one of the drawn series stays in conflict."""
    is_passed = for_each_row(figures, ["flags"], lambda row: is_passed_over(set(row["flags"].split(";"))))
    return pd.Series(is_passed, index=figures.index, dtype=bool)


def headlines(library: Library, most: int = 4) -> pd.DataFrame:
    """The newest figure of the series that have a place among the headlines, in their order; empty ones give way."""
    series = library["series"].dropna(subset=["headline"]).sort_values("headline")
    found = [newest_of(library, series_id) for series_id in series["series_id"]]
    return pd.concat([row for row in found if len(row)][:most] or [rows_of(library, "figures").iloc[:0]])


def one_row_per_event(events: pd.DataFrame) -> pd.DataFrame:
    """One row per event: the first of its tellings that is shown, with the ids and sources of all that are shown."""
    first = events.drop_duplicates("event_group")
    columns = {"evidence_id": "evidence_id", "told_by": "source_id", "tellings": "event_id"}
    joined = {name: _joined_by_event(events, column) for name, column in columns.items()}
    of_first = first["event_group"].tolist()
    lists = {name: [by_event[event] for event in of_first] for name, by_event in joined.items()}
    return first.assign(**{name: pd.Series(cells, first.index, dtype="str") for name, cells in lists.items()})


def _joined_by_event(events: pd.DataFrame, column: str) -> dict[str, str]:
    """The cells of a column that the tellings of each event hold, each once, in their order."""
    cells: dict[str, dict[str, None]] = {}
    for event, cell in zip(events["event_group"].tolist(), events[column].tolist(), strict=True):
        cells.setdefault(event, {}).update({cell: None} if cell else {})
    return {event: ";".join(of_event) for event, of_event in cells.items()}


def events_of_preset(events: pd.DataFrame, preset: str) -> pd.DataFrame:
    """The rows of events that belong to a ready choice: a lane, what the brief itself names, or what falls into years."""
    if preset == OF_BRIEF:
        named = events.loc[events["source_id"] == BRIEF, "event_group"]
        return events[events["event_group"].isin(named)]
    if preset in FIRST_YEARS:
        return events[_in_years(events, "start", (FIRST_YEARS[preset], MAXYEAR))]
    return events if preset == "all" else events[events["lane"] == preset]


def events_laid_over(library: Library, selection: Selection) -> pd.DataFrame:
    """Events of the lane that is laid over a chart, within the years chosen; none where none is."""
    lane = str(selection.get("overlay", library))
    if lane == "none":
        return library["events"].iloc[:0]
    years = {name: value for name, value in selection.values.items() if name == "years"}
    return select(library, "events", Selection(selection.page, {**years, "lane": (lane,)}))


def figures_of_countries(library: Library, places: pd.DataFrame, series_ids: tuple[str, ...]) -> pd.DataFrame:
    """The newest figure of each of these series about each country that has a country-level row among the places."""
    countries = set(places[places["coordinate_precision"] == "country"]["country"])
    frame = rows_of(library, "figures")
    frame = frame[frame["series_id"].isin(series_ids) & frame["country"].isin(countries)]
    newest = (
        frame[~passed_over(frame)]
        .sort_values("date", kind="stable")
        .drop_duplicates(["series_id", "country"], keep="last")
    )
    return newest.sort_index()


def labeled_by_scope(figures: pd.DataFrame) -> pd.DataFrame:
    """The figures with what they cover, and when, as their labels."""
    scopes = zip(figures["scope"].tolist(), figures["date"].tolist(), strict=True)
    return figures.assign(
        label=[f"{scope.removeprefix('Korean War, ')}, {date_in_words(day)}" for scope, day in scopes]
    )


def of_origin(figures: pd.DataFrame, origin: str) -> pd.DataFrame:
    """Figures on remains of one origin that say at which stage they are: returned, estimated inside, identified."""
    return figures[(figures["origin"] == origin) & (figures["stage"] != "")]


def names_of_places(library: Library) -> dict[str, str]:
    """Name of each place by its id."""
    return dict(zip(library["places"]["place_id"], library["places"]["name"], strict=True))


def joint_recoveries(library: Library, selection: Selection) -> pd.DataFrame:
    """Single joint operations with an exact number of sets of remains, within the choices: the rows that may be added up.

    A sum has no hedge of its own, so that a hedged number is in none.
    """
    rows = select(library, "operations", selection)
    wanted = (
        (rows["kind"] == "joint field activity") & (rows["row_scope"] == "event") & (rows["unit"] == "sets of remains")
    )
    return rows[wanted & (rows["status"] == "happened") & (rows["qualifier"] == "exact")]


def ranks_of_sources(library: Library, frame: pd.DataFrame) -> "pd.Series[int]":
    """The place of each row's source among the kinds of documents, as the dictionary orders them: official is 0."""
    kinds = allowed_in(library, "sources", "tier")
    tiers = library["sources"].set_index("source_id")["tier"]
    return pd.Series([kinds.index(tiers[source_id]) for source_id in frame["source_id"]], index=frame.index, dtype=int)


def leading_estimates(library: Library, selection: Selection) -> pd.DataFrame:
    """The estimate that leads at each place within the choices, with a label that says it; the others are its rivals.

    A place shows one measure and never mixes two: how many are buried there, else how many died there, else how many
    were lost nearby. Of several estimates of that measure an official one leads before a reprint, an institution's, the
    press's and a secondary source's; of those the newest.
    """
    rows = select(library, "burial_estimates", selection)
    rows = rows[rows["measured"] != NOT_OF_THE_DEAD]
    # the dictionary lists first the measure, and the kind of document, that leads
    measures = allowed_in(library, "burial_estimates", "measured")
    ranked = rows.assign(by_measure=rows["measured"].map(measures.index), by_tier=ranks_of_sources(library, rows))
    ranked = ranked.sort_values("date", ascending=False, kind="stable")
    ranked = ranked.sort_values(["by_measure", "by_tier"], kind="stable").drop_duplicates("place_id")
    leading = rows.loc[ranked.index].sort_index()
    labels = [
        f"{value_in_words(row)} {row['unit']} {row['measured']}, {year_in_words(row['date'])}"
        for row in leading.to_dict("records")
    ]
    return leading.assign(label=labels)


def estimates_on_map(library: Library, selection: Selection) -> pd.DataFrame:
    """Those of the leading estimates that say how many are buried at a place with a point: no other measure stands beside them."""
    points = library["places"][library["places"]["latitude"].notna()]["place_id"]
    rows = leading_estimates(library, selection)
    rows = rows[(rows["measured"] == BURIED) & rows["place_id"].isin(points)]
    labels = [f"{value_in_words(row)} {row['unit']}, {year_in_words(row['date'])}" for row in rows.to_dict("records")]
    return rows.assign(label=labels)


def rival_estimates(library: Library, est_id: str) -> pd.DataFrame:
    """The other estimates of the same measure for the same place, the newest first; empty where there are none."""
    frame = library["burial_estimates"]
    estimate = frame[frame["est_id"] == est_id]
    if estimate.empty:
        return estimate
    same = (frame["place_id"] == estimate.iloc[0]["place_id"]) & (frame["measured"] == estimate.iloc[0]["measured"])
    rivals: pd.DataFrame = frame[same & (frame["est_id"] != est_id)]
    return rivals.sort_values("date", ascending=False, kind="stable")


def places_within(library: Library, selection: Selection) -> pd.DataFrame:
    """Places that pass the choices; where years are chosen, those that a row of these years names."""
    places = select(library, "places", selection)
    if "years" not in selection.active(library):
        return places
    years = Selection(selection.page, {"years": selection.values["years"]})
    lists = [
        select(library, table, years)[column]
        for table, column in (("operations", "place_id"), ("burial_estimates", "place_id"), ("events", "place_ids"))
    ]
    named = {part for column in lists for cell in column for part in cell.split(";")}
    return places[places["place_id"].isin(named)]


def rows_naming(library: Library, row_id: str) -> dict[str, pd.DataFrame]:
    """Rows of other tables that name this row in a list of ids, table by table; empty tables are left out."""
    naming = {}
    for table in ("events", "operations", "burial_estimates", "coverage"):
        frame = library[table]
        lists = [name for name in ("place_ids", "figure_ids", "row_ids", "place_id", "figure_id") if name in frame]
        hits = frame[lists].map(lambda cell: row_id in cell.split(";")).any(axis=1)
        if hits.any():
            naming[table] = frame[hits]
    return naming


def _passes(library: Library, frame: pd.DataFrame, table: str, chosen: Parameter, value: Value) -> "pd.Series[bool]":
    if chosen.kind == "words":
        return _holds_words(library, frame, str(value))
    if table not in chosen.columns:
        return pd.Series(True, index=frame.index)
    if chosen.through:
        named, column = chosen.through
        wanted = library[named][library[named][column].isin(value)].iloc[:, 0]
        return frame[chosen.columns[table]].isin(set(wanted))
    return FILTERS[chosen.kind](frame, chosen.columns[table], value)


def _in_list(frame: pd.DataFrame, column: str, value: Value) -> "pd.Series[bool]":
    wanted = set(value)
    passes = {cell: bool(wanted & set(cell.split(";"))) for cell in frame[column].unique()}
    return frame[column].map(passes).astype(bool)


def _in_years(frame: pd.DataFrame, column: str, value: Value) -> "pd.Series[bool]":
    first, last = (int(year) for year in value)
    start, end = period_columns(frame.columns) or (column, column)
    spans = [span_between(a, b) for a, b in zip(frame[start], frame[end], strict=True)]
    return pd.Series(
        [bool(span and span.first.year <= last and span.last.year >= first) for span in spans],
        index=frame.index,
        dtype=bool,
    )


def searchable(text: object) -> str:
    """Text as it is compared in a search: lower case, thousands separators taken out of numbers."""
    return re.sub(r"(?<=\d),(?=\d{3})", "", str(text)).casefold()


def _holds_words(library: Library, frame: pd.DataFrame, words: str) -> "pd.Series[bool]":
    """The rows that hold all of the words, in any order: in their cells, or in the source that a table shows beside them."""
    wanted = searchable(words).split()
    sources = _sources_in_words(library)
    beside = [sources.get(cell, "") for cell in frame["source_id"]] if "source_id" in frame else [""] * len(frame)
    rows = zip(frame.itertuples(index=False), beside, strict=True)
    whole = [searchable(" ".join([*(str(cell) for cell in row), source])) for row, source in rows]
    return pd.Series([all(word in text for word in wanted) for text in whole], index=frame.index, dtype=bool)


@cached_with_library
def _sources_in_words(library: Library) -> dict[str, str]:
    """Title, publisher and address of each source by its id."""
    sources = library["sources"]
    return {row["source_id"]: f"{row['title']} {row['publisher']} {row['url']}" for row in sources.to_dict("records")}


FILTERS: dict[str, Callable[[pd.DataFrame, str, Value], "pd.Series[bool]"]] = {
    "choices": _in_list,
    "choice": _in_list,
    "years": _in_years,
}


def filters_in_words(selection: Selection, library: Library, names: Iterable[str]) -> str:
    """The active choices of these names in words: "talks; 1990 to 2012". Empty where nothing is chosen.

    A row that is chosen by its id is left out: it stands in the title.
    """
    active = [(parameter_named(name), value) for name, value in active_filters(selection, library, names).items()]
    return "; ".join(_choice_in_words(chosen, value, library) for chosen, value in active if not chosen.options_from)


def active_filters(selection: Selection, library: Library, names: Iterable[str]) -> dict[str, Value]:
    """The choices of these names that filter something, name -> value."""
    wanted = set(names)
    return {name: value for name, value in selection.active(library).items() if name in wanted}


def _choice_in_words(chosen: Parameter, value: Value, library: Library) -> str:
    if chosen.names_from:
        return "; ".join(names_of_options(chosen, library)[option] for option in value)
    if chosen.kind == "words":
        return f'"{value}"'
    if chosen.kind == "day":
        return f"as published by {date_in_words(value)}"
    if chosen.kind == "years":
        return f"{value[0]} to {value[1]}"
    if chosen.kind == "number":
        return f"{value} {chosen.label[:1].lower()}{chosen.label[1:]}"
    return value if isinstance(value, str) else ", ".join(value)


# What the rows of a table are called, where its own name does not say it.
NOUNS = {"then_and_now": "headline figures of the brief", "coverage": "lines of the brief", "refused": "refused rows"}


def showing_line(
    shown: int, total: int, noun: str, selection: Selection, library: Library, names: Iterable[str]
) -> str:
    """One line on what is shown: "Showing 12 of 54 events: talks; 1990 to 2012"."""
    filters = filters_in_words(selection, library, names)
    return f"Showing {shown:,} of {total:,} {NOUNS.get(noun, noun.replace('_', ' '))}" + (
        f": {filters}" if filters else ""
    )
