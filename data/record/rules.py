"""Which rules do rows obey that a Table Schema cannot say? One function a rule: frames of text in, problems out.

Every frame holds its cells as they are written. A rule is silent about tables that are not there, so that it can be asked
of a reader's own figures too.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd

from data.record import provenance
from data.record.dates import DATE_RULE, PRECISIONS, begins_after, is_of_our_time
from data.record.problems import Frames, Problem, problem_at, rows_of_table
from data.record.tables import BRIEF, FORMER_IDS, period_columns, tables_with

# The origin of figures that add up remains from wherever they came.
EVERY_ORIGIN = "all origins"


def row_problems(frames: Frames, dictionary: dict[str, Any]) -> list[Problem]:
    """What the rules beyond the dictionary find. `frames` hold text, every cell as it is written."""
    found = [problem for rule in (*RULES, *provenance.RULES) for problem in rule(frames)]
    return found + list(_broken_lists(frames, dictionary))


def _dates_exist(frames: Frames) -> Iterator[Problem]:
    for table, frame in frames.items():
        for column in [name for name in DATE_COLUMNS if name in frame]:
            for index, text in frame[column].items():
                if text and not is_of_our_time(text):
                    yield problem_at(table, index, column, DATE_RULE, text)


def _precision_fits(frames: Frames) -> Iterator[Problem]:
    """The coarsest of a row's written ends has the precision that the row claims."""
    for table in tables_with(frames, "date_precision"):
        columns = ("date",) if "date" in frames[table] else ("start", "end")
        for index, row in rows_of_table(frames[table]):
            written = [PRECISIONS.get(len(row[column]), "undated") for column in columns if row[column]]
            coarsest = next((name for name in ("undated", "year", "month", "day") if name in written), "undated")
            if coarsest != row["date_precision"]:
                rule = f"the date must be as precise as it says ({row['date_precision']})"
                yield problem_at(table, index, columns[0], rule, ", ".join(row[name] for name in columns) or "empty")


def _period_in_order(frames: Frames) -> Iterator[Problem]:
    for table, frame in frames.items():
        first, last = period_columns(frame.columns) or ("", "")
        for index, row in rows_of_table(frame if first != last else None):
            if begins_after(row[first], row[last]):
                yield problem_at(
                    table, index, last, f"a period must not end before it starts ({row[first]})", row[last]
                )


def _hedge_fits_number(frames: Frames) -> Iterator[Problem]:
    for table in tables_with(frames, "qualifier", "value", "low", "high"):
        for index, row in rows_of_table(frames[table]):
            is_range, ends, number = row["qualifier"] == "range", bool(row["low"] and row["high"]), bool(row["value"])
            if is_range and (not ends or number):
                yield problem_at(
                    table,
                    index,
                    "low",
                    "a range needs low and high, and no value",
                    f"{row['low']} {row['high']} {row['value']}",
                )
            elif not is_range and (row["low"] or row["high"]):
                yield problem_at(
                    table,
                    index,
                    "low",
                    "low and high stand only where a range was printed",
                    f"{row['low']} {row['high']}",
                )
            elif not is_range and row["qualifier"] and not number:
                yield problem_at(table, index, "value", "a qualifier needs the number that was printed", "empty")
            elif (
                is_range and row["low"].isdecimal() and row["high"].isdecimal() and int(row["low"]) >= int(row["high"])
            ):
                yield problem_at(table, index, "high", f"high must be above low ({row['low']})", row["high"])


def _number_has_its_hedge(frames: Frames) -> Iterator[Problem]:
    for index, row in rows_of_table(frames.get("events")):
        if bool(row["number"]) != bool(row["number_qualifier"]):
            rule = "a number of an event has its hedge, and a hedge its number"
            yield problem_at("events", index, "number_qualifier", rule, row["number_qualifier"] or "empty")


def _unit_is_its_series(frames: Frames) -> Iterator[Problem]:
    if "series" not in frames or "figures" not in frames:
        return
    units = dict(zip(frames["series"]["series_id"], frames["series"]["unit"], strict=True))
    for index, row in rows_of_table(frames["figures"]):
        if row["series_id"] in units and row["unit"] not in units[row["series_id"]].split(";"):
            rule = f"a figure has a unit of its series ({units[row['series_id']]})"
            yield problem_at("figures", index, "unit", rule, row["unit"])


def _brief_says_where(frames: Frames) -> Iterator[Problem]:
    for table in tables_with(frames, "attributed_to", "locator"):
        for index, row in rows_of_table(frames[table]):
            if row["source_id"] == BRIEF and not row["locator"]:
                yield problem_at(table, index, "locator", "a row of the brief says where in the brief it is", "empty")


def _telling_has_its_event(frames: Frames) -> Iterator[Problem]:
    events = frames.get("events", pd.DataFrame({"event_group": [], "event_id": []}))
    for index, row in rows_of_table(events[~events["event_group"].isin(events["event_id"])]):
        yield problem_at("events", index, "event_group", "a telling names an event that exists", row["event_group"])
    first = events.drop_duplicates("event_id").set_index("event_id") if len(events) else events
    for index, row in rows_of_table(events[events["event_group"].isin(first.index)]):
        for column in ("lane", "importance"):
            if row[column] != first.at[row["event_group"], column]:
                yield problem_at("events", index, column, f"a telling has the {column} of its event", row[column])


def _operation_agrees_with_figure(frames: Frames) -> Iterator[Problem]:
    if "operations" not in frames or "figures" not in frames:
        return
    figures = frames["figures"].drop_duplicates("figure_id").set_index("figure_id")
    for index, row in rows_of_table(frames["operations"]):
        if row["figure_id"] in figures.index:
            for column in ("value", "low", "high", "qualifier", "unit", "as_printed"):
                if row[column] != figures.at[row["figure_id"], column]:
                    yield problem_at(
                        "operations",
                        index,
                        column,
                        f"an operation prints what its figure {row['figure_id']} prints",
                        row[column],
                    )


def _figure_says_its_country(frames: Frames) -> Iterator[Problem]:
    """Asked where the places are known: a country may be named as a place of the whole country, as the Soviet Union is."""
    places = frames.get("places")
    if places is None or "figures" not in frames:
        return
    whole = places[places["coordinate_precision"] == "country"]
    names = dict(zip(places["country"], places["country"], strict=True)) | dict(
        zip(whole["name"], whole["country"], strict=True)
    )
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, names))})\b(?! War)") if names else None
    for index, row in rows_of_table(frames["figures"]):
        named = {names[name] for name in pattern.findall(row["scope"])} if pattern else set()
        if not row["country"] and len(named) == 1:
            rule = f"a figure whose scope names one country says so ({named.pop()})"
            yield problem_at("figures", index, "country", rule, "empty")
        elif not row["country"] and row["origin"] not in ("", EVERY_ORIGIN):
            rule = f"a figure of remains says which country they came from ({row['origin']})"
            yield problem_at("figures", index, "country", rule, "empty")


def _point_has_coordinates(frames: Frames) -> Iterator[Problem]:
    for index, row in rows_of_table(frames.get("places")):
        has_point = bool(row["latitude"] and row["longitude"])
        if has_point == (row["coordinate_precision"] in ("country", "unidentified")):
            yield problem_at(
                "places",
                index,
                "coordinate_precision",
                "a place has coordinates unless it is a country or unidentified",
                row["coordinate_precision"],
            )
        if has_point and not row["coordinate_source_id"]:
            yield problem_at("places", index, "coordinate_source_id", "coordinates name their source", "empty")


def _broken_lists(frames: Frames, dictionary: dict[str, Any]) -> Iterator[Problem]:
    for resource in dictionary["resources"]:
        for field in resource["schema"]["fields"]:
            if "listOf" in field and resource["name"] in frames and field["name"] in frames[resource["name"]]:
                allowed = set(field["itemEnum"]) if "itemEnum" in field else ids_of(frames, field["listOf"])
                for index, cell in frames[resource["name"]][field["name"]].items():
                    for item in [part for part in cell.split(";") if part not in allowed and cell]:
                        yield problem_at(
                            resource["name"],
                            index,
                            field["name"],
                            f"each item must be one of {field['listOf']}",
                            item or "empty item",
                        )


def ids_of(frames: Frames, table: str) -> set[str]:
    """Ids that a list may name: those of one table, or of all of them where it says `rows`."""
    tables = [name for name in frames if name != FORMER_IDS] if table == "rows" else [table]
    return {cell for name in tables if name in frames for cell in frames[name].iloc[:, 0]}


DATE_COLUMNS = ("date", "start", "end", "period_start", "stated", "published", "accessed")
RULES: tuple[Callable[[Frames], Iterator[Problem]], ...] = (
    _dates_exist,
    _precision_fits,
    _period_in_order,
    _hedge_fits_number,
    _number_has_its_hedge,
    _unit_is_its_series,
    _brief_says_where,
    _telling_has_its_event,
    _operation_agrees_with_figure,
    _figure_says_its_country,
    _point_has_coordinates,
)
