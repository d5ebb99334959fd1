"""How is what is on the screen taken away? Files, address, citation, code and pictures of one panel, in one dialog."""

from collections.abc import Callable
from functools import partial
from html import escape

import streamlit as st

from components import presenter_state
from components.panels.catalogue import panel_at
from components.panels.elements import host, paragraph
from components.panels.panel import Panel
from data.files import cite
from data.files.described import ONE_FILE, SLIDES
from data.files.export import FORMATS
from data.files.extract import Extract
from data.query.address import path_of_rows
from data.query.path import step_of
from data.query.select import Selection
from data.query.views import View
from data.record.load import Library
from data.record.rules import DATE_COLUMNS

PENDING = "panel_to_take"
DATES = (*DATE_COLUMNS, "source_published")
DRAWN = (
    (ONE_FILE, "One page", "Chart, table and sources as one HTML file that opens without a network."),
    (SLIDES, "Slide", "PowerPoint: a chart that can be edited, sources and citations in the notes."),
)


def button(panel: Panel) -> None:
    """The button at the foot of a panel that opens all ways to take it away."""
    st.button(
        "Download, cite, present",
        key=f"{panel.key}-take",
        icon=":material/download:",
        on_click=_ask_for,
        args=(panel.view, panel.selection),
    )


def _ask_for(view: View, selection: Selection) -> None:
    st.session_state[PENDING] = (view, selection)


def open_requested(library: Library) -> None:
    """Opens the dialog that was asked for, once."""
    asked = st.session_state.pop(PENDING, None)
    if asked:
        view, selection = asked
        _dialog(panel_at(view, library, selection))


@st.dialog("Take it away", width="large")
def _dialog(panel: Panel) -> None:
    extract = Extract(panel.view, panel.library, panel.selection, host())
    with st.container(key="take"):
        st.subheader(panel.title, anchor=False)
        paragraph("key", f"{panel.showing}. Every file holds exactly these rows; its name says the choices.")
        _keep(panel)
        st.html(_files(panel))
        st.subheader("Address of these rows", anchor=False)
        st.code(extract.address("csv"), language=None, wrap_lines=True)
        citations([extract.reference])
        st.subheader("Fetch them in a notebook", anchor=False)
        _tabs({"pandas": partial(_code, in_pandas(extract), "python"), "R": partial(_code, in_r(extract), "r")})


def _keep(panel: Panel) -> None:
    step = step_of(panel.view, panel.selection, panel.library)
    with st.container(key="take-present", horizontal=True):
        if st.button(
            "Present it",
            key="take-present-it",
            icon=":material/slideshow:",
            on_click=presenter_state.turn_on,
            args=(panel.key,),
        ):
            st.rerun()  # out of the dialog, into the presenter view
        st.button(
            "Keep in the path",
            key="take-keep",
            icon=":material/playlist_add:",
            on_click=presenter_state.add_step,
            args=(step,),
        )


def citations(references: list[cite.Reference]) -> None:
    """A citation in the styles and formats of readers: tabs, each to be copied."""
    st.subheader("How to cite this", anchor=False)
    ways: dict[str, str] = {style: cite.styled(references, style)[0] for style in cite.STYLES}
    ways |= {name: cite.CITATIONS[name][2](references).strip() for name in ("BibTeX", "RIS")}
    _tabs({name: partial(_code, text) for name, text in ways.items()})


def _tabs(ways: dict[str, Callable[[], None]]) -> None:
    for tab, show in zip(st.tabs(list(ways)), ways.values(), strict=True):
        with tab:
            show()


def _code(text: str, language: str | None = None) -> None:
    st.code(text, language=language, wrap_lines=True)


def in_pandas(extract: Extract) -> str:
    """Three lines of Python that fetch just these rows: dates stay as precise as they are, a missing number is missing."""
    names = {entry["name"]: entry["type"] for entry in extract.fields}
    numbers = {name: "" for name, kind in names.items() if kind != "string"}
    types = {name: "str" for name in names if name in DATES}
    types |= {name: "Int64" for name, kind in names.items() if kind == "integer"}
    return f'import pandas as pd\naddress = "{extract.address("csv")}"\nrows = pd.read_csv(address, dtype={types}, keep_default_na=False, na_values={numbers})'


def in_r(extract: Extract) -> str:
    """Three lines of R that fetch just these rows."""
    dates = ", ".join(f'{entry["name"]} = "character"' for entry in extract.fields if entry["name"] in DATES)
    classes = f", colClasses = c({dates})" if dates else ""
    return f'address <- "{extract.address("csv")}"\nrows <- read.csv(address, na.strings = "", encoding = "UTF-8"{classes})\nstr(rows)'


def _files(panel: Panel) -> str:
    items = [
        _item(f'href="{_href(panel, chosen.extension)}" download', name, chosen.description)
        for name, chosen in FORMATS.items()
        if chosen.holds(panel.table)
    ]
    for extension, name, told in DRAWN:
        items.append(_item(f'href="{_href(panel, extension)}" download', name, told))
    if panel.is_drawn:
        for name, told in (
            ("PNG", "A picture for a page or a slide."),
            ("SVG", "The same picture, sharp at any size."),
        ):
            look = f'href="{_href(panel, ONE_FILE)}" data-picture="{name.lower()}" data-figure="{_href(panel, "figure")}" data-library="assets/plotly.min.js"'
            items.append(_item(look, name, f'{told} <span role="status"></span>'))
    return f'<ul class="files">{"".join(items)}</ul>'


def _href(panel: Panel, extension: str) -> str:
    """The address of a file, from wherever the dashboard is mounted."""
    return escape(path_of_rows(panel.view, panel.selection, panel.library, extension, looks=True).lstrip("/"))


def _item(look: str, name: str, told: str) -> str:
    return f'<li><a class="file" {look}>{escape(name)}</a><span class="key">{told}</span></li>'
