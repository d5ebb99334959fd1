"""What is known of one place, one event, one table? The parts below a drawing that show a single row in full."""

from html import escape

import pandas as pd
import streamlit as st

from components import controls, maps, panels
from data.dates import say_period
from data.load import Library
from data.say import Row
from data.select import rows_named, rows_of, touching


def place_details(library: Library, places: pd.DataFrame, page: str) -> None:
    """A list of the places shown (the map by keyboard), what is known of the chosen one, and those without a point."""
    st.caption(
        "If the map stays empty, this browser does not draw with WebGL; the list and the table below hold the same places."
    )
    place_id = controls.choose("place", page, library, dict(zip(places["place_id"], places["name"], strict=True)))
    chosen = places[places["place_id"] == place_id]
    for row in chosen.to_dict("records"):
        with st.container(key="place-card", border=True):
            st.subheader(row["name"], anchor=False)
            panels.facts(row, library, "places")
            _what_touches(library, row["place_id"])
            panels.cautions(library, {row["place_id"]})
    if place_id != "none" and chosen.empty:
        st.info("The chosen place is not among those shown: widen the choices above, or press Reset.")
    _unplaced(maps.not_placed(places), library)


def _what_touches(library: Library, row_id: str) -> None:
    for table, frame in touching(library, row_id).items():
        if table == "events":
            for row in frame.to_dict("records"):
                st.text(f"{say_period(row['start'], row['end'])}: {row['title']} ({row['event_id']}, {row['status']})")


def _unplaced(frame: pd.DataFrame, library: Library) -> None:
    if frame.empty:
        return
    with st.container(key="unplaced"):
        st.subheader(f"Not on the map as points, and why: {len(frame)}", anchor=False)
        columns = ["name", "country", "roles", "coordinate_precision", "note"]
        panels.grid(
            frame, "places", columns, library, "unplaced-rows", f"The {len(frame)} places that have no point on the map"
        )


def event_details(library: Library, events: pd.DataFrame, page: str) -> None:
    """A list of the events shown (the chart by keyboard), the chosen one in full, and those without a date."""
    titles = [f"{say_period(row.start, row.end)}: {row.title}" for row in events.itertuples()]
    event_id = controls.choose(
        "event",
        page,
        library,
        dict(zip(events["event_id"], titles, strict=True)),
        help="A click on a mark in the chart chooses it too.",
    )
    for row in events[events["event_id"] == event_id].to_dict("records"):
        with st.container(key="event-card", border=True):
            st.subheader(row["title"], anchor=False)
            panels.facts(row, library, "events")
            for figure in rows_named(library, "figures", row["figure_ids"]).to_dict("records"):
                st.text(f"{figure['figure_id']}: {figure['as_printed']} ({figure['locator']})")
            panels.cautions(library, {row["event_id"]})
    if event_id != "none" and event_id not in set(events["event_id"]):
        st.info("The chosen event is not among those shown: widen the choices above, or press Reset.")
    undated = events[events["start"] == ""]
    if len(undated):
        with st.container(key="undated"):
            st.subheader(f"Not on the axis, since no date is printed: {len(undated)}", anchor=False)
            for row in undated.to_dict("records"):
                st.text(f"{row['title']} ({row['event_id']})")


def found_everywhere(library: Library, words: str, counts: dict[str, int]) -> None:
    """How many rows of each table hold the words that are searched for."""
    hits = {table: count for table, count in counts.items() if count}
    said = ", ".join(f"{table} {count}" for table, count in hits.items()) or "no table"
    st.text(
        f"“{words}” is found in: {said}. Choose a table to read its rows."
        if hits
        else f"“{words}” is found in no table. Try fewer words, or press Reset."
    )


def dictionary_of(library: Library, table: str) -> None:
    """What each column of a table means, as the dictionary says it."""
    entries = [
        {
            "Column": field["name"],
            "Name": field["title"],
            "Type": field["type"],
            "Meaning": field["description"],
            "Allowed": ", ".join(field.get("itemEnum") or field.get("constraints", {}).get("enum", [])),
        }
        for field in library.fields(table)
    ]
    with st.container(key="dictionary", border=True):
        st.header(f"Dictionary: what the columns of {table} mean", anchor=False)
        st.dataframe(
            pd.DataFrame(entries),
            hide_index=True,
            key="dictionary-rows",
            height="content",
            alt=f"The {len(entries)} columns of the table {table} and what they mean",
        )


def all_cautions(library: Library) -> None:
    """Every caution in full."""
    frame = library["cautions"]
    with st.container(key="all-cautions", border=True):
        st.header(f"Cautions: {len(frame)} faults and traps of the record", anchor=False)
        with st.expander("Read them all"):
            st.html("".join(panels.caution_html(row) for row in frame.to_dict("records")))


def glossary(library: Library) -> None:
    """The words of the field: what they mean, who defines them, how the brief uses them."""
    with st.container(key="glossary-panel", border=True):
        st.header("Glossary: words that are not the same", anchor=False)
        st.html("".join(_term(row, library) for row in rows_of(library, "glossary").to_dict("records")))


def _term(row: Row, library: Library) -> str:
    source = library["sources"].set_index("source_id").loc[row["source_id"]]
    where = ", ".join(part for part in (row["defined_by"], source["title"], row["locator"]) if part)
    return f'<p class="term"><b>{escape(row["term"])}</b>: {escape(row["meaning"])}<br><span class="key">In the brief: {escape(row["use_in_brief"])}</span><br><span class="source">Defined by: {escape(where)}.</span></p>'
