"""What do cards and panels share? Small pieces of text: facts of a row, cautions, a line."""

from html import escape

import streamlit as st

from data.record.load import Library
from data.record.wording import Row


def line(text: str) -> None:
    """A line of small text."""
    paragraph("key", text)


def facts(row: Row, library: Library, table: str) -> None:
    """All that a row holds, each cell under the name that the dictionary gives it."""
    entries = [(entry["title"], row[entry["name"]]) for entry in library.fields(table)]
    told = "".join(
        f"<dt>{escape(title)}</dt><dd>{escape(str(value))}</dd>"
        for title, value in entries
        if str(value) not in ("", "<NA>", "nan", "None")
    )
    st.html(f'<dl class="facts">{told}</dl>')


def cautions(found: list[Row], opened: bool = False) -> None:
    """Cautions, folded away with their number in sight."""
    if found:
        st.html(folded_cautions(found, opened))


def folded_cautions(found: list[Row], opened: bool = False) -> str:
    """Cautions in HTML, folded away with their number in sight; empty where there are none."""
    if not found:
        return ""
    said = f"{len(found)} caution{'' if len(found) == 1 else 's'} on what is shown here"
    told = "".join(caution_html(row) for row in found)
    return f'<details class="disclosure"{" open" * opened}><summary>{said}</summary><div>{told}</div></details>'


def caution_html(row: Row) -> str:
    """A caution as a marked paragraph, with the rows it touches."""
    rows = escape(str(row["row_ids"]).replace(";", ", "))
    return f'<div class="caution"><b>{escape(row["title"])}</b> ({escape(row["kind"])})<br>{escape(row["text"])}<br><span class="source">Touches {rows}. Rests on {escape(str(row["source_ids"]).replace(";", ", "))}.</span></div>'


def paragraph(kind: str, text: str) -> None:
    """A paragraph in one of the styles of the theme."""
    st.html(paragraph_html(kind, text))


def paragraph_html(kind: str, text: str) -> str:
    """A paragraph in one of the styles of the theme, in HTML; empty where there is no text."""
    return f'<p class="{kind}">{escape(text)}</p>' if text else ""


def host() -> str:
    """The host that the reader's browser asks, as http://localhost:8501."""
    return "/".join(str(st.context.url or "").split("/")[:3])
