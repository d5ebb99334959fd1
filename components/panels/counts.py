"""How is the number unaccounted for drawn, and which facts stand beside it?"""

from html import escape

import pandas as pd

from components.charts.counts import Pace, Reading, counts_over_time
from components.charts.flags import numbered
from components.panels import rail, summaries
from components.panels.panel import Drawn
from components.panels.tiles import short_who
from components.static.inline import link_to_card
from data.query.compute import fall_row
from data.query.joins import joined_pairs, official_ids
from data.query.pace import Fall, exact_counts, fall_before_the_brief, fall_since_the_brief
from data.query.params import SINCE_2001, SINCE_THE_BRIEF
from data.query.select import Selection, events_laid_over, newest_of
from data.record.dates import period_in_words, span_of
from data.record.load import Library, cached_with_library
from data.record.tables import BRIEF, SERIES_OF_COUNTS
from data.record.wording import (
    Row,
    as_of_in_words,
    brief_in_words,
    caveats_of,
    hedge_and_number,
    joined_with_and,
    number_with_noun,
    unit_in_words,
    value_in_words,
)

HOW_TO_READ = "Filled: an exact count in an official document or its reprint. Hollow: printed with a hedge, or by the press or an institution. An arrow: more than. A bar spans the possible dates."
JOINED = "A thin line joins two official counts of one agency and one definition that are at most five years apart; nothing else is joined. Shaded: years without a count."
# A number in whole steps of this is said to be rounded.
ROUND = 100
# Counts in the list that a high window has room for.
MOST_COUNTS = 3
CLASSES = "“Show” above adds the other classes of figures."


def unaccounted_for(library: Library, selection: Selection, frame: pd.DataFrame) -> Drawn:
    """The chart of the number unaccounted for, with its rail."""
    years = selection.values.get("years", library.years)
    events = events_laid_over(library, selection)
    start = _start_of_axis(library, selection)
    figure = counts_over_time(frame, events, years, _reading(library, selection, frame, start))
    beside = _key_of_events(events, selection) + rail.rail(_facts(library), selection, figure, HOW_TO_READ)
    beside += _newest_counts(frame, selection)
    strip = _note_on_strip(frame, start) if "xaxis2" in figure.layout else ""
    return Drawn(
        summaries.of_counts(frame),
        figure,
        " ".join(part for part in (HOW_TO_READ, JOINED, strip) if part),
        hint=CLASSES,
        rail=beside,
    )


def _start_of_axis(library: Library, selection: Selection) -> int | None:
    """The first year that has the full width: that of the period, unless years are chosen, which come first."""
    period = str(selection.get("period", library))
    if "years" in selection.active(library):
        return None
    if period == SINCE_THE_BRIEF:
        counts = exact_counts(library)
        days = counts[counts["source_id"] == BRIEF]["date"]
        return span_of(str(days.iloc[0])).first.year if len(days) else None
    return 2001 if period == SINCE_2001 else None


def _reading(library: Library, selection: Selection, frame: pd.DataFrame, start: int | None) -> Reading:
    active = selection.active(library)
    is_whole = "hedge" not in active and "counts" in set(frame["mark"])
    sources = library["sources"]
    return Reading(start, official_ids(frame, sources), joined_pairs(frame, sources), _paces(library, frame), is_whole)


def _paces(library: Library, frame: pd.DataFrame) -> list[Pace]:
    """The pace before and since the brief, where both of its counts are among the rows shown."""
    shown = set(frame["figure_id"])
    falls = [fall for fall in (fall_before_the_brief(library), fall_since_the_brief(library)) if fall]
    return [_pace(fall) for fall in falls if {fall.first["figure_id"], fall.last["figure_id"]} <= shown]


def _pace(fall: Fall) -> Pace:
    ends = [span_of(str(row["date"])).last for row in (fall.first, fall.last)]
    return Pace(ends[0], ends[1], f"{summaries.fall_in_words(fall)}<br>(computed)")


@cached_with_library
def _facts(library: Library) -> list[rail.Fact]:
    newest = newest_of(library, SERIES_OF_COUNTS)
    if newest.empty:
        return []
    row = newest.iloc[0].to_dict()
    change = summaries.change_since_brief(library).replace(brief_in_words(library), "the brief")
    hedge, number = hedge_and_number(row)
    who = f"{row['attributed_to']}{caveats_of(row)}"
    text = f"{unit_in_words(row)} unaccounted for, {as_of_in_words(row)} ({who})"
    facts = [
        rail.Fact(f"{hedge} {number}".strip(), f"{text}{f': {change}, computed' if change else ''}", row["figure_id"])
    ]
    return [*facts, *_fact_of_pace(library), *_fact_of_later(library)]


def _fact_of_pace(library: Library) -> list[rail.Fact]:
    """The pace before the brief and since, with the counts that each is computed from."""
    falls = [fall for fall in (fall_before_the_brief(library), fall_since_the_brief(library)) if fall]
    if not falls:
        return []
    number = ", then ".join(f"about {round(fall.per_year)}" for fall in falls) + " a year"
    number = number[:1].upper() + number[1:]
    periods = [
        f"from {value_in_words(fall.first)} ({as_of_in_words(fall.first)}) to {value_in_words(fall.last)} ({as_of_in_words(fall.last)})"
        for fall in falls
    ]
    row_id = fall_row(library, falls[-1])["figure_id"]
    return [rail.Fact(number, f"average fall, computed: {joined_with_and(periods)}", row_id)]


def _fact_of_later(library: Library) -> list[rail.Fact]:
    """The newest hedged statement, where it is newer than the newest count."""
    row = summaries.newer_statement(library)
    if row is None:
        return []
    text = (
        f"{unit_in_words(row)}, {as_of_in_words(row)} ({row['attributed_to']}): the newest statement, {_kind_of(row)}"
    )
    return [rail.Fact(value_in_words(row), text, row["figure_id"])]


def _kind_of(statement: Row) -> str:
    """Why a statement is no count: a range, a rounded number, or one with another hedge."""
    if statement["qualifier"] == "range":
        return "a range"
    return "rounded: it shows no rise" if int(statement["value"]) % ROUND == 0 else "hedged"


def _note_on_strip(frame: pd.DataFrame, start: int | None) -> str:
    return f"Years before {start} are drawn closer together in the strip at the left, on the same scale; the data hold all {number_with_noun(len(frame), 'row')}."


def _key_of_events(events: pd.DataFrame, selection: Selection) -> str:
    """What the numbered flags stand for: number, days and title of each event, with its card."""
    entries = "".join(
        f'<li value="{number}"><a href="{escape(link_to_card(row["event_id"], selection))}">{escape(row["title"])}</a> <span class="key">{escape(period_in_words(row["start"], row["end"]))}</span></li>'
        for number, row, _ in numbered(events)
    )
    return f'<div class="rail rail-events"><h3>Events</h3><ol>{entries}</ol></div>' if entries else ""


def _newest_counts(frame: pd.DataFrame, selection: Selection) -> str:
    """The newest counts shown, each with its day and who says so, for windows that are high enough."""
    rows = frame[(frame["mark"] == "counts") & (frame["date"] != "")].sort_values("date", ascending=False)
    entries = "".join(
        f'<li><a href="{escape(link_to_card(row["figure_id"], selection))}">{escape(value_in_words(row))}</a> {escape(as_of_in_words(row))} <span class="key">{escape(short_who(row["attributed_to"]))}</span></li>'
        for row in rows.head(MOST_COUNTS).to_dict("records")
    )
    return f'<div class="rail rail-counts"><h3>Newest counts</h3><ul>{entries}</ul></div>' if entries else ""
