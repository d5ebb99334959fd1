"""How do figures and sums stand on a slide as bars? As native bar and column charts that keep the hedges."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE, MSO_THEME_COLOR
from pptx.util import Pt

from components.charts.labels import largest_of
from components.exports.slides.chart import (
    THOUSANDS_FORMAT,
    DrawingNotes,
    SheetColumn,
    add_chart,
    add_legend,
    label_point,
    provenance_columns,
    round_step,
    set_layout,
    set_number_axis,
    workbook_bytes,
)
from components.exports.slides.master import day_of_data
from components.exports.slides.text import (
    SENTENCE_SIZE,
    SMALLEST_SIZE,
    Box,
    Paragraph,
    clean_text,
    line_count,
    line_height,
    set_fill,
    set_font,
    set_line,
    text_width,
    truncated,
)
from components.panels.panel import Panel
from components.theme import INK, KIND_COLORS, MUTED, NAVY, PAPER, STACK_COLORS, color_of_words, tint
from data.record.wording import OPEN_DOWN, OPEN_UP, Row, unit_in_words, value_in_words

# Shares of the width that labels may take; height of a bar at most, in inches; opacity of the bar of a range; share of the
# longest bar under which a range is drawn solid.
LABEL_SHARES, MAX_BAR_INCHES, RANGE_TINT, MIN_RANGE_SHARE = (0.36, 0.44, 0.52), 0.42, 0.5, 0.02
# Share of the highest column under which a part of one is too low for its number.
MIN_LABELED_SHARE = 0.16
# No label that fits has more words.
MAX_LABEL_WORDS = 40
OPEN_MARKS = {**dict.fromkeys(OPEN_UP, " ▸"), **dict.fromkeys(OPEN_DOWN, "◂ ")}
EXACT, HEDGED, UPPER, LOWER = "exact", "printed with a hedge", "range, upper end", "range, lower end"


class BarSeries(NamedTuple):
    """A series of bars: its name, and a value for each row, None where the row belongs to another series."""

    name: str
    values: list[float | None]


class FittedRows(NamedTuple):
    """The share of the width that labels take, the rows that fit then, and their labels."""

    label_share: float
    rows: list[Row]
    labels: list[str]

    @property
    def uncut_labels(self) -> int:
        """Number of labels that are not truncated."""
        return sum(label == bar_label(row) for row, label in zip(self.rows, self.labels, strict=True))


def bar_label(row: Row) -> str:
    """The label of a row with its unit, and a note where it is computed and does not say so itself."""
    computed = " (computed)" if row["kind"] == "computed" and "computed" not in row["label"] else ""
    return clean_text(f"{row['label']}{computed} ({unit_in_words(row)})")


def value_label(row: Row) -> str:
    """The value with its hedge, and an arrow on the side on which it is open."""
    text = value_in_words(row)
    mark = OPEN_MARKS.get(row["qualifier"], "")
    return mark + text if row["qualifier"] in OPEN_DOWN else text + mark


def draw_bars(slide: Any, panel: Panel, frame: pd.DataFrame, box: Box) -> DrawingNotes:
    """Figures as horizontal bars from zero, each with its number in words at its end."""
    all_rows = frame.to_dict("records")
    label_share, rows, labels = fit_rows(all_rows, box)
    bars = _series_by_qualifier(rows)
    data = CategoryChartData(number_format=THOUSANDS_FORMAT)
    data.categories = labels
    for bar in bars:
        data.add_series(bar.name, bar.values)
    columns = [SheetColumn("row", labels), *(SheetColumn(bar.name, bar.values) for bar in bars)]
    columns.append(SheetColumn("row in full", [bar_label(row) for row in rows]))
    workbook = workbook_bytes([(0, [*columns, *provenance_columns(rows)])], day_of_data(panel.library))
    chart = add_chart(slide, XL_CHART_TYPE.BAR_CLUSTERED, box, data, workbook, panel.alt)
    _set_axes(chart, rows, box, label_share)
    for series, bar in zip(chart.plots[0].series, bars, strict=True):
        _format_series(series, bar.name, rows)
    drawn = {row["figure_id"] for row in rows}
    omitted = [f"{bar_label(row)}: {value_label(row)}" for row in all_rows if row["figure_id"] not in drawn]
    return DrawingNotes(_how_to_read(rows, len(all_rows)), omitted)


def fit_rows(rows: Sequence[Row], box: Box) -> FittedRows:
    """As many rows as the height holds, in the order given; where not all fit, some of each series.

    Labels take more of the width, and then one line instead of two, where that lets more rows in.
    """
    fits = [_fit_in(rows, box, label_share, max_lines) for max_lines in (2, 1) for label_share in LABEL_SHARES]
    return max(fits, key=lambda fit: (len(fit.rows), fit.uncut_labels, -fit.label_share))


def _fit_in(rows: Sequence[Row], box: Box, label_share: float, max_lines: int) -> FittedRows:
    width, order, count = label_share * box.width - 0.2, _round_robin(rows), 1
    labels = {index: short_label(rows[index], width, max_lines) for index in order}
    line_counts = [line_count(labels[index], SMALLEST_SIZE, width) for index in order]
    for candidate in range(1, len(rows) + 1):
        height = max(max(line_counts[:candidate]) * line_height(SMALLEST_SIZE), 0.25) + 0.06
        if candidate * height > box.height:
            break
        count = candidate
    shown = sorted(order[:count])
    return FittedRows(label_share, [rows[index] for index in shown], [labels[index] for index in shown])


def short_label(row: Row, width: float, max_lines: int) -> str:
    """The label of a row in at most `max_lines`: a long one is truncated, its unit never is."""
    label, ending = bar_label(row), f" … ({unit_in_words(row)})"
    if line_count(label, SMALLEST_SIZE, width) <= max_lines:
        return label
    words = clean_text(row["label"]).split()[:MAX_LABEL_WORDS]
    count = next(
        (
            n
            for n in range(len(words), 0, -1)
            if line_count(" ".join(words[:n]) + ending, SMALLEST_SIZE, width) <= max_lines
        ),
        0,
    )
    return " ".join(words[:count]) + ending if count else truncated(label, SMALLEST_SIZE, width, max_lines)


def _round_robin(rows: Sequence[Row]) -> list[int]:
    """Indices of the rows: the first of each series, then the second of each, and so on."""
    rank: dict[str, int] = {}
    order = []
    for index, row in enumerate(rows):
        rank[row["series_id"]] = rank.get(row["series_id"], 0) + 1
        order.append((rank[row["series_id"]], index))
    return [index for _, index in sorted(order)]


def _series_by_qualifier(rows: Sequence[Row]) -> list[BarSeries]:
    """Exact numbers, hedged ones and the two ends of ranges; the upper end lies under the lower one."""

    def values_where(mask: Sequence[bool], column: str) -> list[float | None]:
        return [float(row[column]) if kind else None for row, kind in zip(rows, mask, strict=True)]

    ranges = [row["qualifier"] == "range" for row in rows]
    exact = [row["qualifier"] == "exact" for row in rows]
    hedged = [not is_range and not is_exact for is_range, is_exact in zip(ranges, exact, strict=True)]
    bars = [BarSeries(EXACT, values_where(exact, "value")), BarSeries(HEDGED, values_where(hedged, "value"))]
    bars += [BarSeries(UPPER, values_where(ranges, "high")), BarSeries(LOWER, values_where(ranges, "low"))]
    return [bar for bar in bars if any(number is not None for number in bar.values)]


def _set_axes(chart: Any, rows: Sequence[Row], box: Box, label_share: float) -> None:
    """Labels on the left, in the order of the rows, and no scale: each bar carries its own number."""
    plot = chart.plots[0]
    row_height = box.height * 0.98 / len(rows)
    plot.overlap, plot.gap_width = 100, round(100 * min(max(row_height / MAX_BAR_INCHES - 1, 0.5), 5))
    categories, values = chart.category_axis, chart.value_axis
    categories.reverse_order, categories.has_major_gridlines = True, False
    categories.major_tick_mark, categories.tick_label_position = XL_TICK_MARK.NONE, XL_TICK_LABEL_POSITION.LOW
    set_font(categories.tick_labels.font, SMALLEST_SIZE, INK)
    set_line(categories.format.line, MUTED, 1)
    label_width = max(text_width(value_label(row), SENTENCE_SIZE, True) for row in rows) + 0.25
    bar_room = (1 - label_share) * box.width
    largest = max(largest_of(row) for row in rows) or 1
    set_number_axis(
        values, 0, largest * bar_room / max(bar_room - label_width, bar_room * 0.3), largest, THOUSANDS_FORMAT, False
    )
    values.visible = False
    set_layout(chart._chartSpace.chart.plotArea, Box(label_share, 0.01, 1 - label_share, 0.98), inner=True)


def _format_series(series: Any, series_name: str, rows: Sequence[Row]) -> None:
    """Exact numbers are filled, hedged ones hollow, open ones dashed; a range is a pale bar from end to end."""
    series_format = series.format
    if series_name == LOWER:
        # the lower end covers the bar below it up to where the range begins, in whatever color the slide has
        series_format.fill.solid()
        series_format.fill.fore_color.theme_color = MSO_THEME_COLOR.BACKGROUND_1
        series_format.line.width = Pt(0.5)
        series_format.line.fill.solid()
        series_format.line.fill.fore_color.theme_color = MSO_THEME_COLOR.BACKGROUND_1
        for index in [index for index, row in enumerate(rows) if _is_thin(row, rows)]:
            point = series.points[index].format
            point.fill.solid()
            point.fill.fore_color.theme_color = MSO_THEME_COLOR.BACKGROUND_1
            set_line(point.line, None)
        return
    for index, number in enumerate(series.values):
        if number is not None:
            _format_bar(series.points[index], series_name, rows[index], _is_thin(rows[index], rows))


def _is_thin(row: Row, rows: Sequence[Row]) -> bool:
    """Whether a range is so short beside the longest bar that a pale one could not be seen."""
    return (
        row["qualifier"] == "range"
        and largest_of(row) - float(row["low"]) < max(map(largest_of, rows)) * MIN_RANGE_SHARE
    )


def _format_bar(point: Any, series_name: str, row: Row, thin: bool) -> None:
    color = KIND_COLORS[row["kind"]]
    set_fill(point.format.fill, {EXACT: color, UPPER: color if thin else tint(color, RANGE_TINT)}.get(series_name))
    set_line(point.format.line, None if series_name == UPPER else color, 2.25)
    if row["qualifier"] in (*OPEN_UP, *OPEN_DOWN):
        point.format.line.dash_style = MSO_LINE.DASH
    label_point(
        point, [Paragraph(value_label(row), SENTENCE_SIZE, color_of_words(color), True)], XL_LABEL_POSITION.OUTSIDE_END
    )


def _how_to_read(rows: Sequence[Row], total: int) -> list[str]:
    hedges = {row["qualifier"] for row in rows}
    sentences = [
        f"{len(rows):,} of {total:,} rows, some of each series; the notes have the others and the file has all."
    ] * (len(rows) < total)
    sentences += ["Filled: printed without a hedge."] * (len(hedges) > 1 and "exact" in hedges)
    sentences += ["Hollow: printed with a hedge."] * bool(hedges - {"exact", "range"})
    sentences += ["Broken outline: open on the side of the arrow."] * bool(hedges & {*OPEN_UP, *OPEN_DOWN})
    return sentences + ["A range: a bar from its lower to its upper end."] * ("range" in hedges)


def draw_stacked_columns(
    slide: Any, panel: Panel, sums: pd.DataFrame, place_names: dict[str, str], box: Box
) -> DrawingNotes:
    """Computed sums as columns by year, one color a place; a year without a row stays empty."""
    place_ids = [place for place in place_names if place in set(sums["place_id"])]
    years = list(range(int(sums["year"].min()), int(sums["year"].max()) + 1))
    totals = {(row["place_id"], int(row["year"])): row for row in sums.to_dict("records")}
    data = CategoryChartData(number_format=THOUSANDS_FORMAT)
    data.categories = [str(year) for year in years]
    columns = [SheetColumn("year", [str(year) for year in years])]
    for place in place_ids:
        values = [float(totals[place, year]["total"]) if (place, year) in totals else None for year in years]
        data.add_series(clean_text(place_names[place]), values)
        columns.append(SheetColumn(clean_text(place_names[place]), values))
    sources = [
        "; ".join(str(totals[place, year]["parts"]) for place in place_ids if (place, year) in totals) for year in years
    ]
    columns.append(SheetColumn("computed: added up from", sources))
    workbook = workbook_bytes([(0, columns)], day_of_data(panel.library))
    chart = add_chart(slide, XL_CHART_TYPE.COLUMN_STACKED, box, data, workbook, panel.alt)
    _format_columns(chart, sums)
    lines = [
        f"{row['year']}, {place_names[row['place_id']]}: {row['total']:,} (computed from {row['parts']})"
        for row in totals.values()
    ]
    return DrawingNotes(["Sets of remains, computed sums; a year without a column has no row with a number."], lines)


def _format_columns(chart: Any, sums: pd.DataFrame) -> None:
    highest = float(sums.groupby("year")["total"].sum().max())
    step = round_step(0, highest, 5)
    set_number_axis(chart.value_axis, 0, step * (int(highest / step) + 1), step, THOUSANDS_FORMAT, True)
    chart.category_axis.major_tick_mark = XL_TICK_MARK.NONE
    set_font(chart.category_axis.tick_labels.font, SMALLEST_SIZE, MUTED)
    set_line(chart.category_axis.format.line, MUTED, 1)
    chart.plots[0].gap_width = 50
    add_legend(chart, XL_LEGEND_POSITION.TOP)
    for number, series in enumerate(chart.plots[0].series):
        color = STACK_COLORS[number % len(STACK_COLORS)]
        set_fill(series.format.fill, color)
        set_line(series.format.line, PAPER, 0.75)
        min_height = highest * MIN_LABELED_SHARE
        for index, total in enumerate(series.values):
            if total is not None and total >= min_height:
                label_point(
                    series.points[index],
                    [Paragraph(f"{total:,.0f}", SMALLEST_SIZE, PAPER if color in (NAVY, INK) else INK, True)],
                    XL_LABEL_POSITION.CENTER,
                )
