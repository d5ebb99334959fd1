"""What can a reader choose, under what name in the address, and what does each choice filter?

One table of parameters serves the widgets, the notices on bad addresses and the filters: a name here is the key of a
widget and the name in the address. Options are stable words that serve as label and as id.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from data.dates import span_between
from data.load import Library

Kind = Literal["choices", "choice", "years", "words"]
Value = tuple[str, ...] | tuple[int, int] | str


@dataclass(frozen=True)
class Parameter:
    """One thing that a reader can choose.

    `columns` maps a table to the column that the choice filters; a parameter without columns changes the view only.
    `options` may be left empty: then they are the cells of the column that `options_from` names, after "none", or the
    values that the dictionary allows for the first of the columns.
    """

    name: str
    label: str
    kind: Kind
    pages: tuple[str, ...]
    columns: Mapping[str, str]
    options: tuple[str, ...] = ()
    options_from: tuple[str, str] | None = None
    help: str = ""


PARAMETERS: tuple[Parameter, ...] = (
    Parameter("lane", "Kind of event", "choices", ("mission-timeline",), {"events": "lane"}),
    Parameter(
        "country",
        "Country",
        "choices",
        ("remains-and-identifications", "recovery-map", "mission-timeline", "sources-and-data"),
        {"events": "country", "places": "country", "operations": "country", "figures": "country"},
    ),
    Parameter(
        "status",
        "Status",
        "choices",
        ("mission-timeline",),
        {"events": "status"},
        help="Plans that fell through and claims are events too, and are marked.",
    ),
    Parameter(
        "hedge",
        "How it was printed",
        "choices",
        ("counts-over-time", "remains-and-identifications", "prisoners-of-war"),
        {"figures": "qualifier"},
        help="The hedge that stands in the source. 'exact' means that none was printed.",
    ),
    Parameter(
        "statement",
        "Kind of statement",
        "choices",
        ("prisoners-of-war",),
        {"figures": "kind"},
        options=("count", "claim"),
    ),
    Parameter("part", "What happened there", "choices", ("recovery-map",), {"places": "roles"}),
    Parameter(
        "years", "Years", "years", ("counts-over-time", "mission-timeline"), {"events": "start", "figures": "date"}
    ),
    Parameter(
        "q",
        "Search",
        "words",
        ("mission-timeline", "sources-and-data"),
        {},
        help="Rows that hold all of these words or numbers.",
    ),
    Parameter(
        "overlay",
        "Lay events over it",
        "choice",
        ("counts-over-time",),
        {},
        options=("none", "prisoners", "returns", "joint operations", "talks", "law and organisations", "archives"),
    ),
    Parameter("view", "View", "choice", ("recovery-map",), {}, options=("East Asia", "peninsula", "whole")),
    Parameter("place", "Choose a place", "choice", ("recovery-map",), {}, options_from=("places", "place_id")),
    Parameter("event", "Choose an event", "choice", ("mission-timeline",), {}, options_from=("events", "event_id")),
    Parameter(
        "table",
        "Table",
        "choice",
        ("sources-and-data",),
        {},
        options=("figures", "events", "places", "operations", "sources", "cautions", "coverage", "series", "glossary"),
    ),
)


def parameters_of(page: str) -> tuple[Parameter, ...]:
    """Parameters of one page, in the order in which they are shown."""
    return tuple(parameter for parameter in PARAMETERS if page in parameter.pages)


def parameter(name: str) -> Parameter:
    """The parameter of a name. KeyError where there is none."""
    found = next((candidate for candidate in PARAMETERS if candidate.name == name), None)
    if found is None:
        raise KeyError(name)
    return found


def options_of(chosen: Parameter, library: Library) -> tuple[str, ...]:
    """Words that the parameter accepts, in the order of the dictionary."""
    if chosen.options_from:
        table, column = chosen.options_from
        return ("none", *library[table][column])
    if chosen.options or chosen.kind in ("years", "words"):
        return chosen.options
    table, column = next(iter(chosen.columns.items()))
    field = next(entry for entry in library.fields(table) if entry["name"] == column)
    return tuple(field.get("itemEnum") or field["constraints"]["enum"])


def year_bounds(library: Library) -> tuple[int, int]:
    """First and last year that any dated event or figure touches."""
    spans = [span_between(row.start, row.end) for row in library["events"].itertuples()]
    spans += [span_between(row.period_start, row.date) for row in library["figures"].itertuples()]
    known = [span for span in spans if span]
    return min(span.first.year for span in known), max(span.last.year for span in known)


def default_of(chosen: Parameter, library: Library) -> Value:
    """What the parameter is where the address does not say: everything."""
    if chosen.kind == "years":
        return year_bounds(library)
    if chosen.kind == "choice":
        return options_of(chosen, library)[0]
    return () if chosen.kind == "choices" else ""


def refused(chosen: Parameter, written: list[str], library: Library) -> list[str]:
    """Those of the values written in an address that the parameter does not accept."""
    if chosen.kind == "words":
        return []
    if chosen.kind == "years":
        first, last = year_bounds(library)
        good = len(written) == 2 and all(text.isdigit() and first <= int(text) <= last for text in written)
        return [] if good else written
    options = options_of(chosen, library)
    return [text for text in written if text not in options and not (text == "" and chosen.kind == "choices")]
