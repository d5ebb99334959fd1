"""How do the rows behind a drawing stand on a page? As a grid and as a select box, each of which opens the card of a row."""

from typing import Any, Literal

import pandas as pd
import streamlit as st

from components.panels import card
from components.panels.panel import Panel
from data.query.rows import tables_with_ids
from data.record.load import Library

WIDE_COLUMNS = ("note", "text", "summary", "title", "attributed_to")


def show_rows(panel: Panel, height: int | Literal["auto"] = "auto") -> None:
    """The rows of a panel: where they have cards, a select box that opens them; the grid."""
    if panel.is_drawn or panel.table in tables_with_ids(panel.library):
        _card_picker(panel)
    _panel_table(panel, height)


def _panel_table(panel: Panel, height: int | Literal["auto"] = "auto") -> None:
    """The rows of a panel as a grid."""
    grid(
        panel.frame,
        panel.table,
        panel.columns,
        panel.library,
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
    """A frame as a grid, its columns under their titles in the dictionary; choosing a row opens its card."""
    described = [*library.fields(table), *library.describe(table).get("derivedFields", [])]
    titles = {entry["name"]: entry["title"] for entry in described}
    config = {
        name: st.column_config.Column(title, width="large" if name in WIDE_COLUMNS else None)
        for name, title in titles.items()
    }

    def open_card() -> None:
        positions = st.session_state[key]["selection"]["rows"]
        if positions:
            card.request_card(str(frame.iloc[positions[0], 0]))

    st.dataframe(
        frame,
        column_order=columns,
        column_config=config,
        hide_index=True,
        height=height,
        key=key,
        alt=alt,
        on_select=open_card,
        selection_mode="single-row",
    )


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
        placeholder=f"{len(labels)} row{'' if len(labels) == 1 else 's'}: type to find one",
        on_change=open_card,
    )


def card_on_click(key: str) -> dict[str, Any]:
    """What makes a click on a mark of the chart with this key open the card of its row."""

    def open_card() -> None:
        points = st.session_state[key]["selection"]["points"]
        data = points[0].get("customdata") if points else None
        if data:
            card.request_card(data if isinstance(data, str) else data[0])

    return {"on_select": open_card, "selection_mode": "points"}
