"""Which rules do rows obey that a Table Schema cannot say? One function a rule: frames of text in, problems out.

Every frame holds its cells as they are written. A rule is silent about tables that are not there, so that it can be asked
of a reader's own figures too.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd

from data.record import provenance
from data.record.combinations import rows_by_cell, rows_by_cells
from data.record.dates import DATE_RULE, PRECISIONS, begins_after, is_of_our_time
from data.record.dictionary import MOST_DIGITS
from data.record.problems import Frames, Problem, problem_at, problems_in, quoted
from data.record.tables import BRIEF, COMPARED, FORMER_IDS, VERDICTS, period_columns, statement_tables, tables_with

# The origin of figures that add up remains from wherever they came.
EVERY_ORIGIN = "all origins"
# Lists of ids that may name a row of any table.
ANY_ROW = "rows"
SMALL_NUMBER = re.compile(rf"[0-9]{{1,{MOST_DIGITS}}}")
PLAIN_ID = r"[A-Za-z0-9_-]+"
NUMBER_RULE = "each item must be a figure, an operation, an estimate or an event that has a number"


def row_problems(frames: Frames, dictionary: dict[str, Any]) -> list[Problem]:
    """What the rules beyond the dictionary find. `frames` hold text, every cell as it is written."""
    found = [problem for rule in (*RULES, *provenance.RULES) for problem in rule(frames)]
    return [*found, *_odd_ids(frames, dictionary), *_broken_lists(frames, dictionary)]


def _dates_exist(frames: Frames) -> Iterator[Problem]:
    for table, frame in frames.items():
        for column in [name for name in DATE_COLUMNS if name in frame]:
            for rows, text in rows_by_cell(frame, column):
                if text and not is_of_our_time(text):
                    yield from problems_in(table, rows, column, DATE_RULE, text)


def _precision_fits(frames: Frames) -> Iterator[Problem]:
    """The coarsest of a row's written ends has the precision that the row claims."""
    for table in tables_with(frames, "date_precision"):
        columns = ("date",) if "date" in frames[table] else ("start", "end")
        for rows, row in rows_by_cells(frames[table], *columns, "date_precision"):
            written = [PRECISIONS.get(len(row[column]), "undated") for column in columns if row[column]]
            coarsest = next((name for name in ("undated", "year", "month", "day") if name in written), "undated")
            if coarsest != row["date_precision"]:
                rule = f"the date must be as precise as it says ({quoted(row['date_precision'])})"
                yield from problems_in(
                    table, rows, columns[0], rule, ", ".join(row[name] for name in columns) or "empty"
                )


def _period_in_order(frames: Frames) -> Iterator[Problem]:
    for table, frame in frames.items():
        first, last = period_columns(frame.columns) or ("", "")
        for rows, row in rows_by_cells(frame if first != last else None, first, last):
            if begins_after(row[first], row[last]):
                yield from problems_in(
                    table, rows, last, f"a period must not end before it starts ({row[first]})", row[last]
                )


def _hedge_fits_number(frames: Frames) -> Iterator[Problem]:
    for table in tables_with(frames, "qualifier", "value", "low", "high"):
        for rows, row in rows_by_cells(frames[table], "qualifier", "value", "low", "high"):
            is_range, ends, number = row["qualifier"] == "range", bool(row["low"] and row["high"]), bool(row["value"])
            if is_range and (not ends or number):
                yield from problems_in(
                    table,
                    rows,
                    "low",
                    "a range needs low and high, and no value",
                    f"{row['low']} {row['high']} {row['value']}",
                )
            elif not is_range and (row["low"] or row["high"]):
                yield from problems_in(
                    table,
                    rows,
                    "low",
                    "low and high stand only where a range was printed",
                    f"{row['low']} {row['high']}",
                )
            elif not is_range and row["qualifier"] and not number:
                yield from problems_in(table, rows, "value", "a qualifier needs the number that was printed", "empty")
            elif number and not row["qualifier"]:
                yield from problems_in(
                    table, rows, "qualifier", "a number says how it was printed: exact, or its hedge", "empty"
                )
            elif is_range and SMALL_NUMBER.fullmatch(row["low"]) and not _is_above(row["high"], row["low"]):
                yield from problems_in(table, rows, "high", f"high must be above low ({row['low']})", row["high"])


def _is_above(high: str, low: str) -> bool:
    """Whether a number is larger than another; what is none is another rule's."""
    return not SMALL_NUMBER.fullmatch(high) or int(high) > int(low)


def _number_has_its_hedge(frames: Frames) -> Iterator[Problem]:
    for rows, row in rows_by_cells(frames.get("events"), "number", "number_qualifier"):
        if bool(row["number"]) != bool(row["number_qualifier"]):
            rule = "a number of an event has its hedge, and a hedge its number"
            yield from problems_in("events", rows, "number_qualifier", rule, row["number_qualifier"] or "empty")


def _unit_is_its_series(frames: Frames) -> Iterator[Problem]:
    if "series" not in frames or "figures" not in frames:
        return
    units = dict(zip(frames["series"]["series_id"], frames["series"]["unit"], strict=True))
    for rows, row in rows_by_cells(frames["figures"], "series_id", "unit"):
        if row["series_id"] in units and row["unit"] not in units[row["series_id"]].split(";"):
            rule = f"a figure has a unit of its series ({quoted(units[row['series_id']], 200)})"
            yield from problems_in("figures", rows, "unit", rule, row["unit"])


def _brief_says_where(frames: Frames) -> Iterator[Problem]:
    for table in tables_with(frames, "attributed_to", "locator"):
        for rows, row in rows_by_cells(frames[table], "source_id", "locator"):
            if row["source_id"] == BRIEF and not row["locator"]:
                yield from problems_in(
                    table, rows, "locator", "a row of the brief says where in the brief it is", "empty"
                )


def _telling_has_its_event(frames: Frames) -> Iterator[Problem]:
    events = frames.get("events")
    if events is None:
        return
    shared = ("lane", "importance")
    first = events.drop_duplicates("event_id")
    known = dict(
        zip(first["event_id"].tolist(), zip(*(first[name].tolist() for name in shared), strict=True), strict=True)
    )
    for rows, row in rows_by_cells(events, "event_group", *shared):
        if row["event_group"] not in known:
            yield from problems_in(
                "events", rows, "event_group", "a telling names an event that exists", row["event_group"]
            )
            continue
        for column, cell in zip(shared, known[row["event_group"]], strict=True):
            if row[column] != cell:
                yield from problems_in("events", rows, column, f"a telling has the {column} of its event", row[column])


def _compared_rows_hold_numbers(frames: Frames) -> Iterator[Problem]:
    """Columns whose rows stand beside each other as numbers name no other rows; ids of no row are another rule's."""
    statements = [frames[table] for table in statement_tables(frames)]
    numbered = set[str]().union(*(_ids_with_number(frame) for frame in statements))
    others = ids_of(frames, ANY_ROW) - numbered
    for table, columns in COMPARED.items():
        for column in [name for name in columns if name in frames.get(table, ())]:
            for rows, cell in rows_by_cell(frames[table], column):
                for item in [part for part in cell.split(";") if part in others]:
                    yield from problems_in(table, rows, column, NUMBER_RULE, item)


def _ids_with_number(frame: pd.DataFrame) -> list[str]:
    held = frame[[name for name in ("value", "low", "number") if name in frame]]
    return list(frame.loc[(held != "").any(axis=1)].iloc[:, 0])


def _operation_agrees_with_figure(frames: Frames) -> Iterator[Problem]:
    if "operations" not in frames or "figures" not in frames:
        return
    printed = ("value", "low", "high", "qualifier", "unit", "as_printed")
    first = frames["figures"].drop_duplicates("figure_id")
    known = dict(
        zip(first["figure_id"].tolist(), zip(*(first[name].tolist() for name in printed), strict=True), strict=True)
    )
    for rows, row in rows_by_cells(frames["operations"], "figure_id", *printed):
        for column, cell in zip(printed, known.get(row["figure_id"], ()), strict=False):
            if row[column] != cell:
                rule = f"an operation prints what its figure {quoted(row['figure_id'])} prints"
                yield from problems_in("operations", rows, column, rule, row[column])


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
    for rows, row in rows_by_cells(frames["figures"], "scope", "country", "origin"):
        named = {names[name] for name in pattern.findall(row["scope"])} if pattern else set()
        if not row["country"] and len(named) == 1:
            rule = f"a figure whose scope names one country says so ({quoted(named.pop())})"
            yield from problems_in("figures", rows, "country", rule, "empty")
        elif not row["country"] and row["origin"] not in ("", EVERY_ORIGIN):
            rule = f"a figure of remains says which country they came from ({quoted(row['origin'])})"
            yield from problems_in("figures", rows, "country", rule, "empty")


def _id_is_in_one_table(frames: Frames) -> Iterator[Problem]:
    """An address names a row by its id alone, whichever table it stands in."""
    seen: dict[str, str] = {}
    for table, frame in frames.items():
        ids = frame.iloc[:, 0]
        shared = [row_id for row_id in seen.keys() & set(ids) if row_id]
        for index in frame.index[ids.isin(shared)] if shared else ():
            rule = f"an id is in one table alone ({seen[ids[index]].replace('_', ' ')} has it)"
            yield problem_at(table, index, str(ids.name), rule, ids[index])
        seen |= dict.fromkeys(ids, table)


def _named_unless_there_is_none(frames: Frames) -> Iterator[Problem]:
    """A line of the brief and today names the row of which it says something, and no row where it says that there is none."""
    for column, verdict, none in VERDICTS:
        for rows, line in rows_by_cells(frames.get("then_and_now"), column, verdict):
            if (line[column] == "") != (line[verdict] == none):
                rule = f"this is empty where the column {verdict} says “{none}”, and only there"
                yield from problems_in("then_and_now", rows, column, rule, line[column] or "empty")


def _point_has_coordinates(frames: Frames) -> Iterator[Problem]:
    for rows, row in rows_by_cells(
        frames.get("places"), "latitude", "longitude", "coordinate_precision", "coordinate_source_id"
    ):
        has_point = bool(row["latitude"] and row["longitude"])
        if bool(row["latitude"]) != bool(row["longitude"]):
            missing = "longitude" if row["latitude"] else "latitude"
            yield from problems_in("places", rows, missing, "a point has a latitude and a longitude", "empty")
        if has_point == (row["coordinate_precision"] in ("country", "unidentified")):
            yield from problems_in(
                "places",
                rows,
                "coordinate_precision",
                "a place has coordinates unless it is a country or unidentified",
                row["coordinate_precision"],
            )
        if has_point and not row["coordinate_source_id"]:
            yield from problems_in("places", rows, "coordinate_source_id", "coordinates name their source", "empty")


def _odd_ids(frames: Frames, dictionary: dict[str, Any]) -> Iterator[Problem]:
    """Ids stand in lists and in addresses, whatever form a host's dictionary gives them."""
    for resource in dictionary["resources"]:
        first, frame = resource["schema"]["fields"][0], frames.get(resource["name"], pd.DataFrame())
        if "pattern" in first.get("constraints", {}) and first["name"] in frame:
            ids = frame[first["name"]]
            for index in frame.index[~ids.str.fullmatch(PLAIN_ID) & (ids != "")]:
                rule = "an id holds letters, digits, hyphens and underscores"
                yield problem_at(resource["name"], index, first["name"], rule, ids[index])


def _broken_lists(frames: Frames, dictionary: dict[str, Any]) -> Iterator[Problem]:
    ids: dict[str, set[str]] = {}
    for resource in dictionary["resources"]:
        frame = frames.get(resource["name"], pd.DataFrame())
        for field in [field for field in resource["schema"]["fields"] if "listOf" in field and field["name"] in frame]:
            named = field["listOf"]
            if "itemEnum" not in field and named not in ids:
                ids[named] = ids_of(frames, named)
            allowed = set(field["itemEnum"]) if "itemEnum" in field else ids[named]
            for rows, cell in rows_by_cell(frame, field["name"]):
                for item in [part for part in cell.split(";") if part not in allowed and cell]:
                    rule = f"each item must be one of {named}"
                    yield from problems_in(resource["name"], rows, field["name"], rule, item or "empty item")


def ids_of(frames: Frames, table: str) -> set[str]:
    """Ids that a list may name: those of one table, or of all of them where it says `rows`."""
    tables = [name for name in frames if name != FORMER_IDS] if table == ANY_ROW else [table]
    return set().union(*(frames[name].iloc[:, 0].tolist() for name in tables if name in frames))


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
    _compared_rows_hold_numbers,
    _operation_agrees_with_figure,
    _figure_says_its_country,
    _id_is_in_one_table,
    _named_unless_there_is_none,
    _point_has_coordinates,
)
