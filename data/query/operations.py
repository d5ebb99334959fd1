"""Which operations does a list of ids name, and may their numbers be added up? What stands behind a sum on the map too."""

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from data.query.rows import find_row
from data.query.select import Selection, joint_recoveries
from data.record.dates import period_in_words
from data.record.load import Library, cached_with_library
from data.record.wording import Row, figure_in_words, joined_with_and, number_with_noun, quoted_wording


class NamedOperations(NamedTuple):
    """The operations of a list of ids, each once, how many of its ids name none, and why there is no sum, if there is none."""

    rows: tuple[Row, ...]
    missing: int
    why_not_added: str

    @property
    def head(self) -> str:
        """What they come to, "23 sets of remains (computed)"; where they are not added up, how many they are."""
        if self.why_not_added:
            return f"{number_with_noun(len(self.rows), 'operation')}, not added up"
        total = sum(int(row["value"]) for row in self.rows)
        return f"{figure_in_words({**self.rows[0], 'value': total})} (computed)"

    @property
    def sentence(self) -> str:
        """What the number at the head is, or why there is none."""
        return self.why_not_added or f"The sum of {len(self.rows):,} single operations:"

    @property
    def left_out(self) -> str:
        """That not every id of the list names an operation; empty where each does."""
        if not self.missing:
            return ""
        named = number_with_noun(self.missing, "other record")
        return f"This address names {named} that cannot be listed here: not an operation, published after the day you chose, or from a source that is left out."


def operations_named(library: Library, ids: str) -> NamedOperations | None:
    """The operations that a list of ids names, separated by ";"; None for a single id, and where none names an operation."""
    listed = list(dict.fromkeys(ids.split(";")))
    if len(listed) < 2:
        return None
    found = [found.row for row_id in listed if (found := find_row(library, row_id)) and found.table == "operations"]
    rows = {row["op_id"]: row for row in found}  # a former id and the one of today name the same row
    named = tuple(rows.values())
    return NamedOperations(named, len(listed) - len(found), why_not_added(library, named)) if named else None


def number_and_speaker(row: Row) -> tuple[str, str]:
    """The number of an operation, its kind where it has none; and how it was printed, who says so and when it was."""
    printed = f"{quoted_wording(row)} " if row["as_printed"] else ""
    number = figure_in_words(row) if row["qualifier"] else str(row["kind"])
    return number, f"{printed}({row['attributed_to']}), {period_in_words(row['start'], row['end'])}"


def why_not_added(library: Library, rows: Sequence[Row]) -> str:
    """Why the numbers of operations have no sum, in a sentence; empty where they may be added up."""
    units = list(dict.fromkeys(str(row["unit"]) for row in rows if row["qualifier"]))
    if len(rows) < 2:
        return "One operation alone makes no sum."
    if any(pd.isna(row["value"]) for row in rows):
        return "There is no sum, because not every one of them has a single printed number."
    if len(units) > 1:
        return f"There is no sum, because they count different things: {joined_with_and(units)}."
    if any(row["qualifier"] != "exact" for row in rows):
        return "There is no sum, because not every number is exact."
    if not {row["op_id"] for row in rows} <= _may_be_added(library):
        return "There is no sum, because some of these numbers may count the same things twice, or are totals or plans."
    return ""


@cached_with_library
def _may_be_added(library: Library) -> frozenset[str]:
    """Ids of the operations that the record adds up: no others are added up anywhere."""
    return frozenset(joint_recoveries(library, Selection("recovery-map"))["op_id"])
