"""What does a room see? One panel at a time filling the screen, with its source and its day, and buttons back and on.

A page is presented at its own address with `present=1`, a path at its address with `present=1` and `step`. The choices
of the page stay rendered, out of sight: a choice that is not rendered would leave the address.
"""

from collections.abc import Callable
from html import escape
from typing import NamedTuple

import plotly.graph_objects as go
import streamlit as st

from components import assets, filters, presenter_state, theme
from components.charts.enlarge import enlarged
from components.charts.payload import ChartPayload
from components.exports.picture import as_of_line
from components.frame import view_bar
from components.panels import own_figures, rows
from components.panels.catalogue import panel_at
from components.panels.findings import finding_of, reading_of, title_of
from components.panels.html_table import static_table
from components.panels.panel import Panel
from components.panels.rail import legend_of
from components.panels.then_and_now import changed_table
from components.panels.tiles import since_the_brief
from components.presenter_state import PANEL, PATH, STEP
from data.query.address import Refusal
from data.query.disagreements import newest_disagreement
from data.query.names import with_names
from data.query.params import is_number, parameter_named, parameters_of
from data.query.path import Path, PathBroken, decode_path
from data.query.select import Selection, filters_in_words
from data.query.views import parameter_names, views_shown
from data.record.load import Library
from data.record.wording import Row, as_of_in_words, caveats_of, hedge_and_number, name_of_series, unit_in_words

# On a screen of 1080 lines, to which others are in proportion (presenter.css): type of 12 pixels must come to 18; a chart
# that is lower than the room it has there is made larger still, up to a limit.
ENLARGEMENT, MOST_ENLARGEMENT, STAGE_HEIGHT = 1.5, 2.2, 820
MAP_ENLARGEMENT = 5 / 3  # of the flat map, which takes all of a laptop's width: its words come to 14 pixels there
MOST_ROWS = 40
# With a second key: a letter alone would act on readers who speak to their machine or type with a switch.
SHORTCUT = "Alt+P"


# Tables of their own that a screen holds whole.
WHOLE_ON_STAGE = ("origins", "claims")


class Scene(NamedTuple):
    """What fills the screen: a panel, or a sentence where there is none, with its title. The speaker's notes are elsewhere."""

    panel: Panel | None
    title: str
    sentence: str = ""


# Opens the scene at a position, counted from 0. For use in callbacks.
GoTo = Callable[[int], None]


def present_button() -> None:
    """The button that turns the presenter view on, by mouse or by its key."""
    st.button(
        "Present", key="present-begin", icon=":material/slideshow:", shortcut=SHORTCUT, on_click=presenter_state.turn_on
    )


def show_presenter(page: str) -> None:
    """The presenter view of a page, or of the path in the address."""
    st.html(f"<style>{assets.text('presenter.css')}</style>")
    if page == PATH:
        _show_path()
    else:
        _show_page(page)


def _show_page(page: str) -> None:
    library, selection = _hidden_filters(page)
    views = views_shown(page, library, selection)
    keys = [view.key for view in views]
    requested = st.query_params.get(PANEL)
    at = keys.index(requested) if requested in keys else 0
    panel = panel_at(views[at], library, selection)
    show_scene(Scene(panel, title_of(panel)), at, len(keys), _panel_opener(keys))


def _hidden_filters(page: str) -> tuple[Library, Selection]:
    """The library in view and the choices in force, their widgets rendered out of sight so that the address keeps them."""
    with st.container(key="kept-choices"):
        view_bar.warn_of_unread()
        view_bar.show_choices()
        view_bar.warn_of_empty_view()
        library = filters.library_in_view()
        outside_row = tuple(one.name for one in parameters_of(page) if one.options_from or one.kind == "number")
        selection = filters.filter_row(page, library, hidden=outside_row)
        more: dict[str, object] = {}
        if "pace" in outside_row:
            more["pace"] = filters.number_slider("pace", library)
        if "disagreement" in outside_row:
            more["disagreement"] = st.query_params.get("disagreement", newest_disagreement(library))
    return library, Selection(page, {**selection.values, **more})


def _panel_opener(keys: list[str]) -> GoTo:
    def go_to(at: int) -> None:
        st.query_params[PANEL] = keys[at]

    return go_to


def _show_path() -> None:
    text = st.query_params.get(PATH, "")
    try:
        path = decode_path(text) if text else presenter_state.path()
    except PathBroken as broken:
        show_scene(Scene(None, "There is no presentation here", str(broken)), 0, 1, _open_step)
        return
    count = max(len(path.steps), 1)
    number = st.query_params.get(STEP, "1")
    at = max(min(int(number) if is_number(number) else 1, count) - 1, 0)
    show_scene(scene_of_path(path, at), at, count, _open_step)


def _open_step(at: int) -> None:
    st.query_params[STEP] = str(at + 1)


def scene_of_path(path: Path, at: int) -> Scene:
    """A step of a path, under its own title or what it finds."""
    if not path.steps:
        return Scene(None, path.title, "This presentation is empty.")
    step = path.steps[at]
    try:
        request = step.read()
    except Refusal as refusal:
        return Scene(None, step.title or path.title, f"This step cannot be shown: {refusal.sentence}")
    panel = panel_at(request.view, request.library, request.selection)
    return Scene(panel, step.title or title_of(panel))


def show_scene(scene: Scene, at: int, count: int, go_to: GoTo) -> None:
    """One screen: title, sentence, drawing, source and day, and the buttons."""
    with st.container(key="stage"):
        st.html(f'<h1 class="stage-title">{escape(scene.title)}</h1>')
        if scene.panel is None:
            st.html(f'<p class="stage-summary">{escape(scene.sentence)}</p>')
        else:
            _sentence(scene.panel, scene.title)
            with st.container(key="stage-drawing"):
                _drawing(scene.panel)
        _footer(scene, at, count, go_to)


def _sentence(panel: Panel, title: str) -> None:
    """Below the title: the topic where the title is what the panel finds, else what the rows say; how to read the drawing."""
    is_said = (title == finding_of(panel) and panel.key != "timeline-panel") or panel.key == "headlines"
    first = f"{panel.title}." if is_said else panel.sentence
    # the rows that a list names are in the title or in the legend
    names = [name for name in parameter_names(panel.view) if not parameter_named(name).names_from]
    filters_in_force = filters_in_words(panel.selection, panel.library, names)
    chosen = f"Chosen: {filters_in_force}." if filters_in_force else ""
    line = " ".join(text for text in (first, reading_of(panel), chosen) if text)
    st.html(f'<p class="stage-summary">{escape(line)}</p>')


def _drawing(panel: Panel) -> None:
    if panel.frame.empty:
        return
    if panel.key == "headlines":
        tiles = "".join(_tile(row, panel.library) for row in panel.frame.to_dict("records"))
        st.html(f'<div class="stage-tiles" tabindex="0" role="region" aria-label="{escape(panel.title)}">{tiles}</div>')
        return
    if not panel.is_drawn:
        st.html(_table_on_stage(panel))
        return
    if panel.drawn.deck_for:
        _map(panel)
        return
    overlay = own_figures.overlay_of(panel)
    figure = overlay.figure if overlay else panel.drawn.figure
    assert figure is not None, "what is drawn has a figure"
    # of charts side by side the legend is above, since Plotly leaves its own where it was when a screen becomes smaller
    is_compared = panel.key == "explore"
    if is_compared:
        st.html(f'<div class="stage-series">{legend_of(figure)}</div>')
    _chart(ChartPayload(enlarged(figure, enlargement_of(figure)), has_legend=not is_compared), panel)
    if overlay:
        st.html(f'<p class="stage-source">{escape(own_figures.sentence_on(overlay))}</p>')


def _map(panel: Panel) -> None:
    """The map that moves, and the flat one that takes its place where no WebGL is; each with its legend under it."""
    drawn = panel.drawn
    assert drawn.deck_for and drawn.flat, "a map has both drawings"
    st.pydeck_chart(drawn.deck_for("stage"), height="stretch", key=f"stage-{panel.key}-deck", alt=panel.alt)
    st.html(f'<div class="stage-legend">{drawn.rail}</div>')
    figure = drawn.flat("stage", is_bare=True)
    _chart(ChartPayload(enlarged(figure, MAP_ENLARGEMENT), has_legend=False), panel)
    st.html(f'<div class="stage-legend without-webgl">{legend_of(figure)}</div>')


def _chart(payload: ChartPayload, panel: Panel) -> None:
    key = f"stage-{panel.key}"
    st.plotly_chart(
        payload,
        theme=None,
        width="stretch",
        height="stretch",
        config=theme.PLOT_CONFIG,
        key=key,
        alt=panel.alt,
        **rows.card_on_click(key),
    )


def _table_on_stage(panel: Panel) -> str:
    """What stands for a panel without a chart: its own table where a screen holds that, else its first rows."""
    own = panel.drawn.html if panel.key in WHOLE_ON_STAGE else ""
    return changed_table(panel) or own or static_table(panel, MOST_ROWS)


def enlargement_of(figure: go.Figure) -> float:
    """How many times as large a chart is drawn: one that is low fills the screen by larger type rather than by air."""
    return min(max(ENLARGEMENT, STAGE_HEIGHT / float(figure.layout.height)), MOST_ENLARGEMENT)


def _tile(row: Row, library: Library) -> str:
    """A headline figure across a part of the screen."""
    hedge, number = hedge_and_number(row)
    source = f"{as_of_in_words(row)}: {row['attributed_to']}"
    lines = {
        "name": name_of_series(row),
        "hedge": hedge,
        "number": number,
        "unit": unit_in_words(row),
        "since": since_the_brief(library, row),
        "attribution": f"{source[:1].upper()}{source[1:]}{caveats_of(row)}",
    }
    paragraphs = [f'<p class="{name}">{escape(text)}</p>' for name, text in lines.items()]
    return f"<div>{''.join(paragraphs)}</div>"


def _footer(scene: Scene, at: int, count: int, go_to: GoTo) -> None:
    with st.container(key="stage-foot", horizontal=True, vertical_alignment="center"):
        if scene.panel is not None:
            panel = scene.panel
            source = f"{with_names(panel.library, panel.source)} " if panel.source else ""
            st.html(
                f'<p class="stage-source" tabindex="0" role="group" aria-label="Sources and day">{escape(source)}{escape(as_of_line(panel))}</p>'
            )
        with st.container(key="stage-ways", horizontal=True, vertical_alignment="center"):
            st.button(
                "Back",
                key="stage-back",
                icon=":material/arrow_back:",
                shortcut="Left",
                disabled=at == 0,
                on_click=go_to,
                args=(at - 1,),
            )
            st.html(f'<p class="stage-position">{at + 1} of {count}</p>', width="content")
            st.button(
                "Next",
                key="stage-next",
                icon=":material/arrow_forward:",
                shortcut="Right",
                disabled=at + 1 >= count,
                on_click=go_to,
                args=(at + 1,),
            )
            st.button(
                "Leave",
                key="stage-leave",
                icon=":material/close:",
                shortcut=SHORTCUT,
                on_click=presenter_state.turn_off,
            )
