"""What does each drawing say in a sentence? Computed from the rows that are drawn, hedges kept."""

import re
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Any

import pandas as pd

from components.charts import limits
from data.query.pace import Fall, fall_before_the_brief, fall_in_all, fall_since_the_brief
from data.query.params import PACE, default_of, parameter_named
from data.query.select import newest_number_of, newest_of, passed_over, rows_of
from data.record import clock
from data.record.dates import date_in_words, period_in_words, span_of
from data.record.documents import count_documents
from data.record.load import Library, cached_with_library
from data.record.tables import BRIEF, SERIES_OF_COUNTS
from data.record.wording import (
    Row,
    as_of_in_words,
    brief_in_words,
    caveats_of,
    figure_in_words,
    hedge_of_difference,
    joined_with_and,
    number_with_noun,
    sets_of_remains,
    speaker_of,
    unit_in_words,
    value_in_words,
)

# Years without a figure, less one, from which a summary says so.
SHORTEST_GAP = 5
# Figures that a sentence names one by one.
MOST_NAMED = 9


def of_counts(frame: pd.DataFrame) -> str:
    """How many figures are shown, the first and the last of the exact counts, the brief's, and the longest gap."""
    dated = frame[frame["date"] != ""].sort_values("date")
    if dated.empty:
        return "No figure shown here has a date."
    counts = dated[dated["mark"] == "counts"]
    of_brief = dated[dated["source_id"] == BRIEF].head(MOST_NAMED - 2)
    named = pd.concat([of_brief, counts.head(1), counts.tail(1)])
    named = (named if len(named) else dated.tail(1)).drop_duplicates("figure_id").sort_values("date")
    figures = [f"{figure_in_words(row)} ({as_of_in_words(row)})" for row in named.to_dict("records")]
    others = (
        f"{number_with_noun(len(counts), 'count')} and {number_with_noun(len(dated) - len(counts), 'other figure')}"
    )
    whole = others if len(counts) else number_with_noun(len(dated), "figure")
    return f"{whole}; among them {joined_with_and(figures)}.{_longest_gap(list(dated['date']))}"


def _longest_gap(days: list[str]) -> str:
    """The longest stretch of whole years that none of these days is of, if it is of more than five years."""
    spans = [span_of(day) for day in days]
    gaps = [(one.last.year + 1, other.first.year - 1) for one, other in pairwise(spans)]
    first, last = max(gaps, key=lambda gap: gap[1] - gap[0], default=(0, 0))
    return f" No figures found for {first}-{last}." if last - first >= SHORTEST_GAP else ""


def _newest_named(frame: pd.DataFrame, in_words: Callable[[Row], str]) -> str:
    """Each row in words; of many, the newest, and how many those are."""
    rows = limits.newest(frame, MOST_NAMED)
    lead = f"The newest {len(rows)} of {len(frame):,}: " if len(rows) < len(frame) else ""
    return f"{lead}{'; '.join(in_words(row) for row in rows.to_dict('records'))}."


def of_rows(frame: pd.DataFrame) -> str:
    """Each figure with its label, the computed ones said to be computed; of many, the newest of each series."""
    if len(frame) > MOST_NAMED:
        newest = frame[frame["date"] != ""].sort_values("date").drop_duplicates("series_id", keep="last")
        figures = [
            f"{row['series_title']}: {figure_in_words(row)} ({as_of_in_words(row)})"
            for row in newest.to_dict("records")
        ]
        return f"{number_with_noun(len(frame), 'figure')}; the newest of each series: {'; '.join(figures)}."
    rows = frame.to_dict("records")
    computed = [row["kind"] == "computed" and "computed" not in row["label"] for row in rows]
    figures = [
        f"{row['label']}: {figure_in_words(row)}{' (computed)' * mark}"
        for row, mark in zip(rows, computed, strict=True)
    ]
    return "; ".join(figures) + "."


def of_claims(frame: pd.DataFrame) -> str:
    """Who claims what, none of it counted."""
    claims = _newest_named(frame, lambda row: f"{speaker_of(row['attributed_to'])}: {figure_in_words(row)}")
    why = ", which cannot be added up or averaged" if len(frame) > 1 else ""
    return f"{number_with_noun(len(frame), 'claim')}{why}. {claims}"


def of_events(frame: pd.DataFrame) -> str:
    """How many events there are, between when and when, and how many are plans or claims."""
    dated = frame[frame["start"] != ""]
    undated = len(frame) - len(dated)
    period = (
        f" from {period_in_words('', dated['start'].min())} to {period_in_words('', dated['end'].max())}"
        if len(dated)
        else ""
    )
    plans = int(frame["status"].isin(["planned", "fell through"]).sum())
    claims = int((frame["status"] == "claimed").sum())
    return f"{number_with_noun(len(frame), 'event')}{period}; {number_with_noun(plans, 'plan')}, {number_with_noun(claims, 'claim')}, {undated:,} without a printed date."


def of_places(frame: pd.DataFrame) -> str:
    """How many places have a point and how many have none, and why."""
    precision = frame["coordinate_precision"].value_counts()
    countries, unknown = int(precision.get("country", 0)), int(precision.get("unidentified", 0))
    points = len(frame) - countries - unknown
    return f"{number_with_noun(len(frame), 'place')}: {points} with a point on the map, {countries} known only by country, {unknown} not identified."


def of_scopes(frame: pd.DataFrame) -> str:
    """Each figure by what it covers and when; of many, the newest."""
    return _newest_named(frame, lambda row: f"{row['scope']}: {value_in_words(row)} ({as_of_in_words(row)})")


def of_sums(sums: pd.DataFrame, names: dict[str, str]) -> str:
    """What the rows of single operations that have a date add up to, in all and by place; said to be computed."""
    if sums.empty:
        return "No operation shown here has a date."
    by_place = sums.groupby("place_id")["total"].sum().sort_values(ascending=False)
    places = joined_with_and([f"{names[str(place)]} {total:,}" for place, total in by_place.items()])
    years = f"{sums['year'].min()} to {sums['year'].max()}"
    whole = f"{sets_of_remains(int(by_place.sum()))} in {number_with_noun(len(by_place), 'area')}"
    return f"Computed from rows of single operations, {years}: {whole} ({places})."


def of_newest_count(library: Library) -> str:
    """The newest count, its day and whose it is, the change since the brief, the pace before and since, and its age."""
    return _of_newest_count(library, library.as_of or clock.today())


@cached_with_library
def _of_newest_count(library: Library, until: date) -> str:
    newest = newest_of(library, SERIES_OF_COUNTS)
    if newest.empty:
        return "No number unaccounted for had been published by that day."
    row = newest.iloc[0].to_dict()
    sentences = [f"{newest_count_in_words(library)}.", of_falls(library), _age_of(row, until, library)]
    return " ".join(sentence for sentence in sentences if sentence)


def newest_count_in_words(library: Library) -> str:
    """The newest count with its day, whose it is, and the change since the brief; without a full stop. Empty without one."""
    newest = newest_of(library, SERIES_OF_COUNTS)
    if newest.empty:
        return ""
    row = newest.iloc[0].to_dict()
    change = change_since_brief(library)
    verb = "was" if unit_in_words(row) == "person" else "were"
    who = f"{_short_attribution(row)}{caveats_of(row)}"
    sentence = f"{figure_in_words(row)} {verb} unaccounted for {_on_day(row)} ({who}){f': {change}' if change else ''}"
    return sentence[:1].upper() + sentence[1:]


def change_since_brief(library: Library) -> str:
    """By how much the newest count differs from the brief's: "about 498 fewer than in the July 2012 brief of …
    (approximately 7,954)"; empty where there is no later count, or not of the same definition."""
    fall, newest = fall_since_the_brief(library), newest_of(library, SERIES_OF_COUNTS)
    if not fall or newest.empty or fall.last["figure_id"] != newest.iloc[0]["figure_id"]:
        return ""
    brief, last = fall.first, fall.last
    if any(brief[name] != last[name] for name in ("series_id", "scope", "country", "unit")):
        return ""
    hedge = "about " if hedge_of_difference(brief, last) else ""
    change = (
        f"{hedge}{abs(fall.people):,} {'fewer' if fall.people > 0 else 'more'} than" if fall.people else "as many as"
    )
    return f"{change} in {brief_in_words(library)} ({value_in_words(brief)})"


def newer_statement(library: Library) -> dict[str, Any] | None:
    """The newest hedged statement of how many are unaccounted for, where it is of a later day than the newest count."""
    newest = newest_of(library, SERIES_OF_COUNTS)
    if newest.empty or not newest.iloc[0]["date"]:
        return None
    on = span_of(str(newest.iloc[0]["date"])).last
    later = rows_of(library, "figures", "unaccounted for")
    is_later = later["date"].map(lambda cell: bool(cell) and span_of(cell).first > on).astype(bool)
    later = later[~passed_over(later) & is_later & (later["qualifier"] != "exact")].sort_values("date")
    return {str(name): cell for name, cell in later.iloc[-1].items()} if len(later) else None


def fall_in_words(fall: Fall) -> str:
    """The pace of a fall: "about 41 a year"; of a rise "up about 3 a year"; "no change" where both counts are the same."""
    if not fall.people:
        return "no change"
    return f"{'up ' if fall.people < 0 else ''}about {abs(round(fall.per_year))} a year"


def of_falls(library: Library, names_day: bool = False) -> str:
    """The pace of the exact counts before the brief and since, or over what there is; said to be computed."""
    before, since = fall_before_the_brief(library), fall_since_the_brief(library)
    if before and since:
        until = date_in_words(str(before.last["date"])[:7]) if names_day else "then"
        first, then = _verb_of(before), _verb_of(since)
        then = then.removeprefix("fell ") if first.startswith("fell") and then.startswith("fell") else then
        return f"The number {first} until {until} and {then} since (computed)."
    fall = before or since
    return of_fall(fall) if fall else ""


def of_fall(fall: Fall) -> str:
    """What the number did between two counts, from which day to which; said to be computed."""
    period = period_in_words(str(fall.first["date"]), str(fall.last["date"]))
    return f"The number {_verb_of(fall)} from {period} (computed)."


def _verb_of(fall: Fall) -> str:
    """What the number did between two counts: "fell by about 41 a year", "rose by about 3 a year", "did not change"."""
    if not fall.people:
        return "did not change"
    return f"{'fell' if fall.people > 0 else 'rose'} by about {abs(round(fall.per_year))} a year"


def _age_of(row: Row, until: date, library: Library) -> str:
    """How old the newest count is: on the day of the view, or today; empty where it has no date."""
    if not row["date"]:
        return ""
    first, on = span_of(str(row["date"]))
    if until < first:
        return "By its clock, this server is on a day before this count, so that no age is given."
    months = max(0, (until.year - on.year) * 12 + until.month - on.month - (until.day < on.day))
    parts = [
        number_with_noun(number, word) for number, word in ((months // 12, "year"), (months % 12, "month")) if number
    ]
    age = joined_with_and(parts) or "less than a month"
    return f"This count is {age} old{' on that day' if library.as_of else ''}."


def _on_day(row: Row) -> str:
    """When a count was true, in a sentence: "on 15 August 2024", "in September 2024"."""
    if row["period_start"] or not row["date"]:
        return as_of_in_words(row)
    inferred = " (date inferred)" if "date inferred" in str(row["flags"]) else ""
    return f"{'on' if row['date_precision'] == 'day' else 'in'} {date_in_words(row['date'])}{inferred}"


def _short_attribution(row: Row) -> str:
    """Who says so, as short as it can be named: the letters of an office, or what comes before the first comma."""
    who = speaker_of(row["attributed_to"])
    letters = re.search(r"\(([A-Z]+)\)", who)
    return letters[1] if letters else who


def of_data(library: Library) -> str:
    """What there is to search and download."""
    documents = number_with_noun(count_documents(library, library["sources"]["source_id"]), "document")
    cautions = number_with_noun(len(library["cautions"]), "caution")
    return f"{documents}, {cautions}, {number_with_noun(len(library['figures']), 'figure')} to search and download."


def of_disagreements(library: Library) -> str:
    """On how many quantities sources differ, and what this page does with them."""
    quantities = number_with_noun(len(library["disagreements"]), "quantity", "quantities")
    return f"{quantities} on which sources differ. We show every number with its source; we do not average or choose."


def of_disagreement(question: str, rows: pd.DataFrame) -> str:
    """The question, and every answer with who gives it."""
    statements = [f"{row['label']}: {value_in_words(row)}" for row in rows.to_dict("records")]
    return f"{question} {number_with_noun(len(statements), 'statement')}. {'; '.join(statements)}."


def of_operations(rows: pd.DataFrame, recoveries: pd.DataFrame) -> str:
    """How many rows of which scope there are, and what the single joint operations among them add up to."""
    scopes = rows["row_scope"].value_counts()
    numbers = joined_with_and([f"{count:,} {scope!s}" for scope, count in scopes.items()])
    why = " Rows that cover different things are not added up." if len(rows) > 1 else ""
    return f"{number_with_noun(len(rows), 'row')}: {numbers}.{why}{_sum_of(recoveries)}"


def _sum_of(recoveries: pd.DataFrame) -> str:
    """What single joint operations add up to; empty where there are fewer than two to add."""
    if len(recoveries) < 2:
        return ""
    total = sets_of_remains(int(recoveries["value"].fillna(0).sum()))
    return f" The {len(recoveries):,} single joint operations with an exact number come to {total} (computed)."


def of_estimates(rows: pd.DataFrame) -> str:
    """How many estimates there are for which kinds of place; none of them added up."""
    kinds = rows["location_type"].value_counts()
    numbers = joined_with_and([f"{kind!s} {count:,}" for kind, count in kinds.items()])
    why = " They overlap and differ in date and measure, so they are not added up." if len(rows) > 1 else ""
    return f"{number_with_noun(len(rows), 'estimate')} by kind of place: {numbers}.{why}"


def of_look_ahead(library: Library, rows: pd.DataFrame, pace: int) -> str:
    """At which pace, from which count, and what would then remain; said to be computed."""
    start = newest_number_of(library, SERIES_OF_COUNTS).iloc[0].to_dict()
    remaining = joined_with_and([f"{figure_in_words(row)} in {row['date']}" for row in rows.to_dict("records")])
    return f"At a steady {pace} people per year, counted from {figure_in_words(start)} ({as_of_in_words(start)}), there would remain {remaining} (computed)."


def of_pace(library: Library) -> str:
    """Where the slider of the pace starts, and what other periods give."""
    since, before, in_all = fall_since_the_brief(library), fall_before_the_brief(library), fall_in_all(library)
    falls = [_of_fall(fall, words) for fall, words in ((since, "since the brief"), (before, "before it")) if fall]
    falls += [_of_fall(in_all, "over all of them")] if in_all and since and before else []
    start = default_of(parameter_named(PACE), library)
    if not falls:
        return f"The slider starts at {start} per year, the least it can show."
    return f"The slider starts at {start} per year. The exact counts fell by {joined_with_and(falls)} (computed)."


def _of_fall(fall: Fall, words: str) -> str:
    ends = [value_in_words(row) for row in (fall.first, fall.last)]
    period = period_in_words(str(fall.first["date"]), str(fall.last["date"]))
    return f"about {round(fall.per_year)} per year {words} ({period}: from {ends[0]} to {ends[1]})"


STAGES = {
    "returned": "returned so far",
    "in one period": "returned in one period",
    "estimated": "estimated",
    "identified": "identified so far",
}


def of_amounts(frame: pd.DataFrame) -> str:
    """How many amounts of money there are and of which years; none is set beside another or added up."""
    years = sorted(frame["date"].str[:4])
    period = f" of {years[0]} to {years[-1]}" if years else ""
    return f"{number_with_noun(len(frame), 'amount')}{period}, from different agencies and of different kinds. They are not added up."


def of_stages(frame: pd.DataFrame) -> str:
    """The newest figure of each stage, with how many there are."""
    dated = frame[frame["date"] != ""].sort_values("date")
    newest = dated.drop_duplicates("stage", keep="last").to_dict("records")
    figures = [f"the newest {STAGES[row['stage']]}: {figure_in_words(row)} ({as_of_in_words(row)})" for row in newest]
    return f"{number_with_noun(len(frame), 'figure')}; {'; '.join(figures)}."
