"""What can a reader choose, under what name in the address, and what does each choice filter?

One table of parameters serves the widgets, the notices on bad addresses and the filters: a name here is the key of a
widget and the name in the address. Options are stable words that serve as label and as id.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from data.query.as_of import BRIEF_ONLY
from data.query.pace import SLOWEST, pace_of_record
from data.record.dates import span_of
from data.record.load import Library, allowed_in, cached_with_library
from data.record.load import library as whole_library
from data.record.tables import SERIES_OF_COUNTS

Kind = Literal["choices", "choice", "years", "words", "day", "number"]
# What a parameter can be, by its kind: words, two years, one word, a text, a day or a number.
Value = Any


@dataclass(frozen=True)
class Parameter:
    """One thing that a reader can choose.

    `columns` maps a table to the column that the choice filters; a parameter without columns changes the view only.
    Where `through` names a table and a column of it, the choice filters what the ids in those columns lead to there.
    `options` are its words, or a function of the Library that gives them. They may be left empty: then they are the cells of the column that `options_from` names, after "none", or the
    values that the dictionary allows for the first of the columns. `default` is what a list of choices holds where the
    address says nothing, as far as the record has it, `bounds` the least and the most of a number. Options that are ids of rows have their names in the
    table and column of `names_from`; of a list of them no more than `most` are chosen. One that is seldom used, everywhere or
    on some pages, is shown behind a button; one that is linked is chosen by the links of a drawing, and its widget is out of sight.
    """

    name: str
    label: str
    kind: Kind
    pages: tuple[str, ...]
    columns: Mapping[str, str]
    through: tuple[str, str] | None = None
    options: tuple[str, ...] | Callable[[Library], tuple[str, ...]] = ()
    options_from: tuple[str, str] | None = None
    default: tuple[str, ...] = ()
    bounds: tuple[int, int] = (0, 0)
    help: str = ""
    is_seldom: bool = False
    seldom_on: tuple[str, ...] = ()
    is_linked: bool = False
    names_from: tuple[str, str] | None = None
    most: int = 0


EVERY = ("",)
# From where the chart of counts has its full width: what is older is drawn in a narrow strip at its left.
PERIODS = SINCE_2001, SINCE_1950, SINCE_THE_BRIEF = ("Since 2001", "Since 1950", "Since the brief")
# How many people a year a look ahead takes: it begins at the pace of the record.
PACE = "pace"
# How numbers and days are laid out on the charts of Explore.
SCALES = FROM_ZERO, FITTED = ("from zero", "fitted")
DATES = BY_DAY, BY_YEAR = ("by day", "by year")
PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        "asof", "Show what was known on", "day", EVERY, {}, help="Shows only what had been published by this day."
    ),
    Parameter("source", "Sources", "choice", EVERY, {}, options=("all", BRIEF_ONLY)),
    Parameter(
        "layer",
        "Show",
        "choice",
        ("recovery-map",),
        {},
        options=("Where recovered", "Where believed buried", "Camps and handovers", "Routes"),
    ),
    Parameter(
        "view",
        "View",
        "choice",
        ("recovery-map",),
        {},
        options=("peninsula", "North Korea", "South Korea", "East Asia", "whole"),
        is_seldom=True,
    ),
    Parameter(
        "preset",
        "Show",
        "choice",
        ("mission-timeline",),
        {},
        options=("all", "since 2018", "joint operations", "prisoners", "the brief's own"),
    ),
    Parameter("lane", "Kind of event", "choices", ("mission-timeline",), {"events": "lane"}, is_seldom=True),
    Parameter(
        "country",
        "Country",
        "choices",
        ("recovery-map", "mission-timeline", "sources-and-data"),
        {
            "events": "country",
            "places": "country",
            "operations": "country",
            "figures": "country",
        },
        seldom_on=("mission-timeline", "recovery-map", "sources-and-data"),
    ),
    Parameter(
        "status",
        "Status",
        "choices",
        ("mission-timeline",),
        {"events": "status"},
        is_seldom=True,
        help="Plans that fell through and claims are events too, and are marked.",
    ),
    Parameter(
        "series",
        "Series",
        "choices",
        ("explore",),
        {"figures": "series_id"},
        options=lambda library: tuple(whole_library()["series"]["series_id"]),
        default=(SERIES_OF_COUNTS, "accounted_for_since_1982"),
        names_from=("series", "title"),
        most=4,
    ),
    Parameter("scale", "Scale", "choice", ("explore",), {}, options=SCALES),
    Parameter(
        "dates",
        "Dates",
        "choice",
        ("explore",),
        {},
        options=DATES,
        is_seldom=True,
        help="By day, a mark spans its possible dates. By year, the series are side by side within each year.",
    ),
    Parameter("period", "Chart", "choice", ("counts-over-time",), {}, options=PERIODS),
    Parameter(
        "mark",
        "Show",
        "choices",
        ("counts-over-time",),
        {"figures": "mark"},
        default=("counts", "before 2001"),
        help="Exact official counts form the series. Rounded, hedged and outdated numbers are marks of their own kind.",
    ),
    Parameter(
        "hedge",
        "Wording in the source",
        "choices",
        ("counts-over-time", "remains-and-identifications", "prisoners-of-war"),
        {"figures": "qualifier"},
        is_seldom=True,
        help="The word that the source prints with the number. “exact” means that it prints none.",
    ),
    Parameter(
        "origin",
        "Where the remains came from",
        "choice",
        ("remains-and-identifications",),
        {},
        options=(
            "joint operations",
            "208 boxes",
            "55 boxes",
            "return of 2007",
            "Operation Glory",
            "Punchbowl",
            "South Korea",
            "China",
            "Japan",
        ),
        is_linked=True,
    ),
    Parameter(
        PACE, "People accounted for per year", "number", ("remains-and-identifications",), {}, bounds=(SLOWEST, 300)
    ),
    Parameter("part", "What happened there", "choices", ("recovery-map",), {"places": "roles"}, is_seldom=True),
    Parameter(
        "years",
        "Years",
        "years",
        ("counts-over-time", "recovery-map", "mission-timeline", "explore", "sources-and-data"),
        {"events": "start", "figures": "date", "operations": "start", "burial_estimates": "date", "routes": "start"},
        seldom_on=("counts-over-time", "explore", "sources-and-data"),
    ),
    Parameter(
        "tier",
        "Kind of source",
        "choices",
        ("sources-and-data",),
        dict.fromkeys(("figures", "operations", "burial_estimates", "events", "sources"), "source_id"),
        through=("sources", "tier"),
        is_seldom=True,
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
        options=lambda library: ("none", *(lane for lane in allowed_in(library, "events", "lane") if lane != "war")),
        is_seldom=True,
    ),
    Parameter("event", "Find an event", "choice", ("mission-timeline",), {}, options_from=("events", "event_id")),
    Parameter("place", "Choose a place", "choice", ("recovery-map",), {}, options_from=("places", "place_id")),
    Parameter(
        "disagreement",
        "Choose a disagreement",
        "choice",
        ("disagreements",),
        {},
        options_from=("disagreements", "disagreement_id"),
    ),
    Parameter(
        "table",
        "Table",
        "choice",
        ("sources-and-data",),
        {},
        options=lambda library: tables_to_choose(library),
    ),
)


def parameters_of(page: str) -> tuple[Parameter, ...]:
    """Parameters of one page, in the order in which they are shown; those of every page are in the frame."""
    return tuple(parameter for parameter in PARAMETERS if page in parameter.pages and parameter.pages != EVERY)


def parameter_named(name: str) -> Parameter:
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
    if callable(chosen.options):
        return chosen.options(library)
    if chosen.options or chosen.kind in ("years", "words", "day", "number"):
        return chosen.options
    table, column = chosen.through or next(iter(chosen.columns.items()))
    return tuple(allowed_in(library, table, column))


# Tables that a reader finds elsewhere than where the dictionary lists them: each with the one that it follows.
FOLLOWS = {"series": "coverage", "then_and_now": "burial_estimates"}


def tables_to_choose(library: Library) -> tuple[str, ...]:
    """The tables in words, in the order in which a reader is offered them."""
    names = [name for name in library.tables if name not in FOLLOWS]
    for name, before in FOLLOWS.items():
        names.insert(names.index(before) + 1, name)
    return tuple(table_in_words(name) for name in names)


def table_in_words(table: str) -> str:
    """The name of a table as a choice: "burial estimates"."""
    return table.replace("_", " ")


def table_of_words(words: str) -> str:
    """The table that a choice names."""
    return words.replace(" ", "_")


def default_of(chosen: Parameter, library: Library) -> Value:
    """What the parameter is where the address does not say: everything."""
    if chosen.kind == "years":
        return library.years
    if chosen.kind == "choice":
        return options_of(chosen, library)[0]
    if chosen.kind == "number":
        return min(pace_of_record(library), bounds_of(chosen)[1])
    return _defaults_in_record(library, chosen.name) if chosen.kind == "choices" else ""


@cached_with_library
def _defaults_in_record(library: Library, name: str) -> tuple[str, ...]:
    """What a list of choices holds at first, as far as the record has it."""
    chosen = parameter_named(name)
    known = options_of(chosen, library) if chosen.default else ()
    return tuple(option for option in chosen.default if option in known)


def bounds_of(chosen: Parameter) -> tuple[int, int]:
    """The least and the most of a number; the pace of the record is always between them, as far as digits may be written."""
    low, high = chosen.bounds
    if chosen.name != PACE:  # the size of a picture
        return low, high
    return low, min(max(high, pace_of_record(whole_library())), 10**MOST_DIGITS - 1)


def neutral_of(chosen: Parameter, library: Library) -> Value:
    """What the parameter is where it filters nothing: for lists of choices none, whatever the default."""
    return () if chosen.kind == "choices" else default_of(chosen, library)


LONGEST_WORDS, MOST_DIGITS = 200, 4
# Characters that XML cannot hold, and with it no picture, workbook or deck; as a class of a regular expression has them.
UNWRITABLE = r"\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff"
# Halves of a character cannot come in an address, but in a file of JSON.
NO_CHARACTER = re.compile(rf"[{UNWRITABLE}\ud800-\udfff]")


def is_number(text: str) -> bool:
    """True for a whole number of few enough digits, in digits that every program reads."""
    return text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS


def is_day(text: str) -> bool:
    """True for a day of the calendar, written as 2012-07-03."""
    try:
        return len(text) == 10 and text.isascii() and span_of(text).first == span_of(text).last
    except ValueError:
        return False


def unaccepted(chosen: Parameter, written: list[str], library: Library) -> list[str]:
    """Those of the values written in an address that the parameter does not accept; an empty one stands for no choice."""
    if written == [""]:
        return []
    if chosen.kind == "words":
        return [text for text in written if len(text) > LONGEST_WORDS or NO_CHARACTER.search(text)]
    if chosen.kind == "day":
        return [text for text in written if not is_day(text)]
    if chosen.kind == "number":
        low, high = bounds_of(chosen)
        return [text for text in written if not (is_number(text) and low <= int(text) <= high)]
    if chosen.kind == "years":
        first, last = library.years
        good = len(written) == 2 and all(is_number(text) and first <= int(text) <= last for text in written)
        return [] if good else written
    options = options_of(chosen, library)
    known = [text for text in dict.fromkeys(written) if text in options]
    return [text for text in written if text not in known[: chosen.most or None]]


def names_of_options(chosen: Parameter, library: Library) -> dict[str, str]:
    """What the options of a parameter are called, by option, where they are ids of rows; else themselves."""
    if not chosen.names_from:
        return {option: option for option in options_of(chosen, library)}
    table, column = chosen.names_from
    frame = whole_library()[table]
    return dict(zip(frame.iloc[:, 0], frame[column], strict=True))
