"""What can be chosen on this page? Widgets made from the parameter table, each bound to the address."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import streamlit as st

from data.query.as_of import library_of
from data.query.comparing import labels_of_series
from data.query.former import OF_CHOICES, current_id, current_words
from data.query.params import (
    LONGEST_WORDS,
    Kind,
    Parameter,
    Value,
    bounds_of,
    default_of,
    names_of_options,
    options_of,
    parameter_named,
    parameters_of,
    unaccepted,
)
from data.query.select import Selection
from data.record.dates import date_in_words
from data.record.load import Library, library
from data.record.wording import joined_with_and

# Letters that options may have in all to stand side by side as buttons; with more, they are a list.
MOST_IN_SIGHT = 64


# What unfolds the seldom filters below the row; always the same, so that it stays open while they are used.
MORE_FILTERS = '<details class="filter-toggle"><summary>More filters</summary></details>'
# Days that a calendar offers; nothing in the record was published before the first.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2099, 12, 31)

# How often the reader's browser lost what it had drawn of a map that moves.
MAPS_DRAWN = "maps-drawn-anew"


def library_in_view() -> Library:
    """The Library of the day and the sources that the frame's bar asks for: what every page draws."""
    return library_of(requested_view())[0]


def requested_view() -> dict[str, Value]:
    """The day and the sources that the frame's bar asks for, as choices."""
    day: date | None = st.session_state.get("asof")
    return {"asof": day.isoformat() if day else "", "source": str(st.session_state.get("source") or "all")}


def is_latest() -> bool:
    """Whether all of the record is in view."""
    return requested_view() == {"asof": "", "source": "all"}


def sentence_on_view(view: Mapping[str, Value]) -> str:
    """What the view of another day leaves out; empty where the newest is in view."""
    day = str(view.get("asof") or "")
    if not day:
        return ""
    left_out = library_of(view)[1]
    return f"What was known on {date_in_words(day)}. Left out: {left_out.rows_in_words}. Placed by as-of date (inferred): {left_out.figures_in_words}."


def view_widgets() -> None:
    """The two choices that hold on every page: the day by which something was published, and which sources."""
    for name in ("asof", "source"):
        _widget(parameter_named(name), library())


def filter_row(page: str, library: Library, hidden: tuple[str, ...] = ()) -> Selection:
    """The widgets of a page's parameters in a row with a reset button; the choices made in them.

    Parameters in `hidden` are left to the page, which shows them elsewhere with `row_selectbox` or `number_slider`. Those
    that are seldom used are behind a button that names how many of them are set.
    """
    shown = [parameter for parameter in parameters_of(page) if parameter.name not in hidden]
    warn_of_unaccepted(page, library)
    seldom = [parameter for parameter in shown if parameter.is_seldom or page in parameter.seldom_on]
    with st.container(key="filters", horizontal=True, vertical_alignment="center"):
        values = {parameter.name: _widget(parameter, library) for parameter in shown if parameter not in seldom}
        if seldom:
            st.html(MORE_FILTERS, width="content")
            number_set = st.container(width="content")
        st.button("Reset", key="reset", type="tertiary", on_click=_reset, args=(page, library))
    if seldom:
        with st.container(key="more-filters", horizontal=True, vertical_alignment="center"):
            values |= {parameter.name: _widget(parameter, library) for parameter in seldom}
        with number_set:
            st.html(f'<span class="key">{_number_set(seldom, library)}</span>', width="content")
    return Selection(page, requested_view() | values)


def _number_set(seldom: list[Parameter], library: Library) -> str:
    """How many of the seldom filters are set; empty where none is."""
    count = sum(_is_set(parameter, library) for parameter in seldom)
    return f"{count} set" if count else ""


def _is_set(parameter: Parameter, library: Library) -> bool:
    state = st.session_state.get(parameter.name)
    chosen = tuple(state) if isinstance(state, list) else state
    return bool(chosen) and chosen != default_of(parameter, library)


def row_selectbox(name: str, library: Library, labels: dict[str, str]) -> str:
    """A select box of rows under their titles, the chosen one's id in the address; "none" where none is chosen.

    Not bound like the other widgets: a bound list would put the title into the address instead of the id.
    """
    parameter = parameter_named(name)
    ids = options_of(parameter, library)
    none = ids[0]
    row_id = current_id(library, _word_in_address(name, none))
    _follow_address(name, row_id if row_id in ids else none)
    if row_id not in ids:
        st.query_params.pop(name, None)
    chosen = st.session_state[name]
    options = [none, *labels, *([] if chosen in (none, *labels) else [chosen])]
    return str(
        st.selectbox(
            parameter.label,
            options,
            key=name,
            format_func=lambda option: labels.get(option, option),
            on_change=_write_to_address,
            args=(name,),
        )
    )


def _word_in_address(name: str, otherwise: str) -> str:
    """The word that the address has for a choice, in today's words."""
    written = st.query_params.get(name)
    return otherwise if written is None else current_words(name, [written])[-1]


def _follow_address(name: str, in_address: str | None) -> None:
    """Has a widget that is not bound show what the address names: what a reader chooses is written there before the page
    runs, so that only Back and Forward leave another word there."""
    if name not in st.session_state or st.session_state[name] != in_address:
        st.session_state[name] = in_address


def row_pills(name: str, library: Library, labels: dict[str, str], first: str) -> str:
    """Buttons of rows under their titles, out of sight, which the links of a drawing press; the id of the chosen row.

    `first` is chosen where the address names none.
    """
    row_id = current_id(library, _word_in_address(name, first))
    _follow_address(name, row_id if row_id in labels else None)
    st.pills(
        parameter_named(name).label,
        list(labels),
        key=name,
        format_func=lambda option: labels[option],
        on_change=_write_to_address,
        args=(name,),
    )
    return str(st.session_state[name] or row_id)


def requested_choice(name: str, library: Library) -> str:
    """The word chosen in a widget that the page shows only later: what the address names."""
    parameter = parameter_named(name)
    chosen = _word_in_address(name, "")
    return str(chosen if chosen in options_of(parameter, library) else default_of(parameter, library))


def read_former_words() -> None:
    """Reads choices that the address names in older words as those of today, before their widgets drop the words."""
    for name in OF_CHOICES:
        written = st.query_params.get_all(name)
        words = current_words(name, written)
        if words != written and name not in st.session_state:
            st.session_state[name] = words if parameter_named(name).kind == "choices" else words[-1]


def unfiltered(page: str) -> Selection:
    """The choices of panels that no filter of the page applies to: the day and the sources alone."""
    return Selection(page, requested_view())


def number_slider(name: str, library: Library) -> int:
    """The slider of a number, where the page wants it; its value."""
    return int(_widget(parameter_named(name), library))


def choose_row(name: str, row_id: str) -> None:
    """Chooses a row in the select box of this name, and in the address; "none" for none. For use in callbacks."""
    st.session_state[name] = row_id
    _write_to_address(name)


def _write_to_address(name: str) -> None:
    if st.session_state[name] in ("none", None):
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = st.session_state[name]


def select_on_map(name: str, key: str) -> dict[str, Any]:
    """What makes a press on any mark or word of a place on the map with this key choose it in the select box `name`."""
    presses = f"{key}-presses"

    def choose_place() -> None:
        objects = st.session_state[key]["selection"]["objects"].values()
        picked = [mark["place_id"] for marks in objects for mark in marks if "place_id" in mark]
        if picked:
            choose_row(name, picked[-1])
            st.session_state[presses] = st.session_state.get(presses, 0) + 1

    chosen = current_id(library(), _word_in_address(name, "none"))
    return {
        "on_select": choose_place,
        # of these alone another one has the frontend take a map away and draw it anew
        "selection_mode": ("single-object", "multi-object")[st.session_state.get(MAPS_DRAWN, 0) % 2],
        "height": "stretch",
        "chosen": chosen,
        "presses": st.session_state.get(presses, 0),
    }


def draw_maps_anew() -> None:
    """Has the maps that move drawn anew. For use in callbacks."""
    st.session_state[MAPS_DRAWN] = st.session_state.get(MAPS_DRAWN, 0) + 1


def warn_of_unaccepted(page: str, library: Library) -> None:
    """A notice for each parameter of which the address names values that do not exist, before its widget drops them."""
    for parameter in parameters_of(page):
        warn(parameter, library)


def warn(parameter: Parameter, library: Library) -> None:
    """A notice where the address names values of a parameter that do not exist."""
    written = current_words(parameter.name, st.query_params.get_all(parameter.name))
    values = unaccepted(parameter, written, library) if written else []
    if values:
        quoted = joined_with_and([f"“{value[:40]}”" for value in values])
        notice(
            f"{parameter.label}: this address contains {quoted}, which is not a choice here. The usual view is shown instead.",
            parameter.name,
        )


def notice(text: str, name: str = "view") -> None:
    """A sentence in a frame, on something that is not as the address asks for it."""
    with st.container(key=f"notice-{name}", border=True):
        st.text(text)


def _widget(parameter: Parameter, library: Library) -> Value:
    """The widget of a parameter, bound to the address; its value."""
    shared: dict[str, Any] = {"key": parameter.name, "bind": "query-params", "help": parameter.help or None}
    return WIDGETS[parameter.kind](parameter, library, shared)


def _choices(parameter: Parameter, library: Library, shared: dict[str, Any]) -> Value:
    if parameter.names_from:
        return _named_rows(parameter, library)
    options = options_of(parameter, library)
    shared["default"] = default_of(parameter, library) or None
    picked = (
        st.pills(parameter.label, options, selection_mode="multi", wrap=True, **shared)
        if sum(map(len, options)) <= MOST_IN_SIGHT
        else st.multiselect(parameter.label, options, placeholder="all", width=280, **shared)
    )
    return tuple(option for option in options if option in picked)


def rows_chosen(name: str) -> tuple[str, ...]:
    """The rows chosen in a list of them, by their ids, in the order of the record; of an address, those that exist.

    Not bound like the other lists: a bound one would put the names into the address instead of the ids.
    """
    parameter = parameter_named(name)
    written = st.query_params.get_all(name)
    known = [text for text in options_of(parameter, library()) if text in written][: parameter.most]
    in_address = known if known or written == [""] else list(default_of(parameter, library()))
    if set(st.session_state.get(name, [""])) != set(in_address):
        st.session_state[name] = in_address  # at first, and after Back and Forward
    return _in_order_of_record(name, st.session_state[name])


def _in_order_of_record(name: str, picked: list[str]) -> tuple[str, ...]:
    return tuple(option for option in options_of(parameter_named(name), library()) if option in picked)


def _named_rows(parameter: Parameter, library: Library) -> Value:
    """A list of rows under their names that is searched by typing, no more of them than may be chosen."""
    chosen = rows_chosen(parameter.name)
    labels = labels_of_series(library)
    names = names_of_options(parameter, library)
    st.multiselect(
        parameter.label,
        [*labels, *(option for option in chosen if option not in labels)],
        key=parameter.name,
        format_func=lambda option: labels.get(option, names[option]),
        max_selections=parameter.most,
        placeholder="type a word, and choose one to four",
        on_change=_write_list,
        args=(parameter.name,),
        filter_mode="contains",
        select_all=False,
    )
    _write_list(parameter.name)
    return chosen


def _write_list(name: str) -> None:
    """Writes the rows chosen into the address, in the place of what is there and cannot be shown."""
    chosen = _in_order_of_record(name, st.session_state[name])
    wanted = [] if chosen == default_of(parameter_named(name), library()) else list(chosen) or [""]
    if not wanted:
        st.query_params.pop(name, None)
    elif wanted != st.query_params.get_all(name):
        st.query_params[name] = wanted


def _choice(parameter: Parameter, library: Library, shared: dict[str, Any]) -> Value:
    options = options_of(parameter, library)
    if parameter.is_linked:
        return str(st.pills(parameter.label, options, default=options[0], required=True, **shared))
    if len(options) <= 3 or sum(map(len, options)) <= MOST_IN_SIGHT:
        return str(st.segmented_control(parameter.label, options, default=options[0], required=True, **shared))
    return str(st.selectbox(parameter.label, options, width=210, **shared))


def _years(parameter: Parameter, library: Library, shared: dict[str, Any]) -> Value:
    first, last = (int(year) for year in default_of(parameter, library))
    if first == last:  # a record of one year leaves nothing to choose
        return first, last
    low, high = st.slider(parameter.label, first, last, (first, last), width=230, **shared)
    return min(int(low), int(high)), max(int(low), int(high))


def _number(parameter: Parameter, library: Library, shared: dict[str, Any]) -> Value:
    default = int(default_of(parameter, library))
    return int(st.slider(parameter.label, *bounds_of(parameter), default, width=320, **shared))


def _day(parameter: Parameter, library: Library, shared: dict[str, Any]) -> Value:
    day = st.date_input(parameter.label, None, FIRST_DAY, LAST_DAY, width=210, **shared)
    return day.isoformat() if isinstance(day, date) else ""


def _words(parameter: Parameter, library: Library, shared: dict[str, Any]) -> Value:
    words = st.text_input(
        parameter.label,
        type="search",
        placeholder="words or a number",
        max_chars=LONGEST_WORDS,
        width=230,
        **shared,
    )
    return "" if unaccepted(parameter, [str(words)], library) else str(words or "")


WIDGETS: dict[Kind, Callable[[Parameter, Library, dict[str, Any]], Value]] = {
    "choices": _choices,
    "choice": _choice,
    "years": _years,
    "number": _number,
    "day": _day,
    "words": _words,
}


def _reset(page: str, library: Library) -> None:
    for parameter in parameters_of(page):
        default = default_of(parameter, library)
        st.query_params.pop(parameter.name, None) if parameter.options_from or parameter.names_from else None
        st.session_state[parameter.name] = list(default) if parameter.kind == "choices" else default
