"""Does what stands around a number agree with its source? Rules on hedge, day, flag, speaker and document of a row.

Each rule came from an audit of the rows against their pages, and holds the kind of fault that it found. Like the rules of
`data/record/rules.py` each takes frames of text, gives its problems, and is silent about tables that are not there.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pandas as pd

from data.record.combinations import Combinations, rows_by_cell, rows_by_cells
from data.record.dates import begins_after
from data.record.problems import NOWHERE, Frames, Problem, problem_at, problems_in, quoted
from data.record.tables import (
    BRIEF,
    SERIES_OF_COUNTS,
    is_passed_over,
    statement_tables,
    tables_with,
    tables_with_dates,
)

# How a source words each hedge, in English. A phrase in another language has its hedge in its translation.
HEDGE_WORDS = {
    "approximately": r"\babout\b|\bapprox|\baround\b|\bsome\b|\broughly\b|\bestimat|\bcirca\b|\bor so\b|\bbelie|\bthought\b|\bpossibly\b|\bperhaps\b|\bprobabl|~",
    "nearly": r"\bnearly\b|\balmost\b|\bclose to\b|\bjust under\b|\bshort of\b",
    "more than": r"\bmore than\b|\bover\b|\babove\b|\bexceed|\bupwards? of\b|\bpast\b|\btops\b|\btopped\b|\bsurpass|\+|\bmore\b",
    "fewer than": r"\bfewer than\b|\bless than\b|\bunder\b|\bbelow\b|\bnot even\b",
    "at least": r"\bat least\b|\bno fewer than\b|\bno less than\b|\bminimum\b|\bor more\b",
    "up to": r"\bup to\b|\bas many as\b|\bno more than\b|\bat most\b|\bas much as\b|\bmaximum\b|\bmay (?:contain|hold)\b",
}
# What would be a hedge right before a number.
HEDGED_NUMBER = re.compile(
    r"\b(?:about|approximately|around|some|roughly|nearly|almost|over|more than|fewer than|less than|at least|up to|as many as|estimated|an estimated|estimates?(?: that| of)?)\s+\$?(?:the )?\d",
    re.IGNORECASE,
)
PERIOD = re.compile(r"\bsince (\d{4})\b|\b(\d{4}) to \d{4}\b")
SAYS_MISSING = re.compile(r"\bmissing\b|\bMIAs?\b", re.IGNORECASE)
NOT_A_COUNT_OF_MISSING = re.compile(r"POW[/-]MIA|unaccounted", re.IGNORECASE)
STRAY_BLANKS = re.compile(r"^\s|\s$|  ")
OTHER_SCRIPTS = re.compile(r"[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0400-\u04ff]")
# The dates by which what a row says had happened.
HAPPENED_BY = {"events": ("start",), "operations": ("start", "end")}
# Kinds of series that say what is to be, not what is.
LOOKING_AHEAD = ("goal", "money", "term")
KINDS_OF_DOCUMENT = ("evidence", "brief")


def as_of_not_after_publication(frames: Frames) -> Iterator[Problem]:
    """A number is true on a day that its source can know: not after the last day of its publication.

    Goals and budgets are left out: they speak of years to come.
    """
    series = frames.get("series", pd.DataFrame())
    ahead = set(series[series["kind"].isin(LOOKING_AHEAD)]["series_id"]) if "kind" in series else set()
    for table in tables_with(frames, "date", "published"):
        for rows, row in rows_by_cells(frames[table], "series_id", "date", "published"):
            if row.get("series_id") not in ahead and begins_after(row["date"], row["published"]):
                rule = f"an as-of day is not after its publication ({row['published']})"
                yield from problems_in(table, rows, "date", rule, row["date"])


def happened_before_it_was_published(frames: Frames) -> Iterator[Problem]:
    """What had not begun when the source was written is planned there, whatever came of it."""
    for table, columns in HAPPENED_BY.items():
        for rows, row in rows_by_cells(frames.get(table), "status", "published", *columns):
            late = [name for name in columns if row[name] and begins_after(row[name], row["published"])]
            if row["status"] == "happened" and row["published"] and late:
                rule = f"“happened” is not claimed from a source that is older ({row['published']})"
                yield from problems_in(table, rows, "status", rule, f"happened, {row[late[0]]}")


def hedge_in_the_phrase(frames: Frames) -> Iterator[Problem]:
    """A hedge that is coded was printed, and a hedge that was printed is coded."""
    for table in tables_with(frames, "qualifier", "as_printed"):
        for rows, row in rows_by_cells(frames[table], "qualifier", "as_printed", "translation"):
            phrase = row.get("translation") or row["as_printed"]
            words = HEDGE_WORDS.get(row["qualifier"])
            if words and not re.search(words, phrase, re.IGNORECASE):
                rule = f"a hedge that is coded ({row['qualifier']}) is in as_printed"
                yield from problems_in(table, rows, "as_printed", rule, phrase or "empty")
            if row["qualifier"] == "exact" and HEDGED_NUMBER.search(phrase):
                rule = "a number that was printed with a hedge is not exact"
                yield from problems_in(table, rows, "qualifier", rule, phrase)


def missing_is_flagged(frames: Frames) -> Iterator[Problem]:
    """Among the numbers unaccounted for, a text that says missing carries the flag."""
    for rows, row in rows_by_cells(frames.get("figures"), "series_id", "as_printed", "translation", "flags"):
        phrase = row.get("translation") or row["as_printed"]
        says = SAYS_MISSING.search(phrase) and not NOT_A_COUNT_OF_MISSING.search(phrase)
        counts = row["series_id"].startswith("unaccounted_for")
        if counts and says and "printed as missing" not in row["flags"].split(";"):
            rule = "a text that says missing carries the flag “printed as missing”"
            yield from problems_in("figures", rows, "flags", rule, phrase)


def mark_follows_flags(frames: Frames) -> Iterator[Problem]:
    """The drawn series holds the rows with the flag spine and no other; a stale one is drawn as outdated."""
    for rows, row in rows_by_cells(frames.get("figures"), "flags", "mark"):
        flags = set(row["flags"].split(";"))
        if not row["mark"]:
            continue
        if ("spine" in flags) != (row["mark"] == "counts"):
            rule = "the flag spine and the class of mark “counts” go together"
            yield from problems_in("figures", rows, "mark", rule, f"{row['mark']}; {row['flags'] or 'no flag'}")
        elif flags & {"stale", "outlier", "conflict"} and row["mark"] not in ("counts", "outdated or conflicting"):
            rule = "a number that is stale, an outlier or in conflict is drawn as outdated or conflicting"
            yield from problems_in("figures", rows, "mark", rule, f"{row['mark']}; {row['flags']}")


def counts_have_a_class(frames: Frames) -> Iterator[Problem]:
    """The numbers unaccounted for, and no others, say as which class of mark they are drawn; those of the series have a day."""
    for rows, row in rows_by_cells(frames.get("figures"), "series_id", "mark", "date"):
        is_count = row["series_id"] == SERIES_OF_COUNTS
        if is_count and not row["mark"]:
            rule = f"a figure of {SERIES_OF_COUNTS} says as which class of mark it is drawn"
            yield from problems_in("figures", rows, "mark", rule, "empty")
        elif row["mark"] and not is_count:
            rule = f"only figures of {SERIES_OF_COUNTS} have a class of mark"
            yield from problems_in("figures", rows, "mark", rule, row["mark"])
        elif row["mark"] == "counts" and not row["date"]:
            yield from problems_in("figures", rows, "date", "a figure of the drawn series has a date", "empty")


def brief_is_there(frames: Frames) -> Iterator[Problem]:
    """The document that the record is held against is one of its sources, and its day is known."""
    sources = frames.get("sources")
    days = [] if sources is None else sources[sources["source_id"] == BRIEF]["published"].tolist()
    if not any(days):
        rule = f"the record is held against the source {BRIEF}, with the day of its publication"
        yield Problem("sources.csv", NOWHERE, "source_id", rule, "none" if not days else "no day")


def years_are_known(frames: Frames) -> Iterator[Problem]:
    """Some row has a date: pages are laid out from the first year to the last."""
    if not any(frame[name].ne("").any() for frame, columns in tables_with_dates(frames) for name in columns):
        yield Problem("figures.csv", NOWHERE, "date", "some row of some table has a date", "none")


def one_document_one_id(frames: Frames) -> Iterator[Problem]:
    """An address has one source id a day: versions of a page are told apart by their days."""
    seen: defaultdict[str, dict[str, str]] = defaultdict(dict)
    sources = frames.get("sources", pd.DataFrame())
    for index, row in zip(sources.index, sources.to_dict("records"), strict=True):
        if not row["url"] or row["kind"] not in KINDS_OF_DOCUMENT:
            continue
        known = seen[document_at(row["url"])]
        twin = known.get(row["published"]) or (known.get("") if row["published"] else next(iter(known.values()), None))
        if twin:
            rule = f"one address and one day have one source id ({quoted(twin)} has it)"
            yield problem_at("sources", index, "url", rule, row["url"])
        known.setdefault(row["published"], row["source_id"])


def document_at(url: str) -> str:
    """An address without what does not tell documents apart: scheme and its port, www, a stroke at the end, case of the host,
    a place within the page. What is no address, which the dictionary refuses, is left as it is."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    query = f"?{parts.query}" if parts.query else ""
    host = re.sub(r":(80|443)$", "", parts.netloc.lower())
    return host.removeprefix("www.") + parts.path.rstrip("/") + query


def day_of_the_source(frames: Frames) -> Iterator[Problem]:
    """A row was published on the day of its document."""
    sources = frames.get("sources")
    if sources is None:
        return
    days = dict(zip(sources["source_id"], sources["published"], strict=True))
    for table in statement_tables(frames):
        for rows, row in rows_by_cells(frames[table], "source_id", "published"):
            if row["source_id"] in days and row["published"] != days[row["source_id"]]:
                day = quoted(days[row["source_id"]]) if days[row["source_id"]] else "none known"
                rule = f"a row has the day of publication of its source ({day})"
                yield from problems_in(table, rows, "published", rule, row["published"] or "empty")


def start_of_a_period(frames: Frames) -> Iterator[Problem]:
    """A count "since 1982" or "1996 to 2005" carries the year that it counts from."""
    for rows, row in rows_by_cells(frames.get("figures"), "scope", "as_printed", "translation", "period_start"):
        text = f"{row['scope']}; {row.get('translation') or row['as_printed']}"
        period = PERIOD.search(text)
        if period and not row["period_start"].startswith(period[1] or period[2]):
            rule = f"a count since a year carries that year as the start of its period ({period[0]})"
            yield from problems_in("figures", rows, "period_start", rule, row["period_start"] or "empty")


def language_of_the_phrase(frames: Frames) -> Iterator[Problem]:
    """A phrase that is not English says its language and has a translation; an English one has neither."""
    for table in tables_with(frames, "as_printed", "language"):
        for rows, row in rows_by_cells(frames[table], "as_printed", "language", "translation"):
            if OTHER_SCRIPTS.search(row["as_printed"]) and not row["language"]:
                rule = "a phrase that is not in English says its language"
                yield from problems_in(table, rows, "language", rule, row["as_printed"])
            if bool(row["language"]) != bool(row["translation"]):
                rule = "a language other than English goes with a translation, and a translation with its language"
                yield from problems_in(table, rows, "translation", rule, row["translation"] or "empty")


def no_blanks_at_the_ends(frames: Frames) -> Iterator[Problem]:
    """No cell begins or ends with a blank, or holds two in a row."""
    for table, frame in frames.items():
        for column in map(str, frame):
            for rows, cell in rows_by_cell(frame, column):
                if STRAY_BLANKS.search(cell):
                    rule = "no blanks stand at the ends of a cell, and no two in a row"
                    yield from problems_in(table, rows, column, rule, f"“{cell}”")


def no_empty_column(frames: Frames) -> Iterator[Problem]:
    """A column that no row fills is not a column of its table."""
    for table, frame in frames.items():
        for column in frame if len(frame) > 1 else ():
            if not any(frame[column]):
                yield Problem(f"{table}.csv", "-", str(column), "a column is not empty throughout", "no cell is filled")


def newest_of_its_definition(frames: Frames) -> Iterator[Problem]:
    """The newest figure that a line beside the brief names has no later one of its series, scope and unit.

    Beside an exact count a hedged number is no newer one; a stale, contested, second-hand or inferred one is none at all.
    """
    figures = frames.get("figures")
    if figures is None or "then_and_now" not in frames:
        return
    of_definition = Combinations(figures, ["series_id", "scope", "unit"])
    places = {figure_id: place for place, figure_id in enumerate(figures["figure_id"])}
    for rows, line in rows_by_cells(frames["then_and_now"], "newest_row_id"):
        place = places.get(line["newest_row_id"])
        later = [] if place is None else _newer_than(line["newest_row_id"], of_definition.beside(place))
        if later:
            rule = f"the newest row is the newest of its series, scope and unit ({quoted(', '.join(later))} is newer)"
            yield from problems_in("then_and_now", rows, "newest_row_id", rule, line["newest_row_id"])


def _newer_than(figure_id: str, of_definition: pd.DataFrame) -> list[str]:
    """Ids of the figures of one definition that are newer than the one that a line names, in the order of the table."""
    named = of_definition[of_definition["figure_id"] == figure_id].to_dict("records")[-1]
    by_cells = rows_by_cells(of_definition, "flags", "qualifier", "date", "published")
    newer = [index for rows, row in by_cells if _is_newer(row, named) for index in rows.indices]
    return list(of_definition.loc[sorted(newer), "figure_id"].drop_duplicates())


def _is_newer(row: dict[Any, Any], named: dict[Any, Any]) -> bool:
    """Whether a figure of the same definition tells of a later day, or of the same one and was printed later."""
    flags, is_rounder = set(row["flags"].split(";")), named["qualifier"] == "exact" != row["qualifier"]
    if is_rounder or is_passed_over(flags) or "date inferred" in flags:
        return False
    same_day = row["date"] == named["date"]
    return begins_after(row["date"], named["date"]) or (same_day and begins_after(row["published"], named["published"]))


def record_problems(frames: Frames) -> list[Problem]:
    """What is asked of the tables of the record as a whole, and not of a reader's own figures."""
    return [problem for rule in OF_THE_RECORD for problem in rule(frames)]


RULES = (
    as_of_not_after_publication,
    happened_before_it_was_published,
    hedge_in_the_phrase,
    missing_is_flagged,
    one_document_one_id,
    day_of_the_source,
    start_of_a_period,
    language_of_the_phrase,
    no_blanks_at_the_ends,
    newest_of_its_definition,
)
OF_THE_RECORD = (mark_follows_flags, counts_have_a_class, brief_is_there, years_are_known, no_empty_column)
