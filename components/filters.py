"""What can be chosen on this page? Widgets made from the parameter table, each bound to the address."""

from collections.abc import Callable
from html import escape
from typing import Any

import streamlit as st

from data.query.as_of import LeftOut, as_published
from data.query.former import OF_CHOICES, current_id, current_words
from data.query.params import (
    LONGEST_WORDS,
    Parameter,
    Value,
    default_of,
    is_day,
    options_of,
    parameter_named,
    parameters_of,
    unaccepted,
)
from data.query.select import Selection
from data.record.dates import date_in_words, span_of
from data.record.load import Library, library
from data.record.wording import joined_with_and

# Letters of the options of a choice that stand side by side, each a button that answers at once; of more, they are a list.
MOST_IN_SIGHT = 64


def library_in_view() -> Library:
    """The Library of the day and the sources that the frame's bar asks for: what every page draws."""
    return _asked_for()[0]


def _asked_for() -> tuple[Library, LeftOut]:
    asked = requested_view()
    return as_published(span_of(asked["asof"]).last if asked["asof"] else None, asked["source"] == "brief only")


def requested_view() -> dict[str, Value]:
    """The day and the sources that the frame's bar asks for, as choices."""
    written = str(st.session_state.get("asof") or "")
    return {"asof": written if is_day(written) else "", "source": str(st.session_state.get("source") or "all")}


def view_bar(beside: Callable[[], None] | None = None) -> None:
    """The two choices that hold on every page: as published by a day, and which sources. Says what they leave out.

    `beside` puts something of its own at the end of the bar.
    """
    whole = library()
    with st.container(key="view-bar", horizontal=True, vertical_alignment="bottom"):
        for name in ("asof", "source"):
            _warn(parameter_named(name), whole)
            _widget(parameter_named(name), whole)
        st.button("All sources, today", key="reset-view", on_click=_reset_view)
        if beside:
            beside()
    written = str(st.session_state.get("asof") or "")
    if written and not is_day(written):
        _say_notice(f"“{written[:40]}” is not a day written as 2012-07-03; everything published is shown instead.")
    shown, left_out = _asked_for()
    if is_day(written):
        st.html(f'<p class="key">{escape(_told(written, left_out))}</p>')
    if shown["figures"].empty:
        _say_notice("Nothing had been published by that day. Choose a later one, or press “All sources, today”.")


def _told(day: str, left_out: LeftOut) -> str:
    return f"As published by {date_in_words(day)}: {left_out.later} rows published later and {left_out.without_day} without a day of publication are left out; {left_out.inferred} figures are placed by their as-of day (inferred)."


def _reset_view() -> None:
    st.session_state["asof"], st.session_state["source"] = "", "all"


def filter_row(page: str, library: Library, hidden: tuple[str, ...] = ()) -> Selection:
    """The page's widgets in a row with a reset button; what they say is given as a Selection.

    Parameters in `hidden` are left to the page, which shows them elsewhere with `row_selectbox`.
    """
    shown = [chosen for chosen in parameters_of(page) if chosen.name not in hidden]
    warn_of_refused(page, library)
    with st.container(key="filters", horizontal=True, vertical_alignment="bottom"):
        values = {chosen.name: _widget(chosen, library) for chosen in shown}
        st.button("Reset", key="reset", on_click=_reset, args=(page, library))
    return Selection(page, requested_view() | values)


def row_selectbox(name: str, page: str, library: Library, labels: dict[str, str], **look: Any) -> str:
    """A list of rows under their titles, the chosen one's id in the address; "none" where none is chosen.

    Not bound like the other widgets: a bound list would put the title into the address instead of the id.
    """
    chosen = next(candidate for candidate in parameters_of(page) if candidate.name == name)
    known = options_of(chosen, library)
    written = current_id(library, st.query_params.get(name, known[0]))
    if name not in st.session_state:
        st.session_state[name] = written if written in known else known[0]
    if written not in known:
        st.query_params.pop(name, None)
    options = [
        known[0],
        *labels,
        *([st.session_state[name]] if st.session_state[name] not in (known[0], *labels) else []),
    ]
    return str(
        st.selectbox(
            chosen.label,
            options,
            key=name,
            format_func=lambda option: labels.get(option, option),
            on_change=_write_choice,
            args=(name,),
            **look,
        )
    )


def read_former_words() -> None:
    """Gives a choice that the address names in older words its words of today, before a widget drops the older ones."""
    for name in OF_CHOICES:
        written = st.query_params.get_all(name)
        words = current_words(name, written)
        if words != written and name not in st.session_state:
            st.session_state[name] = words if parameter_named(name).kind == "choices" else words[-1]


def unfiltered(page: str) -> Selection:
    """What panels without filters of their own are asked for: the day and the sources alone."""
    return Selection(page, requested_view())


def number_slider(name: str, page: str, library: Library) -> int:
    """A number's slider, shown where the page wants it; its value."""
    return int(_widget(next(candidate for candidate in parameters_of(page) if candidate.name == name), library))


def _write_choice(name: str) -> None:
    if st.session_state[name] == "none":
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = st.session_state[name]


def select_on_map(name: str, key: str, layer: str = "places") -> dict[str, Any]:
    """What makes a click on the map with this key choose the place in the list whose key is `name`."""

    def take() -> None:
        picked = st.session_state[key]["selection"]["objects"].get(layer, [])
        if picked:
            st.session_state[name] = picked[0]["place_id"]
            _write_choice(name)

    return {"on_select": take, "height": 520}


def warn_of_refused(page: str, library: Library) -> None:
    """Says which values of the address were not understood, before the widgets drop them."""
    for chosen in parameters_of(page):
        _warn(chosen, library)


def _warn(chosen: Parameter, library: Library) -> None:
    written = current_words(chosen.name, st.query_params.get_all(chosen.name))
    bad = unaccepted(chosen, written, library) if written else []
    if bad and chosen.kind != "day":
        said = joined_with_and([f"“{value[:40]}”" for value in bad])
        _say_notice(
            f"{chosen.label}: the address asks for {said}, which does not exist here; the usual view is shown instead.",
            chosen.name,
        )


def _say_notice(text: str, name: str = "view") -> None:
    with st.container(key=f"notice-{name}", border=True):
        st.text(text)


def _widget(chosen: Parameter, library: Library) -> Value:
    default, options = default_of(chosen, library), options_of(chosen, library)
    shared: dict[str, Any] = {"key": chosen.name, "bind": "query-params", "help": chosen.help or None}
    if chosen.kind == "choices":
        shared["default"] = default or None
        taken = (
            st.pills(chosen.label, options, selection_mode="multi", wrap=True, **shared)
            if sum(map(len, options)) <= MOST_IN_SIGHT
            else st.multiselect(chosen.label, options, placeholder="all", width=280, **shared)
        )
        return tuple(option for option in options if option in taken)
    if chosen.kind == "choice" and len(options) <= 3:
        return str(st.segmented_control(chosen.label, options, default=options[0], required=True, **shared))
    if chosen.kind == "choice":
        return str(st.selectbox(chosen.label, options, width=210, **shared))
    if chosen.kind == "years":
        first, last = (int(year) for year in default)
        low, high = st.slider(chosen.label, first, last, (first, last), width=230, **shared)
        return min(int(low), int(high)), max(int(low), int(high))
    if chosen.kind == "number":
        return int(st.slider(chosen.label, *chosen.bounds, int(default), width=320, **shared))
    if chosen.kind == "day":
        return str(st.text_input(chosen.label, placeholder="today, or 2012-07-03", width=210, **shared) or "")
    return str(
        st.text_input(
            chosen.label,
            type="search",
            placeholder="words or a number",
            max_chars=LONGEST_WORDS,
            width=230,
            **shared,
        )
        or ""
    )


def _reset(page: str, library: Library) -> None:
    for chosen in parameters_of(page):
        default = default_of(chosen, library)
        st.query_params.pop(chosen.name, None) if chosen.options_from else None
        st.session_state[chosen.name] = list(default) if chosen.kind == "choices" else default
