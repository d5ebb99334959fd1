"""What does one panel hold? The rows of a view, their drawing, their sentence and the note that keeps them apart."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pydeck as pdk

from components.charts.payload import ChartPayload
from data.files.extract import fields_of
from data.files.reader_sheet import columns_on_screen
from data.query.as_of import sources_by_then
from data.query.names import with_names
from data.query.readable import technical_columns
from data.query.select import Selection, filters_in_words, showing_line
from data.query.views import View, count_without_filters, parameter_names, title_of
from data.record.documents import documents_of
from data.record.load import Library
from data.record.single_flight import SingleFlight, cached_with_owner, once_property
from data.record.wording import Row, figure_in_words, number_with_noun, records_of_cautions, source_line

# Columns that a panel's table shows; the files have them all.
PRINTED = ["qualifier", "value", "low", "high", "unit", "as_printed"]
COLUMNS: dict[str, list[str]] = {
    "figures": [
        *["label", *PRINTED, "date", "published"],
        *["attributed_to", "scope", "source_id", "locator", "flags", "note"],
    ],
    "events": ["start", "end", "lane", "status", "title", "summary", "attributed_to", "tellings", "source_id", "note"],
    "operations": [
        *["kind", "start", "end", "place_as_named", "row_scope"],
        *[*PRINTED, "attributed_to", "source_id", "note"],
    ],
    "burial_estimates": [
        *["place_as_named", "location_type", "measure", *PRINTED],
        *["date", "attributed_to", "source_id", "note"],
    ],
    "places": [
        *["name", "country", "roles", "coordinate_precision"],
        *["latitude", "longitude", "source_id", "locator", "note"],
    ],
    "disagreements": ["title", "statements", "why"],
    "then_and_now": ["topic", "brief", "now", "change", "later_versions", "note"],
}
# Of functions of a Panel: what they come to is kept with it.
cached_with_panel = cached_with_owner
# Characters of a drawing's alternative text: what a screen reader says before it can be stopped without loss.
LONGEST_ALT = 300
# Characters of the source in the row under a drawing.
LONGEST_SOURCE = 120
# Rows that a browser scrolls through without trouble, and a reader too: no table of the record has as many.
MOST_LISTED = 2 * 10**3
NOTHING_YET = "Nothing on this had been published by that day, or by these sources. Choose a later day or all sources to see more."
NONE_CHOSEN = "Nothing is chosen. Choose above what to show, or press Reset."
NO_ROWS = "No rows match these choices. Change one of them, or press Reset."


@dataclass(frozen=True)
class Drawn:
    """The drawing of a panel's rows, with its words.

    `summary` is a sentence computed from the rows, `note` says how to read them, `hint` what can be done on the page and
    nowhere else. `figure` is the chart, `narrow` makes the one for narrow screens; a map has a `deck`, `deck_for` makes
    that of another room, and `flat` a figure where no WebGL is. An `is_static` figure stands on its page as SVG, without a
    script. `html` is a table with links in the place of a figure. A figure that `fills` is as high as the window leaves it.
    Where fewer rows are drawn than there are, `shown` counts them, and `shown_as` says which. A drawing with a `rail` leads
    its page: beside it stands the rail, what the drawing says in a few facts, with the legend. `stacked` makes the chart
    that takes its place on a narrow screen.
    """

    summary: str
    figure: go.Figure | None = None
    note: str = ""
    deck: pdk.Deck | None = None
    deck_for: Callable[[str], pdk.Deck] | None = None
    flat: Callable[..., go.Figure] | None = None
    hint: str = ""
    narrow: Callable[[], go.Figure] | None = None
    is_static: bool = False
    html: str = ""
    rail: str = ""
    fills: bool = False
    stacked: Callable[[], go.Figure] | None = None
    shown: int | None = None
    shown_as: str = ""


@dataclass(frozen=True)
class Panel:
    """One card of a page: `frame` holds the rows that the selection leaves in the view; `drawn` is empty where none is.

    `key` names the container (`.st-key-<key>`) and its widgets. What is made from it is kept in its `cache`.
    """

    view: View
    library: Library
    selection: Selection
    frame: pd.DataFrame
    drawn: Drawn = field(default_factory=lambda: Drawn(""))
    cache: SingleFlight = field(default_factory=SingleFlight, init=False, repr=False, compare=False)

    @property
    def key(self) -> str:
        return self.view.key

    @property
    def table(self) -> str:
        return self.view.table

    @property
    def title(self) -> str:
        return title_of(self.view, self.library, self.selection)

    @once_property
    def total(self) -> int:
        """How many rows it could show, whatever is chosen."""
        return count_without_filters(self.view, self.library, self.selection, self.frame)

    @property
    def filters(self) -> str:
        """The choices in force, in words; empty where there are none."""
        return filters_in_words(self.selection, self.library, parameter_names(self.view))

    @once_property
    def holding(self) -> str:
        """One line on the rows: "Showing 12 of 54 events: talks"."""
        return self._line_on(len(self.frame), self.table)

    @once_property
    def showing(self) -> str:
        """One line on what is drawn: that on the rows, but where a drawing shows fewer of them."""
        if self.drawn.shown is None or self.frame.empty:
            return self.holding
        question = f"{self.drawn.shown_as[:1].lower()}{self.drawn.shown_as[1:]}"
        return self._line_on(self.drawn.shown, f"{self.table} ({question})")

    def _line_on(self, count: int, noun: str) -> str:
        return showing_line(count, self.total, noun, self.selection, self.library, parameter_names(self.view))

    @property
    def sentence(self) -> str:
        """What the rows say; where none is left, why, and the way back."""
        if len(self.frame):
            return self.drawn.summary
        if any(self.selection.get(name, self.library) == () for name in self.view.subject):
            return NONE_CHOSEN
        return NO_ROWS if self.total else NOTHING_YET

    @once_property
    def source(self) -> str:
        """Who stands behind the rows, and behind what is drawn beside them; empty where no row names one."""
        with_source = [rows for rows in (self.frame, *self.beside.values()) if "source_id" in rows]
        if not with_source:
            return ""
        first, *beside = with_source
        line = source_line(self.library, pd.concat([first, *(rows[["source_id"]] for rows in beside)]))
        return with_names(self.library, line)

    @once_property
    def source_ids(self) -> list[str]:
        """Ids of the documents behind the rows and behind what is drawn beside them, in the order of the rows.

        A place that an earlier row names may have been found in a document of after the day of the view, which is left out.
        """
        frames = [frame["source_id"] for frame in (self.frame, *self.beside.values()) if "source_id" in frame]
        known = sources_by_then(self.library)
        return [source_id for source_id in dict.fromkeys(chain(*frames)) if source_id in known]

    @once_property
    def short_source(self) -> str:
        """The source in one line; of many documents their number alone."""
        if len(self.source) <= LONGEST_SOURCE or not self.source_ids:
            return self.source
        return f"{number_with_noun(len(self.documents), 'document')}."

    @once_property
    def documents(self) -> list[list[str]]:
        """The documents behind the rows and behind what is drawn beside them, each as the ids of its sources."""
        return documents_of(self.library, self.source_ids)

    @once_property
    def beside(self) -> dict[str, pd.DataFrame]:
        """Rows of other tables that the drawing, or the table in its place, shows too, by table."""
        return self.view.beside(self.library, self.selection) if self.is_drawn or self.drawn.html else {}

    @once_property
    def payload(self) -> ChartPayload | None:
        """The figure as the frontend takes it; None where there is none. With a rail its legend is there."""
        if self.drawn.figure is None:
            return None
        return ChartPayload(self.drawn.figure, has_legend=not self.drawn.rail)

    @once_property
    def narrow_payload(self) -> ChartPayload | None:
        """The figure for narrow screens as the frontend takes it; None where there is none."""
        return ChartPayload(self.drawn.narrow()) if self.drawn.narrow else None

    @once_property
    def stacked_payload(self) -> ChartPayload | None:
        """The figure that takes its place on a narrow screen; None where it fits there."""
        return ChartPayload(self.drawn.stacked(), has_legend=not self.drawn.rail) if self.drawn.stacked else None

    @once_property
    def alt(self) -> str:
        """The drawing's alternative text: title, what is shown, sentence; whole clauses, 300 characters at most."""
        return _whole_clauses(f"{self.title}: {self.showing}. {self.drawn.summary}", LONGEST_ALT)

    @property
    def listed(self) -> pd.DataFrame:
        """The rows that a list on the page holds: all, or the first of very many. Files hold all."""
        return self.frame.head(MOST_LISTED)

    @once_property
    def labels(self) -> dict[str, str]:
        """The listed rows in words, by their ids: the number with its hedge and whose it is, or the title."""
        ids = self.listed.iloc[:, 0].tolist()
        return {str(row_id): label for row_id, label in zip(ids, _labels_of(self.listed), strict=True)}

    @once_property
    def on_screen(self) -> dict[str, list[str]]:
        """The listed rows of statements in the columns that a person reads, by title; empty for other tables."""
        return columns_on_screen(self.library, self.table, self.listed)

    @once_property
    def cautions(self) -> list[Row]:
        """The cautions that touch any row shown."""
        return records_of_cautions(self.library, set(self.frame.iloc[:, 0]))

    @property
    def columns(self) -> list[str]:
        """Columns that the table of the panel shows."""
        names = COLUMNS.get(self.table, list(self.frame.columns))
        names = ["series_title", *names] if "series" in self.view.subject else names
        return [name for name in names if name in self.frame and name not in self.technical_columns]

    @once_property
    def technical_columns(self) -> list[str]:
        """Columns of use to programs alone, which the table shows on request, and last."""
        return technical_columns(self.frame)

    @property
    def fields(self) -> list[dict[str, Any]]:
        """The dictionary's entry of each column of the frame."""
        return fields_of(self.library, self.view, self.frame)

    @property
    def is_drawn(self) -> bool:
        return self.drawn.figure is not None or self.drawn.deck is not None

    def picture(self) -> go.Figure | None:
        """The drawing as a Plotly figure that needs no WebGL; None where there is none."""
        return self.drawn.flat() if self.drawn.flat else self.drawn.figure


def _labels_of(frame: pd.DataFrame) -> list[str]:
    """The rows in words, in their order."""
    if "qualifier" in frame:
        return [
            (figure_in_words(row) if row["qualifier"] else "no number")
            + f", {row.get('label') or row.get('place_as_named') or row.get('kind')}"
            for row in frame.to_dict("records")
        ]
    for name in ("title", "name", "what", "term", "topic", "opens_with", "reason"):
        if name in frame:
            return [str(cell) for cell in frame[name]]
    return [str(cell) for cell in frame.iloc[:, 1]]


def _whole_clauses(text: str, most: int) -> str:
    """The text, cut to so many characters at the end of a clause, so that no number loses what it is or its hedge."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    end = max(cut.rfind("; "), cut.rfind(". "))
    return (cut[: end + 1] if end > most // 4 else cut[: cut.rfind(" ")]) + "…"
