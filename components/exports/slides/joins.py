"""Which two counts does a line join on a slide? The pairs that it joins on the page, each a series of two points."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from pptx.enum.chart import XL_MARKER_STYLE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

from components.charts.labels import largest_of
from components.exports.slides.chart import DAY_FORMAT, SheetColumn, provenance_columns, serial_day
from components.exports.slides.text import clean_text, set_line
from components.theme import NAVY
from data.query.joins import rows_of_pairs
from data.record.dates import span_of
from data.record.wording import Row, as_of_in_words, value_in_words

LINE_WIDTH = 1.25
HOW_TO_READ = "Line: joins counts of one agency."


class Join(NamedTuple):
    """Two counts with a line between them: from the last day of the one to the first day of the other."""

    first: Row
    last: Row

    @property
    def name(self) -> str:
        """The name of its series: both counts with their days."""
        ends = [f"{value_in_words(row)} ({as_of_in_words(row)})" for row in self]
        return clean_text(f"joined: {ends[0]} and {ends[1]}")

    @property
    def points(self) -> list[tuple[float, float]]:
        """Day and number of both ends."""
        days = serial_day(span_of(self.first["date"]).last), serial_day(span_of(self.last["date"]).first)
        return [(days[0], largest_of(self.first)), (days[1], largest_of(self.last))]


def joins_between(rows: Sequence[Row], pairs: Sequence[tuple[str, str]]) -> list[Join]:
    """The pairs of ids of which both counts are drawn."""
    return [Join(*ends) for ends in rows_of_pairs(rows, pairs)]


def columns_of_join(join: Join) -> list[SheetColumn]:
    """The block of a pair in the data sheet: day and number of both ends, and provenance."""
    days, numbers = zip(*join.points, strict=True)
    return [
        SheetColumn("day", list(days), DAY_FORMAT),
        SheetColumn(join.name, list(numbers)),
        *provenance_columns(list(join)),
    ]


def format_joins(chart: Any, series: Sequence[Any]) -> None:
    """Makes series thin lines without marks, and leaves them out of the legend, where there is one."""
    for one in series:
        one.smooth = False
        one.marker.style = XL_MARKER_STYLE.NONE
        set_line(one.format.line, NAVY, LINE_WIDTH)
    if chart.has_legend:
        for one in reversed(series):
            index = one._element.find(qn("c:idx")).get("val")
            entry = f'<c:legendEntry {nsdecls("c")}><c:idx val="{index}"/><c:delete val="1"/></c:legendEntry>'
            chart.legend._element.find(qn("c:legendPos")).addnext(parse_xml(entry))
