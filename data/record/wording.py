"""How is a row put in words, without losing its hedge, its unit or its date?"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from data.record.dates import NO_DATE, date_in_words, is_written, period_in_words, span_of
from data.record.documents import documents_of
from data.record.load import Library, cached_with_library
from data.record.tables import SERIES_OF_COUNTS

Row = Mapping[Any, Any]
# Qualifiers of a number that is open at one end: above it, below it.
OPEN_UP, OPEN_DOWN = ("more than", "at least"), ("fewer than", "up to")
# Units whose singular is another word; a unit that is not listed is the same in both.
SINGULAR = {
    "people": "person",
    "sets of remains": "set of remains",
    "boxes": "box",
    "operations": "operation",
    "caskets": "casket",
    "graves": "grave",
    "cases": "case",
    "boxes and sets of remains": "box or set of remains",
    "people per year": "person per year",
    "years": "year",
}


# What a figure of these series says of a country, in the same words on every page.
WORDS_OF_COUNTRY = {
    "estimated_in_country": "believed buried there",
    "remains_located_in_country": "reported to be there",
    "remains_recovered_cumulative": "recovered",
}
# What one document of a kind is, and what several are.
DOCUMENTS_OF_TIER = {
    "reprint of an official text": ("reprint of an official text", "reprints of official texts"),
    "institution": ("from an institution", "from institutions"),
    "not stated": ("of a kind not stated", "of a kind not stated"),
}
FISCAL_YEAR = re.compile(r"fiscal year \d{4}")
# How a later version of the brief is attributed: "The brief, version of December 2018", "The brief, October 2015 version".
VERSION_OF_BRIEF = re.compile(r"(The brief), (?:version of )?([^,;(]*?\d{4})(?: version)?(?= \(|[,;]|$)")
# The ids of rows, as notes name them.
ROW_ID_PATTERN = r"\b(?:(?:T2-)?[A-Z]{2,}-\d+(?:-\d+)?|EV\d+)\b"
ROW_ID, SENTENCE_END = re.compile(ROW_ID_PATTERN), re.compile(r"(?<=\.) +")
POINTER = re.compile(rf" ?\((?:see )?{ROW_ID_PATTERN}(?:(?:,| and) {ROW_ID_PATTERN})*\)")
PARTS = re.compile(rf"Computed from {ROW_ID_PATTERN}(?:(?:,| and) {ROW_ID_PATTERN})*\.")


def is_one_number(rows: pd.DataFrame) -> "pd.Series[bool]":
    """Whether each row prints one number, hedged or not: no range, and none that is open at an end."""
    return rows["value"].notna() & ~rows["qualifier"].isin([*OPEN_UP, *OPEN_DOWN, "range"])


def singular_and_plural(unit: str) -> tuple[str, str]:
    """A unit in the singular and the plural."""
    return SINGULAR.get(unit, unit), unit


def without_pointers(text: str) -> str:
    """A note without the ids of other rows: alone in brackets they are mere pointers, the parts of a computed number and
    the sentences that are about other rows are on its card."""
    plain = PARTS.sub("Computed; its card names the parts.", POINTER.sub("", text))
    return " ".join(sentence for sentence in SENTENCE_END.split(plain) if not ROW_ID.search(sentence))


def value_in_words(row: Row) -> str:
    """The number with its hedge: "approximately 7,954", "650 to 675"."""
    if row["qualifier"] == "range":
        return f"{int(row['low']):,} to {int(row['high']):,}"
    hedge = "" if row["qualifier"] == "exact" else f"{row['qualifier']} "
    return f"{hedge}{int(row['value']):,}"


def quoted_wording(row: Row) -> str:
    """The wording in the source, in quotation marks, with its language and translation where it is not English."""
    if not row.get("language"):
        return f"“{row['as_printed']}”"
    return f"“{row['as_printed']}” ({row['language']}: “{row['translation']}”)"


def hedge_of_difference(one: Row, other: Row) -> str:
    """The hedge of a difference: "approximately " where one of the two numbers is hedged, else none."""
    return "" if one["qualifier"] == other["qualifier"] == "exact" else "approximately "


def hedge_and_number(row: Row) -> tuple[str, str]:
    """The hedge and the number apart: ("approximately", "7,954"); a range has no hedge beside it."""
    hedge, _, number = value_in_words(row).rpartition(" ")
    return (hedge, number) if row["qualifier"] != "range" else ("", value_in_words(row))


def name_of_series(row: Row) -> str:
    """What a headline counts: the title of its series, with the country or the fiscal year that the row is about."""
    name = str(row["series_title"]).replace("a country", str(row["country"]))
    year = FISCAL_YEAR.search(str(row["scope"]))
    return name.split(",")[0].replace("a fiscal year", year[0]) if year else name


def operations_in_words(row: Row) -> str:
    """The operations that a figure of a country covers, in one wording for all: "joint operations, 1996 to 2005"."""
    return str(row["scope"]).removeprefix(f"{row['country']}, ").replace("joint field activities", "joint operations")


def brief_in_words(library: Library) -> str:
    """The brief by whose it is and its month: "the July 2012 brief of the National Committee on North Korea"."""
    briefs = library["sources"][library["sources"]["kind"] == "brief"].to_dict("records")
    if not briefs:
        return "the brief"
    return f"the {date_in_words(str(briefs[0]['published'])[:7])} brief of the {briefs[0]['publisher']}"


def speaker_of(attributed_to: object) -> str:
    """Who says something, by the first of those named; a later version of the brief with its date, since the brief alone
    is that of July 2012: "The brief of December 2018"."""
    return VERSION_OF_BRIEF.sub(r"\1 of \2", str(attributed_to)).split(", ")[0]


def unit_in_words(row: Row) -> str:
    """The unit, in the singular for one."""
    single, many = singular_and_plural(row["unit"])
    return single if row["qualifier"] == "exact" and row["value"] == 1 else many


def figure_in_words(row: Row) -> str:
    """The number with hedge and unit: "more than 4,000 sets of remains"."""
    return f"{value_in_words(row)} {unit_in_words(row)}"


def as_of_in_words(row: Row) -> str:
    """When the figure was true, and whether that was printed: "as of 28 June 2012", "1990 to 1994", "no date printed"."""
    if not row["date"]:
        return NO_DATE
    if row["period_start"]:
        words = period_in_words(row["period_start"], row["date"])
    else:
        words = f"as of {date_in_words(row['date'])}" if row["date_precision"] == "day" else date_in_words(row["date"])
    return words + (", as-of date inferred" if "date inferred" in str(row["flags"]) else "")


def when_in_words(row: Row) -> str:
    """When a row of figures, operations or estimates was true, whichever columns hold its dates."""
    start, end = row.get("period_start") or row.get("start") or "", row.get("date") or row.get("end") or ""
    return as_of_in_words({"flags": "", **row, "period_start": start if end else "", "date": end or start})


def ids_of_parts(rows: pd.DataFrame) -> list[str]:
    """Ids of the figures that the computed ones among the rows are worked out from, as their notes name them."""
    if "kind" not in rows or "note" not in rows:
        return []
    notes = " ".join(rows[rows["kind"] == "computed"]["note"])
    return list(
        dict.fromkeys(re.findall(r"(?:T2-)?[A-Z]{3}-\d+", " ".join(re.findall(r"Computed from ([^.]+)", notes))))
    )


def as_of_days(rows: pd.DataFrame) -> list[str]:
    """The earliest and the latest day that the rows are about, as they are written; none where no row has a day.

    A computed row is about no day: it was worked out now, and may look ahead.
    """
    rows = rows[rows["kind"] != "computed"] if "kind" in rows else rows
    columns = [rows[name] for name in ("period_start", "start", "date", "end") if name in rows]
    days = [str(cell) for cells in columns for cell in cells if is_written(cell)]
    if not days:
        return []
    return [min(days, key=lambda day: span_of(day).first), max(days, key=lambda day: span_of(day).last)]


def as_published_in_words(day: date | None) -> str:
    """For which day of publication the rows were chosen: "as published by 3 July 2012"."""
    return f"as published by {date_in_words(day.isoformat())}" if day else "all that the record holds"


def number_with_noun(number: int, word: str, plural: str = "") -> str:
    """A number with its noun: "1 event", "2 events"; the plural where it is more than an s at the end."""
    return f"{number:,} {word if number == 1 else plural or word + 's'}"


def sets_of_remains(number: int) -> str:
    """So many sets of remains: "1 set of remains", "2 sets of remains"."""
    return number_with_noun(number, *singular_and_plural("sets of remains"))


def with_article(number: int, word: str) -> str:
    """All of so many: "the row", "the 2 rows"."""
    return f"the {word}" if number == 1 else f"the {number_with_noun(number, word)}"


def joined_with_and(items: list[str]) -> str:
    """Items joined as in a sentence: "a, b and c"."""
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + " and " + items[-1] if items else ""


def source_line(library: Library, frame: pd.DataFrame) -> str:
    """Who stands behind these rows: publisher, title and day of each source, and where in it the rows are."""
    ids = [source_id for source_id in dict.fromkeys(frame["source_id"]) if source_id]
    parts = ids_of_parts(frame)
    computed = f" Computed by this dashboard from {joined_with_and(parts)}, as marked in the rows." if parts else ""
    if not ids:
        return computed.strip() or "Source: none, because no row is shown."
    documents = documents_of(library, ids)
    if len(documents) > 4:
        first = [sources[0] for sources in documents]
        tiers = library["sources"].set_index("source_id").loc[first, "tier"].value_counts()
        by_tier = joined_with_and([_documents_of_tier(str(tier), count) for tier, count in tiers.items()])
        return f"Sources: {len(documents):,} documents ({by_tier}); each row names its own.{computed}"
    sources = library["sources"].set_index("source_id")
    named = []
    for source_id in ids:
        source = sources.loc[source_id]
        described = ", ".join(
            part
            for part in (
                source["publisher"],
                source["title"],
                date_in_words(source["published"]) if source["published"] else "",
            )
            if part
        )
        named.append(described)
    return "Source: " + "; ".join(named) + "." + computed


def _documents_of_tier(tier: str, count: int) -> str:
    return number_with_noun(count, *DOCUMENTS_OF_TIER.get(tier, (tier, tier)))


def other_word_of(row: Row) -> str:
    """That a source prints a count as missing, not as unaccounted for; empty where it does not."""
    is_count = row["series_id"] == SERIES_OF_COUNTS
    return "printed as “missing”" if is_count and "printed as missing" in str(row["flags"]) else ""


def caveats_of(row: Row) -> str:
    """That a count is printed as missing, or of a month without a day; empty where neither is so."""
    word = f", {other_word_of(row)}" if other_word_of(row) else ""
    day = "; no day printed" if row["date_precision"] == "month" and not row["period_start"] else ""
    return f"{word}{day}"


def cautions_on(library: Library, ids: set[str]) -> pd.DataFrame:
    """Cautions that touch any of these rows."""
    cautions = library["cautions"]
    return cautions[cautions["row_ids"].map(lambda cell: bool(ids & set(cell.split(";")))).astype(bool)]


def records_of_cautions(library: Library, ids: set[str]) -> list[Row]:
    """Cautions that touch any of these rows, each as a record."""
    return [row for touched, row in _cautions_by_rows(library) if touched & ids]


@cached_with_library
def _cautions_by_rows(library: Library) -> list[tuple[set[str], Row]]:
    """Each caution as a record, with the ids of the rows that it touches."""
    records = library["cautions"].to_dict("records")
    return [(set(row["row_ids"].split(";")), {str(name): cell for name, cell in row.items()}) for row in records]


def statements_in_words(rows: pd.DataFrame) -> str:
    """How many statements there are, and from which number to which they reach, hedges kept."""
    ordered = sorted(
        rows.to_dict("records"), key=lambda row: int(row["value"] if pd.isna(row["high"]) else row["high"])
    )
    if not ordered:
        return "no statement in the present view"
    return f"{number_with_noun(len(ordered), 'statement')}, from {figure_in_words(ordered[0])} to {figure_in_words(ordered[-1])}"
