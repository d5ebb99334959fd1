"""What does the first screen of the first page hold below its cards? Counts, Korea, four countries, what is newest; HTML."""

import re
from collections.abc import Sequence
from html import escape

import plotly.graph_objects as go

from components.map.small import small_map
from components.panels.catalogue import panel_of
from components.panels.tiles import short_who
from components.static.inline import link_to_card, link_to_page, static_svgs
from components.static.range_bar import Extent, range_bar
from data.query.at_a_glance import (
    COUNTRIES,
    Disagreement,
    changed_lines,
    ends_of,
    figures_of_country,
    marks_in_north_korea,
    newest_events,
    widest_disagreements,
)
from data.query.params import default_of, parameter_named
from data.query.select import Selection
from data.query.then_and_now import NOT_YET, newest_statement, statement_of
from data.record.dates import date_in_words, period_in_words
from data.record.load import Library, cached_with_library
from data.record.shapes import land
from data.record.wording import Row, as_of_in_words, figure_in_words, joined_with_and, value_in_words

# Width and height in pixels of the drawings, by the kind of screen that shows them.
SIZES_OF_COUNTS = {"large": (985, 440), "wide": (740, 480), "narrow": (340, 320)}
SIZES_OF_KOREA = {"wide": (230, 262), "narrow": (230, 262)}
FIRST_YEAR = 2001
# Of these countries the newest event is shown however low the window is.
ALWAYS_WITH_EVENT = ("North Korea",)
# Marks of these small drawings are for the pointer: the words beside them, and the pages that they stand for, have each of
# them by key and at a size for a finger.
MARK = re.compile(r'<a( href="[^"]*"><title>)')
# What comes below the first screen where the window is not tall.
BELOW = ("events", "brief", "differ")
NOTHING = "Nothing on this had been published by that day, or by these sources."
NO_FIGURE = "No figure published by that day, or by these sources."
# What the newest figure of a series says of a country, in the words of a sentence.
WORDS = {
    "estimated_in_country": "believed buried there",
    "remains_located_in_country": "located or known to be there",
    "remains_recovered_cumulative": "recovered",
}


@cached_with_library
def first_screen(library: Library, view: tuple[tuple[str, str], ...]) -> str:
    """All of it, for a view of the record: the day and the sources."""
    selection = Selection("", dict(view))
    blocks = {
        "counts": _counts(library, selection),
        "korea": _korea(library, selection),
        "countries": "".join(_country(library, country, selection) for country in COUNTRIES),
        "events": _events(library, selection),
        "brief": _brief(library, selection),
        "differ": _disagreements(library, selection),
    }
    heads = {
        "counts": ("Unaccounted for since 2001", link_to_page("counts-over-time", selection), "Counts"),
        "korea": ("North Korea: believed buried, and recovered", link_to_page("recovery-map", selection), "Map"),
        "countries": ("By country", "", ""),
        "events": ("Newest events", link_to_page("mission-timeline", selection), "Timeline"),
        "brief": ("The brief of 2012 and today", "#then-and-now", "All lines"),
        "differ": ("Where sources differ most", link_to_page("disagreements", selection), "All"),
    }
    sections = {
        name: f'<section class="glance-{name}">{_head(*heads[name])}{inner or _paragraph(NOTHING)}</section>'
        for name, inner in blocks.items()
    }
    more = "".join(sections.pop(name) for name in BELOW)
    html = f'<div class="glance">{"".join(sections.values())}<div class="glance-more">{more}</div></div>'
    return MARK.sub(r'<a tabindex="-1"\1', html)


def _head(title: str, link: str, where: str) -> str:
    on = f' <a href="{escape(link)}" aria-label="{escape(f"{where}: {title}")}">{escape(where)} →</a>' if link else ""
    return f'<div class="glance-head"><span role="heading" aria-level="2">{escape(title)}</span>{on}</div>'


def _paragraph(text: str) -> str:
    return f'<p class="key">{escape(text)}</p>'


def _counts(library: Library, selection: Selection) -> str:
    """The counts since 2001 as on their page; all there are where none is so new."""
    chosen = {**selection.values, "mark": default_of(parameter_named("mark"), library)}
    years = {"years": (FIRST_YEAR, max(library.years[1], FIRST_YEAR))}
    panel = panel_of("unaccounted-for", library, Selection("counts-over-time", chosen | years))
    if panel.drawn.figure is None:
        panel = panel_of("unaccounted-for", library, Selection("counts-over-time", chosen))
    if panel.drawn.figure is None:
        return ""
    figures = {
        screen: (go.Figure(panel.drawn.figure).update_layout(height=high), wide)
        for screen, (wide, high) in SIZES_OF_COUNTS.items()
    }
    return static_svgs(figures, panel.alt, selection)


def _korea(library: Library, selection: Selection) -> str:
    """North Korea's places with how many are believed buried there, and what joint operations recovered: map and list."""
    marks = marks_in_north_korea(library, selection)
    if not marks:
        return ""
    figures = {screen: (small_map(marks, land(), wide, high), wide) for screen, (wide, high) in SIZES_OF_KOREA.items()}
    name = f"North Korea: {len(marks)} places where remains are believed buried or were recovered; the list names them"
    drawing = static_svgs(figures, name, selection)
    places = "".join(_place(mark, selection) for mark in marks)
    key = "Circles: recovered in joint operations, added up here (computed)."
    return f'<div class="korea">{drawing}<ol>{places}</ol></div>{_paragraph(key)}'


def _place(mark: Row, selection: Selection) -> str:
    parts = [_link(text, row_id, selection) for text, row_id in mark["statements"]]
    return f"<li><b>{escape(mark['name'])}</b> {', '.join(parts)}</li>"


def _country(library: Library, country: str, selection: Selection) -> str:
    rows = figures_of_country(library, country).to_dict("records")
    is_claim = any(row["kind"] == "claim" for row in rows)
    lines = [_claims(rows, selection)] if is_claim else [_figure(row, country, selection) for row in rows]
    lines = lines or [escape(NO_FIGURE)]
    events = [_last_event(library, country, selection)]
    if country == "North Korea":
        events += [_last_event(library, country, selection, "returns", "Last return of remains")]
    found = "".join(f"<li>{line}</li>" for line in lines)
    found += "".join(f'<li class="event">{line}</li>' for line in dict.fromkeys(events) if line)
    look = "country quiet" if rows and country not in ALWAYS_WITH_EVENT else "country"
    return f'<div class="{look}"><b role="heading" aria-level="3">{escape(country)}</b><ul>{found}</ul></div>'


def _link(text: str, row_id: str, selection: Selection) -> str:
    return f'<a href="{escape(link_to_card(row_id, selection))}">{escape(text)}</a>'


def _figure(row: Row, country: str, selection: Selection) -> str:
    """A figure on a country: number, what it is, its day and who says so."""
    scope = str(row["scope"])
    words = WORDS[str(row["series_id"])]
    is_joint = "joint" in scope
    more = " in " + scope[scope.index("joint") :].removesuffix(f" in {country}") if is_joint else ""
    source = f"{_day(row)}, {short_who(row['attributed_to'])}"
    number = _link(figure_in_words(row), str(row["figure_id"]), selection)
    return f'{number} {escape(words + more)} <span class="key">({escape(source)})</span>'


def _day(row: Row) -> str:
    """The last day that a figure is about, and whether it was inferred."""
    inferred = ", date inferred" if "date inferred" in str(row["flags"]) else ""
    return f"{date_in_words(row['date'])}{inferred}"


def _claims(rows: Sequence[Row], selection: Selection) -> str:
    """Claims on prisoners who were moved, each number with its hedge, and who claims them."""
    words = [value_in_words(row) for row in rows[:-1]] + [figure_in_words(rows[-1])]
    ids = [str(row["figure_id"]) for row in rows]
    numbers = joined_with_and([_link(text, row_id, selection) for text, row_id in zip(words, ids, strict=True)])
    who = joined_with_and(list(dict.fromkeys(str(row["attributed_to"]) for row in rows)))
    days = list(dict.fromkeys(as_of_in_words(row) for row in rows))
    return f'Claim: {numbers} moved to the Soviet Union <span class="key">({escape(who)}; {escape(joined_with_and(days))})</span>'


def _last_event(
    library: Library, country: str, selection: Selection, lane: str = "", title: str = "Newest event"
) -> str:
    for row in newest_events(library, 1, country, lane).to_dict("records"):
        return f"{title}: {_event(row, selection)}"
    return ""


def _event(row: Row, selection: Selection) -> str:
    when = period_in_words(row["start"], row["end"])
    claimed = "claim; " if row["status"] == "claimed" else ""
    who = f"{claimed}{short_who(row['attributed_to'])}"
    return f'<span class="when">{escape(when)}</span> {_link(row["title"], row["event_id"], selection)} <span class="key">({escape(who)})</span>'


def _events(library: Library, selection: Selection) -> str:
    entries = "".join(f"<li>{_event(row, selection)}</li>" for row in newest_events(library).to_dict("records"))
    return f"<ul>{entries}</ul>" if entries else ""


def _brief(library: Library, selection: Selection) -> str:
    """The first lines of the brief that have changed: what it printed, what is printed now, the change."""
    lines = "".join(_line(library, row, selection) for row in changed_lines(library))
    if not lines:
        return ""
    head = "".join(f'<th scope="col">{title}</th>' for title in ("", "The brief", "Now"))
    return f"<table><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>"


def _line(library: Library, row: Row, selection: Selection) -> str:
    then, now = statement_of(library, row["brief_row_id"]), newest_statement(library, row)
    cells = [_statement(then, row["brief_row_id"], selection), _statement(now, row["newest_row_id"], selection)]
    change = f'<br><span class="key">{escape(row["change"])}</span>' if row["change"] else ""
    return f'<tr><th scope="row">{escape(row["topic"])}</th><td>{cells[0]}</td><td>{cells[1]}{change}</td></tr>'


def _statement(parts: tuple[str, ...], row_id: str, selection: Selection) -> str:
    if len(parts) < 2:
        return escape(parts[0] if parts else NOT_YET)
    return f'{_link(parts[0], row_id, selection)} <span class="key">{escape(parts[1].split(";")[0])}</span>'


def _disagreements(library: Library, selection: Selection) -> str:
    entries = [_disagreement(one, selection) for one in widest_disagreements(library)]
    return f"<ul>{''.join(entries)}</ul>" if entries else ""


def _disagreement(found: Disagreement, selection: Selection) -> str:
    """A disagreement: its title, its lowest and its highest number, and all of them on a bar."""
    row, statements = found.row, found.statements.to_dict("records")
    extents = [
        Extent(*ends_of(one), one["qualifier"] == "exact", f"{figure_in_words(one)}: {one['label']}", one["figure_id"])
        for one in statements
    ]
    ends = [min(statements, key=lambda one: ends_of(one)[0]), max(statements, key=lambda one: ends_of(one)[1])]
    words = " to ".join(_link(figure_in_words(one), str(one["figure_id"]), selection) for one in ends)
    title = f'<a href="{escape(link_to_page("disagreements", selection, disagreement=row["disagreement_id"]))}">{escape(row["title"])}</a>'
    bar = range_bar(extents, f"{len(extents)} statements", lambda row_id: link_to_card(row_id, selection))
    return f'<li>{title}{bar}<span class="ends">{words}</span></li>'
