"""What happened, when, and who says so? The drawing of the timeline, the events as a list beside it, the chosen one in full."""

from html import escape

import pandas as pd

from components.charts.limits import newest
from components.charts.timeline import timeline
from components.panels import summaries
from components.panels.panel import MOST_LISTED, Drawn
from components.panels.rail import legend_of
from components.panels.tiles import short_who
from components.static.inline import link_to_card
from data.query.at_a_glance import newest_events
from data.query.select import FIRST_YEARS, Selection, one_row_per_event
from data.record.dates import date_in_words, period_in_words, span_between
from data.record.load import Library, cached_with_library
from data.record.tables import BRIEF
from data.record.wording import Row, number_with_noun

NOTE = "Filled circle: it happened. Open diamond: a claim. Open circle: a plan. Cross: a plan that fell through. A bar spans the possible dates. Titled are the events that matter most, by this project's judgment (the column Importance); fewer years or fewer events bring more titles."
NORTH_KOREA, RETURNS = "North Korea", "returns"
WITH_NORTH_KOREA = (RETURNS, "joint operations", "talks")
KEY = 1


def draw_timeline(library: Library, selection: Selection, frame: pd.DataFrame) -> Drawn:
    """Lanes of events, and beside them the legend and the list."""
    years = _years_drawn(library, selection)
    figure = timeline(frame, years)
    bold = bold_in_words(library) if BRIEF in set(frame["source_id"]) else ""
    line = f'<p class="key">{escape(bold)}</p>' if bold else ""
    legend = f'<div class="event-legend">{legend_of(figure)}{line}</div>'
    return Drawn(
        summaries.of_events(frame),
        figure,
        f"{NOTE} {bold}".strip(),
        hint="Point at a tick for its title; press it for its card.",
        narrow=lambda: timeline(frame, years, is_narrow=True),
        rail=legend + event_list(frame, selection),
    )


def bold_in_words(library: Library) -> str:
    """What bold titles mean, with the name and the day of the brief; empty where the brief is not among the sources."""
    briefs = library["sources"][library["sources"]["source_id"] == BRIEF].to_dict("records")
    return "".join(
        f"Bold titles: in the 2012 brief ({row['publisher']}, {date_in_words(row['published'])})." for row in briefs
    )


def _years_drawn(library: Library, selection: Selection) -> tuple[int, int]:
    """The years of the axis: those chosen, from the first of the ready choice on."""
    first, last = (int(year) for year in selection.values.get("years", library.years))
    first = max(first, FIRST_YEARS.get(str(selection.get("preset", library)), first))
    return first, max(first, last)


def event_list(frame: pd.DataFrame, selection: Selection) -> str:
    """The events as a list that scrolls in its own box, the newest first and those without a date last; each unfolds."""
    listed = newest(frame, MOST_LISTED)
    rows = sorted(listed.to_dict("records"), key=_newest_first, reverse=True)
    entries = "".join(f"<li>{_entry(row, selection)}</li>" for row in rows)
    name = f"{number_with_noun(len(rows), 'event')}, newest first"
    if len(listed) < len(frame):
        name = f"The newest {len(listed):,} of {len(frame):,} events"
        entries += f"<li>{name}. “Share and download” has them all.</li>"
    past = _way_past("events-begin", "events-end", "Past the list of events")
    back = _way_past("events-end", "events-begin", "Back before the list of events")
    return (
        f'{past}<div class="event-list" tabindex="0" role="region" aria-label="{name}"><ul>{entries}</ul></div>{back}'
    )


def _way_past(here: str, there: str, text: str) -> str:
    """A link over the list, whose entries are each a stop for the Tab key; seen while it has the focus."""
    return f'<a class="past-list" id="{here}" href="#{there}">{text}</a>'


def _newest_first(row: Row) -> tuple[str, str]:
    span = span_between(row["start"], row["end"])
    return (span.last.isoformat() if span else "", row["start"])


def _entry(row: Row, selection: Selection) -> str:
    """Date, title and who says so; unfolded, what happened and a link to the card."""
    link = escape(link_to_card(row["event_id"], selection))
    head = f'<span class="event-day">{escape(_when(row))}</span><b>{escape(row["title"])}</b><span class="event-who">{escape(row["attributed_to"])}</span>'
    return f'<details><summary>{head}</summary><p>{escape(row["summary"])}</p><p><a href="{link}">Open its card</a></p></details>'


def _when(row: Row) -> str:
    """The day or period, and what became of it where it did not simply happen."""
    when = period_in_words(row["start"], row["end"]) if row["start"] else "no date printed"
    return when if row["status"] == "happened" else f"{when} · {row['status']}"


def event_in_full(row: Row) -> str:
    """One event in full: its day, title, what happened, who says so."""
    texts = [
        ("event-day", _when(row)),
        ("event-title", row["title"]),
        ("", row["summary"]),
        ("event-who", row["attributed_to"]),
    ]
    lines = "".join(f'<p class="{name}">{escape(text)}</p>' for name, text in texts if text)
    return f'<div class="event-in-full">{lines}</div>'


@cached_with_library
def answer(library: Library) -> str:
    """What happened last with North Korea, and the last return; in a plain sentence where the record holds nothing."""
    dealings = _with_north_korea(library)
    if dealings.empty:
        return _how_many(one_row_per_event(library["events"]))
    parts = {
        "Newest on North Korea": dealings.tail(1),
        "Last key event": dealings[dealings["importance"] == KEY].tail(1),
        "Last return": newest_events(library, 1, NORTH_KOREA, RETURNS),
    }
    events = {title: rows.to_dict("records")[0] for title, rows in parts.items() if len(rows)}
    named = {row["event_id"]: f"{title}: {_named(row)}." for title, row in reversed(events.items())}
    return " ".join(reversed(named.values()))


def newest_in_words(library: Library) -> str:
    """What happened last with North Korea, with its day and who says so; empty where nothing did."""
    rows = _with_north_korea(library).tail(1).to_dict("records")
    return "".join(f"Newest on North Korea: {_named(row)}" for row in rows)


def _with_north_korea(library: Library) -> pd.DataFrame:
    """Returns, joint operations and talks that name North Korea and have a day, the newest last."""
    events = one_row_per_event(library["events"])
    dealings = events[events["lane"].isin(WITH_NORTH_KOREA) & (events["start"] != "")]
    names_it = dealings["country"].map(lambda cell: NORTH_KOREA in cell.split(";")).astype(bool)
    return dealings[names_it].sort_values(["end", "start"], kind="stable")


def _named(row: Row) -> str:
    status = "" if row["status"] == "happened" else f", {row['status']}"
    return f"{row['title']} ({period_in_words(row['start'], row['end'])}{status}; {short_who(row['attributed_to'])})"


def _how_many(events: pd.DataFrame) -> str:
    """How many events there are that are none with North Korea; in a plain sentence where there is none."""
    if events.empty:
        return "No event had been published by that day, or by these sources."
    return f"{number_with_noun(len(events), 'event')}, none of them with North Korea."
