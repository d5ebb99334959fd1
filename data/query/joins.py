"""Which two counts may a line join? Only neighbors of one agency and one definition that are at most five years apart."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

import pandas as pd

from data.query.select import passed_over
from data.record.dates import span_of
from data.record.wording import Row

# Kinds of documents whose words are an agency's own.
OFFICIAL_TIERS = ("official", "reprint of an official text")
# Agencies of the accounting, as an attribution names them before its first comma.
AGENCIES = re.compile(r"\b(DPAA|DPMO|JPAC)\b")
# What makes a definition, beside the word that the source prints.
DEFINITION = ("series_id", "scope", "breakdown", "country", "unit", "period_start")
PRINTED_AS_MISSING = "printed as missing"
FURTHEST_YEARS = 5


class Definition(NamedTuple):
    """Who counts and what is counted: a line stays within one of these."""

    agency: str
    what: tuple[str, ...]
    is_printed_as_missing: bool


def official_ids(figures: pd.DataFrame, sources: pd.DataFrame) -> frozenset[str]:
    """Ids of the exact figures that an agency prints itself, or that are reprinted word for word: drawn filled.

    Hedged and rounded figures are not among them, nor those that the press or an institution prints, nor outdated and
    contested ones. Of the figures in classes of marks only the counts are.
    """
    tiers = figures["source_id"].map(sources.set_index("source_id")["tier"])
    is_count = (figures["mark"] == "counts") | ((figures["mark"] == "") & ~passed_over(figures))
    is_official = is_count & (figures["qualifier"] == "exact") & tiers.isin(OFFICIAL_TIERS)
    return frozenset(figures[is_official]["figure_id"])


def rows_of_pairs(rows: Sequence[Row], pairs: Iterable[tuple[str, str]]) -> list[tuple[Row, Row]]:
    """Both figures of each pair of ids, as far as both are among the rows."""
    by_id = {row["figure_id"]: row for row in rows}
    return [(by_id[one], by_id[other]) for one, other in pairs if one in by_id and other in by_id]


def agency_of(figure: Row) -> str:
    """The agency that states a figure; empty where somebody else does, be it citing an agency."""
    found = AGENCIES.search(str(figure["attributed_to"]).split(",")[0])
    return found[1] if found else ""


def definition_of(figure: Row) -> Definition:
    """Who counts and what is counted. "Missing" and "unaccounted for" are two definitions."""
    what = tuple(str(figure[name]) for name in DEFINITION)
    return Definition(agency_of(figure), what, PRINTED_AS_MISSING in str(figure["flags"]).split(";"))


def joined_pairs(figures: pd.DataFrame, sources: pd.DataFrame) -> list[tuple[str, str]]:
    """Pairs of ids that a line may join, the earlier first.

    The rule: both are exact counts in an official document or its reprint; both are stated by the same agency and are of
    the same series, scope, country, unit and start, in the same words ("missing" is not "unaccounted for"); no other such
    count of theirs is between them; and from the first day of the one to the last of the other it is at most five years.
    """
    counts = figures[figures["kind"] == "count"]
    official = official_ids(counts, sources)
    groups: dict[Definition, list[Row]] = {}
    may_be_joined = figures[figures["figure_id"].isin(official) & (figures["date"] != "")]
    for row in may_be_joined.sort_values(["date", "figure_id"]).to_dict("records"):
        if agency_of(row):
            groups.setdefault(definition_of(row), []).append(row)
    pairs = [pair for rows in groups.values() for pair in pairwise(rows) if _are_near(*pair)]
    return [(str(one["figure_id"]), str(other["figure_id"])) for one, other in pairs]


def _are_near(one: Row, other: Row) -> bool:
    first, last = span_of(one["date"]).first, span_of(other["date"]).last
    latest = date(first.year + FURTHEST_YEARS, first.month, min(first.day, 28))
    return last <= latest
