"""Which rows does each panel show? One list serves the pages, the addresses of the data and the files.

A view is asked for its rows with a Library and a Selection, and with nothing else: so the rows on a page, in a file and
behind an address are the same rows.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import pandas as pd

from data.query.comparing import definitions_of, rows_of_series
from data.query.compute import falls_of, look_ahead, sum_returned, sums_since_1982, unplaced_of, with_computed, years_of
from data.query.origins import leading_figures
from data.query.params import PARAMETERS, table_of_words
from data.query.rows import rows_named, statements_of
from data.query.select import (
    MAP_SERIES,
    Selection,
    estimates_on_map,
    events_laid_over,
    events_of_preset,
    figures_of_countries,
    headlines,
    joint_recoveries,
    labeled_by_scope,
    of_origin,
    one_row_per_event,
    places_within,
    rows_of,
    rows_of_brief,
    select,
)
from data.query.then_and_now import ROW_ID_COLUMNS, lines_in_words
from data.record.load import Library, cached_with_library
from data.record.wording import statements_in_words

Rows = Callable[[Library, Selection], pd.DataFrame]
# The series of the brief's own total of what it lists by origin.
TOTAL_OF_BRIEF = "remains_since_1982"


@dataclass(frozen=True)
class View:
    """The rows of one panel.

    `title` is its topic; what its rows find, the title of a screen in a room, is in `FINDINGS` of
    components/panels/findings.py, under the same key. `page` is the address of the page that shows it, `choices` are the parameters that filter its rows beside the day and
    the sources, and `subject` those that say what it is about: a title may name them in braces, and the number of rows
    that could be shown is counted within them. `looks` decide how its drawing looks, never its rows. `beside` gives the
    rows of other tables that the drawing shows too, by table. `assembled` views hold computed rows, or rows of several tables in the
    columns of one.
    """

    key: str
    page: str
    table: str
    title: str
    rows: Rows
    choices: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    looks: tuple[str, ...] = ()
    beside: Callable[[Library, Selection], dict[str, pd.DataFrame]] = field(default=lambda library, selection: {})
    assembled: bool = False


def rows_shown(view: View, library: Library, selection: Selection) -> pd.DataFrame:
    """The rows that the selection leaves in a view, in the order in which they are shown."""
    return view.rows(library, selection_within(view, selection))


def count_without_filters(view: View, library: Library, selection: Selection, shown: pd.DataFrame) -> int:
    """How many rows the view could show: those of its subject, whatever else is chosen; `shown` are those that are left."""
    obeyed = selection_within(view, selection).values
    subject = tuple((name, obeyed[name]) for name in view.subject if name in obeyed)
    return len(shown) if len(subject) == len(obeyed) else _count(library, view, subject)


@cached_with_library
def _count(library: Library, view: View, subject: tuple[tuple[str, object], ...]) -> int:
    return len(view.rows(library, Selection(view.page, dict(subject))))


def parameter_names(view: View) -> tuple[str, ...]:
    """Names of the parameters that decide the rows of a view, the day and the sources first."""
    return ("asof", "source", *view.choices, *view.subject)


def view_of_table(library: Library, table: str) -> View:
    """All rows of a table as a view, which every parameter filters that names one of its columns."""
    choices = tuple(chosen.name for chosen in PARAMETERS if table in chosen.columns or chosen.kind == "words")
    return View(table, "sources-and-data", table, library.describe(table)["title"], _table(table), choices)


def selection_within(view: View, selection: Selection) -> Selection:
    """The selection with those choices alone that the view obeys."""
    obeyed = (*view.choices, *view.subject)
    return Selection(view.page, {name: value for name, value in selection.values.items() if name in obeyed})


def views_of(page: str) -> list[View]:
    """The views of a page, in the order in which it shows them."""
    return [view for view in LIST if view.page == page]


def views_shown(page: str, library: Library, selection: Selection) -> list[View]:
    """The views that a page shows with these choices: its own, and on the page of tables the table that is chosen."""
    if page == "sources-and-data":
        return [view_of_table(library, table_of_words(str(selection.get("table", library))))]
    return views_of(page)


def title_of(view: View, library: Library, selection: Selection) -> str:
    """The title of a view, with its subject in words."""
    if view.key == "disagreement-panel":
        return _titles_of_disagreements(library).get(str(selection.get("disagreement", library)), view.title)
    return view.title.format(**{name: _subject_in_words(selection.get(name, library)) for name in view.subject})


@cached_with_library
def _titles_of_disagreements(library: Library) -> dict[str, str]:
    frame = library["disagreements"]
    return dict(zip(frame["disagreement_id"], frame["title"], strict=True))


def _subject_in_words(value: object) -> object:
    """What a view is about, in its title; of several series the first, and how many others."""
    if not isinstance(value, tuple):
        return value
    titles = list(definitions_of(value))
    if len(titles) < 3:
        return " and ".join(titles) or "No series chosen"
    return f"{titles[0]} and {len(titles) - 1} other series"


def _panel(name: str) -> Rows:
    return lambda library, selection: select(library, "figures", selection, panel=name)


def _table(name: str) -> Rows:
    return lambda library, selection: select(library, name, selection)


def _small(name: str) -> Rows:
    return lambda library, selection: labeled_by_scope(rows_of(library, "figures", name))


def _in_panels(*names: str) -> Rows:
    return lambda library, selection: pd.concat([rows_of(library, "figures", name) for name in names])


def _brief(panel: str, computed: Callable[[Library], list[dict[str, object]]] | None = None) -> Rows:
    def rows(library: Library, selection: Selection) -> pd.DataFrame:
        printed = rows_of_brief(library, panel)
        return with_computed(printed, *(computed(library) if computed and len(printed) else []))

    return rows


def _parts_and_total(library: Library, selection: Selection) -> pd.DataFrame:
    """The brief's parts since 1982, its own total, and the sums of the parts, which are computed."""
    parts, counted = rows_of_brief(library, "by origin"), rows_of_brief(library, "")
    total = counted[counted["series_id"] == TOTAL_OF_BRIEF]
    return with_computed(pd.concat([parts, total]), *(sums_since_1982(library) if len(parts) else []))


def _disagreement(library: Library, selection: Selection) -> pd.DataFrame:
    statements = statements_of(library)
    chosen = selection.get("disagreement", library)
    return statements[chosen] if chosen in statements else rows_of(library, "figures").iloc[:0]


def _disagreements(library: Library, selection: Selection) -> pd.DataFrame:
    frame = library["disagreements"]
    statements = statements_of(library)
    return frame.assign(statements=[statements_in_words(statements[row_id]) for row_id in frame["disagreement_id"]])


def _events(library: Library, selection: Selection) -> pd.DataFrame:
    """One row an event, of the ready choice and of all others."""
    rows = select(library, "events", selection)
    return one_row_per_event(events_of_preset(rows, str(selection.get("preset", library))))


def claims_beside(library: Library, selection: Selection) -> pd.DataFrame:
    """The claims on prisoners that stand beside the counts, within the choices of the view."""
    return select(library, "figures", selection_within(VIEWS["prisoner-totals"], selection), panel="claims")


def _claims_beside(library: Library, selection: Selection) -> dict[str, pd.DataFrame]:
    claims = claims_beside(library, selection)
    return {"figures": claims} if len(claims) else {}


def _laid_over(library: Library, selection: Selection) -> dict[str, pd.DataFrame]:
    events = events_laid_over(library, selection)
    return {"events": events} if len(events) else {}


def _on_the_map(library: Library, selection: Selection) -> dict[str, pd.DataFrame]:
    """The rows behind the numbers on the map: figures of whole countries, and those of the question asked."""
    question = selection.get("layer", library)
    found = {"figures": figures_of_countries(library, places_within(library, selection), MAP_SERIES)}
    found |= {"operations": joint_recoveries(library, selection)} if question == "Where recovered" else {}
    if question == "Where believed buried":
        found["burial_estimates"] = estimates_on_map(library, selection).drop(columns="label")
    found |= {"routes": select(library, "routes", selection)} if question == "Routes" else {}
    return {table: rows for table, rows in found.items() if len(rows)}


def _rows_of_lines(library: Library, selection: Selection) -> dict[str, pd.DataFrame]:
    """The rows that the lines of the brief then and now name, by table."""
    frame = library["then_and_now"]
    return rows_named(library, [cell for name in ROW_ID_COLUMNS for cell in frame[name] if cell])


LIST = (
    View(
        "headlines", "", "figures", "Where things stand: the newest figures", lambda library, chosen: headlines(library)
    ),
    View(
        "believed-to-lie",
        "",
        "figures",
        "Where the missing are believed to be, according to the brief of July 2012",
        _brief("believed to lie", unplaced_of),
        assembled=True,
    ),
    View(
        "then-and-now",
        "",
        "then_and_now",
        "The brief of July 2012 and the newest figures",
        lambda library, chosen: lines_in_words(library),
        beside=_rows_of_lines,
    ),
    View(
        "unaccounted-for",
        "counts-over-time",
        "figures",
        "Unaccounted for, as printed",
        _panel("unaccounted for"),
        choices=("mark", "hedge", "years"),
        looks=("overlay", "period"),
        beside=_laid_over,
    ),
    View(
        "pace-by-period",
        "counts-over-time",
        "figures",
        "How fast the counts fell, by period",
        lambda library, chosen: falls_of(library, chosen.active(library).get("years")),
        choices=("years",),
        assembled=True,
    ),
    View("by-state", "counts-over-time", "figures", "Unaccounted for, by home state", _small("by state")),
    View(
        "accounted-by-state",
        "counts-over-time",
        "figures",
        "Accounted for or recovered, by home state",
        _small("accounted by state"),
    ),
    View(
        "by-status",
        "counts-over-time",
        "figures",
        "Unaccounted for, by status when lost",
        _small("by status"),
    ),
    View(
        "origins",
        "remains-and-identifications",
        "figures",
        "Returned, estimated and identified, by origin",
        lambda library, chosen: leading_figures(library),
        looks=("origin",),
    ),
    View(
        "by-origin",
        "remains-and-identifications",
        "figures",
        "From {origin}: returned, estimated, identified",
        lambda library, chosen: of_origin(select(library, "figures", chosen), str(chosen.get("origin", library))),
        choices=("hedge",),
        subject=("origin",),
    ),
    View(
        "by-area",
        "remains-and-identifications",
        "operations",
        "Joint operations by year and area",
        joint_recoveries,
    ),
    View(
        "by-year",
        "remains-and-identifications",
        "figures",
        "Accounted for by year, and the goal in the law",
        _in_panels("by year", "pace year"),
    ),
    View("so-far", "remains-and-identifications", "figures", "Accounted for so far", _in_panels("accounted so far")),
    View(
        "since-1982",
        "remains-and-identifications",
        "figures",
        "The brief's parts and its own total",
        _parts_and_total,
        assembled=True,
    ),
    View(
        "returned-1950s",
        "remains-and-identifications",
        "figures",
        "The 1950s, according to the brief",
        _brief("returned 1950s"),
    ),
    View(
        "pace-month",
        "remains-and-identifications",
        "figures",
        "Remains identified per month, and twelve times that",
        _brief("pace month", years_of),
        assembled=True,
    ),
    View(
        "look-ahead",
        "remains-and-identifications",
        "figures",
        "A look ahead: a calculation, not data",
        lambda library, chosen: look_ahead(library, int(chosen.get("pace", library))),
        subject=("pace",),
        assembled=True,
    ),
    View(
        "money",
        "remains-and-identifications",
        "figures",
        "Money: budgets of the agencies, by year",
        _in_panels("money"),
    ),
    View(
        "prisoner-totals",
        "prisoners-of-war",
        "figures",
        "What all sources print: captured, died, returned, refused",
        _panel("prisoner totals"),
        choices=("hedge",),
        beside=_claims_beside,
    ),
    View(
        "claims",
        "prisoners-of-war",
        "figures",
        "Claims about men who did not return",
        _panel("claims"),
        choices=("hedge",),
    ),
    View(
        "prisoners",
        "prisoners-of-war",
        "figures",
        "Reported held, and returned, according to the brief",
        _brief("prisoner totals", sum_returned),
        assembled=True,
    ),
    View(
        "map",
        "recovery-map",
        "places",
        "Places of the accounting",
        places_within,
        choices=("country", "part", "years"),
        looks=("view", "layer"),
        beside=_on_the_map,
    ),
    View(
        "all-operations",
        "recovery-map",
        "operations",
        "Operations, exchanges, turnovers and talks",
        _table("operations"),
        choices=("country", "years"),
    ),
    View(
        "burial-estimates",
        "recovery-map",
        "burial_estimates",
        "Estimates of how many died, were buried, or were lost at each place",
        _table("burial_estimates"),
        choices=("years",),
    ),
    View(
        "timeline-panel",
        "mission-timeline",
        "events",
        "Events of the accounting by topic",
        _events,
        choices=("lane", "country", "status", "years", "q", "preset"),
    ),
    View(
        "disagreement-panel",
        "disagreements",
        "figures",
        "The statements of one disagreement",
        _disagreement,
        subject=("disagreement",),
        assembled=True,
    ),
    View(
        "all-disagreements",
        "disagreements",
        "disagreements",
        "All disagreements",
        _disagreements,
        looks=("disagreement",),
    ),
    View(
        "explore",
        "explore",
        "figures",
        "{series}",
        rows_of_series,
        choices=("years",),
        subject=("series",),
        looks=("scale", "dates"),
    ),
)
VIEWS = {view.key: view for view in LIST}
