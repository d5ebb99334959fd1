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

from components.theme import PLOT_CONFIG
from data.export import FORMATS, file_name
from data.load import Library
from data.say import Row, cautions_on, say_as_of, say_unit, say_value, source_line
from data.select import Selection, showing

# Columns that a panel's table shows; the download has them all.
VIEWS: dict[str, list[str]] = {
    "figures": [
        "figure_id",
        "label",
        "qualifier",
        "value",
        "low",
        "high",
        "unit",
        "as_printed",
        "date",
        "attributed_to",
        "locator",
        "note",
    ],
    "events": ["event_id", "start", "end", "lane", "status", "title", "attributed_to", "locator", "note"],
    "places": [
        "place_id",
        "name",
        "country",
        "roles",
        "coordinate_precision",
        "latitude",
        "longitude",
        "locator",
        "note",
    ],
}
WIDE = ("note", "text", "summary", "title", "attributed_to")
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


def heading(question: str, lead: str) -> None:
    """The page's question as its title, and one lead sentence."""
    st.title(question, anchor=False)
    st.html(f'<p class="lead">{escape(lead)}</p>')


def show(panel: Panel, library: Library, selection: Selection, body: Callable[[], None] | None = None) -> None:
    """A panel as a card. Where no row is left, a sentence with a way back takes the place of the drawing."""
    with st.container(key=panel.key, border=True):
        st.header(panel.title, anchor=False)
        _paragraph("key", showing(len(panel.frame), panel.total, panel.table, selection, library, panel.table) + ".")
        if panel.frame.empty:
            st.info(NO_ROWS)
            return
        _paragraph("summary", panel.summary)
        _draw(panel)
        if panel.note:
            _paragraph("key", panel.note)
        if body:
            body()
        _foot(panel, library, selection)


def tiles(library: Library, frame: pd.DataFrame) -> None:
    """Headline figures: hedge, number, unit, as-of date and who says so; titled by their country or their series."""
    names = library["series"].set_index("series_id")["title"]
    cells = [
        _tile(row, row["scope"] if row["country"] else names[row["series_id"]]) for row in frame.to_dict("records")
    ]
    with st.container(key="headlines"):
        st.html(f'<div class="tiles">{"".join(cells)}</div>')
        _paragraph("source", source_line(library, frame))


def line(text: str) -> None:
    """A line of small text."""
    _paragraph("key", text)


def facts(row: Row, library: Library, table: str) -> None:
    """All that a row holds, each cell under the name that the dictionary gives it."""
    entries = [(entry["title"], row[entry["name"]]) for entry in library.fields(table)]
    told = "".join(
        f"<dt>{escape(title)}</dt><dd>{escape(str(value))}</dd>"
        for title, value in entries
        if str(value) not in ("", "<NA>", "nan")
    )
    st.html(f'<dl class="facts">{told}</dl>')


def cautions(library: Library, ids: set[str]) -> None:
    """The cautions that touch any of these rows, folded away with their number in sight."""
    found = cautions_on(library, ids)
    if found.empty:
        return
    with st.expander(f"{len(found)} caution{'' if len(found) == 1 else 's'} on what is shown here"):
        st.html("".join(caution_html(row) for row in found.to_dict("records")))


def caution_html(row: Row) -> str:
    """A caution as a marked paragraph, with the rows it touches."""
    rows = escape(str(row["row_ids"]).replace(";", ", "))
    return f'<div class="caution"><b>{escape(row["title"])}</b> ({escape(row["kind"])})<br>{escape(row["text"])}<br><span class="source">Touches {rows}. Rests on {escape(str(row["source_ids"]).replace(";", ", "))}.</span></div>'


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
    """A frame as a grid, its columns under the names that the dictionary gives them."""
    titles = {entry["name"]: entry["title"] for entry in library.fields(table)}
    config = {
        name: st.column_config.Column(title, width="large" if name in WIDE else None) for name, title in titles.items()
    }
    st.dataframe(frame, column_order=columns, column_config=config, hide_index=True, height=height, key=key, alt=alt)


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
    if panel.figure is None and panel.deck is None:
        table_of(panel, library, 430)
    else:
        with st.expander(f"Table: the {len(panel.frame)} row{'' if len(panel.frame) == 1 else 's'} shown here"):
            table_of(panel, library)
    cautions(library, set(panel.frame.iloc[:, 0]))
    if "source_id" in panel.frame:
        _paragraph("source", source_line(library, panel.frame))
    downloads(panel, library, selection)


def _draw(panel: Panel) -> None:
    alt = f"{panel.title}: {panel.summary}"[:300]
    if panel.figure is not None:
        st.plotly_chart(
            panel.figure, theme=None, config=PLOT_CONFIG, key=f"{panel.key}-chart", alt=alt, **panel.view_options
        )
    if panel.deck is not None:
        st.pydeck_chart(panel.deck, key=f"{panel.key}-map", alt=alt, **panel.view_options)


def _paragraph(kind: str, text: str) -> None:
    st.html(f'<p class="{kind}">{escape(text)}</p>')


def _tile(row: Row, title: str) -> str:
    hedge, _, number = say_value(row).rpartition(" ") if row["qualifier"] != "range" else ("", "", say_value(row))
    lines = [say_as_of(row), str(row["attributed_to"]), f"{row['figure_id']}: {row['locator']}"]
    told = "".join(f'<p class="from">{escape(line[:1].upper() + line[1:])}</p>' for line in lines)
    return f'<div class="tile {escape(row["kind"])}"><p class="name">{escape(title)}</p><p class="hedge">{escape(hedge)}</p><p class="number">{escape(number)}</p><p class="unit">{escape(say_unit(row))}</p>{told}</div>'
