"""What does the first screen of the first page hold below its cards? Counts, Korea, four countries, what is newest; HTML."""

import re
from collections.abc import Sequence
from html import escape

import plotly.graph_objects as go

from components.charts.gaps import shortened
from components.map.small import small_map
from components.panels.catalogue import panel_of
from components.panels.rail import legend_of
from components.panels.summaries import newer_statement
from components.panels.tiles import first_who, rest_on_phone
from components.static.inline import link_to_card, link_to_page, static_svgs
from components.static.range_bar import Extent, range_bar
from components.theme import NAVY, PAPER
from data.query.at_a_glance import (
    COUNTRIES,
    changed_lines,
    figures_of_country,
    in_another_unit,
    marks_in_north_korea,
    newest_events,
)
from data.query.disagreements import Disagreement, ends_of, furthest_apart, widest_disagreements
from data.query.params import default_of, parameter_named
from data.query.rows import find_row
from data.query.select import Selection, headlines, newest_of
from data.query.then_and_now import NOT_YET, newest_statement, statement_of
from data.record.dates import date_in_words, period_in_words
from data.record.load import Library, cached_with_library
from data.record.shapes import land
from data.record.tables import SERIES_OF_COUNTS
from data.record.wording import (
    WORDS_OF_COUNTRY,
    Row,
    figure_in_words,
    joined_with_and,
    number_with_noun,
    operations_in_words,
    value_in_words,
)

# Width and height in pixels of the drawings, by the kind of screen that shows them.
SIZES_OF_COUNTS = {"large": (944, 776), "wide": (738, 510), "narrow": (358, 416)}
SIZES_OF_KOREA = {"large": (340, 566), "wide": (194, 206), "narrow": (230, 262)}
FIRST_YEAR = 2001
# Of these countries the newest event is shown however low the window is.
ALWAYS_WITH_EVENT = ("North Korea",)
# Marks of these small drawings are for the pointer: the words beside them, and the pages that they stand for, have each of
# them by key and at a size for a finger.
MARK = re.compile(r'<a( href="[^"]*"[^>]*><title>)')
# What comes below the first screen where the window is not tall.
BELOW = ("events", "brief", "differ")
# The marks of the chart in the words of its page.
KEY_OF_COUNTS = {
    "filled": "Filled: exact official count",
    "hollow": "Hollow: hedged, press or institution",
    "line": "Line: joins counts of one agency",
}
# Of these figures the same operations are counted in sets, caskets and people.
RECOVERED = "remains_recovered_cumulative"
YEARS = re.compile(r"\d{4} to \d{4}$")
NOTHING = "Nothing on this had been published by that day, or by these sources."
NO_FIGURE = "No figure published by that day, or by these sources."


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
        "korea": ("North Korea: believed buried, recovered", link_to_page("recovery-map", selection), "Map"),
        "countries": ("By country", "", ""),
        "events": ("Newest events", link_to_page("mission-timeline", selection), "Timeline"),
        "brief": ("The brief of 2012 and today", "#then-and-now", "All lines"),
        "differ": ("Where sources differ most", link_to_page("disagreements", selection), "All"),
    }
    sections: dict[str, str] = {
        name: f'<div class="glance-{name}">{_head(*heads[name])}{inner or _paragraph(NOTHING)}</div>'
        for name, inner in blocks.items()
    }
    sections["counts"] += rest_on_phone(headlines(library).to_dict("records"), library, selection)
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
    last = library.as_of.year if library.as_of else library.years[1]
    years = {"years": (FIRST_YEAR, max(last, FIRST_YEAR))}
    panel = panel_of("unaccounted-for", library, Selection("counts-over-time", chosen | years))
    if panel.drawn.figure is None:
        panel = panel_of("unaccounted-for", library, Selection("counts-over-time", chosen))
    if panel.drawn.figure is None:
        return ""
    figures = {
        screen: (go.Figure(panel.drawn.figure).update_layout(height=high), wide)
        for screen, (wide, high) in SIZES_OF_COUNTS.items()
    }
    # upright words of a gap are as long as a phone's chart is high
    figures["narrow"][0].for_each_shape(lambda shape: shape.label.update(text=shortened(shape.label.text or "")))
    key = legend_of(_key_of_counts(panel.drawn.figure))
    return f"{static_svgs(figures, panel.alt, selection)}{key}{_newer_but_rounded(library, selection)}"


def _key_of_counts(figure: go.Figure) -> go.Figure:
    """What the filled and hollow marks of the chart and its line mean, as traces that hold nothing but their look."""
    fills = {color for trace in figure.data if trace.mode == "lines+markers" for color in _colors_of(trace)}
    line, colors = {"color": NAVY, "width": 2}, {"filled": NAVY, "hollow": PAPER}
    key = go.Figure(layout={"showlegend": True})
    for name in [name for name, color in colors.items() if color in fills]:
        look = {"symbol": "circle", "size": 11, "color": colors[name], "line": line}
        key.add_scatter(x=[None], y=[None], mode="markers", marker=look, name=KEY_OF_COUNTS[name])
    if any(trace.name == "joined" for trace in figure.data):
        key.add_scatter(x=[None], y=[None], mode="lines", line=line, name=KEY_OF_COUNTS["line"])
    return key.update_traces(showlegend=True)


def _colors_of(trace: go.Scatter) -> list[str]:
    return [trace.marker.color] if isinstance(trace.marker.color, str) else list(trace.marker.color or ())


def _newer_but_rounded(library: Library, selection: Selection) -> str:
    """Why a newer number is beside the newest count: it is rounded or hedged, and the count is exact."""
    row = newer_statement(library)
    if row is None:
        return ""
    count = value_in_words(newest_of(library, SERIES_OF_COUNTS).iloc[0].to_dict())
    number = _link(figure_in_words(row), row["figure_id"], selection)
    source = _key_text(f"({_day(row)}, {first_who(row['attributed_to'])})")
    return f'<p class="newer">Newer than {escape(count)}, but not exact: {number} {source}</p>'


def _key_text(text: str, title: object = "") -> str:
    full = f' title="{escape(str(title))}"' if title else ""
    return f'<span class="key"{full}>{escape(text)}</span>'


def _korea(library: Library, selection: Selection) -> str:
    """North Korea's places with how many are believed buried there, and what joint operations recovered: map and list."""
    marks = marks_in_north_korea(library, selection)
    if not marks:
        return ""
    figures = {
        screen: (small_map(marks, land(), wide, high, is_whole=screen == "large"), wide)
        for screen, (wide, high) in SIZES_OF_KOREA.items()
    }
    name = f"North Korea: {number_with_noun(len(marks), 'place')} where remains are believed buried or were recovered; named in the list"
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
    lines = [_claims(rows, selection)] if is_claim else [_figure(library, row, selection) for row in rows]
    lines = lines or [escape(NO_FIGURE)]
    events = [_last_event(library, country, selection)]
    if country == "North Korea":
        events += [_last_event(library, country, selection, "returns", "Last return of remains")]
    known = set(headlines(library)["figure_id"])
    again = [' class="again"' if not is_claim and row["figure_id"] in known else "" for row in rows] or [""]
    found = "".join(f"<li{look}>{line}</li>" for look, line in zip(again, lines, strict=False))
    found += "".join(f'<li class="event">{line}</li>' for line in dict.fromkeys(events) if line)
    look = "country quiet" if rows and country not in ALWAYS_WITH_EVENT else "country"
    return f'<div class="{look}"><b role="heading" aria-level="3">{escape(country)}</b><ul>{found}</ul></div>'


def _link(text: str, row_id: str, selection: Selection) -> str:
    return f'<a href="{escape(link_to_card(row_id, selection))}">{escape(text)}</a>'


def _figure(library: Library, row: Row, selection: Selection) -> str:
    """A figure on a country: number, what it is, who says so and its day; what another statement counts in another unit."""
    words = WORDS_OF_COUNTRY[str(row["series_id"])]
    operations = operations_in_words(row)
    more = f" in {operations}" if operations.startswith("joint") else ""
    number = _link(figure_in_words(row), str(row["figure_id"]), selection)
    other = _in_another_unit(library, row, selection) if more else ""
    return f"{number} {escape(words + more)} {_source(row)}{other}"


def _source(row: Row) -> str:
    return _key_text(f"({first_who(row['attributed_to'])}, {_day(row)})", row["attributed_to"])


def _in_another_unit(library: Library, row: Row, selection: Selection) -> str:
    """The newest statement that counts another unit: not the same number again, and none to be added."""
    other = in_another_unit(library, row)
    if other is None:
        return ""
    number = _link(figure_in_words(other), str(other["figure_id"]), selection)
    operations = escape(operations_in_words(other))
    return f'<span class="other-unit">In another unit: {number}, {operations} {_source(other)}</span>'


def _day(row: Row) -> str:
    """The last day that a figure is about, and whether it was inferred."""
    inferred = ", date inferred" if "date inferred" in str(row["flags"]) else ""
    return f"{date_in_words(row['date'])}{inferred}"


def _claims(rows: Sequence[Row], selection: Selection) -> str:
    """Claims on prisoners who were moved: of each speaker the numbers with their hedges, and where to; none is a count."""
    by_speaker: dict[str, list[Row]] = {}
    for row in rows:
        by_speaker.setdefault(str(row["attributed_to"]), []).append(row)
    claims = "; ".join(_claim(said, selection) for said in by_speaker.values())
    occasion = " and ".join(dict.fromkeys(who.rsplit(", ", 1)[-1] for who in by_speaker))
    where = f" in {occasion}" if occasion.startswith("testimony") else ""
    return f"Claims{escape(where)}, not counts: {claims}"


def _claim(rows: Sequence[Row], selection: Selection) -> str:
    words = [value_in_words(row) for row in rows[:-1]] + [figure_in_words(rows[-1])]
    links = [_link(text, str(row["figure_id"]), selection) for text, row in zip(words, rows, strict=True)]
    where = str(rows[0]["scope"]).split(",")[0].partition(" to ")[2]
    who = _key_text(f"({first_who(rows[0]['attributed_to'])})", rows[0]["attributed_to"])
    return f"{joined_with_and(links)} moved to {escape(where)} {who}"


def _last_event(
    library: Library, country: str, selection: Selection, lane: str = "", title: str = "Newest event"
) -> str:
    for row in newest_events(library, 1, country, lane).to_dict("records"):
        return f"{title}: {_event(row, selection)}"
    return ""


def _event(row: Row, selection: Selection) -> str:
    when = period_in_words(row["start"], row["end"])
    claimed = "claim; " if row["status"] == "claimed" else ""
    who = _key_text(f"({claimed}{first_who(row['attributed_to'])})", row["attributed_to"])
    return f'<span class="when">{escape(when)}</span> {_link(row["title"], row["event_id"], selection)} {who}'


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
    cells = [
        _statement(_with_years(library, words, row_id), row_id, selection)
        for words, row_id in ((then, row["brief_row_id"]), (now, row["newest_row_id"]))
    ]
    newest = find_row(library, row["newest_row_id"])
    change = f'<br><span class="key">{escape(row["change"])}</span>' if row["change"] else ""
    if newest and newest.row.get("series_id") == RECOVERED:
        change += _in_another_unit(library, newest.row, selection)
    return f'<tr><th scope="row">{escape(row["topic"])}</th><td>{cells[0]}</td><td>{cells[1]}{change}</td></tr>'


def _with_years(library: Library, parts: tuple[str, ...], row_id: str) -> tuple[str, ...]:
    """A number with the years of the operations that it counts, where they ended before it was printed."""
    found = find_row(library, row_id) if len(parts) > 1 else None
    years = YEARS.search(str(found.row.get("scope", ""))) if found else None
    if found is None or years is None or not found.row.get("period_start") or years[0] in parts[1]:
        return parts
    return parts[0], f"{years[0]}, printed {date_in_words(found.row['date'])}"


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
    ends = furthest_apart(statements)
    words = " to ".join(_link(figure_in_words(one), str(one["figure_id"]), selection) for one in ends)
    title = f'<a href="{escape(link_to_page("disagreements", selection, disagreement=row["disagreement_id"]))}">{escape(row["title"])}</a>'
    bar = range_bar(extents, f"{len(extents):,} statements", lambda row_id: link_to_card(row_id, selection))
    return f'<li>{title}{bar}<span class="ends">{words}</span></li>'
