"""What do cards, panels and pages share? Small elements of text: the facts of a row, cautions, a line, a paragraph."""

from collections.abc import Callable
from html import escape
from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from data.query.names import name_of_row, with_names
from data.query.readable import cell_in_words, is_technical
from data.record.load import Library
from data.record.wording import Row


def facts(row: Row, library: Library, table: str) -> None:
    """All that a row holds in words, each cell under the title of its column; what is of use to programs alone is folded."""
    fields = library.fields(table)
    columns = [field["name"] for field in fields]
    read = [field for field in fields if not is_technical(columns, field["name"])]
    technical = [field for field in fields if is_technical(columns, field["name"])]
    st.html(
        f"{_entries(read, lambda field: cell_in_words(library, field, row[field['name']]), is_named=True)}"
        f'<details class="disclosure technical"><summary>Technical columns</summary>'
        f"<div>{_entries(technical, lambda field: str(row[field['name']]))}</div></details>"
    )


def _entries(fields: list[dict[str, Any]], text_of: Callable[[dict[str, Any]], str], is_named: bool = False) -> str:
    """The cells of a row that are not empty, each under the title of its column; "Series" where the id is given as a name."""
    cells = [(str(field["title"]).removesuffix(" ID" if is_named else ""), text_of(field)) for field in fields]
    entries = "".join(f"<dt>{escape(title)}</dt><dd>{escape(text)}</dd>" for title, text in cells if text)
    return f'<dl class="facts">{entries}</dl>'


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
    """Where the dashboard begins for the reader's browser, as http://localhost:8501 or https://example.org/kw."""
    whole = urlsplit(str(st.context.url or ""))
    return f"{whole.scheme}://{whole.netloc}{whole.path.rpartition('/')[0]}" if whole.netloc else ""
