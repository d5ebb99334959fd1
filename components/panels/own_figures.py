"""Which figures has a reader brought, and where do they show? His own alone, in his session alone, beside the record.

They live in the session's state and nowhere else: no file, no cache, no address holds them. Panels ask `overlay_of` for what to
lay over their chart; everything that leaves the page is made from the record and knows nothing of them.
"""

from dataclasses import replace
from html import escape
from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from components.charts.overlay import can_hold_own_figures, with_own_figures
from components.panels.elements import paragraph
from components.panels.panel import PRINTED, Panel
from data.own_figures.check import MOST_BYTES, MOST_ROWS, OwnFileBroken, harmless
from data.own_figures.read import OwnFigures, columns_of_template, own_shown, read_own, template, titles_of_views
from data.query.select import Selection
from data.query.views import VIEWS
from data.record.load import Library, library

KEPT, TOLD, ROUND = "own-figures", "own-told", "own-round"
MOST_TOLD = 10
COLUMNS = ("figure_id", "label", *PRINTED, "date", "published", "attributed_to", "locator", "note")
ABOUT = "Bring a CSV file of figures that are newer than this record. They are checked by the same dictionary as the record and laid over its charts as large hollow diamonds, in this session only: they are not stored, stand in no address, download, slide, print or citation, and are gone when you press Remove or leave."
NOT_TAKEN = "This file was not taken, and nothing has changed."
OUTSIDE = (
    "They are not part of the record: its sentences, files, addresses, citations, slides and prints leave them out."
)
LOOK = "large hollow diamonds, with a dot inside where no hedge was printed"


class Overlay(NamedTuple):
    """Own figures that a panel shows: the rows, the chart with them on it, how many it holds, how many choices leave out."""

    rows: pd.DataFrame
    figure: go.Figure | None
    drawn: int = 0
    left_out: int = 0


def figures() -> OwnFigures | None:
    """The own figures of this session; None where there are none."""
    found = st.session_state.get(KEPT)
    return found if isinstance(found, OwnFigures) else None


def overlay_of(panel: Panel) -> Overlay | None:
    """What own figures add to a panel; None where they add nothing."""
    own = figures()
    if own is None or panel.key not in VIEWS:
        return None
    rows = own_shown(own, panel.view, panel.library, panel.selection)
    about = {name: value for name, value in panel.selection.values.items() if name in panel.view.subject}
    whole = replace(panel.library, as_of=None)
    left_out = len(own_shown(own, panel.view, whole, Selection(panel.view.page, about))) - len(rows)
    if rows.empty or panel.key == "headlines" or not can_hold_own_figures(panel.drawn.figure):
        return Overlay(rows, panel.drawn.figure, 0, left_out) if len(rows) or left_out else None
    return Overlay(rows, *with_own_figures(panel.drawn.figure, rows), left_out)


def sentence_on(overlay: Overlay) -> str:
    """What a panel says of the own figures in it, and of those that are left out."""
    count, parts = len(overlay.rows), []
    if overlay.drawn:
        parts.append(f"{_own(overlay.drawn)} laid over this chart: {LOOK}.")
    if count - overlay.drawn:
        parts.append(f"{_own(count - overlay.drawn)} in the table below alone.")
    if overlay.left_out:
        parts.append(f"{_own(overlay.left_out)} left out by the choices in force.")
    return " ".join([*parts, *([OUTSIDE] if count else [])])


def _own(count: int) -> str:
    return f"{count} figure{'' if count == 1 else 's'} of your own {'is' if count == 1 else 'are'}"


def show_overlay(panel: Panel, overlay: Overlay | None) -> None:
    """The note on own figures below a panel's drawing, and their table."""
    if overlay is None:
        return
    with st.container(key=f"{panel.key}-own"):
        paragraph("own-figures", sentence_on(overlay))
        if len(overlay.rows):
            _table(overlay.rows, panel.library, f"{panel.key}-own-rows", f"Your own figures, laid over “{panel.title}”")


def _table(frame: pd.DataFrame, tables: Library, key: str, alt: str) -> None:
    titles = {field["name"]: field["title"] for field in tables.fields("figures")}
    st.dataframe(
        frame,
        column_order=["drawn_in", *COLUMNS] if "drawn_in" in frame else COLUMNS,
        column_config=titles | {"drawn_in": "Drawn in"},
        hide_index=True,
        key=key,
        alt=alt,
    )


def upload_card(tables: Library) -> None:
    """The place on a page where own figures are brought, shown and taken away again."""
    with st.container(key="own", border=True):
        st.header("Newer figures of your own", anchor=False)
        paragraph("summary", ABOUT)
        _template(tables)
        key = f"own-file-{st.session_state.get(ROUND, 0)}"
        st.file_uploader(
            f"CSV file of your own figures (UTF-8, commas, at most {MOST_ROWS} rows)",
            type="csv",
            key=key,
            on_change=_take,
            args=(key,),
            max_upload_size=MOST_BYTES // 2**20,
        )
        with st.container(key="own-told"):
            st.html(st.session_state.get(TOLD) or '<p class="key">No file brought yet.</p>')
        own = figures()
        if own is not None:
            _brought(own, tables)


def _template(tables: Library) -> None:
    st.download_button(
        "Template (CSV)",
        template(),
        "own-figures.csv",
        "text/csv",
        key="own-template",
        icon=":material/download:",
        on_click="ignore",
    )
    with st.expander("What the columns of the template mean"):
        columns = columns_of_template(tables)
        frame = pd.DataFrame(columns).set_axis(["Column", "Needed", "Meaning", "Allowed"], axis=1)
        st.dataframe(
            frame,
            hide_index=True,
            key="own-columns",
            height="content",
            alt=f"The {len(columns)} columns of the template and what they mean",
        )


def _brought(own: OwnFigures, tables: Library) -> None:
    titles = titles_of_views(own, library())
    drawn_in = [titles[figure_id] or "no chart; this table alone" for figure_id in own.frame["figure_id"]]
    _table(own.frame.assign(drawn_in=drawn_in), tables, "own-rows", f"The {len(own.frame)} figures of your own")
    st.button("Remove your own figures", key="own-remove", icon=":material/delete:", on_click=_remove)


def _take(key: str) -> None:
    """Takes the figures of the file that was brought, or says why not and leaves everything as it was."""
    brought = st.session_state.get(key)
    if brought is None:
        return
    name = f"<b>{escape(harmless(brought.name, 60))}</b>"
    try:
        own = read_own(brought.getvalue(), brought.name, library())
    except OwnFileBroken as broken:
        st.session_state[TOLD] = _alert(name, broken.sentences)
    else:
        st.session_state[KEPT] = own
        _say(f"In this session: {_own(len(own.frame))} checked and shown, from {name}.")
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1  # a new uploader: the file itself is let go


def _remove() -> None:
    st.session_state.pop(KEPT, None)
    _say("Your own figures are gone from this session.")


def _say(markup: str) -> None:
    st.session_state[TOLD] = f'<p class="own-figures" role="status">{markup}</p>'


def _alert(name: str, sentences: list[str]) -> str:
    """Why a file was not taken, as markup: a reader's words in it are plain text."""
    more = len(sentences) - MOST_TOLD
    told = [*sentences[:MOST_TOLD], *([f"And {more} more."] if more > 0 else [])]
    items = "".join(f"<li>{escape(sentence)}</li>" for sentence in told)
    return f'<div class="own-figures refused" role="alert"><p>{NOT_TAKEN} ({name})</p><ul>{items}</ul></div>'
