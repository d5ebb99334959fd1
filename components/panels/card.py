"""Who said this number, how was it printed, when, and who says otherwise? The card that every row opens."""

from html import escape

import pandas as pd
import streamlit as st

from components.panels import download_dialog, elements
from data.files import cite
from data.query.address import address_of_card
from data.query.compute import computed_by_id
from data.query.names import name_without_number, with_names
from data.query.operations import NamedOperations, number_and_speaker, operations_named
from data.query.rows import FoundRow, disagreements_with, find_row, find_row_of
from data.query.select import rival_estimates
from data.record.dates import date_in_words
from data.record.load import Library
from data.record.wording import Row, figure_in_words, quoted_wording, records_of_cautions, when_in_words

# Codes that tell a screen reader in which language to read a wording.
LANGUAGES = {"Korean": "ko"}
REQUESTED = "card_to_open"


def request_card(row_id: str) -> None:
    """Has the card of a row opened once the page has been drawn. For use in callbacks."""
    st.session_state[REQUESTED] = row_id


def open_requested(library: Library) -> None:
    """Opens the requested card, once."""
    row_id = st.session_state.pop(REQUESTED, None)
    if row_id:
        _dialog(library, row_id)


@st.dialog("Source and other counts", width="large")
def _dialog(library: Library, row_id: str) -> None:
    with st.container(key="card"):
        show_card(library, row_id)


def show_card(library: Library, row_id: str) -> None:
    """The card of a row, in a dialog or on a page; for the ids of several operations, separated by ";", that of all of them."""
    named = operations_named(library, row_id)
    if named:
        _operations(library, named)
        return
    found = find_row(library, row_id) or _find_computed(library, row_id)
    if found is None:
        st.text(
            f"We found no record {row_id[:40]} here. It may not exist, may have been published after the day you chose, or may come from a source that is left out."
        )
        return
    is_computed = found.row.get("kind") == "computed"
    _headline(found)
    if not is_computed:
        source_id = str(found.row.get("source_id", ""))
        _source(library, source_id, f"card-source-{source_id}")
    _disagreements(disagreements_with(library, row_id))
    _other_estimates(rival_estimates(library, row_id))
    elements.cautions(library, records_of_cautions(library, {row_id}), opened=True)
    elements.facts(found.row, library, found.table)
    if not is_computed:
        address = address_of_card(elements.host(), row_id)
        st.caption("Permanent address of this record")
        st.code(address, language=None, wrap_lines=True)
        download_dialog.citations([cite.reference_of_row(library, row_id, address)])


def _operations(library: Library, named: NamedOperations) -> None:
    """What several operations add up to, or why they are not added up, and each of them with its source."""
    st.html(f'<p class="card-number">{escape(named.head)}</p><p class="summary">{escape(named.sentence)}</p>')
    for row in named.rows:
        link = address_of_card("", row["op_id"]).lstrip("/")
        number, words = number_and_speaker(row)
        st.html(f'<p class="summand"><a href="{escape(link)}">{escape(number)}</a>: {escape(words)}</p>')
        _source(library, row["source_id"], f"card-source-{row['op_id']}")
    if named.left_out:
        st.caption(named.left_out)


def _find_computed(library: Library, row_id: str) -> FoundRow | None:
    row = computed_by_id(library, row_id)
    return FoundRow("figures", row) if row else None


def _headline(found: FoundRow) -> None:
    """The number as printed with its day and wording; the title of a row that has no number."""
    row = found.row
    if found.table in ("figures", "operations", "burial_estimates") and row["qualifier"]:
        number = figure_in_words({**row, "unit": row["unit"]})
        when = when_in_words(row)
        st.html(
            f'<p class="card-number">{escape(number)}</p><p class="summary">{escape(when[:1].upper() + when[1:])}.{_wording(row)}</p>'
        )
    else:
        st.html(f'<p class="card-number small">{escape(name_without_number(row))}</p>')


def _wording(row: Row) -> str:
    """The wording in the source in HTML, marked with its language; a translation stands beside it."""
    if not row["as_printed"]:
        return ""
    if not row.get("language"):
        return f" Printed as “{escape(row['as_printed'])}”."
    wording = f'<span lang="{LANGUAGES[row["language"]]}">{escape(row["as_printed"])}</span>'
    return f" Printed in {escape(row['language'])} as “{wording}”, in English: “{escape(row['translation'])}”."


def _source(library: Library, source_id: str, key: str) -> None:
    """A source in a line, and a button with this key that opens its address."""
    found = find_row_of(library, "sources", source_id)
    for source in [found.row] if found else []:
        entries = [
            source["publisher"],
            source["title"],
            date_in_words(source["published"]) if source["published"] else "publication date not known",
            source["tier"],
        ]
        st.html(
            f'<p class="key"><b>Source</b>: {escape(", ".join(part for part in entries if part))}. {escape(with_names(library, source["note"]))}</p>'
        )
        if source["url"]:
            st.link_button(
                "Open the source",
                source["url"],
                key=key,
                icon=":material/open_in_new:",
                help=source["url"],
            )
        else:
            st.caption("This source has no web address.")


def _other_estimates(frame: pd.DataFrame) -> None:
    """The other estimates of the same measure for the same place, each with its source's wording and speaker."""
    if len(frame):
        st.caption(f"Other estimates of how many {frame.iloc[0]['measured']} at this place")
    for row in frame.to_dict("records"):
        st.text(f"{figure_in_words(row)}, {when_in_words(row)}: {quoted_wording(row)} ({row['attributed_to']})")


def _disagreements(frame: pd.DataFrame) -> None:
    """Links to the disagreements that the row stands in, with how many other statements each has."""
    for row in frame.to_dict("records"):
        others = len(row["row_ids"].split(";")) - 1
        st.page_link(
            "../../pages/disagreements.py",
            label=f"{others} other statement{'' if others == 1 else 's'}: {row['title']}",
            icon=":material/compare_arrows:",
            query_params={"disagreement": row["disagreement_id"]},
        )
