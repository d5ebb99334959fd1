"""What is under a drawing? One quiet row: what is shown and its source, the rows, notes and sources that unfold in place, the ways out."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from components.panels import download_dialog, elements, rows
from components.panels.elements import paragraph_html
from components.panels.panel import Panel, cached_with_panel
from components.static.inline import link_to_card
from data.record.dates import date_in_words
from data.record.wording import Row


def show_foot(panel: Panel) -> None:
    """The quiet row of a panel, and what the reader has unfolded of it."""
    parts = parts_of(panel)
    with st.container(key=f"{panel.key}-foot", horizontal=True, vertical_alignment="center"):
        st.html(f'<div class="foot">{paragraph_html("key showing", panel.showing + ".")}{_source(panel)}</div>')
        opened = st.pills(
            f"Unfold more on “{panel.title}”",
            list(parts),
            selection_mode="multi",
            format_func=lambda part: f"{part} ({parts.get(part, 0):,})",
            key=f"{panel.key}-fold",
            label_visibility="collapsed",
            width="content",
        )
        download_dialog.button(panel)
    for part in opened:
        with st.container(key=f"{panel.key}-{part.lower()}"):
            CONTENTS[part](panel)


def parts_of(panel: Panel) -> dict[str, int]:
    """What can be unfolded, with the number of its entries; a table that is in sight anyway is not among it."""
    is_folded = panel.is_drawn or bool(panel.drawn.html)
    counts = {
        "Data": len(panel.frame) * is_folded,
        "Notes": len(panel.cautions) + bool(_note(panel)),
        "Sources": len(panel.documents),
    }
    return {name: count for name, count in counts.items() if count}


def _source(panel: Panel) -> str:
    return paragraph_html("source", panel.short_source)


def _note(panel: Panel) -> str:
    return f"{panel.drawn.note} {panel.drawn.hint}".strip()


def _show_data(panel: Panel) -> None:
    rows.show_rows(panel)


def _show_notes(panel: Panel) -> None:
    st.html(_notes_in_html(panel))


@cached_with_panel
def _notes_in_html(panel: Panel) -> str:
    cautions = "".join(elements.caution_html(panel.library, row) for row in panel.cautions)
    return f'<div class="notes">{paragraph_html("key", _note(panel))}{cautions}</div>'


def _show_sources(panel: Panel) -> None:
    st.html(_sources_in_html(panel))


@cached_with_panel
def _sources_in_html(panel: Panel) -> str:
    sources = {row["source_id"]: row for row in panel.library["sources"].to_dict("records")}
    items = "".join(_document([sources[source_id] for source_id in named], panel) for named in panel.documents)
    return f'<div class="notes">{paragraph_html("key", panel.source)}<ul class="documents">{items}</ul></div>'


def _document(sources: Sequence[Row], panel: Panel) -> str:
    """A document by its title, which leads to its card, its publisher and its day; its other versions by their days."""
    first, *others = sources
    where = ", ".join(part for part in (first["publisher"], _day_of(first)) if part)
    versions = "".join(f"; {_link(row, panel, _day_of(row))}" for row in others)
    return f'<li>{_link(first, panel, first["title"])} <span class="key">{escape(where)}</span>{versions}</li>'


def _day_of(source: Row) -> str:
    return date_in_words(source["published"]) if source["published"] else "no publication date printed"


def _link(source: Row, panel: Panel, text: str) -> str:
    return f'<a href="{escape(link_to_card(source["source_id"], panel.selection))}">{escape(text)}</a>'


CONTENTS = {"Data": _show_data, "Notes": _show_notes, "Sources": _show_sources}
