"""What stands beside the map? The choice of a place with what is known of it; where none is chosen, four countries with their figures."""

from collections.abc import Sequence
from html import escape

import pandas as pd
import streamlit as st

from components import filters
from components.panels import elements, year_player
from components.panels.catalogue import panel_of
from components.panels.elements import paragraph_html
from components.panels.panel import Panel, cached_with_panel
from components.panels.places import COUNTRY_VIEWS, country_rows, question_for, questions_without_marks, tile_lines
from components.static.inline import link_to_card
from data.query.select import Selection, rows_naming
from data.record.dates import period_in_words
from data.record.load import Library
from data.record.wording import Row, figure_in_words, joined_with_and, records_of_cautions

NAMED_BY_NONE = "No estimate, operation or event that is shown here names this place."
# Shown by the style sheet where it is true.
WITHOUT_WEBGL = "This browser does not draw with WebGL now: the map is flat. Its marks, the list above and the table under Data lead to the same places."


def show(library: Library, selection: Selection) -> None:
    """The select box of the places, by which the map is used without a pointer; under it the chosen one, or the countries."""
    year_player.show(library, selection)
    places = _places_by_id(panel_of("map", library, selection))
    place_id = filters.row_selectbox("place", library, {row_id: row["name"] for row_id, row in places.items()})
    st.html(f'<p class="key without-webgl">{WITHOUT_WEBGL}</p>')
    if place_id in places:
        _place_card(places[place_id], library, selection)
    elif place_id == "none":
        _countries(library, selection)
    else:
        st.info("The chosen place is not among those shown: widen the choices above, or press Reset.")


@cached_with_panel
def _places_by_id(panel: Panel) -> dict[str, Row]:
    return {str(row["place_id"]): row for row in panel.frame.to_dict("records")}


def _place_card(row: Row, library: Library, selection: Selection) -> None:
    """A place: what happened there, what is estimated, who says so; then what kind of place it is, and its cautions."""
    with st.container(key="place-card"):
        st.subheader(row["name"], anchor=False)
        st.button(
            "Back to the countries",
            key="place-none",
            type="tertiary",
            on_click=filters.choose_row,
            args=("place", "none"),
        )
        rows = [_rows_of(table, frame, selection) for table, frame in _naming(library, row["place_id"])]
        st.html("".join(rows) or paragraph_html("key", NAMED_BY_NONE))
        st.html(paragraph_html("key", _kind_of_place(row)))
        elements.cautions(library, records_of_cautions(library, {row["place_id"]}))


def _kind_of_place(row: Row) -> str:
    """What the place was, and how exact its point on the map is."""
    roles = joined_with_and(row["roles"].split(";"))
    is_placed = row["coordinate_precision"] not in ("country", "unidentified")
    point = f"The point is that of a {row['coordinate_precision']}." if is_placed else "No point on the map."
    return f"What happened there: {roles}. {point} {row['note']}".strip()


def _naming(library: Library, place_id: str) -> list[tuple[str, pd.DataFrame]]:
    naming = rows_naming(library, place_id)
    return [(title, naming[table]) for table, title in TITLES.items() if table in naming]


TITLES = {"burial_estimates": "Estimates", "operations": "Operations and exchanges", "events": "Events"}


def _rows_of(title: str, frame: pd.DataFrame, selection: Selection) -> str:
    """The rows of one table as a list, each a link to its card."""
    items = "".join(f"<li>{_line(row, selection)}</li>" for row in frame.to_dict("records"))
    return f'<h4 class="place-part">{escape(title)} ({len(frame):,})</h4><ul class="place-rows">{items}</ul>'


def _line(row: Row, selection: Selection) -> str:
    """A row in a line: when, what, and who says so."""
    when = period_in_words(row.get("start", ""), row.get("end", row.get("date")) or "")
    what = row["title"] if "title" in row else f"{row.get('measure') or row['kind']}{_number_of(row)}"
    link = escape(link_to_card(next(iter(row.values())), selection))
    planned = f" ({row['status']})" if row.get("status", "happened") != "happened" else ""
    text = f'<a href="{link}">{escape(what)}</a>{escape(planned)}'
    return f'{text} <span class="key">{escape(", ".join(part for part in (when, row["attributed_to"]) if part))}</span>'


def _number_of(row: Row) -> str:
    return f": {figure_in_words(row)}" if row["qualifier"] else ""


def _countries(library: Library, selection: Selection) -> None:
    """The four countries with their figures; pressing a name opens its part of the map and its rows alone."""
    with st.container(key="countries", horizontal=True):
        for country in COUNTRY_VIEWS:
            rows = country_rows(library, country)
            with st.container(key=f"country-{country.lower().replace(' ', '-')}"):
                is_chosen = tuple(selection.get("country", library)) == (country,)
                st.button(
                    country,
                    key=f"press-{country.lower().replace(' ', '-')}",
                    type="primary" if is_chosen else "secondary",
                    icon=":material/zoom_in:",
                    width="stretch",
                    on_click=_press_country,
                    args=(library, selection, country, is_chosen),
                )
                st.html("".join(_figures(rows, selection)) or paragraph_html("key", "No figure by that day."))
    chosen = tuple(selection.get("country", library))
    if len(chosen) == 1:
        _nothing_to_show(library, selection, chosen[0])


def _nothing_to_show(library: Library, selection: Selection, country: str) -> None:
    """Which questions have no mark in the chosen country."""
    questions = [f"“{question}”" for question in questions_without_marks(library, selection, country)]
    if questions:
        st.html(paragraph_html("key", f"No place in {country} is on the map under {joined_with_and(questions)}."))


def _figures(rows: Sequence[Row], selection: Selection) -> list[str]:
    """Figures of a country, each number a link to its card; numbers that one person gives of one thing share their words."""
    words: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        number, what, said = tile_lines(row)
        link = escape(link_to_card(row["figure_id"], selection))
        words.setdefault((what, said), []).append(f'<a href="{link}"><b>{escape(number)}</b></a>')
    return [
        f'<p class="country-figure">{", ".join(links)} {escape(what)} <span class="key">{escape(said)}</span></p>'
        for (what, said), links in words.items()
    ]


def _press_country(library: Library, selection: Selection, country: str, is_chosen: bool) -> None:
    if not is_chosen:
        st.session_state["layer"] = question_for(library, selection, country)
    st.session_state["country"] = [] if is_chosen else [country]
    st.session_state["view"] = "peninsula" if is_chosen else COUNTRY_VIEWS[country]
