"""Which figures has a reader uploaded, and where do they show? In that session alone, beside the record.

They live in the session's state and nowhere else: no file, no cache, no address holds them. A panel lays over its
chart what `overlay_of` gives it; everything that leaves the page is made from the record and knows nothing of them.
"""

from dataclasses import replace
from html import escape
from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from components.charts.overlay import can_hold_own_figures, with_own_figures
from components.panels.elements import paragraph
from components.panels.grids import Grid, grid_of, show_grid
from components.panels.panel import PRINTED, Panel
from components.panels.rows import DAYS_IN_WORDS
from data.own_figures.check import MOST_BYTES, MOST_ROWS, OwnFileBroken
from data.own_figures.read import OwnFigures, columns_of_template, own_shown, read_own, template, titles_of_views
from data.query.select import Selection
from data.query.views import VIEWS
from data.record.load import Library, cached_with_library
from data.record.load import library as whole_library
from data.record.problems import harmless
from data.record.wording import with_article

FIGURES_KEY, MESSAGE_KEY, UPLOADS_KEY = "own-figures", "own-told", "own-round"
MOST_SENTENCES = 10
COLUMNS = ("label", *PRINTED, "date", "published", "attributed_to", "locator", "note")
ABOUT = "Upload a CSV file of figures that are newer than this record. They are checked by the same rules as the record and shown on its charts as large hollow diamonds, in this session only. They are not stored, do not appear in any address, download, slide, print, or citation, and are gone when you press Remove or leave."
REFUSED = "We could not use this file, and nothing has changed."
NOT_OF_THE_RECORD = (
    "They are not part of the record: its sentences, files, addresses, citations, slides and prints leave them out."
)
MARKS_IN_WORDS = "large hollow diamonds, with a dot inside where no hedge was printed"


class Overlay(NamedTuple):
    """Own figures in a panel: their rows, the chart with them on it, how many it holds, how many the choices leave out."""

    rows: pd.DataFrame
    figure: go.Figure | None
    drawn: int = 0
    left_out: int = 0


def figures_of_session() -> OwnFigures | None:
    """The own figures of this session; None where there are none."""
    own = st.session_state.get(FIGURES_KEY)
    return own if isinstance(own, OwnFigures) else None


def overlay_of(panel: Panel) -> Overlay | None:
    """The own figures that belong in a panel; None where none does."""
    own = figures_of_session()
    if own is None or panel.key not in VIEWS:
        return None
    rows = own_shown(own, panel.view, panel.library, panel.selection)
    subject = {name: value for name, value in panel.selection.values.items() if name in panel.view.subject}
    whole = replace(panel.library, as_of=None)
    left_out = len(own_shown(own, panel.view, whole, Selection(panel.view.page, subject))) - len(rows)
    if rows.empty or panel.key == "headlines" or not can_hold_own_figures(panel.drawn.figure):
        return Overlay(rows, panel.drawn.figure, 0, left_out) if len(rows) or left_out else None
    return Overlay(rows, *with_own_figures(panel.drawn.figure, rows), left_out)


def sentence_on(overlay: Overlay) -> str:
    """How many own figures are laid over the chart, in the table alone, and left out."""
    count, sentences = len(overlay.rows), []
    if overlay.drawn:
        sentences.append(f"{_count_in_words(overlay.drawn)} shown on this chart: {MARKS_IN_WORDS}.")
    if count - overlay.drawn:
        sentences.append(f"{_count_in_words(count - overlay.drawn)} only in the table below.")
    if overlay.left_out:
        sentences.append(f"{_count_in_words(overlay.left_out)} left out by your choices.")
    return " ".join([*sentences, *([NOT_OF_THE_RECORD] if count else [])])


def _count_in_words(count: int) -> str:
    return f"{count} figure{'' if count == 1 else 's'} of your own {'is' if count == 1 else 'are'}"


def show_overlay(panel: Panel, overlay: Overlay | None) -> None:
    """The sentence on own figures below a panel's drawing, and their table."""
    if overlay is None:
        return
    with st.container(key=f"{panel.key}-own"):
        paragraph("own-figures", sentence_on(overlay))
        if len(overlay.rows):
            _table(overlay.rows, panel.library, f"{panel.key}-own-rows", f"Your own figures, shown on “{panel.title}”")


def _table(frame: pd.DataFrame, library: Library, key: str, alt: str) -> None:
    fields = [*library.fields("figures"), {"name": "drawn_in", "title": "Drawn in", "type": "string"}]
    order = ["drawn_in", *COLUMNS] if "drawn_in" in frame else list(COLUMNS)
    titles = {field["name"]: field["title"] for field in fields}
    show_grid(grid_of(frame, titles, order, DAYS_IN_WORDS), key, alt)


def upload_card(library: Library) -> None:
    """The card in which own figures are uploaded, listed and removed again."""
    with st.container(key="own"):
        paragraph("summary", ABOUT)
        _template(library)
        key = f"own-file-{st.session_state.get(UPLOADS_KEY, 0)}"
        st.file_uploader(
            f"CSV file of your own figures (UTF-8, commas, at most {MOST_ROWS} rows)",
            type="csv",
            key=key,
            on_change=_read_upload,
            args=(key,),
            max_upload_size=MOST_BYTES // 2**20,
        )
        with st.container(key="own-told"):
            st.html(st.session_state.get(MESSAGE_KEY) or '<p class="key">No file uploaded</p>')
        own = figures_of_session()
        if own is not None:
            _uploaded(own, library)


def _template(library: Library) -> None:
    st.download_button(
        "Template (CSV)",
        template(whole_library()),
        "own-figures.csv",
        "text/csv",
        key="own-template",
        icon=":material/download:",
        on_click="ignore",
    )
    with st.expander("What the columns of the template mean"):
        grid, count = _grid_of_template(library)
        show_grid(grid, "own-columns", f"The {count} columns of the template and what they mean", height="content")


@cached_with_library
def _grid_of_template(library: Library) -> tuple[Grid, int]:
    columns = columns_of_template(library)
    frame = pd.DataFrame(columns).set_axis(["Column", "Needed", "Meaning", "Allowed"], axis=1)
    return grid_of(frame), len(columns)


def _uploaded(own: OwnFigures, library: Library) -> None:
    titles = titles_of_views(own, whole_library())
    drawn_in = [titles[figure_id] or "no chart, only this table" for figure_id in own.frame["figure_id"]]
    _table(
        own.frame.assign(drawn_in=drawn_in),
        library,
        "own-rows",
        f"{with_article(len(own.frame), 'figure').capitalize()} of your own",
    )
    st.button("Remove your own figures", key="own-remove", icon=":material/delete:", on_click=_remove)


def _read_upload(key: str) -> None:
    """Puts the figures of an uploaded file into the session, or says why not and leaves everything as it was."""
    upload = st.session_state.get(key)
    if upload is None:
        return
    name = f"<b>{escape(harmless(upload.name, 60))}</b>"
    try:
        own = read_own(upload.getvalue(), upload.name, whole_library())
    except OwnFileBroken as broken:
        st.session_state[MESSAGE_KEY] = _refusal_html(name, broken.sentences)
    else:
        st.session_state[FIGURES_KEY] = own
        _set_message(f"In this session: {_count_in_words(len(own.frame))} checked and shown, from {name}.")
    # A new uploader, so that the file itself is let go.
    st.session_state[UPLOADS_KEY] = st.session_state.get(UPLOADS_KEY, 0) + 1


def _remove() -> None:
    st.session_state.pop(FIGURES_KEY, None)
    _set_message("Your own figures have been removed.")


def _set_message(html: str) -> None:
    st.session_state[MESSAGE_KEY] = f'<p class="own-figures" role="status">{html}</p>'


def _refusal_html(name: str, sentences: list[str]) -> str:
    """Why a file was refused, in HTML; a reader's words in it are plain text."""
    more = len(sentences) - MOST_SENTENCES
    shown = [*sentences[:MOST_SENTENCES], *([f"And {more} more."] if more > 0 else [])]
    items = "".join(f"<li>{escape(sentence)}</li>" for sentence in shown)
    return f'<div class="own-figures refused" role="alert"><p>{REFUSED} ({name})</p><ul>{items}</ul></div>'
