"""What does one card hold? Drawing, summary, table, source line, cautions and download, always in that order."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from html import escape
from typing import Any, Literal

import pandas as pd
import plotly.graph_objects as go
import pydeck as pdk
import streamlit as st

from components import card, charts, parts, summaries
from components.parts import paragraph
from components.theme import PLOT_CONFIG
from data.export import FORMATS, file_name
from data.load import Library
from data.rows import WITH_IDS, rivals_of
from data.say import Row, say_as_of, say_figure, say_unit, say_value, source_line
from data.select import Selection, labelled_by_scope, rows_of, showing

# Columns that a panel's table shows; the download has them all.
PRINTED = ["qualifier", "value", "low", "high", "unit", "as_printed"]
VIEWS: dict[str, list[str]] = {
    "figures": [
        *["figure_id", "label", *PRINTED, "date", "published"],
        *["attributed_to", "scope", "locator", "flags", "note"],
    ],
    "events": ["event_id", "start", "end", "lane", "status", "title", "summary", "attributed_to", "tellings", "note"],
    "operations": [
        *["op_id", "kind", "start", "end", "place_as_named", "row_scope"],
        *[*PRINTED, "attributed_to", "note"],
    ],
    "burial_estimates": [
        *["est_id", "place_as_named", "location_type", "measure", *PRINTED],
        *["date", "attributed_to", "note"],
    ],
    "places": [
        *["place_id", "name", "country", "roles", "coordinate_precision"],
        *["latitude", "longitude", "locator", "note"],
    ],
}
WIDE = ("note", "text", "summary", "title", "attributed_to")
NOTHING_YET = "Nothing on this had been published by that day, or by these sources. Press “All sources, today” at the top to see what the record holds now."
NO_ROWS = "No row fits these choices. Widen one of them, or press Reset to see everything."


@dataclass(frozen=True)
class Panel:
    """What one card shows: a frame of `table` with its drawing and its sentence.

    `total` is the number of rows that could be shown; `key` names the container (`.st-key-<key>`) and its widgets.
    """

    key: str
    title: str
    table: str
    frame: pd.DataFrame
    total: int
    summary: str
    figure: go.Figure | None = None
    deck: pdk.Deck | None = None
    note: str = ""
    view_options: dict[str, Any] = field(default_factory=dict)


def small(library: Library, name: str, title: str) -> Panel:
    """A small panel of the few figures that the record holds on something: all of them, whatever the page's filters."""
    rows = labelled_by_scope(rows_of(library, "figures", name))
    figure = charts.hedged_rows(rows) if len(rows) else None
    note = "All that the record holds, which is partial; the filters above do not apply here."
    return Panel(
        name.replace("_", "-"), title, "figures", rows, len(rows), summaries.of_scopes(rows), figure, note=note
    )


def heading(question: str, lead: str) -> None:
    """The page's question as its title, and one lead sentence."""
    st.title(question, anchor=False)
    st.html(f'<p class="lead">{escape(lead)}</p>')


def show(panel: Panel, library: Library, selection: Selection, body: Callable[[], None] | None = None) -> None:
    """A panel as a card. Where no row is left, a sentence with a way back takes the place of the drawing."""
    with st.container(key=panel.key, border=True):
        st.header(panel.title, anchor=False)
        paragraph("key", showing(len(panel.frame), panel.total, panel.table, selection, library, panel.table) + ".")
        if panel.frame.empty:
            st.info(NO_ROWS if panel.total else NOTHING_YET)
            return
        paragraph("summary", panel.summary)
        _draw(panel)
        if panel.note:
            paragraph("key", panel.note)
        if body:
            body()
        _foot(panel, library, selection)


def tiles(library: Library, frame: pd.DataFrame) -> None:
    """Headline figures: hedge, number, unit, as-of date and who says so; titled by their country or their series."""
    names = library["series"].set_index("series_id")["title"]
    with st.container(key="headlines", horizontal=True):
        for row in frame.to_dict("records"):
            title = names[row["series_id"]].replace("a country", row["country"])
            with st.container(key=f"tile-{row['figure_id']}", border=True, width=238):
                st.html(_tile(row, title))
                st.button(
                    _who_says_so(len(rivals_of(library, row["figure_id"]))),
                    key=f"card-{row['figure_id']}",
                    type="tertiary",
                    icon=":material/quick_reference_all:",
                    on_click=card.ask_for,
                    args=(row["figure_id"],),
                )
    paragraph("source", source_line(library, frame))


def table_of(panel: Panel, library: Library, height: int | Literal["auto"] = "auto") -> None:
    """The rows behind a panel, under the names that the dictionary gives their columns."""
    columns = VIEWS.get(panel.table, [entry["name"] for entry in library.fields(panel.table)])
    grid(
        panel.frame,
        panel.table,
        columns,
        library,
        f"{panel.key}-rows",
        f"Table of the {len(panel.frame)} {panel.table} shown in “{panel.title}”",
        height,
    )


def grid(
    frame: pd.DataFrame,
    table: str,
    columns: list[str],
    library: Library,
    key: str,
    alt: str,
    height: int | Literal["auto"] = "auto",
) -> None:
    """A frame as a grid, its columns under the names that the dictionary gives them; choosing a row opens its card."""
    titles = {entry["name"]: entry["title"] for entry in library.fields(table)}
    config = {
        name: st.column_config.Column(title, width="large" if name in WIDE else None) for name, title in titles.items()
    }

    def take() -> None:
        chosen = st.session_state[key]["selection"]["rows"]
        if chosen:
            card.ask_for(str(frame.iloc[chosen[0], 0]))

    st.dataframe(
        frame,
        column_order=columns,
        column_config=config,
        hide_index=True,
        height=height,
        key=key,
        alt=alt,
        on_select=take,
        selection_mode="single-row",
    )


def _who_says_so(rivals: int) -> str:
    return "Who says so" + (", and who differs" if rivals else "")


def card_list(frame: pd.DataFrame, key: str) -> None:
    """A list of the rows of a panel under their labels, for keyboard and pointer alike; choosing one opens its card."""
    labels = {str(row[0]): row[1] for row in zip(frame.iloc[:, 0], _labels(frame), strict=True)}

    def take() -> None:
        if st.session_state[key]:
            card.ask_for(st.session_state[key])
            st.session_state[key] = None

    st.selectbox(
        "Open the card of a row",
        list(labels),
        index=None,
        key=key,
        format_func=lambda row_id: f"{labels.get(row_id, '')} ({row_id})",
        placeholder=f"{len(labels)} row{'' if len(labels) == 1 else 's'}: type to find one",
        on_change=take,
    )


def _labels(frame: pd.DataFrame) -> list[str]:
    if "qualifier" in frame:
        return [
            (say_figure(row) if row["qualifier"] else "no number")
            + f", {row.get('label') or row.get('place_as_named') or row.get('kind')}"
            for row in frame.to_dict("records")
        ]
    for name in ("title", "name", "what", "term", "opens_with", "reason"):
        if name in frame:
            return [str(cell) for cell in frame[name]]
    return [str(cell) for cell in frame.iloc[:, 1]]


def card_on_click(key: str) -> dict[str, Any]:
    """What makes a click on a mark of the chart with this key open the card of its row."""

    def take() -> None:
        points = st.session_state[key]["selection"]["points"]
        data = points[0].get("customdata") if points else None
        if data:
            card.ask_for(data if isinstance(data, str) else data[0])

    return {"on_select": take, "selection_mode": "points"}


def downloads(panel: Panel, library: Library, selection: Selection) -> None:
    """A button a format; the file holds exactly the rows of the panel, made when it is asked for."""
    for name, chosen in FORMATS.items():
        st.download_button(
            f"Download {len(panel.frame)} row{'' if len(panel.frame) == 1 else 's'} as {name}",
            partial(chosen.to_bytes, panel.frame),
            file_name(library, _file_stem(panel), selection, chosen),
            chosen.media_type,
            key=f"{panel.key}-{chosen.extension}",
            on_click="ignore",
            icon=":material/download:",
        )


def _file_stem(panel: Panel) -> str:
    return panel.table if panel.key == panel.table else f"{panel.table}-{panel.key}"


def _foot(panel: Panel, library: Library, selection: Selection) -> None:
    if panel.figure is not None or panel.deck is not None or panel.table in WITH_IDS:
        card_list(panel.frame, f"{panel.key}-card")
    if panel.figure is None and panel.deck is None:
        table_of(panel, library, 430)
    else:
        with st.expander(f"Table: the {len(panel.frame)} row{'' if len(panel.frame) == 1 else 's'} shown here"):
            table_of(panel, library)
    parts.cautions(library, set(panel.frame.iloc[:, 0]))
    if "source_id" in panel.frame:
        paragraph("source", source_line(library, panel.frame))
    downloads(panel, library, selection)


def _draw(panel: Panel) -> None:
    alt = f"{panel.title}: {panel.summary}"[:300]
    if panel.figure is not None:
        key = f"{panel.key}-chart"
        st.plotly_chart(panel.figure, theme=None, config=PLOT_CONFIG, key=key, alt=alt, **card_on_click(key))
    if panel.deck is not None:
        st.pydeck_chart(panel.deck, key=f"{panel.key}-map", alt=alt, **panel.view_options)


def _tile(row: Row, title: str) -> str:
    hedge, _, number = say_value(row).rpartition(" ") if row["qualifier"] != "range" else ("", "", say_value(row))
    lines = [say_as_of(row), str(row["attributed_to"]), f"{row['figure_id']}: {row['locator'] or row['as_printed']}"]
    told = "".join(f'<p class="from">{escape(line[:1].upper() + line[1:])}</p>' for line in lines)
    return f'<div class="tile {escape(row["kind"])}"><p class="name">{escape(title)}</p><p class="hedge">{escape(hedge)}</p><p class="number">{escape(number)}</p><p class="unit">{escape(say_unit(row))}</p>{told}</div>'
