"""Which panels tell of remains? What each holds: rows, drawing, sentence and the note that keeps them apart."""

from collections.abc import Callable
from typing import Any, NamedTuple

import pandas as pd

from components import charts, summaries, theme
from components.panels import Panel
from data.compute import sum_of_operations, with_computed
from data.load import Library
from data.select import Selection, joint_recoveries, names_of_places, of_origin, rows_of, rows_of_brief, select


class Told(NamedTuple):
    """A panel's title, the panels of `series.csv` whose figures it draws, and its note."""

    title: str
    names: tuple[str, ...]
    note: str


NOT_FILTERED = "The filters above do not apply here."
OVER_TIME = {
    "by-year": Told(
        "Accounted for by year, beside what the law asks for",
        ("by_year", "pace_year"),
        "A fiscal year ends on 30 September. What the law asks for counts all conflicts, not the Korean War alone. Persons accounted for and identifications are two definitions.",
    ),
    "so-far": Told(
        "Accounted for so far",
        ("accounted_so_far",),
        "Two bases, the count from 1982 and the count from 1973, that are not one series.",
    ),
    "money": Told(
        "Money: budgets of the agencies, by year",
        ("money",),
        "Actual, estimated and requested amounts of different agencies, as each row says; partial. A request is not spending, and the program planned for 2012 did not take place.",
    ),
}
OF_BRIEF = {
    "since-1982": Told(
        "The brief's parts and its own total",
        ("by_origin",),
        "The computed sums leave out disinterments, of which the brief gives no number: with the remains estimated in the boxes the parts leave no room for them, and with the boxes themselves they fall short.",
    ),
    "returned-1950s": Told(
        "The 1950s, as the brief tells them",
        ("returned_1950s",),
        "The sets of remains came to the United Nations Command, which had many nations: the brief does not say how many were American.",
    ),
    "pace-month": Told(
        "Remains identified a month, and a year of that",
        ("pace_month",),
        "The brief does not say of which conflicts. The computed rows are twelve times the monthly rate: remains identified, not persons accounted for.",
    ),
}


def by_origin(library: Library, selection: Selection) -> Panel:
    """Remains of one origin over time: returned, estimated inside, identified."""
    origin = str(selection.get("origin", library))
    frame = of_origin(select(library, "figures", selection), origin)
    total = len(of_origin(rows_of(library, "figures"), origin))
    figure = charts.over_time(frame, theme.STAGE_COLOURS) if len(frame) else None
    note = "Each mark is one source at one time; nothing is joined. Counts so far and what came back in one period have marks of their own. Boxes, sets and persons stand on one axis and are not the same thing: the card and the table name each unit. Hollow: printed with a hedge."
    title = f"From {origin}: returned, estimated, identified"
    return Panel("by-origin", title, "figures", frame, total, summaries.of_stages(frame), figure, note=note)


def by_area(library: Library, selection: Selection) -> Panel:
    """Single joint operations added up by year and area."""
    rows = joint_recoveries(library, selection)
    sums = sum_of_operations(rows)
    names = names_of_places(library)
    figure = charts.stacked_sums(sums, names) if len(rows) else None
    said = summaries.of_sums(sums, names) if len(rows) else ""
    note = "Computed: rows of single operations added up; some print soldiers or coffins, counted here as sets of remains. Not every operation's number is in the record, so the sums fall short of the totals printed. Cumulative, annual and planned rows are never added in."
    return Panel("by-area", "Joint operations by year and area", "operations", rows, len(rows), said, figure, note=note)


def by_series(library: Library, key: str) -> Panel:
    """Figures of several series over time, each with a colour and a symbol of its own."""
    told = OVER_TIME[key]
    frame = pd.concat([rows_of(library, "figures", name) for name in told.names])
    colours = {name: theme.SERIES_COLOURS[name] for name in theme.SERIES_COLOURS if name in set(frame["series_id"])}
    is_money = key == "money"
    figure = charts.over_time(frame, colours, by="series_id", name_last=not is_money) if len(frame) else None
    said = summaries.of_amounts(frame) if is_money else summaries.of_rows(frame)
    return Panel(key, told.title, "figures", frame, len(frame), said, figure, note=f"{told.note} {NOT_FILTERED}")


def of_brief(library: Library, key: str, computed: Callable[[Library], list[dict[str, Any]]] | None = None) -> Panel:
    """What the brief itself prints, with the numbers computed from it."""
    told = OF_BRIEF[key]
    rows = rows_of_brief(library, told.names[0])
    frame = with_computed(rows, *(computed(library) if computed and len(rows) else []))
    figure = charts.hedged_rows(frame) if len(frame) else None
    return Panel(
        key,
        told.title,
        "figures",
        frame,
        len(frame),
        summaries.of_rows(frame),
        figure,
        note=f"{told.note} {NOT_FILTERED}",
    )
