"""What is in the bar at the top? The name, the day and the sources of the view, sharing and presenting."""

from collections.abc import Callable
from datetime import date

import streamlit as st

from components import filters
from components.panels import elements, share
from data.query.as_of import BRIEF_ONLY
from data.query.params import parameter_named
from data.record.dates import date_in_words, span_of
from data.record.load import Library, cached_with_library, library
from data.record.tables import BRIEF

NAME = "Korean War<span> accounting</span>"
LATEST = "Back to latest"


def show_bar(present_button: Callable[[], None]) -> None:
    """The bar, and below it a sentence on choices that cannot be shown."""
    warn_of_unread()
    with st.container(key="brand"):
        st.html(f'<a class="brand" href="./" target="_self">{NAME}</a>')
    with st.container(key="view-bar", horizontal=True, vertical_alignment="center"):
        show_choices()
        share.button()
        present_button()
    warn_of_empty_view()


def show_choices() -> None:
    """The day and the sources of the view, under one button that names them.

    Out of sight until the button is pressed, but always there: what Streamlit does not mount leaves the address when the
    reader goes to another page.
    """
    # named when its widgets have read the address; until then the button before stays
    toggle = st.container(width="content")
    with st.container(key="view-choice"):
        filters.view_widgets()
        if sentence := filters.sentence_on_view(filters.requested_view()):
            elements.paragraph("key", sentence)
        with st.container(key="view-presets", horizontal=True):
            st.button(LATEST, key="reset-view", on_click=_set_day, args=(None,))
            day = day_of_brief()
            label = f"As of the brief, {date_in_words(day.isoformat())}"
            st.button(label, key="brief-view", on_click=_set_day, args=(day,))
    look = "view-toggle" if filters.is_latest() else "view-toggle earlier"
    with toggle:
        st.html(f'<details class="{look}"><summary>{_choice_in_html()}</summary></details>', width="content")


def warn_of_unread() -> None:
    """A sentence on each choice of the view that the address names and that does not exist, before its widget drops it."""
    for name in ("asof", "source"):
        filters.warn(parameter_named(name), library())


def warn_of_empty_view() -> None:
    """A sentence where the day of the view is before everything in the record."""
    if filters.library_in_view()["figures"].empty:
        filters.notice("Nothing had been published by that day. Choose a later one at the top of the page.")


def day_of_brief() -> date:
    """The day on which the brief was last updated."""
    return _day_of_brief(library())


@cached_with_library
def _day_of_brief(library: Library) -> date:
    return span_of(str(library["sources"].set_index("source_id").at[BRIEF, "published"])).last


def _choice_in_html() -> str:
    """The day and the sources of the view; what has no room on a phone is in class "wide"."""
    view = filters.requested_view()
    is_brief = view["source"] == BRIEF_ONLY
    if not view["asof"]:
        return '<span><span class="wide">Latest, </span>2012 brief only</span>' if is_brief else "Latest"
    source = '<span class="wide">, 2012 brief only</span>' * is_brief
    return f'<span><span class="wide">As of </span>{date_in_words(str(view["asof"]))}{source}</span>'


def _set_day(day: date | None) -> None:
    st.session_state["asof"] = day
    if day is None:
        st.session_state["source"] = "all"
