"""What do sources say of prisoners? The chart of questions with its rail, and the claims as a table; HTML."""

from html import escape

import pandas as pd

from components.charts.limits import MOST_ROWS, newest
from components.charts.questions import numbers_by_question
from components.panels import rail
from components.panels.html_table import scrolling_table
from components.panels.panel import Drawn
from components.static.inline import link_to_card
from data.query.names import with_names
from data.query.prisoners import NAMED, most_printed, with_questions
from data.query.select import Selection, rows_of
from data.record.dates import date_in_words
from data.record.load import Library, cached_with_library
from data.record.wording import (
    Row,
    figure_in_words,
    joined_with_and,
    number_with_noun,
    records_of_cautions,
    value_in_words,
)

HOW_TO_READ = "Each mark is a number that sources print; in brackets, how many print it. Filled: exact. Hollow: printed with a hedge. Purple: a claim, not a count."
NOTE = "Sources differ in what they count and in their days. Numbers by military service are in the table only. Claims are drawn on lines of their own."
HEAD = ("Who", "What is claimed", "Of when", "Said when", "What other sources say")
SHOWN_AS_OTHER_SOURCES = ("sources differ", "conflicting figures")


def draw_totals(library: Library, selection: Selection, frame: pd.DataFrame, claims: pd.DataFrame) -> Drawn:
    """Every number on prisoners by its question, the claims last."""
    shown = with_questions(pd.concat([frame, claims]))
    figure = numbers_by_question(shown) if len(shown) else None
    return Drawn(
        answer(frame, claims),
        figure,
        f"{HOW_TO_READ} {NOTE}",
        hint="Where sources differ, open a mark to see all of them.",
        narrow=lambda: numbers_by_question(shown, "narrow"),
        rail=rail.rail(_facts(frame), selection, None, HOW_TO_READ),
    )


def answer(figures: pd.DataFrame, claims: pd.DataFrame) -> str:
    """The number that most sources print for each of the first questions, and how many claims stand apart."""
    printed = most_printed(figures)
    parts = [f"{value_in_words(printed[name][0])} {words}" for name, words in NAMED.items() if name in printed]
    first = (
        f"Most sources print the same numbers of Americans: {joined_with_and(parts)}. Others differ." if parts else ""
    )
    count = len(claims)
    second = f"{count} claim{'s' * (count != 1)} about men who did not return are shown apart." if count else ""
    return (
        " ".join(text for text in (first, second) if text)
        or "No number on prisoners had been published by that day, or by these sources."
    )


@cached_with_library
def answer_of_page(library: Library) -> str:
    """The same of all figures on prisoners that the record holds."""
    return answer(rows_of(library, "figures", "prisoner totals"), rows_of(library, "figures", "claims"))


def _facts(figures: pd.DataFrame) -> list[rail.Fact]:
    printed = most_printed(figures)
    facts = []
    for name, words in NAMED.items():
        if name in printed:
            row, rows, total = printed[name]
            text = f"{words}, in {rows} of {number_with_noun(total, 'figure')}"
            facts.append(rail.Fact(value_in_words(row), text, str(row["figure_id"])))
    return facts


def table_of_claims(library: Library, frame: pd.DataFrame, selection: Selection) -> str:
    """Who claims what of when, when it was said, and what other sources say to it; each number leads to its card. Of very
    many claims the newest."""
    head = "".join(f'<th scope="col">{escape(title)}</th>' for title in HEAD)
    rows = "".join(_claim(library, row, selection) for row in newest(frame, MOST_ROWS).to_dict("records"))
    inner = f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody>"
    return f'<div class="claims">{scrolling_table(inner, "Claims about men who did not return")}</div>'


def _claim(library: Library, row: Row, selection: Selection) -> str:
    link = f'<a href="{escape(link_to_card(row["figure_id"], selection))}">{escape(figure_in_words(row))}</a>'
    cells = [
        f'{link} <span class="key">{escape(row["scope"])}</span>',
        escape(date_in_words(row["date"]) if row["date"] else "not dated in the source"),
        escape(date_in_words(row["stated"]) if row["stated"] else ""),
        _other_sources(library, row),
    ]
    inner = "".join(f'<td data-head="{escape(title)}">{cell}</td>' for title, cell in zip(HEAD[1:], cells, strict=True))
    return f'<tr><th scope="row">{escape(row["attributed_to"])}</th>{inner}</tr>'


def _other_sources(library: Library, row: Row) -> str:
    cautions = records_of_cautions(library, {row["figure_id"]})
    texts = [
        f"<details><summary>{escape(caution['title'])}</summary>{escape(with_names(library, caution['text']))}</details>"
        for caution in cautions
        if caution["kind"] in SHOWN_AS_OTHER_SOURCES
    ]
    return "".join(texts) or '<span class="key">nothing in the record</span>'
