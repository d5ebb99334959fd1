"""How does a reader download, cite or present a panel? One dialog: its files, address, citations, code and pictures."""

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
from data.query.address import ROOT, WAITING_ROOT, path_of_rows
from data.query.path import step_of
from data.query.select import Selection
from data.query.views import View
from data.record.load import Library
from data.record.rules import DATE_COLUMNS

REQUESTED = "panel_to_take"
DATE_NAMES = (*DATE_COLUMNS, "source_published")
DOCUMENTS = (
    (ONE_FILE, "One page", "Chart, table and sources as one HTML file that opens without a network."),
    (SLIDES, "Slide", "PowerPoint: a chart that can be edited, sources and citations in the notes."),
    ("png", "PNG", "A picture for a page or a slide, with title and source inside."),
    ("svg", "SVG", "The same picture, sharp at any size."),
)
WHERE_IT_WORKS = "The picture works on any site. The frame works only on sites that the host of this dashboard allows."


def button(panel: Panel) -> None:
    """The button at the foot of a panel that opens its downloads."""
    st.button(
        "Share and download",
        key=f"{panel.key}-take",
        icon=":material/download:",
        on_click=_request,
        args=(panel.view, panel.selection),
    )


def _request(view: View, selection: Selection) -> None:
    st.session_state[REQUESTED] = (view, selection)


def open_requested(library: Library) -> None:
    """Opens the requested dialog, once."""
    request = st.session_state.pop(REQUESTED, None)
    if request:
        view, selection = request
        _dialog(panel_at(view, library, selection))


@st.dialog("Share and download", width="large")
def _dialog(panel: Panel) -> None:
    extract = Extract(panel.view, panel.library, panel.selection, host())
    with st.container(key="take"):
        st.subheader(panel.title, anchor=False)
        paragraph("key", f"{panel.holding}. Every file holds exactly these rows, and its name shows your choices.")
        _present_or_keep(panel)
        st.html(_files(panel))
        st.subheader("Address of these rows", anchor=False)
        st.code(extract.address("csv"), language=None, wrap_lines=True)
        st.subheader("Show it on another site", anchor=False)
        paragraph("key", WHERE_IT_WORKS)
        _tabs(
            {
                "Picture": partial(_code, as_picture(panel, extract), "html"),
                "Frame": partial(_code, as_frame(panel, extract), "html"),
            }
        )
        citations([extract.reference])
        st.subheader("Read them in pandas or R", anchor=False)
        _tabs({"pandas": partial(_code, in_pandas(extract), "python"), "R": partial(_code, in_r(extract), "r")})


def _present_or_keep(panel: Panel) -> None:
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
        if st.button(
            "Add to my presentation",
            key="take-keep",
            icon=":material/playlist_add:",
            on_click=presenter_state.add_step,
            args=(step,),
        ):
            presenter_state.say_added()


def citations(references: list[cite.Reference]) -> None:
    """The citation of these references in each style and format, in tabs, to be copied."""
    st.subheader("How to cite this", anchor=False)
    texts: dict[str, str] = {style: cite.styled(references, style)[0] for style in cite.STYLES}
    texts |= {name: cite.CITATIONS[name][2](references).strip() for name in ("BibTeX", "RIS")}
    _tabs({name: partial(_code, text) for name, text in texts.items()})


def _tabs(contents: dict[str, Callable[[], None]]) -> None:
    for tab, show in zip(st.tabs(list(contents)), contents.values(), strict=True):
        with tab:
            show()


def _code(text: str, language: str | None = None) -> None:
    st.code(text, language=language, wrap_lines=True)


def as_picture(panel: Panel, extract: Extract) -> str:
    """The HTML that shows a panel's picture on any page, with its words for those who do not see it."""
    return f'<img src="{escape(extract.short_address("png"))}" alt="{escape(panel.alt)}" style="max-width: 100%">'


def as_frame(panel: Panel, extract: Extract) -> str:
    """The HTML that shows a panel as a page in a frame: chart, table and sources."""
    address = escape(extract.short_address(ONE_FILE))
    return f'<iframe src="{address}" title="{escape(panel.title)}" width="100%" height="720"></iframe>'


def in_pandas(extract: Extract) -> str:
    """Three lines of Python that fetch just these rows: dates stay as precise as they are, a missing number is missing."""
    kinds = {field["name"]: field["type"] for field in extract.fields}
    numbers = {name: "" for name, kind in kinds.items() if kind != "string"}
    types = {name: "str" for name in kinds if name in DATE_NAMES}
    types |= {name: "Int64" for name, kind in kinds.items() if kind == "integer"}
    return f'import pandas as pd\naddress = "{extract.address("csv")}"\nrows = pd.read_csv(address, dtype={types}, keep_default_na=False, na_values={numbers})'


def in_r(extract: Extract) -> str:
    """Three lines of R that fetch just these rows."""
    dates = ", ".join(f'{field["name"]} = "character"' for field in extract.fields if field["name"] in DATE_NAMES)
    classes = f", colClasses = c({dates})" if dates else ""
    return f'address <- "{extract.address("csv")}"\nrows <- read.csv(address, na.strings = "", encoding = "UTF-8"{classes})\nstr(rows)'


def _files(panel: Panel) -> str:
    items = [
        _item(_link(panel, form.extension), name, form.description)
        for name, form in FORMATS.items()
        if form.holds(panel.table)
    ]
    for extension, name, description in DOCUMENTS:
        items.append(_item(_link(panel, extension), name, description))
    return f'<ul class="files">{"".join(items)}</ul><p class="key" role="status"></p>'


def _link(panel: Panel, extension: str) -> str:
    """The address of a file, from wherever the dashboard is mounted, and the one that says what it waits for."""
    path = path_of_rows(panel.view, panel.selection, panel.library, extension, looks=True)
    waiting = path.replace(ROOT, WAITING_ROOT, 1)
    return f'href="{escape(path.lstrip("/"))}" data-waiting="{escape(waiting.lstrip("/"))}" download'


def _item(attributes: str, name: str, description: str) -> str:
    return f'<li><a class="file" {attributes}>{escape(name)}</a><span class="key">{description}</span></li>'
