"""What does each drawing say in a sentence? Computed from the rows that are drawn, hedges kept."""

import itertools

import pandas as pd

from data.dates import say_period, span_between
from data.load import Library
from data.say import say_as_of, say_figure, sentence_list
from data.select import rows_of


def of_counts(frame: pd.DataFrame) -> str:
    """The first and the last dated figure of a count, and how long nothing lies between them."""
    dated = frame[frame["date"] != ""].sort_values("date")
    if dated.empty:
        return "None of the figures shown carries a date."
    told = [f"{say_figure(row)} ({say_as_of(row)})" for row in dated.to_dict("records")]
    years = [span_between(day, day).last.year for day in dated["date"]]  # type: ignore[union-attr]
    longest = max((later - earlier for earlier, later in itertools.pairwise(years)), default=0)
    gap = (
        f" For up to {longest} years between two of them there is no figure, and none is drawn." if longest > 5 else ""
    )
    return f"{len(dated)} figure{'' if len(dated) == 1 else 's'}: {sentence_list(told)}.{gap}"


def of_rows(frame: pd.DataFrame) -> str:
    """Each figure with its label, the computed ones said to be computed."""
    told = [
        f"{row['label']}: {say_figure(row)}{' (computed)' if row['kind'] == 'computed' and 'computed' not in row['label'] else ''}"
        for row in frame.to_dict("records")
    ]
    return "; ".join(told) + "."


def of_claims(frame: pd.DataFrame) -> str:
    """Who claims what, none of it counted."""
    told = [f"{row['attributed_to'].split(',')[0]}: {say_figure(row)}" for row in frame.to_dict("records")]
    return f"{len(frame)} statements that cannot be added up or averaged. " + "; ".join(told) + "."


def of_events(frame: pd.DataFrame) -> str:
    """How many events there are, between when and when, and how many are plans or claims."""
    dated = frame[frame["start"] != ""]
    undated = len(frame) - len(dated)
    period = (
        f" from {say_period('', dated['start'].min())} to {say_period('', dated['end'].max())}" if len(dated) else ""
    )
    plans = int(frame["status"].isin(["planned", "fell through"]).sum())
    claims = int((frame["status"] == "claimed").sum())
    return f"{len(frame)} event{'' if len(frame) == 1 else 's'}{period}; {plans} of them plans, {claims} claims, {undated} without a printed date."


def of_places(frame: pd.DataFrame) -> str:
    """How many places have a point and how many have none, and why."""
    precision = frame["coordinate_precision"].value_counts()
    countries, unknown = int(precision.get("country", 0)), int(precision.get("unidentified", 0))
    points = len(frame) - countries - unknown
    return f"{len(frame)} places: {points} with a point on the map, {countries} known only by their country, {unknown} not identified."


def of_pages(library: Library) -> dict[str, str]:
    """One line on what each page holds, by the page's address."""
    panel = {name: rows_of(library, "figures", name) for name in ("unaccounted_for", "since_1982", "claims")}
    total = panel["since_1982"][panel["since_1982"]["series_id"] == "remains_since_1982"].to_dict("records")
    return {
        "counts-over-time": of_counts(panel["unaccounted_for"]),
        "remains-and-identifications": f"The brief's total since 1982: {sentence_list([say_figure(row) for row in total])}, beside {len(panel['since_1982']) - len(total)} figures for its parts.",
        "prisoners-of-war": f"{len(panel['claims'])} claims on men who did not return: {sentence_list([say_figure(row) for row in panel['claims'].to_dict('records')])}.",
        "recovery-map": of_places(library["places"]),
        "mission-timeline": of_events(library["events"]),
        "sources-and-data": f"{len(library['sources'])} sources, {len(library['cautions'])} cautions, {len(library['figures'])} figures to search and take away.",
    }
