"""What does the first page pick from the tables? The newest of each country, the newest events."""

from typing import Any

import pandas as pd

from data.query.compute import sums_by_place
from data.query.select import (
    Selection,
    joint_recoveries,
    leading_estimates,
    one_row_per_event,
    passed_over,
    rows_of,
)
from data.query.then_and_now import lines_in_words
from data.record.dates import year_in_words
from data.record.load import Library, cached_with_library
from data.record.wording import Row, number_with_noun, value_in_words

COUNTRIES = ("North Korea", "South Korea", "China", "Russia")
# What is asked of a country first: how many are thought to be there, then what came back from there.
SERIES_OF_COUNTRIES = ("estimated_in_country", "remains_located_in_country", "remains_recovered_cumulative")
# Claims name a country in the words of their day.
NAMES_IN_CLAIMS = {"Russia": "Soviet Union"}
CLAIMS = "pow_transfer_claims"
# A plan has not happened, and may never.
NOT_A_PLAN = ("happened", "claimed")


def figures_of_country(library: Library, country: str) -> pd.DataFrame:
    """The newest figure of each series that is asked of a country, or the claims on it; outdated ones are passed over."""
    frame = rows_of(library, "figures")
    if country in NAMES_IN_CLAIMS:
        claims = frame[frame["series_id"] == CLAIMS]
        claims = claims[~passed_over(claims)]
        return claims[claims["scope"].str.contains(NAMES_IN_CLAIMS[country], regex=False)]
    of_country = frame[(frame["country"] == country) & frame["series_id"].isin(SERIES_OF_COUNTRIES)]
    newest = (
        of_country[~passed_over(of_country)]
        .sort_values("date", kind="stable")
        .drop_duplicates("series_id", keep="last")
    )
    return newest.sort_values("series_id", key=lambda ids: ids.map(SERIES_OF_COUNTRIES.index), kind="stable")


def in_another_unit(library: Library, row: Row) -> dict[str, Any] | None:
    """The newest figure of the same series and country that counts another unit, such as sets of remains beside caskets."""
    frame = rows_of(library, "figures")
    is_same = (frame["series_id"] == row["series_id"]) & (frame["country"] == row["country"])
    others = frame[is_same & (frame["unit"] != row["unit"]) & (frame["date"] != "")]
    others = others[(others["breakdown"] == row["breakdown"]) & ~passed_over(others)].sort_values("date", kind="stable")
    return {str(name): cell for name, cell in others.iloc[-1].items()} if len(others) else None


@cached_with_library
def newest_events(library: Library, most: int = 6, country: str = "", lane: str = "") -> pd.DataFrame:
    """The newest events that happened or are claimed, the newest first: of a country with the United States, or of all."""
    tellings = library["events"]
    events = tellings.drop_duplicates("event_group")
    events = events[events["status"].isin(NOT_A_PLAN) & (events["start"] != "")]
    if country:
        named = events["country"].str.split(";").map(set)
        events = events[named.map(lambda names: {country, "United States"} <= names).astype(bool)]
    if lane:
        events = events[events["lane"] == lane]
    newest = events.sort_values("start", ascending=False, kind="stable").head(most)
    of_newest = tellings[tellings["event_group"].isin(newest["event_group"])]
    return one_row_per_event(of_newest).loc[newest.index]


def changed_lines(library: Library, most: int = 5) -> list[dict[str, Any]]:
    """The first lines of the brief for which a newer figure on the same definition differs."""
    frame = lines_in_words(library)
    changed = frame[(frame["newest"] == "changed") & (frame["newest_row_id"] != "") & (frame["brief"] != "")]
    return [{str(name): cell for name, cell in row.items()} for row in changed.head(most).to_dict("records")]


@cached_with_library
def line_of_headline(library: Library, row_id: str) -> dict[str, Any] | None:
    """The line of the brief whose newest figure is this row, with the brief's words and the change; None without one."""
    frame = lines_in_words(library)
    hits = frame[(frame["newest_row_id"] == row_id) & (frame["brief"] != "")]
    return {str(name): cell for name, cell in hits.iloc[0].to_dict().items()} if len(hits) else None


def marks_in_north_korea(library: Library, selection: Selection) -> list[dict[str, Any]]:
    """The places in North Korea with a point and an estimate of the buried, or a sum of joint operations, north first.

    Each with its `statements`: words and the id of their row, or the ids of the operations that are added up.
    """
    places = library["places"]
    points = places[places["latitude"].notna() & (places["country"] == "North Korea")]
    estimates = leading_estimates(library, selection)
    buried = estimates[estimates["measured"] == "buried there"].set_index("place_id", drop=False)
    sums = sums_by_place(joint_recoveries(library, selection)).set_index("place_id")
    named = points[points["place_id"].isin({*buried.index, *sums.index})]
    rows = named.sort_values("latitude", ascending=False, kind="stable").to_dict("records")
    return [_mark(number, row, buried, sums) for number, row in enumerate(rows, 1)]


def _mark(number: int, place: Row, buried: pd.DataFrame, sums: pd.DataFrame) -> dict[str, Any]:
    place_id, statements = place["place_id"], []
    if place_id in buried.index:
        estimate = buried.loc[place_id].to_dict()
        words = f"{value_in_words(estimate)} {estimate['unit']} ({year_in_words(estimate['date'])})"
        statements.append((words, estimate["est_id"]))
    total = int(sums["total"][place_id]) if place_id in sums.index else 0
    if total:
        statements.append((f"{number_with_noun(total, 'set')} recovered", str(sums["parts"][place_id])))
    ids = {"row_id": statements[0][1], "sum_id": statements[-1][1], "total": total}
    at = {"longitude": float(place["longitude"]), "latitude": float(place["latitude"])}
    name = str(place["name"]).split(",")[0].split(" (")[0]
    text = f"{name}: {', '.join(words for words, _ in statements)}"
    return {"number": number, "name": name, "statements": statements, "text": text, **ids, **at}
