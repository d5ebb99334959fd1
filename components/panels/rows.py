"""How do the rows behind a drawing stand on a page? As a grid and as a select box, each of which opens the card of a row."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from components.panels import card
from components.panels.elements import paragraph
from components.panels.grids import Grid, Height, Words, grid_of, show_grid
from components.panels.panel import Panel, cached_with_panel
from data.files.reader_sheet import DATE, DATE_SIGN
from data.query.readable import DAYS, frame_in_words, head_of
from data.query.rows import tables_with_ids
from data.record.dates import date_in_words
from data.record.load import Library
from data.record.wording import number_with_noun, with_article

# Rows of a table that a page shows whole.
MOST_ROWS_WHOLE = 10
# How the cells of columns of days read.
DAYS_IN_WORDS: dict[str, Words] = dict.fromkeys(DAYS, lambda cell: date_in_words(cell) if cell else "")


def show_rows(panel: Panel, height: Height = "auto") -> None:
    """The rows of a panel: where they have cards, a select box that opens them; the grid, its technical columns on request."""
    with_technical = _choice_of_rows(panel)
    _grid_of(panel, with_technical, height)


def show_leading_rows(panel: Panel) -> None:
    """The rows of a panel without a drawing: the grid first, as high as the window leaves it where it is long.

    It is sent before the choice below it, which a browser would else show in its place until the grid has come.
    """
    is_long = len(panel.frame) > MOST_ROWS_WHOLE
    with st.container(key=f"{panel.key}-grid-{'long' if is_long else 'whole'}"):
        _grid_of(panel, st.session_state.get(_technical_key(panel), False), "stretch" if is_long else "auto")
    _choice_of_rows(panel)


def _technical_key(panel: Panel) -> str:
    return f"{panel.key}-technical"


def _choice_of_rows(panel: Panel) -> bool:
    """The select box that opens the card of a row, where rows have cards; whether technical columns are wanted."""
    with st.container(key=f"{panel.key}-rows-choice", horizontal=True, vertical_alignment="bottom"):
        if panel.is_drawn or panel.table in tables_with_ids(panel.library):
            _card_picker(panel)
        return st.toggle("Technical columns: codes and ids", key=_technical_key(panel))


def _grid_of(panel: Panel, with_technical: bool, height: Height) -> None:
    show_rows_as(_grid(panel, with_technical), panel.listed, f"{panel.key}-rows", _alt(panel), height)
    if len(panel.listed) < len(panel.frame):
        paragraph(
            "key", f"The first {len(panel.listed):,} of {len(panel.frame):,} rows. “Share and download” has them all."
        )


def show_rows_as(grid: Grid, frame: pd.DataFrame, key: str, alt: str, height: Height = "auto") -> None:
    """The rows of a frame as their grid; choosing one opens its card."""
    show_grid(grid, key, alt, height, on_choice=_card_opener(key, frame))


@cached_with_panel
def _grid(panel: Panel, with_technical: bool) -> Grid:
    """The rows of a panel in the columns that a person reads, where their table has such; else in its own columns."""
    if not with_technical and panel.on_screen:
        return _reader_grid(panel.listed, panel.on_screen)
    columns = [*panel.columns, *(panel.technical_columns if with_technical else [])]
    return grid_in_words(panel.listed, panel.fields, columns, panel.library)


def _reader_grid(rows: pd.DataFrame, columns: dict[str, list[str]]) -> Grid:
    """The rows in the columns that a person reads; the ids are not shown. Dates are in words, and sort as they are written."""
    ids = rows.iloc[:, 0]
    frame = pd.DataFrame({str(ids.name): ids.to_list(), **columns})
    words: dict[str, Words] = {DATE: lambda cell: str(cell).rpartition(DATE_SIGN)[2]}
    return grid_of(frame, order=columns, words=words)


def _card_opener(key: str, frame: pd.DataFrame) -> Callable[[], None]:
    """What opens the card of the row that is chosen in the grid with this key; the first column of the frame holds the ids."""

    def open_card() -> None:
        positions = st.session_state[key]["selection"]["rows"]
        if positions:
            card.request_card(str(frame.iloc[positions[0], 0]))

    return open_card


def _alt(panel: Panel) -> str:
    name = panel.library.describe(panel.table)["title"]
    return f"Table of {with_article(len(panel.listed), 'row')} of “{name}” shown in “{panel.title}”"


def grid_in_words(frame: pd.DataFrame, fields: list[dict[str, Any]], columns: list[str], library: Library) -> Grid:
    """A frame as a grid, its columns under their titles, its cells in words. Days are sorted as they are written."""
    titles = {field["name"]: head_of(list(frame.columns), field) for field in fields}
    return grid_of(frame_in_words(library, fields, frame), titles, columns, DAYS_IN_WORDS)


def _card_picker(panel: Panel) -> None:
    """A select box of the rows of a panel, for keyboard and pointer alike; choosing one opens its card."""
    labels, key = panel.labels, f"{panel.key}-card"

    def open_card() -> None:
        if st.session_state[key]:
            card.request_card(st.session_state[key])
            st.session_state[key] = None

    st.selectbox(
        "Find a record",
        list(labels),
        index=None,
        key=key,
        format_func=lambda row_id: labels.get(row_id, ""),
        placeholder=f"{number_with_noun(len(labels), 'row')}: type to find one",
        on_change=open_card,
    )


def card_on_click(key: str) -> dict[str, Any]:
    """What makes a click on a mark of the chart with this key open the card of its row.

    A second click on the same mark takes it out of the chart's choice, and asks for the same card.
    """
    last_pressed = f"{key}-pressed"

    def open_card() -> None:
        points = st.session_state[key]["selection"]["points"]
        data = points[0].get("customdata") if points else st.session_state.get(last_pressed)
        st.session_state[last_pressed] = data
        if data:
            card.request_card(data if isinstance(data, str) else data[0])

    return {"on_select": open_card, "selection_mode": "points"}
