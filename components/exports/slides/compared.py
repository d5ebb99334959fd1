"""How do series that are compared stand on a slide? One native chart for each measure, side by side where there are several."""

from collections.abc import Sequence
from math import ceil
from typing import Any

from components.charts.limits import newest_dated
from components.exports.slides.chart import DrawingNotes
from components.exports.slides.dated import GROUP_MARK_SIZE, MarkGroup, draw_time_series
from components.exports.slides.table import draw_table
from components.exports.slides.text import SMALLEST_SIZE, Box, Paragraph, add_text_box, clean_text, line_height
from components.panels.explore import looks_of, titles_of
from components.panels.panel import Panel
from data.query.comparing import by_measure
from data.query.joins import official_ids
from data.query.params import FROM_ZERO
from data.record.wording import Row, as_of_in_words, figure_in_words

# Charts that a slide has room for; more of them are a table.
MOST_CHARTS, COLUMNS = 4, 2
GAP = 0.15


def draw_compared(slide: Any, panel: Panel, box: Box) -> DrawingNotes:
    """The charts of the page as native ones; the table where there are too many, or no figure has a date."""
    measured = by_measure(panel.frame)
    titles = titles_of(list(measured))
    charts = {titles[measure]: _groups(panel, newest_dated(rows, "figure_id")) for measure, rows in measured.items()}
    charts = {title: groups for title, groups in charts.items() if groups}
    if not 0 < len(charts) <= MOST_CHARTS:
        return draw_table(slide, panel, box)
    from_zero = panel.selection.get("scale", panel.library) == FROM_ZERO
    read: list[str] = []
    for (title, groups), place in zip(charts.items(), _places(len(charts), box), strict=True):
        head = Box(place.left, place.top, place.width, line_height(SMALLEST_SIZE))
        add_text_box(slide.shapes, head, [Paragraph(clean_text(title), SMALLEST_SIZE, bold=True)], "Title of a chart")
        below = Box(place.left, place.top + head.height, place.width, place.height - head.height)
        notes = draw_time_series(slide, panel, groups, _labeled(groups), below, from_zero)
        read += notes.how_to_read
    undated = [_in_words(row) for row in panel.frame[panel.frame["date"] == ""].to_dict("records")]
    read = [f"Not drawn, because no date is printed: {'; '.join(undated)}."] * bool(undated) + read
    return DrawingNotes(list(dict.fromkeys(read)), undated)


def _labeled(groups: Sequence[MarkGroup]) -> list[Row]:
    """The newest figure of each series: an exact count where it has them."""
    return [([row for row in group.rows if row["mark"] == "counts"] or group.rows)[-1] for group in groups]


def _groups(panel: Panel, rows: Sequence[Row]) -> list[MarkGroup]:
    """The figures of each series, in the looks that they have on the page. `rows` are in order of their days."""
    official = official_ids(panel.frame, panel.library["sources"])
    groups = [
        MarkGroup(
            look.title,
            look.color,
            look.symbol,
            GROUP_MARK_SIZE,
            [row for row in rows if row["series_id"] == series_id],
            filled=official,
        )
        for series_id, look in looks_of(panel.library, panel.selection, panel.frame).items()
    ]
    return [group for group in groups if group.rows]


def _places(count: int, box: Box) -> list[Box]:
    columns = min(count, COLUMNS)
    rows = ceil(count / columns)
    wide, high = (box.width - (columns - 1) * GAP) / columns, (box.height - (rows - 1) * GAP) / rows
    return [
        Box(box.left + (n % columns) * (wide + GAP), box.top + n // columns * (high + GAP), wide, high)
        for n in range(count)
    ]


def _in_words(row: Row) -> str:
    return f"{row['series_title']}: {figure_in_words(row)} ({as_of_in_words(row)})"
