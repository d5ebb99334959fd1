"""What is in the bar at the top? The name, the day and the sources of the view, sharing and presenting."""

from collections.abc import Callable
from datetime import date
from html import escape

import streamlit as st

from components import filters
from components.panels import share
from data.query.as_of import BRIEF_ONLY, LeftOut
from data.query.params import parameter_named
from data.record.dates import date_in_words, span_of
from data.record.load import library
from data.record.tables import BRIEF

NAME = "Korean War accounting"
LATEST = "Back to latest"


def show_bar(present_button: Callable[[], None]) -> None:
    """The bar, and below it what a view of another day or of fewer sources leaves out."""
    warn_of_unread()
    with st.container(key="brand"):
        st.html(f'<a class="brand" href="./" target="_self">{NAME}</a>')
    with st.container(key="view-bar", horizontal=True, vertical_alignment="center"):
        show_choices()
        share.button()
        present_button()
    show_notices()


def show_choices() -> None:
    """The day and the sources of the view, under one button that names them.

    Out of sight until the button is pressed, but always there: what Streamlit does not mount leaves the address when the
    reader goes to another page.
    """
    st.html(f'<details class="view-toggle"><summary>{escape(_choice_in_words())}</summary></details>', width="content")
    with st.container(key="view-choice"):
        filters.view_widgets()
        with st.container(key="view-presets", horizontal=True):
            st.button(LATEST, key="reset-view", on_click=_set_day, args=(None,))
            day = day_of_brief()
            label = f"As of the brief, {date_in_words(day.isoformat())}"
            st.button(label, key="brief-view", on_click=_set_day, args=(day,))


def warn_of_unread() -> None:
    """A sentence on each choice of the view that the address names and that does not exist, before its widget drops it."""
    for name in ("asof", "source"):
        filters.warn(parameter_named(name), library())


def show_notices() -> None:
    """What a view of another day leaves out."""
    day = filters.requested_view()["asof"]
    shown, left_out = filters.library_and_left_out()
    if day:
        st.html(f'<p class="key view-notice">{escape(_as_of_sentence(str(day), left_out))}</p>')
    if shown["figures"].empty:
        filters.notice("Nothing had been published by that day. Choose a later one at the top of the page.")


def day_of_brief() -> date:
    """The day on which the brief was last updated."""
    return span_of(str(library()["sources"].set_index("source_id").at[BRIEF, "published"])).last


def _choice_in_words() -> str:
    view = filters.requested_view()
    day = f"As of {date_in_words(str(view['asof']))}" if view["asof"] else "Latest"
    return f"{day}, 2012 brief only" if view["source"] == BRIEF_ONLY else day


def _as_of_sentence(day: str, left_out: LeftOut) -> str:
    return f"What was known on {date_in_words(day)}: {left_out.later:,} rows published later and {left_out.without_day:,} without a publication date are left out; {left_out.inferred:,} figures are placed by their as-of date (inferred)."


def _set_day(day: date | None) -> None:
    st.session_state["asof"] = day
    if day is None:
        st.session_state["source"] = "all"
