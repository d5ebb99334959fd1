"""What do cards, panels and pages share? Small elements of text: the facts of a row, cautions, a line, a paragraph."""

from html import escape

import streamlit as st

from data.query.names import name_of_row, with_names
from data.record.load import Library
from data.record.wording import Row


def facts(row: Row, library: Library, table: str) -> None:
    """All that a row holds, each cell under the title of its column in the dictionary."""
    cells = [(field["title"], row[field["name"]]) for field in library.fields(table)]
    entries = "".join(
        f"<dt>{escape(title)}</dt><dd>{escape(str(value))}</dd>"
        for title, value in cells
        if str(value) not in ("", "<NA>", "nan", "None")
    )
    st.html(f'<dl class="facts">{entries}</dl>')


def cautions(library: Library, rows: list[Row], opened: bool = False) -> None:
    """Cautions, folded away with their number in sight; nothing where there are none."""
    if rows:
        st.html(cautions_html(library, rows, opened))


def cautions_html(library: Library, rows: list[Row], opened: bool = False) -> str:
    """Cautions in HTML, folded away with their number in sight; empty where there are none."""
    if not rows:
        return ""
    summary = f"{len(rows)} thing{'' if len(rows) == 1 else 's'} to know"
    texts = "".join(caution_html(library, row) for row in rows)
    return f'<details class="disclosure"{" open" * opened}><summary>{summary}</summary><div>{texts}</div></details>'


def caution_html(library: Library, row: Row) -> str:
    """A caution as a marked paragraph, with the rows it touches."""
    rows, sources = (_named(library, row[name]) for name in ("row_ids", "source_ids"))
    return f'<div class="caution"><b>{escape(row["title"])}</b> ({escape(row["kind"])})<br>{escape(with_names(library, row["text"]))}<br><span class="source">About: {rows}. Source: {sources}.</span></div>'


def _named(library: Library, ids: str) -> str:
    """Rows by their names, each once."""
    return escape("; ".join(dict.fromkeys(name_of_row(library, row_id) for row_id in ids.split(";"))))


def paragraph(css_class: str, text: str) -> None:
    """A paragraph in one of the styles of the theme."""
    st.html(paragraph_html(css_class, text))


def paragraph_html(css_class: str, text: str) -> str:
    """A paragraph in one of the styles of the theme, in HTML; empty where there is no text."""
    return f'<p class="{css_class}">{escape(text)}</p>' if text else ""


def host() -> str:
    """The host that the reader's browser asks, as http://localhost:8501."""
    return "/".join(str(st.context.url or "").split("/")[:3])
