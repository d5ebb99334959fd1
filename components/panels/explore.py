"""How are the series that a reader chose compared? On one chart or side by side, and a sentence that says why."""

from datetime import timedelta

import pandas as pd

from components.charts.side_by_side import Chart, Manner, SeriesLook, side_by_side
from components.panels import rail
from components.panels.panel import Drawn
from components.panels.tiles import short_who
from components.theme import NAVY, ORANGE, PLUM, TEAL
from data.query.comparing import (
    IN_ONE_PERIOD,
    Measure,
    by_measure,
    definitions_of,
    pairs_of_series,
    rows_of_series,
    series_chosen,
    series_in,
)
from data.query.joins import official_ids
from data.query.params import BY_YEAR, FROM_ZERO
from data.query.select import Selection, passed_over
from data.record.dates import span_of
from data.record.load import Library
from data.record.single_flight import computed_once
from data.record.wording import (
    Row,
    as_of_in_words,
    figure_in_words,
    hedge_and_number,
    joined_with_and,
    name_of_series,
    number_with_noun,
    unit_in_words,
    value_in_words,
)

# Color and symbol of the first series chosen, of the second, and so on.
LOOKS = ((NAVY, "circle"), (ORANGE, "square"), (TEAL, "diamond"), (PLUM, "triangle-up"))
KEY = "Filled: exact, in an official document. Hollow: hedged, by the press or an institution, outdated or in conflict. Arrow: more than. Bar from below: up to."
HOW_TO_READ = "Filled: an exact number in an official document or its reprint. Hollow: printed with a hedge, by the press or an institution, or outdated or in conflict. An arrow: more than. A bar from below: fewer than, or up to. A bar across spans the possible dates."
JOINED = "A thin line joins two official counts of one agency and one definition that are at most five years apart; nothing else is joined. Shaded: years without a figure."
TOTAL, PERIOD = "total to date", "in one period"
NONE_CHOSEN = "No series is chosen. Choose one to four under Series, or press Reset."
# Before the first year and after the last, so that no mark and no label is at the edge.
AIR = timedelta(days=150)
# Answers that are kept, of the choices of all readers.
ANSWERS_CACHED = 256
# Of so many series the answer of the page names the newest figures.
MOST_NAMED = 2
# Of so many figures of one day each is named.
MOST_NUMBERS = 3


def draw(library: Library, selection: Selection, frame: pd.DataFrame) -> Drawn:
    """The charts of the series chosen, with the rail: the newest figure of each, the legend, why they are together or not."""
    measured = by_measure(frame)
    looks = looks_of(library, selection, frame)
    charts = [Chart(title, measured[measure]) for measure, title in titles_of(list(measured)).items()]
    manner = _manner(library, selection, frame)
    figure = side_by_side(charts, looks, manner)
    newest = newest_rows(frame)
    why = why_in_words(list(measured), len(looks))
    meanings = " ".join(f"{title}: {text}" for title, text in definitions_of(looks).items())
    return Drawn(
        f"{why} Newest: {'; '.join(map(_newest_in_words, newest))}.",
        figure,
        f"{HOW_TO_READ} {JOINED} {meanings}",
        rail=rail.rail([_fact(rows) for rows in newest], selection, figure, KEY),
        stacked=(lambda: side_by_side(charts, looks, manner, is_narrow=True)) if len(charts) > 1 else None,
    )


def looks_of(library: Library, selection: Selection, frame: pd.DataFrame) -> dict[str, SeriesLook]:
    """How each series looks that has a figure among the rows, by its id; it keeps its look whatever else is chosen."""
    titles = dict(zip(frame["series_id"], frame["series_title"], strict=True))
    chosen = zip(series_chosen(library, selection), LOOKS, strict=False)
    return {series_id: SeriesLook(titles[series_id], *look) for series_id, look in chosen if series_id in titles}


def _manner(library: Library, selection: Selection, frame: pd.DataFrame) -> Manner:
    years = selection.active(library).get("years")
    spans = [span_of(day) for day in frame["date"] if day]
    first = min((span.first for span in spans), default=span_of("1950").first)
    last = max((span.last for span in spans), default=first)
    ends = years or (first.year, last.year)
    return Manner(
        (span_of(f"{ends[0]}").first - AIR, span_of(f"{ends[1]}").last + AIR),
        selection.get("dates", library) == BY_YEAR,
        selection.get("scale", library) == FROM_ZERO,
        official_ids(frame, library["sources"]),
        pairs_of_series(library, frame),
        not years,
    )


def titles_of(measures: list[Measure]) -> dict[Measure, str]:
    """What is above each chart: its unit, and whether a total or one period where another chart has the same unit."""
    units = [measure.unit for measure in measures]
    return {measure: _title_of(measure, units.count(measure.unit) > 1) for measure in measures}


def _title_of(measure: Measure, is_shared: bool) -> str:
    counted = PERIOD if measure.counted == IN_ONE_PERIOD else TOTAL
    parts = [measure.unit, counted if is_shared and not measure.manner else "", measure.manner]
    words = ", ".join(part for part in parts if part)
    return words[:1].upper() + words[1:]


def why_in_words(measures: list[Measure], series: int) -> str:
    """Why the figures are on one chart or side by side, in one sentence."""
    if len(measures) == 1:
        unit = measures[0].unit
        if series == 1:
            return f"One chart: all figures have the same unit ({unit})."
        return f"On one chart, because all have the same unit ({unit}); no line joins one series to another."
    reasons = []
    units = list(dict.fromkeys(measure.unit for measure in measures))
    if len(units) > 1:
        reasons.append(f"the units differ ({', '.join(units)})")
    plain = {(measure.unit, measure.counted) for measure in measures if not measure.manner}
    if len(plain) > len({unit for unit, _ in plain}):
        reasons.append("a total to date is not a number for one period")
    manners = [measure.manner for measure in measures if measure.manner]
    if manners and len(units) < len(measures):
        reasons.append("claims, plans and rates are not counts")
    return f"Side by side, because {joined_with_and(reasons)}."


def newest_rows(frame: pd.DataFrame) -> list[list[Row]]:
    """The figures of the latest day of each series, each number once: exact counts where the series has them; outdated and
    conflicting ones give way."""
    by_series: dict[str, list[Row]] = {series_id: [] for series_id in series_in(frame)}
    for row in _of_latest_day(_leading(frame)).sort_values(["value", "low"], kind="stable").to_dict("records"):
        by_series[row["series_id"]].append(row)
    return [_each_number_once(rows) for rows in by_series.values()]


def _leading(frame: pd.DataFrame) -> pd.DataFrame:
    """The figures of each series that may be its newest: its exact counts, or else what is not passed over, or else all."""
    plain = ~passed_over(frame)
    rank = 2 - plain.astype(int) - (plain & (frame["mark"] == "counts")).astype(int)
    return frame[rank == rank.groupby(frame["series_id"]).transform("min")]


def _of_latest_day(frame: pd.DataFrame) -> pd.DataFrame:
    latest = frame.groupby("series_id")["date"].max()
    return frame[frame["date"] == frame["series_id"].map(latest)]


def _each_number_once(rows: list[Row]) -> list[Row]:
    return list({figure_in_words(row): row for row in reversed(rows)}.values())[::-1]


def _newest_in_words(rows: list[Row]) -> str:
    """The newest figure of a series; of several of one day all that there is room for, or from the lowest to the highest."""
    name = name_of_series(rows[0]) if len(rows) == 1 else rows[0]["series_title"]
    return f"{name}: {_numbers_in_words(rows)} ({as_of_in_words(rows[-1])})"


def _numbers_in_words(rows: list[Row]) -> str:
    """The numbers with their units; of more than a few of one unit the lowest and the highest."""
    if len(rows) <= MOST_NUMBERS:
        return joined_with_and([figure_in_words(row) for row in rows])
    if len({row["unit"] for row in rows}) == 1:
        return f"{number_with_noun(len(rows), 'figure')} from {value_in_words(rows[0])} to {figure_in_words(rows[-1])}"
    return number_with_noun(len(rows), "figure")


def _fact(rows: list[Row]) -> rail.Fact:
    row = rows[-1]
    if len(rows) > 1:
        text = f"{row['series_title']}: {_numbers_in_words(rows)}, {as_of_in_words(row)}"
        return rail.Fact(number_with_noun(len(rows), "figure"), text, row["figure_id"])
    hedge, number = hedge_and_number(row)
    text = f"{name_of_series(row)}: {unit_in_words(row)}, {as_of_in_words(row)} ({short_who(row['attributed_to'])})"
    return rail.Fact(f"{hedge} {number}".strip(), text, row["figure_id"])


@computed_once(ANSWERS_CACHED)
def answer(library: Library, series: tuple[str, ...]) -> str:
    """What is compared: of few series the newest figures, of more how many figures they have; and why they are together or not."""
    if not series:
        return NONE_CHOSEN
    frame = rows_of_series(library, Selection("explore", {"series": series}))
    if frame.empty:
        return "No figure of this series had been published by that day, or by these sources."
    newest = [_newest_in_words(rows) for rows in newest_rows(frame)]
    why = why_in_words(list(by_measure(frame)), len(newest))
    if len(newest) > MOST_NAMED:
        return f"{number_with_noun(len(frame), 'figure')} of {len(newest)} series. {why}"
    return f"{'. '.join(newest)}. {why}"
