"""How does the brief stand beside today? A table in HTML, every number in it a link to its card."""

from html import escape

import pandas as pd

from components.panels.html_table import scrolling_table
from components.panels.panel import Panel
from components.static.inline import link_to_card
from data.query.names import with_names
from data.query.select import Selection
from data.query.then_and_now import VERSIONS, later_versions, newest_statement, statement_of
from data.record.load import Library
from data.record.tables import NOT_READ
from data.record.wording import Row

HEAD = ("What", "The brief, July 2012", "Newest on the same definition", "Change", "Later versions of the brief")


def table(library: Library, frame: pd.DataFrame, selection: Selection) -> str:
    """The lines of the brief then and now, with the columns of `lines_in_words`, as an HTML table that scrolls."""
    head = "".join(f'<th scope="col">{escape(title)}</th>' for title in HEAD)
    rows = "".join(_line(library, row, selection) for row in frame.to_dict("records"))
    inner = f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody>"
    return f'<div class="then-and-now">{scrolling_table(inner, "The brief of July 2012 beside today")}</div>'


def changed_table(panel: Panel) -> str:
    """The lines that changed alone, as a table that a screen in a room holds; empty for another panel."""
    if panel.key != "then-and-now":
        return ""
    return table(panel.library, panel.frame[panel.frame["newest"] == "changed"], panel.selection)


def _line(library: Library, row: Row, selection: Selection) -> str:
    note = (
        f"<details><summary>Note</summary>{escape(with_names(library, row['note']))}</details>" if row["note"] else ""
    )
    cells = [
        _statement(statement_of(library, row["brief_row_id"]), row["brief_row_id"], selection),
        _statement(newest_statement(library, row), row["newest_row_id"], selection),
        escape(row["change"]),
        _versions(library, row, selection),
    ]
    labeled = zip(HEAD[1:], cells, strict=True)
    inner = "".join(f'<td data-head="{escape(title)}">{cell}</td>' for title, cell in labeled)
    return f'<tr><th scope="row">{escape(row["topic"])}{note}</th>{inner}</tr>'


def _statement(parts: tuple[str, ...], row_id: str, selection: Selection) -> str:
    """A number as a link to its card, and its day on a line of its own; words where no row is named."""
    if not row_id:
        return f'<span class="key">{escape(" ".join(parts))}</span>'
    number, when = parts
    return f'{_link(number, row_id, selection)}<br><span class="key">{escape(when)}</span>'


def _versions(library: Library, row: Row, selection: Selection) -> str:
    """Each later version that was read on a line of its own, linked to its row; "not read" where none was."""
    links = [
        _link(text, row[VERSIONS[name][0]], selection)
        for name, text in later_versions(library, row).items()
        if row[VERSIONS[name][1]] != NOT_READ
    ]
    return "<br>".join(links) or '<span class="key">not read</span>'


def _link(text: str, row_id: str, selection: Selection) -> str:
    return f'<a href="{escape(link_to_card(row_id, selection))}">{escape(text)}</a>' if row_id else escape(text)
