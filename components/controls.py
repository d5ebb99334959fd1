"""What can be chosen on this page? Widgets made from the parameter table, each bound to the address."""

from typing import Any

import streamlit as st

from data.load import Library
from data.params import Parameter, Value, default_of, options_of, parameters_of, refused
from data.say import sentence_list
from data.select import Selection

NOTICES = "refused_in_address"


def filters(page: str, library: Library, hidden: tuple[str, ...] = ()) -> Selection:
    """The page's widgets in a row with a reset button; what they say is given as a Selection.

    Parameters in `hidden` are left to the page, which shows them elsewhere with `choose`.
    """
    shown = [chosen for chosen in parameters_of(page) if chosen.name not in hidden]
    warn_of_refused(page, library)
    with st.container(key="filters", horizontal=True, vertical_alignment="bottom"):
        values = {chosen.name: _widget(chosen, library) for chosen in shown}
        st.button("Reset", key="reset", on_click=_reset, args=(page, library))
    return Selection(page, values)


def choose(name: str, page: str, library: Library, labels: dict[str, str], **look: Any) -> str:
    """A list of rows under their titles, the chosen one's id in the address; "none" where none is chosen.

    Not bound like the other widgets: a bound list would put the title into the address instead of the id.
    """
    chosen = next(candidate for candidate in parameters_of(page) if candidate.name == name)
    known = options_of(chosen, library)
    written = st.query_params.get(name, known[0])
    if name not in st.session_state:
        st.session_state[name] = written if written in known else known[0]
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


def _write_choice(name: str) -> None:
    if st.session_state[name] == "none":
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = st.session_state[name]


def picked_on_map(name: str, key: str, layer: str = "places") -> dict[str, Any]:
    """What makes a click on the map with this key choose the place in the list whose key is `name`."""

    def take() -> None:
        picked = st.session_state[key]["selection"]["objects"].get(layer, [])
        if picked:
            st.session_state[name] = picked[0]["place_id"]
            _write_choice(name)

    return {"on_select": take, "height": 520}


def picked_on_chart(name: str, key: str) -> dict[str, Any]:
    """What makes a click on a mark of the chart with this key choose its row in the list whose key is `name`."""

    def take() -> None:
        points = st.session_state[key]["selection"]["points"]
        if points:
            data = points[0]["customdata"]
            st.session_state[name] = data if isinstance(data, str) else data[0]
            _write_choice(name)

    return {"on_select": take, "selection_mode": "points"}


def warn_of_refused(page: str, library: Library) -> None:
    """Says which values of the address were not understood, once, before the widgets drop them."""
    for chosen in parameters_of(page):
        written = st.query_params.get_all(chosen.name)
        bad = refused(chosen, written, library) if written else []
        if bad:
            said = sentence_list([f"“{value[:40]}”" for value in bad])
            st.session_state[NOTICES] = {
                **st.session_state.get(NOTICES, {}),
                chosen.name: (
                    page,
                    f"{chosen.label}: the address asks for {said}, which does not exist here; all is shown instead.",
                ),
            }
    for told_on, notice in st.session_state.pop(NOTICES, {}).values():
        if told_on == page:
            with st.container(key="notice", border=True):
                st.text(notice)


def _widget(chosen: Parameter, library: Library) -> Value:
    default, options = default_of(chosen, library), options_of(chosen, library)
    shared: dict[str, Any] = {"key": chosen.name, "bind": "query-params", "help": chosen.help or None}
    if chosen.kind == "choices":
        return tuple(st.multiselect(chosen.label, options, placeholder="all", width=210, **shared))
    if chosen.kind == "choice" and len(options) <= 3:
        return str(st.segmented_control(chosen.label, options, default=options[0], required=True, **shared))
    if chosen.kind == "choice":
        return str(st.selectbox(chosen.label, options, width=210, **shared))
    if chosen.kind == "years":
        first, last = (int(year) for year in default)
        low, high = st.slider(chosen.label, first, last, (first, last), width=230, **shared)
        return int(low), int(high)
    return str(st.text_input(chosen.label, type="search", placeholder="words or a number", width=230, **shared) or "")


def _reset(page: str, library: Library) -> None:
    for chosen in parameters_of(page):
        default = default_of(chosen, library)
        st.query_params.pop(chosen.name, None) if chosen.options_from else None
        st.session_state[chosen.name] = list(default) if chosen.kind == "choices" else default
