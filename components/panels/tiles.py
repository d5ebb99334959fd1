"""What do the headline figures look like on the first page? Cards with their numbers on one line, each a link to its row."""

import re
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from components.static.inline import link_to_card
from data.query.at_a_glance import line_of_headline
from data.query.select import Selection
from data.query.then_and_now import statement_of
from data.record.load import Library
from data.record.wording import (
    Row,
    as_of_in_words,
    hedge_and_number,
    name_of_series,
    other_word_of,
    speaker_of,
    unit_in_words,
)

# Agencies under their full names, with the letters that are all that a card has room for.
AGENCIES = re.compile(
    r"(?:Defense POW/MIA Accounting Agency|Defense (?:Prisoner of War|POW)/Missing Personnel Office|Joint POW/MIA Accounting Command)"
    r" \((DPAA|DPMO|JPAC)\)"
)
# Letters of a speaker that a card shows; of a longer name it shows the first part.
LONGEST_WHO = 62
FIRST_PART = re.compile(r'[,;] | [“"(]')
TITLE_OF_DOCUMENT = re.compile(r' (?:"[^"]*"|“[^”]*”)')
IN_BRACKETS = re.compile(r" \(([^)]*)\)")
# Cards that a phone shows before the chart; the others come after it.
FIRST_ON_PHONE = 2


def tiles(rows: Sequence[Row], library: Library, selection: Selection) -> str:
    """The headline figures as a list of cards in HTML; the whole of a card is a link."""
    cards = "".join(_tile(row, library, selection) for row in rows)
    return f'<ul class="tiles">{cards}</ul>'


def rest_on_phone(rows: Sequence[Row], library: Library, selection: Selection) -> str:
    """The cards that a phone shows after the chart, as a list that the style sheet shows there alone."""
    return tiles(rows[FIRST_ON_PHONE:], library, selection).replace('"tiles"', '"tiles tiles-rest"')


def first_who(attributed_to: object) -> str:
    """Who says something by the first of those named, without the title of a document and without brackets: "DPMO fact sheet"."""
    first = speaker_of(TITLE_OF_DOCUMENT.sub("", AGENCIES.sub(r"\1", str(attributed_to))))
    return IN_BRACKETS.sub(r", \1", first)


def short_who(attributed_to: object) -> str:
    """Who says something, in few letters: agencies by their own letters, of a long name the first part, cut with a mark."""
    who = AGENCIES.sub(r"\1", str(attributed_to))
    return who if len(who) <= LONGEST_WHO else f"{FIRST_PART.split(who)[0]} …"


class TileWords(NamedTuple):
    """What a card of a headline figure says."""

    name: str
    hedge: str
    number: str
    unit: str
    attribution: str
    since: str


def words_of_tile(library: Library, row: Row) -> TileWords:
    """The words of a headline figure, as its card and a picture of it have them."""
    hedge, number = hedge_and_number(row)
    day, word = as_of_in_words(row), other_word_of(row)
    unit = f"{unit_in_words(row)}{f', {word}' if word else ''}"
    attribution = f"{day[:1].upper()}{day[1:]}. {short_who(row['attributed_to'])}"
    return TileWords(name_of_series(row), hedge, number, unit, attribution, since_the_brief(library, row))


def _tile(row: Row, library: Library, selection: Selection) -> str:
    words = words_of_tile(library, row)
    hedge, number, unit = (escape(text) for text in (words.hedge, words.number, words.unit))
    texts = {
        "name": escape(words.name),
        "figure": f"<small>{hedge}</small>{' ' if hedge else ''}<b>{number}</b> <small>{unit}</small>",
        "attribution": escape(words.attribution),
        "since": escape(words.since),
    }
    lines = "".join(f'<span class="{name}">{text}</span>' for name, text in texts.items() if text)
    link = escape(link_to_card(str(row["figure_id"]), selection))
    return f'<li><a class="tile {escape(row["kind"])}" href="{link}" title="{escape(str(row["attributed_to"]))}">{lines}</a></li>'


def since_the_brief(library: Library, row: Row) -> str:
    """By how much a figure differs from the brief's, computed; where that cannot be, what the brief printed."""
    line = line_of_headline(library, str(row["figure_id"]))
    if line is None or line["brief_row_id"] == row["figure_id"]:
        return ""
    change = str(line["change"]).removesuffix(" (computed)")
    if not change:
        return f"In the brief: {statement_of(library, line['brief_row_id'])[0]}"
    since = "since" if change == "no change" else "than"
    change = change.replace("approximately", "about")
    return f"{change[:1].upper()}{change[1:]} {since} the brief (computed)"
