"""Which question on prisoners does a figure answer? Captured, held, returned, died, refused, claimed: one name for each question."""

from collections import Counter
from typing import Any

import pandas as pd

from data.record.combinations import for_each_row
from data.record.dates import span_between
from data.record.wording import Row, value_in_words

# Questions by their series, in the order in which they are asked; what was returned has three, by the exchange.
QUESTIONS = {
    "pows_captured": "Captured",
    "pows_reported_held": "Reported held by the other side",
    "pows_released_announced": "To be released, the other side said, 1953",
    "little switch": "Returned: sick and wounded, spring 1953",
    "big switch": "Returned: main exchange, August 1953 on",
    "pows_returned": "Returned in all",
    "pows_died_in_captivity": "Died in captivity",
    "pows_refused_repatriation": "Refused to return",
    "pow_transfer_claims": "Claimed: moved to China or Soviet Union",
    "pow_alive_claims": "Claimed: alive in December 1953",
}
# Those whose most printed number the page's sentence names, with the words for it.
NAMED = {
    "Captured": "captured",
    "Returned in all": "returned",
    "Died in captivity": "died in captivity",
    "Refused to return": "refused to return",
}
END_OF_LITTLE_SWITCH, END_OF_BIG_SWITCH = "1953-05", "1953-12"


def with_questions(figures: pd.DataFrame) -> pd.DataFrame:
    """Figures of whole groups, not of one service, with the question that each answers in the column `question`, in order."""
    whole = figures[(figures["breakdown"] == "") & figures["series_id"].isin(QUESTIONS)]
    keys = for_each_row(whole, ("series_id", "period_start", "date"), _key_of)
    order = list(QUESTIONS)
    named = whole.assign(question=[QUESTIONS[key] for key in keys], place=[order.index(key) for key in keys])
    return named.sort_values(["place", "value"], kind="stable").drop(columns="place")


def _key_of(row: Row) -> str:
    """The series of a figure; of those returned the exchange in whose days the figure ends."""
    span = span_between(row["period_start"], row["date"])
    if row["series_id"] != "pows_returned" or span is None or span.first.year != 1953:
        return str(row["series_id"])
    if f"{span.last:%Y-%m}" <= END_OF_LITTLE_SWITCH:
        return "little switch"
    began_in_august = f"{span.first:%Y-%m}" == "1953-08"
    return "big switch" if began_in_august and f"{span.last:%Y-%m}" <= END_OF_BIG_SWITCH else "pows_returned"


def most_printed(figures: pd.DataFrame) -> dict[str, tuple[dict[str, Any], int, int]]:
    """For each question: a row with the number that most rows print, how many print it, and of how many; none on a tie.

    Numbers are the same where their hedges are, and ranges where both ends are.
    """
    found: dict[str, tuple[dict[str, Any], int, int]] = {}
    for question, group in with_questions(figures).groupby("question", sort=False):
        numbers = for_each_row(group, ("qualifier", "value", "low", "high"), value_in_words)
        (most, count), *others = Counter(numbers).most_common(2)
        if not others or count > others[0][1]:
            first = numbers.index(most)
            (row,) = group.iloc[first : first + 1].to_dict("records")
            found[str(question)] = ({str(name): cell for name, cell in row.items()}, count, len(group))
    return found
