"""What does a panel find? One computed sentence, as the title of a screen in a room, and how to read the drawing there.

The topic of a panel is the title of its view, in `VIEWS` of data/query/views.py; what its rows find is here, under the
same key.
"""

from collections.abc import Callable

from components.charts.labels import largest_of, middle_of
from components.panels import summaries
from components.panels import timeline as events
from components.panels.panel import Panel
from components.panels.place_findings import finding_of_map, reading_of_map
from data.query.pace import exact_counts, fall_over
from data.query.select import newest_of
from data.record.tables import BRIEF, SERIES_OF_COUNTS
from data.record.wording import as_of_in_words, figure_in_words

HOLLOW = "Hollow: printed with a hedge, or by the press or an institution. An arrow: more than."


def finding_of(panel: Panel) -> str:
    """What the panel finds; empty where its topic has to do as a title, or where a choice may hide what is found."""
    found = FINDINGS.get(panel.key)
    return found(panel) if found and len(panel.frame) else ""


def title_of(panel: Panel) -> str:
    """The title of the panel on a screen in a room and on a slide: what it finds, or its topic where that is not known."""
    return finding_of(panel) or panel.title


def reading_of(panel: Panel) -> str:
    """How a drawing is read, where a room sees no legend that says it."""
    if panel.key in ("unaccounted-for", "explore"):
        return HOLLOW
    if panel.key == "map":
        return reading_of_map(panel)
    if panel.key == "then-and-now":
        return "Shown: those that changed."
    is_bold = panel.key == "timeline-panel" and BRIEF in set(panel.frame["source_id"])
    return events.bold_in_words(panel.library) if is_bold else ""


def _of_counts(panel: Panel) -> str:
    newest = newest_of(panel.library, SERIES_OF_COUNTS)
    is_shown = len(newest) and newest.iloc[0]["figure_id"] in set(panel.frame["figure_id"])
    return summaries.newest_count_in_words(panel.library) if is_shown else ""


def _of_series(panel: Panel) -> str:
    """How the exact counts that are shown fell: before the brief and since, where all are; else from the first of them."""
    counts = exact_counts(panel.library)
    shown = counts[counts["figure_id"].isin(panel.frame["figure_id"])]
    if len(shown) == len(counts):
        return summaries.of_falls(panel.library, names_day=True).removesuffix(".")
    fall = fall_over(shown.to_dict("records"))
    return summaries.of_fall(fall).removesuffix(".") if fall else ""


def _of_pace(panel: Panel) -> str:
    return "" if panel.filters else summaries.newest_count_in_words(panel.library)


def _of_events(panel: Panel) -> str:
    return "" if panel.filters else events.newest_in_words(panel.library)


def _of_places(panel: Panel) -> str:
    """The first place of the brief with its estimate."""
    printed = panel.frame[panel.frame["source_id"] == BRIEF].to_dict("records")
    return "".join(f"The brief of July 2012: {figure_in_words(row)} in {row['label']}" for row in printed[:1])


def _of_lines(panel: Panel) -> str:
    changed = int((panel.frame["newest"] == "changed").sum())
    return f"Of {len(panel.frame)} headline figures of the 2012 brief, {changed} have changed since"


def _of_largest(what: str, group: str) -> Callable[[Panel], str]:
    """The largest number that is printed for one of several groups, with its day: "California: 594 people …"; empty where
    a range reaches above it, so that another may be as large."""

    def found(panel: Panel) -> str:
        rows = sorted(panel.frame.to_dict("records"), key=middle_of)
        row = rows[-1]
        if any(largest_of(other) > middle_of(row) for other in rows[:-1]):
            return ""
        count = panel.frame["breakdown"].nunique()
        day = as_of_in_words(row).removeprefix("as of ")
        return (
            f"{row['breakdown']}: {figure_in_words(row)} {what} ({day}), the largest of those found for {count} {group}"
        )

    return found


FINDINGS: dict[str, Callable[[Panel], str]] = {
    "headlines": _of_counts,
    "unaccounted-for": _of_series,
    "pace-by-period": _of_pace,
    "believed-to-lie": _of_places,
    "then-and-now": _of_lines,
    "by-state": _of_largest("unaccounted for", "states"),
    "accounted-by-state": _of_largest("accounted for or recovered", "states"),
    "by-status": _of_largest("unaccounted for", "kinds of loss"),
    "timeline-panel": _of_events,
    "map": finding_of_map,
}
