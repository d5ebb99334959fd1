"""Where on the sheet does a figure stand? Its margins, its axes and its legend, laid out for a width."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from components.static.axes import TICK, Axis, PlotBox, ends_of_axis
from components.static.pieces import LETTER, Spec, text_width
from components.theme import SMALL_SIZE

# Pixels: height of a row of the legend, width of its swatch, air between its entries.
LEGEND_ROW, SWATCH, BETWEEN = 21, 22, 18


@dataclass
class Plot:
    """A figure laid out at a width in pixels: the sheet, and where its values stand on it."""

    figure: Spec
    width: float
    margin: dict[str, float] = field(init=False)
    height: float = field(init=False)
    legend_entries: list[Spec] = field(init=False)

    def __post_init__(self) -> None:
        margin = self.layout.get("margin", {})
        self.margin = {side: float(margin.get(side, 8)) for side in "lrtb"}
        self.height = float(self.layout["height"])
        self.legend_entries = _legend_entries(self.figure) if self.layout.get("showlegend") else []
        self._make_room_for_labels()
        self._make_room_for_legend()

    @property
    def layout(self) -> Spec:
        return dict(self.figure["layout"])

    @property
    def box(self) -> PlotBox:
        """Left, top, width and height of what lies between the axes."""
        left, top = self.margin["l"], self.margin["t"]
        return left, top, self.width - left - self.margin["r"], self.height - top - self.margin["b"]

    @property
    def has_labels_above(self) -> bool:
        """Whether the labels of the horizontal axis stand above the plot."""
        return bool(self.layout.get("xaxis", {}).get("side") == "top")

    @property
    def has_legend_above(self) -> bool:
        """Whether the legend stands above the plot."""
        return bool(self.layout.get("legend", {}).get("yanchor") == "bottom")

    def axis_names(self, *starts: str) -> list[str]:
        """Names of the axes in the layout that start so, as xaxis or yaxis2."""
        return [name for name in self.layout if name.startswith(starts)]

    def axis(self, name: str) -> Axis:
        """An axis by its name in the layout."""
        spec, is_horizontal = self.layout.get(name, {}), name.startswith("x")
        left, top, wide, high = self.box
        start, end = spec.get("domain", (0, 1))
        across = (left + start * wide, left + end * wide)
        pixels = across if is_horizontal else (top + high - start * high, top + high - end * high)
        return Axis(spec, is_horizontal, ends_of_axis(self.figure, name), pixels)

    def box_of(self, name: str) -> PlotBox:
        """Left, top, width and height of what an axis belongs to: its cell where charts are side by side, else the plot."""
        other = str(self.layout.get(name, {}).get("anchor") or "free")
        if other == "free":
            return self.box
        names = (name, f"{other[0]}axis{other[1:]}")
        across, up = (self.axis(one).pixels for one in sorted(names))
        return across[0], up[1], across[1] - across[0], up[0] - up[1]

    def pixel(self, ref: str, value: Any) -> float:
        """The pixel of a value on what the figure names as x, y2, paper x or y domain."""
        left, top, wide, high = self.box
        if ref.startswith("paper"):
            return left + float(value) * wide if ref == "paper x" else top + high - float(value) * high
        name, _, domain = ref.partition(" ")
        axis = self.axis(f"{name[0]}axis{name[1:]}")
        if domain:
            return axis.pixels[0] + float(value) * (axis.pixels[1] - axis.pixels[0])
        return axis.pixel(value)

    def legend_seats(self) -> Iterator[tuple[int, float, Spec]]:
        """Row, left edge and trace of each entry of the legend."""
        fixed = self.layout.get("legend", {}).get("entrywidth")
        row, left = 0, 0.0
        for trace in self.legend_entries:
            needs = float(fixed) + 46 if fixed else SWATCH + text_width(trace["name"], SMALL_SIZE) + BETWEEN
            if left and left + needs > self.box[2] + 1:
                row, left = row + 1, 0.0
            yield row, left, trace
            left += needs

    def _make_room_for_labels(self) -> None:
        for axis in map(self.axis, self.axis_names("yaxis")):
            if axis.is_visible:
                widest = max((len(label) for _, label in axis.ticks()), default=0)
                self.margin["l"] = max(self.margin["l"], widest * SMALL_SIZE * LETTER + TICK + 6)

    def _make_room_for_legend(self) -> None:
        """A legend makes the sheet taller, where the margin has no room for it."""
        if not self.legend_entries:
            return
        side, air = ("t", LEGEND_ROW + 12) if self.has_legend_above else ("b", 0)
        rows = max(row for row, _, _ in self.legend_seats()) + 1
        more = max(0.0, rows * LEGEND_ROW + 12 - self.margin[side])
        self.margin[side] += more
        self.height += max(0.0, more - air)


def axis_reference(spec: Spec, axis: str) -> str:
    """What the x or y of a shape or an annotation refers to, as `Plot.pixel` takes it."""
    ref = str(spec.get(f"{axis}ref", axis))
    return f"paper {axis}" if ref == "paper" else ref


def _legend_entries(figure: Spec) -> list[Spec]:
    """Traces that the legend names; those of a strip of their own, under the plot, name themselves unless they ask for it."""
    named = [
        trace
        for trace in figure["data"]
        if trace.get("name") and trace.get("showlegend", trace.get("yaxis", "y") == "y")
    ]
    return sorted(named, key=lambda trace: trace.get("legendrank", 99))
