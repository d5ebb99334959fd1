"""What stretch of time does a written date stand for, and how is it put in words?"""

import calendar
import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

PARTIAL_DATE = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")
# Written dates whose spans are cached: a record prints the same ones over and over.
CACHED_SPANS = 4096
NO_DATE = "no date printed"
PRECISIONS = {4: "year", 7: "month", 10: "day"}
# The years that a date of this record can name: the pages are laid out for them.
FIRST_YEAR, LAST_YEAR = 1940, 2099
DATE_RULE = f"a date exists in the calendar, is written as 2012, 2012-06 or 2012-06-28 and lies between {FIRST_YEAR} and {LAST_YEAR}"


class Span(NamedTuple):
    """First and last day that a written date can stand for."""

    first: date
    last: date


def is_written(text: object) -> bool:
    """True where a cell holds a date at all: an empty cell is NaN or an empty string."""
    return isinstance(text, str) and text != ""


@lru_cache(maxsize=CACHED_SPANS)
def span_of(text: str) -> Span:
    """Span of a date written as 2012, 2012-06 or 2012-06-28. ValueError where no such day exists."""
    match = PARTIAL_DATE.match(text)
    if not match:
        raise ValueError(f"{text!r} is not a date written as year, year-month or year-month-day")
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    if month is None:
        return Span(date(year, 1, 1), date(year, 12, 31))
    if day is None:
        return Span(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))
    exact = date(year, month, day)
    return Span(exact, exact)


def is_of_our_time(text: str) -> bool:
    """Whether a text is a date as they are written here, of a year that the pages are laid out for."""
    try:
        return text.isascii() and not text.endswith("\n") and FIRST_YEAR <= span_of(text).first.year <= LAST_YEAR
    except ValueError:
        return False


def span_between(start: object, end: object) -> Span | None:
    """Span from the first day of `start` to the last day of `end`; None where neither is written."""
    written = [str(text) for text in (start, end) if is_written(text)]
    if not written:
        return None
    return Span(span_of(written[0]).first, span_of(written[-1]).last)


def begins_after(text: str, limit: str) -> bool:
    """Whether a written date begins after the last day of another; False where either is empty or no day of the calendar."""
    try:
        return bool(text and limit) and span_of(text).first > span_of(limit).last
    except ValueError:
        return False


def year_of(text: str) -> str:
    """The year of a written date, which begins with it."""
    return text[:4]


def year_in_words(text: str) -> str:
    """The year of a written date, or that none is printed."""
    return year_of(text) or NO_DATE


def date_in_words(text: object) -> str:
    """A date in words, no more precise than it is written: 28 June 2012, June 2012, 2012."""
    if not is_written(text):
        return NO_DATE
    parts = str(text).split("-")
    words = [parts[0]]
    if len(parts) > 1:
        words.insert(0, calendar.month_name[int(parts[1])])
    if len(parts) > 2:
        words.insert(0, str(int(parts[2])))
    return " ".join(words)


def period_in_words(start: object, end: object) -> str:
    """A period in words: 1996 to 2005, or the one date where both ends are the same."""
    if not is_written(start) or start == end:
        return date_in_words(end)
    if not is_written(end):
        return f"since {date_in_words(start)}"
    return f"{date_in_words(start)} to {date_in_words(end)}"
