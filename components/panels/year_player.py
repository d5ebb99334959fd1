"""What had joint operations recovered by the end of each year? Buttons over the map that step through the years; they set the filter of years, which the drawing, the files and the print copy obey alike."""

from html import escape

import streamlit as st

from components.panels.catalogue import panel_of
from components.panels.panel import Panel, cached_with_panel
from data.query.compute import sums_by_year
from data.query.params import default_of, parameter_named
from data.query.select import Selection, joint_recoveries
from data.record.load import Library
from data.record.wording import number_with_noun

# A script plays it by pressing the button of the next year; the style sheet hides it where motion is not wanted.
PLAY = '<button type="button" class="play-years" aria-pressed="false">Play</button>'
Years = tuple[int, int]


def show(library: Library, selection: Selection) -> None:
    """Back, play and next, and what had been recovered by then; nothing where the question is another one."""
    panel = panel_of("map", library, selection)
    years = _years(panel)
    if selection.get("layer", library) != "Where recovered" or not years:
        return
    chosen: Years = selection.get("years", library)
    before, after = step(years, chosen, -1), step(years, chosen, 1)
    with st.container(key="year-player", horizontal=True, vertical_alignment="center"):
        _button("Earlier", "year-back", before)
        st.html(PLAY, width="content")
        _button("Later", "year-next", after)
        _button("All years", "year-all", default_of(parameter_named("years"), library))
        st.html(f'<p class="key" role="status">{escape(_by_then(panel))}</p>', width="content")


def _button(label: str, key: str, years: Years | None) -> None:
    st.button(label, key=key, disabled=years is None, on_click=_set_years, args=(years,))


def _set_years(years: Years) -> None:
    st.session_state["years"] = years


@cached_with_panel
def _years(panel: Panel) -> list[int]:
    return years_of_operations(panel.library, panel.selection)


@cached_with_panel
def _by_then(panel: Panel) -> str:
    return recovered_by_then(panel.library, panel.selection)


def years_of_operations(library: Library, selection: Selection) -> list[int]:
    """The years in which joint operations ended that printed a number, whatever years are chosen."""
    whole = Selection(selection.page, {name: value for name, value in selection.values.items() if name != "years"})
    sums = sums_by_year(joint_recoveries(library, whole))
    return sorted({int(year) for year in sums["year"]})


def step(years: list[int], chosen: Years, way: int) -> Years | None:
    """The choice one year on or back: from the first year of operations to that year; None where there is no more."""
    first, last = years[0], years[-1]
    if chosen[0] != first or chosen[1] > last:
        return (first, first) if way > 0 else (first, last)
    year = chosen[1] + way
    return (first, year) if first <= year <= last else None


def recovered_by_then(library: Library, selection: Selection) -> str:
    """What the joint operations of the chosen years add up to."""
    operations = joint_recoveries(library, selection)
    first, last = selection.get("years", library)
    counted = number_with_noun(len(operations), "row")
    sets = number_with_noun(int(operations["value"].sum()), "set")
    return f"{first} to {last}: {sets} of remains, added up here from {counted} on operations (computed)"
