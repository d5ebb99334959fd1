"""What leaves with the rows, so that a file can stand alone? The rows of a view with their sources, and what is said of them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import pandas as pd

from data.files import cite
from data.files.rows_as_text import slices
from data.query.address import ROOT, Pairs, path_of_rows, query_of, short_query_of
from data.query.as_of import BRIEF_ONLY, as_published
from data.query.rows import rows_named
from data.query.select import Selection, filters_in_words
from data.query.views import View, count_without_filters, parameter_names, rows_shown, title_of, view_of_table
from data.record.load import Library, cached_with_library
from data.record.single_flight import once_property
from data.record.wording import as_published_in_words, cautions_on, ids_of_parts, number_with_noun

PLACE_LISTS = ("place_id", "place_ids", "from_place_id", "to_place_id")
HEDGES = "qualifier says how a number was printed (exact: without a hedge); low and high stand only where a range was printed, or computed in a row that says so. An empty cell is a number or a text that the source does not print: nothing is filled in, averaged or rounded."
GUARD = "In CSV files a text that a spreadsheet would take for a formula carries an apostrophe in front."


@dataclass(frozen=True)
class Extract:
    """The rows that a selection leaves in a view, on their way out.

    `base` is the host that serves them (http://localhost:8501); `drawn` gives further files by their names, such as the
    chart, and is called by the formats that hold several files.
    """

    view: View
    library: Library
    selection: Selection
    base: str = ""
    drawn: Callable[["Extract"], Mapping[str, bytes]] = field(default=lambda extract: {})

    @once_property
    def rows(self) -> pd.DataFrame:
        """The rows as the page has them, without the columns that say what their sources are."""
        return rows_shown(self.view, self.library, self.selection)

    @once_property
    def frame(self) -> pd.DataFrame:
        """The rows, each with title, publisher, day, tier and address of its source."""
        return with_sources(self.library, self.rows)

    @once_property
    def head(self) -> pd.DataFrame:
        """The frame without its rows: its columns and their types."""
        return with_sources(self.library, self.rows.iloc[:0])

    def frames(self, most: int | None = None) -> Iterator[pd.DataFrame]:
        """The frame some rows at a time, for a file that leaves in pieces: it is made as it goes, and not held."""
        return (self.with_sources(rows) for rows in slices(self.rows.iloc[:most]))

    def with_sources(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Some of the rows as the frame has them."""
        return with_sources(self.library, rows)

    @once_property
    def parts(self) -> pd.DataFrame:
        """The figures that computed rows are worked out from."""
        figures = self.library["figures"]
        return figures[figures["figure_id"].isin(ids_of_parts(self.rows))]

    @once_property
    def beside(self) -> dict[str, pd.DataFrame]:
        """Rows of other tables that belong to these, by table: drawn beside them, or named by their lists of rows."""
        drawn = self.view.beside(self.library, self.selection)
        return drawn | rows_named(self.library, self.rows.get("row_ids", []))

    @once_property
    def sources(self) -> pd.DataFrame:
        """The sources of the rows, of their parts and of what stands beside them, in the order of the sources table."""
        return sources_of(self.library, self.rows, self.parts, *self.beside.values())

    @once_property
    def cautions(self) -> pd.DataFrame:
        """The cautions on any of the rows."""
        ids, lists = self.rows.iloc[:, 0], self.library["cautions"]["row_ids"]
        named = {part for cell in lists for part in cell.split(";")}
        return cautions_on(self.library, set(ids[ids.isin(named)]))

    @once_property
    def title(self) -> str:
        return title_of(self.view, self.library, self.selection)

    @property
    def filters(self) -> str:
        """The choices in force, in words; "none" where there are none."""
        return filters_in_words(self.selection, self.library, parameter_names(self.view)) or "none"

    @property
    def query(self) -> Pairs:
        return query_of(self.view, self.selection, self.library)

    def address(self, extension: str) -> str:
        """Where the same rows stand in a format."""
        return self.base + path_of_rows(self.view, self.selection, self.library, extension)

    def short_address(self, extension: str, **size: int) -> str:
        """The same address without what filters nothing, with the looks that were chosen; of a picture also its size."""
        written = [(name, str(pixels)) for name, pixels in size.items()]
        query = urlencode([*short_query_of(self.view, self.selection, self.library), *written])
        return f"{self.base}{ROOT}/{self.view.table}.{extension}" + (f"?{query}" if query else "")

    @once_property
    def reference(self) -> cite.Reference:
        """How the rows are cited."""
        filters = "" if self.filters == "none" else self.filters
        return cite.reference_of_view(self.library, self.title, filters, self.address("csv"))

    @once_property
    def about(self) -> dict[str, Any]:
        """What every format with room for it says of the rows: title, filters, counts, version, citation, address."""
        package = self.library.dictionary
        day = self.library.as_of
        return {
            "title": self.title,
            "table": self.view.table,
            "filters": self.filters,
            "as_of": as_published_in_words(day),
            "rows": len(self.rows),
            "rows_in_all": count_without_filters(self.view, self.library, self.selection, self.rows),
            **self._computed_in_words,
            **self._left_out_in_words,
            **self._cautions_in_words,
            "data_package": package["title"],
            "version": self.library.version,
            "created": str(package["created"])[:10],
            "licence": f"{package['licenses'][0]['title']}, {package['licenses'][0]['path']}",
            "citation": cite.styled([self.reference], "APA")[0],
            "address": self.address("csv"),
            "hedges": HEDGES,
        }

    @property
    def _computed_in_words(self) -> dict[str, str]:
        number = int((self.rows["kind"] == "computed").sum()) if "kind" in self.rows else 0
        parts = ", ".join(self.parts["figure_id"])
        return (
            {"computed_rows": f"{number}, worked out by this dashboard from {parts}; nobody printed them"}
            if number
            else {}
        )

    @property
    def _left_out_in_words(self) -> dict[str, str]:
        day = self.library.as_of
        if day is None:
            return {}
        omitted = as_published(day, self.selection.values.get("source") == BRIEF_ONLY)[1]
        later = number_with_noun(omitted.later, "row")
        return {
            "left_out": f"in all tables {later} published later and {omitted.without_day} without a day of publication; placed by as-of day (inferred): {omitted.figures_in_words}"
        }

    @property
    def _cautions_in_words(self) -> dict[str, str]:
        titles = [f"{row['caution_id']} {row['title']}" for row in self.cautions.to_dict("records")]
        return {"cautions": "; ".join(titles)} if titles else {}

    @once_property
    def fields(self) -> list[dict[str, Any]]:
        """The dictionary's entry of each column, in order."""
        return fields_of(self.library, self.view, self.head)


def sources_of(library: Library, *frames: pd.DataFrame) -> pd.DataFrame:
    """The rows of the sources table that the rows of these frames name, one id or several a cell."""
    named: set[str] = set()
    for rows in frames:
        columns = [name for name in ("source_id", "coordinate_source_id", "source_ids", "told_by") if name in rows]
        named |= {part for name in columns for cell in rows[name].unique() for part in str(cell).split(";")}
    sources = library["sources"]
    return sources[sources["source_id"].isin(named)]


def with_sources(library: Library, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with how precise their points are, and what the sources table says of their source_id, where they name
    places and a source."""
    rows = with_precision(library, rows)
    if "source_id" not in rows or rows.columns[0] == "source_id":
        return rows
    sources = _by_id(library, "sources")
    places = sources.index.get_indexer(pd.Index(rows["source_id"]))
    added = {
        entry["name"]: _taken(sources[entry["name"].removeprefix("source_")], places, rows.index)
        for entry in library.dictionary["derivedFields"]
        if entry["name"].startswith("source_")
    }
    return rows.assign(**added)


@cached_with_library
def _by_id(library: Library, table: str) -> pd.DataFrame:
    """The rows of a table by the ids in its first column."""
    frame = library[table]
    return frame.set_index(frame.columns[0])


def _taken(cells: "pd.Series[str]", places: Any, index: "pd.Index[Any]") -> "pd.Series[str]":
    """The cells at these places, under another index; empty where a place is none."""
    return pd.Series(cells.array.take(places, allow_fill=True), index=index).fillna("")


def with_precision(library: Library, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with the precision of the places that they name; the places themselves have it."""
    columns = [name for name in PLACE_LISTS if name in rows]
    if not columns or "coordinate_precision" in rows:
        return rows
    precisions = _by_id(library, "places")["coordinate_precision"]
    known = precisions.to_dict()
    lists = zip(*(rows[name].tolist() for name in columns), strict=True)
    ids = [[part for cell in cells for part in str(cell).split(";") if part in known] for cells in lists]
    found = [";".join(known[part] for part in named) for named in ids]
    return rows.assign(coordinate_precision=pd.Series(found, index=rows.index, dtype=precisions.dtype))


def fields_of(library: Library, view: View, frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The dictionary's entries of the columns. Of assembled rows, whose ids and units are of several kinds, without limits.

    KeyError for a column that the dictionary does not describe.
    """
    described = [*library.fields(view.table), *library.describe(view.table).get("derivedFields", [])]
    known = {entry["name"]: entry for entry in [*described, *library.dictionary["derivedFields"]]}
    entries = [dict(known[str(name)]) for name in frame.columns]
    if view.assembled:
        entries = [{name: cell for name, cell in entry.items() if name != "constraints"} for entry in entries]
    return entries


@cached_with_library
def fields_in_files(library: Library, table: str) -> list[dict[str, Any]]:
    """The dictionary's entry of each column that the files of a table have: its own, and those that stand beside them."""
    return Extract(view_of_table(library, table), library, Selection("sources-and-data", {})).fields


def records_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as JSON has them: a missing number is null, a missing text is empty."""
    columns = {str(name): [None if pd.isna(cell) else cell for cell in frame[name].tolist()] for name in frame.columns}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
